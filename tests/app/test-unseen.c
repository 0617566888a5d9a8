/* test-unseen.c: classes that are held back only are told, and what is offered shows them to training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-unseen.h"

#include "sig-label-edit.h"

#define STEPS  1000
#define LENGTH 20

static const char *const names[] = { "rest", "grasp", "walk" };
static const AppCut cut;

static SigRecording *
make_recording (void)
{
  return sig_recording_new_take_samples ("unseen", 1, STEPS, 1, NULL, NULL, g_new0 (float, STEPS));
}

static NnSettings
in_blocks (int n_blocks)
{
  NnSettings settings = nn_settings_default ();

  settings.validation_blocks = n_blocks;
  return settings;
}

/* The class at the very end of the recording is in the last fifth; in more blocks it begins before the last one. */
static void
test_found (void)
{
  const SigSpan spans[] = { { 0, 860, 0 }, { 860, STEPS, 1 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 2, names, 2);
  NnSettings settings = in_blocks (1);
  g_autoptr (GArray) problems = app_unseen_diagnose (recording, labels, LENGTH, &settings, &cut);
  g_autoptr (GArray) after = NULL;
  const NnProblem *problem = &g_array_index (problems, NnProblem, 0);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_cmpstr (problem->rule, ==, "D13");
  g_assert_cmpint (problem->severity, ==, NN_SEVERITY_WARNING);
  g_assert_cmpstr (problem->text, ==, "“grasp” occurs in the held-back part only (140 steps), so that it cannot be learnt.");

  /* With one class left there is nothing to tell apart: no merging. */
  g_assert_cmpuint (problem->n_repairs, ==, 1);
  g_assert_true (g_str_has_prefix (problem->repairs[0].sentence, "Hold back the ends of "));
  nn_setting_set (problem->repairs[0].setting, &settings, &problem->repairs[0].value);
  g_assert_cmpint (settings.validation_blocks, >, 1);
  after = app_unseen_diagnose (recording, labels, LENGTH, &settings, &cut);
  g_assert_cmpuint (after->len, ==, 0);
}

/* A step is in the training part, but in no window of it: windows are what is learnt from. */
static void
test_outside_windows (void)
{
  const AppCut far = { .hop = 400 };
  const SigSpan spans[] = { { 0, 100, 0 }, { 100, 120, 1 }, { 120, 800, 0 }, { 800, STEPS, 1 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 4, names, 2);
  const NnSettings settings = in_blocks (1);
  g_autoptr (GArray) dense = app_unseen_diagnose (recording, labels, LENGTH, &settings, &cut);
  g_autoptr (GArray) sparse = app_unseen_diagnose (recording, labels, LENGTH, &settings, &far);

  g_assert_cmpuint (dense->len, ==, 0);
  g_assert_cmpuint (sparse->len, ==, 1);
}

/* A single step at the end is held back however the recording is cut; it may be made one with what it stands beside first. */
static void
test_merge (void)
{
  const SigSpan spans[] = { { 0, 300, 1 }, { 300, STEPS - 1, 0 }, { STEPS - 1, STEPS, 2 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 3, names, 3);
  const NnSettings settings = in_blocks (5);
  g_autoptr (GArray) problems = app_unseen_diagnose (recording, labels, LENGTH, &settings, &cut);
  const NnProblem *problem = &g_array_index (problems, NnProblem, 0);

  g_assert_cmpuint (problems->len, ==, 1);
  g_assert_nonnull (strstr (problem->text, "(1 step)"));
  g_assert_cmpuint (problem->n_repairs, ==, 2);
  g_assert_cmpstr (problem->repairs[0].sentence, ==, "Merge “walk” into “rest”");
  g_assert_cmpstr (problem->repairs[1].sentence, ==, "Merge “walk” into “grasp”");
  for (guint i = 0; i < 2; i++)
    {
      const NnRepair *repair = &problem->repairs[i];
      g_autoptr (SigLabels) merged = sig_label_edit_without_class (labels, repair->klass, repair->into);
      g_autoptr (GArray) after = app_unseen_diagnose (recording, merged, LENGTH, &settings, &cut);

      g_assert_cmpuint (after->len, ==, 0);
    }
}

/* Where nothing is unseen, or nothing can be held back, there is nothing to tell. */
static void
test_nothing (void)
{
  const SigSpan spans[] = { { 0, 300, 1 }, { 300, STEPS, 0 } };
  g_autoptr (SigRecording) recording = make_recording ();
  g_autoptr (SigLabels) labels = sig_labels_new (STEPS, spans, 2, names, 2);
  const NnSettings settings = in_blocks (3);
  g_autoptr (GArray) seen = app_unseen_diagnose (recording, labels, LENGTH, &settings, &cut);
  g_autoptr (GArray) too_long = app_unseen_diagnose (recording, labels, STEPS, &settings, &cut);

  g_assert_cmpuint (seen->len, ==, 0);
  g_assert_cmpuint (too_long->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/unseen/found", test_found);
  g_test_add_func ("/unseen/outside-windows", test_outside_windows);
  g_test_add_func ("/unseen/merge", test_merge);
  g_test_add_func ("/unseen/nothing", test_nothing);
  return g_test_run ();
}
