/* cli-arrays.h: predict and train on NPY arrays, straight: as Keras' predict() and fit(shuffle=False) do it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "cli-train.h"

G_BEGIN_DECLS

/* Runs X's windows through a model and writes what comes out as an NPY. */
CliExit cli_arrays_predict (const char *model, const char *x, const char *output, int threads);

/* Trains a model on X and y from the weights in its file. */
CliExit cli_arrays_train   (const CliTraining *what);

G_END_DECLS
