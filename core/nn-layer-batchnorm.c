/* nn-layer-batchnorm.c: BatchNormalization
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-arrange.h"
#include "nn-layer-args.h"

#include <math.h>
#include <string.h>

enum { AXIS, MOMENTUM, EPSILON, CENTER, SCALE, TRAINABLE };

static const NnArg args[] = {
  [AXIS] = { "axis", "Axis", "The axis whose numbers are brought to mean 0 and variance 1 each by itself: -1, the channels.",
             NN_ARG_INT, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE, .advanced = TRUE },
  [MOMENTUM] = { "momentum", "Momentum",
                 "How much of the moving mean and variance, which prediction uses, stays with each mini-batch.",
                 NN_ARG_REAL, { 1, { 0 }, 0.99 }, 0, 1, .quiet = TRUE },
  [EPSILON] = NN_ARG_EPSILON_ROW,
  [CENTER] = NN_ARG_CENTER_ROW,
  [SCALE] = NN_ARG_SCALE_ROW,
  [TRAINABLE] = NN_ARG_TRAINABLE_ROW,
  NN_ARG_BIAS_INITIALIZER_ROW ("beta", "Beta"),
  NN_ARG_ONES_INITIALIZER_ROW ("gamma", "Gamma"),
  NN_ARG_BIAS_INITIALIZER_ROW ("moving_mean", "Moving mean"),
  NN_ARG_ONES_INITIALIZER_ROW ("moving_variance", "Moving variance"),
  NN_ARG_L1_ROW ("beta", "Beta"),
  NN_ARG_L2_ROW ("beta", "Beta"),
  NN_ARG_L1_ROW ("gamma", "Gamma"),
  NN_ARG_L2_ROW ("gamma", "Gamma"),
};

static int
find_axis (const NnBlock *block, const NnShape *in)
{
  return nn_layer_find_axis (nn_block_get_arg (block, AXIS)->whole[0], in->rank);
}

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  nn_layer_infer_same (block, in, out, why);
  if (find_axis (block, in) >= 0)
    return TRUE;
  *why = g_strdup_printf ("BatchNormalization cannot work along axis %" G_GINT64_FORMAT ": it may be 1 to %d, or -1 to -%d.",
                          nn_block_get_arg (block, AXIS)->whole[0], in->rank, in->rank);
  out->refusal = NN_REFUSAL_ARGS;
  return FALSE;
}

static gboolean
has (const NnBlock *block, guint arg)
{
  return nn_block_get_arg (block, arg)->whole[0] != 0;
}

static guint
tensors (const NnBlock *block, const NnShape *in, NnTensor *list)
{
  NnShape shape = nn_shape_1 (in->dim[find_axis (block, in)]);
  guint n = 0;

  if (has (block, SCALE))
    list[n++] = nn_layer_tensor (block, "gamma", shape);
  if (has (block, CENTER))
    list[n++] = nn_layer_tensor (block, "beta", shape);
  list[n] = nn_layer_tensor (block, "moving_mean", shape);
  list[n++].frozen = TRUE;
  list[n] = nn_layer_tensor (block, "moving_variance", shape);
  list[n++].frozen = TRUE;
  return n;
}

/* --- weights: gamma and beta where there are, moving mean and variance; each filled up ------------- */

static gint64
count_channels (const NnOp *op)
{
  return op->in.dim[find_axis (op->block, &op->in)];
}

static guint
count_weights (const NnOp *op)
{
  return 2 + has (op->block, SCALE) + has (op->block, CENTER);
}

static float *
get_weight (const NnOp *op, const float *params, guint i)
{
  return (float *) params + i * nn_size_fill_up (count_channels (op));
}

static float *
get_gamma (const NnOp *op, const float *params)
{
  return has (op->block, SCALE) ? get_weight (op, params, 0) : NULL;
}

static float *
get_beta (const NnOp *op, const float *params)
{
  return has (op->block, CENTER) ? get_weight (op, params, has (op->block, SCALE)) : NULL;
}

static float *
get_moving (const NnOp *op, const float *params, guint variance)
{
  return get_weight (op, params, count_weights (op) - 2 + variance);
}

/* In scratch: the factors of a row of channels, then x and another array with the channels behind the other axes, where they are
 * not there already. A meeting has for each turn and each channel a sum and a sum of products. */
enum { MIDDLE, BY_DY, BY_X, SHIFT, N_FACTORS };

static NnArrangement
get_arrangement (const NnOp *op, gint64 rows)
{
  return nn_arrangement_new (&op->in, 1u << find_axis (op->block, &op->in), rows, op->n_turns);
}

static gint64
count_arranged (const NnOp *op)
{
  NnArrangement arrangement = get_arrangement (op, op->rows);

  return nn_arrangement_get_size (&arrangement);
}

static void
prepare (NnOp *op)
{
  op->n_params = NN_PRODUCT (count_weights (op), nn_size_fill_up (count_channels (op)));
  op->n_scratch
      = nn_size_add (NN_PRODUCT (N_FACTORS, nn_size_fill_up (count_channels (op))), NN_PRODUCT (2, count_arranged (op)));
  op->n_meet = has (op->block, TRAINABLE) ? NN_PRODUCT (2, op->n_turns, count_channels (op)) : 0;
}

