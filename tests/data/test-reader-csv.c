/* test-reader-csv.c: delimited text: separators, headers, labels, missing values, encodings; rows 72 to 79 of the catalogue
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>

#include "fixture.h"

static void
test_layouts (void)
{
  fixture_assert_read ("1.5,2\n3,4.5\n5,6\n", "2x3@- Ch 1,Ch 2", NULL);
  fixture_assert_read ("a,b\n1.5,2\n3,4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("a;b\n1.5;2\n3;4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("a\tb\n1.5\t2\n3\t4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("a|b\n1.5|2\n3|4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("1.5 2.5 3\n3 4.5 1\n", "3x2@- Ch 1,Ch 2,Ch 3", NULL);
  fixture_assert_read ("a, b\n1.5, 2\n3, 4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("\"a b\",\"c\"\n\"1.5\",\"2\"\n\"3\",\"4.5\"\n", "2x2@- a b,c", NULL);
  fixture_assert_read ("\xEF\xBB\xBF" "a,b\n1.5,2\n3,4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("a,b\r\n1.5,2\r\n3,4.5", "2x2@- a,b", NULL);
  fixture_assert_read ("a,b\r1.5,2\r3,4.5", "2x2@- a,b", NULL);
  fixture_assert_read ("a,b\n1.5,2\r\n\n3,4.5\n\n\n", "2x2@- a,b", "1 blank line between the rows was skipped");
  fixture_assert_read ("a,a\n1.5,2\n3,4.5\n", "2x2@- a,a (2)", NULL);
  fixture_assert_read ("1.5\n2.5\n3.25\n", "1x3@- Ch 1", NULL);
  fixture_assert_read ("1.5,7\n", "2x1@- Ch 1,Ch 2", NULL);
}

static void
test_labels (void)
{
  fixture_assert_read ("a,b,class\n1.5,2,0\n3,4.5,1\n", "2x2@- a,b | 0,1", NULL);
  fixture_assert_read ("a,b,LABEL\n1.5,2,0.0\n3,4.5,1.0\n", "2x2@- a,b | 0,1", NULL);
  fixture_assert_read ("a,b,y\n1.5,2,walk\n3,4.5,rest\n", "2x2@- a,b | rest,walk", NULL);
  fixture_assert_read ("a,b,out\n1.5,2,walk\n3,4.5,rest\n", "2x2@- a,b | rest,walk", NULL);
  fixture_assert_read ("1.5,2,walk\n3,4.5,rest\n", "2x2@- Ch 1,Ch 2 | rest,walk", NULL);
  fixture_assert_read ("1.5,2,0\n3,4.5,0\n1.5,3,1\n2,5,1\n", "2x4@- Ch 1,Ch 2 | 0,1", NULL);
  fixture_assert_read ("1.5,2,0\n3,4.5,1\n", "3x2@- Ch 1,Ch 2,Ch 3", NULL);
  fixture_assert_read ("a,b,c\n1.5,2,0\n3,4.5,1\n", "3x2@- a,b,c", NULL);
  fixture_assert_read ("1.5,2,10\n3,4.5,9\n2,2,\n2,3,9\n3,4,10\n", "2x5@- Ch 1,Ch 2 | 9,10", NULL);
  fixture_assert_read ("a;anomaly;changepoint\n1.5;0.0;0.25\n3;1.0;0.5\n", "2x2@- a,changepoint | 0,1", NULL);
  fixture_assert_read ("stage\n0\n0\n1\n1\n", " | 0,1", NULL);
  fixture_assert_read ("0\n1\n1\n0\n", " | 0,1", NULL);
  fixture_assert_read ("W\nW\nR\nR\n", " | R,W", NULL);

  g_auto (FixtureResult) gaps = fixture_open_text ("a.csv", "a,state\n1.5,up\n2,\n3,down\n4,up\n");

  fixture_assert_loaded (&gaps, NULL);
  g_assert_cmpint (sig_labels_get (gaps.content.labels, 0), ==, 1);
  g_assert_cmpint (sig_labels_get (gaps.content.labels, 1), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (gaps.content.labels, 2), ==, 0);
}

static void
test_left_out (void)
{
  fixture_assert_read ("id,a,b\n0,1.5,2\n1,3,4.5\n2,3,1\n", "2x3@- a,b", "Not read as channels: id (a counter)");
  fixture_assert_read (",a,b\n0,1.5,2\n1,3,4.5\n2,3,1\n", "2x3@- a,b", "Not read as channels: column 1 (a counter)");
  fixture_assert_read ("254,1.5,2.5\n255,3,4.5\n0,3,1\n1,2,2\n2,2,3\n3,3,5\n4,2,4\n5,7,7\n", "2x8@- Ch 1,Ch 2",
                       "column 1 (a counter)");
  fixture_assert_read ("a,b,flat\n1.5,2,7\n3,4.5,7\n", "2x2@- a,b", "Not read as channels: flat (constant)");
  fixture_assert_read ("when,a,b\n10:00:01,1.5,2\n10:00:02,3,4.5\n", "2x2@1 a,b", "Not read as channels: when (time)");
  fixture_assert_read ("a,b,where\n1.5,2,\"x, y\"\n3,4.5,\"x, y\"\n", "2x2@- a,b | x, y", NULL);
  fixture_assert_read ("a,b\n7,7\n7,7\n", "2x2@- a,b", NULL);
  fixture_assert_read ("ramp,a\n10,1.5\n11,3\n12,4.5\n", "2x3@- ramp,a", NULL);
}

/* Row 72. */
static void
test_decimal_comma (void)
{
  g_auto (FixtureResult) ambiguous = fixture_open_text ("a.csv", "a;b\n1,234;2,500\n3,456;7,125\n");
  g_auto (FixtureResult) mixed = fixture_open_text ("a.csv", "a;b\n1,25;2.5\n3,5;7.125\n");
  g_auto (FixtureResult) loaded = fixture_open_text ("a.csv", "a;b\n1,25;2,5\n-3,5;7,125\n");

  fixture_assert_refused (&ambiguous, "a.csv", "1,234 may mean 1.234 or 1234");
  fixture_assert_refused (&mixed, "a.csv", "line 2, column 1 (a): “1,25” is not a number");
  fixture_assert_loaded (&loaded, "decimal comma");
  g_assert_cmpfloat (fixture_sample (&loaded, 0, 1), ==, -3.5f);
  fixture_assert_read ("a\tb\n0,125\t1,000\n0,250\t2,000\n", "2x2@- a,b", "decimal comma");
  fixture_assert_read ("a,b\n\"0,25\",\"1,5\"\n\"0,5\",\"-2,5\"\n", "2x2@- a,b", "decimal comma");
}

