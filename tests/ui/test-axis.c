/* test-axis.c: pixels, values and round ticks
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-axis.h"

#include <math.h>

static void
test_round_trip (void)
{
  const WbAxis axes[] = { { -3, 7, 500 }, { 1e-4, 1e3, 300, TRUE }, { 0, 1e7, 1600 } };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_assert_true (wb_axis_is_valid (&axes[i]));
      g_assert_cmpfloat_with_epsilon (wb_axis_to_pixel (&axes[i], axes[i].low), 0, 1e-9);
      g_assert_cmpfloat_with_epsilon (wb_axis_to_pixel (&axes[i], axes[i].high), axes[i].length, 1e-9);
      for (double pixel = 0; pixel <= axes[i].length; pixel += 37)
        g_assert_cmpfloat_with_epsilon (wb_axis_to_pixel (&axes[i], wb_axis_to_value (&axes[i], pixel)), pixel, 1e-6);
    }
}

static void
test_invalid (void)
{
  const WbAxis axes[] = {
    { 1, 1, 100 },        { 2, 1, 100 },       { 0, 1, 0 },          { NAN, 1, 100 },
    { 0, INFINITY, 100 }, { 0, 1, 100, TRUE }, { -1, 1, 100, TRUE }, { -1e308, 1e308 * 1.7, 100 },
  };
  WbTick ticks[4];

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      g_assert_false (wb_axis_is_valid (&axes[i]));
      g_assert_cmpuint (wb_axis_ticks (&axes[i], 50, ticks, G_N_ELEMENTS (ticks)), ==, 0);
      g_assert_cmpuint (wb_axis_time_ticks (&axes[i], 0, 50, ticks, G_N_ELEMENTS (ticks)), ==, 0);
    }
}

static void
assert_spaced (const WbTick *ticks,
               guint         n,
               double        length,
               double        spacing)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat (ticks[i].position, >=, -1e-6);
      g_assert_cmpfloat (ticks[i].position, <=, length + 1e-6);
      if (i > 0)
        g_assert_cmpfloat (ticks[i].position - ticks[i - 1].position, >=, spacing - 1e-6);
    }
}

static void
test_spacing (void)
{
  WbTick ticks[64];

  for (double width = 1e-7; width < 1e9; width *= 3.7)
    for (double length = 80; length < 3000; length *= 2.3)
      {
        const WbAxis axis = { width * .37, width * 1.37, length };
        guint n = wb_axis_ticks (&axis, 60, ticks, G_N_ELEMENTS (ticks));

        assert_spaced (ticks, n, length, 60);
        if (length > 200)
          g_assert_cmpuint (n, >=, 2);
        n = wb_axis_time_ticks (&axis, 250, 60, ticks, G_N_ELEMENTS (ticks));
        assert_spaced (ticks, n, length, 60);
      }
}

static void
test_log (void)
{
  const WbAxis decades = { 1e-5, 10, 600, TRUE }, one = { .21, .25, 600, TRUE }, three = { .08, 4, 600, TRUE };
  WbTick ticks[32];
  guint n = wb_axis_ticks (&decades, 60, ticks, G_N_ELEMENTS (ticks));

  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpstr (ticks[0].text, ==, "1e-5");
  g_assert_cmpstr (ticks[5].text, ==, "1");
  g_assert_cmpstr (ticks[6].text, ==, "10");

  n = wb_axis_ticks (&one, 60, ticks, G_N_ELEMENTS (ticks));
  g_assert_cmpuint (n, >=, 2);
  assert_spaced (ticks, n, one.length, 40);

  n = wb_axis_ticks (&three, 40, ticks, G_N_ELEMENTS (ticks));
  g_assert_cmpuint (n, >=, 4);
  g_assert_cmpstr (ticks[0].text, ==, "0.1");
  g_assert_cmpstr (ticks[1].text, ==, "0.2");
}

static void
test_texts (void)
{
  const struct
  {
    double low, high, rate;
    const char *first, *second;
  } cases[] = {
    { 0, 10000, 0, "0", "2,000" },
    { 0, 500, 250, "0.0 s", "0.5 s" },
    { 250 * 100, 250 * 160, 250, "1:40", "1:50" },
    { 1000 * 3700., 1000 * 7000., 1000, "1:10:00", "1:20:00" },
    { 0, 8, 0, "0", "2" },
    { 0, 90, 1 / 3600., "0:00:00", "24:00:00" },
    { 0, 2000, 1 / 3600., "0 d", "20 d" },
    { 0, 2000, 1 / 86400., "0 d", "500 d" },
    { 150, 170, 1 / 3600., "6 d 06:00:00", "6 d 12:00:00" },
  };
  WbTick ticks[32];

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const WbAxis axis = { cases[i].low, cases[i].high, 500 };

      g_assert_cmpuint (wb_axis_time_ticks (&axis, cases[i].rate, 80, ticks, G_N_ELEMENTS (ticks)), >=, 2);
      g_assert_cmpstr (ticks[0].text, ==, cases[i].first);
      g_assert_cmpstr (ticks[1].text, ==, cases[i].second);
    }
}

static void
test_time_text (void)
{
  const struct
  {
    double step, rate;
    const char *text;
  } cases[] = {
    { 1234.7, 250, "step 1,234 · 4.936 s" },
    { 1234567, 0, "step 1,234,567" },
    { 250 * 60 - 1, 250, "step 14,999 · 59.996 s" },
    { 44100 * 61., 44100, "step 2,690,100 · 1:01.00000" },
    { 999, 1, "step 999 · 16:39" },
    { 3600 * 2.5, 1, "step 9,000 · 2:30:00" },
    { 100, 1 / 3600., "step 100 · 4 d 04:00:00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_axis_time_text (cases[i].step, cases[i].rate);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_length_text (void)
{
  const struct
  {
    double n_steps, rate;
    const char *text;
  } cases[] = {
    { 1, 0, "1 step" },
    { 1234567, 0, "1,234,567 steps" },
    { 1, 250, "0.004 s · 1 step" },
    { 312, 250, "1.248 s · 312 steps" },
    { 5000, 250, "20.00 s · 5,000 steps" },
    { 25000, 250, "1:40.00 · 25,000 steps" },
    { 2250000, 250, "2:30:00 · 2,250,000 steps" },
    { 312500000, 500, "7 d 05:36:40 · 312,500,000 steps" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_axis_length_text (cases[i].n_steps, cases[i].rate);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_clock (void)
{
  /* 2026-11-27 23:59:58.5 */
  const gint64 start_us = G_GINT64_CONSTANT (1795823998500000);
  const struct
  {
    gint64      start_us;
    double      step, rate;
    const char *text;
  } cases[] = {
    { start_us, 0, 1000, "step 0 · 2026-11-27 23:59:58.500" },
    { start_us, 1500, 1000, "step 1,500 · 2026-11-28 00:00:00.000" },
    { 0, 0, 1, "step 0 · 1970-01-01 00:00:00" },
    { -1000000, 0, 1, "step 0 · 1969-12-31 23:59:59" },
    { G_GINT64_CONSTANT (951782400000000), 0, 1, "step 0 · 2000-02-29 00:00:00" },
  };
  WbAxis axis = { .low = 0, .high = 4000, .length = 800 };
  WbTick ticks[16];
  guint n = wb_axis_clock_ticks (&axis, 1000, start_us, 90, ticks, G_N_ELEMENTS (ticks));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = wb_axis_clock_text (cases[i].step, cases[i].rate, cases[i].start_us);

      g_assert_cmpstr (text, ==, cases[i].text);
    }

  g_assert_cmpuint (n, ==, 9);
  g_assert_cmpstr (ticks[0].text, ==, "23:59:58.5");
  g_assert_cmpstr (ticks[1].text, ==, "23:59:59.0");
  g_assert_cmpstr (ticks[3].text, ==, "2026-11-28");
  g_assert_cmpfloat_with_epsilon (ticks[3].value, 1500, 1e-6);
  g_assert_cmpfloat_with_epsilon (ticks[3].position, 300, 1e-6);
}

