/* test-value.c: values of arguments: ranges, and texts there and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"
#include "nn-kind.h"

static const NnArg *
find (const char *kind,
      const char *arg)
{
  const NnKind *found = nn_kind_find (kind);

  return &found->args[nn_kind_find_arg (found, arg)];
}

static void
assert_reads (const NnArg   *arg,
              const char    *text,
              const NnValue *expected)
{
  g_autoptr (GError) error = NULL;
  NnValue value;

  g_assert_true (nn_arg_value_from_text (arg, text, &value, &error));
  g_assert_no_error (error);
  g_assert_true (nn_value_equal (&value, expected));
}

static void
assert_refuses (const NnArg *arg,
                const char  *text,
                NnError      code)
{
  g_autoptr (GError) error = NULL;
  NnValue value;

  g_assert_false (nn_arg_value_from_text (arg, text, &value, &error));
  g_assert_error (error, NN_ERROR, (int) code);
}

static void
test_read (void)
{
  const NnArg *filters = find ("Conv1D", "filters"), *kernel = find ("Conv2D", "kernel_size");
  const NnArg *target = find ("Reshape", "target_shape"), *rate = find ("Dropout", "rate");
  const NnArg *bias = find ("Dense", "use_bias"), *padding = find ("Conv1D", "padding");
  NnValue eight = nn_value_whole (8), pair = nn_value_pair (1, 4), same = nn_value_pair (3, 3);
  NnValue list = { .n = 3, .whole = { -1, 16, 1 } }, quarter = nn_value_real (0.25);
  NnValue yes = nn_value_whole (1), two = nn_value_whole (2);

  assert_reads (filters, " 8 ", &eight);
  assert_reads (kernel, "1, 4", &pair);
  assert_reads (kernel, "(1, 4)", &pair);
  assert_reads (kernel, "1 × 4", &pair);
  assert_reads (kernel, "1x4", &pair);
  assert_reads (kernel, "3", &same);
  assert_reads (target, "[-1, 16, 1]", &list);
  assert_reads (target, "(-1,16,1,)", &list);
  assert_reads (rate, "0,25", &quarter);
  assert_reads (rate, "2.5e-1", &quarter);
  assert_reads (bias, "Yes", &yes);
  assert_reads (padding, "causal", &two);

  assert_refuses (filters, "", NN_ERROR_SYNTAX);
  assert_refuses (filters, "8.5", NN_ERROR_SYNTAX);
  assert_refuses (filters, "1, 2", NN_ERROR_SYNTAX);
  assert_refuses (filters, "0", NN_ERROR_RANGE);
  assert_refuses (filters, "99999999999999999999", NN_ERROR_RANGE);
  assert_refuses (kernel, "(1, 4", NN_ERROR_SYNTAX);
  assert_refuses (kernel, "1, 2, 3", NN_ERROR_SYNTAX);
  assert_refuses (target, "1 2 3 4 5", NN_ERROR_SYNTAX);
  assert_refuses (rate, "nan", NN_ERROR_SYNTAX);
  assert_refuses (rate, "1.5", NN_ERROR_RANGE);
  assert_refuses (padding, "SAMEISH", NN_ERROR_SYNTAX);
  assert_refuses (bias, "perhaps", NN_ERROR_SYNTAX);
}

/* What is shown can be typed again. */
static void
test_round_trip (void)
{
  for (guint k = 0; k < nn_kind_count (); k++)
    for (guint i = 0; i < nn_kind_nth (k)->n_args; i++)
      {
        const NnArg *arg = &nn_kind_nth (k)->args[i];
        g_autofree char *text = nn_arg_value_to_text (arg, &arg->fallback);

        assert_reads (arg, text, &arg->fallback);
      }
}

static void
test_range (void)
{
  const NnArg *filters = find ("Conv1D", "filters"), *rate = find ("Dropout", "rate"), *kernel = find ("Conv2D", "kernel_size");
  NnValue none = nn_value_whole (0), high = nn_value_real (1.5), half = nn_value_pair (1, 0), single = nn_value_whole (1);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *c = NULL;
  g_autofree char *d = NULL;

  g_assert_false (nn_arg_check_value (filters, &none, &a));
  g_assert_cmpstr (a, ==, "Filters is 0; it may be 1 to 65536.");
  g_clear_pointer (&a, g_free);
  none = nn_value_whole (1000000000);
  g_assert_false (nn_arg_check_value (filters, &none, &a));
  g_assert_cmpstr (a, ==, "Filters is 1000000000; it may be 1 to 65536.");
  g_assert_false (nn_arg_check_value (rate, &high, &b));
  g_assert_cmpstr (b, ==, "Rate is 1.5; it may be 0 to 0.99.");
  g_assert_false (nn_arg_check_value (kernel, &half, &c));
  g_assert_cmpstr (c, ==, "Kernel size is 0; it may be 1 to 100000.");
  g_assert_false (nn_arg_check_value (kernel, &single, &d));
  g_assert_cmpstr (d, ==, "Kernel size has 1 numbers; it takes 2.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/read", test_read);
  g_test_add_func ("/value/round-trip", test_round_trip);
  g_test_add_func ("/value/range", test_range);
  return g_test_run ();
}
