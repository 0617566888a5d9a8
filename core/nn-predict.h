/* nn-predict.h: blocking inference on windows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-model.h"

G_BEGIN_DECLS

/* Runs the windows `first` .. `first + n - 1` of `source` through `model`. `output` gets n ×
 * nn_shape_size (output shape) floats, window by window, row-major (steps, then units).
 * `should_stop` (nullable) is asked between mini-batches; FALSE without an error when it
 * said so. The model is only read; scratch belongs to the call. */
gboolean nn_predict       (const NnModel *model, const NnBatchSource *source, gint64 first, gint64 n, NnPool *pool,
                           gboolean (*should_stop) (gpointer), gpointer user_data, float *output, GError **error);

/* How many labels per window the model's output gives, and probabilities per label: reads
 * (T, 1) and (T) as T × 1, (T, K) as T × K; (K) as 1 × K where the model's check was made against one label a window. */
void     nn_predict_shape (const NnModel *model, gint64 *n_steps, int *n_outputs);

G_END_DECLS
