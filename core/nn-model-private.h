/* nn-model-private.h: what training and prediction see of a model
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-model.h"
#include "nn-plan.h"
#include "nn-shard.h"

#include <stdatomic.h>

G_BEGIN_DECLS

struct _NnModel
{
  NnPlan          *plan;
  const NnKernels *k;
  float           *params; /* plan->n_floats, in the kernels' order */

  _Atomic (NnCrew *) *spare; /* what the last nn_predict() worked with, for the next one; NULL while one has it */
};

G_END_DECLS
