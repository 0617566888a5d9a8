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
  assert_refused (wrong, "Epochs is 0; it may be 1 to 100000.");
  wrong = settings;
  wrong.learning_rate = 20;
  assert_refused (wrong, "Learning rate is 20; it may be 1e-07 to 10.");
  wrong = settings;
  wrong.batch_size = 5000;
  assert_refused (wrong, "Batch size is 5000; it may be 1 to 4096.");
  wrong = settings;
  wrong.batch_size = 2000000000;
  assert_refused (wrong, "Batch size is 2000000000; it may be 1 to 4096.");
  wrong = settings;
  wrong.momentum = 1;
  assert_refused (wrong, "Momentum is 1; it may be 0 to 0.999.");
  wrong = settings;
  wrong.threads = -1;
  assert_refused (wrong, "Threads is -1; it may be 0 to 64.");
  wrong = settings;
  wrong.learning_rate = g_ascii_strtod ("nan", NULL);
  assert_refused (wrong, "Learning rate is nan; it may be 1e-07 to 10.");
}

static void
test_together (void)
{
  NnSettings settings = nn_settings_default ();
  NnSettings wrong = settings;

  wrong.clipnorm = 0.5;
  g_assert_true (nn_settings_check (&wrong, NULL));
  wrong.clipvalue = 2;
  assert_refused (wrong, "Clip norm is 0.5, global clip norm 0 and clip value 2; only one of them may be above 0.");
  wrong = settings;
  wrong.n_class_weights = 2;
  wrong.class_weight[1] = -1;
  assert_refused (wrong, "The weight of class 1 is -1; it may be 0 to 1000000.");
  wrong.class_weight[1] = 1;
  g_assert_true (nn_settings_check (&wrong, NULL));
  wrong.balance_classes = TRUE;
  assert_refused (wrong, "Classes are either balanced or given weights, not both.");
  wrong = settings;
  wrong.n_class_weights = 1000;
  assert_refused (wrong, "There are 1000 class weights; there may be 0 to 256.");
}

/* Each row of the table tells and sets one member of its own; its default is allowed and has a sentence of help. */
static void
test_table (void)
{
  NnSettings settings = nn_settings_default ();

  for (guint i = 0; nn_setting_nth (i) != NULL; i++)
    {
      const NnSetting *setting = nn_setting_nth (i);
      NnSettings changed = settings;
      NnValue value = nn_setting_get (setting, &settings), other, found;

      g_assert_true (nn_setting_find (setting->arg.name) == setting);
      g_assert_true (nn_value_equal (&value, &setting->arg.fallback));
      g_assert_true (nn_arg_check_value (&setting->arg, &value, NULL));
      g_assert_true (g_str_has_suffix (setting->arg.help, "."));

      other = setting->arg.type == NN_ARG_REAL ? nn_value_real (setting->arg.max)
              : setting->arg.type == NN_ARG_INT ? nn_value_whole ((gint64) setting->arg.max)
              : nn_value_whole (!value.whole[0]);
      nn_setting_set (setting, &changed, &other);
      found = nn_setting_get (setting, &changed);
      g_assert_true (nn_value_equal (&found, &other));
      for (guint j = 0; nn_setting_nth (j) != NULL; j++)
        {
          NnValue a = nn_setting_get (nn_setting_nth (j), &settings), b = nn_setting_get (nn_setting_nth (j), &changed);

          g_assert_true (j == i || nn_value_equal (&a, &b) || g_str_equal (setting->arg.name, "optimizer"));
        }
      g_assert_true (nn_settings_check (&changed, NULL));
    }
  g_assert_null (nn_setting_find ("momentums"));
}

/* What was never touched follows the optimizer. */
static void
test_optimizer (void)
{
  NnSettings settings = nn_settings_default ();

  nn_settings_set_optimizer (&settings, NN_OPTIMIZER_SGD);
  g_assert_cmpfloat (settings.learning_rate, ==, 0.01);
  nn_settings_set_optimizer (&settings, NN_OPTIMIZER_ADAMW);
  g_assert_cmpfloat (settings.learning_rate, ==, 0.001);
  g_assert_cmpfloat (settings.weight_decay, ==, 0.004);
  settings.learning_rate = 0.3;
  settings.weight_decay = 0.1;
  nn_settings_set_optimizer (&settings, NN_OPTIMIZER_SGD);
  g_assert_cmpfloat (settings.learning_rate, ==, 0.3);
  g_assert_cmpfloat (settings.weight_decay, ==, 0.1);
}

static void
test_counts (void)
{
  NnSettings settings = nn_settings_default ();

  g_assert_true (nn_setting_counts (nn_setting_find ("epochs"), &settings));
  g_assert_true (nn_setting_counts (nn_setting_find ("beta_1"), &settings));
  g_assert_true (nn_setting_counts (nn_setting_find ("label_smoothing"), &settings));
  g_assert_false (nn_setting_counts (nn_setting_find ("momentum"), &settings));
  g_assert_false (nn_setting_counts (nn_setting_find ("patience"), &settings));
  g_assert_false (nn_setting_counts (nn_setting_find ("huber_delta"), &settings));
  settings.optimizer = NN_OPTIMIZER_RMSPROP;
  settings.schedule = NN_SCHEDULE_PLATEAU;
  settings.loss = NN_LOSS_HUBER;
  g_assert_true (nn_setting_counts (nn_setting_find ("momentum"), &settings));
  g_assert_true (nn_setting_counts (nn_setting_find ("patience"), &settings));
  g_assert_true (nn_setting_counts (nn_setting_find ("huber_delta"), &settings));
  g_assert_false (nn_setting_counts (nn_setting_find ("nesterov"), &settings));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/ranges", test_ranges);
  g_test_add_func ("/settings/together", test_together);
  g_test_add_func ("/settings/table", test_table);
  g_test_add_func ("/settings/optimizer", test_optimizer);
  g_test_add_func ("/settings/counts", test_counts);
  return g_test_run ();
}
