/* sig-columns-time.c: the rate, the start and the breaks of a table by its columns of time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-columns-private.h"

#include <math.h>
#include <string.h>

#include "sig-gaps.h"

#define REGULAR    0.05 /* steps of a regular time column are this close to their mean */
#define LEAST_RUN  20   /* rows between two jumps of such a column, on average */
#define LEAST_STEP 0.25 /* times the mean: steps of a column that wavers */
#define MOST_STEP  2.0

gboolean
sig_column_is_named (const char        *name,
                     const char *const *words)
{
  g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : NULL;

  for (gsize i = 0; lower != NULL && words[i] != NULL; i++)
    if (g_str_has_prefix (lower, words[i]) && !g_ascii_isalpha (lower[strlen (words[i])]))
      return TRUE;
  return FALSE;
}

/* Seconds (10 digits), milliseconds (13), microseconds (16) or nanoseconds (19) since 1970. */
static gboolean
is_unix_time (const SigTableColumn *column)
{
  return column->n > 1 && column->max > column->min
      && ((column->min >= 1e9 && column->max <= 4e9) || (column->min >= 1e12 && column->max <= 4e12)
          || (column->min >= 1e15 && column->max <= 4e15) || (column->min >= 1e18 && column->max <= 4e18))
      && (double) column->n_back <= 0.05 * (double) column->n;
}

/* Whether the unit is one of `words`. */
static gboolean
has_unit (const SigTableColumn *column,
          const char *const    *words)
{
  return column->unit != NULL && g_strv_contains (words, column->unit);
}

gboolean
sig_column_is_time (const SigTableColumn *column,
                    gboolean              first,
                    gboolean              has_header)
{
  static const char *const units[] = { "s", "sec", "sec.", "seconds", "ms", "msec", "us", "µs", "μs", NULL };
  static const char *const names[]
      = { "time", "timestamp", "t", "datetime", "date", "sec", "secs", "seconds", "ms", "unixtime", "zeit", "uhrzeit", "datum",
          "zeitstempel", "elapsed", "elapsed time", NULL };

  if (sig_column_is_named (column->name, names))
    return column->n_back == 0 || is_unix_time (column);
  if (is_unix_time (column) && (column->name == NULL || !has_header || column->n_back == 0))
    return TRUE;
  if (has_unit (column, units) && column->n > 2 && column->min_step > 0.0)
    return TRUE;
  return first && (!has_header || column->name == NULL) && !column->whole && column->n > 2 && column->min_step > 0.0
      && column->max_step - column->min_step <= 2.0 * REGULAR * column->max_step;
}

double
sig_column_time_unit (const SigTableColumn *column)
{
  static const char *const minutes[] = { "min", NULL };
  static const char *const milliseconds[] = { "ms", "msec", NULL };
  static const char *const microseconds[] = { "us", "µs", "μs", NULL };
  static const char *const milli[]
      = { "ms", "time_ms", "time (ms", "time [ms", "timestamp_ms", "timestamp (ms", "timestamp [ms", NULL };
  static const char *const micro[]
      = { "us", "time_us", "time (us", "time [us", "timestamp_us", "timestamp (us", "timestamp [us", NULL };

  if (column->kind == SIG_CELL_CLOCK)
    return 1.0;
  if (has_unit (column, minutes))
    return 60.0;
  if (has_unit (column, milliseconds) || sig_column_is_named (column->name, milli)
      || (column->min >= 1e12 && column->max <= 4e12))
    return 1e-3;
  if (has_unit (column, microseconds) || sig_column_is_named (column->name, micro)
      || (column->min >= 1e15 && column->max <= 4e15))
    return 1e-6;
  if (column->min >= 1e18 && column->max <= 4e18)
    return 1e-9;
  return 1.0;
}

