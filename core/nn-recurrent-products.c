/* nn-recurrent-products.c: the matrix products of recurrent blocks: sums of gates, and their slopes back to inputs and weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent-private.h"

/* Columns that are neighbours in a row of gates and in the weights: some gates of one block of units, or all of all blocks. In
 * the weights they may begin within a panel, but then they do not leave it. */
typedef struct
{
  gint64 in_row, in_weights, n;
} Columns;

/* The gates `first` … `first` + `n` - 1, the first of which has the slot `slot` + `first`. */
static Columns
find_columns (const NnRecurrent *self, gint64 block, guint slot, guint first, guint n)
{
  gint64 unit = block * NN_K_PANEL, width = (gint64) nn_k_slot_width ((gsize) self->full, (gsize) unit);

  return (Columns) { unit * self->cell->slots + (slot + first) * width, unit * self->cell->gates + first * width, n * width };
}

static Columns
all_columns (const NnRecurrent *self)
{
  return (Columns) { 0, 0, self->cell->slots * self->full };
}

static gint64
count_blocks (const NnRecurrent *self)
{
  return (self->full + NN_K_PANEL - 1) / NN_K_PANEL;
}

/* Where a column of the weights begins. */
static gint64
weights_at (const NnRecurrent *self, gint64 column)
{
  return column / NN_K_PANEL * NN_K_PANEL * (self->inputs + self->units) + column % NN_K_PANEL;
}

/* --- forward ------------------------------------------------------------------------------- */

/* What gate `gate` is multiplied with. */
static const float *
get_factor (const NnFactor *factor, guint gate)
{
  return factor->x + gate * factor->apart;
}

static void
push_columns (const NnRecurrent *self, const NnCall *call, float *gates, const NnFactor *factor, const float *x,
              const Columns *columns, gboolean add)
{
  NnKTap tap = { 0, factor->w_row };

  call->k->gemm (gates + columns->in_row, self->cell->slots * self->full, x != NULL ? x : gates, factor->width, &tap,
                 x != NULL ? 1 : 0, factor->width, call->params + weights_at (self, columns->in_weights),
                 self->inputs + self->units, factor->bias != NULL ? factor->bias + columns->in_weights : NULL, factor->rows,
                 columns->n, add);
}

void
nn_recurrent_push_factor (const NnRecurrent *self, const NnCall *call, float *gates, guint slot, const NnFactor *factor,
                          guint first, guint n, gboolean add)
{
  guint each = factor->apart > 0 ? 1 : n;
  Columns all = all_columns (self);

  if (n == self->cell->slots && factor->apart == 0)
    {
      push_columns (self, call, gates, factor, factor->x, &all, add);
      return;
    }
  for (gint64 block = 0; block < count_blocks (self); block++)
    for (guint gate = first; gate < first + n; gate += each)
      {
        Columns columns = find_columns (self, block, slot, gate, each);

        push_columns (self, call, gates, factor, factor->x != NULL ? get_factor (factor, gate) : NULL, &columns, add);
      }
}

void
nn_recurrent_push (const NnRecurrent *self, const NnStep *step, const float *h_in, gint64 h_apart, guint first, guint n,
                   gboolean add)
{
  const float *bias = step->call->params + self->bias_at + self->n_bias;
  NnFactor outputs = {
    h_in, h_apart, self->units, step->call->rows, self->inputs, self->cell->unit_slot > 0 ? bias : NULL,
  };

  if (h_in != NULL || outputs.bias != NULL)
    nn_recurrent_push_factor (self, step->call, step->gates, self->cell->unit_slot, &outputs, first, n, add);
}

/* --- backward ------------------------------------------------------------------------------ */

