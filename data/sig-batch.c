/* sig-batch.c: windows of a recording, normalised and labelled, as the core's batch source
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-batch.h"

struct _SigBatch
{
  gatomicrefcount refs;
  SigRecording   *recording;
  SigLabels      *labels; /* (nullable) */
  SigWindows     *windows;
  SigNorm        *norm;
  NnPlaces        places;
  NnBatchSource   source;
};

/* Of what is not told the core knows one kind. */
static void
fill_targets (const SigBatch *self,
              gint64          start,
              gint32         *y)
{
  const NnPlaces *places = &self->places;

  if (self->labels == NULL)
    for (gint64 t = 0; t < nn_batch_count_labels (&self->source); t++)
      y[t] = SIG_UNLABELLED;
  else if (places->n == 0)
    sig_labels_fill (self->labels, start, self->source.n_steps, y);
  else
    for (gint64 t = 0; t < places->n; t++)
      y[t] = sig_labels_get (self->labels, start + MIN (places->first + t * places->every, self->source.n_steps - 1));

  for (gint64 t = 0; t < nn_batch_count_labels (&self->source); t++)
    y[t] = MAX (y[t], SIG_UNLABELLED);
}

/* Planar in, [step][channel] out: one channel after the other, so that a window's output stays in the
 * cache while its columns are filled. Touches nothing shared. */
static gboolean
fill (gpointer user_data,
      gint64   i,
      float   *x,
      gint32  *y,
      GError **error)
{
  const SigBatch *self = user_data;
  gint64 n = self->source.n_steps;
  gsize n_channels = self->source.n_channels;
  gint64 start = sig_windows_get_start (self->windows, i);
  g_autofree float *scratch = NULL;

  for (guint c = 0; c < n_channels; c++)
    {
      const float *samples = sig_recording_peek_channel (self->recording, c);

      if (samples == NULL)
        {
          if (scratch == NULL)
            scratch = g_new (float, n);
          if (!sig_recording_read (self->recording, c, start, n, scratch, error))
            return FALSE;
        }
      sig_norm_apply (self->norm, c, samples != NULL ? samples + start : scratch, n, x + c, n_channels);
    }

  if (y != NULL)
    fill_targets (self, start, y);
  return TRUE;
}

SigBatch *
sig_batch_new (const SigRecording *recording,
               const SigLabels    *labels,
               const SigWindows   *windows,
               const SigNorm      *norm)
{
  const NnPlaces all = { 0 };

  return sig_batch_new_at (recording, labels, windows, norm, &all);
}

SigBatch *
sig_batch_new_at (const SigRecording *recording,
                  const SigLabels    *labels,
                  const SigWindows   *windows,
                  const SigNorm      *norm,
                  const NnPlaces     *places)
{
  SigBatch *self = NULL;

  g_return_val_if_fail (recording != NULL && windows != NULL && norm != NULL && places != NULL, NULL);
  g_return_val_if_fail (sig_norm_get_n_channels (norm) == sig_recording_get_n_channels (recording), NULL);

  self = g_new0 (SigBatch, 1);
  g_atomic_ref_count_init (&self->refs);
  self->recording = sig_recording_ref (recording);
  self->labels = labels != NULL ? sig_labels_ref (labels) : NULL;
  self->windows = sig_windows_ref (windows);
  self->norm = sig_norm_ref (norm);
  self->places = *places;
  self->source = (NnBatchSource) {
    .n_windows = sig_windows_get_n (windows),
    .n_steps = sig_windows_get_length (windows),
    .n_channels = sig_recording_get_n_channels (recording),
    .n_classes = labels != NULL ? sig_labels_get_n_classes (labels) : 0,
    .fill = fill,
    .user_data = self,
    .n_labels = places->n,
  };
  return self;
}

SigBatch *
sig_batch_ref (const SigBatch *self)
{
  SigBatch *mutable_self = (SigBatch *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_batch_unref (SigBatch *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  sig_norm_unref (self->norm);
  sig_windows_unref (self->windows);
  g_clear_pointer (&self->labels, sig_labels_unref);
  sig_recording_unref (self->recording);
  g_free (self);
}

const NnBatchSource *
sig_batch_get_source (const SigBatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->source;
}
