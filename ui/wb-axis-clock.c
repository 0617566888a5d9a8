/* wb-axis-clock.c: ticks and texts of a time axis on the clock on the wall
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-axis.h"

#include <math.h>

#define DAY_S    86400.0
#define ROUNDING 1e-6 /* of the axis: a tick at its end is one on it */

/* The midnight before step 0, in days since 1970, and the seconds from it to step 0: times are counted from there, since of
 * seconds since 1970 a double tells no more than quarters of a microsecond. */
static gint64
split_start (gint64  start_us,
             double *first)
{
  gint64 day_us = (gint64) DAY_S * G_USEC_PER_SEC, of_day = ((start_us % day_us) + day_us) % day_us;

  *first = (double) of_day / G_USEC_PER_SEC;
  return (start_us - of_day) / day_us;
}

/* Splits seconds since a midnight into days and seconds in the last, rounded once and first. */
static gint64
split_day (double  seconds,
           int     decimals,
           double *in_day)
{
  double scale = pow (10, decimals), day;

  seconds = round (seconds * scale) / scale;
  day = floor (seconds / DAY_S);
  *in_day = MAX (0, seconds - day * DAY_S);
  return (gint64) day;
}

static void
format_clock (char  *text,
              gsize  size,
              double in_day,
              int    decimals)
{
  int minutes = (int) (in_day / 60 + 1e-9);
  double rest = MAX (0, in_day - minutes * 60.);
  char format[16], number[32];

  g_snprintf (format, sizeof format, "%%0%d.%df", decimals > 0 ? decimals + 3 : 2, decimals);
  g_ascii_formatd (number, sizeof number, format, rest);
  g_snprintf (text, size, "%02d:%02d:%s", minutes / 60, minutes % 60, number);
}

/* The day as ISO 8601 has it, by the rule of the Gregorian calendar: days of 400 years, of 100, of 4, of one. Counted from March
 * on, a leap day is a year's last. */
static void
format_day (char  *text,
            gsize  size,
            gint64 day)
{
  gint64 since = day + 719468, era = (since >= 0 ? since : since - 146096) / 146097, of_era = since - era * 146097;
  gint64 year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  gint64 of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;

  g_snprintf (text, size, "%04" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT "-%02" G_GINT64_FORMAT,
              year + era * 400 + (month >= 10), month < 10 ? month + 3 : month - 9, of_year - (153 * month + 2) / 5 + 1);
}

guint
wb_axis_clock_ticks (const WbAxis *self,
                     double        rate_hz,
                     gint64        start_us,
                     double        spacing,
                     WbTick       *ticks,
                     guint         max)
{
  double first, step, low;
  gint64 midnight = split_start (start_us, &first);
  int decimals;
  guint n = 0;

  if (!wb_axis_is_valid (self) || self->log || !(rate_hz > 0))
    return 0;
  step = wb_axis_round_seconds ((self->high - self->low) / rate_hz * MAX (spacing, 1) / self->length);
  decimals = (int) CLAMP (-floor (log10 (step) + 1e-9), 0, 9);
  low = first + self->low / rate_hz;

  for (double i = ceil (low / step - ROUNDING); n < max; i++)
    {
      WbTick *tick = &ticks[n];
      double in_day, value = (i * step - first) * rate_hz;
      gint64 day = midnight + split_day (i * step, decimals, &in_day);

      if (value > self->high + ROUNDING * (self->high - self->low))
        break;
      tick->value = value;
      tick->position = wb_axis_to_pixel (self, value);
      if (in_day == 0)
        format_day (tick->text, sizeof tick->text, day);
      else
        format_clock (tick->text, sizeof tick->text, in_day, decimals);
      n++;
    }
  return n;
}

char *
wb_axis_clock_text (double step,
                    double rate_hz,
                    gint64 start_us)
{
  int decimals = (int) CLAMP (ceil (log10 (rate_hz) - 1e-9), 0, 6);
  double first, in_day;
  gint64 day = split_start (start_us, &first);
  g_autofree char *time = wb_axis_time_text (step, 0);
  char date[16], clock[24];

  day += split_day (first + floor (step) / rate_hz, decimals, &in_day);
  format_day (date, sizeof date, day);
  format_clock (clock, sizeof clock, in_day, decimals);
  return g_strdup_printf ("%s · %s %s", time, date, clock);
}
