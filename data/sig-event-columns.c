/* sig-event-columns.c: which column of a list of labels says what, by the names that other programs give them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-event-columns.h"

#include <string.h>

#define HEAD_BYTES 4096

/* The words of a column's name, each with what it adds; a name of which one word is not here says nothing. */
static const struct
{
  const char *word;
  int         role;   /* -1: none */
  double      unit_s; /* 0: none, -1: steps */
} words[] = {
  { "onset", SIG_EVENT_START, 0 },    { "start", SIG_EVENT_START, 0 },     { "begin", SIG_EVENT_START, 0 },
  { "begins", SIG_EVENT_START, 0 },   { "from", SIG_EVENT_START, 0 },      { "position", SIG_EVENT_START, -1 },
  { "end", SIG_EVENT_END, 0 },        { "stop", SIG_EVENT_END, 0 },        { "ends", SIG_EVENT_END, 0 },
  { "to", SIG_EVENT_END, 0 },         { "duration", SIG_EVENT_LENGTH, 0 }, { "length", SIG_EVENT_LENGTH, 0 },
  { "dur", SIG_EVENT_LENGTH, 0 },     { "time", -1, 0 },                   { "in", -1, 0 },
  { "s", -1, 1 },                     { "sec", -1, 1 },                    { "secs", -1, 1 },
  { "second", -1, 1 },                { "seconds", -1, 1 },                { "ms", -1, 1e-3 },
  { "msec", -1, 1e-3 },               { "millis", -1, 1e-3 },              { "milliseconds", -1, 1e-3 },
  { "us", -1, 1e-6 },                 { "microseconds", -1, 1e-6 },        { "sample", -1, -1 },
  { "samples", -1, -1 },              { "samp", -1, -1 },                  { "frame", -1, -1 },
  { "frames", -1, -1 },               { "step", -1, -1 },                  { "steps", -1, -1 },
  { "index", -1, -1 },                { "idx", -1, -1 },
  { "beginn", SIG_EVENT_START, 0 },   { "anfang", SIG_EVENT_START, 0 },    { "ende", SIG_EVENT_END, 0 },
  { "dauer", SIG_EVENT_LENGTH, 0 },   { "zeit", -1, 0 },
};

/* Whole names, the likelier ones for the class first. */
static const char *const class_names[] = { "label",      "labels", "description", "trial_type", "annotation", "name",
                                           "event_type", "event",  "class",       "type",       "species",    "state",
                                           "stage",      "value",  "text",        "klasse",     "beschreibung",
                                           NULL };

/* "Begin Time (s)" becomes "begin_time_s" (transfer full). */
static char *
normalise (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
      g_string_append_c (out, g_ascii_tolower (*p));
    else if (out->len > 0 && out->str[out->len - 1] != '_')
      g_string_append_c (out, '_');
  if (out->len > 0 && out->str[out->len - 1] == '_')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}

/* A start, end or length from the words of a name; its unit is 0 where none is named. FALSE for other names. */
static gboolean
read_words (const char *name,
            int        *role,
            double     *unit_s)
{
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  *role = -1;
  *unit_s = 0.0;
  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize k = 0;

      while (k < G_N_ELEMENTS (words) && strcmp (words[k].word, parts[i]) != 0)
        k++;
      if (k == G_N_ELEMENTS (words) || (words[k].role >= 0 && *role >= 0))
        return FALSE;
      if (words[k].role >= 0)
        *role = words[k].role;
      if (words[k].unit_s != 0.0)
        *unit_s = words[k].unit_s;
    }
  return *role >= 0;
}

static int
find_class_name (const char *name)
{
  for (int i = 0; class_names[i] != NULL; i++)
    if (strcmp (class_names[i], name) == 0)
      return i;
  return -1;
}

static void
set_column (SigEventColumns *self,
            int              role,
            double           unit_s,
            int              column)
{
  if (unit_s < 0.0)
    role += SIG_EVENT_START_STEP - SIG_EVENT_START;
  if (self->column[role] < 0)
    {
      self->column[role] = column;
      self->unit_s[role] = unit_s > 0.0 ? unit_s : 1.0;
    }
}

/* SigViewer's duration has the unit of its position. */
static void
follow_start (SigEventColumns *self,
              gboolean         length_has_unit)
{
  if (self->column[SIG_EVENT_START] >= 0 || self->column[SIG_EVENT_START_STEP] < 0 || length_has_unit)
    return;
  for (int role = SIG_EVENT_END; role <= SIG_EVENT_LENGTH; role++)
    if (self->column[role] >= 0 && self->column[role + SIG_EVENT_START_STEP] < 0)
      {
        self->column[role + SIG_EVENT_START_STEP] = self->column[role];
        self->column[role] = -1;
      }
}

