/* wb-axis.c: values to pixels, and round ticks
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-axis.h"

#include "wb-text.h"

#include <math.h>

double
wb_axis_to_pixel (const WbAxis *self,
                  double        value)
{
  if (self->log)
    return log (value / self->low) / log (self->high / self->low) * self->length;
  return (value - self->low) / (self->high - self->low) * self->length;
}

double
wb_axis_to_value (const WbAxis *self,
                  double        pixel)
{
  double share = pixel / self->length;

  if (self->log)
    return self->low * pow (self->high / self->low, share);
  return self->low + share * (self->high - self->low);
}

gboolean
wb_axis_is_valid (const WbAxis *self)
{
  return isfinite (self->low) && isfinite (self->high) && self->low < self->high && isfinite (self->high - self->low)
         && isfinite (self->length) && self->length > 0 && (!self->log || self->low > 0);
}

/* The least of 1, 2, 5 × 10^k that is not below `least`. */
static double
round_up_step (double least)
{
  double power = pow (10, floor (log10 (least)));

  /* log10() may land a hair off at exact powers; the loop below then still ends on the right multiple. */
  for (const double *m = (const double[]) { 1, 2, 5, 10, 20, 0 }; *m > 0; m++)
    if (*m * power >= least * (1 - 1e-9))
      return *m * power;
  return 50 * power;
}

static void
begin_tick (const WbAxis *self,
            WbTick       *tick,
            double        value)
{
  tick->value = value;
  tick->position = wb_axis_to_pixel (self, value);
}

static void
set_short_text (WbTick *tick,
                int     figures)
{
  g_autofree char *text = wb_text_value (tick->value, figures);

  g_strlcpy (tick->text, text, sizeof tick->text);
}

static void
set_tick (const WbAxis *self,
          WbTick       *tick,
          double        value,
          double        step)
{
  int decimals = (int) CLAMP (-floor (log10 (step) + 1e-9), 0, 12);
  double size = MAX (fabs (self->low), fabs (self->high));

  if (fabs (value) < step * 1e-6)
    value = 0;
  begin_tick (self, tick, value);
  if (size >= 1e6 || size < 1e-3)
    set_short_text (tick, 4);
  else
    {
      char format[16];

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (tick->text, sizeof tick->text, format, value);
    }
}

static guint
linear_ticks (const WbAxis *self,
              double        spacing,
              WbTick       *ticks,
              guint         max)
{
  double step = round_up_step ((self->high - self->low) * MAX (spacing, 1) / self->length);
  double first = ceil (self->low / step - 1e-9), last = floor (self->high / step + 1e-9);
  guint n = 0;

  for (double i = first; i <= last && n < max; i++)
    set_tick (self, &ticks[n++], i * step, step);
  return n;
}

/* Powers of ten; with `between` also 2 and 5 times them. */
static guint
log_ticks (const WbAxis *self,
           gboolean      between,
           double        spacing,
           WbTick       *ticks,
           guint         max)
{
  static const double multiples[] = { 1, 2, 5 };
  int low = (int) floor (log10 (self->low) - 1e-9), high = (int) floor (log10 (self->high) + 1e-9);
  double decade = self->length / log10 (self->high / self->low);
  int stride = MAX (1, (int) ceil (spacing / decade - 1e-9));
  guint n = 0;

  for (int k = low; k <= high; k++)
    for (guint m = 0; m < (between ? G_N_ELEMENTS (multiples) : 1); m++)
      {
        double value = multiples[m] * pow (10, k);

        if (value < self->low * (1 - 1e-9) || value > self->high * (1 + 1e-9) || k % stride != 0 || n == max)
          continue;
        begin_tick (self, &ticks[n], value);
        set_short_text (&ticks[n], 1);
        n++;
      }
  return n;
}

guint
wb_axis_ticks (const WbAxis *self,
               double        spacing,
               WbTick       *ticks,
               guint         max)
{
  double decade;
  guint n;

  if (!wb_axis_is_valid (self) || max == 0)
    return 0;
  if (!self->log)
    return linear_ticks (self, spacing, ticks, max);

  decade = self->length / log10 (self->high / self->low);
  n = log_ticks (self, decade * log10 (2) >= spacing, spacing, ticks, max);
  if (n < 3)
    {
      /* Within about one decade the linear ticks are the round ones; the crowded upper end decides. */
      double share = 1 - wb_axis_to_pixel (self, self->high - (self->high - self->low) / 8) / self->length;

      n = linear_ticks (self, spacing / MAX (share * 8, .05), ticks, max);
    }
  return n;
}
