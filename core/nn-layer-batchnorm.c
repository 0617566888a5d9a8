/* nn-layer-batchnorm.c: BatchNormalization
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <math.h>
#include <string.h>

enum { AXIS, MOMENTUM, EPSILON, CENTER, SCALE };

static const NnArg args[] = {
  [AXIS] = { "axis", "Axis", "The axis whose numbers are brought to mean 0 and variance 1 each by itself: -1, the channels.",
             NN_ARG_INT, NN_WHOLE (-1), -NN_MAX_RANK, NN_MAX_RANK, .quiet = TRUE, .advanced = TRUE },
  [MOMENTUM] = { "momentum", "Momentum",
                 "How much of the moving mean and variance, which prediction uses, stays with each mini-batch.",
                 NN_ARG_REAL, { 1, { 0 }, 0.99 }, 0, 1, .quiet = TRUE },
  [EPSILON] = NN_ARG_EPSILON_ROW,
  [CENTER] = NN_ARG_CENTER_ROW,
  [SCALE] = NN_ARG_SCALE_ROW,
  NN_ARG_BIAS_INITIALIZER_ROW ("beta", "Beta"),
  NN_ARG_ONES_INITIALIZER_ROW ("gamma", "Gamma"),
  NN_ARG_BIAS_INITIALIZER_ROW ("moving_mean", "Moving mean"),
  NN_ARG_ONES_INITIALIZER_ROW ("moving_variance", "Moving variance"),
  NN_ARG_L1_ROW ("beta", "Beta"),
  NN_ARG_L2_ROW ("beta", "Beta"),
  NN_ARG_L1_ROW ("gamma", "Gamma"),
  NN_ARG_L2_ROW ("gamma", "Gamma"),
};

static gboolean
infer (const NnBlock *block,
       const NnShape *in,
       NnInferred    *out,
       char         **why)
{
  gint64 axis = nn_block_get_arg (block, AXIS)->whole[0];

  nn_layer_infer_same (block, in, out, why);
  if (axis == -1 || axis == in->rank)
    return TRUE;
  *why = g_strdup_printf ("BatchNormalization works along the last axis only, -1; this one asks for %" G_GINT64_FORMAT ".", axis);
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
  NnShape shape = nn_shape_1 (in->dim[in->rank - 1]);
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
  return nn_shape_last (&op->in);
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

/* In scratch: the factors of a row of channels. A meeting has for each channel a sum and a sum of products. */
enum { MIDDLE, BY_DY, BY_X, SHIFT, N_FACTORS };

