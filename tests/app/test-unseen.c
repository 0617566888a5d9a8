/* test-unseen.c: classes that are held back only are told, and the blocks that are found show them to training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-unseen.h"

#define STEPS  1000
#define LENGTH 20

static const char *const names[] = { "rest", "grasp" };

static SigRecording *
make_recording (void)
{
  return sig_recording_new_take_samples ("unseen", 1, STEPS, 1, NULL, NULL, g_new0 (float, STEPS));
}

/* The class at the very end of the recording is in the last fifth; in ten blocks it begins before the last one. */
static void
test_found (void)
{
  const SigSpan spans[] = { { 0, 860, 0 }, { 860, STEPS, 1 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 2, names, 2);
  AppCut cut = { 0, 0.2, 1 };
  g_autoptr (SigSplit) split = app_unseen_split (recording, LENGTH, &cut, NULL);
  g_auto (GStrv) unseen = app_unseen_describe (split, labels);
  g_autofree char *advice = app_unseen_advise (recording, labels, LENGTH, &cut);
  g_autoptr (SigSplit) other = NULL;
  g_auto (GStrv) after = NULL;

  g_assert_cmpuint (g_strv_length (unseen), ==, 1);
  g_assert_cmpstr (unseen[0], ==, "“grasp” occurs in the held-back part only (140 steps), so that it cannot be learnt");
  cut.validation_blocks = app_unseen_find_blocks (recording, labels, LENGTH, &cut);
  g_assert_cmpuint (cut.validation_blocks, >, 1);
  g_assert_true (g_str_has_prefix (advice, "Hold back parts of "));
  other = app_unseen_split (recording, LENGTH, &cut, NULL);
  after = app_unseen_describe (other, labels);
  g_assert_cmpuint (g_strv_length (after), ==, 0);
}

/* A single step at the end is held back however the recording is cut. */
static void
test_none (void)
{
  const SigSpan spans[] = { { 0, STEPS - 1, 0 }, { STEPS - 1, STEPS, 1 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 2, names, 2);
  const AppCut cut = { 0, 0.2, 5 };
  g_autoptr (SigSplit) split = app_unseen_split (recording, LENGTH, &cut, NULL);
  g_auto (GStrv) unseen = app_unseen_describe (split, labels);

  g_assert_nonnull (strstr (unseen[0], "(1 step)"));
  g_assert_cmpuint (app_unseen_find_blocks (recording, labels, LENGTH, &cut), ==, 0);
  g_assert_null (app_unseen_advise (recording, labels, LENGTH, &cut));
}

/* Where nothing is unseen the blocks stay as they are. */
static void
test_seen (void)
{
  const SigSpan spans[] = { { 0, 300, 1 }, { 300, STEPS, 0 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 2, names, 2);
  const AppCut cut = { 0, 0.2, 3 };

  g_assert_cmpuint (app_unseen_find_blocks (recording, labels, LENGTH, &cut), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unseen/found", test_found);
  g_test_add_func ("/unseen/none", test_none);
  g_test_add_func ("/unseen/seen", test_seen);
  return g_test_run ();
}
