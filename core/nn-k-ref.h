/* nn-k-ref.h: what the files of plain twins share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"

/* f (x); not softmax and log_softmax. */
float nn_k_ref_bend  (float x, NnKActivation activation);

/* f', from the value; not for those of nn_k_keeps_slope(). */
float nn_k_ref_slope (float y, NnKActivation activation);

/* Both at once, for all: the value f (x), and f' (x) in `*slope` (nullable). */
float nn_k_ref_bend_slope (float x, float *slope, NnKActivation activation);

/* Each file's hook: puts its kernels into a table. */
void  nn_k_fill_ref_bend  (NnKernels *table);
void  nn_k_fill_ref_gates (NnKernels *table);
void  nn_k_fill_ref_loss  (NnKernels *table);
void  nn_k_fill_ref_merge (NnKernels *table);
void  nn_k_fill_ref_norm  (NnKernels *table);
void  nn_k_fill_ref_optim (NnKernels *table);
void  nn_k_fill_ref_pool  (NnKernels *table);
