/* nn-recurrent-units.c: activations over all units of a recurrent block, softmax and log-softmax
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#include <string.h>

gboolean
nn_recurrent_bends_units (NnKActivation activation)
{
  return !nn_k_is_pointwise (activation);
}

gint64
nn_recurrent_find (const NnRecurrent *self, gint64 r, guint slot, gint64 unit)
{
  gint64 width = (gint64) nn_k_slot_width ((gsize) self->full, (gsize) unit);

  return (r * self->full + unit / NN_K_PANEL * NN_K_PANEL) * self->cell->slots + slot * width + unit % NN_K_PANEL;
}

void
nn_recurrent_gather (const NnRecurrent *self, float *row, const float *gates, gint64 r, guint slot)
{
  for (gint64 u = 0; u < self->units; u += NN_K_PANEL)
    memcpy (row + u, gates + nn_recurrent_find (self, r, slot, u), MIN (NN_K_PANEL, self->units - u) * sizeof *row);
}

/* The way back. */
static void
scatter (const NnRecurrent *self, const float *row, float *gates, gint64 r, guint slot)
{
  for (gint64 u = 0; u < self->units; u += NN_K_PANEL)
    memcpy (gates + nn_recurrent_find (self, r, slot, u), row + u, MIN (NN_K_PANEL, self->units - u) * sizeof *row);
}

void
nn_recurrent_bend_slot (const NnRecurrent *self, const NnStep *step, guint slot, NnKActivation activation)
{
  if (!nn_recurrent_bends_units (activation))
    return;
  for (gint64 r = 0; r < step->call->rows; r++)
    {
      nn_recurrent_gather (self, step->row[0], step->gates, r, slot);
      nn_bend_rows (step->call->k, step->row[0], 1, self->units, activation);
      scatter (self, step->row[0], step->gates, r, slot);
    }
}

void
nn_recurrent_bend_slot_back (const NnRecurrent *self, const NnStep *step, guint slot, NnKActivation activation)
{
  if (!nn_recurrent_bends_units (activation))
    return;
  for (gint64 r = 0; r < step->call->rows; r++)
    {
      nn_recurrent_gather (self, step->row[0], step->gates, r, slot);
      nn_recurrent_gather (self, step->row[1], step->dz, r, slot);
      nn_bend_rows_back (step->call->k, step->row[1], step->row[0], 1, self->units, activation);
      scatter (self, step->row[1], step->dz, r, slot);
    }
}
