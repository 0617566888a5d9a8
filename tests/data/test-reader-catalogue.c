/* test-reader-catalogue.c: the catalogue of bad inputs, row by row, with the words that people read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "catalogue.h"
#include "fixture.h"
#include "spans.h"

/* Rows of shared/reference/reliability.md §4a to 4e that are not here, nor in catalogue.c, but in other tests, from tests/. A row
 * that is nowhere fails. */
static const struct
{
  int         first, last;
  const char *tests;
} elsewhere[] = {
  { 1, 1, "data/test-file" },
  { 4, 4, "data/test-reader" },
  { 5, 13, "data/test-file" },
  { 9, 9, "app/test-safe-file" },
  { 11, 11, "app/test-project" },
  { 14, 14, "app/test-safe-file" },
  { 15, 18, "data/test-origin" },
  { 16, 18, "app/test-watch" },
  { 19, 19, "data/test-pyramid" },
  { 22, 22, "data/test-origin" },
  { 22, 22, "app/test-set" },
  { 23, 23, "app/test-set" },
  { 25, 25, "data/test-reader-caf" },
  { 37, 42, "data/test-reader-wav" },
  { 40, 41, "data/test-riff" },
  { 43, 45, "data/test-reader-flac" },
  { 46, 46, "app/test-run" },
  { 48, 48, "data/test-norm" },
  { 49, 49, "app/test-run-refused" },
  { 50, 50, "data/test-reader-caf" },
  { 51, 58, "data/test-edf" },
  { 59, 60, "data/test-reader-edf" },
  { 61, 61, "data/test-tal" },
  { 62, 63, "data/test-edf" },
  { 65, 68, "data/test-npy" },
  { 70, 71, "data/test-reader-npy" },
  { 72, 79, "data/test-reader-csv" },
  { 80, 80, "data/test-export" },
  { 87, 87, "data/test-reader-labels" },
  { 86, 86, "app/test-run-refused" },
};

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
  { 29, { 1, 2, 4, 0, 1000, 10, 0 }, "has 0-bit whole-number samples (allowed 1 to 32, or 64)", NULL },
  { 29, { 1, 2, 10, 33, 1000, 10, 0 }, "has 33-bit whole-number samples (allowed 1 to 32, or 64)", NULL },
  { 30, { 1, 2, 4, 12, 1000, 10, 0 }, NULL, "Samples have 12 bits and were read as the 16-bit numbers that hold them." },
  { 31, { 1, 1, 7, 16, 1000, 10, 0 }, "block size is 7, expected 2 (1 channels of 16 bits)", NULL },
  { 32, { 0x14, 2, 4, 16, 1000, 10, 0 }, "WAV of the encoding 0x0014 (G.723) is not read; convert it to PCM or FLAC", NULL },
  { 32, { 0x4242, 2, 4, 16, 1000, 10, 0 }, "WAV of the encoding 0x4242 (unknown) is not read; convert it to PCM or FLAC", NULL },
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
  { 82, "0\t2\ta\n1\t3\tb\n", "0-10:a 10-30:b", "1 label overlaps a later one; the later line won." },
  { 83, "2\t3.5\trest\n0\t1\twalk\n", "0-10:walk 20-35:rest", "" },
  { 84, "0\t1000.5\ta\n5000\t10000\tb\n", "0-100:a",
    "1 label lies outside the recording and was left out.\nThe last label ends at 1,000 times the length of the recording; are "
    "these labels in seconds, and of this recording?" },
  { 85, "0\t1\t walk\n1\t2\twalk\n2\t3\tWalk\n", "0-10:walk 10-20:walk 20-30:Walk",
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

/* The source of a test, or of one of the tests that a table names. */
static void
assert_is_there (const char *test)
{
  g_autofree char *name = g_strconcat (test, ".c", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, name, NULL);

  g_test_message ("%s", test);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
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
  for (const CatalogueTest *test = catalogue_tests; test->row != 0; test++)
    if (test->row == row)
      {
        test->test ();
        n++;
      }
  for (gsize i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (row >= elsewhere[i].first && row <= elsewhere[i].last)
      {
        assert_is_there (elsewhere[i].tests);
        n++;
      }
  g_assert_cmpint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int row = 1; row <= 88; row++)
    {
      g_autofree char *name = g_strdup_printf ("/reader/catalogue/%d", row);

      g_test_add_data_func (name, GINT_TO_POINTER (row), test_row);
    }
  return g_test_run ();
}
