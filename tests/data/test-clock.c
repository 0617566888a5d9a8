/* test-clock.c: times and dates in the ways that people and programs write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-clock.h"

#include <string.h>

#define DAY 86400.0

static void
test_written (void)
{
  /* 2024-03-05 is day 19787 since 1970, 2024-12-24 day 20081. */
  static const struct
  {
    const char *text;
    double      seconds;
    gboolean    has_date, has_time;
    guint       decimals;
  } rows[] = {
    { "2024-03-05 23:59:59.004", 19787 * DAY + 86399.004, TRUE, TRUE, 3 },
    { "2024-03-05T23:59:59Z", 19787 * DAY + 86399, TRUE, TRUE, 0 },
    { "2024-03-05T23:59:59.5+01:00", 19787 * DAY + 86399.5, TRUE, TRUE, 1 },
    { "2024/03/05 01:02", 19787 * DAY + 3720, TRUE, TRUE, 0 },
    { "24.12.2024 10:00:01,25", 20081 * DAY + 36001.25, TRUE, TRUE, 2 },
    { "24.12.2024", 20081 * DAY, TRUE, FALSE, 0 },
    { "12/24/2024 10:00", 20081 * DAY + 36000, TRUE, TRUE, 0 },
    { "24/12/2024 10:00", 20081 * DAY + 36000, TRUE, TRUE, 0 },
    { "05/03/2024 10:00", 36000, FALSE, TRUE, 0 },
    { "[10:00:01.500 24/12/2024]", 20081 * DAY + 36001.5, TRUE, TRUE, 3 },
    { "'0:02.778'", 2.778, FALSE, TRUE, 3 },
    { "10:00:01", 36001, FALSE, TRUE, 0 },
    { "1:00 PM", 46800, FALSE, TRUE, 0 },
    { "12:30 am", 1800, FALSE, TRUE, 0 },
    { "100:00:00", 360000, FALSE, TRUE, 0 },
    { "0 days 00:00:00.010000", 0.01, FALSE, TRUE, 6 },
    { "1 days 00:00:02", DAY + 2, FALSE, TRUE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SigClock clock;

      g_test_message ("%s", rows[i].text);
      g_assert_true (sig_clock_parse (rows[i].text, strlen (rows[i].text), &clock));
      g_assert_cmpfloat_with_epsilon (clock.seconds, rows[i].seconds, 1e-6);
      g_assert_cmpint (clock.has_date, ==, rows[i].has_date);
      g_assert_cmpint (clock.has_time, ==, rows[i].has_time);
      g_assert_cmpuint (clock.decimals, ==, rows[i].decimals);
    }
}

static void
test_refused (void)
{
  static const char *const texts[]
      = { "", "1", "1.5", "-1.5", "1-2", "1/2", "31.02.2024", "2024-13-01", "10:60", "10:00:61", "10:", ":10", "10:00x", "a10:00",
          "1.2.3", "2024-03-05 23", "2024-03-05 2024-03-05 10:00", "10:00:00+", "05/03/2024", "1 days", "1 days ",
          "1 days 2" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SigClock clock;

      g_test_message ("%s", texts[i]);
      g_assert_false (sig_clock_parse (texts[i], strlen (texts[i]), &clock));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/written", test_written);
  g_test_add_func ("/clock/refused", test_refused);
  return g_test_run ();
}
