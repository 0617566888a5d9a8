/* test-rates.c: slower channels are held, follow straight lines, or are left out, and a note says which
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-derive.h"
#include "sig.h"

#define N 60

/* Three paces: every step, 2 samples in 5 steps, 1 in 10. Two segments, steps 10 - 30 and 33 - 60. */
static const SigPace paces[] = { { 1, 1 }, { 2, 5 }, { 1, 10 } };
static const SigSegment segments[] = { { 10, 30 }, { 33, 60 } };

/* Sample s of a channel in a segment. */
static float
sample_at (guint channel, guint segment, gint64 s)
{
  return (float) (1000 * segment + 100 * channel + s * s);
}

/* What a reader gives: each sample held, gaps without a number. */
static gboolean
read_held (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error)
{
  for (gint64 t = start; t < start + n; t++)
    {
      out[t - start] = NAN;
      for (guint i = 0; i < 2; i++)
        if (t >= segments[i].start && t < segments[i].end)
          out[t - start] = sample_at (channel, i, (t - segments[i].start) * paces[channel].n / paces[channel].of);
    }
  return TRUE;
}

static SigRecording *
make_recording (gboolean in_memory)
{
  static const char *const names[] = { "EEG", "EMG", "Temp" };
  static const char *const units[] = { "µV", "mV", "°C" };
  static const char *const notes[] = { "Another note.",
                                       "The channels have several rates. All are shown at the highest, 50 Hz; the "
                                       "samples of slower ones are held: EMG (20 Hz), Temp (5 Hz).", NULL };
  g_autofree float *samples = g_new (float, 3 * N);

  for (guint c = 0; c < 3; c++)
    read_held (NULL, c, 0, N, samples + c * N, NULL);

  g_autoptr (SigRecording) plain
      = in_memory ? sig_recording_new_take_samples ("r", 3, N, 50, names, units, g_steal_pointer (&samples))
                  : sig_recording_new_from_source ("r", 3, N, 50, names, units, read_held, NULL, NULL);
  g_autoptr (SigRecording) parted = sig_recording_with_segments (plain, segments, 2);
  g_autoptr (SigRecording) noted = sig_recording_with_notes (parted, notes);

  return sig_recording_with_paces (noted, paces);
}

static float
read_one (const SigRecording *recording, guint channel, gint64 step)
{
  g_autoptr (GError) error = NULL;
  float value = 0;

  g_assert_true (sig_recording_read (recording, channel, step, 1, &value, &error));
  g_assert_no_error (error);
  return value;
}

/* At the samples themselves what was measured, between them the line, after the last one of a segment that one. */
static double
expected (guint channel, gint64 step)
{
  for (guint i = 0; i < 2; i++)
    if (step >= segments[i].start && step < segments[i].end)
      {
        double place = (double) (step - segments[i].start) * (double) paces[channel].n / (double) paces[channel].of;
        gint64 length = segments[i].end - segments[i].start;
        gint64 last = (length - 1) * paces[channel].n / paces[channel].of, s = (gint64) floor (place);
        double from = sample_at (channel, i, s), to = sample_at (channel, i, MIN (s + 1, last));

        return from + (to - from) * (place - (double) s);
      }
  return (double) NAN;
}

