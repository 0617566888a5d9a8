/* catalogue.c: rows of the catalogue of bad inputs that take more than bytes: long, many, vanishing
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "catalogue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "spans.h"

/* Bytes of memory that this process holds. */
static gint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  gint64 pages = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &pages, &resident);
  return resident * sysconf (_SC_PAGESIZE);
}

#define GIB        (G_GINT64_CONSTANT (1) << 30)
#define LONG_STEPS (10 * GIB / (16 * 4))

/* A header with ten gigabytes of nothing behind it. */
static char *
write_long (const char *folder, const char *name, const GByteArray *header)
{
  char *path = fixture_write (folder, name, header->data, header->len);

  if (truncate (path, (off_t) header->len + LONG_STEPS * 16 * 4) != 0)
    g_clear_pointer (&path, g_free);
  return path;
}

/* Opens it, reads at its start, middle and end; two seconds and 256 MiB are the bar. */
static void
assert_opens_long (const char *path)
{
  gint64 before = g_get_monotonic_time (), resident = resident_bytes ();
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  float values[1000];

  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_cmpint (sig_recording_get_n_steps (content.recording), ==, LONG_STEPS);
  for (int i = 0; i <= 10; i++)
    for (guint c = 0; c < 16; c++)
      g_assert_true (sig_recording_read (content.recording, c, (LONG_STEPS - 1000) / 10 * i, 1000, values, &error));

  double seconds = (double) (g_get_monotonic_time () - before) / 1e6;
  double mib = (double) (resident_bytes () - resident) / (1024 * 1024);

  g_test_message ("%s: %.3f s, %.1f MiB more", path, seconds, mib);
  g_assert_cmpfloat (seconds, <, 2.0 * fixture_slowness ());
  g_assert_cmpfloat (mib, <, 256.0);
}

/* Row 20: ten gigabytes. */
static void
test_long (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *dictionary
      = g_strdup_printf ("{'descr': '<f4', 'fortran_order': False, 'shape': (%" G_GINT64_FORMAT ", 16), }", LONG_STEPS);
  g_autoptr (GByteArray) npy = fixture_npy (dictionary, 0), wav = g_byte_array_new ();

  fixture_put_text (wav, "RF64");
  fixture_put (wav, 0xFFFFFFFF, 4, FALSE);
  fixture_put_text (wav, "WAVEds64");
  fixture_put (wav, 28, 4, FALSE);
  fixture_put (wav, (guint64) LONG_STEPS * 64 + 72, 8, FALSE);
  fixture_put (wav, (guint64) LONG_STEPS * 64, 8, FALSE);
  fixture_put (wav, (guint64) LONG_STEPS, 8, FALSE);
  fixture_put (wav, 0, 4, FALSE);
  fixture_put_chunk (wav, "fmt ", 16, "\3\0\20\0\372\0\0\0\200\76\0\0\100\0\40\0", 16);
  fixture_put_text (wav, "data");
  fixture_put (wav, 0xFFFFFFFF, 4, FALSE);

  g_autofree char *npy_path = write_long (folder, "long.npy", npy), *wav_path = write_long (folder, "long.wav", wav);

  if (npy_path == NULL || wav_path == NULL)
    g_test_skip ("the folder for temporary files holds no file of ten gigabytes, not even an empty one");
  else
    {
      assert_opens_long (npy_path);
      assert_opens_long (wav_path);
    }
  fixture_remove (folder);
}

/* Row 21: the longest file that the disk allows; no loop over what is not there. */
static void
test_longest (void)
{
  static const char *const names[] = { "a.csv", "a.wav", "a.txt" };
  static const char *const heads[] = { "a,b\n1.5,2\n3,4\n", "RIFF\xFF\xFF\xFF\xFFWAVE", "0.5\t1.5\twalk\n" };
  g_autofree char *folder = fixture_folder ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_write (folder, names[i], heads[i], strlen (heads[i]));
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 before = g_get_monotonic_time ();
      int bits = 62;

      while (truncate (path, (off_t) 1 << bits) != 0 && bits > 40)
        bits--;
      g_assert_false (sig_reader_open (path, NULL, &content, &error));
      g_test_message ("2^%d bytes: %s", bits, error->message);
      g_assert_true (g_str_has_prefix (error->message, names[i]));
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 1.0 * fixture_slowness ());
    }
  fixture_remove (folder);
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Row 23: a thousand short recordings that stay open hold no file open. */
static void
test_many_files (void)
{
  enum { N = 1000 };
  const FixtureWav wav = FIXTURE_WAV;
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = fixture_wav (&wav);
  g_autofree char *path = fixture_write (folder, "a.wav", bytes->data, bytes->len);
  g_autofree SigContent *contents = g_new0 (SigContent, N);
  guint before = count_descriptors ();

  for (int i = 0; i < N; i++)
    g_assert_true (sig_reader_open (path, NULL, &contents[i], NULL));
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
  for (int i = 0; i < N; i++)
    sig_content_clear (&contents[i]);
  fixture_remove (folder);
}

