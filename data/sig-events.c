/* sig-events.c: gathers labels as files list them: each with a start, an end and a name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-events.h"

#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-overlay.h"

#define MAX_LISTED 3

struct _SigEvents
{
  const SigFile      *file;
  const SigRecording *recording;
  SigReading         *reading;
  const char         *unit;
  GArray             *spans;       /* of SigSpan, in the order in which they came */
  SigClassWords       words;
  double              first, last; /* steps, of all labels, inside the recording or not */
  gboolean            all_whole;   /* in steps or seconds, as they were given */
  double              largest;
  gint64              n_rejected;
  gint64              n_outside;
  gint64              n_points;
  GString            *listed;
};

SigEvents *
sig_events_new (const SigFile      *file,
                const SigRecording *recording,
                SigReading         *reading,
                const char         *unit)
{
  SigEvents *self = g_new0 (SigEvents, 1);

  self->file = file;
  self->recording = recording;
  self->reading = reading;
  self->unit = unit;
  self->spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  self->listed = g_string_new (NULL);
  self->first = INFINITY;
  self->last = -INFINITY;
  self->all_whole = TRUE;
  sig_class_words_init (&self->words);
  return self;
}

void
sig_events_free (SigEvents *self)
{
  sig_class_words_clear (&self->words);
  g_string_free (self->listed, TRUE);
  g_array_unref (self->spans);
  g_free (self);
}

void
sig_events_reject (SigEvents  *self,
                   gint64      number,
                   const char *why)
{
  if (self->n_rejected++ < MAX_LISTED)
    g_string_append_printf (self->listed, "%s%s %" G_GINT64_FORMAT " %s", self->listed->len > 0 ? ", " : "", self->unit,
                            number, why);
}

/* Clips a label to the recording; one without length becomes a step. */
static void
place (SigEvents *self,
       double     start,
       double     end,
       int        klass)
{
  double n_steps = (double) sig_recording_get_n_steps (self->recording);
  double from = round (start), to = round (end);

  self->first = MIN (self->first, start);
  self->last = MAX (self->last, end);
  self->n_points += end == start;
  if (to <= from)
    to = from + 1.0;
  if (to <= 0.0 || from >= n_steps)
    {
      self->n_outside++;
      return;
    }

  SigSpan span = { (gint64) MAX (from, 0.0), (gint64) MIN (to, n_steps), klass };

  g_array_append_val (self->spans, span);
}

gboolean
sig_events_add (SigEvents  *self,
                gint64      number,
                double      start,
                double      end,
                const char *name,
                GError    **error)
{
  g_autofree char *word = g_strstrip (g_strdup (name != NULL ? name : ""));

  if (!isfinite (start) || !isfinite (end))
    {
      sig_events_reject (self, number, "has no start and end that are numbers");
      return TRUE;
    }
  if (end < start)
    {
      sig_events_reject (self, number, "ends before it starts");
      return TRUE;
    }
  if (start < 0.0)
    {
      sig_events_reject (self, number, "starts before the recording");
      return TRUE;
    }

  int klass = sig_class_words_add (&self->words, *word != '\0' ? word : "unnamed");

  if (klass == SIG_UNLABELLED)
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE,
                     "%s %" G_GINT64_FORMAT " brings one class too many: at most %d are read", self->unit, number,
                     SIG_MAX_CLASSES);
      return FALSE;
    }
  place (self, start, end, klass);
  return TRUE;
}

gboolean
sig_events_add_seconds (SigEvents  *self,
                        gint64      number,
                        double      from_s,
                        double      to_s,
                        const char *name,
                        GError    **error)
{
  double rate = sig_recording_get_rate_hz (self->recording);

  self->all_whole = self->all_whole && from_s == floor (from_s) && to_s == floor (to_s);
  if (isfinite (to_s))
    self->largest = MAX (self->largest, to_s);
  return sig_events_add (self, number, from_s * rate, to_s * rate, name, error);
}

/* Notes class names that differ only in case or in how they are composed. */
static void
note_similar (const SigEvents *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->words.words->len; i++)
    {
      const char *word = g_ptr_array_index (self->words.words, i);
      char *folded = sig_class_fold (word);
      const char *other = g_hash_table_lookup (seen, folded);

      if (other != NULL)
        sig_reading_note (self->reading, "The classes “%s” and “%s” differ only in spelling.", other, word);
      g_hash_table_insert (seen, folded, (gpointer) word);
    }
}

