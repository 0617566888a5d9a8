/* sig-table.c: numbers by row and column, and what can be said of each column
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-table.h"

#include <math.h>
#include <string.h>

#include "sig-heading.h"
#include "sig-unit.h"

#define JUMP                    1.5 /* times the first step */
#define MAX_CLASSES_OF_Y        128 /* more are the places of a pointer or an eye */
#define MAX_CLASSES_OF_FEW_ROWS 16  /* more of them, in fewer than twice as many rows, are numbers that are measured */

void
sig_table_init (SigTable *self)
{
  *self = (SigTable) { 0 };
  sig_class_words_init (&self->words);
}

static void
update_jumps (SigTableColumn *column,
              double          step,
              gint64          row,
              gint64          line)
{
  const SigJump jump = { row, step };

  if (!(step > JUMP * column->step))
    {
      column->max_even_step = MAX (column->max_even_step, step);
      return;
    }
  if (column->n_jumps++ == 0)
    column->jump_line = line;
  column->jumped += step;
  if (column->jumps == NULL)
    column->jumps = g_array_new (FALSE, FALSE, sizeof (SigJump));
  if (column->jumps->len < SIG_TABLE_MAX_JUMPS)
    g_array_append_val (column->jumps, jump);
}

void
sig_table_column_take (SigTableColumn *column,
                       double          value,
                       guint           decimals,
                       gint64          row,
                       gint64          line)
{
  if (!isfinite (value))
    {
      column->whole = FALSE;
      return;
    }
  if (column->n == 0)
    {
      column->first = column->min = column->max = value;
      column->min_step = INFINITY;
      column->max_step = -INFINITY;
    }
  else
    {
      double step = value - column->last;

      if (column->n == 1)
        column->step = step;
      column->n_step += step == column->step;
      column->n_back += step < 0.0;
      if (step <= 0.0 && column->back_line == 0)
        column->back_line = line;
      update_jumps (column, step, row, line);
      column->min_step = MIN (column->min_step, step);
      column->max_step = MAX (column->max_step, step);
    }
  column->n++;
  column->last = value;
  column->min = MIN (column->min, value);
  column->max = MAX (column->max, value);
  column->whole = column->whole && value == floor (value);
  column->decimals = MAX (column->decimals, decimals);
}

/* PhysioNet's ticks around a name. */
static void
unquote (char *name)
{
  gsize n = strlen (name);

  if (n > 2 && name[0] == '\'' && name[n - 1] == '\'')
    {
      memmove (name, name + 1, n - 2);
      name[n - 2] = '\0';
    }
}

void
sig_table_make_columns (SigTable *self,
                        guint     n_columns,
                        char    **names)
{
  self->n_columns = n_columns;
  self->columns = g_new0 (SigTableColumn, n_columns);
  for (guint i = 0; i < n_columns; i++)
    {
      self->columns[i].whole = TRUE;
      self->columns[i].name = names != NULL && *names[i] != '\0' ? g_strdup (names[i]) : NULL;
      if (self->columns[i].name != NULL)
        {
          unquote (self->columns[i].name);
          self->columns[i].unit = sig_unit_split (self->columns[i].name);
        }
    }
}

int
sig_table_find_label_name (const SigTable *self)
{
  int label = -1;
  gboolean has_x = FALSE, has_z = FALSE;

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *name = self->columns[i].name;

      has_x = has_x || (name != NULL && g_ascii_strcasecmp (name, "x") == 0);
      has_z = has_z || (name != NULL && g_ascii_strcasecmp (name, "z") == 0);
    }
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *name = self->columns[i].name;

      if (sig_heading_is_label_name (name) && !(has_x && has_z && g_ascii_strcasecmp (name, "y") == 0))
        label = (int) i;
    }
  return label;
}

/* NAN for a word that is no number. */
static double
number_of (const char *word)
{
  char *end;
  double value = g_ascii_strtod (word, &end);

  return end != word && *end == '\0' ? value : NAN;
}

static gboolean
are_numbers (const SigClassWords *words)
{
  for (guint k = 0; k < words->words->len; k++)
    if (isnan (number_of (g_ptr_array_index (words->words, k))))
      return FALSE;
  return TRUE;
}

void
sig_table_turn_to_numbers (SigTable *self,
                           guint     column)
{
  SigTableColumn *turned = &self->columns[column];

  turned->kind = SIG_CELL_NUMBER;
  for (gint64 row = 0; row < self->n_rows; row++)
    {
      float *cell = &self->cells[(gsize) row * self->n_columns + column];
      double value = *cell >= 0.0f ? number_of (g_ptr_array_index (self->words.words, (guint) *cell)) : NAN;

      sig_table_column_take (turned, value, 0, row, row + 1);
      *cell = (float) value;
    }
  sig_class_words_clear (&self->words);
  sig_class_words_init (&self->words);
}

