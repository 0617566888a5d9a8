/* sig-spectrum.c: the spectrogram of a channel: how strong each frequency is at each time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-spectrum.h"

#include "sig-error.h"

#include <kiss_fftr.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HOPS          4     /* frames in a window's length */
#define N_RANGE       48    /* frames that the range is measured on */
#define LEAST_RANGE   20.0  /* dB */
#define SILENCE       1e-30 /* of power: what is not there at all has a level too */
#define SECONDS       .25

struct _SigSpectrum
{
  gatomicrefcount refs;
  SigSpectrumSpec spec;
  guint           n_bins, n_done;
  double          low_db, high_db;
  guint8         *levels; /* [n_columns][n_bins] */
  gboolean       *done;   /* [n_columns]: whether it is computed */
};

/* What computes frames; of one call. */
typedef struct
{
  const SigRecording *recording;
  guint               channel;
  int                 window;
  double              scale;   /* of |X|² */
  kiss_fftr_cfg       plan;
  float              *hann, *samples;
  kiss_fft_cpx       *transform;
  float              *power;   /* [n_bins]: of the last frame */
  gint64              from, to; /* the steps that `block` holds */
  float              *block;
} Machine;

#define BLOCK_STEPS 65536

int
sig_spectrum_choose_window (double rate_hz)
{
  int window = 64;

  while (window < SIG_SPECTRUM_MAX_FRAME && window < rate_hz * SECONDS)
    window *= 2;
  return window;
}

static void
machine_init (Machine               *self,
              const SigRecording    *recording,
              const SigSpectrumSpec *spec)
{
  double squares = 0;

  *self = (Machine) { .recording = recording, .channel = spec->channel, .window = spec->window };
  self->plan = kiss_fftr_alloc (spec->window, 0, NULL, NULL);
  self->hann = g_new (float, spec->window);
  self->samples = g_new (float, spec->window);
  self->transform = g_new (kiss_fft_cpx, spec->window / 2 + 1);
  self->power = g_new (float, spec->window / 2 + 1);
  self->block = g_new (float, BLOCK_STEPS + SIG_SPECTRUM_MAX_FRAME);
  for (int i = 0; i < spec->window; i++)
    {
      /* The periodic form: as scipy.signal.get_window ("hann"). */
      double w = .5 - .5 * cos (2 * G_PI * i / spec->window);

      self->hann[i] = (float) w;
      squares += w * w;
    }
  self->scale = 1 / (sig_recording_get_rate_hz (recording) * squares);
}

static void
machine_clear (Machine *self)
{
  kiss_fftr_free (self->plan);
  g_free (self->hann);
  g_free (self->samples);
  g_free (self->transform);
  g_free (self->power);
  g_free (self->block);
}

/* Whether steps [from, to) follow each other. */
static gboolean
is_one_run (const SigRecording *recording,
            gint64              from,
            gint64              to)
{
  gsize n_segments, i;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);
  gint64 page = sig_recording_get_page (recording);

  if (from < 0 || to > sig_recording_get_n_steps (recording))
    return FALSE;
  i = sig_recording_find_segment (recording, from);
  return i < n_segments && from >= segments[i].start && to <= segments[i].end && (page == 0 || from / page == (to - 1) / page);
}

/* The samples of [from, from + window), through a block that is read ahead; NULL where they cannot be read. */
static const float *
look_at (Machine *self,
         gint64   from,
         GError **error)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording);

  if (from < self->from || from + self->window > self->to)
    {
      self->from = from;
      self->to = MIN (from + BLOCK_STEPS + self->window, n_steps);
      if (!sig_recording_read (self->recording, self->channel, self->from, self->to - self->from, self->block, error))
        {
          self->from = self->to = 0;
          return NULL;
        }
    }
  return self->block + (from - self->from);
}

