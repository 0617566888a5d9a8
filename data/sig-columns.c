/* sig-columns.c: what each column of a table is: a channel, the labels, time, a counter or nothing of use
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-columns-private.h"

#include <math.h>
#include <string.h>

#include "sig-blocks.h"
#include "sig-clock.h"
#include "sig-number.h"
#include "sig-rates.h"
#include "sig-sniff.h"
#include "sig-unit.h"

#define MAX_NAMES_SHOWN 6

/* Whether it is a time of day, a date, or both. */
static gboolean
is_clock (const SigField *field)
{
  SigClock clock;

  return sig_clock_parse (field->text, field->len, &clock);
}

/* Digits with the separators of dates, though they may be none. */
static gboolean
looks_like_date (const SigField *field)
{
  gboolean separated = FALSE;

  for (gsize i = 0; i < field->len; i++)
    {
      char c = field->text[i];

      separated = separated || (i > 0 && strchr (":-/", c) != NULL);
      if (!g_ascii_isdigit (c) && strchr (":-/. TZ+", c) == NULL)
        return FALSE;
    }
  return separated;
}

/* "1991 Jul", "1974Q1", "6042_R04": begins with digits, and has a letter that no number has, however it is written; "1.5 mV" is a
 * number that went wrong. */
static gboolean
is_digits_and_letters (const SigField *field)
{
  const char *rest = field->text, *end = field->text + field->len;
  gboolean has_letter = FALSE;

  while (rest < end && g_ascii_isdigit (*rest))
    rest++;
  if (rest == field->text || (field->text[0] == '0' && field->len > 1 && strchr ("xXbBoO", field->text[1]) != NULL))
    return FALSE;
  for (; rest < end && (*rest == ' ' || *rest == '.' || g_ascii_isdigit (*rest)); rest++)
    continue;

  g_autofree char *suffix = g_strndup (rest, (gsize) (end - rest));

  for (; rest < end; rest++)
    has_letter = has_letter || (g_ascii_isalpha (*rest) && strchr ("eEdDfFlLjJ", *rest) == NULL);
  return has_letter && !sig_unit_is_known (suffix);
}

/* TRUE for what is meant as a word, not as a number gone wrong: "0x10" and "1_000" are not words. */
static gboolean
is_word (const SigField *field)
{
  double value;

  if (field->len == 0 || sig_number_parse (field->text, field->len, '.', &value, NULL) != SIG_NUMBER_TEXT
      || sig_number_parse (field->text, field->len, ',', &value, NULL) != SIG_NUMBER_TEXT)
    return FALSE;
  return field->quoted || g_ascii_isalpha (*field->text) || (guchar) *field->text >= 0xE0 || strchr ("_/", *field->text) != NULL
         || is_digits_and_letters (field);
}

/* How a column of a chosen role is read; time that is no number gives no rate, and is passed over. */
static SigCellKind
kind_of_role (SigRole         role,
              const SigField *field)
{
  if (role == SIG_ROLE_LABEL)
    return SIG_CELL_CLASS;
  if (role == SIG_ROLE_TIME && is_clock (field))
    return SIG_CELL_CLOCK;
  if (role == SIG_ROLE_CHANNEL || (role == SIG_ROLE_TIME && !looks_like_date (field) && !is_word (field)))
    return SIG_CELL_NUMBER;
  return SIG_CELL_IGNORED;
}

void
sig_columns_setup (SigTable       *table,
                   const SigField *first_row,
                   gpointer        user_data)
{
  const SigColumnRoles *chosen = user_data;
  guint last = table->n_columns - 1;
  int label;

  if (chosen != NULL && chosen->n_columns == table->n_columns)
    {
      for (guint i = 0; i < table->n_columns; i++)
        table->columns[i].kind = kind_of_role (chosen->roles[i], &first_row[i]);
      return;
    }
  label = sig_table_find_label_name (table);
  if (label >= 0)
    table->columns[label].by_name = TRUE;
  if (label < 0 && is_word (&first_row[last]))
    label = (int) last;
  for (guint i = 0; i < table->n_columns; i++)
    if ((int) i == label)
      table->columns[i].kind = SIG_CELL_CLASS;
    else if (is_clock (&first_row[i]))
      table->columns[i].kind = SIG_CELL_CLOCK;
    else if (looks_like_date (&first_row[i]) || is_word (&first_row[i]))
      table->columns[i].kind = SIG_CELL_IGNORED;
}

static gboolean
is_counter (const SigTableColumn *column,
            gboolean              first,
            gboolean              has_header)
{
  static const char *const names[]
      = { "index", "idx", "id", "sample", "samples", "n", "no", "nr", "packet", "row", "line", "ligne", "zeile", "step", "frame",
          "counter", "#", "unnamed", NULL };
  gboolean steady = column->n > 2 && column->whole && column->step >= 1.0
                 && (double) (column->n_step + column->n_back) >= 0.95 * (double) (column->n - 1)
                 && (double) column->n_step >= 0.8 * (double) (column->n - 1);

  return steady && (first || sig_column_is_named (column->name, names))
         && (!has_header || column->name == NULL || sig_column_is_named (column->name, names));
}

