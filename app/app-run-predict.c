/* app-run-predict.c: from windows to a prediction for every step, and its score
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-run-private.h"

#include <math.h>

/* Windows predicted at a time: as many as give this many numbers, which bounds the memory for them. */
#define N_NUMBERS 1048576
#define MAX_CHUNK 64

void
app_run_prepare_prediction (AppRun *self)
{
  self->cover = sig_windows_new_cover (self->recording, 0, sig_recording_get_n_steps (self->recording), self->length,
                                       MAX (self->length / 2, 1));
  self->cover_batch = sig_batch_new (self->recording, NULL, self->cover, self->norm);
}

/* Whether steps `a` and `b` lie in one page and one segment. */
static gboolean
are_together (const SigRecording *recording,
              gint64              a,
              gint64              b)
{
  gint64 page = sig_recording_get_page (recording);

  return (page == 0 || a / page == b / page)
         && sig_recording_find_segment (recording, a) == sig_recording_find_segment (recording, b);
}

/* Whether windows i and i + 1 are there and share the steps where they meet. */
static gboolean
are_neighbours (const AppRun *self,
                gint64        i)
{
  if (i < 0 || i + 1 >= sig_windows_get_n (self->cover))
    return FALSE;
  return are_together (self->recording, sig_windows_get_start (self->cover, i), sig_windows_get_start (self->cover, i + 1));
}

/* The first step that window i + 1 answers for, where window i is its neighbour. The centres lie at s + (T - 1) / 2: the
 * last step that is no farther from the left one is floor ((s_i + s_{i+1} + T - 1) / 2). */
static gint64
get_border (const AppRun *self,
            gint64        i)
{
  return (sig_windows_get_start (self->cover, i) + sig_windows_get_start (self->cover, i + 1) + self->length - 1) / 2 + 1;
}

/* The steps that window `i` answers for. */
static void
get_own_steps (const AppRun *self,
               gint64        i,
               gint64       *start,
               gint64       *end)
{
  gint64 first = sig_windows_get_start (self->cover, i);

  *start = are_neighbours (self, i - 1) ? get_border (self, i - 1) : first;
  *end = are_neighbours (self, i) ? get_border (self, i) : first + self->length;
}

/* The first window that answers for steps beyond `step`; the number of windows where none does. */
static gint64
find_window (const AppRun *self,
             gint64        step)
{
  gint64 low = 0, high = sig_windows_get_n (self->cover);

  while (low < high)
    {
      gint64 middle = low + (high - low) / 2, start = 0, end = 0;

      get_own_steps (self, middle, &start, &end);
      if (end > step)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* The output that speaks for step `t` of a window: its own, or where only some steps have one the nearest. */
static gint64
find_output (const AppRun *self,
             gint64        t)
{
  const NnPlaces *places = &self->places;

  if (places->n == 0)
    return t;
  return CLAMP (t - places->first + places->every / 2, 0, (places->n - 1) * places->every) / places->every;
}

/* Copies a window's probabilities of its own steps inside [start, end) to where they belong. A single output is the
 * probability of class 1. */
static void
place_window (const AppRun *self,
              gint64        window,
              const float  *output,
              int           n_outputs,
              gint64        start,
              gint64        end,
              float        *probabilities)
{
  gint64 first = sig_windows_get_start (self->cover, window), n_steps = end - start, from = 0, to = 0;

  get_own_steps (self, window, &from, &to);
  from = MAX (from, start);
  to = MIN (to, end);
  if (from >= to)
    return;

  for (gint64 t = from; t < to; t++)
    {
      const float *found = output + find_output (self, t - first) * n_outputs;
      float *step = probabilities + (t - start);

      for (int k = 0; k < n_outputs && n_outputs > 1; k++)
        step[k * n_steps] = found[k];
      if (n_outputs == 1)
        {
          step[0] = 1 - *found;
          step[n_steps] = *found;
        }
    }
}

/* Room for `n_steps` steps of `n_classes`, all of it "not predicted". */
static float *
make_blank (gint64   n_steps,
            int      n_classes,
            GError **error)
{
  gsize n = 0;
  float *blank = g_size_checked_mul (&n, n_steps, n_classes) ? g_try_new (float, n) : NULL;

  if (blank == NULL)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
                   "There is not enough memory for a prediction of %" G_GINT64_FORMAT " steps of %d classes.",
                   n_steps, n_classes);
      return NULL;
    }
  for (gsize i = 0; i < n; i++)
    blank[i] = NAN;
  return blank;
}

