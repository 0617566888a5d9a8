/* t-oracle.c: every block once more, in double precision and as plainly as can be
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-oracle-work.h"

#include <math.h>
#include <string.h>

typedef TOracleWork Work;

double
t_oracle_bend (double x, const char *activation)
{
  if (strcmp (activation, "relu") == 0)
    return x < 0.0 ? 0.0 : x; /* not-a-number stays */
  if (strcmp (activation, "relu6") == 0)
    return CLAMP (x, 0.0, 6.0);
  if (strcmp (activation, "tanh") == 0)
    return tanh (x);
  if (strcmp (activation, "sigmoid") == 0)
    return 1.0 / (1.0 + exp (-x));
  if (strcmp (activation, "hard_sigmoid") == 0)
    return CLAMP (x + 3.0, 0.0, 6.0) / 6.0;
  if (strcmp (activation, "elu") == 0)
    return x > 0.0 ? x : expm1 (x);
  if (strcmp (activation, "selu") == 0)
    return 1.0507009873554805 * (x > 0.0 ? x : 1.6732632423543772 * expm1 (x));
  if (strcmp (activation, "softplus") == 0)
    return log1p (exp (x));
  if (strcmp (activation, "softsign") == 0)
    return x / (1.0 + fabs (x));
  if (strcmp (activation, "exponential") == 0)
    return exp (x);
  if (strcmp (activation, "silu") == 0)
    return x / (1.0 + exp (-x));
  if (strcmp (activation, "gelu") == 0)
    return 0.5 * x * (1.0 + erf (x / G_SQRT2));
  g_assert_cmpstr (activation, ==, "linear");
  return x;
}

/* Softmax, or its logarithm, of `n` neighbouring numbers. */
static void
share_out (double *y, gint64 n, gboolean log_of_it)
{
  double sum = 0.0, most = -INFINITY;

  for (gint64 k = 0; k < n; k++)
    most = fmax (most, y[k]);
  for (gint64 k = 0; k < n; k++)
    sum += exp (y[k] - most);
  for (gint64 k = 0; k < n; k++)
    y[k] = log_of_it ? y[k] - most - log (sum) : exp (y[k] - most) / sum;
}

void
t_oracle_bend_row (double *y, gint64 n, const char *activation)
{
  if (g_str_has_suffix (activation, "softmax"))
    share_out (y, n, g_str_has_prefix (activation, "log"));
  else
    for (gint64 i = 0; i < n; i++)
      y[i] = t_oracle_bend (y[i], activation);
}

static void
bend (const Work *work)
{
  gint64 n = nn_shape_size (&work->out), last = work->out.dim[work->out.rank - 1];

  for (gint64 i = 0; i < n; i += last)
    t_oracle_bend_row (work->y + i, last, nn_block_get_choice (work->block, "activation"));
}

/* The two sliding axes of a convolution or pool; along time alone the second is a single point. */
typedef struct
{
  gint64 n[2], n_out[2], kernel[2], stride[2], dilation[2], before[2];
  gint64 channels, filters;
} Grid;

static Grid
get_grid (const Work *work, const char *kernel, gboolean dilates)
{
  int axes = work->in.rank - 1;
  Grid grid = { { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 1, 1 }, { 0, 0 }, work->in.dim[axes], work->out.dim[axes] };

  for (int i = 0; i < axes; i++)
    {
      grid.n[i] = work->in.dim[i];
      grid.n_out[i] = work->out.dim[i];
      grid.kernel[i] = whole (work, kernel, i);
      grid.stride[i] = whole (work, "strides", i);
      if (grid.stride[i] == 0)
        grid.stride[i] = grid.kernel[i];
      grid.dilation[i] = dilates ? whole (work, "dilation_rate", i) : 1;
      grid.before[i] = nn_slide (grid.n[i], grid.kernel[i], grid.stride[i], grid.dilation[i],
                                 whole (work, "padding", 0)).before;
    }
  return grid;
}

/* The input point under tap (i, j) of output point (t, v); -1 in the padding. */
static gint64
find_input (const Grid *g, gint64 t, gint64 v, gint64 i, gint64 j)
{
  gint64 a = t * g->stride[0] + i * g->dilation[0] - g->before[0];
  gint64 b = v * g->stride[1] + j * g->dilation[1] - g->before[1];

  return a < 0 || b < 0 || a >= g->n[0] || b >= g->n[1] ? -1 : a * g->n[1] + b;
}

