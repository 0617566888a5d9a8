/* t-app.h: what the app's tests share: waiting with a deadline, a small recording, a small design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"
#include "sig.h"
#include "t-slow.h"

G_BEGIN_DECLS

#define T_DEADLINE_US (30 * T_SLOW * G_USEC_PER_SEC) /* generous: other jobs share the machine */

/* Runs the main loop, and `also` at each turn, until `condition` holds. */
#define t_wait_until(condition, also)                                \
  G_STMT_START {                                                     \
    gint64 t_start = g_get_monotonic_time ();                        \
    while (!(condition))                                             \
      {                                                              \
        g_main_context_iteration (NULL, FALSE);                      \
        also;                                                        \
        g_thread_yield ();                                           \
        if (g_get_monotonic_time () > t_start + T_DEADLINE_US)       \
          g_error ("waited in vain for: %s", #condition);            \
      }                                                              \
  } G_STMT_END

/* Runs the main loop until it has nothing to do. */
void        t_drain      (void);

/* The demo, `n_steps` long; (transfer full). */
SigPyramid *t_demo       (gint64 n_steps, SigLabels **labels) G_GNUC_WARN_UNUSED_RESULT;

/* 4 channels named after numbers, the last one of 0s and 1s; (transfer full). */
SigPyramid *t_four       (gint64 n_steps) G_GNUC_WARN_UNUSED_RESULT;

/* A convolution and a Dense on windows of `n_steps` × `n_channels`: one epoch takes milliseconds. */
NnDesign   *t_design     (gint64 n_steps, gint64 n_channels) G_GNUC_WARN_UNUSED_RESULT;

NnSettings  t_settings   (int epochs);

/* Whatever lies in a folder, but for its own two names. */
guint       t_count_files (const char *folder);

G_END_DECLS
