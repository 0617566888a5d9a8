/* sig-reader-labels.c: opens label files: Audacity label tracks, one class per step as text or NPY
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-csv.h"
#include "sig-npy.h"
#include "sig-number.h"
#include "sig-overlay.h"
#include "sig-reading.h"
#include "sig-sniff.h"

#define LINES_LOOKED_AT 20
#define MAX_LISTED      3

static const SigDialect audacity_dialect = { '\t', '.', "", "", 0, 1 };

/* What is gathered while an Audacity label track is read. */
typedef struct
{
  SigFile            *file;
  SigReading         *reading;
  const SigRecording *recording;
  GArray             *spans;    /* of SigSpan, in the order of their lines */
  SigClassWords       words;
  double              first_s, last_s; /* of all labels, inside the recording or not */
  gint64              n_rejected;
  gint64              n_outside;
  GString            *listed;
} Audacity;

static gboolean
parse_seconds (const SigField *field,
               double         *seconds)
{
  return (sig_number_parse (field->text, field->len, '.', seconds, NULL) == SIG_NUMBER_OK
          || sig_number_parse (field->text, field->len, ',', seconds, NULL) == SIG_NUMBER_OK)
      && isfinite (*seconds);
}

/* How the first lines look: as labels when they are a start, an end that is not before it, and perhaps a name. */
typedef struct
{
  guint n_labels;
  guint n_others;
  guint n_words; /* names that are no numbers */
} Look;

static Look
look_at_lines (SigFile *file,
               gint64   start)
{
  SigDialect dialect = audacity_dialect;
  Look look = { 0 };

  dialect.start = start;

  g_autoptr (SigCsv) csv = sig_csv_new (file, &dialect);

  while (look.n_labels + look.n_others < LINES_LOOKED_AT && sig_csv_next (csv, NULL))
    {
      guint n_fields;
      const SigField *fields = sig_csv_get_fields (csv, &n_fields);
      double from, to, value;

      if (fields[0].len > 0 && fields[0].text[0] == '\\')
        continue;
      if (n_fields < 2 || n_fields > 3 || !parse_seconds (&fields[0], &from)
          || !parse_seconds (&fields[1], &to) || from > to)
        look.n_others++;
      else
        look.n_labels++;
      look.n_words
          += n_fields == 3
             && sig_number_parse (fields[2].text, fields[2].len, '.', &value, NULL) == SIG_NUMBER_TEXT;
    }
  return look;
}

gboolean
sig_reader_labels_is_audacity (SigFile *file)
{
  guint8 mark[3];
  gboolean marked = sig_file_peek (file, 3, mark) == 3 && memcmp (mark, "\xEF\xBB\xBF", 3) == 0;
  Look look = look_at_lines (file, marked ? 3 : 0);

  return look.n_words > 0 && look.n_labels > 3 * look.n_others;
}

static void
reject (Audacity   *self,
        gint64      line,
        const char *why)
{
  if (self->n_rejected++ < MAX_LISTED)
    g_string_append_printf (self->listed, "%sline %" G_GINT64_FORMAT " %s", self->listed->len > 0 ? ", " : "",
                            line, why);
}

/* Places a label on the recording: clipped to it, a point as one step. */
static void
place (Audacity *self,
       double    from,
       double    to,
       int       klass)
{
  double rate = sig_recording_get_rate_hz (self->recording);
  double n_steps = (double) sig_recording_get_n_steps (self->recording);
  double start = round (from * rate), end = round (to * rate);

  self->first_s = MIN (self->first_s, from);
  self->last_s = MAX (self->last_s, to);
  if (end <= start)
    end = start + 1.0;
  if (end <= 0.0 || start >= n_steps)
    {
      self->n_outside++;
      return;
    }

  SigSpan span = { (gint64) MAX (start, 0.0), (gint64) MIN (end, n_steps), klass };

  g_array_append_val (self->spans, span);
}

static gboolean
read_line (Audacity     *self,
           const SigCsv *csv,
           GError      **error)
{
  guint n_fields;
  const SigField *fields = sig_csv_get_fields (csv, &n_fields);
  gint64 line = sig_csv_get_line (csv);
  double from, to;

  if (fields[0].len > 0 && fields[0].text[0] == '\\')
    return TRUE;
  if (n_fields < 2 || !parse_seconds (&fields[0], &from) || !parse_seconds (&fields[1], &to))
    {
      reject (self, line, "has no start and end in seconds");
      return TRUE;
    }
  if (from > to)
    {
      reject (self, line, "ends before it starts");
      return TRUE;
    }
  if (from < 0.0)
    {
      reject (self, line, "starts before the recording");
      return TRUE;
    }

  g_autofree char *word = n_fields >= 3 && fields[2].len > 0 ? sig_field_dup (&fields[2]) : g_strdup ("unnamed");
  int klass = sig_class_words_add (&self->words, word);

  if (klass < 0)
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE,
                     "line %" G_GINT64_FORMAT " brings one class too many: at most %d are read", line,
                     SIG_MAX_CLASSES);
      return FALSE;
    }
  place (self, from, to, klass);
  return TRUE;
}

/* Notes class names that differ only in case or in how they are composed. */
static void
note_similar (const Audacity *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->words.words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words.words, i);
      g_autofree char *normal = g_utf8_normalize (word, -1, G_NORMALIZE_ALL);
      char *folded = g_utf8_casefold (normal != NULL ? normal : word, -1);
      const char *other = g_hash_table_lookup (seen, folded);

      if (other != NULL)
        sig_reading_note (self->reading, "The classes “%s” and “%s” differ only in spelling.", other, word);
      g_hash_table_insert (seen, folded, (gpointer) word);
    }
}

