/* wb-run-bar.h: start, pause and stop of training, with state and progress
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  WB_RUN_IDLE,      /* ready: Train can be pressed */
  WB_RUN_BLOCKED,   /* Train is off; the text says why */
  WB_RUN_PREPARING,
  WB_RUN_RUNNING,
  WB_RUN_PAUSING,
  WB_RUN_PAUSED,
  WB_RUN_STOPPING,
  WB_RUN_PREDICTING,         /* what was trained; Train can be pressed all the same */
  WB_RUN_PREDICTING_BLOCKED, /* and here it cannot */
} WbRunState;

/* Buttons activate the actions win.train, win.pause (also resumes) and win.stop. CSS node "runbar". The state is told
 * in words. */
#define WB_TYPE_RUN_BAR (wb_run_bar_get_type ())
G_DECLARE_FINAL_TYPE (WbRunBar, wb_run_bar, WB, RUN_BAR, GtkWidget)

GtkWidget *wb_run_bar_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* `text` (nullable): what to say beside the state: "Epoch 3 of 20 · loss 0.41", "5 problems: see below". */
void       wb_run_bar_set_state (WbRunBar *self, WbRunState state, const char *text);
WbRunState wb_run_bar_get_state (WbRunBar *self);

/* Whether there is room for the state and its bar (the default); to screen readers it is told in any case. */
void       wb_run_bar_set_roomy (WbRunBar *self, gboolean roomy);

/* 0 to 1; negative: no bar. */
void       wb_run_bar_set_progress (WbRunBar *self, double fraction);

G_END_DECLS