double
sig_column_even_step (const SigTableColumn *column)
{
  if (column->n < 2)
    return 0.0;

  gboolean parted = column->n_jumps > 0 && column->n_jumps <= MIN (SIG_TABLE_MAX_JUMPS, column->n / LEAST_RUN);
  double even_s = column->last - column->first - (parted ? column->jumped : 0.0);
  double mean = even_s / (double) (column->n - 1 - (parted ? column->n_jumps : 0));
  double slack = MAX (REGULAR * mean, 1.01 * pow (10.0, -(double) column->decimals));
  double max_step = parted ? column->max_even_step : column->max_step;

  if (!(mean > 0.0) || column->min_step <= 0.0 || column->min_step < mean - slack || max_step > mean + slack)
    return 0.0;
  return mean * sig_column_time_unit (column);
}

double
sig_column_rate_of_step (double step_s)
{
  double rate = 1.0 / step_s, whole = round (rate);

  return whole > 0.0 && fabs (rate - whole) <= 1e-4 * rate ? whole : rate;
}

/* Seconds from one row to the next on average, where they differ no more than a clock may waver that is read when a sample is
 * written down; 0 for other columns. */
static double
mean_step (const SigTableColumn *column)
{
  double mean = column->n > LEAST_RUN ? (column->last - column->first) / (double) (column->n - 1) : 0.0;

  return mean > 0.0 && column->min_step > LEAST_STEP * mean && column->max_step < MOST_STEP * mean
             ? mean * sig_column_time_unit (column)
             : 0.0;
}

/* The rate that a column gives which has a time for every row; 0 for none. */
static double
rate_from_time (const SigTable *table,
                guint           i,
                SigReading     *reading)
{
  const SigTableColumn *column = &table->columns[i];
  gboolean complete = column->n == table->n_rows;
  double even_s = complete ? sig_column_even_step (column) : 0.0, mean_s = complete ? mean_step (column) : 0.0;
  g_autofree char *name = sig_table_dup_column_name (table, i);

  if (even_s > 0.0)
    return sig_column_rate_of_step (even_s);
  if (mean_s == 0.0)
    return 0.0;
  sig_reading_note (reading,
                    "The time in %s wavers (steps of %.6g to %.6g); the samples were taken to be evenly apart, at the mean rate "
                    "of %.6g Hz.", name, column->min_step, column->max_step, 1.0 / mean_s);
  return 1.0 / mean_s;
}

static void
note_irregular (const SigTable *table,
                guint           i,
                SigReading     *reading)
{
  const SigTableColumn *column = &table->columns[i];
  g_autofree char *name = sig_table_dup_column_name (table, i);

  if (column->back_line > 0)
    sig_reading_note (reading,
                      "The time in %s does not always go up (first at line %" G_GINT64_FORMAT
                      "), so it gives no rate.",
                      name, column->back_line);
  else if (column->n_jumps > 0)
    sig_reading_note (reading,
                      "The time in %s is not regular (steps of %.6g to %.6g, the first long one at line %" G_GINT64_FORMAT
                      "), so it gives no rate.",
                      name, column->min_step, column->max_step, column->jump_line);
  else
    sig_reading_note (reading, "The time in %s is not regular (steps of %.6g to %.6g), so it gives no rate.",
                      name, column->min_step, column->max_step);
}

static gint64
to_us (double seconds)
{
  return (gint64) llround (seconds * 1e6);
}

/* The start by the first row of a clock: with a date, or of one that another column has, or Unix time. */
static void
find_start (SigColumns *self,
            SigReading *reading)
{
  const SigTableColumn *date = NULL, *time = NULL, *unix_time = NULL;

  for (guint i = 0; i < self->table->n_columns; i++)
    {
      const SigTableColumn *column = &self->table->columns[i];

      if (self->roles[i] != SIG_ROLE_TIME || column->n == 0)
        continue;
      if (column->kind == SIG_CELL_CLOCK && column->has_date && (date == NULL || (column->has_time && !date->has_time)))
        date = column;
      else if (column->kind == SIG_CELL_CLOCK && !column->has_date && time == NULL)
        time = column;
      else if (column->kind == SIG_CELL_NUMBER && is_unix_time (column) && unix_time == NULL)
        unix_time = column;
    }
  if (date != NULL && date->has_time)
    self->start_us = to_us (date->first);
  else if (date != NULL && time != NULL)
    self->start_us = to_us (date->first + time->first);
  else if (date == NULL && unix_time != NULL)
    {
      self->start_us = to_us (unix_time->first * sig_column_time_unit (unix_time));
      sig_reading_note (reading, "The start is by Unix time, which is UTC.");
    }
}

