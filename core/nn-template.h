/* nn-template.h: the reference designs R0 to R6
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;      /* "R1" */
  const char *title;   /* "Conv → LSTM, a label per step" */
  const char *summary; /* one sentence on when to use it */
} NnTemplate;

/* In menu order; NULL past the end. Static data. */
const NnTemplate *nn_template_nth  (guint i);

/* (nullable): NULL for an id outside the table. */
const NnTemplate *nn_template_find (const char *id);

/* The design of a template on windows of `input` (steps, channels) for `n_classes`
 * classes (0 and 2: one sigmoid output; more: one softmax output per class). */
NnDesign         *nn_template_build (const NnTemplate *self, const NnShape *input, int n_classes) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