/* Rows 15 and 39. */
static void
test_vanishes (void)
{
  const FixtureWav wav = FIXTURE_WAV;
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GByteArray) bytes = fixture_wav (&wav);
  g_autofree char *path = fixture_write (folder, "a.wav", bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigFile) file = sig_file_open (path, &error);
  g_auto (SigReading) reading = { 0 };
  g_auto (SigContent) content = { 0 };

  /* Cut to half of its header between opening and reading. */
  g_assert_cmpint (truncate (path, 30), ==, 0);
  sig_reading_init (&reading, NULL);
  g_assert_false (sig_reader_open_file (file, &reading, &content, &error));
  g_assert_cmpstr (error->message, ==, "a.wav: changed on disk: it is shorter than when it was opened");
  g_assert_null (content.recording);
  fixture_remove (folder);
}

static void
test_hostile (void)
{
  g_autofree char *shared = fixture_shared ();

  for (int i = 1; shared != NULL && i <= 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("list-hang-%d.wav", i);
      g_autofree char *path = g_build_filename (shared, "hostile-wav", name, NULL);
      g_auto (SigContent) content = { 0 };
      g_autoptr (GError) error = NULL;
      gint64 before = g_get_monotonic_time ();

      g_assert_false (sig_reader_open (path, NULL, &content, &error));
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 0.05 * fixture_slowness ());
    }
  if (shared == NULL)
    g_test_skip ("the shared recordings are not here; LAMINA_SHARED says where they are");
}

/* Row 75: a field without an end. */
static void
test_long_field (void)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1.5,");

  for (int i = 0; i < 2 * 1024 * 1024; i++)
    g_string_append_c (text, '7');

  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text->str);

  fixture_assert_refused (&result, "a.csv", "line 2");
}

/* Rows 46 and 47: what is not finite, or hardly a number. */
static void
test_numbers (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '<f4', 'fortran_order': False, 'shape': (6, 1), }", 0);
  static const float values[] = { 1e-42f, 1e38f, -1e38f, NAN, INFINITY, 0.0f };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    fixture_put_f32 (bytes, values[i]);

  g_auto (FixtureResult) result = fixture_open ("a.npy", bytes);

  g_assert_no_error (result.error);
  g_assert_cmpstr (result.notes, ==, "2 samples are missing or not finite, the first in channel “Ch 1” at step 3.");
  for (int t = 0; t < 3; t++)
    g_assert_cmpfloat (fixture_sample (&result, 0, t), ==, values[t]);
}

/* Row 87: a hundred thousand classes. */
static void
test_classes (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (SigRecording) recording = spans_recording (1000000, 10.0);
  g_autofree char *notes = NULL;
  gint64 before = g_get_monotonic_time ();

  for (int i = 0; i < 100000; i++)
    g_string_append_printf (text, "%d.5\t%d\tc%d\n", i, i + 1, i);

  g_autofree char *spans = spans_read ("l.txt", text->str, text->len, recording, &notes);

  g_assert_cmpstr (spans, ==, "!l.txt: line 1025 brings one class too many: at most 1024 are read");
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 5.0 * fixture_slowness ());
}

const CatalogueTest catalogue_tests[] = {
  { 15, test_vanishes }, { 20, test_long },    { 21, test_longest },    { 23, test_many_files }, { 39, test_hostile },
  { 46, test_numbers },  { 47, test_numbers }, { 75, test_long_field }, { 87, test_classes },    { 0, NULL },
};