/* In groups, each of which sees its own channels only; no bias and no activation. */
static void
slide (const Work *work, const Grid *g, gint64 groups, double *y)
{
  gint64 channels = g->channels / groups, filters = g->filters / groups;

  for (gint64 t = 0; t < g->n_out[0]; t++)
    for (gint64 v = 0; v < g->n_out[1]; v++)
      for (gint64 f = 0; f < g->filters; f++)
        {
          double sum = 0.0;

          for (gint64 i = 0; i < g->kernel[0]; i++)
            for (gint64 j = 0; j < g->kernel[1]; j++)
              for (gint64 c = 0; c < channels; c++)
                {
                  gint64 at = find_input (g, t, v, i, j);

                  if (at >= 0)
                    sum += work->x[at * g->channels + f / filters * channels + c]
                           * work->w[((i * g->kernel[1] + j) * channels + c) * g->filters + f];
                }
          y[(t * g->n_out[1] + v) * g->filters + f] = sum;
        }
}

static void
add_bias (const Work *work, const double *bias)
{
  gint64 filters = work->out.dim[work->out.rank - 1];

  if (whole (work, "use_bias", 0))
    for (gint64 i = 0; i < nn_shape_size (&work->out); i++)
      work->y[i] += bias[i % filters];
}

/* Keras' kernel of DepthwiseConv1D, [kernel][channels][several], is that of as many groups as channels. */
static void
convolve (const Work *work)
{
  Grid g = get_grid (work, "kernel_size", TRUE);
  gboolean by_channel = g_str_has_prefix (nn_block_get_kind (work->block)->name, "Depthwise");
  gint64 groups = by_channel ? g.channels : whole (work, "groups", 0);

  slide (work, &g, groups, work->y);
  add_bias (work, work->w + g.kernel[0] * g.kernel[1] * g.channels / groups * g.filters);
  bend (work);
}

static void
convolve_twice (const Work *work)
{
  Grid g = get_grid (work, "kernel_size", TRUE);
  gint64 filters = g.filters, between = g.channels * whole (work, "depth_multiplier", 0), steps = work->out.dim[0];
  g_autofree double *middle = g_new (double, steps * between);
  const double *point = work->w + g.kernel[0] * between;

  g.filters = between;
  slide (work, &g, g.channels, middle);
  for (gint64 t = 0; t < steps; t++)
    for (gint64 f = 0; f < filters; f++)
      {
        work->y[t * filters + f] = 0.0;
        for (gint64 c = 0; c < between; c++)
          work->y[t * filters + f] += middle[t * between + c] * point[c * filters + f];
      }
  add_bias (work, point + between * filters);
  bend (work);
}

/* Every input step adds its share to `kernel_size` output steps; of the whole, `before` steps are cut off in front. */
static void
spread (const Work *work)
{
  gint64 n = work->in.dim[0], channels = work->in.dim[1], n_out = work->out.dim[0], filters = work->out.dim[1];
  gint64 kernel = whole (work, "kernel_size", 0), stride = whole (work, "strides", 0), d = whole (work, "dilation_rate", 0);
  gint64 reach = d * (kernel - 1) + 1, left_out = MAX ((n - 1) * stride + reach - n_out, 0), before = left_out / 2;

  if (strcmp (nn_block_get_choice (work->block, "padding"), "valid") == 0)
    before = 0;
  memset (work->y, 0, n_out * filters * sizeof *work->y);
  for (gint64 t = 0; t < n; t++)
    for (gint64 i = 0; i < kernel; i++)
      for (gint64 f = 0; f < filters; f++)
        for (gint64 c = 0; c < channels; c++)
          {
            gint64 at = t * stride + i * d - before;

            if (at >= 0 && at < n_out)
              work->y[at * filters + f] += work->x[t * channels + c] * work->w[(i * filters + f) * channels + c];
          }
  add_bias (work, work->w + kernel * filters * channels);
  bend (work);
}

static void
pool (const Work *work, gboolean average)
{
  Grid g = get_grid (work, "pool_size", FALSE);

  for (gint64 t = 0; t < g.n_out[0]; t++)
    for (gint64 v = 0; v < g.n_out[1]; v++)
      for (gint64 c = 0; c < g.channels; c++)
        {
          double most = -INFINITY, sum = 0.0;
          gint64 n = 0;

          for (gint64 i = 0; i < g.kernel[0]; i++)
            for (gint64 j = 0; j < g.kernel[1]; j++)
              {
                gint64 at = find_input (&g, t, v, i, j);

                if (at < 0)
                  continue;
                most = fmax (most, work->x[at * g.channels + c]);
                sum += work->x[at * g.channels + c];
                n++;
              }
          work->y[(t * g.n_out[1] + v) * g.channels + c] = average ? sum / (double) n : most;
        }
}

