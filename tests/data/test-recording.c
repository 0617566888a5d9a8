/* test-recording.c: headers, names, sources and sharing of a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-recording.h"

static SigRecording *
make_ramp (guint  n_channels,
           gint64 n_steps,
           double rate_hz)
{
  float *samples = g_new (float, n_channels * n_steps);

  for (guint c = 0; c < n_channels; c++)
    for (gint64 i = 0; i < n_steps; i++)
      samples[c * n_steps + i] = 1000 * c + i;
  return sig_recording_new_take_samples ("ramp", n_channels, n_steps, rate_hz, NULL, NULL, samples);
}

static void
test_header (void)
{
  const char *const names[] = { "Cz", " Fp1 ", "Cz", NULL, "", "Cz (2)" };
  const char *const units[] = { "µV", NULL, NULL, NULL, "g", NULL };
  const char *const others[] = { "a", "a", "b", "c", "d", "e" };
  const char *const notes[] = { "declares 9, 6 present", NULL };
  g_autoptr (SigRecording) ramp = NULL;
  g_autoptr (SigRecording) renamed = NULL;
  g_autoptr (SigRecording) noted = NULL;
  g_autoptr (SigRecording) paged = NULL;

  ramp = sig_recording_new_take_samples ("a\xff", 6, 1, 250, names, units, g_new0 (float, 6));
  g_assert_true (g_utf8_validate (sig_recording_get_title (ramp), -1, NULL));
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 0), ==, "Cz");
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 1), ==, "Fp1");
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 2), ==, "Cz (2)");
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 3), ==, "Ch 4");
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 4), ==, "Ch 5");
  g_assert_cmpstr (sig_recording_get_channel_name (ramp, 5), ==, "Cz (2) (2)");
  g_assert_cmpstr (sig_recording_get_channel_unit (ramp, 0), ==, "µV");
  g_assert_cmpstr (sig_recording_get_channel_unit (ramp, 1), ==, "");
  g_assert_null (sig_recording_get_notes (ramp)[0]);

  renamed = sig_recording_with_names (ramp, others);
  g_assert_cmpstr (sig_recording_get_channel_name (renamed, 0), ==, "a");
  g_assert_cmpstr (sig_recording_get_channel_name (renamed, 1), ==, "a (2)");
  g_assert_cmpstr (sig_recording_get_channel_unit (renamed, 0), ==, "µV");

  noted = sig_recording_with_notes (ramp, notes);
  paged = sig_recording_with_page (noted, 1);
  g_assert_cmpstr (sig_recording_get_notes (paged)[0], ==, notes[0]);
  g_assert_cmpint (sig_recording_get_page (paged), ==, 1);
  g_assert_cmpint (sig_recording_get_page (noted), ==, 0);
  g_assert_true (sig_recording_peek_channel (paged, 3) == sig_recording_peek_channel (ramp, 3));
}

static void
test_rate (void)
{
  g_autoptr (SigRecording) with = make_ramp (1, 4, 128);
  g_autoptr (SigRecording) without = make_ramp (1, 4, 0);

  g_assert_true (sig_recording_has_rate (with));
  g_assert_cmpfloat (sig_recording_get_rate_hz (with), ==, 128);
  g_assert_false (sig_recording_has_rate (without));
  g_assert_cmpfloat (sig_recording_get_rate_hz (without), ==, 1);
}

static void
test_memory (void)
{
  g_autoptr (SigRecording) ramp = make_ramp (3, 100, 1);
  float out[10];

  g_assert_true (sig_recording_read (ramp, 2, 90, 10, out, NULL));
  for (int i = 0; i < 10; i++)
    g_assert_cmpfloat (out[i], ==, 2090 + i);
  g_assert_true (sig_recording_read (ramp, 0, 100, 0, NULL, NULL));
}

typedef struct
{
  int n_freed;
  gint64 end; /* reading past it fails, as in a file that shrank */
} Source;

static gboolean
read_source (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  Source *self = source;

  if (start + n > self->end)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The file ends at step %" G_GINT64_FORMAT, self->end);
      return FALSE;
    }
  for (gint64 i = 0; i < n; i++)
    out[i] = 10 * channel + start + i;
  return TRUE;
}

static void
free_source (gpointer source)
{
  ((Source *) source)->n_freed++;
}