static SigRole
find_role (const SigTable *table,
           guint           i,
           gboolean        has_header)
{
  const SigTableColumn *column = &table->columns[i];

  if (column->kind == SIG_CELL_CLASS)
    return SIG_ROLE_LABEL;
  if (column->kind == SIG_CELL_IGNORED)
    return SIG_ROLE_TEXT;
  if (column->kind == SIG_CELL_CLOCK)
    return SIG_ROLE_TIME;
  if (sig_column_is_time (column, i == 0, has_header) && table->n_columns > 1)
    return SIG_ROLE_TIME;
  if (is_counter (column, i == 0, has_header) && table->n_columns > 1)
    return SIG_ROLE_COUNTER;
  if (table->n_rows > 1 && (column->n == 0 || (column->n == table->n_rows && column->min == column->max)))
    return SIG_ROLE_CONSTANT;
  return SIG_ROLE_CHANNEL;
}

void
sig_columns_init (SigColumns           *self,
                  SigTable             *table,
                  gboolean              has_header,
                  const SigColumnRoles *chosen)
{
  gboolean has_label = FALSE;
  guint last = table->n_columns - 1;

  *self = (SigColumns) { .table = table, .start_us = SIG_START_UNKNOWN };
  self->roles = g_new0 (SigRole, table->n_columns);
  if (chosen != NULL && chosen->n_columns == table->n_columns)
    {
      memcpy (self->roles, chosen->roles, table->n_columns * sizeof (SigRole));
      return;
    }
  for (guint i = 0; i < table->n_columns; i++)
    {
      if (sig_table_has_numbers_for_classes (table, i))
        sig_table_turn_to_numbers (table, i);
      self->roles[i] = find_role (table, i, has_header);
      has_label = has_label || self->roles[i] == SIG_ROLE_LABEL;
    }
  if (!has_label && (!has_header || table->n_columns == 1) && self->roles[last] == SIG_ROLE_CHANNEL
      && sig_classes_is_few (table->cells + last, table->n_columns, table->n_rows))
    self->roles[last] = SIG_ROLE_LABEL;
}

void
sig_columns_clear (SigColumns *self)
{
  if (self->names != NULL)
    for (guint i = 0; i < self->table->n_columns; i++)
      g_free (self->names[i]);
  g_clear_pointer (&self->names, g_free);
  g_clear_pointer (&self->paces, g_free);
  g_clear_pointer (&self->segments, g_array_unref);
  g_clear_pointer (&self->roles, g_free);
}

static void
note_left_out (const SigColumns *self,
               SigReading       *reading)
{
  static const struct
  {
    SigRole     role;
    const char *what;
  } reasons[] = {
    { SIG_ROLE_TIME, "time" },     { SIG_ROLE_COUNTER, "a counter" },        { SIG_ROLE_CONSTANT, "constant" },
    { SIG_ROLE_TEXT, "text" },     { SIG_ROLE_OTHER, "not of the signals" },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize r = 0; r < G_N_ELEMENTS (reasons); r++)
    {
      guint n = 0;

      for (guint i = 0; i < self->table->n_columns; i++)
        {
          if (self->roles[i] != reasons[r].role)
            continue;

          g_autofree char *name = sig_table_dup_column_name (self->table, i);

          if (n < MAX_NAMES_SHOWN)
            g_string_append_printf (text, "%s%s", n > 0 ? ", " : text->len > 0 ? "; " : "", name);
          n++;
        }
      if (n > MAX_NAMES_SHOWN)
        g_string_append_printf (text, " and %u more", n - MAX_NAMES_SHOWN);
      if (n > 0)
        g_string_append_printf (text, " (%s)", reasons[r].what);
    }
  if (text->len > 0)
    sig_reading_note (reading, "Not read as channels: %s.", text->str);
}

/* The columns that become channels; where there is nothing but constants, those. */
static GArray *
list_channels (const SigColumns *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean only_constants = TRUE;

  for (guint i = 0; i < self->table->n_columns; i++)
    if (self->roles[i] == SIG_ROLE_CHANNEL || self->roles[i] == SIG_ROLE_LABEL)
      only_constants = FALSE;
  for (guint i = 0; i < self->table->n_columns; i++)
    {
      if (only_constants && self->roles[i] == SIG_ROLE_CONSTANT && self->table->columns[i].n > 0)
        self->roles[i] = SIG_ROLE_CHANNEL;
      if (self->roles[i] == SIG_ROLE_CHANNEL)
        g_array_append_val (list, i);
    }
  return list;
}

