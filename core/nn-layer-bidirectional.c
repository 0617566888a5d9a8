/* nn-layer-bidirectional.c: Bidirectional
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-recurrent.h"

#include <string.h>

enum { MERGE_MODE };

typedef enum { CONCAT, SUM, MUL, AVE } MergeMode;

static const char *const merge_choices[] = { "concat", "sum", "mul", "ave", NULL };

static const NnArg args[] = {
  [MERGE_MODE] = { "merge_mode", "Merge mode",
                   "How the two walks' outputs are joined: side by side, added, multiplied or averaged.",
                   NN_ARG_CHOICE, NN_WHOLE (CONCAT), 0, 0, merge_choices, .quiet = TRUE },
};

static MergeMode
get_mode (const NnBlock *block)
{
  return (MergeMode) nn_block_get_arg (block, MERGE_MODE)->whole[0];
}

static gboolean
accept (const NnKind *inner)
{
  return nn_recurrent_is_kind (inner);
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  const NnBlock *inner = nn_block_get_inner (block);

  if (!nn_layer_infer (inner, in, out, why))
    return FALSE;
  if (nn_block_get_whole (inner, "go_backwards"))
    {
      out->refusal = NN_REFUSAL_ARGS;
      *why = g_strdup_printf ("The %s inside Bidirectional goes backwards already: one of the two walks must go forwards.",
                              nn_block_get_kind (inner)->name);
      return FALSE;
    }
  if (get_mode (block) == CONCAT)
    out->output.dim[out->output.rank - 1] *= 2;
  out->n_macs = NN_PRODUCT (2, out->n_macs);
  return TRUE;
}

/* The forward walk's tensors, then the backward walk's. */
static guint
tensors (const NnBlock *block,
         const NnShape *in,
         NnTensor      *list)
{
  static const char *const names[2][3] = {
    { "forward_kernel", "forward_recurrent_kernel", "forward_bias" },
    { "backward_kernel", "backward_recurrent_kernel", "backward_bias" },
  };
  const NnBlock *inner = nn_block_get_inner (block);
  guint n = nn_layer_list_tensors (inner, in, list);

  memcpy (list + n, list, n * sizeof *list);
  for (guint i = 0; i < 2 * n; i++)
    list[i].name = names[i / n][i % n];
  return 2 * n;
}

/* --- computing ---------------------------------------------------------------------- */

/* Each of the two has its half of the weights and of the cache, in which its outputs come first. The workspace begins with two
 * slopes by their outputs and one by the inputs; the rest is for whichever is at work. */

static NnOp *
make_half (const NnOp *op,
           gboolean    turned)
{
  const NnBlock *block = nn_block_get_inner (op->block);
  NnOp *half = g_new0 (NnOp, 1);
  NnInferred inferred;
  g_autofree char *why = NULL;

  nn_layer_infer (block, &op->in, &inferred, &why);
  half->block = block;
  half->ops = nn_layer_of (block)->ops;
  half->in = op->in;
  half->out = inferred.output;
  half->turned = turned;
  half->serial = op->serial + (turned ? NN_MAX_BLOCKS : 0); /* masks of its own */
  half->rows = op->rows;
  half->ops->prepare (half);
  return half;
}

static gint64
count_outputs (const NnOp *op,
               gint64      rows)
{
  return nn_size_fill_up (NN_PRODUCT (rows, nn_shape_size (&op->inner->out)));
}

static gint64
count_inputs (const NnOp *op,
              gint64      rows)
{
  return nn_size_fill_up (NN_PRODUCT (rows, nn_shape_size (&op->in)));
}

static void
prepare (NnOp *op)
{
  gint64 n_y, n_x;

  op->inner = make_half (op, FALSE);
  op->backward = make_half (op, TRUE);
  n_y = count_outputs (op, op->rows);
  n_x = count_inputs (op, op->rows);
  op->n_params = NN_PRODUCT (2, nn_size_fill_up (op->inner->n_params));
  op->n_derived = NN_PRODUCT (2, nn_size_fill_up (op->inner->n_derived));
  op->n_cache = NN_PRODUCT (2, nn_size_add (n_y, nn_size_fill_up (op->inner->n_cache)));
  op->n_scratch = nn_size_add (nn_size_add (NN_PRODUCT (2, n_y), n_x), op->inner->n_scratch);
}

static void
load (const NnOp         *op,
      const float *const *list,
      float              *params)
{
  guint n = nn_block_get_whole (op->inner->block, "use_bias") ? 3 : 2;

  op->inner->ops->load (op->inner, list, params);
  op->inner->ops->load (op->backward, list + n, params + op->n_params / 2);
}

