/* test-reader-catalogue.c: the catalogue of bad inputs, row by row, with the words that people read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"
#include "sig-origin.h"
#include "spans.h"

/* Rows of shared/reference/reliability.md §4a, 4b, 4d and 4e. Where a row is not here it is in the test named by its number:
 *
 *   1, 5 - 16    test-file (14 also app/test-safe-file)   43 - 45      test-reader-sndfile
 *   4            test-reader                              50           test-reader-caf
 *   16 - 18, 22  test-origin, app/test-watch              51 - 63      test-edf, test-tal, test-reader-edf
 *   19           test-pyramid (failing-file)              65           test-npy
 *   37, 38, 42   test-reader-wav (chunks, rf64)           80           test-export, test-classes
 *   40, 41       test-riff                                86           app/test-run, app/test-document */

/* What a text must give: refused in these words (after "name: "), or loaded with these notes ("" for none). */
typedef struct
{
  int         row;
  const char *name;
  const char *text;
  const char *refused; /* (nullable) */
  const char *notes;
} TextRow;

static const TextRow text_rows[] = {
  { 2, "a.wav", "R",
    "is not a WAV file (it starts with “R”); it looks like text, but cannot be read as CSV either: has no rows of data, only a "
    "header", NULL },
  { 2, "a.wav", "RIFF", "ends inside the header (4 bytes, need 12)", NULL },
  { 2, "a.caf", "caff", "does not begin with a “desc” chunk, as a CAF file must", NULL },
  { 2, "a.aiff", "FORM", "ends inside the header (4 bytes, need 12)", NULL },
  { 2, "a.flac", "fLaC", "ends inside the header (4 bytes, need 42)", NULL },
  { 3, "a.wav", "hello there\nthis is\n",
    "is not a WAV file (it starts with “hell”); it looks like text, but cannot be read as CSV either: has no column of numbers "
    "that could be a channel", NULL },
  { 49, "a.csv", "a,b\n1.5,2\n", NULL, "" },
  { 48, "a.csv", "a,b\n1.5,2\n2.5,2\n3,2\n", NULL, "Not read as channels: b (constant)." },
  { 48, "a.csv", "a,b\n1,2\n1,2\n1,2\n", NULL, "" },
  { 71, "a.npz", "PK\3\4 and so on", "is a damaged zip archive, one cut short, or one that names a member twice", NULL },
  { 72, "a.csv", "a;b\n1,234;2,500\n3,456;7,125\n",
    "numbers such as 1,234 may mean 1.234 or 1234; write them with a decimal point, or say which when importing it", NULL },
  { 72, "a.csv", "a;b\n1,25;2,5\n-3,5;7,125\n", NULL, "Numbers were read with a decimal comma." },
  { 73, "a.csv", "\xEF\xBB\xBF" "a,b\n1.5,2\n3,4\n", NULL, "" },
  { 73, "a.csv", "gr\xF6\xDF" "e,b\n1.5,2\n3,4\n", NULL, "" },
  { 74, "a.csv", "a,b\n1,2\n3\n", "line 3 has 1 fields, expected 2", NULL },
  { 75, "a.csv", "a,b\n1,\"2\n3,4\n", "line 2, field 2 begins with a quote that is never closed", NULL },
  { 76, "a.csv", "a,b\n1.5,2\n,nan\nNA,inf\n3,4\n", NULL,
    "4 samples are missing or not finite, the first in channel “a” at step 1." },
  { 76, "a.csv", "a,b\n1.5,2\n1e999,4\n",
    "line 3, column 1 (a): “1e999” is too large for a 32-bit number (at most 3.4e38)", NULL },
  { 76, "a.csv", "a,b\n1.5,2\n3,0x10\n", "line 3, column 2 (b): “0x10” is not a number", NULL },
  { 76, "a.csv", "a,b\n1.5,2\n1_000,4\n", "line 3, column 1 (a): “1_000” is not a number", NULL },
  { 76, "a.csv", "a,b\n1.5,2\n3,١٢\n", "line 3, column 2 (b): “١٢” is not a number", NULL },
  { 77, "a.csv", "a,b\r1.5,2\r3,4", NULL, "" },
  { 77, "a.csv", "a,b\r\n1.5,2\n3,4\r5,6", NULL, "" },
  { 78, "a.csv", "a,b\n", "has no rows of data, only a header", NULL },
  { 79, "a.csv", "time,a\n0.5,1.5\n1.5,3\n1.5,4\n2.5,1\n", NULL,
    "The time in time does not always go up (first at line 4), so it gives no rate.\nNot read as channels: time (time)." },
  { 79, "a.csv", "time,a\n0,1.5\n1,3\n5,4\n6,4.5\n", NULL,
    "The time in time is not regular (steps of 1 to 4, the first long one at line 4), so it gives no rate.\n"
    "Not read as channels: time (time)." },
};

