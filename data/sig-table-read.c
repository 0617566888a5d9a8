/* sig-table-read.c: reads the rows of a text file into a table
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-clock.h"
#include "sig-number.h"
#include "sig-table.h"
#include "sig-unit.h"

#define ROWS_BETWEEN_REPORTS 4096
#define DAY_S                86400.0

/* One reading on its way: what does not outlive it. */
typedef struct
{
  SigTable     *table;
  SigFile      *file;
  SigCsv       *csv;
  SigReading   *reading;
  SigTableStyle style;
  gint64        capacity;  /* rows */
  gint64        n_ragged;  /* rows left out, and the line of the first */
  gint64        ragged_line;
  char         *last_word; /* the class cell before this one, and what it became: classes come in runs */
  gsize         last_len;
  float         last_cell;
} Filler;

static gboolean
fail_cell (const Filler   *self,
           guint           i,
           const SigField *field,
           const char     *what,
           GError        **error)
{
  g_autofree char *shown = sig_field_dup_shown (field);
  g_autofree char *name = sig_table_dup_column_name (self->table, i);

  sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "line %" G_GINT64_FORMAT ", column %u (%s): “%s” %s",
                 sig_csv_get_line (self->csv), i + 1, name, shown, what);
  return FALSE;
}

/* The code of a class cell, numbers under one spelling: 1 and 1.0 are one class. */
static gboolean
read_class (Filler         *self,
            guint           i,
            const SigField *field,
            float          *cell,
            GError        **error)
{
  if (self->last_word != NULL && field->len == self->last_len
      && strncmp (field->text, self->last_word, field->len) == 0)
    {
      *cell = self->last_cell;
      return TRUE;
    }

  g_autofree char *word = sig_class_dup_word (field->text, field->len, self->style.decimal);

  if (!sig_table_add_class (self->table, i, word, self->table->n_rows, sig_csv_get_line (self->csv), cell))
    return fail_cell (self, i, field, "is one class too many: at most 1,024 are read", error);
  g_free (self->last_word);
  self->last_word = g_strndup (field->text, field->len);
  self->last_len = field->len;
  self->last_cell = *cell;
  return TRUE;
}

/* A clock without dates goes back at midnight. So does one of dates of which some may be read in two ways ("02/01/2020"), between
 * others that may not. A cell that is no time is a missing one. */
static void
read_clock (Filler         *self,
            SigTableColumn *column,
            const SigField *field)
{
  SigClock clock;

  if (!sig_clock_parse (field->text, field->len, &clock))
    return;
  if (column->n == 0)
    {
      column->has_date = clock.has_date;
      column->has_time = clock.has_time;
    }
  if (clock.has_date != column->has_date)
    {
      if (!clock.has_time)
        return;
      clock.seconds = fmod (clock.seconds, DAY_S) + (column->has_date ? DAY_S * floor (column->last / DAY_S) : 0.0);
      if (column->has_date && clock.seconds < column->last - DAY_S / 2)
        clock.seconds += DAY_S;
    }
  if (!column->has_date && column->n > 0 && clock.seconds + column->days_s < column->last - DAY_S / 2)
    column->days_s += DAY_S;
  sig_table_column_take (column, clock.seconds + column->days_s, clock.decimals, self->table->n_rows,
                     sig_csv_get_line (self->csv));
}

/* Words in a column that was empty so far: comments that come now and then. */
static gboolean
is_remark (const SigTableColumn *column,
           const SigField       *field)
{
  return column->n == 0 && (g_ascii_isalpha (*field->text) || strchr ("/#*_", *field->text) != NULL);
}

static gboolean
read_cell (Filler         *self,
           guint           i,
           const SigField *field,
           float          *cell,
           GError        **error)
{
  SigTableColumn *column = &self->table->columns[i];
  char ungrouped[SIG_NUMBER_MAX_CHARS];
  const char *text = field->text;
  gsize len = field->len, n_ungrouped;
  guint decimals = 0;
  double value;

  if (column->kind == SIG_CELL_IGNORED)
    {
      *cell = 0.0f;
      return TRUE;
    }
  if (column->kind == SIG_CELL_CLOCK)
    {
      *cell = 0.0f;
      read_clock (self, column, field);
      return TRUE;
    }
  if (column->kind == SIG_CELL_CLASS)
    return read_class (self, i, field, cell, error);

  n_ungrouped = self->style.grouping != '\0'
                    ? sig_number_ungroup (text, len, self->style.grouping, self->style.decimal, ungrouped)
                    : 0;
  if (n_ungrouped > 0)
    {
      text = ungrouped;
      len = n_ungrouped;
    }
  switch (sig_number_parse (text, len, self->style.decimal, &value, &decimals))
    {
    case SIG_NUMBER_TEXT:
      if (self->table->n_rows == 0 || !is_remark (column, field))
        return fail_cell (self, i, field, "is not a number", error);
      column->kind = SIG_CELL_IGNORED;
      *cell = 0.0f;
      return TRUE;
    case SIG_NUMBER_TOO_LARGE:
      return fail_cell (self, i, field, "is too large for a 32-bit number (at most 3.4e38)", error);
    case SIG_NUMBER_OK:
    case SIG_NUMBER_MISSING:
      break;
    }
  sig_table_column_take (column, value, decimals, self->table->n_rows, sig_csv_get_line (self->csv));
  *cell = (float) value;
  return TRUE;
}

