/* sig-track-writer.c: a track in the making: its probabilities come a piece at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-track-private.h"

#include "sig-error.h"
#include "sig-pyramid-private.h"
#include "sig-scratch.h"

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#define MOST_BYTES    (32 << 20) /* of probabilities that stay in memory */
#define PYRAMID_BYTES (48 << 20) /* of the levels over those that do not */

static atomic_int_fast64_t most_bytes_by_default = MOST_BYTES;

/* What a track's recording reads when its probabilities are in a file. */
typedef struct
{
  SigScratch *file; /* float32 [n_classes][n_steps] */
  gint64      n_steps;
} Source;

struct _SigTrackWriter
{
  gint64      start, n_steps, n_written;
  int         n_classes;
  gint64      n_grown; /* steps that the pyramid has taken in */
  SigPyramid *pyramid;
  float      *samples; /* of its recording [n_classes][n_steps]; NULL: they are in … */
  SigScratch *file;    /* … its file */
  GArray     *spans;   /* of SigSpan: the runs, on the recording's steps */
  SigSpan     run;     /* the last one, which may go on; SIG_UNLABELLED: not a run */
};

static void
source_free (gpointer data)
{
  Source *self = data;

  sig_scratch_free (self->file);
  g_free (self);
}

static gboolean
source_read (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  const Source *self = source;

  return sig_scratch_read (self->file, ((gint64) channel * self->n_steps + start) * (gint64) sizeof (float),
                           (gsize) n * sizeof (float), out, error);
}

static void
fail_for_memory (gint64   n_steps,
                 int      n_classes,
                 GError **error)
{
  g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
               "There is not enough memory for a prediction of %" G_GINT64_FORMAT " steps of %d classes.", n_steps, n_classes);
}

/* `samples` or `file` are consumed; NULL, both: no steps. */
static SigTrackWriter *
writer_new (gint64      start,
            gint64      n_steps,
            int         n_classes,
            float      *samples,
            SigScratch *file)
{
  SigTrackWriter *self = g_new0 (SigTrackWriter, 1);
  g_autoptr (SigRecording) recording = NULL;
  Source *source;

  if (file == NULL)
    recording = sig_recording_new_take_samples ("probabilities", (guint) n_classes, n_steps, 1, NULL, NULL, samples);
  else
    {
      source = g_new (Source, 1);
      *source = (Source) { file, n_steps };
      recording = sig_recording_new_from_source ("probabilities", (guint) n_classes, n_steps, 1, NULL, NULL, source_read, source,
                                                 source_free);
    }
  self->start = start;
  self->n_steps = n_steps;
  self->n_classes = n_classes;
  self->samples = samples;
  self->file = file;
  self->pyramid = sig_pyramid_new_growing (recording, PYRAMID_BYTES);
  self->spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  self->run = (SigSpan) { start, start, SIG_UNLABELLED };
  return self;
}

SigTrackWriter *
sig_track_writer_new_limited (gint64   start,
                              gint64   n_steps,
                              int      n_classes,
                              gint64   most_bytes,
                              GError **error)
{
  gsize n = 0, n_bytes = 0;
  SigScratch *file = NULL;
  float *samples = NULL;

  g_return_val_if_fail (start >= 0 && n_steps >= 0, NULL);
  g_return_val_if_fail (n_classes >= 2 && n_classes <= SIG_MAX_CLASSES, NULL);

  if (!g_size_checked_mul (&n, (gsize) n_steps, (gsize) n_classes) || !g_size_checked_mul (&n_bytes, n, sizeof (float))
      || n_bytes > G_MAXINT64)
    {
      fail_for_memory (n_steps, n_classes, error);
      return NULL;
    }
  if ((gint64) n_bytes > most_bytes)
    {
      file = sig_scratch_new ((gint64) n_bytes, error);
      if (file == NULL)
        return NULL;
    }
  else
    {
      samples = g_try_new (float, n);
      if (samples == NULL && n > 0)
        {
          fail_for_memory (n_steps, n_classes, error);
          return NULL;
        }
    }
  return writer_new (start, n_steps, n_classes, samples, file);
}

SigTrackWriter *
sig_track_writer_new (gint64   start,
                      gint64   n_steps,
                      int      n_classes,
                      GError **error)
{
  return sig_track_writer_new_limited (start, n_steps, n_classes, atomic_load (&most_bytes_by_default), error);
}

void
sig_track_writer_set_most_bytes (gint64 most_bytes)
{
  atomic_store (&most_bytes_by_default, most_bytes);
}

void
sig_track_writer_free (SigTrackWriter *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->spans);
  sig_pyramid_unref (self->pyramid);
  g_free (self);
}

gint64
sig_track_writer_get_start (const SigTrackWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->start;
}

gint64
sig_track_writer_get_n_steps (const SigTrackWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_steps;
}

int
sig_track_writer_get_n_classes (const SigTrackWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_classes;
}

gint64
sig_track_writer_get_n_written (const SigTrackWriter *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_written;
}

/* The first class of the greatest probability; a step with any NaN was not predicted. The classes lie `stride` numbers apart. */
static int
argmax (const float *probabilities,
        gint64       stride,
        int          n_classes)
{
  int best = 0;

  for (int k = 0; k < n_classes; k++)
    {
      if (isnan (probabilities[k * stride]))
        return SIG_UNLABELLED;
      if (probabilities[k * stride] > probabilities[best * stride])
        best = k;
    }
  return best;
}

