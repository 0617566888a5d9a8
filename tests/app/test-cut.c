/* test-cut.c: what is held back, and the windows that are cut out of each part
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-cut.h"

#include "nn-error.h"

#include <math.h>

#define STEPS  10000
#define LENGTH 100

static SigRecording *
make_recording (void)
{
  return sig_recording_new_take_samples ("cut", 1, STEPS, 1, NULL, NULL, g_new0 (float, STEPS));
}

static gint64
count_held_back (const SigSplit *split)
{
  gsize n_blocks;
  const SigBlock *blocks = sig_split_get_blocks (split, &n_blocks);
  gint64 n = 0;

  for (gsize i = 0; i < n_blocks; i++)
    n += blocks[i].part == SIG_PART_VALIDATION ? blocks[i].end - blocks[i].start : 0;
  return n;
}

/* As the settings say: so much, and where. */
static void
test_split (void)
{
  g_autoptr (SigRecording) recording = make_recording ();
  NnSettings settings = nn_settings_default ();
  g_autoptr (SigSplit) usual = app_cut_split (recording, LENGTH, &settings, NULL);
  g_autoptr (SigSplit) last = NULL;
  g_autoptr (SigSplit) none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (count_held_back (usual), ==, STEPS / 5);
  g_assert_cmpint (sig_split_get_part (usual, STEPS / 5 - LENGTH), ==, SIG_PART_VALIDATION); /* the end of the first fifth */
  settings.validation_split = 0.5;
  settings.validation_blocks = 1;
  last = app_cut_split (recording, LENGTH, &settings, NULL);
  g_assert_cmpint (count_held_back (last), ==, STEPS / 2);
  g_assert_cmpint (sig_split_get_part (last, STEPS / 5 - LENGTH), ==, SIG_PART_TRAIN);
  none = app_cut_split (recording, STEPS, &settings, &error);
  g_assert_null (none);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
}

static void
test_windows (void)
{
  g_autoptr (SigRecording) recording = make_recording ();
  const NnSettings settings = nn_settings_default ();
  g_autoptr (SigSplit) split = app_cut_split (recording, LENGTH, &settings, NULL);
  AppCut cut = app_cut_default ();
  g_autoptr (SigWindows) usual = app_cut_get_windows (&cut, split, SIG_PART_TRAIN, LENGTH, NULL);
  g_autoptr (SigWindows) dense = NULL;
  g_autoptr (SigWindows) scored = NULL;

  g_assert_cmpint (sig_windows_get_start (usual, 1), ==, 30); /* 7850 steps in some 256 windows */
  cut.hop = 10;
  dense = app_cut_get_windows (&cut, split, SIG_PART_TRAIN, LENGTH, NULL);
  scored = app_cut_get_windows (&cut, split, SIG_PART_VALIDATION, LENGTH, NULL);
  g_assert_cmpint (sig_windows_get_start (dense, 1), ==, 10);
  g_assert_cmpint (sig_windows_get_start (scored, 1) - sig_windows_get_start (scored, 0), ==, LENGTH / 4);
}

static void
test_check (void)
{
  AppCut cut = app_cut_default ();
  g_autoptr (GError) error = NULL;

  g_assert_true (app_cut_check (&cut, NULL));
  cut.hop = -1;
  g_assert_false (app_cut_check (&cut, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_RANGE);
}

/* A step without a sample keeps training from beginning, or counts as the mean, or is left out. */
static void
test_settle (void)
{
  float *samples = g_new0 (float, STEPS);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (SigRecording) whole = NULL;
  g_autoptr (SigRecording) without = NULL;
  g_autoptr (GError) error = NULL;
  const SigMissing none = { 0 }, found = { .count = 1, .step = 5000 };
  AppCut cut = app_cut_default ();
  gsize n_segments;

  samples[5000] = NAN;
  recording = sig_recording_new_take_samples ("holes", 1, STEPS, 1, NULL, NULL, samples);
  g_assert_true (app_cut_check_missing (&cut, recording, &none, &error));
  g_assert_false (app_cut_check_missing (&cut, recording, &found, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  cut.missing = APP_MISSING_MEAN;
  g_assert_true (app_cut_check_missing (&cut, recording, &found, NULL));
  whole = app_cut_settle (&cut, recording, NULL);
  g_assert_true (whole == recording);
  cut.missing = APP_MISSING_LEAVE_OUT;
  without = app_cut_settle (&cut, recording, NULL);
  sig_recording_get_segments (without, &n_segments);
  g_assert_cmpuint (n_segments, ==, 2);
}

static void
test_names (void)
{
  AppMissing found;

  for (AppMissing way = APP_MISSING_REFUSE; way <= APP_MISSING_LEAVE_OUT; way++)
    {
      g_assert_true (app_missing_parse (app_missing_get_name (way), &found));
      g_assert_cmpint (found, ==, way);
    }
  g_assert_false (app_missing_parse ("guess", &found));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cut/split", test_split);
  g_test_add_func ("/cut/windows", test_windows);
  g_test_add_func ("/cut/check", test_check);
  g_test_add_func ("/cut/settle", test_settle);
  g_test_add_func ("/cut/names", test_names);
  return g_test_run ();
}
