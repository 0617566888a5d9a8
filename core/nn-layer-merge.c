/* nn-layer-merge.c: Add, Multiply, Average, Maximum and Concatenate: the block above joined with earlier ones
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

static const NnArg args[] = { NN_ARG_SOURCES_ROW };

static gboolean
refuse_shapes (const NnBlock *block,
               const NnShape *ins,
               guint          other,
               const char    *reason,
               NnInferred    *out,
               char         **why)
{
  g_autofree char *first = nn_shape_to_text (&ins[0]);
  g_autofree char *second = nn_shape_to_text (&ins[other]);

  *why = g_strdup_printf ("%s cannot join %s with %s: %s", nn_block_get_kind (block)->name, first, second, reason);
  out->refusal = NN_REFUSAL_SHAPES;
  out->output = ins[0];
  out->keeps_time = TRUE;
  return FALSE;
}

/* --- number by number --------------------------------------------------------------- */

/* Keras' rule: shapes are laid over one another from their last axes on; an extent of 1, or none, repeats. */
static gboolean
join_shapes (NnShape       *joined,
             const NnShape *by)
{
  NnShape longer = joined->rank >= by->rank ? *joined : *by;
  const NnShape *shorter = joined->rank >= by->rank ? by : joined;
  NnShape result = longer;

  for (int i = 1; i <= shorter->rank; i++)
    {
      gint64 a = longer.dim[longer.rank - i], b = shorter->dim[shorter->rank - i];

      if (a != b && a != 1 && b != 1)
        return FALSE;
      result.dim[longer.rank - i] = a == 1 ? b : a;
    }
  *joined = result;
  return TRUE;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *ins,
       guint          n_ins,
       NnInferred    *out,
       char         **why)
{
  out->output = ins[0];
  for (guint i = 1; i < n_ins; i++)
    if (!join_shapes (&out->output, &ins[i]))
      return refuse_shapes (block, ins, i, "their extents must be the same, or 1 where all is repeated.", out, why);
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (nn_shape_size (&out->output), n_ins - 1);
  return TRUE;
}

static gboolean
is_whole (const NnOp *op,
          guint       i)
{
  return nn_shape_equal (&op->ins[i], &op->out);
}

static gint64
count (const NnOp *op,
       gint64      rows)
{
  return rows * nn_shape_size (&op->out);
}

/* Three arrays as large as the output: an input that is repeated, a slope by one, and what has been joined so far. */
static void
prepare (NnOp *op)
{
  op->n_scratch = NN_PRODUCT (3, nn_size_fill_up (NN_PRODUCT (op->rows, nn_shape_size (&op->out))));
}

static float *
get_scratch (const NnOp   *op,
             const NnCall *call,
             guint         i)
{
  return call->scratch + i * nn_size_fill_up (count (op, call->rows));
}

/* The output is [d0][rows][d1][d2][d3]; so is an input, from its own first axis on. */
static NnKSpread
get_spread (const NnOp *op,
            guint       input,
            gint64      rows)
{
  const NnShape *in = &op->ins[input], *out = &op->out;
  gint64 inner = nn_shape_size (in) / nn_shape_outer (in); /* of one window, in one block of memory */
  NnKSpread size = { { 1, (gsize) rows, 1, 1, 1 }, { 0, inner, 0, 0, 0 } };
  gint64 step = 1;

  /* An output of one axis is [rows][d0]: then the axis stands behind the windows. */
  for (int i = 0; i < out->rank; i++)
    size.n[out->rank == 1 ? 4 : i == 0 ? 0 : 5 - out->rank + i] = out->dim[i];
  for (int i = in->rank - 1; i >= 0; i--)
    {
      int axis = out->rank - in->rank + i;

      if (i == 0 && in->rank > 1)
        step = inner * rows;
      if (in->dim[i] > 1)
        size.step[out->rank == 1 ? 4 : axis == 0 ? 0 : 5 - out->rank + axis] = step;
      step *= in->dim[i];
    }
  return size;
}

/* Input `i` as large as the output. */
static const float *
get_whole (const NnOp   *op,
           const NnCall *call,
           guint         i)
{
  NnKSpread size;

  if (is_whole (op, i))
    return call->xs[i];
  size = get_spread (op, i, call->rows);
  call->k->spread (get_scratch (op, call, 0), call->xs[i], &size);
  return get_scratch (op, call, 0);
}

/* Where the slope by an input as large as the output goes first; give_slope() then sums it up where the input was repeated. */
static float *
get_slope (const NnOp   *op,
           const NnCall *call)
{
  return is_whole (op, call->which) ? call->dx : get_scratch (op, call, 1);
}

static void
give_slope (const NnOp   *op,
            const NnCall *call)
{
  NnKSpread size;

  if (is_whole (op, call->which))
    return;
  size = get_spread (op, call->which, call->rows);
  memset (call->dx, 0, call->rows * nn_shape_size (&op->ins[call->which]) * sizeof *call->dx);
  call->k->spread_back (call->dx, get_scratch (op, call, 1), &size);
}

