/* t-design.h: designs from one line of text, and windows of random numbers, for the core's tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-check.h"
#include "nn-model.h"
#include "nn-shape.h"

G_BEGIN_DECLS

/* "Conv1D filters=3 padding=same; TimeDistributed: Dense units=2; Flatten" on windows of steps × channels. Arguments
 * are read as nn_arg_value_from_text() does, without blanks; any mistake ends the test. */
NnDesign *t_design_new (gint64 n_steps, gint64 n_channels, const char *text) G_GNUC_WARN_UNUSED_RESULT;

/* The same text again, of a design whose blocks were only added at its end. */
char     *t_design_to_text (const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;

/* Its check against labels of `n_classes` for each step, and a model with Keras' initial weights plus a little noise on all of
 * them (biases too); any problem ends the test. */
NnModel  *t_model_new  (gint64 n_steps, gint64 n_channels, int n_classes, const char *text,
                        guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
NnModel  *t_model_of   (const NnDesign *design, int n_classes, guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/* Random windows in -1 .. 1 and random labels, of which about one in `unlabelled` is missing (0: none). */
typedef struct
{
  NnBatchSource source;
  float        *x;
  gint32       *y;
  int           fail_at; /* the window that cannot be read; -1: none */
} TWindows;

TWindows *t_windows_new  (gint64 n, gint64 n_steps, gint64 n_channels, int n_classes, int unlabelled,
                          guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
void      t_windows_free (TWindows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TWindows, t_windows_free)

G_END_DECLS
