/* test-problem.c: problems and repairs own what they say
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-problem.h"

static NnDesign *
make_design (void)
{
  NnShape input = { 2, { 40, 3 } };

  return nn_design_new (&input);
}

static void
test_offers (void)
{
  g_auto (NnProblem) problem = nn_problem_make ("D15", NN_SEVERITY_WARNING, 7, g_strdup ("Title"), g_strdup ("Text."));
  g_autoptr (NnDesign) design = make_design ();
  const NnSetting *setting = nn_setting_find ("learning_rate");
  const NnValue value = nn_value_real (0.5);

  nn_problem_offer_design (&problem, g_strdup ("a design"), design);
  nn_problem_offer_setting (&problem, g_strdup ("a setting"), setting, &value);
  nn_problem_offer_class (&problem, g_strdup ("a class"), 2, 0);
  g_assert_cmpstr (problem.rule, ==, "D15");
  g_assert_cmpuint (problem.block, ==, 7);
  g_assert_cmpuint (problem.n_repairs, ==, 3);
  g_assert_true (problem.repairs[0].design == design && problem.repairs[0].setting == NULL);
  g_assert_true (problem.repairs[1].design == NULL && problem.repairs[1].setting == setting);
  g_assert_cmpfloat (problem.repairs[1].value.real, ==, 0.5);
  g_assert_cmpint (problem.repairs[1].klass, ==, problem.repairs[1].into);
  g_assert_cmpint (problem.repairs[2].klass, ==, 2);
  g_assert_cmpint (problem.repairs[2].into, ==, 0);
}

/* A copy outlives what it was copied from. */
static void
test_copy (void)
{
  g_autoptr (GArray) problems = nn_problems_new ();
  g_autoptr (NnDesign) design = make_design ();
  NnProblem problem = nn_problem_make ("A", NN_SEVERITY_ERROR, 0, g_strdup ("Title"), g_strdup ("Text."));
  g_autoptr (NnRepair) copy = NULL;
  g_auto (NnProblem) whole = { 0 };

  nn_problem_offer_design (&problem, g_strdup ("a design"), design);
  g_array_append_val (problems, problem);
  copy = nn_repair_copy (&problem.repairs[0]);
  whole = nn_problem_copy (&problem);
  g_array_set_size (problems, 0);
  g_assert_cmpstr (copy->sentence, ==, "a design");
  g_assert_true (nn_design_equal (copy->design, design));
  g_assert_cmpstr (whole.title, ==, "Title");
  g_assert_cmpuint (whole.n_repairs, ==, 1);
  g_assert_cmpstr (whole.repairs[0].sentence, ==, "a design");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/problem/offers", test_offers);
  g_test_add_func ("/problem/copy", test_copy);
  return g_test_run ();
}
