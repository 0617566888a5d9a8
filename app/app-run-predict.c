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

/* The steps that are predicted next, on their way to the writer. */
typedef struct
{
  const AppRun   *run;
  SigTrackWriter *writer;
  int             n_classes;
  gint64          start, end; /* of the steps that are here */
  gint64          last;       /* the end of all that are wanted */
  gint64          n_room;     /* steps that there is room for */
  float          *probabilities; /* [n_classes][n_room] */
} Piece;

static void
piece_clear (Piece *self)
{
  g_free (self->probabilities);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Piece, piece_clear)

static gboolean
hand_over (Piece   *self,
           GError **error)
{
  gint64 n = self->end - self->start;

  self->start = self->end;
  return sig_track_writer_add (self->writer, self->probabilities, self->n_room, n, error);
}

/* Steps up to `end` that no window answers for. */
static gboolean
add_blank (Piece   *self,
           gint64   end,
           GError **error)
{
  while (self->end < end)
    {
      gint64 offset, n;

      if (self->end - self->start == self->n_room && !hand_over (self, error))
        return FALSE;
      offset = self->end - self->start;
      n = MIN (end - self->end, self->n_room - offset);
      for (int k = 0; k < self->n_classes; k++)
        for (gint64 i = 0; i < n; i++)
          self->probabilities[k * self->n_room + offset + i] = NAN;
      self->end += n;
    }
  return TRUE;
}

/* A window's probabilities of its own steps from where the piece ends on. A single output is the probability of class 1. */
static gboolean
add_window (Piece       *self,
            gint64       window,
            const float *output,
            int          n_outputs,
            GError     **error)
{
  gint64 first = sig_windows_get_start (self->run->cover, window), from = 0, to = 0;
  float *piece;

  get_own_steps (self->run, window, &from, &to);
  from = MAX (from, self->end);
  to = MIN (to, self->last);
  if (from >= to)
    return TRUE;
  if (!add_blank (self, from, error))
    return FALSE;
  if (to - self->start > self->n_room && !hand_over (self, error))
    return FALSE;

  piece = self->probabilities + (from - self->start);
  for (gint64 t = from; t < to; t++, piece++)
    {
      const float *found = output + find_output (self->run, t - first) * n_outputs;

      for (int k = 0; k < n_outputs && n_outputs > 1; k++)
        piece[k * self->n_room] = found[k];
      if (n_outputs == 1)
        {
          piece[0] = 1 - *found;
          piece[self->n_room] = *found;
        }
    }
  self->end = to;
  return TRUE;
}

/* FALSE where the network does not give what a prediction needs. */
static gboolean
find_outputs (const AppRun  *self,
              const NnModel *model,
              gint64        *n_labels,
              int           *n_outputs,
              GError       **error)
{
  nn_predict_shape (model, n_labels, n_outputs);
  if (*n_labels == (self->places.n > 0 ? self->places.n : self->length) && *n_outputs >= 1)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_DESIGN,
               "The network gives %" G_GINT64_FORMAT " labels for a window of %" G_GINT64_FORMAT
               " steps; a prediction needs one per step.",
               *n_labels, self->length);
  return FALSE;
}

SigTrackWriter *
app_run_prepare_track (const AppRun  *self,
                       const NnModel *model,
                       gint64         start,
                       gint64         end,
                       GError       **error)
{
  gint64 n_labels = 0;
  int n_outputs = 0;

  g_return_val_if_fail (self != NULL && model != NULL, NULL);
  g_return_val_if_fail (start >= 0 && start < end && end <= sig_recording_get_n_steps (self->recording), NULL);

  if (!find_outputs (self, model, &n_labels, &n_outputs, error))
    return NULL;
  return sig_track_writer_new (start, end - start, MAX (n_outputs, 2), error);
}

