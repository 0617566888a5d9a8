/* nn-check-bytes.c: what training a design takes, before anything is allocated
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#define PARAM_COPIES 6  /* weights, gradient, two moments, best and published weights */
#define MAX_SHARDS   16 /* partial gradients of one mini-batch */
#define RECURRENT    10 /* numbers kept per unit and step of a recurrent block: gates, state and their gradients */

static gint64
multiply (gint64 a,
          gint64 b)
{
  gint64 product;

  return __builtin_mul_overflow (a, b, &product) ? G_MAXINT64 : product;
}

static gint64
add (gint64 a,
     gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

gint64
nn_check_get_plan_bytes (const NnCheck *self,
                         int            batch_size)
{
  gint64 per_window, floats;

  g_return_val_if_fail (self != NULL && batch_size >= 1, 0);

  /* Each output is kept with its gradient, from the forward to the backward pass. */
  per_window = 2 * nn_shape_size (&self->input);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      const NnPass *pass = &self->passes[i];
      gboolean recurrent = nn_block_has_arg (nn_block_get_core (pass->block), "return_sequences");
      gint64 steps = pass->in.rank > 0 ? pass->in.dim[0] : 1;
      gint64 size = MAX (nn_shape_size (&self->reports[i].output), 0);

      if (recurrent)
        size = MAX (size, multiply (RECURRENT * steps, nn_block_get_whole (nn_block_get_core (pass->block), "units")));
      per_window = add (per_window, multiply (2, size));
    }

  floats = add (multiply (per_window, batch_size), multiply (PARAM_COPIES + MIN (batch_size, MAX_SHARDS), self->n_params));
  return multiply (floats, 4);
}