/* Sets `power` to that of frame `j`; `*there` FALSE: it is missing. */
static gboolean
compute_frame (Machine  *self,
               gint64    j,
               gboolean *there,
               GError  **error)
{
  gint64 from = j * (self->window / HOPS) - self->window / 2;
  int n_bins = self->window / 2 + 1;
  const float *samples;

  *there = FALSE;
  if (!is_one_run (self->recording, from, from + self->window))
    return TRUE;
  samples = look_at (self, from, error);
  if (samples == NULL)
    return FALSE;
  for (int i = 0; i < self->window; i++)
    {
      if (!isfinite (samples[i]))
        return TRUE;
      self->samples[i] = samples[i] * self->hann[i];
    }
  kiss_fftr (self->plan, self->samples, self->transform);
  for (int i = 0; i < n_bins; i++)
    {
      double square = (double) self->transform[i].r * self->transform[i].r + (double) self->transform[i].i * self->transform[i].i;

      self->power[i] = (float) (square * self->scale * (i == 0 || i == n_bins - 1 ? 1 : 2));
    }
  *there = TRUE;
  return TRUE;
}

/* --- the range ---------------------------------------------------------------------- */

static int
compare_floats (const void *a,
                const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;

  return (x > y) - (x < y);
}

static gboolean
measure_range (SigSpectrum *self,
               Machine     *machine,
               GError     **error)
{
  gint64 n_frames = sig_recording_get_n_steps (machine->recording) * HOPS / machine->window;
  g_autofree float *powers = g_new (float, (gsize) N_RANGE * self->n_bins);
  gsize n = 0;
  gboolean there;

  for (int k = 0; k < N_RANGE; k++)
    {
      if (!compute_frame (machine, HOPS / 2 + (gint64) ((double) n_frames * k / N_RANGE), &there, error))
        return FALSE;
      for (guint i = 0; there && i < self->n_bins; i++)
        powers[n++] = machine->power[i];
    }
  self->low_db = -LEAST_RANGE;
  self->high_db = 0;
  if (n == 0)
    return TRUE;
  qsort (powers, n, sizeof *powers, compare_floats);
  self->low_db = 10 * log10 (MAX (powers[n / 20], SILENCE));
  self->high_db = 10 * log10 (MAX (powers[n - 1 - n / 500], SILENCE));
  self->low_db = MIN (self->low_db, self->high_db - LEAST_RANGE);
  return TRUE;
}

/* --- columns ------------------------------------------------------------------------ */

static guint8
get_level (const SigSpectrum *self,
           float              power)
{
  double share = (10 * log10 (MAX (power, SILENCE)) - self->low_db) / (self->high_db - self->low_db);

  return (guint8) (1 + CLAMP (share, 0, 1) * 254 + .5);
}

/* `greatest`: room for a column's powers. */
static gboolean
compute_column (SigSpectrum *self,
                Machine     *machine,
                guint        column,
                float       *greatest,
                GError     **error)
{
  const SigSpectrumSpec *spec = &self->spec;
  double hop = spec->window / (double) HOPS, left = spec->width * (double) (spec->first + column);
  gint64 from = (gint64) ceil (left / hop), to = (gint64) ceil ((left + spec->width) / hop);
  guint8 *levels = self->levels + (gsize) column * self->n_bins;
  gboolean any = FALSE, there;

  if (from >= to)
    {
      from = (gint64) floor ((left + spec->width / 2) / hop + .5);
      to = from + 1;
    }
  for (gint64 j = from; j < to; j++)
    {
      if (!compute_frame (machine, j, &there, error))
        return FALSE;
      for (guint i = 0; there && i < self->n_bins; i++)
        greatest[i] = any ? MAX (greatest[i], machine->power[i]) : machine->power[i];
      any |= there;
    }
  for (guint i = 0; i < self->n_bins; i++)
    levels[i] = any ? get_level (self, greatest[i]) : SIG_SPECTRUM_MISSING;
  return TRUE;
}

static gboolean
fits (const SigSpectrum     *before,
      const SigSpectrumSpec *spec)
{
  return before != NULL && before->spec.channel == spec->channel && before->spec.window == spec->window;
}

