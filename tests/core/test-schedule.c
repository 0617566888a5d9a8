/* test-schedule.c: the learning rate by hand, step by step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-schedule.h"

#include <math.h>
#include <string.h>

static NnSettings
get_settings (NnScheduleKind kind)
{
  NnSettings settings = nn_settings_default ();

  settings.schedule = kind;
  settings.learning_rate = 0.5;
  settings.epochs = 10;
  return settings;
}

/* Ten epochs of eight steps. */
static void
check_rate (const NnSettings *settings, gint64 step, double expected)
{
  NnSchedule schedule;

  nn_schedule_init (&schedule, settings, 8);
  g_assert_cmpfloat_with_epsilon (nn_schedule_get_rate (&schedule, step), expected, 1e-12);
}

static void
test_constant (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_CONSTANT);

  check_rate (&settings, 0, 0.5);
  check_rate (&settings, 1000, 0.5);
}

static void
test_step (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_STEP);

  settings.step_epochs = 3;
  settings.factor = 0.2;
  check_rate (&settings, 23, 0.5);
  check_rate (&settings, 24, 0.1);
  check_rate (&settings, 47, 0.1);
  check_rate (&settings, 48, 0.02);
}

/* Keras' PiecewiseConstantDecay ([23, 30], [0.5, 0.1, 0.02]). */
static void
test_boundaries (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_STEP);
  g_autoptr (GError) error = NULL;

  settings.n_boundaries = 2;
  settings.boundaries[0] = 23;
  settings.boundaries[1] = 30;
  settings.values[0] = 0.5;
  settings.values[1] = 0.1;
  settings.values[2] = 0.02;
  g_assert_true (nn_settings_check (&settings, NULL));
  check_rate (&settings, 0, 0.5);
  check_rate (&settings, 23, 0.5);
  check_rate (&settings, 24, 0.1);
  check_rate (&settings, 30, 0.1);
  check_rate (&settings, 31, 0.02);
  settings.boundaries[1] = 23;
  g_assert_false (nn_settings_check (&settings, &error));
  g_assert_nonnull (strstr (error->message, "Boundary 2 of the learning rate is 23"));
}

static void
test_exponential (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_EXPONENTIAL);

  settings.decay_rate = 0.25;
  check_rate (&settings, 80, 0.125);
  settings.decay_steps = 20;
  check_rate (&settings, 0, 0.5);
  check_rate (&settings, 10, 0.25);
  check_rate (&settings, 40, 0.5 / 16.0);
  settings.staircase = TRUE;
  check_rate (&settings, 19, 0.5);
  check_rate (&settings, 39, 0.125);
}

static void
test_cosine (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_COSINE);

  check_rate (&settings, 0, 0.5);
  check_rate (&settings, 40, 0.25);
  check_rate (&settings, 80, 0.0);
  settings.cosine_alpha = 0.1;
  settings.decay_steps = 30;
  check_rate (&settings, 10, 0.5 * (0.9 * 0.75 + 0.1));
  check_rate (&settings, 50, 0.05);

  /* From a low rate up to the target, and down again from there. */
  settings.learning_rate = 0.1;
  settings.warmup_target = 0.9;
  settings.warmup_steps = 8;
  check_rate (&settings, 0, 0.1);
  check_rate (&settings, 2, 0.3);
  check_rate (&settings, 8, 0.9);
  check_rate (&settings, 18, 0.9 * (0.9 * 0.75 + 0.1));
  check_rate (&settings, 38, 0.09);
  settings.cosine_alpha = 0.0;
  settings.decay_steps = 0;
  check_rate (&settings, 44, 0.45);
  check_rate (&settings, 80, 0.0);
}

static void
test_one_cycle (void)
{
  NnSettings settings = get_settings (NN_SCHEDULE_ONE_CYCLE);

  settings.pct_start = 0.2125;
  check_rate (&settings, 0, 0.02);
  check_rate (&settings, 8, 0.26);
  check_rate (&settings, 16, 0.5);
  check_rate (&settings, 79, 2e-6);
  settings.epochs = 1;
  settings.pct_start = 0.01;
  check_rate (&settings, 7, 2e-6);
}

/* The rates that Keras' ReduceLROnPlateau leaves after each of these losses, patience 2, cooldown 2. */
static void
test_plateau (void)
{
  const struct { double loss, rate; } epochs[] = {
    { 1.0, 0.5 }, { 0.995, 0.5 }, { 1.2, 0.05 }, { 1.0, 0.05 }, { 1.0, 0.05 }, { 1.0, 0.01 }, { 0.5, 0.01 }, { 0.5, 0.01 },
    { 0.5, 0.01 }, { 0.5, 0.01 },
  };
  NnSettings settings = get_settings (NN_SCHEDULE_PLATEAU);
  NnSchedule schedule;

  settings.patience = 2;
  settings.cooldown = 2;
  settings.min_delta = 0.01;
  settings.min_lr = 0.01;
  nn_schedule_init (&schedule, &settings, 8);
  g_assert_cmpfloat (nn_schedule_get_rate (&schedule, 0), ==, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (epochs); i++)
    {
      nn_schedule_end_epoch (&schedule, epochs[i].loss);
      g_assert_cmpfloat_with_epsilon (nn_schedule_get_rate (&schedule, 8 * i), epochs[i].rate, 1e-12);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/constant", test_constant);
  g_test_add_func ("/schedule/step", test_step);
  g_test_add_func ("/schedule/boundaries", test_boundaries);
  g_test_add_func ("/schedule/exponential", test_exponential);
  g_test_add_func ("/schedule/cosine", test_cosine);
  g_test_add_func ("/schedule/one-cycle", test_one_cycle);
  g_test_add_func ("/schedule/plateau", test_plateau);
  return g_test_run ();
}