/* A small WAV, and what it gives. */
typedef struct
{
  int         row;
  FixtureWav  wav;
  const char *refused;
  const char *notes;
} WavRow;

static const WavRow wav_rows[] = {
  { 24, { 1, 2, 4, 16, 0, 10, 0 }, "sample rate is 0 Hz (allowed 0.001 Hz - 100 MHz)", NULL },
  { 25, { 1, 2, 4, 16, 0xFFFFFFFF, 10, 0 }, "sample rate is 4.2949673e+09 Hz (allowed 0.001 Hz - 100 MHz)", NULL },
  { 26, { 1, 0, 0, 16, 1000, 0, 40 }, "has 0 channels, at least 1 is needed", NULL },
  { 27, { 1, 1024, 2048, 16, 1000, 3, 0 }, NULL, "" },
  { 28, { 1, 65535, 65535, 16, 1000, 1, 0 }, "has 65535 channels, at most 1024 are read", NULL },
  { 29, { 1, 2, 4, 0, 1000, 10, 0 }, "has 0-bit whole-number samples (allowed 1 to 32)", NULL },
  { 29, { 1, 2, 10, 33, 1000, 10, 0 }, "has 33-bit whole-number samples (allowed 1 to 32)", NULL },
  { 30, { 1, 2, 4, 12, 1000, 10, 0 }, NULL, "Samples have 12 bits and were read as the 16-bit numbers that hold them." },
  { 31, { 1, 1, 7, 16, 1000, 10, 0 }, "block size is 7, expected 2 (1 channels of 16 bits)", NULL },
  { 32, { 0x11, 2, 4, 16, 1000, 10, 0 },
    "compressed WAV (format 0x0011, IMA ADPCM) is not read; convert it to PCM or FLAC", NULL },
  { 32, { 0x4242, 2, 4, 16, 1000, 10, 0 },
    "compressed WAV (format 0x4242, unknown) is not read; convert it to PCM or FLAC", NULL },
  { 33, { 1, 2, 4, 16, 1000, 10, 0xFFFFFFFF }, NULL,
    "The WAV header does not say how long it is; everything up to the end of the file was read." },
  { 34, { 1, 2, 4, 16, 1000, 10, 1000000 }, NULL, "Declares 1,000,000 bytes of samples, 40 are present; those were read." },
  { 35, { 1, 2, 4, 16, 1000, 0, 0 }, "has no samples (0 bytes, one step takes 4)", NULL },
  { 36, { 1, 2, 4, 16, 1000, 10, 39 }, NULL, "The last 3 bytes are less than one whole step and were left out." },
  { 49, { 1, 2, 4, 16, 1000, 1, 0 }, NULL, "" },
};

/* An NPY header over 64 bytes of zeros. */
typedef struct
{
  int         row;
  const char *dictionary;
  const char *refused;
  const char *notes;
} NpyRow;

#define NPY(descr, fortran, shape) "{'descr': '" descr "', 'fortran_order': " fortran ", 'shape': " shape ", }"
#define NO_DICTIONARY "has a header that is not the dictionary of descr, fortran_order and shape that NPY asks for"