static void
save (const NnOp   *op,
      const float  *params,
      float *const *list)
{
  guint n = nn_block_get_whole (op->inner->block, "use_bias") ? 3 : 2;

  op->inner->ops->save (op->inner, params, list);
  op->inner->ops->save (op->backward, params + op->n_params / 2, list + n);
}

static void
derive (const NnOp  *op,
        const float *params,
        float       *derived)
{
  op->inner->ops->derive (op->inner, params, derived);
  op->inner->ops->derive (op->backward, params + op->n_params / 2, derived + op->n_derived / 2);
}

/* The call of one of the two: `i` is 0 or 1. */
static NnCall
enter (const NnOp   *op,
       const NnCall *call,
       guint         i)
{
  NnCall half = *call;
  gint64 n_y = count_outputs (op, call->rows);

  half.params = call->params + i * (op->n_params / 2);
  half.scratch = call->scratch + 2 * n_y + count_inputs (op, call->rows);
  half.y = call->scratch + i * n_y;
  if (call->cache != NULL)
    {
      half.y = call->cache + i * (op->n_cache / 2);
      half.cache = half.y + n_y;
    }
  return half;
}

/* One row of the joined outputs from a row of each. */
static void
join (float       *y,
      const float *a,
      const float *b,
      gint64       n,
      MergeMode    mode)
{
  if (mode == CONCAT)
    {
      memcpy (y, a, n * sizeof *y);
      memcpy (y + n, b, n * sizeof *y);
    }
  else
    for (gint64 i = 0; i < n; i++)
      y[i] = mode == MUL ? a[i] * b[i] : mode == AVE ? (a[i] + b[i]) * 0.5f : a[i] + b[i];
}

/* The slopes by a row of each, from that by the joined row; a and b are what was joined. */
static void
part (float       *da,
      float       *db,
      const float *dy,
      const float *a,
      const float *b,
      gint64       n,
      MergeMode    mode)
{
  for (gint64 i = 0; i < n; i++)
    {
      da[i] = mode == MUL ? dy[i] * b[i] : mode == AVE ? dy[i] * 0.5f : dy[i];
      db[i] = mode == MUL ? dy[i] * a[i] : mode == AVE ? dy[i] * 0.5f : dy[mode == CONCAT ? n + i : i];
    }
}

static void
forward (const NnOp   *op,
         const NnCall *call)
{
  NnCall halves[2] = { enter (op, call, 0), enter (op, call, 1) };
  MergeMode mode = get_mode (op->block);
  gint64 n = nn_shape_last (&op->inner->out), width = nn_shape_last (&op->out);
  gint64 rows = call->rows * nn_shape_size (&op->inner->out) / n;

  op->inner->ops->forward (op->inner, &halves[0]);
  op->inner->ops->forward (op->backward, &halves[1]);
  for (gint64 r = 0; r < rows; r++)
    join (call->y + r * width, halves[0].y + r * n, halves[1].y + r * n, n, mode);
}

static void
backward (const NnOp   *op,
          const NnCall *call)
{
  NnCall halves[2] = { enter (op, call, 0), enter (op, call, 1) };
  MergeMode mode = get_mode (op->block);
  gint64 n = nn_shape_last (&op->inner->out), width = nn_shape_last (&op->out), n_y = count_outputs (op, call->rows);
  gint64 rows = call->rows * nn_shape_size (&op->inner->out) / n;

  for (guint i = 0; i < 2; i++)
    {
      halves[i].dy = call->scratch + i * n_y;
      halves[i].derived = call->derived + i * (op->n_derived / 2);
      halves[i].grads = call->grads + i * (op->n_params / 2);
    }
  if (call->dx != NULL)
    halves[1].dx = call->scratch + 2 * n_y;
  for (gint64 r = 0; r < rows; r++)
    part (halves[0].dy + r * n, halves[1].dy + r * n, call->dy + r * width, halves[0].y + r * n, halves[1].y + r * n, n, mode);
  op->inner->ops->backward (op->inner, &halves[0]);
  op->inner->ops->backward (op->backward, &halves[1]);
  if (call->dx != NULL)
    call->k->add (call->dx, halves[1].dx, call->rows * nn_shape_size (&op->in));
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .derive = derive, .forward = forward, .backward = backward,
};

/* --- the row ------------------------------------------------------------------------ */

const NnLayer nn_layer_bidirectional = {
  .kind = { "Bidirectional", "Recurrent",
            "Runs the block it holds twice, from either end, so that each step knows what comes after it too.",
            args, G_N_ELEMENTS (args), accept },
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