typedef void (*Join) (const NnCall *call, float *y, const float *x, gint64 n);

static void
join_all (const NnOp   *op,
          const NnCall *call,
          float        *y,
          guint         n_inputs,
          Join          join)
{
  gint64 n = count (op, call->rows);

  memcpy (y, get_whole (op, call, 0), n * sizeof *y);
  for (guint i = 1; i < n_inputs; i++)
    join (call, y, get_whole (op, call, i), n);
}

static void
join_add (const NnCall *call,
          float        *y,
          const float  *x,
          gint64        n)
{
  call->k->add (y, x, n);
}

static void
join_multiply (const NnCall *call,
               float        *y,
               const float  *x,
               gint64        n)
{
  call->k->multiply (y, y, x, n);
}

static void
join_greatest (const NnCall *call,
               float        *y,
               const float  *x,
               gint64        n)
{
  call->k->greatest (y, x, n);
}

/* --- Add, Average ------------------------------------------------------------------- */

static void
add_forward (const NnOp   *op,
             const NnCall *call)
{
  join_all (op, call, call->y, op->n_inputs, join_add);
}

static void
add_backward (const NnOp   *op,
              const NnCall *call)
{
  if (call->dx == NULL)
    return;
  memcpy (get_slope (op, call), call->dy, count (op, call->rows) * sizeof *call->dx);
  give_slope (op, call);
}

static void
average_forward (const NnOp   *op,
                 const NnCall *call)
{
  add_forward (op, call);
  call->k->scale (call->y, call->y, 1.0f / (float) op->n_inputs, count (op, call->rows));
}

static void
average_backward (const NnOp   *op,
                  const NnCall *call)
{
  if (call->dx == NULL)
    return;
  call->k->scale (get_slope (op, call), call->dy, 1.0f / (float) op->n_inputs, count (op, call->rows));
  give_slope (op, call);
}

/* --- Multiply ----------------------------------------------------------------------- */

static void
multiply_forward (const NnOp   *op,
                  const NnCall *call)
{
  join_all (op, call, call->y, op->n_inputs, join_multiply);
}

static void
multiply_backward (const NnOp   *op,
                   const NnCall *call)
{
  gint64 n = count (op, call->rows);
  float *slope;

  if (call->dx == NULL)
    return;
  slope = get_slope (op, call);
  memcpy (slope, call->dy, n * sizeof *slope);
  for (guint i = 0; i < op->n_inputs; i++)
    if (i != call->which)
      call->k->multiply (slope, slope, get_whole (op, call, i), n);
  give_slope (op, call);
}

/* --- Maximum ------------------------------------------------------------------------ */

static void
maximum_forward (const NnOp   *op,
                 const NnCall *call)
{
  join_all (op, call, call->y, op->n_inputs, join_greatest);
}

/* The inputs are compared one after the other, as Keras does: from the last to `which` each takes its share of the slope, and the
 * rest goes on to those before it. */
static void
maximum_backward (const NnOp   *op,
                  const NnCall *call)
{
  gint64 n = count (op, call->rows);
  float *slope, *before = get_scratch (op, call, 2);

  if (call->dx == NULL)
    return;
  slope = get_slope (op, call);
  memcpy (slope, call->dy, n * sizeof *slope);
  for (guint i = op->n_inputs - 1; i >= MAX (call->which, 1); i--)
    {
      const float *x;

      join_all (op, call, before, i, join_greatest);
      x = get_whole (op, call, i);
      if (i == call->which)
        call->k->greatest_back (slope, before, x, before, n);
      else
        call->k->greatest_back (slope, before, before, x, n);
    }
  give_slope (op, call);
}

/* --- Concatenate -------------------------------------------------------------------- */

enum { SOURCES, AXIS, PLACE };

static const NnArg concatenate_args[] = {
  [SOURCES] = NN_ARG_SOURCES_ROW,
  [AXIS] = { "axis", "Axis", "The axis along which they are put side by side, as Keras counts: -1 is the channels, 1 is time.",
             NN_ARG_INT, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE },
  [PLACE] = { "place", "Place of the block above",
              "How many of the chosen blocks come before it: with 0 the channels of the block above are the first.",
              NN_ARG_INT, NN_WHOLE (0), 0, NN_MAX_INPUTS - 1, .quiet = TRUE, .advanced = TRUE },
};

/* Our axis, from 0: Keras counts the windows too. Negative where there is none. */
static int
get_axis (const NnBlock *block,
          int            rank)
{
  gint64 axis = nn_block_get_arg (block, AXIS)->whole[0];

  if (axis < 0)
    return (int) axis + rank;
  return axis <= rank ? (int) axis - 1 : -1;
}

