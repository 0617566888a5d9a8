/* test-edf.c: headers of EDF and BDF files: what they say, what is mended, what is refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture-edf.h"
#include "sig-edf-date.h"
#include "sig-edf.h"

#define MINIMAL { .n_there = 3, .signals = { { .label = "EEG Fpz", .n = 4 }, { .label = "Temp", .unit = "degC", .n = 4 } } }

/* 24 April 1989, 16:13. */
#define START_US G_GINT64_CONSTANT (609437580000000)

static void
test_clean (void)
{
  for (gboolean bdf = FALSE; bdf <= TRUE; bdf++)
    {
      FixtureEdf edf = MINIMAL;

      edf.bdf = bdf;

      g_auto (FixtureResult) result = fixture_open (bdf ? "a.bdf" : "a.edf", fixture_edf (&edf));
      const SigRecording *recording = result.content.recording;

      fixture_assert_loaded (&result, NULL);
      g_assert_cmpuint (sig_recording_get_n_channels (recording), ==, 2);
      g_assert_cmpint (sig_recording_get_n_steps (recording), ==, 12);
      g_assert_cmpfloat (sig_recording_get_rate_hz (recording), ==, 4);
      g_assert_cmpstr (sig_recording_get_channel_name (recording, 0), ==, "EEG Fpz");
      g_assert_cmpstr (sig_recording_get_channel_unit (recording, 0), ==, "uV");
      g_assert_cmpstr (sig_recording_get_channel_unit (recording, 1), ==, "degC");
      g_assert_cmpint (sig_recording_get_start_us (recording), ==, START_US);
      g_assert_null (result.content.labels);
      for (gint64 t = 0; t < 12; t++)
        for (guint c = 0; c < 2; c++)
          g_assert_cmpfloat_with_epsilon (fixture_sample (&result, c, t), (float) (100 * c + t) / 10, 1e-6);
    }
}

/* The physical scale is a line through two points, whichever way it goes. */
static void
test_scale (void)
{
  FixtureEdf edf = MINIMAL;

  edf.signals[0] = (FixtureEdfSignal) { .label = "a", .physical_min = "50", .physical_max = "-50", .digital_min = "0",
                                        .digital_max = "100", .n = 4 };
  edf.signals[1] = (FixtureEdfSignal) { .label = "b", .physical_min = "1e-3", .physical_max = "3.5", .digital_min = "-2048",
                                        .digital_max = "2047", .n = 4 };

  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, 0), 50, 1e-5);
  g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 0, 10), 40, 1e-5);
  g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 1, 1), 1e-3 + (101 + 2048) * (3.5 - 1e-3) / 4095, 1e-6);
}

/* Rows 51, 54, 55, 56: the field and its place are told. */
static void
test_refused (void)
{
  const struct
  {
    FixtureEdf  edf;
    const char *expected;
  } rows[] = {
    { { .header_bytes = "512", .n_there = 1, .signals = { { .label = "a", .n = 4 }, { .label = "b", .n = 4 } } },
      "number of header bytes (byte 184) is “512”|2 signals make 768 bytes" },
    { { .header_bytes = "x", .n_there = 1, .signals = { { .label = "a", .n = 4 } } },
      "number of header bytes (byte 184) is “x”, which is not a number" },
    { { .n_signals = "0", .n_there = 1, .signals = { { .label = "a", .n = 4 } } },
      "number of signals (byte 252) is “0”, allowed are whole numbers from 1 to" },
    { { .n_signals = "-1", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "number of signals|“-1”" },
    { { .n_signals = "9999", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "number of signals|“9999”" },
    { { .n_signals = "  x ", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "number of signals|“x”" },
    { { .n_signals = "", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "number of signals|“”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4 }, { .label = "b", .n = 4, .n_text = "0" } } },
      "number of samples of signal 2 (byte 696) is “0”, allowed are whole numbers from 1 to 99999999" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .n_text = "-4" } } }, "number of samples of signal 1|“-4”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .n_text = "1e9" } } }, "number of samples of signal 1|“1e9”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .n_text = "99999999" } } },
      "no whole data record: 8 bytes follow the header, a record has 199999998" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .n_text = "4.5" } } }, "number of samples of signal 1|“4.5”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .physical_max = "1e40" } } },
      "physical maximum of signal 1 (byte 368) is “1e40”, which is not a number" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .physical_min = "1,2.3" } } },
      "physical minimum of signal 1|“1,2.3”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .digital_min = "nan" } } }, "digital minimum of signal 1|“nan”" },
    { { .n_there = 1, .signals = { { .label = "a", .n = 4, .digital_max = "" } } }, "digital maximum of signal 1|“”" },
    { { .record_s = "0", .n_there = 1, .signals = { { .label = "a", .n = 4 } } },
      "duration of a data record (byte 244) is “0”, which only a file without any signal but annotations may have" },
    { { .record_s = "-1", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "duration of a data record|“-1”" },
    { { .record_s = "1e30", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "duration of a data record|Hz" },
    { { .record_s = "1e-30", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "duration of a data record|Hz" },
    { { .n_records = "x", .n_there = 1, .signals = { { .label = "a", .n = 4 } } },
      "number of data records (byte 236) is “x”, which is not a number" },
    { { .n_records = "-2", .n_there = 1, .signals = { { .label = "a", .n = 4 } } }, "number of data records|“-2”" },
    { { .n_there = 0, .signals = { { .label = "a", .n = 4 } } }, "no whole data record: 0 bytes follow the header" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&rows[i].edf));

      g_test_message ("%s", rows[i].expected);
      fixture_assert_refused (&result, "a.edf", rows[i].expected);
    }
}

