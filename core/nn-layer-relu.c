/* nn-layer-relu.c: ReLU, LeakyReLU, ELU and PReLU
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <math.h>
#include <string.h>

static double
real (const NnOp *op, guint arg)
{
  return nn_block_get_arg (op->block, arg)->real;
}

static gint64
count (const NnOp   *op,
       const NnCall *call)
{
  return call->rows * nn_shape_size (&op->out);
}

/* --- ReLU and LeakyReLU ------------------------------------------------------------- */

#define NO_LIMIT -1.0 /* as a greatest value */

enum { MAX_VALUE, NEGATIVE_SLOPE, THRESHOLD };
enum { LEAKY_SLOPE };

static const NnArg relu_args[] = {
  [MAX_VALUE] = { "max_value", "Greatest value", "What is greater becomes this; -1 means no limit.",
                  NN_ARG_REAL, { 1, { 0 }, NO_LIMIT }, NO_LIMIT, 1e6, .quiet = TRUE },
  [NEGATIVE_SLOPE] = { "negative_slope", "Negative slope", "What is left of numbers below the threshold, as a factor.",
                       NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 1000, .quiet = TRUE },
  [THRESHOLD] = { "threshold", "Threshold", "Numbers up to this one do not pass.",
                  NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 1e6, .quiet = TRUE },
};

static const NnArg leaky_relu_args[] = {
  [LEAKY_SLOPE] = { "negative_slope", "Negative slope", "What is left of negative numbers, as a factor.",
                    NN_ARG_REAL, { 1, { 0 }, 0.3 }, 0, 1000 },
};

/* Zeros and clipped values are common in recordings and after another ReLU, so that the slopes at the corners matter. Keras' is
 * 0 at the threshold, but 1 for a ramp that leaks and has nothing else to it; and at the limit half of the way, but 0 for the
 * ReLU6, which it computes by itself. Where its backends differ these are JAX's: TensorFlow gives the negative slope instead of
 * the 1, and 1 instead of the half. */
static NnKRamp
make_ramp (double most, double slope, double threshold)
{
  NnKRamp ramp = { most < 0.0 ? INFINITY : (float) most, (float) slope, (float) threshold, 0.0f, 0.5f };

  if (slope > 0.0 && threshold == 0.0 && most < 0.0)
    ramp.at_threshold = 1.0f;
  if (most == 6.0 && threshold == 0.0)
    ramp.at_most = 0.0f;
  return ramp;
}

static gboolean
infer_relu (const NnBlock *block,
            const NnShape *in,
            NnInferred    *out,
            char         **why)
{
  double most = nn_block_get_arg (block, MAX_VALUE)->real;

  if (most >= 0.0 || most == NO_LIMIT)
    return nn_layer_infer_same (block, in, out, why);
  *why = g_strdup_printf ("The greatest value is %g; it is 0 or more, or -1 for no limit.", most);
  out->refusal = NN_REFUSAL_ARGS;
  out->output = *in;
  return FALSE;
}

static NnKRamp
relu_ramp (const NnOp *op)
{
  return make_ramp (real (op, MAX_VALUE), real (op, NEGATIVE_SLOPE), real (op, THRESHOLD));
}

static NnKRamp
leaky_relu_ramp (const NnOp *op)
{
  return make_ramp (NO_LIMIT, real (op, LEAKY_SLOPE), 0.0);
}

static void
ramp_forward (const NnOp   *op,
              const NnCall *call,
              NnKRamp       ramp)
{
  call->k->ramp (call->y, call->x, count (op, call), &ramp);
}

static void
ramp_backward (const NnOp   *op,
               const NnCall *call,
               NnKRamp       ramp)
{
  if (call->dx != NULL)
    call->k->ramp_back (call->dx, call->dy, call->x, count (op, call), &ramp);
}

static void
relu_forward (const NnOp   *op,
              const NnCall *call)
{
  ramp_forward (op, call, relu_ramp (op));
}

static void
relu_backward (const NnOp   *op,
               const NnCall *call)
{
  ramp_backward (op, call, relu_ramp (op));
}

static void
leaky_relu_forward (const NnOp   *op,
                    const NnCall *call)
{
  ramp_forward (op, call, leaky_relu_ramp (op));
}