static void
note_jumps (const SigTable *table,
            guint           i,
            SigReading     *reading)
{
  const SigTableColumn *column = &table->columns[i];
  g_autofree char *name = sig_table_dup_column_name (table, i);

  sig_reading_note (reading,
                    "The time in %s jumps ahead (first at line %" G_GINT64_FORMAT "): the recording is in %" G_GINT64_FORMAT
                    " segments.",
                    name, column->jump_line, column->n_jumps + 1);
}

void
sig_columns_find_rate (SigColumns *self,
                       double      stated_hz,
                       SigReading *reading)
{
  const SigTable *table = self->table;
  guint time = table->n_columns;

  sig_columns_find_paces (self);
  for (guint i = 0; i < table->n_columns && self->rate_hz == 0.0; i++)
    if (self->roles[i] == SIG_ROLE_TIME && table->columns[i].kind != SIG_CELL_IGNORED && table->columns[i].n > 1)
      {
        self->rate_hz = rate_from_time (table, i, reading);
        time = MIN (time, i);
        if (sig_column_even_step (&table->columns[i]) > 0.0 && self->rate_hz > 0.0 && table->columns[i].n_jumps > 0)
          {
            self->parting = &table->columns[i];
            note_jumps (table, i, reading);
          }
      }
  if (self->rate_hz == 0.0)
    self->rate_hz = stated_hz;
  if (self->rate_hz == 0.0 && time < table->n_columns)
    note_irregular (table, time, reading);
  if (self->start_us == SIG_START_UNKNOWN)
    find_start (self, reading);
}

/* Steps that are missing before each jump's row, at least none. */
static double
count_missing (const SigColumns *self,
               gint64           *n)
{
  const GArray *jumps = self->parting->jumps;
  double unit = sig_column_time_unit (self->parting), sum = 0.0;

  for (guint i = 0; i < jumps->len; i++)
    {
      double steps = MAX (round (g_array_index (jumps, SigJump, i).step * unit * self->rate_hz) - 1.0, 0.0);

      n[i] = steps < 1e15 ? (gint64) steps : G_MAXINT64;
      sum += steps;
    }
  return sum;
}

gboolean
sig_columns_part (SigColumns    *self,
                  guint          n_channels,
                  const SigFile *file,
                  SigReading    *reading,
                  GError       **error)
{
  gint64 n_rows = self->table->n_rows, at = 0, row = 0;
  guint n_jumps = self->parting != NULL ? self->parting->jumps->len : 0;
  g_autofree gint64 *n = g_new0 (gint64, n_jumps + 1);
  const SigJump *jumps = n_jumps > 0 ? (const SigJump *) self->parting->jumps->data : NULL;
  gboolean kept;

  if (n_jumps == 0)
    return TRUE;
  kept = sig_gaps_are_kept ((double) n_rows, count_missing (self, n), n_channels);
  if (!kept)
    {
      memset (n, 0, n_jumps * sizeof *n);
      sig_gaps_note (reading);
    }
  else if (!sig_table_insert_rows (self->table, jumps, n, n_jumps))
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "there is not enough memory for its gaps");
      return FALSE;
    }
  self->segments = g_array_new (FALSE, FALSE, sizeof (SigSegment));
  for (guint i = 0; i <= n_jumps; i++)
    {
      gint64 end = i < n_jumps ? jumps[i].row : n_rows;
      const SigSegment segment = { at, at + end - row };

      g_array_append_val (self->segments, segment);
      at = segment.end + n[i];
      row = end;
    }
  return TRUE;
}
