/* test-check-places.c: labels that are taken where the output's steps look
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check.h"
#include "nn-shape.h"
#include "nn-template.h"
#include "random-design.h"
#include "support/t-check.h"

#include <string.h>

static const NnContract two_classes = { 400, 2 };

static NnDesign *
reference (const char *id)
{
  NnShape input = nn_shape_2 (400, 16);

  return nn_template_build (nn_template_find (id), &input, 2);
}

/* Labels at the steps that come out: of R3 those in the middle of 4 that a convolution of 8 steps gives. */
static void
test_fitted (void)
{
  const NnContract fitted = { .n_steps = 400, .n_classes = 2, .fitted = TRUE };
  g_autoptr (NnDesign) r3 = reference ("R3"), r1 = reference ("R1"), r0 = reference ("R0");
  g_autoptr (NnDesign) cropped = change_choice (reference ("R1"), 0, "padding", "valid");
  g_autoptr (NnCheck) thin = nn_check_new (r3, &fitted), crop = nn_check_new (cropped, &fitted);
  g_autoptr (NnCheck) whole = nn_check_new (r1, &fitted), lost = nn_check_new (r0, &fitted);
  g_autoptr (NnCheck) short_of = nn_check_new (cropped, &two_classes);
  NnPlaces places = nn_check_get_places (thin);

  g_assert_true (nn_check_is_trainable (thin));
  g_assert_cmpint (nn_check_get_reading (thin), ==, NN_READING_BINARY);
  g_assert_cmpint (places.first, ==, 5);
  g_assert_cmpint (places.every, ==, 4);
  g_assert_cmpint (places.n, ==, 98);

  places = nn_check_get_places (crop);
  g_assert_true (nn_check_is_trainable (crop));
  g_assert_cmpint (places.first, ==, 4);
  g_assert_cmpint (places.every, ==, 1);
  g_assert_cmpint (places.n, ==, 393);
  g_assert_true (g_str_has_prefix (t_find_problem (short_of, "D3")->repairs[2].sentence, "Crop the labels by 7: "));

  g_assert_true (nn_check_is_trainable (whole));
  g_assert_cmpint (nn_check_get_places (whole).n, ==, 0);
  g_assert_nonnull (t_find_problem (lost, "D1"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check-places/fitted", test_fitted);
  return g_test_run ();
}
