/* sig-edf-date.c: when an EDF or BDF recording began
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-edf-date.h"

#include <string.h>

#define UNIX_EPOCH   719163 /* 1970-01-01 as a Julian day of GDate */
#define US_PER_S     G_GINT64_CONSTANT (1000000)
#define FIRST_YEAR   85     /* years of two digits are 1985 to 2084 */

static const SigEdfField recording_field = { "recording", 0, 88, 80 };
static const SigEdfField date_field = { "start date", 0, 168, 8 };
static const SigEdfField time_field = { "start time", 0, 176, 8 };

/* Three numbers of two digits with anything but a digit between them. */
static gboolean
parse_three (const char *text,
             int         numbers[3])
{
  for (guint i = 0; i < 3; i++, text += 3)
    {
      if (!g_ascii_isdigit (text[0]) || !g_ascii_isdigit (text[1]) || (i < 2 && (text[2] == '\0' || g_ascii_isdigit (text[2])))
          || (i == 2 && text[2] != '\0'))
        return FALSE;
      numbers[i] = 10 * (text[0] - '0') + text[1] - '0';
    }
  return TRUE;
}

/* "Startdate 24-APR-1989 …". */
static gboolean
parse_startdate (const char *text,
                 GDate      *date)
{
  static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  g_auto (GStrv) words = g_strsplit_set (text, " -", 6);
  g_autofree char *name = NULL;
  const char *found = NULL;
  guint64 day = 0, year = 0;

  if (g_strv_length (words) < 4 || strcmp (words[0], "Startdate") != 0 || strlen (words[2]) != 3
      || !g_ascii_string_to_unsigned (words[1], 10, 1, 31, &day, NULL)
      || !g_ascii_string_to_unsigned (words[3], 10, 1000, 9999, &year, NULL))
    return FALSE;
  name = g_ascii_strup (words[2], 3);
  found = strstr (months, name);
  if (found == NULL || (found - months) % 3 != 0
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) ((found - months) / 3 + 1), (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) ((found - months) / 3 + 1), (GDateYear) year);
  return TRUE;
}

/* The day of the field "dd.mm.yy". */
static gboolean
parse_date (const char *text,
            GDate      *date)
{
  int numbers[3];

  if (!parse_three (text, numbers))
    return FALSE;

  int year = numbers[2] + (numbers[2] >= FIRST_YEAR ? 1900 : 2000);

  if (numbers[0] < 1 || !g_date_valid_dmy ((GDateDay) numbers[0], (GDateMonth) numbers[1], (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) numbers[0], (GDateMonth) numbers[1], (GDateYear) year);
  return TRUE;
}

/* Whether both are the same day as far as two digits of a year tell. */
static gboolean
is_same_day (const GDate *a,
             const GDate *b)
{
  return g_date_get_day (a) == g_date_get_day (b) && g_date_get_month (a) == g_date_get_month (b)
         && g_date_get_year (a) % 100 == g_date_get_year (b) % 100;
}

/* EDF+'s way of saying that the day is not known. */
static gboolean
is_withheld (const char  *recording,
             const GDate *date)
{
  return g_str_has_prefix (recording, "Startdate X") && g_date_get_day (date) == 1 && g_date_get_month (date) == 1
         && g_date_get_year (date) == 1900 + FIRST_YEAR;
}

/* The day, from both places where it may be. */
static gboolean
find_date (SigEdfText *text,
           SigReading *reading,
           GDate      *date)
{
  g_autofree char *field = sig_edf_text_dup (text, &date_field);
  g_autofree char *recording = sig_edf_text_dup (text, &recording_field);
  GDate long_date;
  gboolean has_long = FALSE;

  g_date_clear (&long_date, 1);
  has_long = parse_startdate (recording, &long_date);
  if (!parse_date (field, date))
    {
      if (has_long)
        *date = long_date;
      else
        sig_reading_note (reading, "The start date “%s” names no day; when it was recorded is not known.", field);
      return has_long;
    }
  if (is_withheld (recording, date))
    return FALSE;
  if (has_long && is_same_day (date, &long_date))
    *date = long_date;
  else if (has_long)
    sig_reading_note (reading, "The start date is “%s” in one place and “%.21s” in another; the first was taken.", field,
                      recording);
  return TRUE;
}

gint64
sig_edf_read_start (SigEdfText *text,
                    SigReading *reading)
{
  g_autofree char *time = sig_edf_text_dup (text, &time_field);
  int clock[3];
  GDate date;

  g_date_clear (&date, 1);
  if (!find_date (text, reading, &date))
    return SIG_START_UNKNOWN;
  if (!parse_three (time, clock) || clock[0] > 23 || clock[1] > 59 || clock[2] > 59)
    {
      sig_reading_note (reading, "The start time “%s” is no time of day; when it was recorded is not known.", time);
      return SIG_START_UNKNOWN;
    }
  return (((gint64) g_date_get_julian (&date) - UNIX_EPOCH) * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2]) * US_PER_S;
}