static gboolean
concatenate_infer (const NnBlock *block,
                   const NnShape *ins,
                   guint          n_ins,
                   NnInferred    *out,
                   char         **why)
{
  int axis = get_axis (block, ins[0].rank);

  if (axis < 0)
    return refuse_shapes (block, ins, 1, "there is no such axis to join them along.", out, why);
  for (guint i = 1; i < n_ins; i++)
    {
      NnShape same = ins[i];

      same.dim[axis] = ins[0].dim[axis];
      if (!nn_shape_equal (&same, &ins[0]))
        return refuse_shapes (block, ins, i, "but for the axis along which they are joined, their extents must be the same.",
                              out, why);
    }
  out->output = ins[0];
  for (guint i = 1; i < n_ins; i++)
    out->output.dim[axis] += MIN (ins[i].dim[axis], NN_MAX_ELEMENTS);
  out->keeps_time = axis > 0;
  out->sees_all = axis == 0;
  return TRUE;
}

/* The inputs' parts of the output: `rows` pieces of `n` numbers, `full` apart in the output. */
typedef struct
{
  gint64 rows, n, full;
} Piece;

static Piece
get_piece (const NnOp *op,
           guint       input,
           gint64      rows)
{
  int axis = get_axis (op->block, op->out.rank);
  Piece piece;

  g_assert (axis >= 0);
  piece = (Piece) { rows, op->ins[input].dim[axis], op->out.dim[axis] };
  /* Axis 0 stands before the windows, unless there is no other. */
  if (axis == 0 && op->out.rank > 1)
    piece = (Piece) { 1, rows * piece.n, rows * piece.full };
  for (int i = 0; i < op->out.rank; i++)
    if (i < axis)
      piece.rows *= op->out.dim[i];
    else if (i > axis)
      {
        piece.n *= op->out.dim[i];
        piece.full *= op->out.dim[i];
      }
  return piece;
}

static void
concatenate_forward (const NnOp   *op,
                     const NnCall *call)
{
  float *y = call->y;

  for (guint i = 0; i < op->n_inputs; i++)
    {
      Piece piece = get_piece (op, i, call->rows);

      call->k->copy_rows (y, piece.full, call->xs[i], piece.n, piece.rows, piece.n);
      y += piece.n;
    }
}

static void
concatenate_backward (const NnOp   *op,
                      const NnCall *call)
{
  const float *dy = call->dy;
  Piece piece;

  if (call->dx == NULL)
    return;
  for (guint i = 0; i < call->which; i++)
    dy += get_piece (op, i, call->rows).n;
  piece = get_piece (op, call->which, call->rows);
  call->k->copy_rows (call->dx, piece.n, dy, piece.full, piece.rows, piece.n);
}

/* --- the rows ----------------------------------------------------------------------- */

static const NnLayerOps add_ops = { .prepare = prepare, .forward = add_forward, .backward = add_backward };
static const NnLayerOps multiply_ops = { .prepare = prepare, .forward = multiply_forward, .backward = multiply_backward };
static const NnLayerOps average_ops = { .prepare = prepare, .forward = average_forward, .backward = average_backward };
static const NnLayerOps maximum_ops = { .prepare = prepare, .forward = maximum_forward, .backward = maximum_backward };
static const NnLayerOps concatenate_ops = { .forward = concatenate_forward, .backward = concatenate_backward };

const NnLayer nn_layer_add = {
  .kind = { "Add", "Merging",
            "Adds the outputs of earlier blocks to that of the block above: a shortcut around what lies between.",
            args, G_N_ELEMENTS (args), .alone = TRUE },
  .spreads = TRUE,
  .infer_merge = infer,
  .ops = &add_ops,
};

const NnLayer nn_layer_multiply = {
  .kind = { "Multiply", "Merging",
            "Multiplies the output of the block above by those of earlier blocks: lets one decide what of another counts.",
            args, G_N_ELEMENTS (args), .alone = TRUE },
  .infer_merge = infer,
  .ops = &multiply_ops,
};

const NnLayer nn_layer_average = {
  .kind = { "Average", "Merging", "Averages the output of the block above with those of earlier blocks.",
            args, G_N_ELEMENTS (args), .alone = TRUE },
  .infer_merge = infer,
  .ops = &average_ops,
};

const NnLayer nn_layer_maximum = {
  .kind = { "Maximum", "Merging", "Keeps the greater of each number of the block above and of earlier blocks.",
            args, G_N_ELEMENTS (args), .alone = TRUE },
  .infer_merge = infer,
  .ops = &maximum_ops,
};

const NnLayer nn_layer_concatenate = {
  .kind = { "Concatenate", "Merging",
            "Puts the outputs of the block above and of earlier blocks side by side, as U-shaped networks do.",
            concatenate_args, G_N_ELEMENTS (concatenate_args), .alone = TRUE },
  .infer_merge = concatenate_infer,
  .ops = &concatenate_ops,
};