/* Makes room for one more row: first as many as the file should hold, later half as many again. */
static gboolean
ensure_room (Filler  *self,
             GError **error)
{
  SigTable *table = self->table;
  gsize n_bytes;

  if (table->n_rows < self->capacity)
    return TRUE;

  gint64 wanted = self->capacity + self->capacity / 2 + 16;

  if (self->capacity == 0)
    wanted
        = sig_file_get_size (self->file) / MAX (2 * (gint64) table->n_columns, sig_csv_get_offset (self->csv))
          + 16;

  float *grown = NULL;

  if (g_size_checked_mul (&n_bytes, (gsize) wanted, table->n_columns * sizeof (float)))
    grown = g_try_realloc (table->cells, n_bytes);
  if (grown == NULL)
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE,
                     "there is not enough memory for %u columns of %" G_GINT64_FORMAT " rows",
                     table->n_columns, wanted);
      return FALSE;
    }
  table->cells = grown;
  self->capacity = wanted;
  return TRUE;
}

/* Whether a row ends without the separator behind which all rows before it have nothing, as the last one of some writers does. */
static gboolean
lacks_only_empty (const SigTable *table,
                  guint           n_fields)
{
  const SigTableColumn *last = &table->columns[table->n_columns - 1];

  return n_fields > 0 && n_fields + 1 == table->n_columns && table->n_rows > 0 && last->kind == SIG_CELL_NUMBER && last->n == 0;
}

static gboolean
add_row (Filler         *self,
         const SigField *fields,
         guint           n_fields,
         GError        **error)
{
  SigTable *table = self->table;
  gboolean lacks_empty = lacks_only_empty (table, n_fields);

  if (n_fields != table->n_columns && !lacks_empty && self->style.skip_ragged)
    {
      if (self->n_ragged++ == 0)
        self->ragged_line = sig_csv_get_line (self->csv);
      return TRUE;
    }
  if (n_fields != table->n_columns && !lacks_empty)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "line %" G_GINT64_FORMAT " has %u fields, expected %u",
                     sig_csv_get_line (self->csv), n_fields, table->n_columns);
      return FALSE;
    }
  if (!ensure_room (self, error))
    return FALSE;

  float *cells = table->cells + (gsize) table->n_rows * table->n_columns;

  for (guint i = 0; i < n_fields; i++)
    if (!read_cell (self, i, &fields[i], &cells[i], error))
      return FALSE;
  if (lacks_empty)
    cells[n_fields] = NAN;
  table->n_rows++;
  if (table->n_rows % ROWS_BETWEEN_REPORTS != 0)
    return TRUE;

  double fraction = (double) sig_csv_get_offset (self->csv) / (double) sig_file_get_size (self->file);

  return sig_reading_advance (self->reading, self->file, fraction, error);
}

/* Takes the row below the header as units where most of its fields are some, and the others empty; FALSE where it is not. Of a
 * single column "W" is more likely a class. */
static gboolean
take_units (SigTable       *self,
            const SigField *fields)
{
  guint n_units = 0;

  if (self->n_columns < 2)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_autofree char *text = sig_field_dup (&fields[i]);

      if (*text == '\0')
        continue;
      if (!sig_unit_is_known (text))
        return FALSE;
      n_units++;
    }
  if (2 * n_units < self->n_columns || n_units == 0)
    return FALSE;
  for (guint i = 0; i < self->n_columns; i++)
    {
      char *text = sig_field_dup (&fields[i]);

      g_free (self->columns[i].unit);
      self->columns[i].unit = g_strstrip (g_strdelimit (text, "'[]()", ' '));
    }
  return TRUE;
}

gboolean
sig_table_read (SigTable            *self,
                SigFile             *file,
                SigCsv              *csv,
                char               **names,
                const SigTableStyle *style,
                SigTableSetup        setup,
                gpointer             user_data,
                SigReading          *reading,
                GError             **error)
{
  Filler filler = { .table = self, .file = file, .csv = csv, .reading = reading, .style = *style };
  g_autoptr (GError) local = NULL;
  gboolean ok = TRUE, has_units = FALSE;

  sig_table_init (self);
  if (names != NULL)
    sig_table_make_columns (self, g_strv_length (names), names);
  while (ok && sig_csv_next (csv, &local))
    {
      guint n_fields;
      const SigField *fields = sig_csv_get_fields (csv, &n_fields);

      if (style->expand != NULL && !style->expand (csv, user_data, &fields, &n_fields, &local))
        break;
      if (self->columns == NULL)
        sig_table_make_columns (self, n_fields, NULL);
      if (self->n_rows == 0 && names != NULL && !has_units && n_fields == self->n_columns)
        {
          has_units = take_units (self, fields);
          if (has_units)
            continue;
        }
      if (self->n_rows == 0 && n_fields == self->n_columns)
        setup (self, fields, user_data);
      ok = add_row (&filler, fields, n_fields, &local);
    }
  g_free (filler.last_word);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->n_rows == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no rows of data%s", names != NULL ? ", only a header" : "");
      return FALSE;
    }
  if (sig_csv_get_n_blank (csv) > 0)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " blank line%s between the rows %s skipped.", sig_csv_get_n_blank (csv),
                      sig_csv_get_n_blank (csv) == 1 ? "" : "s", sig_csv_get_n_blank (csv) == 1 ? "was" : "were");
  if (filler.n_ragged > 0)
    sig_reading_note (reading,
                      "%" G_GINT64_FORMAT " rows do not have %u fields and were left out, the first at line %"
                      G_GINT64_FORMAT ".",
                      filler.n_ragged, self->n_columns, filler.ragged_line);
  return TRUE;
}