/* Rows 73 to 78. */
static void
test_refused (void)
{
  static const FixtureRefusal rows[] = {
    { "a,b\n1,2\n3\n", "line 3 has 1 fields, expected 2" },
    { "a,b\n1,2\n3,4,5\n", "line 3 has 3 fields, expected 2" },
    { "a,b\n1.5,2\n3,0x10\n", "line 3, column 2 (b): “0x10” is not a number" },
    { "a,b\n1.5,2\n1_000,4\n", "line 3, column 1 (a): “1_000” is not a number" },
    { "a,b\n1.5,2\n3,١٢\n", "line 3, column 2 (b): “١٢” is not a number" },
    { "a,b\n0x10,2\n3,4\n", "line 2, column 1 (a): “0x10” is not a number" },
    { "a,b\n1.5,2\n1e999,4\n", "line 3, column 1 (a): “1e999” is too large for a 32-bit number" },
    { "a,b\n1.5,2\n1e300,4\n", "“1e300” is too large" },
    { "a,b\n", "has no rows of data, only a header" },
    { "\n\n\n", "has no rows of data" },
    { "%only\n%comments\n", "has no rows of data" },
    { "a,b\n1,\"2\n3,4\n", "begins with a quote that is never closed" },
    { "1544027337.00, IBI\n9.5,0.75\n10.25,0.8125\n", "a list of intervals between heart beats (IBI), which come at no rate" },
  };

  fixture_assert_all_refused ("a.csv", rows, G_N_ELEMENTS (rows));

  GByteArray *nul = g_byte_array_new ();

  g_byte_array_append (nul, (const guint8 *) "a,b\n1.5,2\n3,4\n5,\0" "7\n", 20);

  g_auto (FixtureResult) result = fixture_open ("a.csv", nul);

  fixture_assert_refused (&result, "a.csv", "line 4, field 2 holds a NUL byte");
}

static void
test_missing (void)
{
  g_auto (FixtureResult) result = fixture_open_text ("a.csv", "a,b\n1.5,2\n,nan\nNA,inf\n3,4\n");

  fixture_assert_loaded (&result, "4 samples are missing or not finite, the first in channel “a” at step 1");
  g_assert_true (isnan (fixture_sample (&result, 0, 1)));
  g_assert_true (isinf (fixture_sample (&result, 1, 2)));

  /* Excel's #N/A is no comment. */
  g_auto (FixtureResult) excel = fixture_open_text ("a.csv", "a,b\n1.5,2\n#N/A,4\n3,#N/A\n");

  fixture_assert_loaded (&excel, "2 samples are missing or not finite, the first in channel “a” at step 1");
  g_assert_cmpint (sig_recording_get_n_steps (excel.content.recording), ==, 3);
}

