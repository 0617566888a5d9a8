/* nn-weight-map.h: which weight tensor each number in the kernels' order belongs to
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-plan.h"

G_BEGIN_DECLS

/* Private to the core. Some neighbouring numbers of one tensor. Zeros that fill up panels go with those before them: their weight
 * and their slope are 0, so that nothing that is done to a tensor does anything to them. */
typedef struct
{
  gint64 from, n;
  guint  tensor; /* of the plan */
} NnChunk;

/* In rising order; none crosses a multiple of NN_PIECE. */
#define NN_PIECE 16384 /* numbers that one thread takes at a time where all weights are gone through */

typedef struct
{
  const NnPlan *plan;
  guint         n_chunks;
  NnChunk      *chunks;
  gboolean      penal; /* some tensor is regularised */
} NnWeightMap;

/* Borrows the plan. */
gboolean nn_weight_map_init        (NnWeightMap *self, const NnPlan *plan, GError **error);
void     nn_weight_map_clear       (NnWeightMap *self);

/* The first chunk that begins at `from` or later; n_chunks where there is none. */
guint    nn_weight_map_find        (const NnWeightMap *self, gint64 from);

/* Σ l1 |w| + l2 w² over the regularised tensors: what Keras adds to the loss. */
double   nn_weight_map_get_penalty (const NnWeightMap *self, const NnKernels *k, const float *params);

static inline gboolean
nn_tensor_is_penal (const NnTensor *self)
{
  return self->l1 > 0.0 || self->l2 > 0.0;
}

G_END_DECLS
