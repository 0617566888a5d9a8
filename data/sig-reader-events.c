/* sig-reader-events.c: opens lists of labels with a header: start, end or duration, and name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-reader-events.h"

#include <math.h>
#include <string.h>

#include "sig-clock.h"
#include "sig-classes.h"
#include "sig-events.h"
#include "sig-number.h"

#define DAY_S 86400.0 /* dates before 1970-01-02 are seconds */

/* One line of the list. */
typedef struct
{
  gint64 line;
  double from_s, to_s;       /* NaN: not said */
  double start_step, end_step;
  char  *name;               /* (nullable) */
} Row;

/* What is known once all lines are read. */
typedef struct
{
  SigFile               *file;
  const SigEventColumns *columns;
  const SigRecording    *recording;
  SigReading            *reading;
  GArray                *rows;
  gint64                 n_dates;    /* onsets that are a date, of a recording that has none */
  gint64                 n_channels; /* labels of one channel */
  gboolean               disagree;   /* the steps are not those of the seconds */
} List;

static void
row_clear (gpointer data)
{
  g_free (((Row *) data)->name);
}

/* "1970-01-01 00:00:01.5" as MNE writes 1.5 s; FALSE for what is no date. */
static gboolean
parse_date (const SigField *field,
            double         *seconds)
{
  g_autofree char *text = sig_field_dup (field);
  char *blank = strchr (text, ' ');
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  if (blank != NULL)
    *blank = 'T';

  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (text, utc);

  if (date == NULL)
    return FALSE;
  *seconds = (double) g_date_time_to_unix (date) + (double) g_date_time_get_microsecond (date) * 1e-6;
  return TRUE;
}

/* Seconds from the recording's own start. */
static double
since_start (List  *self,
             double seconds)
{
  gint64 start_us = sig_recording_get_start_us (self->recording);

  if (start_us != SIG_START_UNKNOWN)
    return seconds - (double) start_us * 1e-6;
  self->n_dates++;
  return NAN;
}

/* The number in a column of a row; NaN where there is no such column or no number in it. */
static double
get_number (List           *self,
            const SigField *fields,
            guint           n_fields,
            SigEventRole    role)
{
  int column = self->columns->column[role];
  SigClock clock;
  double value;

  if (column < 0 || (guint) column >= n_fields)
    return NAN;

  const SigField *field = &fields[column];

  if (sig_number_parse (field->text, field->len, '.', &value, NULL) == SIG_NUMBER_OK
      || (self->columns->dialect.separator != ','
          && sig_number_parse (field->text, field->len, ',', &value, NULL) == SIG_NUMBER_OK))
    return value * self->columns->unit_s[role];
  if (sig_clock_parse (field->text, field->len, &clock) && clock.has_time && !clock.has_date)
    return clock.seconds;
  if (role == SIG_EVENT_START && field->len > 10 && parse_date (field, &value))
    return value < DAY_S ? value : since_start (self, value);
  return NAN;
}

/* A name in the last column may hold separators that nobody quoted, as MNE's texts have them: it goes on to the row's end. */
static char *
dup_name (const List     *self,
          const SigField *fields,
          guint           n_fields)
{
  int column = self->columns->column[SIG_EVENT_NAME];

  if (column < 0 || (guint) column >= n_fields)
    return NULL;

  SigField name = fields[column];

  if ((guint) column + 1 == self->columns->n_columns && n_fields > self->columns->n_columns && !name.quoted)
    name.len = (gsize) (fields[n_fields - 1].text + fields[n_fields - 1].len - name.text);
  return sig_class_strip_apostrophe (sig_field_dup (&name));
}

/* A label of one channel; SigViewer writes -1 for those of all. */
static gboolean
has_channel (const List     *self,
             const SigField *fields,
             guint           n_fields)
{
  int column = self->columns->column[SIG_EVENT_CHANNEL];

  if (column < 0 || (guint) column >= n_fields)
    return FALSE;

  g_autofree char *text = sig_field_dup (&fields[column]);

  return *text != '\0' && strcmp (text, "-1") != 0 && g_ascii_strcasecmp (text, "all") != 0
      && g_ascii_strcasecmp (text, "n/a") != 0;
}

