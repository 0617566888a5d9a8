/* nn-layer-permute.c: Permute and RepeatVector
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

/* --- Permute ------------------------------------------------------------------------ */

enum { DIMS };

static const NnArg permute_args[] = {
  [DIMS] = { "dims", "Order", "Which axis of the input comes first, second, …: (2, 1) swaps steps and channels.",
             NN_ARG_INT_LIST, { 2, { 2, 1 }, 0 }, 1, NN_MAX_RANK },
};

static gboolean
is_order (const NnValue *dims)
{
  guint seen = 0;

  for (int i = 0; i < dims->n; i++)
    seen |= 1u << dims->whole[i];
  return seen == (1u << (dims->n + 1)) - 2;
}

static gboolean
permute_infer (const NnBlock *block,
               const NnShape *in,
               NnInferred    *out,
               char         **why)
{
  const NnValue *dims = nn_block_get_arg (block, DIMS);
  g_autofree char *order = nn_arg_value_to_text (&permute_args[DIMS], dims);
  g_autofree char *got = nn_shape_to_text (in);

  if (!is_order (dims))
    {
      *why = g_strdup_printf ("Permute cannot take the order %s: each of 1 to %d must be there once.", order, dims->n);
      return FALSE;
    }
  if (dims->n != in->rank)
    {
      *why = g_strdup_printf ("Permute has an order of %d axes, %s, but gets %d: %s.", dims->n, order, in->rank, got);
      return FALSE;
    }

  out->output.rank = in->rank;
  for (int i = 0; i < in->rank; i++)
    out->output.dim[i] = in->dim[dims->whole[i] - 1];
  out->keeps_time = in->rank > 1 && dims->whole[0] == 1;
  out->sees_all = !out->keeps_time;
  return TRUE;
}

/* Where the windows stand among a shard's axes: behind axis 0, or in front of the only one. */
static int
place_of (int axis, int rank)
{
  return rank == 1 || axis > 0 ? axis + 1 : 0;
}

/* A shard's axes, with the windows among them, in the order of `out`; of each its extent and how far apart its numbers are in
 * `in`. Axis `i` of `out` is axis order[i] of `in`. */
static void
find_moves (const NnShape *in,
            const int     *order,
            gint64         rows,
            size_t         extent[NN_K_AXES],
            size_t         stride[NN_K_AXES])
{
  size_t from[NN_K_AXES], lengths[NN_K_AXES], step = 1;
  int windows = in->rank > 1 ? 1 : 0;

  for (int axis = 0; axis < in->rank; axis++)
    lengths[place_of (axis, in->rank)] = in->dim[axis];
  lengths[windows] = rows;
  for (int place = in->rank; place >= 0; place--)
    {
      from[place] = step;
      step *= lengths[place];
    }

  for (int i = 0; i < NN_K_AXES; i++)
    {
      extent[i] = 1;
      stride[i] = 0;
    }
  for (int axis = 0; axis < in->rank; axis++)
    {
      int at = NN_K_AXES - 1 - in->rank + place_of (axis, in->rank);

      extent[at] = in->dim[order[axis]];
      stride[at] = from[place_of (order[axis], in->rank)];
    }
  extent[NN_K_AXES - 1 - in->rank + windows] = rows;
  stride[NN_K_AXES - 1 - in->rank + windows] = from[windows];
}

static void
permute_forward (const NnOp   *op,
                 const NnCall *call)
{
  const NnValue *dims = nn_block_get_arg (op->block, DIMS);
  size_t extent[NN_K_AXES], stride[NN_K_AXES];
  int order[NN_MAX_RANK];

  for (int i = 0; i < dims->n; i++)
    order[i] = (int) dims->whole[i] - 1;
  find_moves (&op->in, order, call->rows, extent, stride);
  call->k->permute (call->y, call->x, extent, stride);
}

static void
permute_backward (const NnOp   *op,
                  const NnCall *call)
{
  const NnValue *dims = nn_block_get_arg (op->block, DIMS);
  size_t extent[NN_K_AXES], stride[NN_K_AXES];
  int order[NN_MAX_RANK];

  if (call->dx == NULL)
    return;
  for (int i = 0; i < dims->n; i++)
    order[dims->whole[i] - 1] = i;
  find_moves (&op->out, order, call->rows, extent, stride);
  call->k->permute (call->dx, call->dy, extent, stride);
}

static const NnLayerOps permute_ops = { .forward = permute_forward, .backward = permute_backward };

const NnLayer nn_layer_permute = {
  .kind = { "Permute", "Shape", "Puts the axes into another order, such as channels before steps.",
            permute_args, G_N_ELEMENTS (permute_args) },
  .infer = permute_infer,
  .ops = &permute_ops,
};

/* --- RepeatVector ------------------------------------------------------------------- */

enum { TIMES };

static const NnArg repeat_args[] = {
  [TIMES] = { "n", "Times", "How many steps the row is given to.", NN_ARG_INT, NN_WHOLE (2), 1, 1e9 },
};

static gboolean
repeat_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  if (in->rank != 1)
    {
      g_autofree char *got = nn_shape_to_text (in);

      *why = g_strdup_printf ("RepeatVector needs one row of numbers, got %s: an LSTM that gives its last output only, or "
                              "Flatten, makes one.", got);
      return FALSE;
    }
  out->output = nn_shape_2 (nn_block_get_arg (block, TIMES)->whole[0], in->dim[0]);
  out->sees_all = TRUE;
  return TRUE;
}

static void
repeat_forward (const NnOp   *op,
                const NnCall *call)
{
  call->k->repeat (call->y, call->x, 1, call->rows * op->in.dim[0], op->out.dim[0]);
}

static void
repeat_backward (const NnOp   *op,
                 const NnCall *call)
{
  if (call->dx != NULL)
    call->k->repeat_back (call->dx, call->dy, 1, call->rows * op->in.dim[0], op->out.dim[0]);
}

static const NnLayerOps repeat_ops = { .forward = repeat_forward, .backward = repeat_backward };

const NnLayer nn_layer_repeat_vector = {
  .kind = { "RepeatVector", "Shape", "Gives one row to every step: what an encoder found, for a decoder to unfold.",
            repeat_args, G_N_ELEMENTS (repeat_args) },
  .infer = repeat_infer,
  .ops = &repeat_ops,
};