static void
test_encodings (void)
{
  static const char text[] = "größe,b\n1.5,2\n3,4.5\n";

  /* Latin-1, UTF-16 of both orders with and without a byte order mark. */
  for (int kind = 0; kind < 5; kind++)
    {
      GByteArray *bytes = g_byte_array_new ();
      g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, NULL, NULL);

      if (kind == 0)
        fixture_put_text (bytes, "gr\xF6\xDF" "e,b\n1.5,2\n3,4.5\n");
      else
        {
          if (kind <= 2)
            fixture_put (bytes, 0xFEFF, 2, kind == 2);
          for (gsize i = 0; units[i] != 0; i++)
            fixture_put (bytes, units[i], 2, kind % 2 == 0);
        }

      g_auto (FixtureResult) result = fixture_open ("a.csv", bytes);

      fixture_assert_loaded (&result, kind == 0 ? NULL : "UTF-16");
      g_assert_cmpstr (sig_recording_get_channel_name (result.content.recording, 0), ==, "größe");
      g_assert_cmpfloat (fixture_sample (&result, 1, 1), ==, 4.5f);
    }

  GByteArray *wide = g_byte_array_new ();

  g_byte_array_append (wide, (const guint8 *) "\xFF\xFE\0\0a\0\0\0", 8);

  g_auto (FixtureResult) refused = fixture_open ("a.csv", wide);

  fixture_assert_refused (&refused, "a.csv", "is UTF-32 text, which is not read; save it as UTF-8");
}

/* BrainFlow's 33 columns, with packets that are lost and a time that comes in bursts: the electrodes, whatever else moves. */
static void
test_openbci (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int t = 0; t < 200; t++)
    {
      g_string_append_printf (text, "%d.0", 2 * (t / 2) % 256);
      for (int c = 1; c <= 29; c++)
        g_string_append_printf (text, ",%d.%d", c == 20 ? 192 : (t * c * 7) % 1000, c == 20 ? 0 : c % 10);
      g_string_append_printf (text, ",%d.%06d,0.0,%d\n", 1680185968 + t / 125, t / 10 * 10, t / 100);
    }

  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text->str);
  g_autofree char *found = fixture_describe (&result);

  fixture_assert_loaded (&result, "OpenBCI Cyton with Daisy: its 16 electrodes");
  g_assert_cmpstr (found, ==,
                   "16x200@125 EXG 1,EXG 2,EXG 3,EXG 4,EXG 5,EXG 6,EXG 7,EXG 8,EXG 9,EXG 10,EXG 11,EXG "
                   "12,EXG 13,EXG 14,EXG 15,"
                   "EXG 16 | 0,1");
  g_assert_cmpstr (sig_recording_get_channel_unit (result.content.recording, 3), ==, "µV");
  g_assert_cmpfloat (fixture_sample (&result, 2, 5), ==, 105.3f);
  fixture_assert_read ("%OpenBCI Raw EXG Data\n%Number of channels = 2\n%Sample Rate = 250 Hz\nSample Index, EXG "
               "Channel 0, EXG Channel 1, Accel\n"
               "0, 1.5, 2.5, 3\n1, 3.5, 1, 7\n2, 9, 8, 1\n",
               "2x3@250 EXG 1,EXG 2", "its 2 electrodes were read");
}

/* A column has classes by its name as long as its numbers can be some. */
static void
test_names_of_labels (void)
{
  g_autoptr (GString) measured = g_string_new ("t,target\n"), many = g_string_new ("a,label\n");
  g_autoptr (GString) places = g_string_new ("x,y\n");

  for (int i = 0; i < 2000; i++)
    {
      g_string_append_printf (measured, "%d.25,%d\n", i, i * 7 % 1999);
      g_string_append_printf (many, "%d.25,%d\n", i % 97, i % 20);
      g_string_append_printf (places, "%d,%d\n", i % 640, i % 480);
    }

  fixture_assert_read ("time,x,y,z\n0,1,2,9\n0.1,3,3,8\n0.2,2,1,7\n", "3x3@10 x,y,z", "time (time)");
  fixture_assert_read ("X (g),Y (g),Z (g)\n1.5,2,9\n3,3,8\n2,1,7\n", "3x3@- X,Y,Z", NULL);
  fixture_assert_read ("x,y\n1.5,0\n3,1\n2,1\n", "1x3@- x | 0,1", NULL);
  fixture_assert_read ("x,z,y,class\n1.5,0,1,a\n3,1,7,b\n2,1,9,a\n", "3x3@- x,z,y | a,b", NULL);
  fixture_assert_read ("a,y\n1.5,0\n3,1\n2,1.5\n4,-2.25\n", "2x4@- a,y", NULL);
  fixture_assert_read ("a,label\n1.5,0\n3,\n2,don't know\n4,1\n", "1x4@- a | 0,1", NULL);

  g_auto (FixtureResult) numbers = fixture_open_text ("a.csv", measured->str);
  g_auto (FixtureResult) classes = fixture_open_text ("a.csv", many->str);
  g_autofree char *numbers_described = NULL, *classes_described = NULL;

  g_auto (FixtureResult) tracked = fixture_open_text ("a.csv", places->str);
  g_autofree char *tracked_described = NULL;

  fixture_assert_loaded (&tracked, NULL);
  tracked_described = fixture_describe (&tracked);
  g_assert_cmpstr (tracked_described, ==, "2x2000@- x,y");
  fixture_assert_loaded (&numbers, "t (time)");
  numbers_described = fixture_describe (&numbers);
  g_assert_cmpstr (numbers_described, ==, "1x2000@1 target");
  g_assert_cmpfloat (fixture_sample (&numbers, 0, 1999), ==, 1999 * 7 % 1999);
  g_assert_cmpfloat (fixture_sample (&numbers, 0, 1), ==, 7);
  fixture_assert_loaded (&classes, NULL);
  classes_described = fixture_describe (&classes);
  g_assert_true (g_str_has_prefix (classes_described, "1x2000@- a | 0,1,2,"));
}

