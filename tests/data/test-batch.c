/* test-batch.c: what the core gets for a window
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-batch.h"
#include "sig-error.h"

#define N_STEPS 100

static gboolean
read_ramp (gpointer source,
           guint    channel,
           gint64   start,
           gint64   n,
           float   *out,
           GError **error)
{
  if (start + n > 70)
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The file shrank");
      return FALSE;
    }
  for (gint64 i = 0; i < n; i++)
    out[i] = 1000 * channel + start + i;
  return TRUE;
}

static void
check_window (const SigRecording *recording)
{
  const char *const names[] = { "a", "b" };
  const SigSpan spans[] = { { 22, 25, 1 }, { 25, 28, SIG_DONT_KNOW } }; /* which carries no loss, as what is unlabelled */
  const double means[] = { 0, 1000, 2000 }, deviations[] = { 1, 1, 2 };
  g_autoptr (SigLabels) labels = sig_labels_new (N_STEPS, spans, 2, names, 2);
  g_autoptr (SigWindows) windows = sig_windows_new (recording, 0, N_STEPS, 10, 20);
  g_autoptr (SigNorm) norm = sig_norm_new (3, means, deviations);
  g_autoptr (SigBatch) batch = sig_batch_new (recording, labels, windows, norm);
  const NnBatchSource *source = sig_batch_get_source (batch);
  g_autoptr (GError) error = NULL;
  float x[31] = { 0 };
  gint32 y[10];

  g_assert_cmpint (source->n_windows, ==, 5);
  g_assert_cmpint (source->n_steps, ==, 10);
  g_assert_cmpint (source->n_channels, ==, 3);
  g_assert_cmpint (source->n_classes, ==, 2);

  x[30] = 99;
  g_assert_true (source->fill (source->user_data, 1, x, y, &error));
  g_assert_no_error (error);
  for (int t = 0; t < 10; t++)
    {
      g_assert_cmpfloat (x[3 * t], ==, 20 + t);
      g_assert_cmpfloat (x[3 * t + 1], ==, 20 + t);
      g_assert_cmpfloat (x[3 * t + 2], ==, (20 + t) / 2.0);
      g_assert_cmpint (y[t], ==, t >= 2 && t < 5 ? 1 : SIG_UNLABELLED);
    }
  g_assert_cmpfloat (x[30], ==, 99);
  g_assert_true (source->fill (source->user_data, 2, x, NULL, &error));
}

static void
test_memory (void)
{
  float *samples = g_new (float, 3 * N_STEPS);
  g_autoptr (SigRecording) recording = NULL;

  for (int i = 0; i < 3 * N_STEPS; i++)
    samples[i] = 1000 * (i / N_STEPS) + i % N_STEPS;
  recording = sig_recording_new_take_samples ("m", 3, N_STEPS, 1, NULL, NULL, samples);
  check_window (recording);
}

static void
test_file (void)
{
  const double means[] = { 0, 0, 0 }, deviations[] = { 1, 1, 1 };
  g_autoptr (SigRecording) recording = sig_recording_new_from_source ("f", 3, N_STEPS, 1, NULL, NULL, read_ramp, NULL, NULL);
  g_autoptr (SigWindows) windows = sig_windows_new (recording, 0, N_STEPS, 10, 20);
  g_autoptr (SigNorm) norm = sig_norm_new (3, means, deviations);
  g_autoptr (SigBatch) batch = sig_batch_new (recording, NULL, windows, norm);
  const NnBatchSource *source = sig_batch_get_source (batch);
  g_autoptr (GError) error = NULL;
  float x[30];
  gint32 y[10];

  check_window (recording);

  g_assert_cmpint (source->n_classes, ==, 0);
  g_assert_true (source->fill (source->user_data, 0, x, y, &error));
  g_assert_cmpint (y[9], ==, SIG_UNLABELLED);
  g_assert_false (source->fill (source->user_data, 4, x, y, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/batch/memory", test_memory);
  g_test_add_func ("/batch/file", test_file);
  return g_test_run ();
}