SigTrack *
app_run_predict (AppRun        *self,
                 const NnModel *model,
                 gint64         start,
                 gint64         end,
                 NnPool        *pool,
                 gboolean     (*should_stop) (gpointer),
                 gpointer       user_data,
                 GError       **error)
{
  g_autofree float *probabilities = NULL;
  g_autofree float *output = NULL;
  gint64 n_labels = 0, n_windows = 0, n_chunk = 0, n_wanted = 0;
  int n_outputs = 0;

  g_return_val_if_fail (self != NULL && model != NULL && pool != NULL, NULL);
  g_return_val_if_fail (start >= 0 && start < end && end <= sig_recording_get_n_steps (self->recording), NULL);

  nn_predict_shape (model, &n_labels, &n_outputs);
  n_wanted = self->places.n > 0 ? self->places.n : self->length;
  if (n_labels != n_wanted || n_outputs < 1)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_DESIGN,
                   "The network gives %" G_GINT64_FORMAT " labels for a window of %" G_GINT64_FORMAT
                   " steps; a prediction needs one per step.",
                   n_labels, self->length);
      return NULL;
    }

  probabilities = make_blank (end - start, MAX (n_outputs, 2), error);
  if (probabilities == NULL)
    return NULL;
  n_chunk = CLAMP (N_NUMBERS / (n_labels * n_outputs), 1, MAX_CHUNK);
  output = g_new (float, n_chunk * n_labels * n_outputs);
  n_windows = find_window (self, end - 1);
  n_windows = MIN (n_windows + 1, sig_windows_get_n (self->cover));

  for (gint64 first = find_window (self, start); first < n_windows; first += n_chunk)
    {
      gint64 n = MIN (n_chunk, n_windows - first);

      if (!nn_predict (model, sig_batch_get_source (self->cover_batch), first, n, pool, should_stop, user_data, output, error))
        return NULL;
      for (gint64 i = 0; i < n; i++)
        place_window (self, first + i, output + i * n_labels * n_outputs, n_outputs, start, end, probabilities);
    }

  return sig_track_new_take (start, end - start, MAX (n_outputs, 2), g_steal_pointer (&probabilities));
}

void
app_run_score (const AppRun   *self,
               const SigTrack *prediction,
               SigPart         part,
               AppScore       *score)
{
  gint64 counts[SIG_MAX_CLASSES] = { 0 };
  gint64 first = 0, last = 0;
  const SigBlock *blocks = NULL;
  gsize n_blocks = 0;

  g_return_if_fail (self != NULL && prediction != NULL && score != NULL);

  *score = (AppScore) { .majority = SIG_UNLABELLED };
  if (self->split == NULL || self->labels == NULL)
    return;

  first = sig_track_get_start (prediction);
  last = first + sig_track_get_n_steps (prediction);
  blocks = sig_split_get_blocks (self->split, &n_blocks);
  for (gsize b = 0; b < n_blocks; b++)
    for (gint64 t = MAX (blocks[b].start, first); t < MIN (blocks[b].end, last) && blocks[b].part == part; t++)
      {
        int klass = sig_labels_get (self->labels, t);

        if (klass < 0)
          continue;
        counts[klass]++;
        score->n_steps++;
        score->n_right += sig_track_get (prediction, t) == klass;
      }
  for (int k = 0; k < SIG_MAX_CLASSES; k++)
    if (counts[k] > score->n_majority)
      {
        score->n_majority = counts[k];
        score->majority = k;
      }
}
