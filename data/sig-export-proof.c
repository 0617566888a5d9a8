/* sig-export-proof.c: reads written labels again and holds them against those that were meant
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <math.h>
#include <string.h>

#include "sig-reading.h"

#define BLOCK_STEPS 16384

/* For each class of `labels` the class of `read` that has the name with which it was written; SIG_UNLABELLED: none. */
static int *
match_classes (const SigExportFormat *format,
               const SigLabels       *labels,
               const SigLabels       *read)
{
  int n = sig_labels_get_n_classes (labels);
  int *match = g_new (int, n + 1);

  for (int k = 0; k < n; k++)
    {
      g_autofree char *name = format->dup_name (labels, k);

      match[k] = SIG_UNLABELLED;
      for (int j = 0; read != NULL && j < sig_labels_get_n_classes (read); j++)
        if (strcmp (sig_labels_get_name (read, j), name) == 0)
          match[k] = j;
    }
  return match;
}

static gint64
find_end (const SigLabels *labels,
          gint64           step)
{
  gsize n, i = sig_labels_find (labels, step);
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  if (i == n)
    return sig_labels_get_n_steps (labels);
  return spans[i].start > step ? spans[i].start : spans[i].end;
}

/* The steps of [start, end), all of one class in `labels`, that came back otherwise. */
static gint64
count_others (const SigLabels *read,
              gint64           start,
              gint64           end,
              int              wanted,
              SigExportProof  *proof)
{
  gint64 n = 0;

  for (gint64 t = start, next; t < end; t = next)
    {
      next = read != NULL ? MIN (end, find_end (read, t)) : end;
      if ((read != NULL ? sig_labels_get (read, t) : SIG_UNLABELLED) == wanted)
        continue;
      if (proof->first_other < 0)
        proof->first_other = t;
      n += next - t;
    }
  return n;
}

/* Whether there is a label of just these steps. */
static gboolean
is_label (const SigLabels *read,
          const SigSpan   *wanted)
{
  gsize n, i = sig_labels_find (read, wanted->start);
  const SigSpan *spans = sig_labels_get_spans (read, &n);

  return i < n && spans[i].start == wanted->start && spans[i].end == wanted->end;
}

static void
compare_labels (const SigExportFormat *format,
                const SigLabels       *labels,
                const SigLabels       *read,
                SigExportProof        *proof)
{
  g_autofree int *match = match_classes (format, labels, read);
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);
  gint64 done = 0;

  for (gsize i = 0; i < n; i++)
    {
      proof->n_other_steps += count_others (read, done, spans[i].start, SIG_UNLABELLED, proof);

      int wanted = spans[i].klass == SIG_DONT_KNOW ? SIG_DONT_KNOW : match[spans[i].klass];
      gint64 others = wanted != SIG_UNLABELLED ? count_others (read, spans[i].start, spans[i].end, wanted, proof)
                                               : spans[i].end - spans[i].start;

      if (others > 0 && proof->first_other < 0)
        proof->first_other = spans[i].start;
      proof->n_spans++;
      if (others == 0)
        *(is_label (read, &spans[i]) ? &proof->n_same : &proof->n_joined) += 1;
      proof->n_other_steps += others;
      done = spans[i].end;
    }
  proof->n_other_steps += count_others (read, done, sig_labels_get_n_steps (labels), SIG_UNLABELLED, proof);
}

/* How far a sample of each channel may be from what was meant, in formats that round: half a level, and what the bounds of
 * a range lose as text. */
static gboolean
get_tolerances (const SigExportFormat *format,
                const SigRecording    *recording,
                float                 *scratch,
                double                *tolerances,
                GError               **error)
{
  gint64 n_steps = sig_recording_get_n_steps (recording);

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      double min = INFINITY, max = -INFINITY;

      for (gint64 t = 0; t < n_steps; t += BLOCK_STEPS)
        {
          gint64 n = MIN (BLOCK_STEPS, n_steps - t);

          if (!sig_recording_read (recording, c, t, n, scratch, error))
            return FALSE;
          for (gint64 i = 0; i < n; i++)
            if (isfinite (scratch[i]))
              {
                min = MIN (min, scratch[i]);
                max = MAX (max, scratch[i]);
              }
        }
      tolerances[c] = min <= max ? 0.55 * (max - min) / format->levels + 2e-7 * MAX (fabs (min), fabs (max)) : 0;
    }
  return TRUE;
}

/* Bit by bit; or, where `tolerance` is not negative, within it, and missing where it was missing. */
static gboolean
is_same (float  meant,
         float  there,
         double tolerance)
{
  if (memcmp (&meant, &there, sizeof meant) == 0)
    return TRUE;
  return tolerance >= 0 && ((isnan (meant) && isnan (there)) || fabs ((double) meant - there) <= tolerance);
}

