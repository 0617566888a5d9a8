/* sig-split.c: splitting a recording in time into a training and a validation part, with a guard gap
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-split.h"

#include "sig-error.h"

#include <math.h>
#include <string.h>

struct _SigSplit
{
  gatomicrefcount refs;
  SigRecording   *recording;
  GArray         *blocks; /* of SigBlock; they tile the recording */
};

/* How a recording is to be cut, in units that are not cut themselves: the pages of a paged recording, else
 * the steps of its segments, counted without the gaps. */
typedef struct
{
  const SigRecording *recording;
  gint64              page;
  gint64             *offsets;  /* of each segment's first step, in units; unused with pages */
  gint64              n_units;
  gint64              length;   /* steps in a window */
  gint64              n_least;  /* units that hold a window */
  gint64              n_guard;
  double              fraction;
} Plan;

/* Units [start, end) are one of the blocks of time: training, guard, validation, and a guard again
 * where another block follows. Both guards are taken from the training part. */
typedef struct
{
  gint64 start, train_end, validation, validation_end, end;
} Cut;

static void
plan_init (Plan               *self,
           const SigRecording *recording,
           gint64              length,
           double              fraction,
           gint64              guard)
{
  gint64 page = sig_recording_get_page (recording), n_steps = sig_recording_get_n_steps (recording);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);

  *self = (Plan) {
    .recording = recording,
    .page = page,
    .offsets = g_new (gint64, n_segments + 1),
    .length = length,
    .n_least = page > 0 ? 1 : length,
    .n_guard = page > 0 ? (guard + page - 1) / page : guard,
    .fraction = fraction,
  };
  for (gsize i = 0; i < n_segments; i++)
    {
      self->offsets[i] = self->n_units;
      self->n_units += segments[i].end - segments[i].start;
    }
  if (page > 0)
    self->n_units = (n_steps + page - 1) / page;
}