static void
prepare (NnOp *op)
{
  op->n_params = NN_PRODUCT (count_weights (op), nn_size_fill_up (count_channels (op)));
  op->n_scratch = NN_PRODUCT (N_FACTORS, nn_size_fill_up (count_channels (op)));
  op->n_meet = NN_PRODUCT (2, count_channels (op));
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

/* --- mean and variance ------------------------------------------------------------------------------ */

/* Numbers of one channel in so many windows. */
static gint64
count_rows (const NnOp *op, gint64 windows)
{
  return windows * nn_shape_size (&op->in) / count_channels (op);
}

/* Of channel `c` over the mini-batch: from Σ x and Σ x². */
static void
get_moments (const NnOp *op, const double *sums, gint64 windows, gint64 c, double *mean, double *variance)
{
  double n = (double) count_rows (op, windows);

  *mean = sums[c] / n;
  *variance = fmax (sums[count_channels (op) + c] / n - *mean * *mean, 0.0);
}

/* What a channel is normalised with: of the mini-batch while training, else the moving ones. */
static void
get_normal (const NnOp *op, const NnCall *call, gint64 c, double *mean, double *inverse)
{
  double variance;

  if (call->training)
    {
      get_moments (op, call->sums, call->n_all, c, mean, &variance);
    }
  else
    {
      *mean = (double) get_moving (op, call->params, 0)[c];
      variance = (double) get_moving (op, call->params, 1)[c];
    }
  *inverse = 1.0 / sqrt (variance + nn_block_get_arg (op->block, EPSILON)->real);
}

static void
meet (const NnOp *op, const NnCall *call)
{
  memset (call->mine, 0, op->n_meet * sizeof *call->mine);
  call->k->sum_products (call->mine, call->mine + count_channels (op), call->x, call->x, count_rows (op, call->rows),
                         count_channels (op));
}

static void
settle (const NnOp *op, const double *sums, gint64 windows, float *params)
{
  double momentum = nn_block_get_arg (op->block, MOMENTUM)->real;

  for (gint64 c = 0; c < count_channels (op); c++)
    {
      float *mean = get_moving (op, params, 0) + c, *variance = get_moving (op, params, 1) + c;
      double of_batch, spread;

      get_moments (op, sums, windows, c, &of_batch, &spread);
      *mean = (float) ((double) *mean * momentum + of_batch * (1.0 - momentum));
      *variance = (float) ((double) *variance * momentum + spread * (1.0 - momentum));
    }
}

static float *
get_factors (const NnOp *op, const NnCall *call, guint which)
{
  return call->scratch + which * nn_size_fill_up (count_channels (op));
}

static void
forward (const NnOp *op, const NnCall *call)
{
  const float *gamma = get_gamma (op, call->params), *beta = get_beta (op, call->params);

  for (gint64 c = 0; c < count_channels (op); c++)
    {
      double mean, inverse;

      get_normal (op, call, c, &mean, &inverse);
      get_factors (op, call, MIDDLE)[c] = (float) mean;
      get_factors (op, call, BY_X)[c] = (float) (inverse * (gamma != NULL ? (double) gamma[c] : 1.0));
      get_factors (op, call, SHIFT)[c] = beta != NULL ? beta[c] : 0.0f;
    }
  call->k->affine_rows (call->y, call->x, get_factors (op, call, MIDDLE), get_factors (op, call, BY_X),
                        get_factors (op, call, SHIFT), count_rows (op, call->rows), count_channels (op));
}

/* --- back --------------------------------------------------------------------------------------------- */

static void
meet_back (const NnOp *op, const NnCall *call)
{
  memset (call->mine_back, 0, op->n_meet * sizeof *call->mine_back);
  call->k->sum_products (call->mine_back, call->mine_back + count_channels (op), call->dy, call->x, count_rows (op, call->rows),
                         count_channels (op));
}

/* Where mean and variance are constants, dx = gamma i dy. Those of a mini-batch of n numbers move with each of them, and with
 * x̂ = (x - mean) i that is dx = gamma i (dy - Σ dy / n - x̂ Σ (dy x̂) / n), sums over the mini-batch. */
static void
set_back_factors (const NnOp *op, const NnCall *call, gint64 c, double mean, double inverse, double slope)
{
  double n = (double) count_rows (op, call->n_all), sum = 0.0, product = 0.0;

  if (call->training)
    {
      sum = call->back_sums[c];
      product = (call->back_sums[count_channels (op) + c] - mean * sum) * inverse;
    }
  get_factors (op, call, MIDDLE)[c] = (float) mean;
  get_factors (op, call, BY_DY)[c] = (float) slope;
  get_factors (op, call, BY_X)[c] = call->training ? (float) (-slope * inverse * product / n) : 0.0f;
  get_factors (op, call, SHIFT)[c] = call->training ? (float) (-slope * sum / n) : 0.0f;
}

static void
backward (const NnOp *op, const NnCall *call)
{
  const float *gamma = get_gamma (op, call->params);
  float *dgamma = get_gamma (op, call->grads), *dbeta = get_beta (op, call->grads);

  if (!call->training)
    meet_back (op, call); /* for gamma and beta alone */
  for (gint64 c = 0; c < count_channels (op); c++)
    {
      double mean, inverse, sum = call->mine_back[c], product = call->mine_back[count_channels (op) + c];

      get_normal (op, call, c, &mean, &inverse);
      if (dgamma != NULL)
        dgamma[c] += (float) ((product - mean * sum) * inverse);
      if (dbeta != NULL)
        dbeta[c] += (float) sum;
      set_back_factors (op, call, c, mean, inverse, inverse * (gamma != NULL ? (double) gamma[c] : 1.0));
    }
  if (call->dx != NULL)
    call->k->affine_back (call->dx, call->dy, call->x, get_factors (op, call, BY_DY), get_factors (op, call, MIDDLE),
                          get_factors (op, call, BY_X), get_factors (op, call, SHIFT), count_rows (op, call->rows),
                          count_channels (op));
}

static const NnLayerOps ops = {
  .prepare = prepare, .load = load, .save = save, .forward = forward, .backward = backward,
  .meet = meet, .meet_back = meet_back, .settle = settle,
};

const NnLayer nn_layer_batch_normalization = {
  .kind = { "BatchNormalization", "Normalisation",
            "Brings each channel to mean 0 and variance 1 over the whole mini-batch: deep designs learn faster.",
            args, G_N_ELEMENTS (args), .alone = TRUE },
  .spreads = TRUE,
  .infer = infer,
  .tensors = tensors,
  .ops = &ops,
};
