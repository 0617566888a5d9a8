/* test-missing.c: samples that are missing are counted, told and cut out
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-error.h"
#include "sig-missing.h"

#define N 40000 /* more than is looked at at a time */

/* Two channels in two segments with a gap of NaN between them, and holes here and there. */
static SigRecording *
make_recording (double rate_hz, const gint64 *holes, gsize n_holes)
{
  const SigSegment segments[] = { { 0, 20000 }, { 20100, N } };
  const char *const names[] = { "Cz", "Pz", NULL };
  float *samples = g_new0 (float, 2 * N);
  g_autoptr (SigRecording) plain = NULL;

  for (gint64 t = 20000; t < 20100; t++)
    samples[t] = samples[N + t] = NAN;
  for (gsize i = 0; i < n_holes; i++)
    samples[(i % 2 == 0 ? N : 0) + holes[i]] = i % 3 == 0 ? NAN : i % 3 == 1 ? INFINITY : -INFINITY;
  plain = sig_recording_new_take_samples ("holes", 2, N, rate_hz, names, NULL, samples);
  return sig_recording_with_segments (plain, segments, 2);
}

static void
test_count (void)
{
  const gint64 holes[] = { 700, 16384, 39999 };
  g_autoptr (SigRecording) none = make_recording (250, NULL, 0);
  g_autoptr (SigRecording) some = make_recording (250, holes, 3);
  g_autoptr (SigRecording) one = make_recording (0, holes, 1);
  SigMissing missing;
  g_autofree char *text = NULL;
  g_autofree char *single = NULL;

  g_assert_true (sig_missing_count (none, &missing, NULL));
  g_assert_cmpint (missing.count, ==, 0);
  g_assert_null (sig_missing_describe (&missing, none));

  g_assert_true (sig_missing_count (some, &missing, NULL));
  g_assert_cmpint (missing.count, ==, 3);
  text = sig_missing_describe (&missing, some);
  g_assert_cmpstr (text, ==, "3 samples are missing or not finite, the first in channel “Pz” at 2.800 s");

  g_assert_true (sig_missing_count (one, &missing, NULL));
  single = sig_missing_describe (&missing, one);
  g_assert_cmpstr (single, ==, "1 sample is missing or not finite, in channel “Pz” at step 700");
}

/* No step with a hole is left, no other one is lost, and borders stay. */
static void
test_cut (void)
{
  const gint64 holes[] = { 0, 16383, 16384, 20100, 30000, 30001, 39999 };
  const SigSegment expected[] = { { 1, 16383 }, { 16385, 20000 }, { 20101, 30000 }, { 30002, 39999 } };
  g_autoptr (SigRecording) recording = make_recording (250, holes, G_N_ELEMENTS (holes));
  g_autoptr (SigRecording) whole = make_recording (250, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigRecording) cut = sig_missing_cut (recording, &error);
  g_autoptr (SigRecording) same = sig_missing_cut (whole, &error);
  gsize n = 0;
  const SigSegment *segments = sig_recording_get_segments (cut, &n);

  g_assert_no_error (error);
  g_assert_cmpmem (segments, n * sizeof *segments, expected, sizeof expected);
  sig_recording_get_segments (same, &n);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_nothing_left (void)
{
  float *samples = g_new (float, 10);
  g_autoptr (SigRecording) recording = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 10; i++)
    samples[i] = NAN;
  recording = sig_recording_new_take_samples ("empty", 1, 10, 1, NULL, NULL, samples);
  g_assert_null (sig_missing_cut (recording, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "“empty” has no step"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/missing/count", test_count);
  g_test_add_func ("/missing/cut", test_cut);
  g_test_add_func ("/missing/nothing-left", test_nothing_left);
  return g_test_run ();
}
