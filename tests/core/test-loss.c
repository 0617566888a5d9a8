/* test-loss.c: cross-entropy by hand: masks, clipping, logits, and what is right
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-error.h"
#include "nn-loss.h"
#include "nn-model-private.h"

#include <math.h>

static NnLoss
get_loss (const char *text, int n_classes, NnModel **model)
{
  g_autoptr (GError) error = NULL;
  NnLoss loss;

  *model = t_model_new (3, 2, n_classes, text, 1);
  g_assert_true (nn_loss_init (&loss, (*model)->plan, NN_LOSS_AUTO, &error));
  return loss;
}

/* Two windows of three steps, as [steps][rows]. */
static void
test_binary_logits (void)
{
  const float z[6] = { 2.0f, -1.0f, 0.5f, 100.0f, -200.0f, 3.0f };
  const gint32 labels[6] = { 1, NN_UNLABELLED, 0, /**/ 0, 1, 1 };
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss ("Dense units=1 activation=sigmoid", 2, &model);
  NnTally tally = { 0 };
  float dz[6];

  g_assert_true (loss.logits);
  nn_loss_add (&loss, z, dz, labels, 2, &tally);
  g_assert_cmpint (tally.n_labelled, ==, 5);
  g_assert_cmpint (tally.n_right, ==, 5);
  g_assert_cmpfloat_with_epsilon (tally.loss, log1p (exp (-2.0)) + log1p (exp (-1.0)) + 0.0 + 0.0 + log1p (exp (-3.0)), 1e-6);
  g_assert_cmpfloat (dz[2], ==, 0.0f);
  g_assert_cmpfloat_with_epsilon (dz[0], 1.0 / (1.0 + exp (-2.0)) - 1.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (dz[1], 1.0 / (1.0 + exp (1.0)), 1e-6);
  g_assert_cmpfloat (dz[3], ==, 0.0f);
  g_assert_cmpfloat (dz[4], ==, 0.0f);
  g_assert_cmpfloat_with_epsilon (nn_tally_score (&tally).accuracy, 1.0, 1e-9);
}

/* Probabilities are clipped as Keras does, and a clipped one has no slope. */
static void
test_binary_clipped (void)
{
  const float p[3] = { 0.25f, 0.0f, 1.0f };
  const gint32 labels[3] = { 1, 1, 1 };
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss ("Dense units=1 activation=sigmoid; Dropout", 2, &model);
  NnTally tally = { 0 };
  float dp[3];

  g_assert_false (loss.logits);
  nn_loss_add (&loss, p, dp, labels, 1, &tally);
  g_assert_cmpfloat_with_epsilon (tally.loss, -log (0.25) - log (1e-7) - log1p (-1e-7), 1e-4);
  g_assert_cmpfloat_with_epsilon (dp[0], -4.0, 1e-5);
  g_assert_cmpfloat (dp[1], ==, 0.0f);
  g_assert_cmpfloat (dp[2], ==, 0.0f);
  g_assert_cmpint (tally.n_right, ==, 1);
}

static void
test_classes (void)
{
  const float z[9] = { 1.0f, 2.0f, 3.0f, /**/ 500.0f, 0.0f, -500.0f, /**/ 0.0f, 0.0f, 0.0f };
  const gint32 labels[3] = { 2, 1, NN_UNLABELLED };
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss ("Dense units=3 activation=softmax", 3, &model);
  NnTally tally = { 0 };
  float dz[9];

  nn_loss_add (&loss, z, dz, labels, 1, &tally);
  g_assert_cmpfloat_with_epsilon (tally.loss, log (exp (-2.0) + exp (-1.0) + 1.0) + 500.0, 1e-4);
  g_assert_cmpint (tally.n_right, ==, 1);
  g_assert_cmpint (tally.n_labelled, ==, 2);
  g_assert_cmpfloat_with_epsilon (dz[0] + dz[1] + dz[2], 0.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (dz[4], -1.0, 1e-6);
  g_assert_cmpfloat (dz[6], ==, 0.0f);
}

static void
test_nothing_labelled (void)
{
  const float z[3] = { 1.0f, 2.0f, 3.0f };
  const gint32 labels[3] = { NN_UNLABELLED, NN_UNLABELLED, NN_UNLABELLED };
  g_autoptr (NnModel) model = NULL;
  NnLoss loss = get_loss ("Dense units=1 activation=sigmoid", 2, &model);
  NnTally tally = { 0 };

  nn_loss_add (&loss, z, NULL, labels, 1, &tally);
  g_assert_cmpint (tally.n_labelled, ==, 0);
  g_assert_true (isnan (nn_tally_score (&tally).loss));
}

/* A value that is not a number shows in the loss, whichever way it is computed. */
static void
test_not_a_number (void)
{
  const char *texts[] = { "Dense units=1 activation=sigmoid", "Dense units=1 activation=sigmoid; Dropout",
                          "Dense units=3 activation=softmax", "Dense units=3 activation=softmax; Dropout" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const float z[9] = { NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN };
      const gint32 labels[3] = { 0, 1, 0 };
      g_autoptr (NnModel) model = NULL;
      NnLoss loss = get_loss (texts[i], i < 2 ? 2 : 3, &model);
      NnTally tally = { 0 };

      nn_loss_add (&loss, z, NULL, labels, 1, &tally);
      g_assert_true (isnan (tally.loss));
    }
}

static void
test_refusals (void)
{
  g_autoptr (NnModel) binary = t_model_new (3, 2, 2, "Dense units=1 activation=sigmoid", 1);
  g_autoptr (NnModel) classes = t_model_new (3, 2, 3, "Dense units=3 activation=softmax", 1);
  g_autoptr (GError) first = NULL, second = NULL;
  NnLoss loss;

  g_assert_false (nn_loss_init (&loss, binary->plan, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, &first));
  g_assert_error (first, NN_ERROR, NN_ERROR_RANGE);
  g_assert_false (nn_loss_init (&loss, classes->plan, NN_LOSS_BINARY_CROSSENTROPY, &second));
  g_assert_error (second, NN_ERROR, NN_ERROR_RANGE);
  g_assert_nonnull (strstr (second->message, "3"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loss/binary-logits", test_binary_logits);
  g_test_add_func ("/loss/binary-clipped", test_binary_clipped);
  g_test_add_func ("/loss/classes", test_classes);
  g_test_add_func ("/loss/nothing-labelled", test_nothing_labelled);
  g_test_add_func ("/loss/not-a-number", test_not_a_number);
  g_test_add_func ("/loss/refusals", test_refusals);
  return g_test_run ();
}