/* A separator at the end of each row, but for the last. */
static void
test_open_end (void)
{
  static const FixtureRefusal rows[] = { { "a,b,c\n1.5,2,3\n3,4\n", "line 3 has 2 fields, expected 3" } };

  fixture_assert_read ("a,b,\n1.5,2,\n3,kZ,\n5,6\n", "2x3@- a,b", "1 sample is missing|column 3 (constant)");
  fixture_assert_all_refused ("a.csv", rows, G_N_ELEMENTS (rows));
}

/* Words that begin with digits are words; numbers gone wrong are not. */
static void
test_words_of_digits (void)
{
  fixture_assert_read ("when,a\n1991 Jul,1.5\n1991 Aug,2\n", "1x2@- a", "when (text)");
  fixture_assert_read ("id,a\n6042_R04,1.5\n6042_R05,2\n", "1x2@- a", "id (text)");
  fixture_assert_read ("q,a\n1974Q1,1.5\n1974Q2,2\n", "1x2@- a", "q (text)");

  static const FixtureRefusal rows[] = {
    { "a,b\n1.5 mV,2\n", "line 2, column 1 (a): “1.5 mV” is not a number" },
    { "a,b\n0x10,2\n", "“0x10” is not a number" },
    { "a,b\n1_000,2\n", "“1_000” is not a number" },
  };

  fixture_assert_all_refused ("a.csv", rows, G_N_ELEMENTS (rows));
}

/* GENEActiv: a hundred lines of what the device knows, blank ones among them, a colon before the milliseconds, and no names. */
static void
test_long_preamble (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append (text, "Device Type,GENEActiv           \n");
  for (int i = 0; i < 99; i++)
    g_string_append (text, i % 4 == 3 ? "\n" : "Device Model,1.1\n");
  for (int i = 0; i < 120; i++)
    g_string_append_printf (text, "2019-08-06 10:25:%02d:%03d,-0.%d,0.%d,1.%d,%d,%d,31.%d\n", 50 + i / 50, i % 50 * 20, 4000 + i,
                            i, i, i * 7 % 50, i % 2, i % 3);

  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text->str);
  g_autofree char *described = NULL;

  fixture_assert_loaded (&result, "lines are no part of the table");
  described = fixture_describe (&result);
  g_assert_cmpstr (described, ==, "6x120@50 x,y,z,light,button,temperature");
  g_assert_cmpstr (sig_recording_get_channel_unit (result.content.recording, 1), ==, "g");
  g_assert_cmpstr (sig_recording_get_channel_unit (result.content.recording, 5), ==, "°C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-csv/layouts", test_layouts);
  g_test_add_func ("/reader-csv/labels", test_labels);
  g_test_add_func ("/reader-csv/left-out", test_left_out);
  g_test_add_func ("/reader-csv/decimal-comma", test_decimal_comma);
  g_test_add_func ("/reader-csv/refused", test_refused);
  g_test_add_func ("/reader-csv/missing", test_missing);
  g_test_add_func ("/reader-csv/encodings", test_encodings);
  g_test_add_func ("/reader-csv/openbci", test_openbci);
  g_test_add_func ("/reader-csv/names-of-labels", test_names_of_labels);
  g_test_add_func ("/reader-csv/open-end", test_open_end);
  g_test_add_func ("/reader-csv/words-of-digits", test_words_of_digits);
  g_test_add_func ("/reader-csv/long-preamble", test_long_preamble);
  return g_test_run ();
}