/* Takes over what is there of the same columns. */
static void
take_columns (SigSpectrum       *self,
              const SigSpectrum *before)
{
  gint64 shift = self->spec.first - before->spec.first;

  if (before->spec.width != self->spec.width)
    return;
  for (gint64 c = MAX (0, -shift); c < self->spec.n_columns && c + shift < before->spec.n_columns; c++)
    if (before->done[c + shift])
      {
        memcpy (self->levels + (gsize) c * self->n_bins, before->levels + (gsize) (c + shift) * self->n_bins, self->n_bins);
        self->done[c] = TRUE;
        self->n_done++;
      }
}

static gboolean
compute (SigSpectrum        *self,
         const SigRecording *recording,
         const SigSpectrum  *before,
         gboolean          (*should_stop) (gpointer),
         gpointer            user_data,
         GError            **error)
{
  g_autofree float *greatest = g_new (float, self->n_bins);
  gboolean fine = TRUE;
  Machine machine;

  machine_init (&machine, recording, &self->spec);
  if (fits (before, &self->spec))
    {
      self->low_db = before->low_db;
      self->high_db = before->high_db;
      take_columns (self, before);
    }
  else
    fine = measure_range (self, &machine, error);
  for (guint c = 0; fine && c < self->spec.n_columns && !(should_stop != NULL && should_stop (user_data)); c++)
    if (!self->done[c])
      {
        fine = self->done[c] = compute_column (self, &machine, c, greatest, error);
        self->n_done += fine;
      }
  machine_clear (&machine);
  return fine;
}

SigSpectrum *
sig_spectrum_new (const SigRecording    *recording,
                  const SigSpectrumSpec *spec,
                  const SigSpectrum     *before,
                  gboolean             (*should_stop) (gpointer),
                  gpointer               user_data,
                  GError               **error)
{
  g_autoptr (SigSpectrum) self = NULL;

  g_return_val_if_fail (recording != NULL && spec->channel < sig_recording_get_n_channels (recording), NULL);
  g_return_val_if_fail (spec->window >= SIG_SPECTRUM_MIN_FRAME && spec->window <= SIG_SPECTRUM_MAX_FRAME, NULL);
  g_return_val_if_fail ((spec->window & (spec->window - 1)) == 0 && spec->width > 0 && isfinite (spec->width), NULL);

  self = g_new0 (SigSpectrum, 1);
  g_atomic_ref_count_init (&self->refs);
  self->spec = *spec;
  self->n_bins = (guint) spec->window / 2 + 1;
  self->levels = g_try_malloc0_n (MAX (spec->n_columns, 1), self->n_bins);
  if (self->levels == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "There is not enough memory for a spectrogram of %u columns.",
                   spec->n_columns);
      return NULL;
    }
  self->done = g_new0 (gboolean, MAX (spec->n_columns, 1));
  if (!compute (self, recording, before, should_stop, user_data, error))
    return NULL;
  return g_steal_pointer (&self);
}

SigSpectrum *
sig_spectrum_ref (const SigSpectrum *self)
{
  SigSpectrum *mutable_self = (SigSpectrum *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_spectrum_unref (SigSpectrum *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->levels);
  g_free (self->done);
  g_free (self);
}

const SigSpectrumSpec *
sig_spectrum_get_spec (const SigSpectrum *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return &self->spec;
}

guint
sig_spectrum_get_n_done (const SigSpectrum *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_done;
}

guint
sig_spectrum_get_n_bins (const SigSpectrum *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_bins;
}

const guint8 *
sig_spectrum_get_levels (const SigSpectrum *self,
                         guint              column)
{
  g_return_val_if_fail (self != NULL && column < self->spec.n_columns, NULL);
  return self->levels + (gsize) column * self->n_bins;
}

void
sig_spectrum_get_range (const SigSpectrum *self,
                        double            *low_db,
                        double            *high_db)
{
  g_return_if_fail (self != NULL);
  *low_db = self->low_db;
  *high_db = self->high_db;
}
