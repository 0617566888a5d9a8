/* nn-ops.c: what the compute halves of several rows share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-ops.h"

#include "nn-layer-args.h"

/* The rows' choices are handed to the kernels as they are. */
#define SAME(name) G_STATIC_ASSERT ((int) NN_ACTIVATION_##name == (int) NN_K_##name)
SAME (LINEAR);
SAME (RELU);
SAME (TANH);
SAME (SIGMOID);
SAME (RELU6);
SAME (ELU);
SAME (SELU);
SAME (SOFTPLUS);
SAME (SOFTSIGN);
SAME (HARD_SIGMOID);
SAME (EXPONENTIAL);
SAME (SILU);
SAME (GELU);
SAME (SOFTMAX);
SAME (LOG_SOFTMAX);

void
nn_op_clear (NnOp *op)
{
  NnOp *held[] = { op->inner, op->backward };

  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    if (held[i] != NULL)
      {
        nn_op_clear (held[i]);
        g_free (held[i]);
      }
  g_free (op->detail);
}

gint64
nn_op_find_turn (const NnOp *op, gint64 i)
{
  gint64 steps;

  if (op->holder == NULL)
    return i;
  steps = op->holder->in.dim[0];
  return i % steps * op->holder->n_turns + nn_op_find_turn (op->holder, i / steps);
}

gint64
nn_size_add (gint64 a, gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

gint64
nn_size_fill_up (gint64 n)
{
  return n > G_MAXINT64 - NN_K_PANEL ? G_MAXINT64 : (n + NN_K_PANEL - 1) / NN_K_PANEL * NN_K_PANEL;
}

gint64
nn_shape_outer (const NnShape *self)
{
  return self->rank > 1 ? self->dim[0] : 1;
}

gint64
nn_shape_last (const NnShape *self)
{
  return self->dim[self->rank - 1];
}

gint64
nn_packed_size (gint64 rows, gint64 columns)
{
  return NN_PRODUCT (rows, nn_size_fill_up (columns));
}

static inline gint64
packed_index (gint64 row, gint64 column, gint64 rows)
{
  return (column / NN_K_PANEL * rows + row) * NN_K_PANEL + column % NN_K_PANEL;
}

void
nn_pack_columns (float *packed, const float *plain, gint64 ld, gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      packed[packed_index (i, j, rows)] = plain[i * ld + j];
}

void
nn_unpack_columns (float *plain, gint64 ld, const float *packed, gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      plain[i * ld + j] = packed[packed_index (i, j, rows)];
}

void
nn_pack (float *packed, const float *plain, gint64 rows, gint64 columns)
{
  nn_pack_columns (packed, plain, columns, rows, columns);
}

void
nn_unpack (float *plain, const float *packed, gint64 rows, gint64 columns)
{
  nn_unpack_columns (plain, columns, packed, rows, columns);
}

void
nn_pack_transposed (float *target, gint64 to, gint64 to_rows, const float *source, gint64 from, gint64 from_rows,
                    gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      target[packed_index (to + j, i, to_rows)] = source[packed_index (from + i, j, from_rows)];
}

void
nn_bend_rows (const NnKernels *k, float *y, gint64 rows, gint64 n, NnKActivation activation)
{
  if (activation == NN_K_SOFTMAX)
    k->softmax (y, rows, n);
  else
    k->log_softmax (y, rows, n);
}

void
nn_bend_rows_back (const NnKernels *k, float *dy, const float *y, gint64 rows, gint64 n, NnKActivation activation)
{
  if (activation == NN_K_SOFTMAX)
    k->softmax_back (dy, y, rows, n);
  else
    k->log_softmax_back (dy, y, rows, n);
}

void
nn_op_set_activation (NnOp *op, NnKActivation activation)
{
  op->activation = activation;
  if (!nn_k_keeps_slope (activation))
    return;
  op->slopes_at = nn_size_fill_up (op->n_cache);
  op->n_cache = nn_size_add (op->slopes_at, NN_PRODUCT (op->rows, nn_shape_size (&op->out)));
}

void
nn_op_bend (const NnOp *op, const NnCall *call)
{
  gint64 last = nn_shape_last (&op->out), n = call->rows * nn_shape_size (&op->out);

  if (call->logits || op->activation == NN_K_LINEAR)
    return;
  if (!nn_k_is_pointwise (op->activation))
    nn_bend_rows (call->k, call->y, n / last, last, op->activation);
  else if (nn_k_keeps_slope (op->activation) && call->cache != NULL)
    call->k->bend_slope (call->y, call->cache + op->slopes_at, n, op->activation);
  else
    call->k->bend (call->y, n, op->activation);
}

void
nn_op_bend_back (const NnOp *op, const NnCall *call)
{
  gint64 last = nn_shape_last (&op->out), n = call->rows * nn_shape_size (&op->out);

  if (call->logits || op->activation == NN_K_LINEAR)
    return;
  if (!nn_k_is_pointwise (op->activation))
    nn_bend_rows_back (call->k, call->dy, call->y, n / last, last, op->activation);
  else if (nn_k_keeps_slope (op->activation))
    call->k->multiply (call->dy, call->dy, call->cache + op->slopes_at, n);
  else
    call->k->bend_back (call->dy, call->y, n, op->activation);
}