static void
read_header (SigEventColumns *self,
             const SigField  *fields,
             guint            n_fields)
{
  int best_class = G_MAXINT;
  gboolean length_has_unit = FALSE;

  self->n_columns = n_fields;
  for (int role = 0; role < SIG_EVENT_N_ROLES; role++)
    {
      self->column[role] = -1;
      self->unit_s[role] = 1.0;
    }
  for (guint i = 0; i < n_fields; i++)
    {
      g_autofree char *text = sig_field_dup (&fields[i]);
      g_autofree char *name = normalise (text);
      int role, rank = find_class_name (name);
      double unit_s;

      if (rank >= 0 && rank < best_class)
        {
          best_class = rank;
          self->column[SIG_EVENT_NAME] = (int) i;
        }
      else if (strcmp (name, "channel") == 0 || strcmp (name, "channels") == 0)
        self->column[SIG_EVENT_CHANNEL] = (int) i;
      else if (strcmp (name, "sample") == 0)
        set_column (self, SIG_EVENT_START, -1, (int) i);
      else if (strcmp (name, "n_samples") == 0 || strcmp (name, "n_steps") == 0)
        set_column (self, SIG_EVENT_LENGTH, -1, (int) i);
      else if (read_words (name, &role, &unit_s))
        {
          set_column (self, role, unit_s, (int) i);
          length_has_unit = length_has_unit || (role != SIG_EVENT_START && unit_s != 0.0);
        }
    }
  follow_start (self, length_has_unit);
}

static gboolean
has_length (const SigEventColumns *self)
{
  return self->column[SIG_EVENT_END] >= 0 || self->column[SIG_EVENT_LENGTH] >= 0
      || self->column[SIG_EVENT_END_STEP] >= 0 || self->column[SIG_EVENT_N_STEPS] >= 0;
}

/* A column called "sample" may as well be a counter: it is a start only beside a length. */
static gboolean
are_found (const SigEventColumns *self)
{
  if (self->column[SIG_EVENT_START] >= 0)
    return has_length (self) || self->column[SIG_EVENT_NAME] >= 0;
  return self->column[SIG_EVENT_START_STEP] >= 0 && has_length (self);
}

/* MNE's text files name their columns in a comment: "# onset, duration, description". */
static gboolean
find_in_comment (SigEventColumns *self,
                 SigFile         *file,
                 gint64           start)
{
  char text[HEAD_BYTES + 1] = { 0 };
  gsize n = MIN (HEAD_BYTES, (gsize) (sig_file_get_size (file) - start));

  if (!sig_file_read (file, start, n, text, NULL))
    return FALSE;
  for (char *line = text; *line == '#'; line += strspn (line, "\r\n"))
    {
      gsize len = strcspn (line, "\r\n");
      g_autoptr (GBytes) bytes = g_bytes_new (line + 1, len - 1);
      g_autoptr (SigFile) header = sig_file_new_bytes ("header", bytes);
      SigDialect dialect = { ',', '.', "\"", "", 0, 1 };
      g_autoptr (SigCsv) csv = sig_csv_new (header, &dialect);
      guint n_fields;

      if (len > 1 && sig_csv_next (csv, NULL))
        {
          const SigField *fields = sig_csv_get_fields (csv, &n_fields);

          read_header (self, fields, n_fields);
          self->dialect = (SigDialect) { ',', '.', "\"", "#", start, 1 };
          self->in_comment = TRUE;
          if (are_found (self))
            return TRUE;
        }
      line += len;
    }
  return FALSE;
}

gboolean
sig_event_columns_find (SigEventColumns *self,
                        SigFile         *file,
                        gint64           start)
{
  static const char separators[] = { '\t', ';', ',' };

  *self = (SigEventColumns) { 0 };
  if (find_in_comment (self, file, start))
    return TRUE;
  self->in_comment = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      guint n_fields;

      self->dialect = (SigDialect) { separators[i], separators[i] == ';' ? ',' : '.', "\"", "#%", start, 1 };

      g_autoptr (SigCsv) csv = sig_csv_new (file, &self->dialect);

      if (!sig_csv_next (csv, NULL))
        return FALSE;

      const SigField *fields = sig_csv_get_fields (csv, &n_fields);

      if (n_fields < 2)
        continue;
      read_header (self, fields, n_fields);
      if (are_found (self))
        return TRUE;
    }
  return FALSE;
}

gboolean
sig_event_columns_are_sure (const SigEventColumns *self)
{
  return (self->column[SIG_EVENT_START] >= 0 || self->column[SIG_EVENT_START_STEP] >= 0) && has_length (self)
      && self->column[SIG_EVENT_NAME] >= 0;
}