static const NpyRow npy_rows[] = {
  { 64, NPY ("|O", "False", "(4,)"),
    "contains Python objects, which are not loaded for safety; save numbers instead (type “|O”)", NULL },
  { 66, "__import__('os').system('true')", NO_DICTIONARY, NULL },
  { 67, NPY ("<f4", "False", "(65536, 65536)"),
    "declares 16.0\u00a0GiB for its shape (65536, 65536), the file has 64 bytes of data", NULL },
  { 68, NPY ("<f8", "False", "(4294967296, 4294967296)"),
    "declares more than 16 EiB for its shape (4294967296, 4294967296), the file has 64 bytes of data", NULL },
  { 68, NPY ("<f4", "False", "(-1, 4)"), NO_DICTIONARY, NULL },
  { 68, NPY ("<f4", "False", "(-0,)"), NO_DICTIONARY, NULL },
  { 68, NPY ("<f4", "False", "(1e3,)"), NO_DICTIONARY, NULL },
  { 68, NPY ("<f4", "False", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"), NO_DICTIONARY, NULL },
  { 69, NPY ("<f4", "False", "()"), "has no samples (shape ())", NULL },
  { 69, NPY ("<f4", "False", "(0, 5)"), "has no samples (shape (0, 5))", NULL },
  { 70, NPY (">f4", "True", "(8, 2)"), NULL, "" },
  { 70, NPY ("<f2", "False", "(16, 2)"), NULL, "" },
  { 70, NPY ("<c8", "False", "(8,)"), "holds complex numbers, which are not read; save their parts as channels (type “<c8”)",
    NULL },
  { 71, NPY ("<f4", "False", "(7, 2)"), NULL, "8 bytes after the array were left out." },
};

/* Labels onto 100 steps at 10 Hz: their spans or "!" and the error, and the notes. */
typedef struct
{
  int         row;
  const char *text;
  const char *spans;
  const char *notes;
} LabelRow;

static const LabelRow label_rows[] = {
  { 81, "0\t1\ta\n3\t2\tb\n-1\t1\tc\nnan\t1\td\n9\t12\ta\n", "0-10:a 90-100:a",
    "3 labels were left out: line 2 ends before it starts, line 3 starts before the recording, line 4 has no start and end in "
    "seconds.\nThe last label ends at 1.2 times the length of the recording; are these labels in seconds, and of this recording? "
    "As steps they would fit into it." },
  { 82, "0\t2\ta\n1\t3\tb\n", "0-10:a 10-30:b", "1 labels overlap a later one; the later line won." },
  { 83, "2\t3.5\trest\n0\t1\twalk\n", "0-10:walk 20-35:rest", "" },
  { 84, "0\t1000.5\ta\n5000\t10000\tb\n", "0-100:a",
    "1 label lies outside the recording and was left out.\nThe last label ends at 1e+03 times the length of the recording; are "
    "these labels in seconds, and of this recording?" },
  { 85, "0\t1\t walk\n1\t2\twalk\n2\t3\tWalk\n", "0-20:walk 20-30:Walk",
    "The classes “walk” and “Walk” differ only in spelling." },
  { 85, "0\t1\tcaf\u00e9\n1\t2\tcafe\u0301\n", "0-10:caf\u00e9 10-20:cafe\u0301",
    "The classes “caf\u00e9” and “cafe\u0301” differ only in spelling." },
  { 88, "11.25\t12.0\ta\n",
    "!l.txt: no label lies inside the recording (10.000 s long; the labels run from 11.250 s to 12.000 s)", "" },
};

static void
assert_result (const FixtureResult *result, const char *name, const char *refused, const char *notes)
{
  g_autofree char *expected = refused != NULL ? g_strdup_printf ("%s: %s", name, refused) : NULL;

  if (refused == NULL)
    {
      g_assert_no_error (result->error);
      g_assert_cmpstr (result->notes, ==, notes);
    }
  else
    g_assert_cmpstr (result->error != NULL ? result->error->message : "loaded", ==, expected);
}

/* --- rows that take more than bytes -------------------------------------------------- */

/* The text of this process's memory in bytes that are its own. */
static gint64
resident_bytes (void)
{
  g_autofree char *text = NULL;
  gint64 pages = 0, resident = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT, &pages, &resident);
  return resident * sysconf (_SC_PAGESIZE);
}

static double
slowness (void)
{
  const char *slow = g_getenv ("LAMINA_SLOW");

  return slow != NULL ? g_ascii_strtod (slow, NULL) : 1.0;
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
  g_assert_cmpfloat (seconds, <, 2.0 * slowness ());
  g_assert_cmpfloat (mib, <, 256.0);
}

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
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 1.0 * slowness ());
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
      g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 0.05 * slowness ());
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

