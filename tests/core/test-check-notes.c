/* test-check-notes.c: what is not wrong but worth a word, and the repairs that go with it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-shape.h"
#include "random-design.h"
#include "support/t-check.h"

static NnDesign *
convolutions (gint64 steps, gint64 channels)
{
  NnShape input = nn_shape_2 (steps, channels);
  NnDesign *design = append_kind (append_kind (append_kind (nn_design_new (&input), "Conv1D"), "Conv1D"), "Dense");

  return change_whole (change_whole (design, 0, "kernel_size", 5), 1, "kernel_size", 3);
}

static void
test_short_view (void)
{
  g_autoptr (NnDesign) design = convolutions (400, 16);
  NnContract labels = { 400, 2, 25 };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  const NnProblem *problem = t_find_problem (check, "D12");
  g_autoptr (NnCheck) content = NULL;

  g_assert_nonnull (problem);
  g_assert_cmpint (problem->severity, ==, NN_SEVERITY_WARNING);
  g_assert_cmpstr (problem->text, ==,
                   "Each label is told from 7 neighbouring steps, but half of the labelled events last 25 steps or longer.");
  g_assert_true (nn_check_is_trainable (check));
  g_assert_cmpuint (problem->n_repairs, ==, 3);
  g_assert_cmpstr (problem->repairs[0].sentence, ==,
                   "Spread the kernels: dilation 4 in block 1 (Conv1D), dilation 4 in block 2 (Conv1D)");
  for (guint i = 0; i < problem->n_repairs; i++)
    {
      g_autoptr (NnCheck) after = nn_check_new (problem->repairs[i].design, &labels);

      g_test_message ("%s", problem->repairs[i].sentence);
      g_assert_null (t_find_problem (after, "D12"));
      g_assert_true (nn_check_is_trainable (after));
    }

  labels.event_steps = 7;
  content = nn_check_new (design, &labels);
  g_assert_null (t_find_problem (content, "D12"));
}

static void
test_time_across (void)
{
  g_autoptr (NnDesign) design = convolutions (16, 400);
  NnContract labels = { 16, 2 };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  const NnProblem *problem = t_find_problem (check, "D11");
  g_autoptr (NnDesign) upright = convolutions (400, 16);

  g_assert_nonnull (problem);
  g_assert_cmpuint (problem->n_repairs, ==, 1);
  g_assert_true (t_offers (problem, upright));
}

static void
test_dense_at_each_step (void)
{
  g_autoptr (NnDesign) design = convolutions (400, 16);
  const NnContract labels = { 400, 2 };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  const NnProblem *problem = t_find_problem (check, "D9");

  g_assert_nonnull (problem);
  g_assert_cmpint (problem->severity, ==, NN_SEVERITY_NOTE);
  g_assert_cmpuint (problem->n_repairs, ==, 0);
  g_assert_cmpuint (problem->block, ==, nn_block_get_id (nn_design_get_block (design, 2)));
}

/* Weights that stay as they are do not count. */
static void
test_nothing_to_learn (void)
{
  const NnContract labels = { 400, 2 };
  NnShape input = nn_shape_2 (400, 1);
  g_autoptr (NnDesign) bends = change_choice (append_kind (nn_design_new (&input), "Activation"), 0, "activation", "sigmoid");
  NnDesign *dense = change_choice (append_kind (nn_design_new (&input), "Dense"), 0, "activation", "sigmoid");
  g_autoptr (NnDesign) learns = change_whole (dense, 0, "units", 1);
  g_autoptr (NnDesign) frozen = change_whole (nn_design_ref (learns), 0, "trainable", 0);
  const NnDesign *const designs[] = { bends, frozen, learns };

  for (guint i = 0; i < G_N_ELEMENTS (designs); i++)
    {
      g_autoptr (NnCheck) check = nn_check_new (designs[i], &labels);

      g_assert_true (nn_check_is_trainable (check));
      g_assert_cmpint (t_find_problem (check, "W1") != NULL, ==, designs[i] != learns);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/short-view", test_short_view);
  g_test_add_func ("/check/time-across", test_time_across);
  g_test_add_func ("/check/dense-at-each-step", test_dense_at_each_step);
  g_test_add_func ("/check/nothing-to-learn", test_nothing_to_learn);
  return g_test_run ();
}
