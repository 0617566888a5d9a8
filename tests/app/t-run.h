/* t-run.h: a design for runs of tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

G_BEGIN_DECLS

/* A small design that learns the demo: Conv1D 8, LSTM 8, Dense (transfer full). */
NnDesign *t_run_make_design (gint64 n_steps, gint64 n_channels, int n_outputs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