void
nn_recurrent_pull_rows (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot,
                        gint64 rows, const float *transposed, guint first, guint n, gboolean add)
{
  gint64 slots = self->cell->slots, w_rows = self->cell->gates * self->full;
  gint64 n_whole = self->units / NN_K_PANEL, rest = self->units % NN_K_PANEL;
  Columns last = find_columns (self, n_whole, slot, first, n);
  gboolean all = n == slots;

  if (n_whole > 0)
    k->gemm (to, width, dz + (slot + first) * NN_K_PANEL, slots * self->full, self->taps, all ? 1 : n_whole,
             (all ? slots * n_whole : n) * NN_K_PANEL, transposed + first * NN_K_PANEL * NN_K_PANEL, w_rows, NULL, rows, width,
             add);
  if (rest > 0)
    k->gemm (to, width, dz + last.in_row, slots * self->full, self->gate_taps, n, rest,
             transposed + last.in_weights * NN_K_PANEL, w_rows, NULL, rows, width, add || n_whole > 0);
}

void
nn_recurrent_pull_masked (const NnRecurrent *self, const NnKernels *k, float *to, gint64 width, const float *dz, guint slot,
                          gint64 steps, gint64 rows, const float *transposed, guint first, guint n, gboolean add,
                          const float *masks, float *spare)
{
  gint64 size = rows * width;
  guint each = self->n_masks > 1 ? 1 : n;

  for (guint gate = first; gate < first + n; gate += each)
    {
      gboolean more = add || gate > first;
      float *target = more ? spare : to;

      nn_recurrent_pull_rows (self, k, target, width, dz, slot, steps * rows, transposed, gate, each, FALSE);
      for (gint64 i = 0; i < steps; i++)
        k->multiply (target + i * size, target + i * size, masks + (self->n_masks > 1 ? gate : 0) * size, size);
      if (more)
        k->add (to, spare, steps * size);
    }
}

void
nn_recurrent_pull (const NnRecurrent *self, const NnStep *step, float *to, guint first, guint n, gboolean add)
{
  const float *transposed = step->call->derived + nn_packed_size (self->cell->gates * self->full, self->inputs);
  guint slot = self->cell->unit_slot;

  if (step->masks == NULL)
    nn_recurrent_pull_rows (self, step->call->k, to, self->units, step->dz, slot, step->call->rows, transposed, first, n, add);
  else
    nn_recurrent_pull_masked (self, step->call->k, to, self->units, step->dz, slot, 1, step->call->rows, transposed, first, n,
                              add, step->masks, step->spare);
}

static void
add_columns (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 width, const float *dz,
             gint64 rows, const Columns *columns)
{
  k->outer (grads + weights_at (self, columns->in_weights), NN_K_PANEL, (self->inputs + self->units) * NN_K_PANEL, left, width,
            dz + columns->in_row, self->cell->slots * self->full, rows, width, columns->n);
}

void
nn_recurrent_add_outer (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 width,
                        const float *dz, guint slot, gint64 rows, guint first, guint n)
{
  Columns columns = all_columns (self);

  if (n == self->cell->slots)
    {
      add_columns (self, k, grads, left, width, dz, rows, &columns);
      return;
    }
  for (gint64 block = 0; block < count_blocks (self); block++)
    {
      columns = find_columns (self, block, slot, first, n);
      add_columns (self, k, grads, left, width, dz, rows, &columns);
    }
}

void
nn_recurrent_add_outers (const NnRecurrent *self, const NnKernels *k, float *grads, const float *left, gint64 apart, gint64 width,
                         const float *dz, guint slot, gint64 rows, guint n)
{
  if (apart == 0)
    nn_recurrent_add_outer (self, k, grads, left, width, dz, slot, rows, 0, n);
  else
    for (guint gate = 0; gate < n; gate++)
      nn_recurrent_add_outer (self, k, grads, left + gate * apart, width, dz, slot, rows, gate, 1);
}

void
nn_recurrent_sum_bias (const NnRecurrent *self, const NnKernels *k, float *sums, const float *dz, gint64 rows, guint slot)
{
  gint64 row = self->cell->slots * self->full;
  Columns columns = all_columns (self);

  if (self->cell->slots == self->cell->gates)
    {
      k->sum_rows (sums, dz, row, rows, columns.n);
      return;
    }
  for (gint64 block = 0; block < count_blocks (self); block++)
    {
      columns = find_columns (self, block, slot, 0, self->cell->gates);
      k->sum_rows (sums + columns.in_weights, dz + columns.in_row, row, rows, columns.n);
    }
}