static void
plan_clear (Plan *self)
{
  g_free (self->offsets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* The segment that a unit (a step without the gaps) is in. */
static gsize
find_segment (const Plan *self,
              gint64      unit)
{
  gsize low = 0, high = 0;

  sig_recording_get_segments (self->recording, &high);
  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (self->offsets[middle] <= unit)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* The steps of segment `i` that are among units [start, end); empty when none is. */
static SigSegment
steps_in_segment (const Plan *self,
                  gsize       i,
                  gint64      start,
                  gint64      end)
{
  gsize n_segments = 0;
  const SigSegment *segment = sig_recording_get_segments (self->recording, &n_segments) + i;
  gint64 shift = segment->start - self->offsets[i];

  return (SigSegment) { MAX (start + shift, segment->start), MIN (end + shift, segment->end) };
}

/* Whether units [start, end) hold a window. */
static gboolean
holds_window (const Plan *self,
              gint64      start,
              gint64      end)
{
  gsize n_segments = 0;

  if (end - start < self->n_least || self->page > 0)
    return end - start >= self->n_least;

  sig_recording_get_segments (self->recording, &n_segments);
  for (gsize i = find_segment (self, start); i < n_segments && self->offsets[i] < end; i++)
    {
      SigSegment steps = steps_in_segment (self, i, start, end);

      if (steps.end - steps.start >= self->length)
        return TRUE;
    }
  return FALSE;
}

/* Block `k` of `n_blocks`. `at_a_pinch` bends the fraction so that both parts hold a window, where that can be. */
static Cut
plan_cut (const Plan *self,
          gint64      k,
          gint64      n_blocks,
          gboolean    at_a_pinch)
{
  Cut cut;
  gint64 n_validation = 0;

  /* k n_units / n_blocks, without overflow. */
  cut.start = self->n_units / n_blocks * k + self->n_units % n_blocks * k / n_blocks;
  cut.end = self->n_units / n_blocks * (k + 1) + self->n_units % n_blocks * (k + 1) / n_blocks;
  n_validation = llround (self->fraction * (cut.end - cut.start));
  if (at_a_pinch)
    {
      n_validation = MIN (n_validation, cut.end - cut.start - self->n_guard - self->n_least);
      n_validation = MAX (n_validation, self->n_least);
    }

  cut.validation_end = k + 1 < n_blocks ? cut.end - self->n_guard : cut.end;
  cut.validation = cut.validation_end - n_validation;
  cut.train_end = cut.validation - self->n_guard;
  return cut;
}

static gboolean
cut_fits (const Plan *self,
          const Cut  *cut)
{
  return holds_window (self, cut->start, cut->train_end) && holds_window (self, cut->validation, cut->validation_end);
}

static gboolean
plan_fits (const Plan *self,
           gint64      n_blocks)
{
  for (gint64 k = 0; k < n_blocks; k++)
    {
      Cut cut = plan_cut (self, k, n_blocks, FALSE);

      if (!cut_fits (self, &cut))
        return FALSE;
    }
  return TRUE;
}

/* The whole as one block, cut where both parts hold a window: by its length, or else at that border of a segment, where no
 * guard is needed, that comes nearest to the fraction. FALSE where there is no such place. */
static gboolean
cut_at_a_pinch (const Plan *self,
                Cut        *cut)
{
  gsize n_segments = 0;
  double wanted = (1 - self->fraction) * (double) self->n_units;
  gboolean found = FALSE;

  *cut = plan_cut (self, 0, 1, TRUE);
  if (cut_fits (self, cut))
    return TRUE;

  sig_recording_get_segments (self->recording, &n_segments);
  for (gsize i = 1; i < n_segments && self->page == 0; i++)
    {
      gint64 border = self->offsets[i];
      Cut other = { 0, border, border, self->n_units, self->n_units };

      if (cut_fits (self, &other) && (!found || fabs (border - wanted) < fabs (cut->validation - wanted)))
        {
          *cut = other;
          found = TRUE;
        }
    }
  return found;
}

/* Appends steps [start, end), and before them what was left out since the last block as a guard. */
static void
append_steps (SigSplit *self,
              gint64    start,
              gint64    end,
              SigPart   part)
{
  SigBlock *last = self->blocks->len > 0 ? &g_array_index (self->blocks, SigBlock, self->blocks->len - 1) : NULL;
  gint64 done = last != NULL ? last->end : 0;

  if (start > done && part != SIG_PART_GUARD)
    {
      append_steps (self, done, start, SIG_PART_GUARD);
      last = &g_array_index (self->blocks, SigBlock, self->blocks->len - 1);
    }
  else if (part == SIG_PART_GUARD)
    start = done;

  if (start >= end)
    return;
  if (last != NULL && last->part == part)
    last->end = end;
  else
    g_array_append_val (self->blocks, ((SigBlock) { start, end, part }));
}

/* Appends units [start, end). */
static void
append_units (SigSplit   *self,
              const Plan *plan,
              gint64      start,
              gint64      end,
              SigPart     part)
{
  gsize n_segments = 0;

  if (start >= end)
    return;
  if (plan->page > 0)
    {
      append_steps (self, start * plan->page, MIN (end * plan->page, sig_recording_get_n_steps (self->recording)), part);
      return;
    }

  sig_recording_get_segments (self->recording, &n_segments);
  for (gsize i = find_segment (plan, start); i < n_segments && plan->offsets[i] < end; i++)
    {
      SigSegment steps = steps_in_segment (plan, i, start, end);

      append_steps (self, steps.start, steps.end, part);
    }
}

static void
append_cut (SigSplit   *self,
            const Plan *plan,
            const Cut  *cut)
{
  append_units (self, plan, cut->start, cut->train_end, SIG_PART_TRAIN);
  append_units (self, plan, cut->train_end, cut->validation, SIG_PART_GUARD);
  append_units (self, plan, cut->validation, cut->validation_end, SIG_PART_VALIDATION);
  append_units (self, plan, cut->validation_end, cut->end, SIG_PART_GUARD);
}

static void
set_misfit (GError    **error,
            const Plan *plan)
{
  const char *title = sig_recording_get_title (plan->recording);
  gsize n_segments = 0;

  sig_recording_get_segments (plan->recording, &n_segments);
  if (plan->page > 0 && plan->page < plan->length)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The windows of “%s” have %" G_GINT64_FORMAT " steps, the design needs %" G_GINT64_FORMAT ".",
                 title, plan->page, plan->length);
  else if (plan->page > 0)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " windows; a training and a validation part need at least %" G_GINT64_FORMAT ".",
                 title, plan->n_units, 2 * plan->n_least + plan->n_guard);
  else if (n_segments > 1)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " steps in %" G_GSIZE_FORMAT " segments, the longest of %" G_GINT64_FORMAT
                 "; no cut leaves a whole window of %" G_GINT64_FORMAT " steps both for training and for validation.",
                 title, plan->n_units, n_segments, sig_recording_get_longest_run (plan->recording), plan->length);
  else
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " steps; a training and a validation window of %" G_GINT64_FORMAT
                 " steps each, with %" G_GINT64_FORMAT " unused between them, need %" G_GINT64_FORMAT ".",
                 title, plan->n_units, plan->length, plan->n_guard, 2 * plan->n_least + plan->n_guard);
}

