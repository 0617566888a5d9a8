/* test-reader-csv-time.c: delimited text: time, clocks, rates and jumps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "fixture.h"

/* A time column gives the rate where it is regular; row 79: where it is not, the first place is told. */
static void
test_time (void)
{
  fixture_assert_read ("time,a\n0.000,1.5\n0.008,3\n0.016,4\n0.023,4.5\n0.031,4.5\n", "1x5@129.032 a", "time (time)");
  fixture_assert_read ("t,a\n0.00,1.5\n0.01,3\n0.02,4\n", "1x3@100 a", "t (time)");
  fixture_assert_read ("time (ms),a\n0,1.5\n4,3\n8,4\n", "1x3@250 a", "time (time)");
  fixture_assert_read ("0.00,1.5\n0.01,3\n0.02,4\n0.03,7.5\n", "1x4@100 Ch 1", "column 1 (time)");
  fixture_assert_read ("1.5,1600000000.00\n2.5,1600000000.02\n1.5,1600000000.04\n", "1x3@50 Ch 1", "column 2 (time)");
  fixture_assert_read ("ts,a\n1600000000000,1.5\n1600000000002,3\n1600000000004,4\n", "1x3@500 a", "ts (time)");
  fixture_assert_read ("time,a\n0,1.5\n1,3\n5,4\n6,4.5\n", "1x4@- a",
                       "time in time is not regular (steps of 1 to 4, the first long one at line 4)");
  fixture_assert_read ("time,a\n0.5,1.5\n1.5,3\n1.5,4\n2.5,1\n", "1x4@- a", "does not always go up (first at line 4)");
  fixture_assert_read (",a\n0.00,1.5\n0.01,3\n0.02,4\n", "1x3@100 a", "column 1 (time)");
  fixture_assert_read ("ts,a\n1600000000000000000,1.5\n1600000000020000000,3\n1600000000040000000,4\n", "1x3@50 a", "ts (time)");
  fixture_assert_read (",a\n0 days 00:00:00.000,1.5\n0 days 00:00:00.010,3\n0 days 00:00:00.020,4\n", "1x3@100 a",
                       "column 1 (time)");
  fixture_assert_read ("# Sampling rate: 200 Hz\na,b\n1.5,2\n3,4.5\n", "2x2@200 a,b", NULL);
  fixture_assert_read ("%Sample Rate = 250.0 Hz\n1.5,2\n3,4.5\n", "2x2@250 Ch 1,Ch 2", NULL);
}

/* 100 rows at 50 Hz, and after 60 of them nothing for so many seconds. */
static FixtureResult
open_with_jump (int gap_s)
{
  g_autoptr (GString) text = g_string_new ("time,a,class\n");

  for (int t = 0; t < 100; t++)
    g_string_append_printf (text, "%d.%02d,%d.5,%c\n", t / 50 + (t >= 60) * gap_s, t % 50 * 2, t * 7 % 10, "xy"[t >= 60]);
  return fixture_open_text ("a.csv", text->str);
}

/* Regular but for jumps ahead: the rate is that between them, each begins a segment, and the gap before it has steps without
 * samples or labels, so that the time after it is right. */
static void
test_jumps (void)
{
  g_auto (FixtureResult) result = open_with_jump (7);
  gsize n;
  const SigSegment *segments = sig_recording_get_segments (result.content.recording, &n);

  fixture_assert_loaded (&result, "The time in time jumps ahead (first at line 62): the recording is in 2 segments");
  g_assert_cmpfloat_with_epsilon (sig_recording_get_rate_hz (result.content.recording), 50, 1e-9);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (segments[0].end, ==, 60);
  g_assert_cmpint (segments[1].start, ==, 410);
  g_assert_cmpint (segments[1].end, ==, 450);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 450);
  g_assert_cmpfloat (fixture_sample (&result, 0, 59), ==, 3.5f);
  g_assert_true (isnan (fixture_sample (&result, 0, 60)));
  g_assert_true (isnan (fixture_sample (&result, 0, 409)));
  g_assert_cmpfloat (fixture_sample (&result, 0, 410), ==, 0.5f);
  g_assert_cmpfloat (fixture_sample (&result, 0, 449), ==, 3.5f);
  g_assert_cmpint (sig_labels_get (result.content.labels, 59), ==, 0);
  g_assert_cmpint (sig_labels_get (result.content.labels, 60), ==, SIG_UNLABELLED);
  g_assert_cmpint (sig_labels_get (result.content.labels, 410), ==, 1);
  g_assert_null (strstr (result.notes, "missing"));
}