/* Row 51: wherever the header ends early, both numbers are told. */
static void
test_short (void)
{
  const FixtureEdf edf = MINIMAL;

  for (guint n = 8; n < 768; n++)
    {
      GByteArray *bytes = fixture_edf (&edf);
      g_autofree char *expected = g_strdup_printf ("ends inside the header (%u bytes, need %d)", n, n < 256 ? 256 : 768);

      g_byte_array_set_size (bytes, n);

      g_auto (FixtureResult) result = fixture_open ("a.edf", bytes);

      fixture_assert_refused (&result, "a.edf", expected);
    }
}

/* Rows 52, 53: the number of records against the file. */
static void
test_records (void)
{
  const struct
  {
    const char *n_records;
    guint       n_bytes; /* more or less than 3 whole records of 16 bytes */
    gint64      n_steps;
    const char *notes;
  } rows[] = {
    { "-1", 0, 12, "number of data records is -1|interrupted|says 3" },
    { "0", 0, 12, "number of data records is 0|says 3" },
    { "-1", -5, 8, "says 2|11 bytes after the last data record were left out" },
    { "5", 0, 12, "Declares 5 data records, 3 whole ones are there" },
    { "3", -7, 8, "Declares 3 data records, 2 whole ones are there|9 bytes after the last data record" },
    { "2", 0, 8, "16 bytes after the last data record were left out" },
    { "3", 7, 12, "7 bytes after the last data record were left out" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FixtureEdf edf = MINIMAL;
      GByteArray *bytes = NULL;

      edf.n_records = rows[i].n_records;
      bytes = fixture_edf (&edf);
      g_byte_array_set_size (bytes, bytes->len + rows[i].n_bytes);

      g_auto (FixtureResult) result = fixture_open ("a.edf", bytes);

      g_test_message ("%s", rows[i].notes);
      fixture_assert_loaded (&result, rows[i].notes);
      g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, rows[i].n_steps);
    }
}

/* Rows 57, 58, 62: what is mended, with a note. */
static void
test_mended (void)
{
  FixtureEdf edf = { .n_there = 1,
                     .record_s = "0,5",
                     .signals = { { .label = "same", .physical_min = "5", .physical_max = "5", .n = 2 },
                                  { .label = "same", .digital_min = "7", .digital_max = "7", .n = 2 },
                                  { .label = "", .unit = "\xB5V", .physical_min = "-1,5", .physical_max = "1,5", .n = 2 },
                                  { .label = "ta\tb\xE9", .unit = "\xC2\xB5V", .n = 2 } } };
  g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));
  const SigRecording *recording = result.content.recording;

  fixture_assert_loaded (&result, "3 fields of the header have a decimal comma|(the first: duration of a data record)"
                                  "|1 field of the header has tabs|label of signal 4"
                                  "|2 fields of the header have bytes that are not UTF-8|unit of signal 3"
                                  "|2 fields of the header have the same value as minimum and maximum"
                                  "|physical minimum of signal 1");
  g_assert_cmpfloat (sig_recording_get_rate_hz (recording), ==, 4);
  g_assert_cmpstr (sig_recording_get_channel_name (recording, 0), ==, "same");
  g_assert_cmpstr (sig_recording_get_channel_name (recording, 1), ==, "same (2)");
  g_assert_cmpstr (sig_recording_get_channel_name (recording, 2), ==, "Ch 3");
  g_assert_cmpstr (sig_recording_get_channel_name (recording, 3), ==, "ta bé");
  g_assert_cmpstr (sig_recording_get_channel_unit (recording, 2), ==, "µV");
  g_assert_cmpstr (sig_recording_get_channel_unit (recording, 3), ==, "µV");
  g_assert_cmpfloat (fixture_sample (&result, 0, 1), ==, 1);
  g_assert_cmpfloat (fixture_sample (&result, 1, 1), ==, 101);
  g_assert_cmpfloat_with_epsilon (fixture_sample (&result, 2, 1), 201 * 1.5 / 1000, 1e-6);
}

