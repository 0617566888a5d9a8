/* test-heading.c: what stands above the rows of a table: preambles, names in comments, headers with a name too few
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-heading.h"

#include <string.h>

#include "fixture.h"
#include "sig-preview.h"

#define ROWS "1.5,2\n3,4.5\n5,6\n"

/* Lines that say something, in as many fields as they like, before rows that all have another number of them. */
static void
test_before (void)
{
  static const char passed[] = "The first 2 lines are no part of the table and were passed over";

  fixture_assert_read ("Recorded by Device 7\nSubject: 12\na,b\n" ROWS, "2x3@- a,b", passed);
  fixture_assert_read ("Device,ABC,1\nSampling Rate,250,Hz\na,b\n" ROWS, "2x3@250 a,b", passed);
  fixture_assert_read ("; Recorded\n// by nobody\n" ROWS, "2x3@- Ch 1,Ch 2", passed);
  fixture_assert_read ("Interval=\t0.01 s\nChannelTitle=\tEMG\tForce\nRange=\t10 V\t5 V\n0.00\t1.5\t2\n0.01\t3\t4\n0.02\t5\t6\n",
                       "2x3@100 EMG,Force", "first 3 lines are no part|the names that the comment above them gives");

  /* Not where later rows differ, too, or where there is hardly anything to tell a table by. */
  g_auto (FixtureResult) ragged = fixture_open_text ("a.csv", "Recorded\n" ROWS "7\n");
  g_auto (FixtureResult) few = fixture_open_text ("a.csv", "x\n1.5,2\n3,4\n");

  fixture_assert_refused (&ragged, "a.csv", "line 2 has 2 fields, expected 1");
  fixture_assert_refused (&few, "a.csv", "line 2 has 2 fields, expected 1");
}

/* Of several rows of words the last names the columns, or the one above the units. */
static void
test_several (void)
{
  static const char passed[] = "The first line is no part of the table and was passed over";

  fixture_assert_read ("EEG,EEG\nFz,Cz\n" ROWS, "2x3@- Fz,Cz", passed);
  fixture_assert_read ("EEG,EEG\nFz,Cz\nmV,mV\n" ROWS, "2x3@- Fz,Cz", passed);
  fixture_assert_read ("Fz,Cz\nmV,mV\n" ROWS, "2x3@- Fz,Cz", NULL);
  fixture_assert_read (",EEG,EEG\n,Fz,Cz\n0,1.5,2\n1,3,4.5\n2,5,6\n", "2x3@- Fz,Cz", passed);

  /* A spreadsheet fills its title and the empty line below it up; missing samples below names are none. */
  fixture_assert_read ("Spectra of a lamp,,\nwave,direct,global\n1,1.5,2\n2,3,4.5\n2,5,6\n", "3x3@- wave,direct,global", passed);
  fixture_assert_read ("Spectra;;\n;;\nwave;direct;global\n1;1,5;2\n2;3;4\n2;5;6\n", "3x3@- wave,direct,global",
                       "The first 2 lines are no part");
  fixture_assert_read ("a,b,c\n,,\n1,1.5,2\n2,3,4.5\n2,5,6\n", "3x4@- a,b,c", "3 samples are missing");

  /* Words that are numbers of another kind are no header, and never passed over. */
  g_auto (FixtureResult) grouped = fixture_open_text ("a.csv", "a;b\n1'000.5;2'000\n3'000;4'000\n1;2\n");

  fixture_assert_refused (&grouped, "a.csv", "line 2, column 1 (a): “1'000.5” is not a number");
}

/* A name too few: R and pandas count the rows in a column of its own, others end each row with a separator. */
static void
test_lack (void)
{
  fixture_assert_read ("a b\n1 1.5 2\n2 3 4.5\n3 5 6\n", "2x3@- a,b", "column 1 (a counter)");
  fixture_assert_read ("a,b\n1.5,2,\n3,4.5,\n5,6,\n", "2x3@- a,b", "column 3 (constant)");

  g_auto (FixtureResult) unclear = fixture_open_text ("a.csv", "a,b\n1,1.5,2\n2,3,4.5\n7,5,6\n");

  fixture_assert_refused (&unclear, "a.csv", "line 2 has 3 fields, expected 2");
}

/* pandas numbers the columns that nobody named; a first row of data may look like that by chance. */
static void
test_counted (void)
{
  fixture_assert_read ("0,1\n1.5,2.0\n3.0,4.5\n", "2x2@- 0,1", NULL);
  fixture_assert_read (",0,1\n0,5,2\n1,3,4\n2,6,5\n", "2x3@- 0,1", "column 1 (a counter)");
  fixture_assert_read (",0\n1821,269\n1822,321\n1823,585\n", "1x3@- 0", "column 1 (a counter)");
  fixture_assert_read ("0,1,2\n5,6.5,7\n8,9,1\n", "3x3@- Ch 1,Ch 2,Ch 3", NULL);
}