/* Dates of which some tell the day from the month and some do not, over days: what counts is that the time goes on. */
static void
test_doubtful_dates (void)
{
  static const int first_days[] = { 1, 11 };

  for (gsize k = 0; k < G_N_ELEMENTS (first_days); k++)
    {
      g_autoptr (GString) text = g_string_new ("when,a\n");
      g_autofree char *described = NULL;

      for (int t = 0; t < 200; t++)
        g_string_append_printf (text, "%02d/01/2020 %02d:%02d:00,%d.5\n", first_days[k] + t / 48, t % 48 / 2, t % 2 * 30,
                                t * 7 % 10);

      g_auto (FixtureResult) result = fixture_open_text ("a.csv", text->str);

      fixture_assert_loaded (&result, "when (time)");
      described = fixture_describe (&result);
      g_assert_true (g_str_has_prefix (described, "1x200@0.000555"));
    }
}

/* A clock that wavers gives the mean rate, one that stands still none. */
static void
test_wavering (void)
{
  static const double wavers[] = { 0, 3, -2, 4, -2, 1, 0, -3 }, stands[] = { 0, 3, -7, 4, -2, 1, 0, -3 };
  g_autoptr (GString) wavering = g_string_new ("time_ms,a\n"), standing = g_string_new ("time_ms,a\n");

  for (int t = 0; t < 100; t++)
    {
      g_string_append_printf (wavering, "%d,%d.5\n", t * 10 + (int) wavers[t % 8], t * 7 % 10);
      g_string_append_printf (standing, "%d,%d.5\n", t * 10 + (int) stands[t % 8], t * 7 % 10);
    }

  g_auto (FixtureResult) result = fixture_open_text ("a.csv", wavering->str);
  g_auto (FixtureResult) refused = fixture_open_text ("a.csv", standing->str);

  fixture_assert_loaded (&result, "The time in time_ms wavers (steps of 4 to 16)|at the mean rate of 99.5976 Hz.");
  g_assert_cmpfloat_with_epsilon (sig_recording_get_rate_hz (result.content.recording), 100, 0.5);
  fixture_assert_loaded (&refused, "so it gives no rate");
}

/* Days between two short parts are not steps. */
static void
test_long_jump (void)
{
  g_auto (FixtureResult) result = open_with_jump (1000000);
  gsize n;
  const SigSegment *segments = sig_recording_get_segments (result.content.recording, &n);

  fixture_assert_loaded (&result, "The gaps between the segments are many times longer than what was recorded");
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpint (segments[1].start, ==, 60);
  g_assert_cmpint (segments[1].end, ==, 100);
  g_assert_cmpfloat (fixture_sample (&result, 0, 60), ==, 0.5f);
}

/* Start, first unit and rate. */
static void
assert_clock (const char *text, const char *start, const char *unit, double rate_hz)
{
  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text);
  const SigRecording *recording = result.content.recording;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *shown = NULL;

  g_test_message ("%s", text);
  g_assert_no_error (result.error);
  if (sig_recording_get_start_us (recording) != SIG_START_UNKNOWN)
    {
      date = g_date_time_new_from_unix_utc (sig_recording_get_start_us (recording) / 1000000);
      shown = g_date_time_format (date, "%F %T");
    }
  g_assert_cmpstr (shown, ==, start);
  g_assert_cmpstr (sig_recording_get_channel_unit (recording, 0), ==, unit);
  g_assert_cmpfloat_with_epsilon (sig_recording_has_rate (recording) ? sig_recording_get_rate_hz (recording) : 0, rate_hz, 1e-6);
}

/* Time by the clock gives the rate, and with a date the start; units stand behind a name or below it. */
static void
test_clocks (void)
{
  assert_clock ("time,a [mV]\n2024-03-05 23:59:59.500,1.5\n2024-03-06 00:00:00.000,3\n2024-03-06 00:00:00.500,4\n",
                "2024-03-05 23:59:59", "mV", 2);
  assert_clock ("time,a\n23:59:59,1.5\n00:00:00,3\n00:00:01,4\n", NULL, "", 1);
  assert_clock ("Datum;Uhrzeit;Druck (kPa)\n24.12.2024;10:00:00,0;1,5\n24.12.2024;10:00:00,1;3,25\n24.12.2024;10:00:00,2;4,5\n",
                "2024-12-24 10:00:00", "kPa", 10);
  assert_clock ("time\ta\tb\ns\tmV\tg\n0.0\t1.5\t2\n0.1\t3\t4\n0.2\t1\t2\n", NULL, "mV", 10);
  assert_clock ("'Elapsed time','MLII'\n'hh:mm:ss.mmm','mV'\n'0:00.000',1.5\n'0:00.004',3\n'0:00.008',4\n", NULL, "mV", 250);
  assert_clock ("Zeit [ms];a\n0;1,5\n4;3,25\n8;4,5\n", NULL, "", 250);
  assert_clock ("time,a\n10:00:00,1.5\n,3\n10:00:02,4\n", NULL, "", 0);
  fixture_assert_read ("sep=;\na;b\n1.5;2\n3;4.5\n", "2x2@- a,b", NULL);
  fixture_assert_read ("a,b,remark\n1.5,2,\n3,4.5,start\n1,1,\n", "2x3@- a,b", "remark (text)");
}