static void
up_sample (const Work *work)
{
  gint64 size = whole (work, "size", 0), channels = work->in.dim[1];

  for (gint64 t = 0; t < work->out.dim[0]; t++)
    memcpy (work->y + t * channels, work->x + t / size * channels, channels * sizeof *work->y);
}

static void
dense (const Work *work)
{
  gint64 channels = work->in.dim[work->in.rank - 1], units = work->out.dim[work->out.rank - 1];

  for (gint64 r = 0; r < nn_shape_size (&work->in) / channels; r++)
    for (gint64 u = 0; u < units; u++)
      {
        double sum = whole (work, "use_bias", 0) ? work->w[channels * units + u] : 0.0;

        for (gint64 c = 0; c < channels; c++)
          sum += work->x[r * channels + c] * work->w[c * units + u];
        work->y[r * units + u] = sum;
      }
  bend (work);
}

static void run (const Work *work);

static void
each_step (const Work *work)
{
  Work inside = *work;

  inside.block = nn_block_get_inner (work->block);
  inside.in.rank--;
  inside.out.rank--;
  memmove (inside.in.dim, inside.in.dim + 1, inside.in.rank * sizeof (gint64));
  memmove (inside.out.dim, inside.out.dim + 1, inside.out.rank * sizeof (gint64));
  for (gint64 t = 0; t < work->in.dim[0]; t++)
    {
      inside.x = work->x + t * nn_shape_size (&inside.in);
      inside.y = work->y + t * nn_shape_size (&inside.out);
      run (&inside);
    }
}

static void
run (const Work *work)
{
  static const char *const unchanged[] = {
    "Dropout", "ExpandDims", "Flatten", "GaussianNoise", "Reshape", "SpatialDropout1D", NULL,
  };
  const char *kind = nn_block_get_kind (work->block)->name;

  if (strcmp (kind, "Conv1DTranspose") == 0)
    spread (work);
  else if (strcmp (kind, "SeparableConv1D") == 0)
    convolve_twice (work);
  else if (g_str_has_prefix (kind, "Conv") || g_str_has_prefix (kind, "Depthwise"))
    convolve (work);
  else if (g_str_has_prefix (kind, "MaxPooling"))
    pool (work, FALSE);
  else if (g_str_has_prefix (kind, "AveragePooling"))
    pool (work, TRUE);
  else if (strcmp (kind, "UpSampling1D") == 0)
    up_sample (work);
  else if (strcmp (kind, "LayerNormalization") == 0)
    t_oracle_layer_norm (work->block, work->x, &work->in, work->w, work->y);
  else if (strcmp (kind, "Dense") == 0)
    dense (work);
  else if (strcmp (kind, "LSTM") == 0 || strcmp (kind, "GRU") == 0 || strcmp (kind, "SimpleRNN") == 0
           || strcmp (kind, "Bidirectional") == 0)
    t_oracle_recurrent (work->block, &work->in, work->x, work->y, work->w);
  else if (strcmp (kind, "TimeDistributed") == 0)
    each_step (work);
  else if (!t_oracle_bend_shaped (work) && !t_oracle_reshape (work))
    {
      memcpy (work->y, work->x, nn_shape_size (&work->out) * sizeof *work->y);
      if (strcmp (kind, "Activation") == 0)
        bend (work);
      else
        g_assert_true (g_strv_contains (unchanged, kind));
    }
}

/* The outputs that a block reads: of the one above, and of those that it names, which is how designs that were only added to at
 * their end number them. */
static guint
find_inputs (const NnDesign *design, guint position, int *inputs)
{
  const NnBlock *block = nn_design_get_block (design, position);
  const NnValue *named = nn_block_get_sources (block);
  int place = nn_kind_find_arg (nn_block_get_kind (block), "place"), n = 0;
  gint64 before = place >= 0 ? nn_block_get_arg (block, place)->whole[0] : 0;

  for (int i = 0; named != NULL && i < named->n && i < before; i++)
    inputs[n++] = (int) named->whole[i];
  inputs[n++] = (int) position;
  for (int i = n - 1; named != NULL && i < named->n; i++)
    inputs[n++] = (int) named->whole[i];
  return n;
}