static void
test_comments (void)
{
  static const char note[] = "the names that the comment above them gives";

  fixture_assert_read ("# a b\n1.5 2\n3 4.5\n", "2x2@- a,b", note);
  fixture_assert_read ("# Sampling rate: 250 Hz\n# a,b\n1.5,2\n3,4.5\n", "2x2@250 a,b", note);
  fixture_assert_read ("# time,a\n0.0,2\n0.1,4.5\n0.2,5\n", "1x3@10 a", "the names that the comment|time (time)");
  fixture_assert_read ("# rate: 5, more\n1.5,2\n3,4.5\n", "2x2@- Ch 1,Ch 2", NULL);
  fixture_assert_read ("# 1, 2\n1.5,2\n3,4.5\n", "2x2@- Ch 1,Ch 2", NULL);
  fixture_assert_read ("# a,b\nc,d\n1.5,2\n3,4.5\n", "2x2@- c,d", NULL);
}

/* The import sheet sees what opening sees, and can say otherwise. */
static void
test_preview (void)
{
  static const char text[] = "Sampling Rate: 250 Hz\nby nobody\na,b\n" ROWS;
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "a.csv", text, strlen (text));
  g_autoptr (SigPreview) preview = sig_preview_table (path, NULL, NULL);
  g_auto (SigContent) content = { 0 };

  g_assert_cmpint (preview->format.skip_lines, ==, 2);
  g_assert_true (preview->format.has_header);
  g_assert_cmpstr (preview->names[1], ==, "b");
  g_assert_true (g_str_has_prefix (preview->summary, "2 channels, 250 Hz."));
  g_assert_true (sig_import_open_table (path, &preview->format, NULL, &content, NULL));
  g_assert_cmpfloat (sig_recording_get_rate_hz (content.recording), ==, 250);
  fixture_remove (folder);
}

/* The separator is the one that parts all rows alike, the names too, not the blanks in a column of words. */
static void
test_separator (void)
{
  GString *text = g_string_new ("symbol,date,price\n");

  for (int t = 0; t < 200; t++)
    g_string_append_printf (text, "ABC,Jan 1 %d,%d%s\n", 2000 + t / 12, 20 + t * t % 91, t % 9 != 0 ? ".5" : "");
  fixture_assert_read (text->str, "1x200@- price", "Not read as channels: symbol, date (text).");
  g_string_free (text, TRUE);
}

/* As R writes it: words between quotes, the names too, which may be numbers. */
static void
test_quoted (void)
{
  fixture_assert_read ("\"\",\"Hair\",\"Eye\",\"Freq\"\n\"1\",\"Black\",\"Brown\",32\n\"2\",\"Brown\",\"Brown\",53.5\n"
                       "\"3\",\"Red\",\"Brown\",10\n", "1x3@- Freq", "column 1 (a counter); Hair, Eye (text)");
  fixture_assert_read ("\"\",\"1940\",\"1945\"\n\"Food\",22.2,44.5\n\"Care\",1.04,1.98\n\"School\",0.3,1.8\n",
                       "2x3@- 1940,1945", "(text)");
}

/* The mark with which DOS ended a text, at its place and elsewhere, where it is shown. */
static void
test_dos_end (void)
{
  g_auto (FixtureResult) within = fixture_open_text ("a.csv", "a,b\n1.5,2\n3,\"4\x1A\"\n");

  fixture_assert_read ("a,b\n" ROWS "\x1A", "2x3@- a,b", NULL);
  fixture_assert_refused (&within, "a.csv", "line 3, column 2 (b): “4␚” is not a number");
}

/* Large numbers under a name that says something else are no Unix time where they go back. */
static void
test_no_time (void)
{
  fixture_assert_read ("kind,size,x\na,1641999923,1.5\nb,1666833417,2\nc,1641999923,7\nd,1641999923,3\n"
                       "e,1641999925,4\nf,1641999926,4\ng,1641999927,4\nh,1641999928,4\ni,1641999929,4\nj,1641999939,4\n"
                       "k,1641999940,4\nl,1641999941,4\nm,1641999942,4\nn,1641999943,4\no,1641999944,4\np,1641999945,4\n"
                       "q,1641999946,4\nr,1641999947,4\ns,1641999948,4\nt,1641999949,4\nu,1641999950,4\nv,1641999951,4\n",
                       "2x22@- size,x", "Not read as channels: kind (text)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heading/before", test_before);
  g_test_add_func ("/heading/several", test_several);
  g_test_add_func ("/heading/lack", test_lack);
  g_test_add_func ("/heading/counted", test_counted);
  g_test_add_func ("/heading/comments", test_comments);
  g_test_add_func ("/heading/preview", test_preview);
  g_test_add_func ("/heading/separator", test_separator);
  g_test_add_func ("/heading/quoted", test_quoted);
  g_test_add_func ("/heading/dos-end", test_dos_end);
  g_test_add_func ("/heading/no-time", test_no_time);
  return g_test_run ();
}