/* Hours that divide a day, so that midnights are among them. */
static void
test_clock_hours (void)
{
  const gint64 start_us = G_GINT64_CONSTANT (1795823998500000);
  WbAxis axis = { .low = 0, .high = 20, .length = 600 };
  WbTick ticks[16];
  guint n = wb_axis_clock_ticks (&axis, 1 / 3600., start_us, 90, ticks, G_N_ELEMENTS (ticks));

  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpstr (ticks[0].text, ==, "2026-11-28");
  g_assert_cmpstr (ticks[1].text, ==, "03:00:00");
}

/* At a million steps a second ticks stand on steps, and each has a text of its own. */
static void
test_clock_fine (void)
{
  const gint64 start_us = G_GINT64_CONSTANT (1795823998500000);
  WbAxis axis = { .low = 1000000, .high = 1000004, .length = 800 };
  WbTick ticks[32];
  guint n = wb_axis_clock_ticks (&axis, 1e6, start_us, 90, ticks, G_N_ELEMENTS (ticks));

  g_assert_cmpuint (n, ==, 9);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (ticks[i].value, 1000000 + .5 * i, 1e-3);
  g_assert_cmpstr (ticks[2].text, ==, "23:59:59.5000010");
  g_assert_cmpstr (ticks[3].text, ==, "23:59:59.5000015");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/round-trip", test_round_trip);
  g_test_add_func ("/axis/invalid", test_invalid);
  g_test_add_func ("/axis/spacing", test_spacing);
  g_test_add_func ("/axis/log", test_log);
  g_test_add_func ("/axis/texts", test_texts);
  g_test_add_func ("/axis/time-text", test_time_text);
  g_test_add_func ("/axis/length-text", test_length_text);
  g_test_add_func ("/axis/clock", test_clock);
  g_test_add_func ("/axis/clock-hours", test_clock_hours);
  g_test_add_func ("/axis/clock-fine", test_clock_fine);
  return g_test_run ();
}
