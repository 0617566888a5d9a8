/* test-reader-split.c: a channel becomes labels, the others stay as they are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "fixture.h"

static gboolean
read_source (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error)
{
  for (gint64 t = 0; t < n; t++)
    out[t] = channel == 1 ? (float) ((start + t) / 10 % 3) : (float) (start + t + 1000 * channel);
  return TRUE;
}

static SigRecording *
make_recording (gboolean in_memory)
{
  static const char *const names[] = { "a", "LABEL", "b" };
  static const char *const units[] = { "mV", NULL, "g" };
  g_autofree float *samples = g_new (float, 3 * 100);

  if (!in_memory)
    return sig_recording_new_from_source ("r.wav", 3, 100, 50, names, units, read_source, NULL, NULL);
  for (guint c = 0; c < 3; c++)
    read_source (NULL, c, 0, 100, samples + 100 * c, NULL);
  return sig_recording_new_take_samples ("r.wav", 3, 100, 50, names, units, g_steal_pointer (&samples));
}

static void
test_split (void)
{
  for (int in_memory = 0; in_memory < 2; in_memory++)
    {
      g_autoptr (SigRecording) recording = make_recording (in_memory);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      float out[3];

      g_assert_true (sig_reader_split_channel (recording, 1, &content, &error));
      g_assert_no_error (error);
      g_clear_pointer (&recording, sig_recording_unref);
      g_assert_cmpuint (sig_recording_get_n_channels (content.recording), ==, 2);
      g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==, 50);
      g_assert_cmpstr (sig_recording_get_channel_name (content.recording, 1), ==, "b");
      g_assert_cmpstr (sig_recording_get_channel_unit (content.recording, 1), ==, "g");
      g_assert_cmpint (sig_recording_peek_channel (content.recording, 0) != NULL, ==, in_memory);
      g_assert_true (sig_recording_read (content.recording, 1, 97, 3, out, &error));
      g_assert_cmpfloat (out[2], ==, 2099);
      g_assert_cmpint (sig_labels_get_n_classes (content.labels), ==, 3);
      g_assert_cmpstr (sig_labels_get_name (content.labels, 2), ==, "2");
      g_assert_cmpint (sig_labels_get (content.labels, 25), ==, 2);
    }
}

/* Labels in a channel of 16-bit PCM come as k / 32768. */
static void
test_pcm (void)
{
  FixtureWav wav = FIXTURE_WAV;
  GByteArray *bytes = fixture_wav (&wav);

  for (int t = 0; t < 10; t++)
    {
      bytes->data[44 + 4 * t + 2] = t >= 5;
      bytes->data[44 + 4 * t + 3] = 0;
    }

  g_auto (FixtureResult) result = fixture_open ("a.wav", bytes);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_split_channel (result.content.recording, 1, &content, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sig_labels_get_n_classes (content.labels), ==, 2);
  g_assert_cmpstr (sig_labels_get_name (content.labels, 1), ==, "1");
  g_assert_cmpint (sig_labels_get (content.labels, 5), ==, 1);
}

static void
test_refused (void)
{
  g_autofree float *samples = g_new0 (float, 4);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  samples[2] = 0.25f;

  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("r", 1, 4, 0, NULL, NULL, g_steal_pointer (&samples));

  g_assert_false (sig_reader_split_channel (recording, 0, &content, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "r: channel “Ch 1”: holds 0.25 at step 2"));
  g_assert_null (content.labels);
}

static void
test_only_channel (void)
{
  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("r", 1, 4, 0, NULL, NULL, g_new0 (float, 4));
  g_auto (SigContent) content = { 0 };

  g_assert_true (sig_reader_split_channel (recording, 0, &content, NULL));
  g_assert_null (content.recording);
  g_assert_cmpint (sig_labels_get_n_classes (content.labels), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-split/split", test_split);
  g_test_add_func ("/reader-split/pcm", test_pcm);
  g_test_add_func ("/reader-split/refused", test_refused);
  g_test_add_func ("/reader-split/only-channel", test_only_channel);
  return g_test_run ();
}
