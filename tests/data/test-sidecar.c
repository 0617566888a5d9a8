/* test-sidecar.c: labels in files beside a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture-edf.h"
#include "spans.h"

/* The recording of 10 steps at 1000 Hz as `name`, with another file beside it. */
static void
assert_beside (const char *name, const char *beside, const void *content, gsize n, const char *spans, const char *note)
{
  const FixtureWav wav = FIXTURE_WAV;
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = fixture_wav (&wav);
  g_autofree char *path = fixture_write (folder, name, bytes->data, bytes->len);
  g_autofree char *other = fixture_write (folder, beside, content, n);
  g_auto (SigContent) opened = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (path, NULL, &opened, &error));
  g_assert_no_error (error);

  g_autofree char *text = spans_to_text (opened.labels);
  g_autofree char *notes = g_strjoinv (" ", (char **) sig_recording_get_notes (opened.recording));

  g_test_message ("%s beside %s: %s (%s)", beside, name, text, notes);
  g_assert_cmpstr (text, ==, spans);
  if (note == NULL)
    g_assert_cmpstr (notes, ==, "");
  else
    g_assert_nonnull (strstr (notes, note));
  fixture_remove (folder);
}

static void
test_text (void)
{
  static const char list[] = "onset,duration,label\n0.002,0.003,walk\n", track[] = "0.002\t0.005\twalk\n";

  assert_beside ("a.wav", "a.csv", list, strlen (list), "2-5:walk", "Labels were read from a.csv beside it");
  assert_beside ("a.wav", "a.tsv", list, strlen (list), "2-5:walk", "a.tsv");
  assert_beside ("s_eeg.wav", "s_events.tsv", list, strlen (list), "2-5:walk", "s_events.tsv");
  assert_beside ("s.wav", "s_events.tsv", list, strlen (list), "none", NULL);
  assert_beside ("a.wav", "a.txt", track, strlen (track), "2-5:walk", "a.txt");
  assert_beside ("a.wav", "a.txt", "some words\n", 11, "none", NULL);
  assert_beside ("a.wav", "a.csv", "onset,duration,label\n70,1,walk\n", 31, "none", "were not read: a.csv: no label lies inside");
}

/* A file of annotations is taken, one of a recording is not; Sleep-EDF has a name of its own for it. */
static void
test_annotations (void)
{
  static const char *const lists[] = { "+0\x14\x14~+0.002\x15" "0.003\x14walk\x14~" };
  FixtureEdf edf = { .kind = "EDF+C", .record_s = "0", .n_there = 1, .lists = lists,
                     .signals = { { .label = "EDF Annotations", .n = 20 } } };
  g_autoptr (GByteArray) labels = fixture_edf (&edf);
  g_autoptr (GByteArray) recording = NULL;

  assert_beside ("a.wav", "a.edf", labels->data, labels->len, "2-5:walk", "Labels were read from a.edf beside it");
  assert_beside ("SC4001E0-PSG.wav", "SC4001EC-Hypnogram.edf", labels->data, labels->len, "2-5:walk",
                 "Hypnogram.edf beside it");
  assert_beside ("SC4001E0-PSG.wav", "SC4002EC-Hypnogram.edf", labels->data, labels->len, "none", NULL);
  assert_beside ("-PSG.wav", "-Hypnogram.edf", labels->data, labels->len, "none", NULL);

  edf.record_s = "1";
  edf.signals[1] = (FixtureEdfSignal) { .label = "a", .n = 10 };
  recording = fixture_edf (&edf);
  assert_beside ("a.wav", "a.edf", recording->data, recording->len, "none", NULL);
}

/* An array is taken when it fits, and else it is another recording. */
static void
test_array (void)
{
  g_autoptr (GByteArray) classes = fixture_npy ("{'descr': '|i1', 'fortran_order': False, 'shape': (10,)}", 0);
  g_autoptr (GByteArray) other = fixture_npy ("{'descr': '|i1', 'fortran_order': False, 'shape': (5, 2)}", 10);

  g_byte_array_append (classes, (const guint8 *) "\0\0\0\1\1\1\1\0\0\0", 10);
  assert_beside ("a.wav", "a.npy", classes->data, classes->len, "0-3:0 3-7:1 7-10:0", "a.npy beside it");
  assert_beside ("a.wav", "a.npy", other->data, other->len, "none", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sidecar/text", test_text);
  g_test_add_func ("/sidecar/annotations", test_annotations);
  g_test_add_func ("/sidecar/array", test_array);
  return g_test_run ();
}
