/* nn-ops.c: what the compute halves of several rows share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-ops.h"

#include "nn-layer-args.h"

/* The rows' choices are handed to the kernels as they are. */
G_STATIC_ASSERT ((int) NN_ACTIVATION_LINEAR == (int) NN_K_LINEAR);
G_STATIC_ASSERT ((int) NN_ACTIVATION_RELU == (int) NN_K_RELU);
G_STATIC_ASSERT ((int) NN_ACTIVATION_TANH == (int) NN_K_TANH);
G_STATIC_ASSERT ((int) NN_ACTIVATION_SIGMOID == (int) NN_K_SIGMOID);
G_STATIC_ASSERT ((int) NN_ACTIVATION_SOFTMAX == (int) NN_K_SOFTMAX);

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
nn_pack (float *packed, const float *plain, gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      packed[packed_index (i, j, rows)] = plain[i * columns + j];
}

void
nn_unpack (float *plain, const float *packed, gint64 rows, gint64 columns)
{
  for (gint64 i = 0; i < rows; i++)
    for (gint64 j = 0; j < columns; j++)
      plain[i * columns + j] = packed[packed_index (i, j, rows)];
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
nn_op_bend (const NnOp *op, const NnCall *call, float *y, gint64 n)
{
  gint64 last = nn_shape_last (&op->out);

  if (call->logits || op->activation == NN_K_LINEAR)
    return;
  if (op->activation == NN_K_SOFTMAX)
    call->k->softmax (y, n / last, last);
  else
    call->k->bend (y, n, op->activation);
}

void
nn_op_bend_back (const NnOp *op, const NnCall *call, float *dy, const float *y, gint64 n)
{
  gint64 last = nn_shape_last (&op->out);

  if (call->logits || op->activation == NN_K_LINEAR)
    return;
  if (op->activation == NN_K_SOFTMAX)
    call->k->softmax_back (dy, y, n / last, last);
  else
    call->k->bend_back (dy, y, n, op->activation);
}