static SigLabels *
finish (Audacity *self,
        GError  **error)
{
  double length_s
      = (double) sig_recording_get_n_steps (self->recording) / sig_recording_get_rate_hz (self->recording);
  gsize n_overlaps;

  if (self->spans->len == 0)
    {
      if (self->n_outside > 0)
        sig_file_fail (self->file, error, SIG_ERROR_MISMATCH,
                       "no label lies inside the recording (%.3f s long; the labels run from "
                       "%.3f s to %.3f s)",
                       length_s, self->first_s, self->last_s);
      else
        sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has no label that could be read (%s)",
                       self->listed->len > 0 ? self->listed->str : "no lines");
      return NULL;
    }
  if (self->n_rejected > 0)
    sig_reading_note (self->reading, "%" G_GINT64_FORMAT " lines of labels were left out: %s%s.",
                      self->n_rejected, self->listed->str, self->n_rejected > MAX_LISTED ? ", …" : "");
  if (self->n_outside > 0)
    sig_reading_note (self->reading,
                      "%" G_GINT64_FORMAT " labels lie outside the recording and were left out.",
                      self->n_outside);
  if (self->last_s > length_s * 1.01 + 1.0)
    sig_reading_note (self->reading,
                      "The last label ends at %.3g times the length of the recording; are these labels in "
                      "seconds, and of this "
                      "recording?",
                      self->last_s / length_s);

  g_autoptr (GArray) flat = sig_overlay_flatten ((const SigSpan *) self->spans->data, self->spans->len, &n_overlaps);

  if (n_overlaps > 0)
    sig_reading_note (self->reading, "%" G_GSIZE_FORMAT " labels overlap a later one; the later line won.",
                      n_overlaps);
  note_similar (self);

  g_autofree int *new_code = sig_class_words_sort (&self->words);

  for (guint i = 0; i < flat->len; i++)
    g_array_index (flat, SigSpan, i).klass = new_code[g_array_index (flat, SigSpan, i).klass];
  return sig_labels_new (sig_recording_get_n_steps (self->recording), (const SigSpan *) flat->data, flat->len,
                         (const char *const *) self->words.words->pdata, (int) self->words.words->len);
}

static SigLabels *
open_audacity (SigFile            *file,
               gint64              start,
               const SigRecording *recording,
               SigReading         *reading,
               GError            **error)
{
  Audacity audacity = {
    .file = file, .reading = reading, .recording = recording, .first_s = INFINITY, .last_s = -INFINITY
  };
  SigDialect dialect = audacity_dialect;
  SigLabels *labels = NULL;
  g_autoptr (GError) local = NULL;

  dialect.start = start;

  g_autoptr (SigCsv) csv = sig_csv_new (file, &dialect);

  audacity.spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  audacity.listed = g_string_new (NULL);
  sig_class_words_init (&audacity.words);
  while (local == NULL && sig_csv_next (csv, &local))
    if (read_line (&audacity, csv, &local))
      sig_reading_advance (reading, file, (double) sig_csv_get_offset (csv) / (double) sig_file_get_size (file),
                           &local);
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    labels = finish (&audacity, error);
  sig_class_words_clear (&audacity.words);
  g_string_free (audacity.listed, TRUE);
  g_array_unref (audacity.spans);
  return labels;
}

/* Labels of a file that is read like a recording: a column of classes. */
static SigLabels *
open_column (SigFile            *file,
             const SigRecording *recording,
             SigReading         *reading,
             GError            **error)
{
  g_auto (SigContent) content = { 0 };

  if (!sig_reader_open_file (file, reading, &content, error))
    return NULL;
  if (content.labels == NULL && content.recording != NULL && sig_recording_get_n_channels (content.recording) == 1)
    {
      g_auto (SigContent) split = { 0 };

      if (!sig_reader_split_channel (content.recording, 0, &split, error))
        return NULL;
      content.labels = g_steal_pointer (&split.labels);
    }
  if (content.labels == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has no column of labels; it may be named class, label or target, or be the only column");
      return NULL;
    }
  if (sig_labels_get_n_steps (content.labels) != sig_recording_get_n_steps (recording))
    {
      sig_file_fail (file, error, SIG_ERROR_MISMATCH,
                     "has %" G_GINT64_FORMAT " labels, the recording has %" G_GINT64_FORMAT
                     " steps; one label per step is needed",
                     sig_labels_get_n_steps (content.labels), sig_recording_get_n_steps (recording));
      return NULL;
    }
  return g_steal_pointer (&content.labels);
}

SigLabels *
sig_reader_labels_open_file (SigFile            *file,
                             const SigRecording *recording,
                             SigReading         *reading,
                             GError            **error)
{
  guint8 head[6] = { 0 };

  sig_file_peek (file, sizeof head, head);
  if (memcmp (head, "\x93NUMPY", 6) == 0)
    return sig_reader_npy_open_labels (file, recording, reading, error);

  gint64 start;
  g_autoptr (SigFile) text = sig_sniff_decode (file, reading, &start, error);

  if (text == NULL)
    return NULL;

  /* Here labels are expected, so that names which are numbers do not speak against a label track. */
  Look look = look_at_lines (text, start);

  if (look.n_labels > look.n_others)
    return open_audacity (text, start, recording, reading, error);
  return open_column (file, recording, reading, error);
}