/* The outputs of one block for `n` windows, from those above it. */
static double *
run_block (const NnBlock *block, double *const *outputs, const NnShape *shapes, const int *inputs, guint n_inputs,
           const double *params, gint64 n, gboolean training, NnShape *out, gint64 *n_params)
{
  NnTensor tensors[NN_MAX_TENSORS];
  NnShape ins[NN_MAX_INPUTS];
  NnInferred inferred;
  g_autofree char *why = NULL;
  double *y;

  for (guint j = 0; j < n_inputs; j++)
    ins[j] = shapes[inputs[j]];
  g_assert_true (nn_layer_infer_merge (block, ins, n_inputs, &inferred, &why));
  *n_params = 0;
  for (guint j = nn_layer_list_tensors (block, ins, tensors); j-- > 0;)
    *n_params += nn_shape_size (&tensors[j].shape);
  *out = inferred.output;
  y = g_new (double, n * nn_shape_size (out));
  if (t_oracle_is_batch_norm (block))
    {
      t_oracle_batch_norm (block, outputs[inputs[0]], out, n, params, training, y);
      return y;
    }
  for (gint64 i = 0; i < n; i++)
    {
      const double *xs[NN_MAX_INPUTS];
      Work work = { block, ins[0], *out };

      for (guint j = 0; j < n_inputs; j++)
        xs[j] = outputs[inputs[j]] + i * nn_shape_size (&ins[j]);
      work.x = xs[0];
      work.y = y + i * nn_shape_size (out);
      work.w = params;
      if (n_inputs > 1)
        t_oracle_merge (block, xs, ins, n_inputs, out, work.y);
      else
        run (&work);
    }
  return y;
}

/* `*largest` (nullable) gets the largest size of a number that any block gives. */
static double *
run_all (const NnDesign *design, const double *params, const double *windows, gint64 n, gboolean training, NnShape *out,
         double *largest)
{
  guint n_blocks = nn_design_get_n_blocks (design);
  double *outputs[NN_MAX_BLOCKS + 1]; /* of the windows, then of each block */
  NnShape shapes[NN_MAX_BLOCKS + 1];

  shapes[0] = *nn_design_get_input (design);
  outputs[0] = g_memdup2 (windows, n * nn_shape_size (&shapes[0]) * sizeof *windows);
  for (guint i = 0; i < n_blocks; i++)
    {
      int inputs[NN_MAX_INPUTS];
      guint n_inputs = find_inputs (design, i, inputs);
      gint64 n_params;

      outputs[i + 1] = run_block (nn_design_get_block (design, i), outputs, shapes, inputs, n_inputs, params, n, training,
                                  &shapes[i + 1], &n_params);
      params += n_params;
      for (gint64 j = 0; largest != NULL && j < n * nn_shape_size (&shapes[i + 1]); j++)
        *largest = fabs (outputs[i + 1][j]) <= *largest ? *largest : fabs (outputs[i + 1][j]); /* not-a-number too */
    }
  for (guint i = 0; i < n_blocks; i++)
    g_free (outputs[i]);
  *out = shapes[n_blocks];
  return outputs[n_blocks];
}

double *
t_oracle_forward (const NnDesign *design, const double *params, const double *window, NnShape *out)
{
  return run_all (design, params, window, 1, FALSE, out, NULL);
}

static double *
widen (const float *x, gint64 n)
{
  double *wide = g_new (double, n);

  for (gint64 i = 0; i < n; i++)
    wide[i] = x[i];
  return wide;
}

double
t_oracle_largest (const NnDesign *design, const double *params, const float *windows, gint64 n, gboolean training)
{
  g_autofree double *x = widen (windows, n * nn_shape_size (nn_design_get_input (design)));
  g_autofree double *y = NULL;
  double largest = 0.0;
  NnShape out;

  y = run_all (design, params, x, n, training, &out, &largest);
  return largest;
}

double
t_oracle_loss (const NnDesign *design, const double *params, const float *windows, const gint32 *labels, gint64 n)
{
  const NnShape *in = nn_design_get_input (design);
  gint64 size = nn_shape_size (in), n_steps = in->dim[0], n_labelled = 0, n_outputs;
  g_autofree double *x = widen (windows, n * size);
  g_autofree double *y = NULL;
  double loss = 0.0;
  NnShape out;

  y = run_all (design, params, x, n, TRUE, &out, NULL);
  n_outputs = nn_shape_size (&out) / n_steps;
  for (gint64 t = 0; t < n * n_steps; t++)
    {
      gint32 label = labels[t];

      if (label < 0)
        continue;
      loss -= log (n_outputs > 1 ? y[t * n_outputs + label] : label == 1 ? y[t] : 1.0 - y[t]);
      n_labelled++;
    }
  return loss / (double) n_labelled;
}