static void
load (const NnOp *op, const float *const *list, float *params)
{
  for (guint i = 0; i < count_weights (op); i++)
    memcpy (get_weight (op, params, i), list[i], count_channels (op) * sizeof *params);
}

static void
save (const NnOp *op, const float *params, float *const *list)
{
  for (guint i = 0; i < count_weights (op); i++)
    memcpy (list[i], get_weight (op, params, i), count_channels (op) * sizeof *params);
}

/* --- arrays whose channels come last --------------------------------------------------------------- */

static float *
get_factors (const NnOp *op, const NnCall *call, guint which)
{
  return call->scratch + which * nn_size_fill_up (count_channels (op));
}

/* Room for such an array (0 or 1), or where the array as it is will do, that. */
static float *
get_room (const NnOp *op, const NnCall *call, guint which, const float *array)
{
  gint64 n = count_arranged (op);

  return n > 0 ? get_factors (op, call, N_FACTORS) + which * n : (float *) array;
}

static float *
arrange (const NnOp *op, const NnCall *call, guint which, const float *array)
{
  NnArrangement arrangement = get_arrangement (op, call->rows);
  float *arranged = get_room (op, call, which, array);

  if (arranged != array)
    nn_arrange (&arrangement, call->k, arranged, array);
  return arranged;
}

static void
arrange_back (const NnOp *op, const NnCall *call, float *array, const float *arranged)
{
  NnArrangement arrangement = get_arrangement (op, call->rows);

  if (arranged != array)
    nn_arrange_back (&arrangement, call->k, array, arranged);
}

/* --- mean and variance ------------------------------------------------------------------------------ */

/* A block in TimeDistributed is run once for each step, as Keras does it: the steps have means and variances of their own, and
 * one after the other they move the moving ones. Without, there is one turn. */

/* Whether mean and variance are those of the mini-batch: otherwise the moving ones. */
static gboolean
goes_by_batch (const NnOp *op, const NnCall *call)
{
  return call->training && op->n_meet > 0;
}

/* Numbers of one channel in one turn, in so many windows outside. */
static gint64
count_rows (const NnOp *op, gint64 windows)
{
  return windows * nn_shape_size (&op->in) / count_channels (op);
}

static gint64
count_turn_rows (const NnOp *op, const NnCall *call)
{
  return count_rows (op, call->rows / op->n_turns);
}

/* Of channel `c` over the mini-batch: from Σ x and Σ x². */
static void
get_moments (const NnOp *op, const double *sums, gint64 windows, gint64 c, double *mean, double *variance)
{
  double n = (double) count_rows (op, windows);

  *mean = sums[c] / n;
  *variance = fmax (sums[count_channels (op) + c] / n - *mean * *mean, 0.0);
}

/* What a channel is normalised with in turn `turn`. */
static void
get_normal (const NnOp *op, const NnCall *call, gint64 turn, gint64 c, double *mean, double *inverse)
{
  double variance;

  if (goes_by_batch (op, call))
    {
      get_moments (op, call->sums + turn * 2 * count_channels (op), call->n_all, c, mean, &variance);
    }
  else
    {
      *mean = (double) get_moving (op, call->params, 0)[c];
      variance = (double) get_moving (op, call->params, 1)[c];
    }
  *inverse = 1.0 / sqrt (variance + nn_block_get_arg (op->block, EPSILON)->real);
}

/* Sums of `a` and of its products with `b`, both arranged, for each turn. */
static void
add_up (const NnOp *op, const NnCall *call, double *sums, const float *a, const float *b)
{
  gint64 rows = count_turn_rows (op, call), n = count_channels (op);

  memset (sums, 0, op->n_meet * sizeof *sums);
  for (gint64 turn = 0; turn < op->n_turns; turn++)
    call->k->sum_products (sums + turn * 2 * n, sums + turn * 2 * n + n, a + turn * rows * n, b + turn * rows * n, rows, n);
}

static void
meet (const NnOp *op, const NnCall *call)
{
  const float *x = arrange (op, call, 0, call->x);

  add_up (op, call, call->mine, x, x);
}

static void
settle (const NnOp *op, const double *sums, gint64 windows, float *params)
{
  double momentum = nn_block_get_arg (op->block, MOMENTUM)->real;
  gint64 n = count_channels (op);

  for (gint64 i = 0; i < op->n_turns * n; i++)
    {
      gint64 turn = nn_op_find_turn (op, i / n), c = i % n;
      float *mean = get_moving (op, params, 0) + c, *variance = get_moving (op, params, 1) + c;
      double of_batch, spread;

      get_moments (op, sums + turn * 2 * n, windows, c, &of_batch, &spread);
      *mean = (float) ((double) *mean * momentum + of_batch * (1.0 - momentum));
      *variance = (float) ((double) *variance * momentum + spread * (1.0 - momentum));
    }
}

