/* test-settings.c: training settings: the defaults are allowed, and each range is kept
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"
#include "nn-settings.h"

static void
assert_refused (NnSettings  settings,
                const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (nn_settings_check (&settings, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==, says);
}

static void
test_ranges (void)
{
  NnSettings settings = nn_settings_default ();
  NnSettings wrong;

  g_assert_true (nn_settings_check (&settings, NULL));
  wrong = settings;
  wrong.epochs = 0;
  assert_refused (wrong, "The number of epochs is 0; it may be 1 to 100000.");
  wrong = settings;
  wrong.learning_rate = 20;
  assert_refused (wrong, "The learning rate is 20; it may be 1e-07 to 10.");
  wrong = settings;
  wrong.batch_size = 5000;
  assert_refused (wrong, "The batch size is 5000; it may be 1 to 4096.");
  wrong = settings;
  wrong.batch_size = 2000000000;
  assert_refused (wrong, "The batch size is 2000000000; it may be 1 to 4096.");
  wrong = settings;
  wrong.momentum = 1;
  assert_refused (wrong, "The momentum is 1; it may be 0 to 0.999.");
  wrong = settings;
  wrong.threads = -1;
  assert_refused (wrong, "The number of threads is -1; it may be 0 to 64.");
  wrong = settings;
  wrong.learning_rate = g_ascii_strtod ("nan", NULL);
  assert_refused (wrong, "The learning rate is nan; it may be 1e-07 to 10.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/ranges", test_ranges);
  return g_test_run ();
}