gboolean
sig_table_add_class (SigTable   *self,
                     guint       column,
                     const char *word,
                     gint64      row,
                     gint64      line,
                     float      *cell)
{
  double value = self->columns[column].by_name && word != NULL ? number_of (word) : NAN;
  gboolean is_fraction = !isnan (value) && value != floor (value) && are_numbers (&self->words);
  int code = word == NULL || is_fraction ? SIG_UNLABELLED : sig_class_words_add (&self->words, word);

  if (word != NULL && code == SIG_UNLABELLED && !isnan (value) && are_numbers (&self->words))
    {
      sig_table_turn_to_numbers (self, column);
      sig_table_column_take (&self->columns[column], value, 0, row, line);
      *cell = (float) value;
      return TRUE;
    }
  *cell = code == SIG_UNLABELLED ? NAN : (float) code;
  return word == NULL || code != SIG_UNLABELLED;
}

gboolean
sig_table_put_number (SigTable *self,
                      guint     column,
                      double    value,
                      guint     decimals)
{
  float *cell = &self->cells[(gsize) self->n_rows * self->n_columns + column];
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  switch (self->columns[column].kind)
    {
    case SIG_CELL_CLASS:
      g_ascii_formatd (text, sizeof text, "%.9g", value);
      return sig_table_add_class (self, column, isnan (value) ? NULL : text, self->n_rows, self->n_rows + 1, cell);
    case SIG_CELL_IGNORED:
      *cell = 0.0f;
      return TRUE;
    case SIG_CELL_NUMBER:
    case SIG_CELL_CLOCK:
      break;
    }
  if (isfinite (value) && fabs (value) > G_MAXFLOAT)
    value = value > 0.0 ? INFINITY : -INFINITY;
  sig_table_column_take (&self->columns[column], value, decimals, self->n_rows, self->n_rows + 1);
  *cell = (float) value;
  return TRUE;
}

gboolean
sig_table_has_numbers_for_classes (const SigTable *self,
                                   guint           column)
{
  const SigTableColumn *named = &self->columns[column];
  gint64 n_words = self->words.words->len;

  if (named->kind != SIG_CELL_CLASS || !named->by_name || !are_numbers (&self->words))
    return FALSE;
  return (n_words > MAX_CLASSES_OF_FEW_ROWS && 2 * n_words > self->n_rows)
         || (n_words > MAX_CLASSES_OF_Y && g_ascii_strcasecmp (named->name, "y") == 0);
}

void
sig_table_clear (SigTable *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_free (self->columns[i].name);
      g_free (self->columns[i].unit);
      g_clear_pointer (&self->columns[i].jumps, g_array_unref);
    }
  g_clear_pointer (&self->columns, g_free);
  g_clear_pointer (&self->cells, g_free);
  sig_class_words_clear (&self->words);
}

SigLabels *
sig_table_make_labels (SigTable      *self,
                       guint          column,
                       gboolean       keep_order,
                       const SigFile *file,
                       GError       **error)
{
  g_autofree char *name = sig_table_dup_column_name (self, column);
  g_autofree char *what = g_strdup_printf ("%s: %s", sig_file_get_name (file), name);
  g_autofree float *values = sig_table_dup_planar (self, &column, 1);

  if (values == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "there is not enough memory for its labels");
      return NULL;
    }
  if (self->columns[column].kind != SIG_CELL_CLASS)
    return sig_classes_from_values (values, self->n_rows, 1.0, what, error);

  g_autofree gint32 *codes = g_new (gint32, self->n_rows);

  for (gint64 t = 0; t < self->n_rows; t++)
    codes[t] = isnan (values[t]) ? SIG_UNLABELLED : (gint32) values[t];
  return sig_classes_from_codes (codes, self->n_rows, &self->words, keep_order);
}

float *
sig_table_dup_planar (const SigTable *self,
                      const guint    *columns,
                      guint           n_columns)
{
  gsize n_rows = (gsize) self->n_rows;
  float *planar = g_try_new (float, n_columns * n_rows);

  for (guint c = 0; planar != NULL && c < n_columns; c++)
    for (gsize t = 0; t < n_rows; t++)
      planar[c * n_rows + t] = self->cells[t * self->n_columns + columns[c]];
  return planar;
}

gboolean
sig_table_insert_rows (SigTable      *self,
                       const SigJump *jumps,
                       const gint64  *n,
                       guint          n_jumps)
{
  gsize width = self->n_columns, n_bytes;
  gint64 to = self->n_rows, from = self->n_rows;
  float *grown = NULL;

  for (guint i = 0; i < n_jumps; i++)
    to += n[i];
  if (g_size_checked_mul (&n_bytes, (gsize) to, width * sizeof (float)))
    grown = g_try_realloc (self->cells, n_bytes);
  if (grown == NULL)
    return FALSE;
  self->cells = grown;
  self->n_rows = to;
  for (guint i = n_jumps; i-- > 0;)
    {
      gint64 n_moved = from - jumps[i].row;

      from -= n_moved;
      to -= n_moved;
      memmove (grown + (gsize) to * width, grown + (gsize) from * width, (gsize) n_moved * width * sizeof (float));
      to -= n[i];
      for (gsize k = 0; k < (gsize) n[i] * width; k++)
        grown[(gsize) to * width + k] = NAN;
    }
  return TRUE;
}

char *
sig_table_dup_column_name (const SigTable *self,
                           guint           column)
{
  const char *name = self->columns[column].name;

  return name != NULL ? g_strdup (name) : g_strdup_printf ("column %u", column + 1);
}
