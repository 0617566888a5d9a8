/* test-set.c: several recordings become one: channels by name, a break between them, classes united
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-set.h"

#include "sig-error.h"

#include <string.h>

/* A recording whose sample of step t in the channel named N is 100 · (N's first letter) + t, as the names say in "A B C". */
static SigRecording *
record (const char *title, const char *channels, gint64 n_steps, double rate_hz, const char *unit)
{
  g_auto (GStrv) names = channels != NULL ? g_strsplit (channels, ",", -1) : g_new0 (char *, 1);
  guint n = channels != NULL ? g_strv_length (names) : 2;
  g_autofree const char **units = g_new0 (const char *, n);
  float *samples = g_new (float, n * (gsize) n_steps);

  for (guint c = 0; c < n; c++)
    {
      units[c] = unit;
      for (gint64 t = 0; t < n_steps; t++)
        samples[c * n_steps + t] = (float) (100 * (channels != NULL ? g_strstrip (names[c])[0] & 31 : (int) c + 1) + t);
    }
  return sig_recording_new_take_samples (title, n, n_steps, rate_hz, channels != NULL ? (const char *const *) names : NULL, units,
                                         samples);
}

static SigLabels *
label (gint64 n_steps, const char *a, const char *b)
{
  const char *names[] = { a, b };
  SigSpan spans[] = { { 0, 2, 1 }, { 2, 3, SIG_DONT_KNOW }, { 3, 4, 0 } };

  return sig_labels_new (n_steps, spans, G_N_ELEMENTS (spans), names, 2);
}

static void
clear_parts (SigContent *parts, guint n)
{
  for (guint p = 0; p < n; p++)
    sig_content_clear (&parts[p]);
}

static float
sample (const SigRecording *recording, guint channel, gint64 step)
{
  float value;

  g_assert_true (sig_recording_read (recording, channel, step, 1, &value, NULL));
  return value;
}

static gboolean
has_note (const SigRecording *recording, const char *words)
{
  g_autofree char *notes = g_strjoinv ("\n", (char **) sig_recording_get_notes (recording));

  return strstr (notes, words) != NULL;
}