static void
test_linear (void)
{
  for (guint in_memory = 0; in_memory < 2; in_memory++)
    {
      g_autoptr (SigRecording) held = make_recording (in_memory);
      g_autoptr (GError) error = NULL;
      g_autoptr (SigRecording) linear = sig_rates_apply (held, SIG_RATES_LINEAR, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (sig_recording_get_n_channels (linear), ==, 3);
      g_assert_cmpint (sig_recording_peek_channel (linear, 0) != NULL, ==, in_memory);
      for (guint c = 0; c < 3; c++)
        for (gint64 t = 0; t < N; t++)
          {
            float whole[N];

            /* Alone, and in the middle of a longer read. */
            if (isnan (expected (c, t)))
              g_assert_true (isnan (read_one (linear, c, t)));
            else
              g_assert_cmpfloat_with_epsilon (read_one (linear, c, t), expected (c, t), 1e-3);
            g_assert_true (sig_recording_read (linear, c, t / 2, N - t / 2, whole, &error));
            g_assert_cmpmem (&whole[t - t / 2], sizeof (float), &(float) { read_one (linear, c, t) }, sizeof (float));
          }
      g_assert_false (sig_rates_is_mixed (linear));
      g_assert_cmpstr (sig_recording_get_notes (linear)[0], ==, "Another note.");
      g_assert_nonnull (strstr (sig_recording_get_notes (linear)[1],
                                "straight lines between their samples: EMG (20 Hz), Temp (5 Hz)"));
      g_assert_null (sig_recording_get_notes (linear)[2]);
    }
}

static void
test_leave_out (void)
{
  g_autoptr (SigRecording) held = make_recording (FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigRecording) rest = sig_rates_apply (held, SIG_RATES_LEAVE_OUT, &error);
  gsize n_segments;

  g_assert_no_error (error);
  g_assert_cmpuint (sig_recording_get_n_channels (rest), ==, 1);
  g_assert_cmpstr (sig_recording_get_channel_name (rest, 0), ==, "EEG");
  g_assert_cmpstr (sig_recording_get_channel_unit (rest, 0), ==, "µV");
  g_assert_cmpfloat (read_one (rest, 0, 40), ==, sample_at (0, 1, 7));
  g_assert_cmpint (sig_recording_get_segments (rest, &n_segments)[1].start, ==, 33);
  g_assert_nonnull (strstr (sig_recording_get_notes (rest)[1], "slower than 50 Hz were left out: EMG"));
}

/* Nothing to do gives the same; a recording of slow channels only would have none. */
static void
test_nothing (void)
{
  g_autoptr (SigRecording) held = make_recording (TRUE);
  g_autoptr (SigRecording) same = sig_rates_apply (held, SIG_RATES_HOLD, NULL);
  g_auto (SigContent) rest = { 0 };
  g_autoptr (GError) error = NULL;

  for (SigRatesRule rule = SIG_RATES_HOLD; rule <= SIG_RATES_LEAVE_OUT; rule++)
    {
      SigRatesRule parsed = SIG_RATES_HOLD;

      g_assert_true (sig_rates_parse (sig_rates_get_name (rule), &parsed));
      g_assert_cmpint (parsed, ==, rule);
    }
  g_assert_false (sig_rates_parse ("Linear", &(SigRatesRule) { 0 }));
  g_assert_true (same == held);
  g_assert_true (sig_rates_is_mixed (held));

  g_autoptr (SigRecording) slow = sig_derive_subset (held, (const guint[]) { 2, 1 }, 2, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sig_recording_get_channel_name (slow, 0), ==, "Temp");
  g_assert_cmpint (sig_recording_get_pace (slow, 1).of, ==, 5);
  g_assert_null (sig_rates_apply (slow, SIG_RATES_LEAVE_OUT, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "none would be left"));
}

/* Channels keep their paces where a label channel was taken away, and where recordings of the same paces were joined. */
static void
test_kept (void)
{
  g_autoptr (SigRecording) held = make_recording (TRUE);
  g_autoptr (SigRecording) even = sig_recording_with_paces (held, (const SigPace[]) { { 1, 1 }, { 1, 1 }, { 1, 10 } });
  const SigContent parts[] = { { held, NULL }, { even, NULL } };
  g_auto (SigContent) joined = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_set_join (parts, 2, SIG_SET_ASK, &joined, &error));
  g_assert_cmpint (sig_recording_get_pace (joined.recording, 1).of, ==, 1);
  g_assert_cmpint (sig_recording_get_pace (joined.recording, 2).of, ==, 10);

  g_autoptr (SigRecording) linear = sig_rates_apply (joined.recording, SIG_RATES_LINEAR, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (read_one (linear, 2, N + 17), expected (2, 17), 1e-3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rates/linear", test_linear);
  g_test_add_func ("/rates/leave-out", test_leave_out);
  g_test_add_func ("/rates/nothing", test_nothing);
  g_test_add_func ("/rates/kept", test_kept);
  return g_test_run ();
}
