/* nn-layer-wrap.c: TimeDistributed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

/* What the inner block gets: everything but the time axis. */
static NnShape
drop_time (const NnShape *in)
{
  NnShape inner = { in->rank - 1 };

  for (int i = 1; i < in->rank; i++)
    inner.dim[i - 1] = in->dim[i];
  return inner;
}

static gboolean
accept (const NnKind *inner)
{
  return !inner->alone;
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  const NnBlock *inner = nn_block_get_inner (block);
  NnInferred each;
  g_autofree char *inner_why = NULL;
  gboolean fits;
  NnShape inside;

  if (in->rank < 2)
    return nn_layer_refuse_rank (block, in, 2, "there is no time left to repeat along.", out, why);

  inside = drop_time (in);
  fits = nn_layer_infer (inner, &inside, &each, &inner_why);
  if (!fits)
    {
      out->refusal = each.refusal;
      out->needs_rank = each.needs_rank + 1;
      *why = g_strdup_printf ("Inside TimeDistributed, at each step: %s", inner_why);
    }
  if (each.output.rank == NN_MAX_RANK)
    {
      if (fits)
        *why = g_strdup_printf ("TimeDistributed would give %d axes; at most %d are possible.", NN_MAX_RANK + 1, NN_MAX_RANK);
      return FALSE;
    }

  out->output = (NnShape) { .rank = 0 };
  if (each.output.rank > 0)
    {
      out->output.rank = each.output.rank + 1;
      out->output.dim[0] = in->dim[0];
      for (int i = 0; i < each.output.rank; i++)
        out->output.dim[i + 1] = each.output.dim[i];
    }
  out->keeps_time = TRUE;
  out->n_macs = NN_PRODUCT (in->dim[0], each.n_macs);
  return fits;
}

static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  const NnBlock *inner = nn_block_get_inner (block);
  NnShape inside = drop_time (in);

  return nn_layer_list_tensors (inner, &inside, list);
}

/* --- computing ---------------------------------------------------------------------- */

/* The inner block takes each step of each window as a window of its own, steps · rows of them. For the inner block these are
 * stored by *their* axis 0; of rank 1 they have none, and are in place already. */
static gboolean
must_swap (const NnShape *inside)
{
  return inside->rank > 1;
}

static void
to_inside (const NnCall  *call,
           float         *target,
           const float   *source,
           gint64         windows,
           const NnShape *inside)
{
  call->k->swap (target, source, windows, inside->dim[0], nn_shape_size (inside) / inside->dim[0]);
}

static void
to_outside (const NnCall  *call,
            float         *target,
            const float   *source,
            gint64         windows,
            const NnShape *inside)
{
  call->k->swap (target, source, inside->dim[0], windows, nn_shape_size (inside) / inside->dim[0]);
}

/* Floats of the swapped input and output of `windows`; 0 where there is no need for one. */
static gint64
count_x (const NnOp *op,
         gint64      windows)
{
  return must_swap (&op->inner->in) ? nn_size_fill_up (NN_PRODUCT (windows, nn_shape_size (&op->inner->in))) : 0;
}

static gint64
count_y (const NnOp *op,
         gint64      windows)
{
  return must_swap (&op->inner->out) ? nn_size_fill_up (NN_PRODUCT (windows, nn_shape_size (&op->inner->out))) : 0;
}

static void
prepare (NnOp *op)
{
  NnOp *inner = g_new0 (NnOp, 1);
  gint64 swapped;

  inner->block = nn_block_get_inner (op->block);
  inner->ops = nn_layer_of (inner->block)->ops;
  inner->in = drop_time (&op->in);
  inner->out = drop_time (&op->out);
  inner->serial = op->serial;
  inner->holder = op;
  inner->n_turns = NN_PRODUCT (op->in.dim[0], op->n_turns);
  inner->rows = NN_PRODUCT (op->rows, op->in.dim[0]);
  if (inner->ops->prepare != NULL)
    inner->ops->prepare (inner);

  op->inner = inner;
  swapped = nn_size_add (count_x (op, inner->rows), count_y (op, inner->rows));
  op->n_params = inner->n_params;
  op->n_derived = inner->n_derived;
  op->n_meet = inner->n_meet;
  op->n_cache = nn_size_add (swapped, inner->n_cache);
  op->n_scratch = nn_size_add (swapped, inner->n_scratch);
  op->activation = inner->activation;
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  if (op->inner->ops->load != NULL)
    op->inner->ops->load (op->inner, list, params);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  if (op->inner->ops->save != NULL)
    op->inner->ops->save (op->inner, params, list);
}

static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  if (op->inner->ops->derive != NULL)
    op->inner->ops->derive (op->inner, params, derived);
}

/* The inner block's call, with x and y in the memory where they are swapped: what is kept for backward comes first in
   the cache. */
static NnCall
enter (const NnOp   *op,
       const NnCall *call)
{
  NnCall inside = *call;
  gint64 n_x, n_y;

  inside.rows = call->rows * op->in.dim[0];
  n_x = count_x (op, inside.rows);
  n_y = count_y (op, inside.rows);
  if (call->cache != NULL)
    inside.cache = call->cache + n_x + n_y;
  inside.scratch = call->scratch + n_x + n_y;
  if (n_x > 0)
    inside.x = call->cache != NULL ? call->cache : call->scratch;
  if (n_y > 0)
    inside.y = (call->cache != NULL ? call->cache : call->scratch) + n_x;
  return inside;
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  NnCall inside = enter (op, call);

  if (inside.x != call->x)
    to_inside (call, (float *) inside.x, call->x, inside.rows, &op->inner->in);
  op->inner->ops->forward (op->inner, &inside);
  if (inside.y != call->y)
    to_outside (call, call->y, inside.y, inside.rows, &op->inner->out);
}

/* The same for calls on the way back. */
static NnCall
enter_back (const NnOp   *op,
            const NnCall *call)
{
  NnCall inside = enter (op, call);

  if (inside.x != call->x && call->dx != NULL)
    inside.dx = call->scratch;
  if (inside.y != call->y)
    {
      inside.dy = call->scratch + count_x (op, inside.rows);
      to_inside (call, inside.dy, call->dy, inside.rows, &op->inner->out);
    }
  return inside;
}

static void
meet (const NnOp   *op,
      const NnCall *call)
{
  NnCall inside = enter (op, call);

  if (inside.x != call->x)
    to_inside (call, (float *) inside.x, call->x, inside.rows, &op->inner->in);
  op->inner->ops->meet (op->inner, &inside);
}

static void
meet_back (const NnOp   *op,
           const NnCall *call)
{
  NnCall inside = enter_back (op, call);

  op->inner->ops->meet_back (op->inner, &inside);
}

static void
settle (const NnOp   *op,
        const double *sums,
        gint64        windows,
        float        *params)
{
  op->inner->ops->settle (op->inner, sums, windows, params);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  NnCall inside = enter_back (op, call);

  op->inner->ops->backward (op->inner, &inside);
  if (inside.dx != call->dx)
    to_outside (call, call->dx, inside.dx, inside.rows, &op->inner->in);
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
  .meet = meet, .meet_back = meet_back, .settle = settle,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_time_distributed = {
  .kind = { "TimeDistributed", "Recurrent", "Runs the block it holds at each step by itself, with the same weights.",
            NULL, 0, accept },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
