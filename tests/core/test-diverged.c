/* test-diverged.c: what is offered for numbers that are not finite, and that it helps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"

#include "nn-diverged.h"
#include "nn-pool.h"

#include <math.h>

#define STEPS    10
#define CHANNELS 3

static const NnContract two_classes = { STEPS, 2 };

static NnCheck *
make_check (const char *text)
{
  g_autoptr (NnDesign) design = t_design_new (STEPS, CHANNELS, text);

  return nn_check_new (design, &two_classes);
}

static NnTrainResult
train (const NnDesign *design, const TWindows *windows, const NnSettings *settings)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (NnModel) model = t_model_of (design, 2, 3);
  NnTrainResult result;

  g_assert_true (nn_train (model, &windows->source, NULL, settings, pool, NULL, &result, NULL));
  return result;
}

/* Loud windows whose labels say nothing about them, and steps that are far too long. */
static TWindows *
make_loud_windows (void)
{
  TWindows *windows = t_windows_new (64, STEPS, CHANNELS, 2, 0, 4);

  for (guint i = 0; i < 64 * STEPS * CHANNELS; i++)
    windows->x[i] *= 1e3f;
  return windows;
}

static NnSettings
make_hasty_settings (void)
{
  NnSettings settings = nn_settings_default ();

  nn_settings_set_optimizer (&settings, NN_OPTIMIZER_SGD);
  settings.learning_rate = 1e-2;
  settings.epochs = 20;
  settings.batch_size = 4;
  return settings;
}

#define STACK "Dense units=4 activation=linear; Dense units=4 activation=linear; Dense units=1 activation=sigmoid"

/* Each repair by itself lets the same training go to its end; the one that is a design has no problem. */
static void
test_each_helps (void)
{
  g_autoptr (NnCheck) check = make_check (STACK);
  g_autoptr (TWindows) windows = make_loud_windows ();
  NnSettings settings = make_hasty_settings ();
  NnTrainResult result = train (nn_check_get_design (check), windows, &settings);
  g_auto (NnProblem) problem = { 0 };

  g_assert_cmpint (result.end, ==, NN_TRAIN_DIVERGED);
  g_assert_false (result.early);
  problem = nn_diverged_diagnose (check, &settings, &result);
  g_test_message ("%s", problem.text);
  g_assert_cmpstr (problem.rule, ==, "D15");
  g_assert_cmpint (problem.severity, ==, NN_SEVERITY_ERROR);
  g_assert_cmpuint (problem.block, ==, nn_block_get_id (nn_design_get_block (nn_check_get_design (check), result.bad_place)));
  g_assert_cmpstr (problem.text, ==, result.reason);
  g_assert_cmpuint (problem.n_repairs, ==, 3);
  g_assert_cmpstr (problem.repairs[0].sentence, ==, "Take shorter steps: learning rate 0.001 instead of 0.01");
  g_assert_cmpstr (problem.repairs[1].sentence, ==, "Shorten the gradient where it is long: global clip norm 1 instead of 0");
  nn_train_result_clear (&result);

  for (guint i = 0; i < problem.n_repairs; i++)
    {
      const NnRepair *repair = &problem.repairs[i];
      NnSettings other = settings;

      if (repair->setting != NULL)
        nn_setting_set (repair->setting, &other, &repair->value);
      g_assert_true (nn_settings_check (&other, NULL));
      result = train (repair->design != NULL ? repair->design : nn_check_get_design (check), windows, &other);
      g_test_message ("%s: %s", repair->sentence, result.reason != NULL ? result.reason : "finite");
      g_assert_cmpint (result.end, ==, NN_TRAIN_FINISHED);
      g_assert_true (isfinite (result.best.loss));
      nn_train_result_clear (&result);
      if (repair->design != NULL)
        {
          g_autoptr (NnCheck) after = nn_check_new (repair->design, &two_classes);

          g_assert_true (nn_check_is_trainable (after));
          g_assert_cmpuint (nn_check_get_n_problems (after), ==, 0);
        }
    }
}

/* What each of a row of trainings is offered. */
typedef struct
{
  const char *stack;
  int         bad_place;
  gboolean    early;
  double      learning_rate, clipvalue;
  const char *offers[4];
} OfferCase;

static void
test_offers (void)
{
  static const char slower[] = "Take shorter steps: learning rate 0.001 instead of 0.01";
  static const char clipped[] = "Shorten the gradient where it is long: global clip norm 1 instead of 0";
  static const OfferCase cases[] = {
    { STACK, 1, FALSE, 0.01, 0, { slower, clipped, "Normalise what comes in: BatchNormalization before block 2 (Dense)" } },
    { STACK, 0, TRUE, 0.01, 0, { "Normalise what comes in: BatchNormalization before block 1 (Dense)" } },
    { STACK, 1, FALSE, 0.01, 5, { slower, "Normalise what comes in: BatchNormalization before block 2 (Dense)" } },
    { STACK, 1, FALSE, 1e-7, 5, { "Normalise what comes in: BatchNormalization before block 2 (Dense)" } },
    { "BatchNormalization; Dense units=1 activation=sigmoid", 1, TRUE, 0.01, 0, { NULL } },
    { "BatchNormalization; Dense units=1 activation=sigmoid", 0, FALSE, 0.01, 0, { slower, clipped } },
    { STACK, -1, FALSE, 0.01, 0, { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const OfferCase *c = &cases[i];
      g_autoptr (NnCheck) check = make_check (c->stack);
      NnSettings settings = nn_settings_default ();
      NnTrainResult result = { .end = NN_TRAIN_DIVERGED, .bad_place = c->bad_place, .early = c->early,
                               .reason = (char *) "It is so." };
      g_auto (NnProblem) problem = { 0 };

      settings.learning_rate = c->learning_rate;
      settings.clipvalue = c->clipvalue;
      problem = nn_diverged_diagnose (check, &settings, &result);
      for (guint k = 0; c->offers[k] != NULL; k++)
        g_assert_cmpstr (k < problem.n_repairs ? problem.repairs[k].sentence : NULL, ==, c->offers[k]);
      g_assert_cmpuint (problem.n_repairs, ==, g_strv_length ((char **) c->offers));
      g_assert_true ((problem.block == 0) == (c->bad_place < 0));
    }
}

/* Behind a warm-up the rate that it leads to counts; rates in a list are not touched. */
static void
test_schedules (void)
{
  g_autoptr (NnCheck) check = make_check (STACK);
  NnTrainResult result = { .end = NN_TRAIN_DIVERGED, .bad_place = 1, .reason = (char *) "It is so." };
  NnSettings settings = nn_settings_default ();
  g_auto (NnProblem) warmed = { 0 };
  g_auto (NnProblem) listed = { 0 };

  settings.schedule = NN_SCHEDULE_COSINE;
  settings.warmup_target = 0.5;
  settings.warmup_steps = 10;
  warmed = nn_diverged_diagnose (check, &settings, &result);
  g_assert_cmpstr (warmed.repairs[0].sentence, ==, "Take shorter steps: warm-up target 0.05 instead of 0.5");

  settings = nn_settings_default ();
  settings.schedule = NN_SCHEDULE_STEP;
  settings.n_boundaries = 1;
  listed = nn_diverged_diagnose (check, &settings, &result);
  g_assert_cmpstr (listed.repairs[0].setting->arg.name, ==, "global_clipnorm");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diverged/each-helps", test_each_helps);
  g_test_add_func ("/diverged/offers", test_offers);
  g_test_add_func ("/diverged/schedules", test_schedules);
  return g_test_run ();
}
