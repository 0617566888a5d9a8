/* nn-layer-args.c: arguments and refusals that several rows share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer-args.h"

#include <string.h>

const char *const nn_activation_choices[] = {
  "linear", "relu", "tanh", "sigmoid", "relu6", "elu", "selu", "softplus", "softsign", "hard_sigmoid", "exponential", "silu",
  "gelu", "softmax", "log_softmax", NULL,
};
const char *const nn_padding_choices[] = { "valid", "same", "causal", NULL };
const char *const nn_padding_2_choices[] = { "valid", "same", NULL };
const char *const nn_initializer_choices[] = {
  "zeros", "ones", "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "orthogonal",
  NULL,
};
const char *const nn_bias_init_choices[] = { "zeros", "ones", NULL };

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

/* (nullable): the value of the argument "<tensor>_<ending>"; as in Keras, that of a recurrent_kernel is recurrent_<ending>. */
static const NnValue *
find_of_tensor (const NnBlock *block, const char *tensor, const char *ending)
{
  gsize length = g_str_has_suffix (tensor, "_kernel") ? strlen (tensor) - strlen ("_kernel") : strlen (tensor);
  char name[64];
  int arg;

  g_snprintf (name, sizeof name, "%.*s_%s", (int) length, tensor, ending);
  arg = nn_kind_find_arg (nn_block_get_kind (block), name);
  return arg >= 0 ? nn_block_get_arg (block, (guint) arg) : NULL;
}

NnTensor
nn_layer_tensor (const NnBlock *block, const char *name, NnShape shape)
{
  const NnValue *init = find_of_tensor (block, name, "initializer");
  int trainable = nn_kind_find_arg (nn_block_get_kind (block), "trainable");
  gboolean frozen = trainable >= 0 && !nn_block_get_arg (block, (guint) trainable)->whole[0];
  const NnValue *l1 = find_of_tensor (block, name, "l1"), *l2 = find_of_tensor (block, name, "l2");

  return (NnTensor) {
    .name = name,
    .shape = shape,
    .init = init != NULL ? (NnInit) init->whole[0] : NN_INIT_ZEROS,
    .frozen = frozen,
    .l1 = l1 != NULL && !frozen ? l1->real : 0.0,
    .l2 = l2 != NULL && !frozen ? l2->real : 0.0,
  };
}

int
nn_layer_find_axis (gint64 axis, int rank)
{
  gint64 found = axis < 0 ? rank + axis : axis - 1;

  return found >= 0 && found < rank ? (int) found : -1;
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
