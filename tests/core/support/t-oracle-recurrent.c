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

/* One gate of all units. */
static void
fill_gate (const Cell *cell, const double *x, const double *before, gint64 gate, const char *activation, double *values)
{
  for (gint64 u = 0; u < cell->units; u++)
    values[u] = by_inputs (cell, x, gate * cell->units + u) + by_units (cell, before, gate * cell->units + u);
  t_oracle_bend_row (values, cell->units, activation);
}

static void
step_lstm (const Cell *cell, const double *x, const double *before, double *h, double *c)
{
  g_autofree double *gates = g_new (double, 4 * cell->units);
  double *i = gates, *f = i + cell->units, *g = f + cell->units, *o = g + cell->units;

  for (gint64 gate = 0; gate < 4; gate++)
    fill_gate (cell, x, before, gate, gate == 2 ? cell->activation : cell->gate_activation, gates + gate * cell->units);
  for (gint64 u = 0; u < cell->units; u++)
    h[u] = c[u] = f[u] * c[u] + i[u] * g[u];
  t_oracle_bend_row (h, cell->units, cell->activation);
  for (gint64 u = 0; u < cell->units; u++)
    h[u] *= o[u];
}

static void
step_gru (const Cell *cell, const double *x, const double *before, double *h)
{
  gint64 n = cell->units;
  g_autofree double *z = g_new (double, n), *r = g_new (double, n), *reset = g_new (double, n), *candidate = g_new (double, n);

  fill_gate (cell, x, before, 0, cell->gate_activation, z);
  fill_gate (cell, x, before, 1, cell->gate_activation, r);
  for (gint64 u = 0; u < n; u++)
    reset[u] = r[u] * before[u];
  for (gint64 u = 0; u < n; u++)
    {
      gint64 column = 2 * n + u;

      candidate[u] = by_inputs (cell, x, column)
                     + (cell->reset_after ? r[u] * by_units (cell, before, column) : by_units (cell, reset, column));
    }
  t_oracle_bend_row (candidate, n, cell->activation);
  for (gint64 u = 0; u < n; u++)
    h[u] = z[u] * before[u] + (1.0 - z[u]) * candidate[u];
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
        fill_gate (&cell, now, before, 0, cell.activation, h);
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