/* Labels that were given in seconds, whole numbers all of them, and would end inside the recording if they were steps. */
static gboolean
may_be_steps (const SigEvents *self)
{
  return self->all_whole && self->largest > 0.0
      && self->largest <= (double) sig_recording_get_n_steps (self->recording);
}

/* "1.2" or "1,000" (transfer full). */
static char *
dup_times (double times)
{
  return times < 100.0 ? g_strdup_printf ("%.3g", times) : sig_dup_count ((gint64) MIN (times, 1e15));
}

static void
note_placed (const SigEvents *self,
             double           length_s)
{
  double last_s = self->last / sig_recording_get_rate_hz (self->recording);
  g_autofree char *times = dup_times (last_s / length_s);

  if (self->n_rejected > 0)
    sig_reading_note (self->reading, self->n_rejected == 1 ? "%" G_GINT64_FORMAT " label was left out: %s%s."
                                                           : "%" G_GINT64_FORMAT " labels were left out: %s%s.", self->n_rejected,
                      self->listed->str, self->n_rejected > MAX_LISTED ? ", …" : "");
  if (self->n_outside > 0)
    sig_reading_note (self->reading,
                      self->n_outside == 1 ? "%" G_GINT64_FORMAT " label lies outside the recording and was left out."
                                           : "%" G_GINT64_FORMAT " labels lie outside the recording and were left out.",
                      self->n_outside);
  if (self->n_points > 0)
    sig_reading_note (self->reading,
                      self->n_points == 1 ? "%" G_GINT64_FORMAT " label is a point without a length; it became one step."
                                          : "%" G_GINT64_FORMAT " labels are points without a length; each became one step.",
                      self->n_points);
  if (last_s > length_s * 1.01 + 1.0)
    sig_reading_note (self->reading,
                      "The last label ends at %s times the length of the recording; are these labels in seconds, and of "
                      "this recording?%s",
                      times, may_be_steps (self) ? " As steps they would fit into it." : "");
}

static SigLabels *
fail_empty (const SigEvents *self,
            double           length_s,
            GError         **error)
{
  double rate = sig_recording_get_rate_hz (self->recording);

  if (self->n_outside > 0)
    sig_file_fail (self->file, error, SIG_ERROR_MISMATCH,
                   "no label lies inside the recording (%.3f s long; the labels run from %.3f s to %.3f s)%s", length_s,
                   self->first / rate, self->last / rate,
                   may_be_steps (self) ? "; as steps they would fit into it" : "");
  else
    sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has no label that could be read (%s)",
                   self->listed->len > 0 ? self->listed->str : "no lines");
  return NULL;
}

SigLabels *
sig_events_finish (SigEvents *self,
                   GError   **error)
{
  double length_s
      = (double) sig_recording_get_n_steps (self->recording) / sig_recording_get_rate_hz (self->recording);
  gsize n_overlaps;

  if (self->spans->len == 0)
    return fail_empty (self, length_s, error);
  note_placed (self, length_s);

  g_autoptr (GArray) flat = sig_overlay_flatten ((const SigSpan *) self->spans->data, self->spans->len, &n_overlaps);

  if (n_overlaps > 0)
    sig_reading_note (self->reading, "%" G_GSIZE_FORMAT " %s a later one; the later %s won.", n_overlaps,
                      n_overlaps == 1 ? "label overlaps" : "labels overlap",
                      self->unit);
  note_similar (self);

  g_autofree int *new_code = sig_class_words_sort (&self->words);

  for (guint i = 0; i < flat->len; i++)
    {
      SigSpan *span = &g_array_index (flat, SigSpan, i);

      if (span->klass >= 0)
        span->klass = new_code[span->klass];
    }

  g_autoptr (SigClassTable) classes
      = sig_class_table_new ((const char *const *) self->words.words->pdata, (int) self->words.words->len);
  gsize n_spans = flat->len;

  return sig_labels_new_take (sig_recording_get_n_steps (self->recording),
                              (SigSpan *) (void *) g_array_free (g_steal_pointer (&flat), FALSE), n_spans, classes);
}
