/* nn-layer-args.c: arguments and refusals that several rows share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

const char *const nn_activation_choices[] = { "linear", "relu", "tanh", "sigmoid", "softmax", NULL };
const char *const nn_elementwise_choices[] = { "linear", "relu", "tanh", "sigmoid", NULL };
const char *const nn_padding_choices[] = { "valid", "same", "causal", NULL };
const char *const nn_padding_2_choices[] = { "valid", "same", NULL };

gint64
nn_layer_product (const gint64 *factors,
                  gsize         n)
{
  gint64 product = 1;

  for (gsize i = 0; i < n; i++)
    if (__builtin_mul_overflow (product, factors[i], &product))
      return G_MAXINT64;
  return product;
}

gboolean
nn_layer_refuse_rank (const NnBlock *block,
                      const NnShape *in,
                      int            needs_rank,
                      const char    *hint,
                      NnInferred    *out,
                      char         **why)
{
  g_autofree char *got = nn_shape_to_text (in);

  out->refusal = NN_REFUSAL_RANK;
  out->needs_rank = needs_rank;
  *why = g_strdup_printf ("%s needs steps × channels%s, got %s: %s", nn_block_get_kind (block)->name,
                          needs_rank == 3 ? " × depth" : "", got, hint);
  return FALSE;
}

gboolean
nn_layer_slide (const NnBlock *block,
                const char    *axis,
                gint64         n,
                gint64         kernel,
                gint64         stride,
                gint64         dilation,
                NnPadding      padding,
                NnSlide       *slide,
                NnInferred    *out,
                char         **why)
{
  gint64 reach = dilation * (kernel - 1) + 1;

  *slide = nn_slide (n, kernel, stride, dilation, padding);
  if (slide->n_out > 0)
    return TRUE;

  *why = g_strdup_printf ("%s covers %" G_GINT64_FORMAT " %s at once, but only %" G_GINT64_FORMAT
                          " come in: the output length would be %" G_GINT64_FORMAT ".",
                          nn_block_get_kind (block)->name, reach, axis, n, slide->n_out);
  *slide = nn_slide (n, kernel, stride, dilation, NN_PADDING_SAME);
  out->refusal = NN_REFUSAL_LENGTH;
  return FALSE;
}

gboolean
nn_layer_infer_same (const NnBlock *block,
                     const NnShape *in,
                     NnInferred    *out,
                     char         **why)
{
  out->output = *in;
  out->keeps_time = TRUE;
  return TRUE;
}
