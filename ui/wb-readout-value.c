/* wb-readout-value.c: a sample in figures
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-readout-paint.h"

#include "wb-text.h"

#include <math.h>
#include <string.h>

#define FLOAT_DIGITS  8 /* of a sample, at most */
#define MOST_DECIMALS 6

/* With groups of three from 10,000 on. */
static char *
format_decimals (double value,
                 int    decimals)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  g_autofree char *whole = NULL;

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (number, sizeof number, format, value);
  if (fabs (value) < 1e4)
    return g_strdup (number);
  whole = wb_text_count ((gint64) trunc (value));
  return g_strconcat (whole, strchr (number, '.'), NULL);
}

/* As many decimals for all values of a range, so that figures do not dance: three to four digits of it, but none that no sample
 * has. */
static char *
format_number (double value,
               double low,
               double high)
{
  double range = high - low, greatest = MAX (fabs (low), fabs (high)), scale;
  int decimals;

  if (range >= 1e9 || greatest >= 1e15 || (range <= 1e-3 && greatest < 1))
    return wb_text_value (value, 4);
  decimals = (int) MIN (3 - floor (log10 (range)), FLOAT_DIGITS - 1 - floor (log10 (MAX (greatest, 1))));
  decimals = CLAMP (decimals, 0, MOST_DECIMALS);
  if (decimals == 0)
    return wb_text_count ((gint64) round (value));
  scale = pow (10, decimals);
  /* Rounded first, and 0 added: what is rounded to nothing reads "0.00", not "-0.00". */
  return format_decimals (round (value * scale) / scale + 0., decimals);
}

char *
wb_readout_get_value (const WbScene *scene,
                      guint          channel,
                      gint64         step)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  const char *unit = sig_recording_get_channel_unit (recording, channel);
  g_autofree char *number = NULL;
  float value, low, high;

  if (!sig_pyramid_get_samples (scene->pyramid, channel, step, 1, &value))
    return g_strdup ("…");
  if (isnan (value))
    return g_strdup ("no value");
  if (isinf (value))
    return g_strdup (value > 0 ? "infinite" : "-infinite");
  sig_pyramid_get_range (scene->pyramid, channel, &low, &high);
  number = format_number (value, low, high);
  return g_strconcat (number, *unit != '\0' ? " " : "", unit, NULL);
}