/* Instruments that tell start and rate in ways of their own. */
static void
test_instruments (void)
{
  static const char signals[] = "# OpenSignals Text File Format\n"
                                "# {\"x\": {\"time\": \"14:20:16.5\", \"sensor\": [\"EMG\", \"ECG\"], "
                                "\"column\": [\"nSeq\", \"I1\", \"A1\", \"A2\"], \"sampling rate\": 1000, "
                                "\"date\": \"2018-3-27\"}}\n# EndOfHeader\n"
                                "0\t1\t500\t12\t\n1\t0\t501\t11\t\n2\t1\t505\t12\t\n3\t1\t500\t11\t\n";

  assert_clock ("1544027337.00\n4.000000\n0.5\n0.25\n0.125\n", "2018-12-05 16:28:57", "", 4);
  fixture_assert_read ("1544027337.00, 1544027337.00, 1544027337.00\n32.0, 32.0, 32.0\n-1,2,63\n-2,2,63\n-1,3,64\n",
               "3x3@32 Ch 1,Ch 2,Ch 3", "as Empatica writes them");
  fixture_assert_read ("1544027337.00\n4.000000\n1544027339.5\n0.25\n0.125\n", "1x5@- Ch 1", NULL);
  assert_clock (signals, "2018-03-27 14:20:16", "", 1000);
  fixture_assert_read (signals, "2x4@1000 A1 EMG,A2 ECG", "its 2 sensors were read");
}

/* Trigno's: each sensor after a time of its own, the slower ones with fewer rows. */
static void
test_paces (void)
{
  g_autoptr (GString) text = g_string_new ("Label: EMG 1 Sampling frequency: 100 Number of points: 30\n"
                                           "X[s],EMG 1[V],X[s],ACC.X 1[g],ACC.Y 1[g],X[s],Gyro[deg/s]\n");

  for (int t = 0; t < 30; t++)
    {
      g_string_append_printf (text, "%.2f,%d.5", t / 100.0, t * t % 17);
      if (t < 10)
        g_string_append_printf (text, ",%.3f,%d.5,%d.25", t * 0.03, 100 + t, 200 + t);
      else
        g_string_append (text, ",,,");
      g_string_append_printf (text, t < 20 ? ",%.3f,%d.5\n" : ",,\n", t * 0.015, 300 + t);
    }

  g_auto (FixtureResult) result = fixture_open_text ("a.csv", text->str);
  const SigRecording *recording = result.content.recording;
  g_autofree char *found = fixture_describe (&result);

  fixture_assert_loaded (&result, "several rates|the samples of slower ones are held: ACC.X 1 (33.3333 Hz), "
                                  "ACC.Y 1 (33.3333 Hz), Gyro (66.6667 Hz).|X, X, X (time)");
  g_assert_cmpstr (found, ==, "4x30@100 EMG 1,ACC.X 1,ACC.Y 1,Gyro");
  g_assert_cmpstr (sig_recording_get_channel_unit (recording, 3), ==, "deg/s");
  for (int t = 0; t < 30; t++)
    {
      g_assert_cmpfloat (fixture_sample (&result, 0, t), ==, (float) (t * t % 17) + 0.5f);
      g_assert_cmpfloat (fixture_sample (&result, 2, t), ==, 200.25f + (float) (t / 3));
      g_assert_cmpfloat (fixture_sample (&result, 3, t), ==, 300.5f + (float) (t * 2 / 3));
    }
  g_assert_cmpint (sig_recording_get_pace (recording, 1).of, ==, 3);

  /* Times side by side that are the same are one. */
  fixture_assert_read ("X[s],a[V],X[s],b[V]\n0.0,1.5,0.0,3\n0.1,2,0.0999,4\n0.2,7,0.2,1\n", "2x3@10 a,b", "X, X (time)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-csv-time/time", test_time);
  g_test_add_func ("/reader-csv-time/jumps", test_jumps);
  g_test_add_func ("/reader-csv-time/clocks", test_clocks);
  g_test_add_func ("/reader-csv-time/instruments", test_instruments);
  g_test_add_func ("/reader-csv-time/paces", test_paces);
  g_test_add_func ("/reader-csv-time/doubtful-dates", test_doubtful_dates);
  g_test_add_func ("/reader-csv-time/wavering", test_wavering);
  g_test_add_func ("/reader-csv-time/long-jump", test_long_jump);
  return g_test_run ();
}