/* Spreads the first samples of a channel over all steps; the last one lasts as long as the others. */
static void
hold (float  *samples,
      gint64  n_steps,
      gint64  n_samples,
      SigPace pace)
{
  for (gint64 t = n_steps - 1; t >= 0; t--)
    {
      gint64 k = t * pace.n / pace.of;

      samples[t] = samples[k == n_samples && k > 0 ? k - 1 : k];
    }
}

/* The recording that knows which of its samples are held, with a note. */
static SigRecording *
apply_paces (const SigColumns   *self,
             const GArray       *list,
             const SigRecording *held,
             SigReading         *reading)
{
  g_autofree SigPace *paces = g_new (SigPace, list->len);
  g_autofree char *note = NULL;
  SigRecording *paced;

  for (guint c = 0; c < list->len; c++)
    paces[c] = self->paces[g_array_index (list, guint, c)];
  paced = sig_recording_with_paces (held, paces);
  note = sig_rates_dup_note (paced, SIG_RATES_HOLD);
  if (note != NULL)
    sig_reading_note (reading, "%s", note);
  return paced;
}

static SigRecording *
make_recording (const SigColumns *self,
                const GArray     *list,
                const SigFile    *file,
                SigReading       *reading,
                GError          **error)
{
  guint n = list->len;
  g_autofree const char **names = g_new0 (const char *, n);
  g_autofree const char **units = g_new0 (const char *, n);
  g_autofree float *samples = NULL;

  if (n > SIG_MAX_CHANNELS)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "has %u channels, at most %d are read", n, SIG_MAX_CHANNELS);
      return NULL;
    }
  samples = sig_table_dup_planar (self->table, (const guint *) list->data, n);
  if (samples == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "there is not enough memory for %u channels of %" G_GINT64_FORMAT " steps", n,
                     self->table->n_rows);
      return NULL;
    }
  for (guint c = 0; c < n; c++)
    {
      guint i = g_array_index (list, guint, c);

      if (self->paces != NULL)
        hold (samples + (gsize) c * (gsize) self->table->n_rows, self->table->n_rows, self->table->columns[i].n, self->paces[i]);
      names[c] = self->names != NULL && self->names[i] != NULL ? self->names[i] : self->table->columns[i].name;
      units[c] = self->unit != NULL ? self->unit : self->table->columns[i].unit;
    }

  g_autoptr (SigRecording) recording
      = sig_recording_new_take_samples (sig_file_get_name (file), n, self->table->n_rows, self->rate_hz, names, units,
                                        g_steal_pointer (&samples));

  g_autoptr (SigRecording) parted
      = self->segments != NULL ? sig_recording_with_segments (recording, (const SigSegment *) self->segments->data,
                                                              self->segments->len)
                               : sig_recording_ref (recording);
  g_autoptr (SigRecording) paced = self->paces != NULL ? apply_paces (self, list, parted, reading) : sig_recording_ref (parted);

  sig_reading_note_missing (reading, paced);
  return sig_recording_with_start (paced, self->start_us);
}

/* A table without channels is a file of labels, but not when it is prose: words in other columns, or words
 * that hardly ever come twice under a name that is not one of labels. */
static gboolean
may_be_only_labels (const SigColumns *self,
                    const SigLabels  *labels)
{
  if (labels == NULL)
    return FALSE;
  for (guint i = 0; i < self->table->n_columns; i++)
    if (self->roles[i] == SIG_ROLE_TEXT)
      return FALSE;
    else if (self->roles[i] == SIG_ROLE_LABEL && sig_heading_is_label_name (self->table->columns[i].name))
      return TRUE;
  return self->table->n_rows >= 2 * (gint64) self->table->words.words->len;
}

gboolean
sig_columns_make (SigColumns    *self,
                  const SigFile *file,
                  SigReading    *reading,
                  SigContent    *content,
                  GError       **error)
{
  g_autoptr (GArray) list = list_channels (self);

  if (list->len > 0 && !sig_columns_part (self, list->len, file, reading, error))
    return FALSE;
  for (guint i = 0; i < self->table->n_columns; i++)
    if (self->roles[i] == SIG_ROLE_LABEL)
      {
        content->labels = sig_table_make_labels (self->table, i, self->keep_class_order, file, error);
        if (content->labels == NULL)
          return FALSE;
      }
  if (list->len > 0)
    {
      content->recording = make_recording (self, list, file, reading, error);
      if (content->recording == NULL)
        return FALSE;
    }
  if (content->recording == NULL && !may_be_only_labels (self, content->labels))
    {
      sig_content_clear (content);
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no column of numbers that could be a channel");
      return FALSE;
    }
  note_left_out (self, reading);
  return TRUE;
}