static void
leaky_relu_backward (const NnOp   *op,
                     const NnCall *call)
{
  ramp_backward (op, call, leaky_relu_ramp (op));
}

static const NnLayerOps relu_ops = { .forward = relu_forward, .backward = relu_backward };
static const NnLayerOps leaky_relu_ops = { .forward = leaky_relu_forward, .backward = leaky_relu_backward };

const NnLayer nn_layer_relu = {
  .kind = { "ReLU", "Activation", "Lets positive numbers pass and makes the others 0.", relu_args, G_N_ELEMENTS (relu_args) },
  .infer = infer_relu,
  .ops = &relu_ops,
};

const NnLayer nn_layer_leaky_relu = {
  .kind = { "LeakyReLU", "Activation", "Lets positive numbers pass and makes the others smaller.",
            leaky_relu_args, G_N_ELEMENTS (leaky_relu_args) },
  .infer = nn_layer_infer_same,
  .ops = &leaky_relu_ops,
};

/* --- ELU ---------------------------------------------------------------------------- */

enum { ALPHA };

static const NnArg elu_args[] = {
  [ALPHA] = { "alpha", "Alpha", "How far below 0 negative numbers may come to lie.",
              NN_ARG_REAL, { 1, { 0 }, 1.0 }, 0, 1000, .quiet = TRUE },
};

static void
elu_forward (const NnOp   *op,
             const NnCall *call)
{
  call->k->elu (call->y, call->x, count (op, call), (float) real (op, ALPHA));
}

static void
elu_backward (const NnOp   *op,
              const NnCall *call)
{
  if (call->dx != NULL)
    call->k->elu_back (call->dx, call->dy, call->x, count (op, call), (float) real (op, ALPHA));
}

static const NnLayerOps elu_ops = { .forward = elu_forward, .backward = elu_backward };

const NnLayer nn_layer_elu = {
  .kind = { "ELU", "Activation", "Lets positive numbers pass and bends the others towards a floor.",
            elu_args, G_N_ELEMENTS (elu_args) },
  .infer = nn_layer_infer_same,
  .ops = &elu_ops,
};

/* --- PReLU -------------------------------------------------------------------------- */

enum { SHARED_AXES };

static const NnArg prelu_args[] = {
  [SHARED_AXES] = { "shared_axes", "Shared axes",
                    "Along these axes (1: steps) one factor serves all; 0 means each number has its own.",
                    NN_ARG_INT_LIST, NN_WHOLE (0), 0, NN_MAX_RANK, .quiet = TRUE },
  NN_ARG_INITIALIZER_ROW ("alpha", "Alpha", NN_INIT_ZEROS),
  NN_ARG_L1_ROW ("alpha", "Alpha"),
  NN_ARG_L2_ROW ("alpha", "Alpha"),
  NN_ARG_TRAINABLE_ROW,
};

static gboolean
prelu_infer (const NnBlock *block,
             const NnShape *in,
             NnInferred    *out,
             char         **why)
{
  const NnValue *shared = nn_block_get_arg (block, SHARED_AXES);

  nn_layer_infer_same (block, in, out, why);
  for (int i = 0; i < shared->n; i++)
    if (shared->whole[i] > in->rank)
      {
        *why = g_strdup_printf ("PReLU cannot share along axis %" G_GINT64_FORMAT ": there are %d axes, 1 is the steps.",
                                shared->whole[i], in->rank);
        return FALSE;
      }
  return TRUE;
}

/* The input's shape with 1 along each axis that is shared. */
static NnShape
find_factors (const NnBlock *block,
              const NnShape *in)
{
  const NnValue *shared = nn_block_get_arg (block, SHARED_AXES);
  NnShape factors = *in;

  for (int i = 0; i < shared->n; i++)
    if (shared->whole[i] > 0)
      factors.dim[shared->whole[i] - 1] = 1;
  return factors;
}

static guint
prelu_tensors (const NnBlock *block,
               const NnShape *in,
               NnTensor      *list)
{
  list[0] = nn_layer_tensor (block, "alpha", find_factors (block, in));
  return 1;
}

