/* wb-axis-time.c: ticks and texts of a time axis, in steps or in seconds, minutes and hours
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-axis.h"

#include <math.h>
#include <string.h>

#define DAY_S    86400.0
#define FEW_DAYS 4 /* up to here hours are told: "49:30:00" */

/* How a time reads: all ticks of a ruler share one form. */
typedef enum { FORM_SECONDS, FORM_MINUTES, FORM_HOURS, FORM_DAYS } Form;

static Form
choose_form (double seconds)
{
  return seconds < 60 ? FORM_SECONDS : seconds < 3600 ? FORM_MINUTES : seconds < FEW_DAYS * DAY_S ? FORM_HOURS : FORM_DAYS;
}

/* Whole number with a comma between thousands, whatever the locale. */
static void
format_steps (char  *text,
              gsize  size,
              double steps)
{
  char digits[32];
  gsize n, out = 0;

  g_snprintf (digits, sizeof digits, "%.0f", fabs (steps));
  n = strlen (digits);
  if (steps < 0 && out + 1 < size)
    text[out++] = '-';
  for (gsize i = 0; i < n && out + 2 < size; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        text[out++] = ',';
      text[out++] = digits[i];
    }
  text[out] = '\0';
}

static void
format_seconds (char  *text,
                gsize  size,
                double seconds,
                int    decimals,
                Form   form)
{
  double scale = pow (10, decimals), whole, rest, days;
  char format[16], number[32];

  /* Rounded once and first, so that 59.9996 s never reads "0:60.000". */
  seconds = round (seconds * scale) / scale;
  if (form == FORM_SECONDS)
    {
      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (number, sizeof number, format, seconds);
      g_snprintf (text, size, "%s s", number);
      return;
    }

  days = form == FORM_DAYS ? floor (seconds / DAY_S + 1e-9) : 0;
  seconds -= days * DAY_S;
  whole = floor (seconds / 60 + 1e-9);
  rest = MAX (0, seconds - whole * 60);
  g_snprintf (format, sizeof format, "%%0%d.%df", decimals > 0 ? decimals + 3 : 2, decimals);
  g_ascii_formatd (number, sizeof number, format, rest);
  if (form == FORM_MINUTES)
    g_snprintf (text, size, "%.0f:%s", whole, number);
  else if (form == FORM_DAYS && whole == 0 && rest == 0)
    g_snprintf (text, size, "%.0f d", days);
  else if (form == FORM_DAYS)
    g_snprintf (text, size, "%.0f d %02.0f:%02.0f:%s", days, floor (whole / 60), whole - floor (whole / 60) * 60, number);
  else
    g_snprintf (text, size, "%.0f:%02.0f:%s", floor (whole / 60), whole - floor (whole / 60) * 60, number);
}

static double
round_up_steps (double least)
{
  double power = 1;

  for (;; power *= 10)
    for (const double *m = (const double[]) { 1, 2, 5, 0 }; *m > 0; m++)
      if (*m * power >= least)
        return *m * power;
}

double
wb_axis_round_seconds (double least)
{
  static const double clock[]
      = { 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY_S };
  double power;

  for (guint i = 0; least > .5 && i < G_N_ELEMENTS (clock); i++)
    if (clock[i] >= least)
      return clock[i];
  if (least > .5)
    return round_up_steps (least / DAY_S) * DAY_S;

  power = pow (10, floor (log10 (least)));
  for (const double *m = (const double[]) { 1, 2, 5, 10, 0 }; *m > 0; m++)
    if (*m * power >= least * (1 - 1e-9))
      return *m * power;
  return 20 * power;
}

guint
wb_axis_time_ticks (const WbAxis *self,
                    double        rate_hz,
                    double        spacing,
                    WbTick       *ticks,
                    guint         max)
{
  double least, step, unit = rate_hz > 0 ? rate_hz : 1;
  int decimals;
  guint n = 0;

  if (!wb_axis_is_valid (self) || self->log)
    return 0;
  least = (self->high - self->low) / unit * MAX (spacing, 1) / self->length;
  step = rate_hz > 0 ? wb_axis_round_seconds (least) : round_up_steps (least);
  decimals = (int) CLAMP (-floor (log10 (step) + 1e-9), 0, 9);

  /* Adding 0 turns -0 into 0. */
  for (double i = ceil (self->low / unit / step - 1e-9) + 0.; i * step * unit <= self->high * (1 + 1e-12) && n < max;
       i++)
    {
      WbTick *tick = &ticks[n++];

      tick->value = i * step * unit;
      tick->position = wb_axis_to_pixel (self, tick->value);
      if (rate_hz > 0)
        format_seconds (tick->text, sizeof tick->text, i * step, decimals, choose_form (self->high / unit));
      else
        format_steps (tick->text, sizeof tick->text, tick->value);
    }
  return n;
}

static int
choose_decimals (double rate_hz)
{
  return (int) CLAMP (ceil (log10 (rate_hz) - 1e-9), 0, 6);
}

char *
wb_axis_time_text (double step,
                   double rate_hz)
{
  char steps[40], time[40];
  double whole = floor (step);

  format_steps (steps, sizeof steps, whole);
  if (rate_hz <= 0)
    return g_strdup_printf ("step %s", steps);
  format_seconds (time, sizeof time, whole / rate_hz, choose_decimals (rate_hz), choose_form (whole / rate_hz));
  return g_strdup_printf ("step %s · %s", steps, time);
}

char *
wb_axis_length_text (double n_steps,
                     double rate_hz)
{
  const char *noun = n_steps == 1 ? "step" : "steps";
  double seconds = n_steps / rate_hz;
  char steps[40], time[40];

  format_steps (steps, sizeof steps, n_steps);
  if (rate_hz <= 0)
    return g_strdup_printf ("%s %s", steps, noun);
  format_seconds (time, sizeof time, seconds, seconds < 10 ? 3 : seconds < 3600 ? 2 : 0, choose_form (seconds));
  return g_strdup_printf ("%s · %s %s", time, steps, noun);
}

char *
wb_axis_span_text (double start,
                   double end,
                   double rate_hz)
{
  char first[40], last[40], from[40], to[40];
  Form form;

  format_steps (first, sizeof first, floor (start));
  format_steps (last, sizeof last, floor (end));
  if (rate_hz <= 0)
    return g_strdup_printf ("steps %s–%s", first, last);
  form = choose_form (end / rate_hz);
  format_seconds (from, sizeof from, floor (start) / rate_hz, choose_decimals (rate_hz), form);
  format_seconds (to, sizeof to, floor (end) / rate_hz, choose_decimals (rate_hz), form);
  if (form == FORM_SECONDS)
    from[strlen (from) - strlen (" s")] = '\0';
  return g_strdup_printf ("%s–%s · steps %s–%s", from, to, first, last);
}
