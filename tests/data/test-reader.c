/* test-reader.c: files are known by what they hold; labels beside them, progress, and stopping
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"

/* Rows 2 to 4, and what people try. */
static void
test_content (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    const char *expected;
  } rows[] = {
    { "a.wav", "hello there\nthis is\n",
      "is not a WAV file (it starts with “hell”); it looks like text, but cannot be read as CSV either: has "
      "no column of numbers" },
    { "a.flac", "hello", "is not a FLAC file" },
    { "a.edf", "0       X X X X", "ends inside the header (15 bytes, need 256)" },
    { "a.bdf", "\xFF" "BIOSEMI", "ends inside the header (8 bytes, need 256)" },
    { "a.h5", "\x89HDF",
      "is an HDF5 file|WAV, RF64, W64, CAF, AIFF, AU, FLAC, Ogg, MP3, VOC, SPHERE, IRCAM, PAF, EDF, BDF, CSV, TSV, ARFF, "
      "NPY and NPZ are read" },
    { "a.h5", "\x89HDF\r\n\x1A\n", "is an HDF5 file" },
    { "a.mat", "MATLAB 5.0 MAT-file", "is a MATLAB file" },
    { "a.ogg", "OggS\x01\x02", "cannot be decoded as Ogg: none of its pages is whole" },
    { "a.mp3", "ID3\x04\x01", "cannot be decoded as MP3" },
    { "a.gz", "\x1F\x8B\x08", "is compressed with gzip" },
    { "a.png", "\x89PNG\r\n\x1A\n", "is a picture" },
    { "a.wav", "\x01\x02\x03\x04\x05\x06\x07\x08\x09", "is of no format that is known here" },
    { "a.ts", "# about\n@problemName Gun\n@timeStamps false\n@data\n1.5,2.5,3:1\n4,5,6:2\n", "a file of sktime or aeon" },
    { "a.txt", "0.5\t1.5\twalk\n2\t3\trest\n", "is a list of labels; open its recording first" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open_text (rows[i].name, rows[i].text);

      fixture_assert_refused (&result, rows[i].name, rows[i].expected);
    }
}

static void
test_extension (void)
{
  const FixtureWav wav = FIXTURE_WAV;
  g_auto (FixtureResult) sound = fixture_open ("a.flac", fixture_wav (&wav));
  g_auto (FixtureResult) unknown = fixture_open ("a.dat", fixture_wav (&wav));
  g_auto (FixtureResult) text = fixture_open_text ("a.npy", "a,b\n1.5,2\n3,4.5\n");

  fixture_assert_loaded (&sound, "By its content this is a WAV file");
  fixture_assert_loaded (&unknown, NULL);
  fixture_assert_loaded (&text, "By its content this is a text file");
}

static void
test_sidecar (void)
{
  const FixtureWav wav = FIXTURE_WAV;
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = fixture_wav (&wav);
  g_autofree char *path = fixture_write (folder, "take.1.wav", bytes->data, bytes->len);
  g_autofree char *other = fixture_write (folder, "take.txt", "0\t1\tno\n", 7);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_null (content.labels);
  sig_content_clear (&content);

  g_autofree char *labels = fixture_write (folder, "take.1.txt", "0.002\t0.005\twalk\n", 17);

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_nonnull (content.labels);
  g_assert_cmpint (sig_labels_get (content.labels, 2), ==, 0);
  g_assert_cmpint (sig_labels_get (content.labels, 5), ==, SIG_UNLABELLED);
  g_assert_cmpstr (sig_recording_get_notes (content.recording)[0], ==, "Labels were read from take.1.txt beside it.");
  sig_content_clear (&content);

  /* Labels that do not fit are told about; the recording opens all the same. */
  g_free (fixture_write (folder, "take.1.txt", "70\t80\twalk\n", 11));
  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_null (content.labels);
  g_assert_nonnull (strstr (sig_recording_get_notes (content.recording)[0],
                            "The labels beside it were not read: take.1.txt: no label lies inside"));
  sig_content_clear (&content);

  /* Other text beside it is none of our business. */
  g_free (fixture_write (folder, "take.1.txt", "Notes of the day.\n", 18));
  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_null (content.labels);
  g_assert_null (sig_recording_get_notes (content.recording)[0]);
  fixture_remove (folder);
}

/* What the hooks saw, and when they say stop. */
typedef struct
{
  int    n_reports;
  int    stop_after;
  double last;
} Watch;

static void
on_progress (gpointer user_data, double fraction)
{
  Watch *watch = user_data;

  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
  watch->n_reports++;
  watch->last = fraction;
}

static gboolean
on_should_stop (gpointer user_data)
{
  const Watch *watch = user_data;

  return watch->n_reports >= watch->stop_after;
}

static void
test_hooks (void)
{
  FixtureWav wav = FIXTURE_WAV;
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GString) text = g_string_new ("a,b\n");
  g_autoptr (GByteArray) bytes = NULL;

  wav.n_steps = 1000000;
  bytes = fixture_wav (&wav);
  for (int i = 0; i < 100000; i++)
    g_string_append (text, "1.5,2\n3,4.5\n");

  g_autofree char *sound = fixture_write (folder, "a.wav", bytes->data, bytes->len);
  g_autofree char *table = fixture_write (folder, "a.csv", text->str, text->len);
  const char *const paths[] = { sound, table };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      Watch watch = { .stop_after = G_MAXINT };
      SigReadHooks hooks = { on_progress, on_should_stop, &watch };
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (sig_reader_open (paths[i], &hooks, &content, &error));
      g_assert_no_error (error);
      g_assert_cmpint (watch.n_reports, >, 5);
      g_assert_cmpfloat (watch.last, >, 0.5);
      sig_content_clear (&content);
      for (int stop = 0; stop < 5; stop++)
        {
          watch = (Watch) { .stop_after = stop };
          g_assert_false (sig_reader_open (paths[i], &hooks, &content, &error));
          g_assert_error (error, SIG_ERROR, SIG_ERROR_CANCELLED);
          g_assert_null (content.recording);
          g_clear_error (&error);
        }
    }
  fixture_remove (folder);
}

static void
test_patterns (void)
{
  const char *const *patterns = sig_reader_get_patterns ();

  g_assert_true (g_strv_contains (patterns, "*.wav"));
  g_assert_true (g_strv_contains (patterns, "*.npy"));
  for (gsize i = 0; patterns[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (patterns[i], "*."));
}

/* Numbers whose bytes have few control characters among them are no text: they bring the import sheet. */
static void
test_numbers_like_text (void)
{
  GByteArray *unsigned_bytes = g_byte_array_new (), *latin = g_byte_array_new ();

  for (int i = 0; i < 2000; i++)
    fixture_put (unsigned_bytes, (guint64) (128 + i * 37 % 90 - 45), 1, FALSE);
  fixture_put_text (latin, "Kr\xE4" "fte,\xB5V\n1.5,2\n3,4.5\n");

  g_auto (FixtureResult) numbers = fixture_open ("a.raw", unsigned_bytes);
  g_auto (FixtureResult) text = fixture_open ("a.csv", latin);

  g_assert_error (numbers.error, SIG_ERROR, SIG_ERROR_UNDECIDED);
  fixture_assert_loaded (&text, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader/content", test_content);
  g_test_add_func ("/reader/extension", test_extension);
  g_test_add_func ("/reader/sidecar", test_sidecar);
  g_test_add_func ("/reader/hooks", test_hooks);
  g_test_add_func ("/reader/patterns", test_patterns);
  g_test_add_func ("/reader/numbers-like-text", test_numbers_like_text);
  return g_test_run ();
}