/* The workspace holds a factor, and in backward its slope, for each number of a window. */
static void
prelu_prepare (NnOp *op)
{
  NnShape factors = find_factors (op->block, &op->in);

  op->n_params = nn_size_fill_up (nn_shape_size (&factors));
  op->n_scratch = NN_PRODUCT (2, nn_size_fill_up (nn_shape_size (&op->in)));
  op->detail = g_memdup2 (&factors, sizeof factors);
}

static void
prelu_load (const NnOp         *op,
            const float *const *list,
            float              *params)
{
  memcpy (params, list[0], nn_shape_size (op->detail) * sizeof *params);
}

static void
prelu_save (const NnOp   *op,
            const float  *params,
            float *const *list)
{
  memcpy (list[0], params, nn_shape_size (op->detail) * sizeof *params);
}

/* Where the factors of the numbers from `i` on are, along the last axis. */
static gint64
find_factor (const NnShape *in,
             const NnShape *factors,
             gint64         i)
{
  gint64 at = 0, size = 1;

  for (int axis = in->rank - 1; axis >= 0; axis--)
    {
      at += factors->dim[axis] > 1 ? i % in->dim[axis] * size : 0;
      size *= factors->dim[axis];
      i /= in->dim[axis];
    }
  return at;
}

static const float *
spread_factors (const NnOp   *op,
                const NnCall *call)
{
  gint64 n = nn_shape_size (&op->in), last = nn_shape_last (&op->in);
  const NnShape *factors = op->detail;

  for (gint64 i = 0; i < n; i += last)
    {
      const float *from = call->params + find_factor (&op->in, factors, i);

      if (nn_shape_last (factors) == last)
        memcpy (call->scratch + i, from, last * sizeof *from);
      else
        call->k->repeat (call->scratch + i, from, 1, 1, last);
    }
  return call->scratch;
}

/* Adds up what those numbers give that share a factor. */
static void
gather_slopes (const NnOp   *op,
               const NnCall *call,
               const float  *slopes)
{
  gint64 n = nn_shape_size (&op->in), last = nn_shape_last (&op->in);
  const NnShape *factors = op->detail;

  for (gint64 i = 0; i < n; i += last)
    {
      float *to = call->grads + find_factor (&op->in, factors, i);

      if (nn_shape_last (factors) == last)
        call->k->add (to, slopes + i, last);
      else
        for (gint64 j = 0; j < last; j++)
          *to += slopes[i + j];
    }
}

static void
prelu_forward (const NnOp   *op,
               const NnCall *call)
{
  gint64 outer = nn_shape_outer (&op->in), run = nn_shape_size (&op->in) / outer;
  const float *alpha = spread_factors (op, call);

  for (gint64 t = 0; t < outer; t++)
    for (gint64 b = 0; b < call->rows; b++)
      {
        gint64 at = (t * call->rows + b) * run;

        call->k->leak (call->y + at, call->x + at, alpha + t * run, run);
      }
}

static void
prelu_backward (const NnOp   *op,
                const NnCall *call)
{
  gint64 n = nn_shape_size (&op->in), outer = nn_shape_outer (&op->in), run = n / outer;
  const float *alpha = spread_factors (op, call);
  float *slopes = call->scratch + nn_size_fill_up (n), *dx = call->dx != NULL ? call->dx : call->dy;

  memset (slopes, 0, n * sizeof *slopes);
  for (gint64 t = 0; t < outer; t++)
    for (gint64 b = 0; b < call->rows; b++)
      {
        gint64 at = (t * call->rows + b) * run;

        call->k->leak_back (dx + at, slopes + t * run, call->dy + at, call->x + at, alpha + t * run, run);
      }
  gather_slopes (op, call, slopes);
}

static const NnLayerOps prelu_ops = {
  .prepare = prelu_prepare, .load = prelu_load, .save = prelu_save, .forward = prelu_forward, .backward = prelu_backward,
};

const NnLayer nn_layer_prelu = {
  .kind = { "PReLU", "Activation", "Lets positive numbers pass and learns what becomes of the others.",
            prelu_args, G_N_ELEMENTS (prelu_args) },
  .infer = prelu_infer,
  .tensors = prelu_tensors,
  .ops = &prelu_ops,
};