static void
test_join (void)
{
  SigContent parts[] = { { record ("a", "A,B,C", 5, 10, "mV"), label (5, "run", "Walk") },
                         { record ("b", "c, a ,B", 7, 0, "µV"), NULL },
                         { record ("c", "A,B,C", 4, 10, NULL), label (4, "walk", "run ") } };
  g_auto (SigContent) set = { 0 };
  g_autoptr (GError) error = NULL;
  float span[9];
  gsize n;

  g_assert_true (sig_set_join (parts, 3, SIG_SET_ASK, &set, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sig_recording_get_title (set.recording), ==, "3 recordings: a, b, c");
  g_assert_cmpuint (sig_recording_get_n_channels (set.recording), ==, 3);
  g_assert_cmpint (sig_recording_get_n_steps (set.recording), ==, 16);
  g_assert_cmpfloat (sig_recording_get_rate_hz (set.recording), ==, 10);
  g_assert_cmpstr (sig_recording_get_channel_unit (set.recording, 0), ==, "mV");

  /* Across both borders: the channel by its name, and in the unit of the first. */
  g_assert_true (sig_recording_read (set.recording, 2, 4, 9, span, &error));
  g_assert_cmpfloat (span[0], ==, 304);
  g_assert_cmpfloat_with_epsilon (span[1], 0.300, 1e-6);
  g_assert_cmpfloat_with_epsilon (span[7], 0.306, 1e-6);
  g_assert_cmpfloat (span[8], ==, 300);
  g_assert_cmpfloat_with_epsilon (sample (set.recording, 0, 5), 0.100, 1e-6);

  const SigSegment *segments = sig_recording_get_segments (set.recording, &n);

  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpint (segments[1].start, ==, 5);
  g_assert_cmpint (segments[1].end, ==, 12);

  g_assert_cmpint (sig_labels_get_n_classes (set.labels), ==, 3);
  g_assert_cmpstr (sig_labels_get_name (set.labels, sig_labels_get (set.labels, 0)), ==, "Walk");
  g_assert_cmpstr (sig_labels_get_name (set.labels, sig_labels_get (set.labels, 3)), ==, "run");
  g_assert_cmpstr (sig_labels_get_name (set.labels, sig_labels_get (set.labels, 12)), ==, "run");
  g_assert_cmpstr (sig_labels_get_name (set.labels, sig_labels_get (set.labels, 15)), ==, "walk");
  g_assert_cmpint (sig_labels_get (set.labels, 6), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (set.labels, 14), ==, SIG_DONT_KNOW);

  g_assert_true (has_note (set.recording, "The channels of “b” were put in order by their names."));
  g_assert_true (has_note (set.recording, "Voltages of “b” were brought to the unit of “a”."));
  g_assert_true (has_note (set.recording, "1 of the recordings do not say their rate: 10 Hz was assumed"));
  g_assert_true (has_note (set.recording, "differ only in spelling."));
  clear_parts (parts, 3);
  g_assert_cmpfloat (sample (set.recording, 0, 0), ==, 100);
}

static void
test_missing (void)
{
  SigContent parts[] = { { record ("a", "A,B,C", 5, 10, NULL), NULL }, { record ("b", "C,D,A", 7, 10, NULL), NULL } };
  g_auto (SigContent) set = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (sig_set_join (parts, 2, SIG_SET_ASK, &set, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNDECIDED);
  g_assert_cmpstr (error->message, ==,
                   "“a” and “b” do not have the same channels: B, D are not in both. 2 channels are in all.");
  g_assert_null (set.recording);
  g_assert_true (sig_set_join (parts, 2, SIG_SET_COMMON, &set, NULL));
  g_assert_cmpuint (sig_recording_get_n_channels (set.recording), ==, 2);
  g_assert_cmpfloat (sample (set.recording, 1, 5), ==, 300);
  g_assert_true (has_note (set.recording, "Left out, since not all recordings have them: B, D."));
  clear_parts (parts, 2);
}

static void
test_nameless (void)
{
  SigContent parts[] = { { record ("a", "A,B", 5, 10, NULL), NULL }, { record ("b", NULL, 7, 10, NULL), NULL } };
  g_auto (SigContent) set = { 0 };

  g_assert_true (sig_set_join (parts, 2, SIG_SET_ASK, &set, NULL));
  g_assert_cmpstr (sig_recording_get_channel_name (set.recording, 1), ==, "B");
  g_assert_cmpfloat (sample (set.recording, 1, 6), ==, 201);
  clear_parts (parts, 2);
}

static void
test_refused (void)
{
  SigContent rates[] = { { record ("a", "A", 5, 10, NULL), NULL }, { record ("b", "A", 7, 20, NULL), NULL } };
  SigContent strangers[] = { { record ("a", "A", 5, 10, NULL), NULL }, { record ("b", "B", 7, 10, NULL), NULL } };
  g_autoptr (SigRecording) bare = record ("b", "A", 8, 10, NULL);
  SigContent pages[] = { { record ("a", "A", 5, 10, NULL), NULL }, { sig_recording_with_page (bare, 4), NULL } };
  g_auto (SigContent) set = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (sig_set_join (rates, 2, SIG_SET_COMMON, &set, &error));
  g_assert_cmpstr (error->message, ==, "“a” has 10 Hz, “b” has 20 Hz; recordings of one set need the same rate");
  g_clear_error (&error);
  g_assert_false (sig_set_join (strangers, 2, SIG_SET_COMMON, &set, &error));
  g_assert_cmpstr (error->message, ==, "“a” and “b” have no channel in common");
  g_clear_error (&error);
  g_assert_false (sig_set_join (pages, 2, SIG_SET_COMMON, &set, &error));
  g_assert_cmpstr (error->message, ==,
                   "“a” holds one continuous recording, “b” windows of 4 steps; recordings of one set need to be alike in this");
  clear_parts (rates, 2);
  clear_parts (strangers, 2);
  clear_parts (pages, 2);
}

/* Thousands of small recordings are read as fast as one. */
static void
test_many (void)
{
  guint n = 3000;
  g_autofree SigContent *parts = g_new0 (SigContent, n);
  g_auto (SigContent) set = { 0 };
  g_autofree float *span = g_new (float, n * 4);

  for (guint p = 0; p < n; p++)
    parts[p].recording = record ("many", "A,B,C,D,E,F,G,H", 4, 10, NULL);
  g_assert_true (sig_set_join (parts, n, SIG_SET_ASK, &set, NULL));
  g_assert_true (sig_recording_read (set.recording, 7, 0, n * 4, span, NULL));
  for (guint t = 0; t < n * 4; t++)
    g_assert_cmpfloat (span[t], ==, (float) (800 + t % 4));
  clear_parts (parts, n);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/set/join", test_join);
  g_test_add_func ("/set/missing", test_missing);
  g_test_add_func ("/set/nameless", test_nameless);
  g_test_add_func ("/set/refused", test_refused);
  g_test_add_func ("/set/many", test_many);
  return g_test_run ();
}