static void
end_run (SigTrackWriter *self)
{
  if (self->run.klass != SIG_UNLABELLED && self->run.end > self->run.start)
    g_array_append_val (self->spans, self->run);
}

static void
add_to_runs (SigTrackWriter *self,
             const float    *probabilities,
             gint64          stride,
             gint64          n)
{
  gint64 first = self->start + self->n_written;

  for (gint64 i = 0; i < n; i++)
    {
      int klass = argmax (probabilities + i, stride, self->n_classes);

      if (klass == self->run.klass)
        continue;
      self->run.end = first + i;
      end_run (self);
      self->run = (SigSpan) { first + i, first + i, klass };
    }
  self->run.end = first + n;
}

/* Takes note of `n` more steps that are where they belong. */
static gboolean
take_in (SigTrackWriter *self,
         const float    *probabilities,
         gint64          stride,
         gint64          n,
         GError        **error)
{
  gint64 n_grown;

  add_to_runs (self, probabilities, stride, n);
  self->n_written += n;
  n_grown = sig_pyramid_grow (self->pyramid, self->n_written, error);
  self->n_grown = MAX (n_grown, self->n_grown);
  return n_grown >= 0;
}

gboolean
sig_track_writer_add (SigTrackWriter *self,
                      const float    *probabilities,
                      gint64          stride,
                      gint64          n,
                      GError        **error)
{
  g_return_val_if_fail (self != NULL && n >= 0 && n <= stride && n <= self->n_steps - self->n_written, FALSE);
  g_return_val_if_fail (probabilities != NULL || n == 0, FALSE);

  for (int k = 0; k < self->n_classes && n > 0; k++)
    {
      gint64 at = k * self->n_steps + self->n_written;

      if (self->samples != NULL)
        memcpy (self->samples + at, probabilities + k * stride, (gsize) n * sizeof (float));
      else if (!sig_scratch_write (self->file, at * (gint64) sizeof (float), (gsize) n * sizeof (float),
                                   probabilities + k * stride, error))
        return FALSE;
    }
  return take_in (self, probabilities, stride, n, error);
}

/* Classes that are named by their numbers. Each track has its own: they end on different threads. */
static SigClassTable *
make_classes (int n_classes)
{
  g_autoptr (GStringChunk) chunk = g_string_chunk_new (256);
  g_autofree const char **names = g_new (const char *, n_classes);

  for (int k = 0; k < n_classes; k++)
    {
      char number[16];

      g_snprintf (number, sizeof number, "%d", k);
      names[k] = g_string_chunk_insert (chunk, number);
    }
  return sig_class_table_new (names, n_classes);
}

/* `spans` is consumed. */
static SigTrack *
make_track (const SigTrackWriter *self,
            gint64                n_steps,
            SigSpan              *spans,
            gsize                 n_spans)
{
  g_autoptr (SigClassTable) classes = make_classes (self->n_classes);

  return sig_track_new_parts (self->start, n_steps, sig_labels_new_take (self->start + n_steps, spans, n_spans, classes),
                              sig_pyramid_ref (self->pyramid));
}

/* Cuts the runs off at step `end`. */
static gsize
cut_off (SigSpan *spans,
         gsize    n_spans,
         gint64   end)
{
  while (n_spans > 0 && spans[n_spans - 1].start >= end)
    n_spans--;
  if (n_spans > 0)
    spans[n_spans - 1].end = MIN (spans[n_spans - 1].end, end);
  return n_spans;
}

SigTrack *
sig_track_writer_dup_so_far (const SigTrackWriter *self)
{
  SigSpan *spans;
  gsize n_spans;

  g_return_val_if_fail (self != NULL, NULL);

  n_spans = self->spans->len;
  spans = g_new (SigSpan, n_spans + 1);
  if (n_spans > 0)
    memcpy (spans, self->spans->data, n_spans * sizeof (SigSpan));
  if (self->run.klass != SIG_UNLABELLED)
    spans[n_spans++] = self->run;
  return make_track (self, self->n_grown, spans, cut_off (spans, n_spans, self->start + self->n_grown));
}

SigTrack *
sig_track_writer_finish (SigTrackWriter *self)
{
  SigTrack *track;
  SigSpan *spans;
  gsize n_spans;

  g_return_val_if_fail (self != NULL && self->n_written == self->n_steps, NULL);

  end_run (self);
  spans = (SigSpan *) g_array_steal (self->spans, &n_spans);
  track = make_track (self, self->n_steps, spans, n_spans);
  sig_track_writer_free (self);
  return track;
}

SigTrack *
sig_track_new_take (gint64 start,
                    gint64 n_steps,
                    int    n_classes,
                    float *probabilities)
{
  g_autoptr (SigTrackWriter) writer = NULL;

  g_return_val_if_fail (start >= 0 && n_steps >= 0, NULL);
  g_return_val_if_fail (n_classes >= 2 && n_classes <= SIG_MAX_CLASSES, NULL);
  g_return_val_if_fail (probabilities != NULL || n_steps == 0, NULL);

  writer = writer_new (start, n_steps, n_classes, probabilities, NULL);
  if (!take_in (writer, probabilities, n_steps, n_steps, NULL))
    return NULL;
  return sig_track_writer_finish (g_steal_pointer (&writer));
}
