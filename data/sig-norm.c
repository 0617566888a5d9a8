/* sig-norm.c: per-channel normalisation, fitted on the training part only and applied everywhere
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-norm.h"

#include <math.h>

#define N_BLOCK    16384
#define MAX_NAMED  8

struct _SigNorm
{
  gatomicrefcount refs;
  guint           n_channels;
  double         *means;
  double         *deviations;
};

/* What has been seen of one channel: count, mean, sum of squared distances from it. */
typedef struct
{
  gint64 n;
  double mean, squares;
  float  min, max;
} Moments;

SigNorm *
sig_norm_new (guint         n_channels,
              const double *means,
              const double *deviations)
{
  SigNorm *self = NULL;

  g_return_val_if_fail (n_channels > 0 && means != NULL && deviations != NULL, NULL);
  for (guint c = 0; c < n_channels; c++)
    g_return_val_if_fail (isfinite (means[c]) && isfinite (deviations[c]) && deviations[c] > 0, NULL);

  self = g_new0 (SigNorm, 1);
  g_atomic_ref_count_init (&self->refs);
  self->n_channels = n_channels;
  self->means = g_memdup2 (means, n_channels * sizeof (double));
  self->deviations = g_memdup2 (deviations, n_channels * sizeof (double));
  return self;
}

/* Adds `n` samples. With m and M2 of two sets of sizes a and b: m = m_a + d b / (a + b) and
 * M2 = M2_a + M2_b + d² a b / (a + b), where d = m_b - m_a. */
static void
add_samples (Moments     *self,
             const float *samples,
             gint64       n)
{
  gint64 count = 0;
  double sum = 0, squares = 0, mean = 0, distance = 0;

  for (gint64 i = 0; i < n; i++)
    if (isfinite (samples[i]))
      {
        sum += samples[i];
        self->min = count + self->n == 0 ? samples[i] : MIN (self->min, samples[i]);
        self->max = count + self->n == 0 ? samples[i] : MAX (self->max, samples[i]);
        count++;
      }
  if (count == 0)
    return;

  mean = sum / count;
  for (gint64 i = 0; i < n; i++)
    if (isfinite (samples[i]))
      squares += (samples[i] - mean) * (samples[i] - mean);

  distance = mean - self->mean;
  self->squares += squares + distance * distance * self->n * count / (double) (self->n + count);
  self->mean += distance * count / (double) (self->n + count);
  self->n += count;
}

/* What is asked of the samples. */
typedef struct
{
  const SigRecording *recording;
  Moments            *moments; /* of the training part */
  SigMissing         *missing; /* (nullable) */
  float              *scratch;
} Survey;

static gboolean
survey_steps (Survey  *self,
              SigPart  part,
              gint64   first,
              gint64   end,
              GError **error)
{
  for (gint64 start = first; start < end; start += N_BLOCK)
    for (guint c = 0; c < sig_recording_get_n_channels (self->recording); c++)
      {
        gint64 n = MIN (N_BLOCK, end - start);

        if (!sig_recording_read (self->recording, c, start, n, self->scratch, error))
          return FALSE;
        if (part == SIG_PART_TRAIN)
          add_samples (&self->moments[c], self->scratch, n);
        if (self->missing != NULL)
          sig_missing_add (self->missing, c, start, self->scratch, n);
      }
  return TRUE;
}

/* What of the block is in segments: nothing is missing in a gap. */
static gboolean
survey_segments (Survey         *self,
                 const SigBlock *block,
                 GError        **error)
{
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (self->recording, &n_segments);

  for (gsize i = sig_recording_find_segment (self->recording, block->start);
       i < n_segments && segments[i].start < block->end; i++)
    if (!survey_steps (self, block->part, MAX (block->start, segments[i].start), MIN (block->end, segments[i].end), error))
      return FALSE;
  return TRUE;
}

static gboolean
measure (Survey         *self,
         const SigSplit *split,
         GError        **error)
{
  gsize n_blocks = 0;
  const SigBlock *blocks = sig_split_get_blocks (split, &n_blocks);

  for (gsize b = 0; b < n_blocks; b++)
    if (blocks[b].part == SIG_PART_TRAIN ? !survey_steps (self, SIG_PART_TRAIN, blocks[b].start, blocks[b].end, error)
                                         : self->missing != NULL && !survey_segments (self, &blocks[b], error))
      return FALSE;
  return TRUE;
}

/* "These channels do not change in the training part and tell the network nothing: Ch 3, Ch 7." */
static char *
describe_constants (const SigRecording *recording,
                    const Moments      *moments)
{
  GString *text = NULL;
  guint n = 0;

  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    {
      if (moments[c].n > 0 && moments[c].min < moments[c].max)
        continue;

      if (text == NULL)
        text = g_string_new ("These channels do not change in the training part and tell a network nothing: ");
      if (n < MAX_NAMED)
        g_string_append_printf (text, "%s%s", n > 0 ? ", " : "", sig_recording_get_channel_name (recording, c));
      n++;
    }

  if (text == NULL)
    return NULL;
  if (n > MAX_NAMED)
    g_string_append_printf (text, " and %u more", n - MAX_NAMED);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

SigNorm *
sig_norm_fit (const SigRecording *recording,
              const SigSplit     *split,
              SigMissing         *missing,
              char              **notes,
              GError            **error)
{
  g_autofree Moments *moments = NULL;
  g_autofree float *scratch = NULL;
  Survey survey;
  g_autofree double *means = NULL;
  g_autofree double *deviations = NULL;
  guint n_channels = 0;

  g_return_val_if_fail (recording != NULL && split != NULL, NULL);

  n_channels = sig_recording_get_n_channels (recording);
  moments = g_new0 (Moments, n_channels);
  scratch = g_new (float, N_BLOCK);
  survey = (Survey) { recording, moments, missing, scratch };
  if (missing != NULL)
    *missing = (SigMissing) { 0 };
  if (!measure (&survey, split, error))
    return NULL;

  means = g_new (double, n_channels);
  deviations = g_new (double, n_channels);
  for (guint c = 0; c < n_channels; c++)
    {
      gboolean varies = moments[c].n > 0 && moments[c].min < moments[c].max;

      means[c] = moments[c].mean;
      deviations[c] = varies ? sqrt (moments[c].squares / moments[c].n) : 1;
    }

  if (notes != NULL)
    *notes = describe_constants (recording, moments);
  return sig_norm_new (n_channels, means, deviations);
}

SigNorm *
sig_norm_ref (const SigNorm *self)
{
  SigNorm *mutable_self = (SigNorm *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_norm_unref (SigNorm *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->deviations);
  g_free (self->means);
  g_free (self);
}

guint
sig_norm_get_n_channels (const SigNorm *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_channels;
}

double
sig_norm_get_mean (const SigNorm *self,
                   guint          channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, 0);
  return self->means[channel];
}

double
sig_norm_get_deviation (const SigNorm *self,
                        guint          channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, 1);
  return self->deviations[channel];
}

void
sig_norm_apply (const SigNorm *self,
                guint          channel,
                const float   *in,
                gint64         n,
                float         *out,
                gsize          stride)
{
  double mean = 0, scale = 0;

  g_return_if_fail (self != NULL && channel < self->n_channels);
  g_return_if_fail (n == 0 || (in != NULL && out != NULL));

  mean = self->means[channel];
  scale = 1 / self->deviations[channel];
  for (gint64 i = 0; i < n; i++)
    {
      float value = (float) ((in[i] - mean) * scale);

      out[i * stride] = isfinite (value) ? value : 0;
    }
}