gboolean
app_run_predict_into (AppRun         *self,
                      const NnModel  *model,
                      SigTrackWriter *writer,
                      NnPool         *pool,
                      gboolean      (*should_stop) (gpointer),
                      gpointer        user_data,
                      GError        **error)
{
  g_auto (Piece) piece = { .run = self, .writer = writer };
  g_autofree float *output = NULL;
  gint64 n_labels = 0, n_windows = 0, n_chunk = 0;
  int n_outputs = 0;

  g_return_val_if_fail (self != NULL && model != NULL && writer != NULL && pool != NULL, FALSE);
  g_return_val_if_fail (sig_track_writer_get_n_written (writer) == 0, FALSE);

  if (!find_outputs (self, model, &n_labels, &n_outputs, error))
    return FALSE;
  n_chunk = CLAMP (N_NUMBERS / (n_labels * n_outputs), 1, MAX_CHUNK);
  output = g_new (float, n_chunk * n_labels * n_outputs);
  piece.n_classes = sig_track_writer_get_n_classes (writer);
  piece.start = piece.end = sig_track_writer_get_start (writer);
  piece.last = piece.end + sig_track_writer_get_n_steps (writer);
  piece.n_room = n_chunk * self->length;
  piece.probabilities = g_new (float, piece.n_room * piece.n_classes);
  n_windows = find_window (self, piece.last - 1);
  n_windows = MIN (n_windows + 1, sig_windows_get_n (self->cover));

  for (gint64 first = find_window (self, piece.start); first < n_windows; first += n_chunk)
    {
      gint64 n = MIN (n_chunk, n_windows - first);

      if (!nn_predict (model, sig_batch_get_source (self->cover_batch), first, n, pool, should_stop, user_data, output, error))
        return FALSE;
      for (gint64 i = 0; i < n; i++)
        if (!add_window (&piece, first + i, output + i * n_labels * n_outputs, n_outputs, error))
          return FALSE;
      if (!hand_over (&piece, error))
        return FALSE;
    }
  return add_blank (&piece, piece.last, error) && hand_over (&piece, error);
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
  g_autoptr (SigTrackWriter) writer = app_run_prepare_track (self, model, start, end, error);

  if (writer == NULL || !app_run_predict_into (self, model, writer, pool, should_stop, user_data, error))
    return NULL;
  return sig_track_writer_finish (g_steal_pointer (&writer));
}

/* Counts steps [start, end), which are of class `truth`. Runs of the prediction are looked at from `*at` on. */
static void
count_right (const SigSpan *runs,
             gsize          n_runs,
             gsize         *at,
             gint64         start,
             gint64         end,
             int            truth,
             AppScore      *score)
{
  while (*at < n_runs && runs[*at].end <= start)
    (*at)++;
  for (gsize i = *at; i < n_runs && runs[i].start < end; i++)
    if (runs[i].klass == truth)
      score->n_right += MIN (runs[i].end, end) - MAX (runs[i].start, start);
}

/* Counts the labelled steps of [start, end). */
static void
score_block (const SigLabels *truth,
             const SigLabels *prediction,
             gint64           start,
             gint64           end,
             gint64          *counts,
             AppScore        *score)
{
  gsize n_truths = 0, n_runs = 0, t = sig_labels_find (truth, start), p = sig_labels_find (prediction, start);
  const SigSpan *truths = sig_labels_get_spans (truth, &n_truths), *runs = sig_labels_get_spans (prediction, &n_runs);

  for (; start < end && t < n_truths && truths[t].start < end; t++)
    {
      gint64 from = MAX (truths[t].start, start), to = MIN (truths[t].end, end);

      if (truths[t].klass < 0)
        continue;
      counts[truths[t].klass] += to - from;
      score->n_steps += to - from;
      count_right (runs, n_runs, &p, from, to, truths[t].klass, score);
    }
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
    if (blocks[b].part == part)
      score_block (self->labels, sig_track_get_labels (prediction), MAX (blocks[b].start, first), MIN (blocks[b].end, last),
                   counts, score);
  for (int k = 0; k < SIG_MAX_CLASSES; k++)
    if (counts[k] > score->n_majority)
      {
        score->n_majority = counts[k];
        score->majority = k;
      }
}
