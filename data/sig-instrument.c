/* sig-instrument.c: tables that tell in a way of their own what they hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-instrument.h"

#include <string.h>

#include "sig-clock.h"
#include "sig-sniff.h"

#define MAX_RATE_HZ 10000.0
#define MAX_NAMES   64

/* --- Empatica -------------------------------------------------------------------------- */

/* Whether a row has the same number in all columns. */
static gboolean
is_uniform (const SigTable *table,
            gint64          row)
{
  const float *cells = table->cells + row * table->n_columns;

  for (guint i = 1; i < table->n_columns; i++)
    if (cells[i] != cells[0])
      return FALSE;
  return TRUE;
}

gboolean
sig_instrument_take_empatica (SigTable *table,
                              double   *rate_hz,
                              double   *start_s)
{
  gsize width = table->n_columns;
  double start, rate;

  if (table->n_rows < 4 || (width != 1 && width != 3))
    return FALSE;
  for (guint i = 0; i < width; i++)
    if (table->columns[i].kind != SIG_CELL_NUMBER || table->columns[i].name != NULL)
      return FALSE;
  start = table->columns[0].first;
  rate = (double) table->cells[width];
  if (!is_uniform (table, 0) || !is_uniform (table, 1) || !(start >= 1e9 && start <= 4e9) || !(rate > 0 && rate <= MAX_RATE_HZ)
      || table->cells[2 * width] >= 1e9f)
    return FALSE;

  table->n_rows -= 2;
  memmove (table->cells, table->cells + 2 * width, (gsize) table->n_rows * width * sizeof (float));
  *rate_hz = rate;
  *start_s = start;
  return TRUE;
}

gboolean
sig_instrument_check_ibi (const SigFile *text,
                          gint64         offset,
                          GError       **error)
{
  char head[64] = { 0 };
  gsize n = (gsize) CLAMP (sig_file_get_size (text) - offset, 0, (gint64) sizeof head - 1);
  double start;
  const char *rest;

  if (!sig_file_read (text, offset, n, head, error))
    return FALSE;
  start = g_ascii_strtod (head, (char **) &rest);
  rest += strspn (rest, " ,;\t");
  if (!(start >= 1e9 && start <= 4e9) || strncmp (rest, "IBI", 3) != 0 || strchr ("\r\n", rest[3]) == NULL)
    return TRUE;
  sig_file_fail (text, error, SIG_ERROR_UNSUPPORTED,
                 "is a list of intervals between heart beats (IBI), which come at no rate; open the signal that they were found "
                 "in (BVP.csv), or write them at regular times");
  return FALSE;
}

/* --- OpenSignals ----------------------------------------------------------------------- */

/* The text behind `"key":`; NULL where it is not there. */
static const char *
find_value (const char *json,
            const char *key)
{
  g_autofree char *quoted = g_strdup_printf ("\"%s\":", key);
  const char *found = strstr (json, quoted);

  return found != NULL ? found + strlen (quoted) : NULL;
}

/* A string of JSON without escapes (transfer full); NULL where there is none. Leaves *p behind it. */
static char *
take_string (const char **p)
{
  const char *open = *p + strspn (*p, " ,[");
  const char *close = *open == '"' ? strchr (open + 1, '"') : NULL;

  if (close == NULL)
    return NULL;
  *p = close + 1;
  return g_strndup (open + 1, (gsize) (close - open - 1));
}

static char **
find_list (const char *json,
           const char *key)
{
  GStrvBuilder *list = g_strv_builder_new ();
  const char *p = find_value (json, key);
  char **strings;

  for (guint n = 0; p != NULL && n < MAX_NAMES; n++)
    {
      g_autofree char *string = take_string (&p);

      if (string == NULL)
        break;
      g_strv_builder_add (list, string);
    }
  strings = g_strv_builder_end (list);
  g_strv_builder_unref (list);
  return strings;
}

/* When the file says it began; SIG_START_UNKNOWN. */
static gint64
find_start (const char *json)
{
  const char *date_at = find_value (json, "date"), *time_at = find_value (json, "time");
  g_autofree char *date = date_at != NULL ? take_string (&date_at) : NULL;
  g_autofree char *time = time_at != NULL ? take_string (&time_at) : NULL;
  g_autofree char *both = g_strdup_printf ("%s %s", date != NULL ? date : "", time != NULL ? time : "");
  SigClock clock;

  if (!sig_clock_parse (both, strlen (both), &clock) || !clock.has_date || !clock.has_time)
    return SIG_START_UNKNOWN;
  return (gint64) (clock.seconds * 1e6);
}

void
sig_instrument_apply_opensignals (SigColumns *self,
                                  const char *comments,
                                  SigReading *reading)
{
  const SigTable *table = self->table;
  g_auto (GStrv) names = NULL;
  g_auto (GStrv) sensors = NULL;
  guint n_names, n_sensors;

  if (strstr (comments, "OpenSignals") == NULL)
    return;
  names = find_list (comments, "column");
  sensors = find_list (comments, "sensor");
  n_names = g_strv_length (names);
  n_sensors = g_strv_length (sensors);

  /* Each row may end with one more tab. The sensors are the last columns. */
  if (n_names < 2 || n_names > table->n_columns || n_names + 1 < table->n_columns || n_sensors >= n_names)
    return;
  self->names = g_new0 (char *, table->n_columns);
  for (guint i = 0; i < n_names; i++)
    {
      gboolean is_sensor = i + n_sensors >= n_names;

      self->names[i] = is_sensor ? g_strdup_printf ("%s %s", names[i], sensors[i + n_sensors - n_names]) : g_strdup (names[i]);
      if (is_sensor)
        self->roles[i] = SIG_ROLE_CHANNEL;
      else if (self->roles[i] == SIG_ROLE_CHANNEL || self->roles[i] == SIG_ROLE_LABEL)
        self->roles[i] = SIG_ROLE_OTHER;
    }
  for (guint i = n_names; i < table->n_columns; i++)
    self->roles[i] = SIG_ROLE_CONSTANT;
  self->start_us = find_start (comments);
  sig_reading_note (reading, "OpenSignals recording: its %u sensors were read, as the numbers that the device gives.", n_sensors);
}

/* --- GENEActiv ------------------------------------------------------------------------- */

void
sig_instrument_apply_geneactiv (SigColumns *self,
                                const char *comments)
{
  static const struct
  {
    const char *name, *unit;
  } columns[] = { { "time", NULL },   { "x", "g" },         { "y", "g" }, { "z", "g" },
                  { "light", "lux" }, { "button", NULL }, { "temperature", "°C" } };
  SigTable *table = self->table;

  if (!g_str_has_prefix (comments, "Device Type,GENEActiv") || table->n_columns != G_N_ELEMENTS (columns)
      || table->columns[0].kind != SIG_CELL_CLOCK)
    return;
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_free (table->columns[i].name);
      g_free (table->columns[i].unit);
      table->columns[i].name = g_strdup (columns[i].name);
      table->columns[i].unit = g_strdup (columns[i].unit);
    }
}
