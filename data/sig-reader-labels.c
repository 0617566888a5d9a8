/* sig-reader-labels.c: opens label files: Audacity label tracks, lists with a header, one class per step as text or NPY
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-csv.h"
#include "sig-edf.h"
#include "sig-events.h"
#include "sig-npy.h"
#include "sig-number.h"
#include "sig-reader-events.h"
#include "sig-reading.h"
#include "sig-sniff.h"

#define LINES_LOOKED_AT 20

static const SigDialect audacity_dialect = { '\t', '.', "", "", 0, 1 };

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
sig_reader_labels_is_list (SigFile *file)
{
  guint8 mark[3];
  gint64 start = sig_file_peek (file, 3, mark) == 3 && memcmp (mark, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  Look look = look_at_lines (file, start);
  SigEventColumns columns;

  return (look.n_words > 0 && look.n_labels > 3 * look.n_others)
      || (sig_event_columns_find (&columns, file, start) && sig_event_columns_are_sure (&columns));
}

static gboolean
read_line (SigEvents    *events,
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
      sig_events_reject (events, line, "has no start and end in seconds");
      return TRUE;
    }

  g_autofree char *word = n_fields >= 3 ? sig_field_dup (&fields[2]) : NULL;

  return sig_events_add_seconds (events, line, from, to, word, error);
}

static SigLabels *
open_audacity (SigFile            *file,
               gint64              start,
               const SigRecording *recording,
               SigReading         *reading,
               GError            **error)
{
  SigDialect dialect = audacity_dialect;
  g_autoptr (SigEvents) events = sig_events_new (file, recording, reading, "line");
  g_autoptr (GError) local = NULL;

  dialect.start = start;

  g_autoptr (SigCsv) csv = sig_csv_new (file, &dialect);

  while (local == NULL && sig_csv_next (csv, &local))
    if (read_line (events, csv, &local))
      sig_reading_advance (reading, file, (double) sig_csv_get_offset (csv) / (double) sig_file_get_size (file),
                           &local);
  if (local == NULL)
    return sig_events_finish (events, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
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
  if (sig_edf_is_edf (file))
    return sig_reader_edf_open_labels (file, recording, reading, error);

  /* A recording with labels of its own: a WAV with regions, an archive with a y. */
  if (!sig_sniff_is_text (file))
    return open_column (file, recording, reading, error);

  gint64 start;
  g_autoptr (SigFile) text = sig_sniff_decode (file, reading, &start, error);

  if (text == NULL)
    return NULL;

  SigEventColumns columns;

  if (sig_event_columns_find (&columns, text, start))
    return sig_reader_events_open (text, &columns, recording, reading, error);

  /* Here labels are expected, so that names which are numbers do not speak against a label track. */
  Look look = look_at_lines (text, start);

  if (look.n_labels > look.n_others)
    return open_audacity (text, start, recording, reading, error);
  return open_column (file, recording, reading, error);
}