static void
read_row (List         *self,
          const SigCsv *csv)
{
  guint n_fields;
  const SigField *fields = sig_csv_get_fields (csv, &n_fields);
  double rate = sig_recording_get_rate_hz (self->recording);
  Row row = { .line = sig_csv_get_line (csv), .name = dup_name (self, fields, n_fields) };
  double length_s = get_number (self, fields, n_fields, SIG_EVENT_LENGTH);
  double n_steps = get_number (self, fields, n_fields, SIG_EVENT_N_STEPS);

  row.from_s = get_number (self, fields, n_fields, SIG_EVENT_START);
  row.to_s = get_number (self, fields, n_fields, SIG_EVENT_END);
  if (isnan (row.to_s))
    row.to_s = row.from_s + (isnan (length_s) ? 0.0 : length_s);
  row.start_step = get_number (self, fields, n_fields, SIG_EVENT_START_STEP);
  row.end_step = get_number (self, fields, n_fields, SIG_EVENT_END_STEP);
  if (isnan (row.end_step) && !isnan (n_steps))
    row.end_step = row.start_step + n_steps;
  self->n_channels += has_channel (self, fields, n_fields);
  self->disagree = self->disagree || fabs (row.start_step - row.from_s * rate) > 1.5;
  g_array_append_val (self->rows, row);
}

/* Labels in steps that touch tell whether the end belongs to them: [0, 9] [10, 19] or [0, 10) [10, 20). */
static gboolean
end_is_inside (const List *self)
{
  gsize n_next = 0, n_same = 0;

  for (guint i = 0; i + 1 < self->rows->len; i++)
    {
      double gap = g_array_index (self->rows, Row, i + 1).start_step - g_array_index (self->rows, Row, i).end_step;

      n_next += gap == 1.0;
      n_same += gap == 0.0;
    }
  return n_next > 0 && n_same == 0;
}

static gboolean
add_rows (const List *self,
          SigEvents  *events,
          GError    **error)
{
  const int *column = self->columns->column;
  gboolean ends_in_steps = column[SIG_EVENT_END_STEP] >= 0;
  gboolean has_steps = column[SIG_EVENT_START_STEP] >= 0 && (ends_in_steps || column[SIG_EVENT_N_STEPS] >= 0);
  gboolean in_steps = has_steps && (column[SIG_EVENT_START] < 0 || !self->disagree);
  gboolean inside = in_steps && ends_in_steps && end_is_inside (self);

  if (has_steps && !in_steps)
    sig_reading_note (self->reading, "The labels say steps that are not those of their seconds at %g Hz; the seconds were taken.",
                      sig_recording_get_rate_hz (self->recording));
  if (in_steps && ends_in_steps)
    sig_reading_note (self->reading, "The end of a label was taken as %s.",
                      inside ? "its last step, as labels that touch say" : "the first step after it");
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (!(in_steps ? sig_events_add (events, row->line, row->start_step, row->end_step + (inside ? 1.0 : 0.0), row->name,
                                       error)
                     : sig_events_add_seconds (events, row->line, row->from_s, row->to_s, row->name, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_rows (List    *self,
           GError **error)
{
  g_autoptr (SigCsv) csv = sig_csv_new (self->file, &self->columns->dialect);
  g_autoptr (GError) local = NULL;
  gint64 size = sig_file_get_size (self->file);

  if (!self->columns->in_comment)
    sig_csv_next (csv, &local);
  while (local == NULL && sig_csv_next (csv, &local))
    {
      read_row (self, csv);
      sig_reading_advance (self->reading, self->file, (double) sig_csv_get_offset (csv) / (double) size, &local);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->n_dates > 0)
    {
      sig_file_fail (self->file, error, SIG_ERROR_MISMATCH,
                     "has labels that start on a date, and the recording does not say when it began; write their onset in "
                     "seconds");
      return FALSE;
    }
  if (self->n_channels > 0)
    sig_reading_note (self->reading,
                      self->n_channels == 1 ? "%" G_GINT64_FORMAT " label of a single channel was read as one of all."
                                            : "%" G_GINT64_FORMAT " labels of single channels were read as labels of all.",
                      self->n_channels);
  return TRUE;
}

SigLabels *
sig_reader_events_open (SigFile               *file,
                        const SigEventColumns *columns,
                        const SigRecording    *recording,
                        SigReading            *reading,
                        GError               **error)
{
  List list = { .file = file, .columns = columns, .recording = recording, .reading = reading };
  g_autoptr (SigEvents) events = sig_events_new (file, recording, reading, "line");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));

  list.rows = rows;
  g_array_set_clear_func (rows, row_clear);
  if (!read_rows (&list, error) || !add_rows (&list, events, error))
    return NULL;
  return sig_events_finish (events, error);
}
