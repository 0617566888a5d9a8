/* test-run-refused.c: what keeps a run from beginning, or is said of it before it does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-run.h"

#include <string.h>

#define LENGTH 100

static NnDesign *design;

typedef struct
{
  guint       n_channels;
  gint64      n_steps;
  gint64      page;
  int         n_classes;     /* 0: labels of another length */
  gint64      hop;
  double      split;         /* 0: as usual */
  const char *words[3];      /* of the message */
} Misfit;

static void
test_misfits (void)
{
  const char *const names[] = { "a", "b", "c" };
  const Misfit misfits[] = {
    { 24, 1000, 0, 2, 0, 0, { "takes 16 channels", "has 24" } },
    { 16, 64, 0, 2, 0, 0, { "has 64 steps", "needs 100" } },
    { 16, 600, 60, 2, 0, 0, { "have 60 steps", "windows of 100" } },
    { 16, 150, 0, 2, 0, 0, { "150 steps", "225" } },
    { 16, 1000, 0, 0, 0, 0, { "labels cover 999 steps", "has 1000" } },
    { 16, 1000, 0, 1, 0, 0, { "1 class" } },
    { 16, 1000, 0, 3, 0, 0, { "3 classes" } }, /* the check's own words */
    { 16, 1000, 0, 2, -1, 0, { "hop is -1" } },
    { 16, 1000, 0, 2, 0, 0.6, { "Validation split is 0.6" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (misfits); i++)
    {
      const Misfit *misfit = &misfits[i];
      gint64 n = misfit->n_steps;
      g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("take", misfit->n_channels, n, 1, NULL, NULL,
                                                                              g_new0 (float, misfit->n_channels * n));
      g_autoptr (SigRecording) recording = sig_recording_with_page (plain, misfit->page);
      g_autofree gint32 *classes = g_new0 (gint32, n);
      g_autoptr (SigLabels) labels = NULL;
      g_autoptr (GError) error = NULL;
      NnSettings settings = nn_settings_default ();
      AppCut cut = app_cut_default ();

      cut.hop = misfit->hop;
      settings.validation_split = misfit->split > 0 ? misfit->split : settings.validation_split;
      labels = sig_labels_new_from_steps (classes, misfit->n_classes == 0 ? n - 1 : n, names,
                                          misfit->n_classes == 0 ? 2 : misfit->n_classes);
      g_assert_null (app_run_new (design, recording, labels, &settings, &cut, &error));
      g_assert_nonnull (error);
      for (guint w = 0; w < 3 && misfit->words[w] != NULL; w++)
        if (strstr (error->message, misfit->words[w]) == NULL)
          g_error ("“%s” does not say “%s”", error->message, misfit->words[w]);
    }
}

/* A run over 1,000 steps, of which the last 200 are held back, and in which spans are one of two classes. The first
 * `n_flat` numbers, channel by channel, are the same. */
static AppRun *
make_run (const SigSpan *spans, int n_flat)
{
  static const char *const names[] = { "rest", "grasp" };
  const AppCut cut = app_cut_default ();
  NnSettings settings = nn_settings_default ();
  float *samples = g_new (float, 16000);
  g_autoptr (SigLabels) labels = sig_labels_new (1000, spans, 2, names, 2);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (GError) error = NULL;
  AppRun *run;

  for (int i = 0; i < 16000; i++)
    samples[i] = i < n_flat ? 7 : i % 13;
  recording = sig_recording_new_take_samples ("take", 16, 1000, 1, NULL, NULL, samples);
  settings.validation_blocks = 1;
  run = app_run_new (design, recording, labels, &settings, &cut, &error);
  g_assert_no_error (error);
  return run;
}

static void
test_notes (void)
{
  const SigSpan spans[] = { { 0, 400, 0 }, { 400, 500, 1 } };
  g_autoptr (AppRun) run = make_run (spans, 1000);

  g_assert_nonnull (strstr (app_run_get_notes (run), "Ch 1."));
  g_assert_nonnull (strstr (app_run_get_notes (run), "held-back part"));
  g_assert_cmpint (app_run_get_n_windows (run, SIG_PART_VALIDATION), ==, 0);
}

/* A class that the held-back part alone has is told by name, and is no note. */
static void
test_unseen_class (void)
{
  const SigSpan spans[] = { { 0, 900, 0 }, { 900, 1000, 1 } };
  g_autoptr (AppRun) run = make_run (spans, 0);
  const NnProblem *problem;

  g_assert_cmpuint (app_run_get_problems (run)->len, ==, 1);
  problem = &g_array_index (app_run_get_problems (run), NnProblem, 0);
  g_assert_cmpstr (problem->rule, ==, "D13");
  g_assert_nonnull (strstr (problem->text, "“grasp” occurs in the held-back part only (100 steps)"));
  g_assert_null (app_run_get_notes (run));
}

static void
test_memory (void)
{
  g_autoptr (NnDesign) vast = t_run_make_design (2000000, 1024, 1);
  g_autoptr (NnCheck) small_check = nn_check_new (design, NULL);
  g_autoptr (NnCheck) vast_check = nn_check_new (vast, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (app_run_get_memory_limit (), >, 0);
  g_assert_true (app_run_check_memory (small_check, 32, &error));
  g_assert_false (app_run_check_memory (vast_check, 4096, &error));
  g_assert_error (error, NN_ERROR, NN_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "may be taken"));
}

static void
test_contract (void)
{
  static const char *const names[] = { "rest", "grasp" };
  const SigSpan span = { 0, 100, 1 };
  const NnSettings settings = nn_settings_default ();
  g_autoptr (SigLabels) labels = sig_labels_new (1000, &span, 1, names, 2);
  NnContract with = app_run_contract (labels, 400, &settings);
  NnContract without = app_run_contract (NULL, 400, &settings);

  g_assert_cmpint (with.n_steps, ==, 400);
  g_assert_cmpint (with.n_classes, ==, 2);
  g_assert_cmpint (without.n_classes, ==, 0);
}

static gint64 n_samples_read;

/* Reads a recording that is in memory as if it were in a file. */
static gboolean
read_other (gpointer source,
            guint    channel,
            gint64   start,
            gint64   n,
            float   *out,
            GError **error)
{
  n_samples_read += n;
  return sig_recording_read (source, channel, start, n, out, error);
}

/* Somebody who waits for a run. */
typedef struct
{
  int    n_asked, n_allowed;
  double told;
} Waiting;

static gboolean
should_stop (gpointer user_data)
{
  Waiting *self = user_data;

  return ++self->n_asked >= self->n_allowed;
}

static void
tell (gpointer   user_data,
      double     fraction)
{
  Waiting *self = user_data;

  g_assert_cmpfloat (fraction, >, self->told);
  self->told = fraction;
}

/* Preparing reads a whole file, once if it can, tells how far it is and is stopped at once; what it finds is what it finds in
 * memory. */
static void
test_stopped (void)
{
  enum { N_STEPS = 4000, N_CHANNELS = 16 };
  const AppMissing ways[] = { APP_MISSING_REFUSE, APP_MISSING_MEAN, APP_MISSING_LEAVE_OUT };
  const gint64 most_read[] = { N_STEPS * N_CHANNELS, N_STEPS * N_CHANNELS, 2 * N_STEPS * N_CHANNELS };
  const char *const names[] = { "a", "b" };
  NnSettings settings = nn_settings_default ();
  float *samples = g_new (float, N_STEPS * N_CHANNELS);
  g_autofree gint32 *classes = g_new (gint32, N_STEPS);
  g_autoptr (SigRecording) memory = NULL, file = NULL;
  g_autoptr (SigLabels) labels = NULL;

  for (int i = 0; i < N_STEPS * N_CHANNELS; i++)
    samples[i] = (float) (i * 7919 % 1000);
  for (int i = 0; i < N_STEPS; i++)
    classes[i] = i / 150 % 2;
  memory = sig_recording_new_take_samples ("take", N_CHANNELS, N_STEPS, 1, NULL, NULL, samples);
  file = sig_recording_like_from_source (memory, NULL, N_CHANNELS, read_other, memory, NULL);
  labels = sig_labels_new_from_steps (classes, N_STEPS, names, 2);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      AppCut cut = app_cut_default ();
      g_autoptr (AppRun) stopped = NULL, prepared = NULL, expected = NULL;
      g_autoptr (GError) error = NULL;
      Waiting hasty = { .n_allowed = 9 }, patient = { .n_allowed = G_MAXINT };
      AppRunHooks hooks = { should_stop, tell, &hasty };

      cut.missing = ways[i];
      stopped = app_run_new_with_hooks (design, file, labels, &settings, &cut, &hooks, &error);
      g_assert_null (stopped);
      g_assert_error (error, SIG_ERROR, SIG_ERROR_CANCELLED);
      g_assert_cmpint (hasty.n_asked, ==, 9);
      g_clear_error (&error);

      hooks.user_data = &patient;
      n_samples_read = 0;
      prepared = app_run_new_with_hooks (design, file, labels, &settings, &cut, &hooks, &error);
      g_assert_no_error (error);
      g_assert_cmpint (patient.n_asked, >, 20);
      g_assert_cmpint (n_samples_read, <=, most_read[i]);
      g_assert_cmpfloat (patient.told, ==, 1);
      expected = app_run_new (design, memory, labels, &settings, &cut, NULL);
      for (guint c = 0; c < N_CHANNELS; c++)
        g_assert_cmpfloat (sig_norm_get_mean (app_run_get_norm (prepared), c), ==,
                           sig_norm_get_mean (app_run_get_norm (expected), c));
      g_assert_cmpint (app_run_get_n_windows (prepared, SIG_PART_TRAIN), ==, app_run_get_n_windows (expected, SIG_PART_TRAIN));
    }
}

int
main (int    argc,
      char **argv)
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  design = t_run_make_design (LENGTH, 16, 1);
  g_test_add_func ("/run-refused/misfits", test_misfits);
  g_test_add_func ("/run-refused/stopped", test_stopped);
  g_test_add_func ("/run-refused/notes", test_notes);
  g_test_add_func ("/run-refused/unseen-class", test_unseen_class);
  g_test_add_func ("/run-refused/memory", test_memory);
  g_test_add_func ("/run-refused/contract", test_contract);
  status = g_test_run ();
  nn_design_unref (design);
  return status;
}