/* NULs where blanks belong, in names and numbers. */
static void
test_nuls (void)
{
  const FixtureEdf edf = MINIMAL;
  GByteArray *bytes = fixture_edf (&edf);

  for (guint i = 0; i < 768; i++)
    if (bytes->data[i] == ' ' && i >= 8)
      bytes->data[i] = 0;

  g_auto (FixtureResult) result = fixture_open ("a.edf", bytes);

  fixture_assert_loaded (&result, "which were read as blanks");
  g_assert_cmpstr (sig_recording_get_channel_name (result.content.recording, 0), ==, "EEG Fpz");
}

/* Row 63: days that are none, and the century. */
static void
test_dates (void)
{
  const gint64 day_us = G_GINT64_CONSTANT (86400000000);
  const struct
  {
    const char *date, *time, *recording;
    gint64      start_us;
    const char *notes;
  } rows[] = {
    { "24.04.89", "16.13.00", NULL, START_US, NULL },
    { "01.01.85", "00.00.00", "Startdate 01-JAN-1985 X X X", 5479 * day_us, NULL },
    { "01.01.85", "00.00.00", "Startdate X X X X", SIG_START_UNKNOWN, NULL },
    { "01.01.85", "00.00.00", "night 3", 5479 * day_us, NULL },
    { "31.12.84", "23.59.59", NULL, 42004 * day_us - 1000000, NULL },
    { "01.01.00", "00.00.00", NULL, 10957 * day_us, NULL },
    { "24:04-89", "16:13:00", NULL, START_US, NULL },
    { "00.00.00", "16.13.00", NULL, SIG_START_UNKNOWN, "start date “00.00.00” names no day" },
    { "31.02.85", "16.13.00", NULL, SIG_START_UNKNOWN, "“31.02.85” names no day" },
    { "", "16.13.00", NULL, SIG_START_UNKNOWN, "names no day" },
    { "24.04.89", "25.00.00", NULL, SIG_START_UNKNOWN, "start time “25.00.00” is no time of day" },
    { "24.04.89", "x", NULL, SIG_START_UNKNOWN, "start time “x” is no time of day" },
    { "01.01.00", "00.00.00", "Startdate 01-JAN-2100 X X X", 47482 * day_us, NULL },
    { "24.04.yy", "16.13.00", "Startdate 24-APR-1989 X X X", START_US, NULL },
    { "31.02.85", "16.13.00", "Startdate 24-apr-1989 X X X", START_US, NULL },
    { "24.04.89", "16.13.00", "Startdate 25-APR-1989 X X X", START_US, "“24.04.89” in one place and “Startdate 25-APR-1989”" },
    { "24.04.89", "16.13.00", "Startdate 31-FEB-1989 X X X", START_US, NULL },
    { "24.04.89", "16.13.00", "Startdate 24-ANU-1989", START_US, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FixtureEdf edf = MINIMAL;

      edf.date = rows[i].date;
      edf.time = rows[i].time;
      edf.recording = rows[i].recording;

      g_auto (FixtureResult) result = fixture_open ("a.edf", fixture_edf (&edf));

      g_test_message ("%s %s", rows[i].date, rows[i].time);
      fixture_assert_loaded (&result, rows[i].notes);
      g_assert_cmpint (sig_recording_get_start_us (result.content.recording), ==, rows[i].start_us);
    }
}

/* A text of numbers may begin as EDF does. */
static void
test_text (void)
{
  g_auto (FixtureResult) result = fixture_open_text ("a.txt", "0       1.5\n1       2.5\n2       0.5\n3       1.25\n");
  g_auto (FixtureResult) named = { 0 };
  FixtureEdf edf = MINIMAL;

  fixture_assert_loaded (&result, "");
  named = fixture_open ("a.wav", fixture_edf (&edf));
  fixture_assert_loaded (&named, "By its content this is a EDF file");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/edf/clean", test_clean);
  g_test_add_func ("/edf/scale", test_scale);
  g_test_add_func ("/edf/refused", test_refused);
  g_test_add_func ("/edf/short", test_short);
  g_test_add_func ("/edf/records", test_records);
  g_test_add_func ("/edf/mended", test_mended);
  g_test_add_func ("/edf/nuls", test_nuls);
  g_test_add_func ("/edf/dates", test_dates);
  g_test_add_func ("/edf/text", test_text);
  return g_test_run ();
}
