/* test-text.c: the sentences of the status line, word by word, in any locale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-text.h"

#include "t-app.h"

#include <math.h>

static void
test_count (void)
{
  static const struct
  {
    gint64      n;
    const char *text;
  } cases[] = {
    { 0, "0" },
    { 999, "999" },
    { 1000, "1,000" },
    { 12481, "12,481" },
    { 1234567, "1,234,567" },
    { -999, "-999" },
    { -1000, "-1,000" },
    { G_MAXINT64, "9,223,372,036,854,775,807" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = app_text_count (cases[i].n);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_recording (void)
{
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigRecording) paged = sig_recording_with_page (sig_pyramid_get_recording (four), 100);
  g_autofree char *with_labels = app_text_recording (sig_pyramid_get_recording (demo), labels);
  g_autofree char *without = app_text_recording (sig_pyramid_get_recording (four), NULL);
  g_autofree char *windows = app_text_recording (paged, NULL);
  const SigSegment halves[] = { { 0, 500 }, { 500, 1000 } };
  g_autoptr (SigRecording) parted = sig_recording_with_segments (sig_pyramid_get_recording (four), halves, 2);
  g_autofree char *segments = app_text_recording (parted, NULL);

  g_assert_cmpstr (with_labels, ==, "16 channels × 4,000 steps at 250 Hz · 2 classes: rest, grasp");
  g_assert_cmpstr (without, ==, "4 channels × 1,000 steps at 1 Hz · no labels");
  g_assert_cmpstr (windows, ==, "4 channels × 1,000 steps at 1 Hz in windows of 100 · no labels");
  g_assert_cmpstr (segments, ==, "4 channels × 1,000 steps at 1 Hz in 2 segments · no labels");
}

static void
test_step (void)
{
  NnTrainStep step = { .epoch = 3, .epochs = 20, .running = { .loss = 0.41234 } };
  g_autofree char *text = app_text_step (&step);
  g_autofree char *unknown = NULL;

  g_assert_cmpstr (text, ==, "Epoch 3 of 20 · loss 0.412");
  step.running.loss = NAN;
  unknown = app_text_step (&step);
  g_assert_cmpstr (unknown, ==, "Epoch 3 of 20");
}

static void
test_score (void)
{
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  AppScore score = { .n_steps = 1000, .n_right = 951, .n_majority = 703, .majority = 0 };
  g_autofree char *text = app_text_score (&score, labels);
  g_autofree char *nothing = NULL;

  g_assert_cmpstr (text, ==, "Held-back part: 95.1 % of steps right (always “rest”: 70.3 %)");
  score = (AppScore) { .majority = SIG_UNLABELLED };
  nothing = app_text_score (&score, labels);
  g_assert_cmpstr (nothing, ==, "Held-back part: no labelled steps, so no score");
}

static void
test_result (void)
{
  NnTrainResult result = { .end = NN_TRAIN_FINISHED, .n_epochs = 20, .best_epoch = 17, .elapsed_s = 12.34 };
  g_autofree char *finished = app_text_result (&result);
  g_autofree char *stopped = NULL;

  g_assert_cmpstr (finished, ==, "20 epochs in 12.3 s, the best was epoch 17");
  result = (NnTrainResult) { .end = NN_TRAIN_STOPPED, .n_epochs = 1, .elapsed_s = 1, .reason = (char *) "Stopped." };
  stopped = app_text_result (&result);
  g_assert_cmpstr (stopped, ==, "1 epoch in 1.0 s. Stopped.");
}

static void
test_plan (void)
{
  g_autoptr (NnDesign) design = t_design (100, 16);
  NnContract labels = { 100, 2 };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  g_autofree char *plan = app_text_plan (check, 32, NULL);
  g_autofree char *size = g_format_size (nn_check_get_plan_bytes (check, 32));
  g_autofree char *expected = g_strdup_printf ("521 weights take %s to train", size);

  g_assert_cmpstr (plan, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/count", test_count);
  g_test_add_func ("/text/recording", test_recording);
  g_test_add_func ("/text/step", test_step);
  g_test_add_func ("/text/score", test_score);
  g_test_add_func ("/text/result", test_result);
  g_test_add_func ("/text/plan", test_plan);

  return g_test_run ();
}