/* Row 46 and 47: what is not finite, or hardly a number. */
static void
test_numbers (void)
{
  GByteArray *bytes = fixture_npy (NPY ("<f4", "False", "(6, 1)"), 0);
  static const float values[] = { 1e-42f, 1e38f, -1e38f, NAN, INFINITY, 0.0f };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    fixture_put_f32 (bytes, values[i]);

  g_auto (FixtureResult) result = fixture_open ("a.npy", bytes);

  assert_result (&result, "a.npy", NULL, "2 samples are missing or not finite, the first in channel “Ch 1” at step 3.");
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
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, 5.0 * slowness ());
}

static const struct
{
  int    row;
  void (*test) (void);
} functions[] = {
  { 15, test_vanishes }, { 20, test_long },    { 21, test_longest }, { 23, test_many_files }, { 39, test_hostile },
  { 46, test_numbers },  { 47, test_numbers }, { 75, test_long_field }, { 87, test_classes },
};

/* --- by number ----------------------------------------------------------------------- */

static void
run_labels (const LabelRow *row)
{
  g_autoptr (SigRecording) recording = spans_recording (100, 10.0);
  g_autofree char *notes = NULL;
  g_autofree char *spans = spans_read ("l.txt", row->text, strlen (row->text), recording, &notes);

  g_assert_cmpstr (spans, ==, row->spans);
  g_assert_cmpstr (notes, ==, row->notes);
}

static void
test_row (gconstpointer data)
{
  int row = GPOINTER_TO_INT (data), n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (text_rows); i++)
    if (text_rows[i].row == row)
      {
        g_auto (FixtureResult) result = fixture_open_text (text_rows[i].name, text_rows[i].text);

        assert_result (&result, text_rows[i].name, text_rows[i].refused, text_rows[i].notes);
        n++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (wav_rows); i++)
    if (wav_rows[i].row == row)
      {
        g_auto (FixtureResult) result = fixture_open ("a.wav", fixture_wav (&wav_rows[i].wav));

        assert_result (&result, "a.wav", wav_rows[i].refused, wav_rows[i].notes);
        n++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (npy_rows); i++)
    if (npy_rows[i].row == row)
      {
        g_auto (FixtureResult) result = fixture_open ("a.npy", fixture_npy (npy_rows[i].dictionary, 64));

        assert_result (&result, "a.npy", npy_rows[i].refused, npy_rows[i].notes);
        n++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (label_rows); i++)
    if (label_rows[i].row == row)
      {
        run_labels (&label_rows[i]);
        n++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    if (functions[i].row == row)
      {
        functions[i].test ();
        n++;
      }
  g_assert_cmpint (n, >, 0);
}

/* Whether one of the tables has something for the row. */
static gboolean
has_row (int row)
{
#define ANY(table)                                \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++) \
    if (table[i].row == row)                      \
      return TRUE;
  ANY (text_rows)
  ANY (wav_rows)
  ANY (npy_rows)
  ANY (label_rows)
  ANY (functions)
#undef ANY
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int row = 1; row <= 88; row++)
    {
      g_autofree char *name = g_strdup_printf ("/reader/catalogue/%d", row);

      if (has_row (row))
        g_test_add_data_func (name, GINT_TO_POINTER (row), test_row);
    }
  return g_test_run ();
}