SigSplit *
sig_split_new (const SigRecording *recording,
               gint64              length,
               double              fraction,
               guint               n_blocks,
               gint64              guard,
               GError            **error)
{
  g_autoptr (SigSplit) self = NULL;
  g_auto (Plan) plan = { 0 };
  Cut cut = { 0 };

  g_return_val_if_fail (recording != NULL, NULL);
  g_return_val_if_fail (length > 0 && guard >= 0, NULL);
  g_return_val_if_fail (fraction > 0 && fraction < 1 && n_blocks > 0, NULL);

  plan_init (&plan, recording, length, fraction, guard);
  while (n_blocks > 0 && !plan_fits (&plan, n_blocks))
    n_blocks--;
  if ((plan.page > 0 && plan.page < length) || (n_blocks == 0 && !cut_at_a_pinch (&plan, &cut)))
    {
      set_misfit (error, &plan);
      return NULL;
    }

  self = g_new0 (SigSplit, 1);
  g_atomic_ref_count_init (&self->refs);
  self->recording = sig_recording_ref (recording);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (SigBlock));
  for (gint64 k = 0; k < n_blocks; k++)
    {
      Cut block = plan_cut (&plan, k, n_blocks, FALSE);

      append_cut (self, &plan, &block);
    }
  if (n_blocks == 0)
    append_cut (self, &plan, &cut);
  append_steps (self, 0, sig_recording_get_n_steps (recording), SIG_PART_GUARD);

  return g_steal_pointer (&self);
}

SigSplit *
sig_split_ref (const SigSplit *self)
{
  SigSplit *mutable_self = (SigSplit *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_split_unref (SigSplit *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->blocks);
  sig_recording_unref (self->recording);
  g_free (self);
}

const SigBlock *
sig_split_get_blocks (const SigSplit *self,
                      gsize          *n_blocks)
{
  g_return_val_if_fail (self != NULL && n_blocks != NULL, NULL);

  *n_blocks = self->blocks->len;
  return (const SigBlock *) self->blocks->data;
}

SigPart
sig_split_get_part (const SigSplit *self,
                    gint64          step)
{
  guint low = 0, high = 0;

  g_return_val_if_fail (self != NULL, SIG_PART_GUARD);
  g_return_val_if_fail (step >= 0 && step < sig_recording_get_n_steps (self->recording), SIG_PART_GUARD);

  high = self->blocks->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->blocks, SigBlock, middle).start <= step)
        low = middle;
      else
        high = middle;
    }
  return g_array_index (self->blocks, SigBlock, low).part;
}

typedef struct
{
  const SigLabels *labels;
  gint64           length;
  const SigSpan   *spans;
  gsize            n_spans;
} LabelQuery;

static gboolean
has_label (gpointer user_data,
           gint64   start)
{
  const LabelQuery *query = user_data;
  for (gsize i = sig_labels_find (query->labels, start); i < query->n_spans; i++)
    {
      if (query->spans[i].start >= start + query->length)
        return FALSE;
      if (query->spans[i].klass >= 0)
        return TRUE;
    }
  return FALSE;
}

SigWindows *
sig_split_get_windows (const SigSplit  *self,
                       SigPart          part,
                       gint64           length,
                       gint64           hop,
                       const SigLabels *labels)
{
  g_autoptr (SigWindows) windows = NULL;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSegment));
  LabelQuery query = { labels, length };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length > 0 && hop > 0, NULL);

  for (guint i = 0; i < self->blocks->len; i++)
    {
      const SigBlock *block = &g_array_index (self->blocks, SigBlock, i);

      if (block->part == part)
        g_array_append_val (spans, ((SigSegment) { block->start, block->end }));
    }
  windows = sig_windows_new_within (self->recording, (const SigSegment *) spans->data, spans->len, length, hop);
  if (labels == NULL)
    return g_steal_pointer (&windows);

  query.spans = sig_labels_get_spans (labels, &query.n_spans);
  return sig_windows_new_where (windows, has_label, &query);
}

void
sig_split_count (const SigSplit  *self,
                 SigPart          part,
                 const SigLabels *labels,
                 gint64          *counts)
{
  const SigSpan *spans;
  gsize n_spans;

  g_return_if_fail (self != NULL && labels != NULL && counts != NULL);

  spans = sig_labels_get_spans (labels, &n_spans);
  memset (counts, 0, sig_labels_get_n_classes (labels) * sizeof *counts);
  for (guint b = 0; b < self->blocks->len; b++)
    {
      const SigBlock *block = &g_array_index (self->blocks, SigBlock, b);

      if (block->part != part)
        continue;
      for (gsize i = sig_labels_find (labels, block->start); i < n_spans && spans[i].start < block->end; i++)
        if (spans[i].klass >= 0)
          counts[spans[i].klass] += MIN (spans[i].end, block->end) - MAX (spans[i].start, block->start);
    }
}