static gboolean
compare_samples (const SigExportFormat *format,
                 const SigExport       *what,
                 const SigRecording    *read,
                 SigExportProof        *proof,
                 GError               **error)
{
  gint64 n_steps = sig_recording_get_n_steps (what->recording);
  guint n_channels = sig_recording_get_n_channels (what->recording);
  g_autofree float *meant = g_new (float, BLOCK_STEPS), *there = g_new (float, BLOCK_STEPS);
  g_autofree double *tolerances = g_new0 (double, n_channels);
  gint64 n_more = read != NULL ? sig_recording_get_n_steps (read) - n_steps : -1;

  proof->n_samples = n_steps * n_channels;
  proof->is_rounded = format->levels > 0;

  /* A format that rounds may fill its last record. */
  if (n_more < 0 || (n_more > 0 && format->levels == 0) || sig_recording_get_n_channels (read) != n_channels)
    {
      proof->n_other_samples = proof->n_samples;
      return TRUE;
    }
  if (format->levels > 0 && !get_tolerances (format, what->recording, meant, tolerances, error))
    return FALSE;
  for (gint64 t = 0; t < n_steps; t += BLOCK_STEPS)
    {
      if (!sig_export_go_on (what, (double) t / (double) n_steps, error))
        return FALSE;
      for (guint c = 0; c < n_channels; c++)
        {
          gint64 n = MIN (BLOCK_STEPS, n_steps - t);

          if (!sig_recording_read (what->recording, c, t, n, meant, error)
              || !sig_recording_read (read, c, t, n, there, error))
            return FALSE;
          for (gint64 i = 0; i < n; i++)
            proof->n_other_samples += !is_same (meant[i], there[i], proof->is_rounded ? tolerances[c] : -1);
        }
    }
  return TRUE;
}

/* Reads a file that holds the recording too. What lies beside it does not count. */
static gboolean
prove_recording (const char      *path,
                 const SigExport *what,
                 SigContent      *content,
                 GError         **error)
{
  g_autoptr (SigFile) file = sig_file_open (path, error);
  g_auto (SigReading) reading = { 0 };

  sig_reading_init (&reading, what->hooks);
  return file != NULL && sig_reader_open_file (file, &reading, content, error);
}

gboolean
sig_export_prove (const SigExportFormat *format,
                  const char            *path,
                  const SigExport       *what,
                  SigExportProof        *proof,
                  GError               **error)
{
  gsize n_spans;
  g_auto (SigContent) content = { 0 };

  g_return_val_if_fail (format != NULL && path != NULL && what != NULL && proof != NULL, FALSE);

  *proof = (SigExportProof) { .first_other = -1, .may_join = format->joins };
  sig_labels_get_spans (what->labels, &n_spans);
  if (format->has_samples)
    {
      if (!prove_recording (path, what, &content, error) || !compare_samples (format, what, content.recording, proof, error))
        return FALSE;
    }
  else if (n_spans > 0)
    {
      content.labels = sig_reader_open_labels (path, what->recording, what->hooks, NULL, error);
      if (content.labels == NULL)
        return FALSE;
    }
  compare_labels (format, what->labels, content.labels, proof);
  return TRUE;
}

gboolean
sig_export_proof_is_whole (const SigExportProof *self)
{
  gint64 n_same = self->n_same + (self->may_join ? self->n_joined : 0);

  return n_same == self->n_spans && self->n_other_steps == 0 && self->n_other_samples == 0;
}

char *
sig_export_proof_to_text (const SigExportProof *self)
{
  g_autofree char *same = sig_dup_count (self->n_same), *all = sig_dup_count (self->n_spans);
  g_autofree char *steps = sig_dup_count (self->n_other_steps), *samples = sig_dup_count (self->n_other_samples);
  g_autofree char *first = sig_dup_count (self->first_other), *joined = sig_dup_count (self->n_joined);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "Read again: %s of %s labels are identical", same, all);
  if (self->n_samples > 0 && self->n_other_samples == 0)
    g_string_append (text, self->is_rounded ? ", and all samples but for their rounding" : ", and so are all samples");
  if (self->n_joined > 0)
    g_string_append_printf (text, "; %s came back joined with a neighbour of the same class", joined);
  if (self->n_other_steps > 0)
    g_string_append_printf (text, "; %s steps have another label, the first is step %s", steps, first);
  if (self->n_other_samples > 0)
    g_string_append_printf (text, "; %s samples are not the same", samples);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}
