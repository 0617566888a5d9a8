/* nn-layer-shape.c: Flatten, Reshape and ExpandDims
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

/* --- computing, for all -------------------------------------------------------------- */

/* The same numbers of each window in the same order; but windows are stored by their axis 0, so they move where that changes:
 * from [outer][rows][…] to [rows][outer · …] to [new outer][rows][…]. */
static void
regroup (const NnCall  *call,
         float         *target,
         const float   *source,
         const NnShape *from,
         const NnShape *to)
{
  gint64 n = nn_shape_size (from), outer = nn_shape_outer (from), new_outer = nn_shape_outer (to);

  if (outer == new_outer || call->rows == 1)
    {
      if (target != source)
        memcpy (target, source, call->rows * n * sizeof *target);
      return;
    }
  if (outer > 1)
    {
      float *windows = new_outer > 1 ? call->scratch : target;

      call->k->swap (windows, source, outer, call->rows, n / outer);
      source = windows;
    }
  if (new_outer > 1)
    call->k->swap (target, source, call->rows, new_outer, n / new_outer);
}

static void
prepare (NnOp *op)
{
  op->n_scratch = NN_PRODUCT (op->rows, nn_shape_size (&op->in));
  op->in_place = nn_shape_outer (&op->in) == nn_shape_outer (&op->out);
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  regroup (call, call->y, call->x, &op->in, &op->out);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  if (call->dx != NULL)
    regroup (call, call->dx, call->dy, &op->out, &op->in);
}

static const NnLayerOps regroup_ops = { .prepare = prepare, .forward = forward, .backward = backward };

/* --- Flatten -------------------------------------------------------------------- */

static gboolean
flatten_infer (const NnBlock *block,
               const NnShape *in,
               NnInferred    *out,
               char         **why)
{
  out->output = nn_shape_1 (nn_shape_size (in));
  out->keeps_time = out->output.dim[0] == in->dim[0];
  out->sees_all = !out->keeps_time;
  return TRUE;
}

const NnLayer nn_layer_flatten = {
  .kind = { "Flatten", "Shape", "Makes one long row of everything: time is lost.", NULL, 0 },
  .infer = flatten_infer,
  .ops = &regroup_ops,
};

/* --- Reshape -------------------------------------------------------------------- */

enum { TARGET };

static const NnArg reshape_args[] = {
  [TARGET] = { "target_shape", "Target shape", "The new extents, time first; one of them may be -1: as many as are left.",
               NN_ARG_INT_LIST, { 3, { -1, 16, 1 }, 0 }, -1, 1e9 },
};

static gboolean
refuse_target (const NnShape *in,
               const NnShape *target,
               const char    *reason,
               char         **why)
{
  g_autofree char *got = nn_shape_to_text (in);
  g_autofree char *wanted = nn_shape_to_text (target);

  *why = g_strdup_printf ("Reshape cannot make %s of %s (%" G_GINT64_FORMAT " numbers): %s", wanted, got,
                          nn_shape_size (in), reason);
  return FALSE;
}

static gboolean
reshape_infer (const NnBlock *block,
               const NnShape *in,
               NnInferred    *out,
               char         **why)
{
  const NnValue *value = nn_block_get_arg (block, TARGET);
  NnShape target = { value->n };
  gint64 n = nn_shape_size (in), known = 1;
  int open = -1;

  for (int i = 0; i < value->n; i++)
    {
      target.dim[i] = value->whole[i];
      if (target.dim[i] == 0)
        return refuse_target (in, &target, "an extent cannot be 0.", why);
      if (target.dim[i] < 0 && open >= 0)
        return refuse_target (in, &target, "only one extent may be -1.", why);
      if (target.dim[i] < 0)
        open = i;
      else if (__builtin_mul_overflow (known, target.dim[i], &known))
        return refuse_target (in, &target, "it asks for too many.", why);
    }

  if (open >= 0 ? n % known != 0 : n != known)
    return refuse_target (in, &target, open >= 0 ? "they do not divide into it." : "the counts differ.", why);
  if (open >= 0)
    target.dim[open] = n / known;

  out->output = target;
  out->keeps_time = target.dim[0] == in->dim[0];
  out->sees_all = !out->keeps_time;
  return TRUE;
}


const NnLayer nn_layer_reshape = {
  .kind = { "Reshape", "Shape", "Reads the same numbers with other extents, as when Conv2D needs a depth axis.",
            reshape_args, G_N_ELEMENTS (reshape_args) },
  .infer = reshape_infer,
  .ops = &regroup_ops,
};

/* --- ExpandDims ----------------------------------------------------------------- */

enum { AXIS };

static const NnArg expand_args[] = {
  [AXIS] = { "axis", "Axis", "Where the new axis of length 1 comes: -1 behind the last; 1 in front of the steps.",
             NN_ARG_INT, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK },
};

static gboolean
expand_infer (const NnBlock *block,
              const NnShape *in,
              NnInferred    *out,
              char         **why)
{
  gint64 axis = nn_block_get_arg (block, AXIS)->whole[0];
  int at = nn_layer_find_axis (axis, in->rank + 1);

  if (in->rank == NN_MAX_RANK)
    *why = g_strdup_printf ("ExpandDims would give %d axes; at most %d are possible.", NN_MAX_RANK + 1, NN_MAX_RANK);
  else if (at < 0)
    *why = g_strdup_printf ("ExpandDims cannot put an axis at %" G_GINT64_FORMAT ": it may be 1 to %d, or -1 to -%d.",
                            axis, in->rank + 1, in->rank + 1);
  if (*why != NULL)
    return FALSE;

  out->output.rank = in->rank + 1;
  for (int i = 0; i <= in->rank; i++)
    out->output.dim[i] = i == at ? 1 : in->dim[i < at ? i : i - 1];
  out->keeps_time = at > 0;
  out->sees_all = !out->keeps_time;
  return TRUE;
}

const NnLayer nn_layer_expand_dims = {
  .kind = { "ExpandDims", "Shape", "Adds an axis of length 1, such as the depth that Conv2D needs.",
            expand_args, G_N_ELEMENTS (expand_args) },
  .infer = expand_infer,
  .ops = &regroup_ops,
};
