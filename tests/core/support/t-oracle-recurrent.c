/* t-oracle-recurrent.c: LSTM, GRU, SimpleRNN and Bidirectional once more, in double precision and as plainly as can be
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle.h"

#include "nn-layer.h"
#include "nn-shape.h"

#include <string.h>

/* One block at work on one window. */
typedef struct
{
  gint64        inputs, units, columns;
  const double *kernel, *recurrent;
  const double *bias, *unit_bias; /* NULL: none */
  const char   *activation, *gate_activation;
  gboolean      reset_after;
} Cell;

static gboolean
is_a (const NnBlock *block, const char *kind)
{
  return strcmp (nn_block_get_kind (block)->name, kind) == 0;
}

static Cell
read_cell (const NnBlock *block, gint64 inputs, const double *w)
{
  gint64 gates = is_a (block, "LSTM") ? 4 : is_a (block, "GRU") ? 3 : 1;
  Cell cell = { .inputs = inputs, .units = nn_block_get_whole (block, "units") };

  cell.columns = gates * cell.units;
  cell.kernel = w;
  cell.recurrent = w + inputs * cell.columns;
  cell.activation = nn_block_get_choice (block, "activation");
  if (gates > 1)
    cell.gate_activation = nn_block_get_choice (block, "recurrent_activation");
  cell.reset_after = gates == 3 && nn_block_get_whole (block, "reset_after");
  if (nn_block_get_whole (block, "use_bias"))
    cell.bias = cell.recurrent + cell.units * cell.columns;
  if (cell.bias != NULL && cell.reset_after)
    cell.unit_bias = cell.bias + cell.columns;
  return cell;
}

static double
by_inputs (const Cell *cell, const double *x, gint64 column)
{
  double sum = cell->bias != NULL ? cell->bias[column] : 0.0;

  for (gint64 k = 0; k < cell->inputs; k++)
    sum += x[k] * cell->kernel[k * cell->columns + column];
  return sum;
}

static double
by_units (const Cell *cell, const double *h, gint64 column)
{
  double sum = cell->unit_bias != NULL ? cell->unit_bias[column] : 0.0;

  for (gint64 k = 0; k < cell->units; k++)
    sum += h[k] * cell->recurrent[k * cell->columns + column];
  return sum;
}

static double
gate_of (const Cell *cell, const double *x, const double *h, gint64 gate, gint64 u)
{
  gint64 column = gate * cell->units + u;

  return t_oracle_bend (by_inputs (cell, x, column) + by_units (cell, h, column), cell->gate_activation);
}

static void
step_lstm (const Cell *cell, const double *x, const double *before, double *h, double *c)
{
  for (gint64 u = 0; u < cell->units; u++)
    {
      gint64 column = 2 * cell->units + u;
      double g = t_oracle_bend (by_inputs (cell, x, column) + by_units (cell, before, column), cell->activation);

      c[u] = gate_of (cell, x, before, 1, u) * c[u] + gate_of (cell, x, before, 0, u) * g;
      h[u] = gate_of (cell, x, before, 3, u) * t_oracle_bend (c[u], cell->activation);
    }
}

static void
step_gru (const Cell *cell, const double *x, const double *before, double *h)
{
  g_autofree double *reset = g_new (double, cell->units);

  for (gint64 u = 0; u < cell->units; u++)
    reset[u] = gate_of (cell, x, before, 1, u) * before[u];
  for (gint64 u = 0; u < cell->units; u++)
    {
      gint64 column = 2 * cell->units + u;
      double z = gate_of (cell, x, before, 0, u);
      double answer = cell->reset_after ? gate_of (cell, x, before, 1, u) * by_units (cell, before, column)
                                        : by_units (cell, reset, column);

      h[u] = z * before[u] + (1.0 - z) * t_oracle_bend (by_inputs (cell, x, column) + answer, cell->activation);
    }
}

static void
step_plain (const Cell *cell, const double *x, const double *before, double *h)
{
  for (gint64 u = 0; u < cell->units; u++)
    h[u] = t_oracle_bend (by_inputs (cell, x, u) + by_units (cell, before, u), cell->activation);
}

/* Walks along `steps`; y gets the outputs in the order of the walk, or the last. */
static void
walk (const NnBlock *block, const NnShape *in, const double *x, double *y, const double *w, gboolean backwards)
{
  Cell cell = read_cell (block, in->dim[1], w);
  gsize bytes = cell.units * sizeof (double);
  g_autofree double *h = g_malloc0 (bytes), *before = g_malloc0 (bytes), *c = g_malloc0 (bytes);

  for (gint64 t = 0; t < in->dim[0]; t++)
    {
      const double *now = x + (backwards ? in->dim[0] - 1 - t : t) * cell.inputs;

      memcpy (before, h, bytes);
      if (is_a (block, "LSTM"))
        step_lstm (&cell, now, before, h, c);
      else if (is_a (block, "GRU"))
        step_gru (&cell, now, before, h);
      else
        step_plain (&cell, now, before, h);
      memcpy (y + (nn_block_get_whole (block, "return_sequences") ? t * cell.units : 0), h, bytes);
    }
}

/* The second walk's outputs are turned round before they are joined. */
static void
walk_both (const NnBlock *block, const NnShape *in, const double *x, double *y, const double *w)
{
  const NnBlock *inner = nn_block_get_inner (block);
  const char *mode = nn_block_get_choice (block, "merge_mode");
  gint64 units = nn_block_get_whole (inner, "units"), steps = nn_block_get_whole (inner, "return_sequences") ? in->dim[0] : 1;
  g_autofree double *a = g_new (double, steps * units), *b = g_new (double, steps * units);
  NnTensor tensors[NN_MAX_TENSORS];
  guint n = nn_layer_list_tensors (inner, in, tensors);

  walk (inner, in, x, a, w, FALSE);
  for (guint i = 0; i < n; i++)
    w += nn_shape_size (&tensors[i].shape);
  walk (inner, in, x, b, w, TRUE);
  for (gint64 t = 0; t < steps; t++)
    for (gint64 u = 0; u < units; u++)
      {
        double p = a[t * units + u], q = b[(steps - 1 - t) * units + u];

        if (strcmp (mode, "concat") == 0)
          {
            y[t * 2 * units + u] = p;
            y[(t * 2 + 1) * units + u] = q;
          }
        else
          y[t * units + u] = strcmp (mode, "mul") == 0 ? p * q : strcmp (mode, "ave") == 0 ? (p + q) / 2.0 : p + q;
      }
}

void
t_oracle_recurrent (const NnBlock *block, const NnShape *in, const double *x, double *y, const double *w)
{
  if (is_a (block, "Bidirectional"))
    walk_both (block, in, x, y, w);
  else
    walk (block, in, x, y, w, nn_block_get_whole (block, "go_backwards") != 0);
}