static void
set_factors (const NnOp *op, const NnCall *call, gint64 turn)
{
  const float *gamma = get_gamma (op, call->params), *beta = get_beta (op, call->params);

  for (gint64 c = 0; c < count_channels (op); c++)
    {
      double mean, inverse;

      get_normal (op, call, turn, c, &mean, &inverse);
      get_factors (op, call, MIDDLE)[c] = (float) mean;
      get_factors (op, call, BY_X)[c] = (float) (inverse * (gamma != NULL ? (double) gamma[c] : 1.0));
      get_factors (op, call, SHIFT)[c] = beta != NULL ? beta[c] : 0.0f;
    }
}

static void
forward (const NnOp *op, const NnCall *call)
{
  const float *x = arrange (op, call, 0, call->x);
  float *y = get_room (op, call, 1, call->y);
  gint64 rows = count_turn_rows (op, call), n = rows * count_channels (op);

  for (gint64 turn = 0; turn < op->n_turns; turn++)
    {
      set_factors (op, call, turn);
      call->k->affine_rows (y + turn * n, x + turn * n, get_factors (op, call, MIDDLE), get_factors (op, call, BY_X),
                            get_factors (op, call, SHIFT), rows, count_channels (op));
    }
  arrange_back (op, call, call->y, y);
}

/* --- back --------------------------------------------------------------------------------------------- */

static void
meet_back (const NnOp *op, const NnCall *call)
{
  const float *x = arrange (op, call, 0, call->x), *dy = arrange (op, call, 1, call->dy);

  add_up (op, call, call->mine_back, dy, x);
}

static void
add_slopes (const NnOp *op, const NnCall *call, gint64 turn, gint64 c, double mean, double inverse)
{
  float *dgamma = get_gamma (op, call->grads), *dbeta = get_beta (op, call->grads);
  const double *sums = call->mine_back + turn * 2 * count_channels (op);

  if (dgamma != NULL)
    dgamma[c] += (float) ((sums[count_channels (op) + c] - mean * sums[c]) * inverse);
  if (dbeta != NULL)
    dbeta[c] += (float) sums[c];
}

/* Where mean and variance are constants, dx = gamma i dy. Those of a mini-batch of n numbers move with each of them, and with
 * x̂ = (x - mean) i that is dx = gamma i (dy - Σ dy / n - x̂ Σ (dy x̂) / n), sums over the mini-batch. */
static void
set_back_factors (const NnOp *op, const NnCall *call, gint64 turn, gint64 c, double mean, double inverse, double slope)
{
  double n = (double) count_rows (op, call->n_all), sum = 0.0, product = 0.0;

  if (goes_by_batch (op, call))
    {
      const double *sums = call->back_sums + turn * 2 * count_channels (op);

      sum = sums[c];
      product = (sums[count_channels (op) + c] - mean * sum) * inverse;
    }
  get_factors (op, call, MIDDLE)[c] = (float) mean;
  get_factors (op, call, BY_DY)[c] = (float) slope;
  get_factors (op, call, BY_X)[c] = goes_by_batch (op, call) ? (float) (-slope * inverse * product / n) : 0.0f;
  get_factors (op, call, SHIFT)[c] = goes_by_batch (op, call) ? (float) (-slope * sum / n) : 0.0f;
}

static void
pass_turn (const NnOp *op, const NnCall *call, gint64 turn)
{
  const float *gamma = get_gamma (op, call->params);

  for (gint64 c = 0; c < count_channels (op); c++)
    {
      double mean, inverse;

      get_normal (op, call, turn, c, &mean, &inverse);
      if (op->n_meet > 0)
        add_slopes (op, call, turn, c, mean, inverse);
      set_back_factors (op, call, turn, c, mean, inverse, inverse * (gamma != NULL ? (double) gamma[c] : 1.0));
    }
}

static void
backward (const NnOp *op, const NnCall *call)
{
  gint64 rows = count_turn_rows (op, call), n = rows * count_channels (op);
  float *x, *dy;

  if (op->n_meet > 0 && !call->training)
    meet_back (op, call); /* for gamma and beta alone */
  x = arrange (op, call, 0, call->x);
  dy = arrange (op, call, 1, call->dy);
  for (gint64 turn = 0; turn < op->n_turns; turn++)
    {
      float *dx = call->dx != NULL ? get_room (op, call, 1, call->dx) + turn * n : NULL;

      pass_turn (op, call, turn);
      if (dx != NULL)
        call->k->affine_back (dx, dy + turn * n, x + turn * n, get_factors (op, call, BY_DY), get_factors (op, call, MIDDLE),
                              get_factors (op, call, BY_X), get_factors (op, call, SHIFT), rows, count_channels (op));
    }
  if (call->dx != NULL)
    arrange_back (op, call, call->dx, get_room (op, call, 1, call->dx));
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .forward = forward, .backward = backward,
  .meet = meet, .meet_back = meet_back, .settle = settle,
};

const NnLayer nn_layer_batch_normalization = {
  .kind = { "BatchNormalization", "Normalisation",
            "Brings each channel to mean 0 and variance 1 over the whole mini-batch: deep designs learn faster.",
            args, G_N_ELEMENTS (args) },
  .spreads = TRUE,
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
