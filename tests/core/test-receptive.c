/* test-receptive.c: what a row says of the steps that an output step sees is what it does see
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"
#include "support/t-oracle.h"

#include "nn-layer.h"
#include "nn-rng.h"

#define STEPS    24
#define CHANNELS 4
#define DEEP     "Reshape target_shape=(24,2,2); "

typedef struct
{
  const char *name, *text; /* the last block of the text is looked at */
} Case;

static const Case cases[] = {
  { "conv1d", "Conv1D filters=2 kernel_size=4 padding=valid" },
  { "conv1d-same", "Conv1D filters=2 kernel_size=5 padding=same strides=2" },
  { "conv1d-causal", "Conv1D filters=2 kernel_size=3 padding=causal dilation_rate=3" },
  { "conv1d-groups", "Conv1D filters=4 kernel_size=3 groups=2 padding=same" },
  { "conv2d", DEEP "Conv2D filters=2 kernel_size=3,2 strides=2,1 padding=same" },
  { "depthwise", "DepthwiseConv1D kernel_size=6 padding=same" },
  { "separable", "SeparableConv1D filters=3 kernel_size=3 dilation_rate=2" },
  { "transpose", "Conv1DTranspose filters=2 kernel_size=4 strides=2" },
  { "transpose-same", "Conv1DTranspose filters=2 kernel_size=5 strides=2 padding=same" },
  { "transpose-wide", "Conv1DTranspose filters=2 kernel_size=7 strides=3 padding=same" },
  { "transpose-apart", "Conv1DTranspose filters=2 kernel_size=2 strides=5" },
  { "transpose-one", "Conv1DTranspose filters=2 kernel_size=3 padding=same dilation_rate=2" },
  { "average1d", "AveragePooling1D pool_size=3 strides=2 padding=same" },
  { "average2d", DEEP "AveragePooling2D pool_size=2,2" },
  { "up1d", "UpSampling1D size=3" },
  { "up2d", DEEP "UpSampling2D size=2,2" },
  { "up2d-bilinear", DEEP "UpSampling2D size=3,1 interpolation=bilinear" },
  { "pad1d", "ZeroPadding1D padding=3,1" },
  { "pad2d", DEEP "ZeroPadding2D padding=(2,1,1,0)" },
  { "crop1d", "Cropping1D cropping=5,2" },
  { "crop2d", DEEP "Cropping2D cropping=(4,1,0,1)" },
  { "expand", "ExpandDims" },
  { "permute", DEEP "Permute dims=(1,3,2)" },
  { "prelu", "PReLU" },
  { "softmax", "Softmax" },
};

static double *
draw (NnRng *rng, gsize n)
{
  double *numbers = g_new (double, n + 1);

  for (gsize i = 0; i < n; i++)
    numbers[i] = nn_rng_normal (rng);
  return numbers;
}

static gsize
count_params (const NnDesign *design, NnShape in)
{
  gsize n = 0;

  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      const NnBlock *block = nn_design_get_block (design, i);
      NnTensor tensors[NN_MAX_TENSORS];
      guint n_tensors = nn_layer_list_tensors (block, &in, tensors);
      g_autofree char *why = NULL;
      NnInferred inferred;

      g_assert_true (nn_layer_infer (block, &in, &inferred, &why));
      for (guint j = 0; j < n_tensors; j++)
        n += nn_shape_size (&tensors[j].shape);
      in = inferred.output;
    }
  return n;
}

/* What the last block says of itself, on what the blocks before it give. */
static NnInferred
ask (const NnDesign *design)
{
  NnShape in = *nn_design_get_input (design);
  NnInferred inferred;

  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      g_autofree char *why = NULL;

      g_assert_true (nn_layer_infer (nn_design_get_block (design, i), &in, &inferred, &why));
      in = inferred.output;
    }
  return inferred;
}

static gint64
divide_down (gint64 a, gint64 b)
{
  return a / b - (a % b != 0 && a < 0);
}

/* Moves one input step after the other and looks which output steps follow: none but those that may, and of the steps that may be
 * seen the first and the last are, by some output step. */
static void
test_case (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (NnDesign) design = t_design_new (STEPS, CHANNELS, c->text);
  NnInferred says = ask (design);
  gint64 first = G_MAXINT64, last = G_MININT64, run = nn_shape_size (&says.output) / says.output.dim[0];
  g_autofree double *x = NULL, *params = NULL, *y = NULL;
  NnShape out;
  NnRng rng;

  nn_rng_init (&rng, 3, NN_RNG_INIT, 0);
  x = draw (&rng, STEPS * CHANNELS);
  params = draw (&rng, count_params (design, *nn_design_get_input (design)));
  y = t_oracle_forward (design, params, x, &out);
  g_assert_true (says.keeps_time);
  for (gint64 s = 0; s < STEPS; s++)
    {
      g_autofree double *moved = g_memdup2 (x, STEPS * CHANNELS * sizeof *x), *seen = NULL;

      for (gint64 i = 0; i < CHANNELS; i++)
        moved[s * CHANNELS + i] += 0.5 + (double) i;
      seen = t_oracle_forward (design, params, moved, &out);
      for (gint64 i = 0; i < nn_shape_size (&out); i++)
        if (seen[i] < y[i] || seen[i] > y[i])
          {
            gint64 ahead = s - divide_down (i / run * says.stride, says.upsample);

            first = MIN (first, ahead);
            last = MAX (last, ahead);
          }
    }
  g_test_message ("sees %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, first, last);
  g_assert_cmpint (first, ==, -says.before);
  g_assert_cmpint (last, ==, (says.kernel - 1) * says.dilation - says.before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/receptive/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
