/* test-shape.c: sizes, texts, and the sizes of sliding
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-shape.h"

static void
test_size (void)
{
  NnShape shape = nn_shape_3 (400, 16, 1);
  NnShape huge = nn_shape_2 (G_GINT64_CONSTANT (1) << 40, G_GINT64_CONSTANT (1) << 40);
  NnShape unknown = { 0 };

  g_assert_cmpint (nn_shape_size (&shape), ==, 6400);
  g_assert_cmpint (nn_shape_size (&huge), ==, -1);
  g_assert_cmpint (nn_shape_size (&unknown), ==, -1);
  g_assert_false (nn_shape_equal (&shape, &huge));
  g_assert_true (nn_shape_equal (&shape, &shape));
}

static void
test_text (void)
{
  NnShape shape = nn_shape_2 (400, 16), unknown = { 0 };
  g_autofree char *text = nn_shape_to_text (&shape);
  g_autofree char *keras = nn_shape_to_keras (&shape);
  g_autofree char *nothing = nn_shape_to_text (&unknown);

  g_assert_cmpstr (text, ==, "400 × 16");
  g_assert_cmpstr (keras, ==, "(None, 400, 16)");
  g_assert_cmpstr (nothing, ==, "?");
}

/* The naive count: how many positions keep all taps inside the padded axis. */
static gint64
count_positions (gint64 padded,
                 gint64 reach,
                 gint64 stride)
{
  gint64 n = 0;

  for (gint64 start = 0; start + reach <= padded; start += stride)
    n++;
  return n;
}

static void
test_slide (void)
{
  for (gint64 n = 1; n <= 20; n++)
    for (gint64 kernel = 1; kernel <= 6; kernel++)
      for (gint64 stride = 1; stride <= 4; stride++)
        for (gint64 dilation = 1; dilation <= 3; dilation++)
          {
            gint64 reach = dilation * (kernel - 1) + 1;
            NnSlide valid = nn_slide (n, kernel, stride, dilation, NN_PADDING_VALID);
            NnSlide same = nn_slide (n, kernel, stride, dilation, NN_PADDING_SAME);
            NnSlide causal = nn_slide (n, kernel, stride, dilation, NN_PADDING_CAUSAL);

            g_assert_cmpint (MAX (valid.n_out, 0), ==, count_positions (n, reach, stride));
            g_assert_cmpint (same.n_out, ==, (n + stride - 1) / stride);
            g_assert_cmpint (same.n_out, ==, count_positions (n + same.before + same.after, reach, stride));
            g_assert_cmpint (same.after - same.before, >=, 0);
            g_assert_cmpint (same.after - same.before, <=, 1);
            g_assert_cmpint (causal.before, ==, reach - 1);
            g_assert_cmpint (causal.n_out, ==, count_positions (n + causal.before, reach, stride));
          }

  g_assert_cmpint (nn_slide (5, 8, 1, 1, NN_PADDING_VALID).n_out, ==, -2);
  g_assert_cmpint (nn_slide (400, 8, 1, 1, NN_PADDING_SAME).before, ==, 3);
  g_assert_cmpint (nn_slide (400, 8, 1, 1, NN_PADDING_SAME).after, ==, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shape/size", test_size);
  g_test_add_func ("/shape/text", test_text);
  g_test_add_func ("/shape/slide", test_slide);
  return g_test_run ();
}
