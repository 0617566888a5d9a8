/* sig-clock.c: times of day and dates as text files write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-clock.h"

#include <string.h>

#define DAY_S      86400.0
#define EPOCH_DAY  719163 /* 1970-01-01 by GDate's count */
#define MAX_DIGITS 9

/* What is left of a text. */
typedef struct
{
  const char *at, *end;
} Text;

/* A whole number of 1 to 9 digits; how many, 0 for none. */
static guint
take_number (Text *text,
             int  *value)
{
  guint n = 0;

  for (*value = 0; text->at < text->end && g_ascii_isdigit (*text->at) && n < MAX_DIGITS; text->at++, n++)
    *value = *value * 10 + (*text->at - '0');
  return n;
}

static gboolean
take_sign (Text *text,
           char  sign)
{
  if (text->at >= text->end || *text->at != sign)
    return FALSE;
  text->at++;
  return TRUE;
}

/* Year first, or last; day and month by what they can be, and by the habit that goes with the sign between them. */
static gboolean
take_date (Text     *text,
           SigClock *out)
{
  int a, b, c, year, month, day;
  guint n_a = take_number (text, &a);
  char sign = text->at < text->end ? *text->at : '\0';

  if (n_a == 0 || sign == '\0' || strchr ("-/.", sign) == NULL)
    return FALSE;
  text->at++;
  if (take_number (text, &b) == 0 || !take_sign (text, sign) || take_number (text, &c) == 0)
    return FALSE;
  year = n_a == 4 ? a : c;
  month = n_a != 4 && sign == '/' && b > 12 ? a : b;
  day = n_a == 4 ? c : month == a && b > 12 ? b : a;
  if (year < 1000 || year > 9999 || !g_date_valid_dmy ((GDateDay) MIN (day, 255), (GDateMonth) MIN (month, 13), (GDateYear) year))
    return FALSE;
  out->has_date = n_a == 4 || sign != '/' || day > 12 || day == month;
  if (out->has_date)
    {
      GDate date;

      g_date_clear (&date, 1);
      g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
      out->seconds += DAY_S * ((double) g_date_get_julian (&date) - EPOCH_DAY);
    }
  return TRUE;
}

/* Hours, minutes and seconds, whose fraction stands behind a point, a comma or, as GENEActiv writes it, a colon; of two numbers
 * the second are seconds where it has a point. */
static gboolean
take_time (Text     *text,
           SigClock *out)
{
  int a, b, c = 0, fraction = 0;
  gboolean has_three = FALSE;
  double scale = 1;

  if (take_number (text, &a) == 0 || !take_sign (text, ':') || take_number (text, &b) == 0)
    return FALSE;
  if (take_sign (text, ':'))
    {
      has_three = take_number (text, &c) > 0;
      if (!has_three)
        return FALSE;
    }
  if (take_sign (text, '.') || take_sign (text, ',') || (has_three && take_sign (text, ':')))
    {
      out->decimals = take_number (text, &fraction);
      for (guint i = 0; i < out->decimals; i++)
        scale *= 10;
    }
  if (b >= 60 || c >= 60)
    return FALSE;
  if (!has_three && out->decimals > 0)
    out->seconds += 60.0 * a + b;
  else
    out->seconds += 3600.0 * a + 60.0 * b + c;
  out->seconds += fraction / scale;
  out->has_time = TRUE;
  return TRUE;
}

/* "PM" and "AM" count, "Z" and "+01:00" do not. */
static gboolean
take_rest (Text     *text,
           SigClock *out)
{
  int number;

  while (text->at < text->end && *text->at == ' ')
    text->at++;
  if (text->end - text->at == 2 && g_ascii_toupper (text->at[1]) == 'M' && strchr ("APap", *text->at) != NULL)
    {
      double hours = out->seconds - DAY_S * (double) (gint64) (out->seconds / DAY_S);

      if (g_ascii_toupper (*text->at) == 'P' && hours < DAY_S / 2)
        out->seconds += DAY_S / 2;
      else if (g_ascii_toupper (*text->at) == 'A' && hours >= DAY_S / 2)
        out->seconds -= DAY_S / 2;
      text->at += 2;
    }
  else if (!take_sign (text, 'Z') && (take_sign (text, '+') || take_sign (text, '-')))
    {
      if (take_number (text, &number) == 0 || (take_sign (text, ':') && take_number (text, &number) == 0))
        return FALSE;
    }
  return text->at == text->end;
}

/* "2 days ", as pandas begins a time that has passed. */
static void
take_days (Text     *text,
           SigClock *out)
{
  static const char *const words[] = { " days ", " day " };
  Text rest = *text;
  int days;

  if (take_number (&rest, &days) == 0)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n = strlen (words[i]);

      if ((gsize) (rest.end - rest.at) > n && strncmp (rest.at, words[i], n) == 0)
        {
          out->seconds = DAY_S * days;
          text->at = rest.at + n;
          return;
        }
    }
}

static gboolean
take_either (Text     *text,
             SigClock *out)
{
  Text before = *text;
  SigClock dated = *out;

  if (take_time (text, out))
    return TRUE;
  *text = before;
  *out = dated;
  return take_date (text, out);
}

gboolean
sig_clock_parse (const char *text,
                 gsize       len,
                 SigClock   *out)
{
  Text rest = { text, text + len };
  int parts = 0;

  *out = (SigClock) { 0 };
  while (rest.at < rest.end && strchr ("'[ ", *rest.at) != NULL)
    rest.at++;
  while (rest.end > rest.at && strchr ("'] ", rest.end[-1]) != NULL)
    rest.end--;
  take_days (&rest, out);
  while (parts < 2 && rest.at < rest.end && g_ascii_isdigit (*rest.at))
    {
      if (!take_either (&rest, out))
        return FALSE;
      parts++;
      while (rest.at + 1 < rest.end && strchr (" T_", *rest.at) != NULL && g_ascii_isdigit (rest.at[1]))
        rest.at++;
    }
  return parts > 0 && (out->has_date || out->has_time) && take_rest (&rest, out);
}