static void
test_source (void)
{
  Source source = { 0, 50 };
  SigRecording *first = NULL;
  SigRecording *second = NULL;
  g_autoptr (GError) error = NULL;
  float out[4];

  first = sig_recording_new_from_source ("s", 2, 100, 0, NULL, NULL, read_source, &source, free_source);
  second = sig_recording_with_page (first, 10);
  sig_recording_unref (first);
  g_assert_cmpint (source.n_freed, ==, 0);

  g_assert_null (sig_recording_peek_channel (second, 0));
  g_assert_true (sig_recording_read (second, 1, 5, 4, out, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (out[3], ==, 18);
  g_assert_false (sig_recording_read (second, 1, 48, 4, out, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);

  sig_recording_unref (second);
  g_assert_cmpint (source.n_freed, ==, 1);
}

static gboolean
is_start (const SigRecording *recording,
          gint64              step)
{
  gsize n;
  const SigSegment *segments = sig_recording_get_segments (recording, &n);

  for (gsize i = 0; i < n; i++)
    if (segments[i].start == step)
      return TRUE;
  return FALSE;
}

static void
test_times (void)
{
  const SigSegment segments[] = { { 0, 40 }, { 40, 60 }, { 75, 100 } };
  g_autoptr (SigRecording) plain = make_ramp (1, 100, 10);
  g_autoptr (SigRecording) started = sig_recording_with_start (plain, G_GINT64_CONSTANT (609292800000000));
  g_autoptr (SigRecording) parted = sig_recording_with_segments (started, segments, G_N_ELEMENTS (segments));
  g_autoptr (SigRecording) paged = sig_recording_with_page (parted, 22);
  const SigSegment *found = NULL;
  gsize n = 0;

  g_assert_cmpint (sig_recording_get_start_us (plain), ==, SIG_START_UNKNOWN);
  found = sig_recording_get_segments (plain, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (found[0].end, ==, 100);
  g_assert_cmpint (sig_recording_get_longest_run (plain), ==, 100);

  g_assert_cmpint (sig_recording_get_start_us (parted), ==, G_GINT64_CONSTANT (609292800000000));
  found = sig_recording_get_segments (parted, &n);
  g_assert_cmpmem (found, n * sizeof *found, segments, sizeof segments);
  g_assert_cmpint (sig_recording_get_longest_run (parted), ==, 40);
  for (gint64 t = 0; t < 100; t++)
    g_assert_cmpuint (sig_recording_find_segment (parted, t), ==, t < 40 ? 0 : t < 60 ? 1 : 2);
  g_assert_cmpuint (sig_recording_find_segment (parted, 100), ==, 3);
  for (gint64 t = -1, next = 0; t < 100; t++)
    {
      while (next <= t || (next < 100 && next != 0 && !is_start (parted, next)))
        next++;
      g_assert_cmpint (sig_recording_find_break (parted, t), ==, next);
    }
  g_assert_cmpint (sig_recording_get_longest_run (paged), ==, 22);
}

/* Made of another one's samples: all that its header says, but for channels that are not asked for. */
static void
test_like (void)
{
  static const char *const names[] = { "a", "b", "c" }, *const units[] = { "mV", "g", NULL };
  static const char *const notes[] = { "mended", NULL };
  const SigSegment segments[] = { { 0, 40 }, { 60, 100 } };
  const SigPace paces[] = { { 1, 1 }, { 1, 2 }, { 1, 1 } };
  const guint channels[] = { 2, 0 };
  Source source = { 0, 100 };
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("r", 3, 100, 0, names, units, g_new0 (float, 300));
  g_autoptr (SigRecording) noted = sig_recording_with_notes (plain, notes);
  g_autoptr (SigRecording) started = sig_recording_with_start (noted, 1000);
  g_autoptr (SigRecording) parted = sig_recording_with_segments (started, segments, 2);
  g_autoptr (SigRecording) paged = sig_recording_with_page (parted, 22);
  g_autoptr (SigRecording) other = sig_recording_with_paces (paged, paces);
  g_autoptr (SigRecording) some = sig_recording_like_take_samples (other, channels, 2, g_new0 (float, 200));
  SigRecording *all = sig_recording_like_from_source (other, NULL, 3, read_source, &source, free_source);
  const SigSegment *found;
  gsize n;
  float value;

  g_assert_cmpuint (sig_recording_get_n_channels (some), ==, 2);
  g_assert_cmpstr (sig_recording_get_channel_name (some, 0), ==, "c");
  g_assert_cmpstr (sig_recording_get_channel_unit (some, 1), ==, "mV");
  g_assert_cmpstr (sig_recording_get_title (some), ==, "r");
  g_assert_cmpstr (sig_recording_get_notes (some)[0], ==, "mended");
  g_assert_cmpint (sig_recording_get_start_us (some), ==, 1000);
  g_assert_false (sig_recording_has_rate (some));
  found = sig_recording_get_segments (some, &n);
  g_assert_cmpmem (found, n * sizeof *found, segments, sizeof segments);
  g_assert_cmpint (sig_recording_get_page (some), ==, 22);

  g_assert_cmpint (sig_recording_get_pace (all, 1).of, ==, 1);
  g_assert_true (sig_recording_read (all, 1, 7, 1, &value, NULL));
  g_assert_cmpfloat (value, ==, 17);
  sig_recording_unref (all);
  g_assert_cmpint (source.n_freed, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/header", test_header);
  g_test_add_func ("/recording/rate", test_rate);
  g_test_add_func ("/recording/memory", test_memory);
  g_test_add_func ("/recording/source", test_source);
  g_test_add_func ("/recording/times", test_times);
  g_test_add_func ("/recording/like", test_like);
  return g_test_run ();
}
