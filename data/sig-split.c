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

/* How a recording is to be cut, in units that are not cut themselves: steps, or the pages of a paged
 * recording. */
typedef struct
{
  gint64 unit;    /* steps in a unit */
  gint64 n_units;
  gint64 n_least; /* units that hold a window */
  gint64 n_guard;
  double fraction;
} Plan;

/* Units [start, end) are one of the blocks of time: training, guard, validation, and a guard again
 * where another block follows. Both guards are taken from the training part. */
typedef struct
{
  gint64 start, train_end, validation, validation_end, end;
} Cut;

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
plan_fits (const Plan *self,
           gint64      n_blocks,
           gboolean    at_a_pinch)
{
  for (gint64 k = 0; k < n_blocks; k++)
    {
      Cut cut = plan_cut (self, k, n_blocks, at_a_pinch);

      if (cut.train_end - cut.start < self->n_least || cut.validation_end - cut.validation < self->n_least)
        return FALSE;
    }
  return TRUE;
}

static void
append_block (SigSplit   *self,
              const Plan *plan,
              gint64      start,
              gint64      end,
              SigPart     part)
{
  gint64 n_steps = sig_recording_get_n_steps (self->recording);
  SigBlock block = { start * plan->unit, MIN (end * plan->unit, n_steps), part };

  if (block.start < block.end)
    g_array_append_val (self->blocks, block);
}

static void
set_misfit (GError            **error,
            const SigRecording *recording,
            const Plan         *plan,
            gint64              length)
{
  if (sig_recording_get_page (recording) > 0)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " windows; a training and a validation part need at least %" G_GINT64_FORMAT ".",
                 sig_recording_get_title (recording), plan->n_units, 2 * plan->n_least + plan->n_guard);
  else
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " steps; a training and a validation window of %" G_GINT64_FORMAT
                 " steps each, with %" G_GINT64_FORMAT " unused between them, need %" G_GINT64_FORMAT ".",
                 sig_recording_get_title (recording), plan->n_units, length, plan->n_guard,
                 2 * plan->n_least + plan->n_guard);
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
  gint64 page = 0, n_steps = 0;
  gboolean at_a_pinch = FALSE;
  Plan plan;

  g_return_val_if_fail (recording != NULL, NULL);
  g_return_val_if_fail (length > 0 && guard >= 0, NULL);
  g_return_val_if_fail (fraction > 0 && fraction < 1 && n_blocks > 0, NULL);

  page = sig_recording_get_page (recording);
  n_steps = sig_recording_get_n_steps (recording);
  plan.unit = MAX (page, 1);
  plan.n_units = page > 0 ? (n_steps + page - 1) / page : n_steps;
  plan.n_least = page > 0 ? 1 : length;
  plan.n_guard = page > 0 ? (guard + page - 1) / page : guard;
  plan.fraction = fraction;

  if (page > 0 && page < length)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "The windows of “%s” have %" G_GINT64_FORMAT " steps, the design needs %" G_GINT64_FORMAT ".",
                   sig_recording_get_title (recording), page, length);
      return NULL;
    }

  while (n_blocks > 1 && !plan_fits (&plan, n_blocks, FALSE))
    n_blocks--;
  at_a_pinch = !plan_fits (&plan, n_blocks, FALSE);
  if (at_a_pinch && !plan_fits (&plan, n_blocks, TRUE))
    {
      set_misfit (error, recording, &plan, length);
      return NULL;
    }

  self = g_new0 (SigSplit, 1);
  g_atomic_ref_count_init (&self->refs);
  self->recording = sig_recording_ref (recording);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (SigBlock));
  for (gint64 k = 0; k < n_blocks; k++)
    {
      Cut cut = plan_cut (&plan, k, n_blocks, at_a_pinch);

      append_block (self, &plan, cut.start, cut.train_end, SIG_PART_TRAIN);
      append_block (self, &plan, cut.train_end, cut.validation, SIG_PART_GUARD);
      append_block (self, &plan, cut.validation, cut.validation_end, SIG_PART_VALIDATION);
      append_block (self, &plan, cut.validation_end, cut.end, SIG_PART_GUARD);
    }

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
  gsize i = sig_labels_find (query->labels, start);

  return i < query->n_spans && query->spans[i].start < start + query->length;
}

SigWindows *
sig_split_get_windows (const SigSplit  *self,
                       SigPart          part,
                       gint64           length,
                       gint64           hop,
                       const SigLabels *labels)
{
  g_autoptr (SigWindows) windows = NULL;
  LabelQuery query = { labels, length };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length > 0 && hop > 0, NULL);

  windows = sig_windows_new (self->recording, 0, 0, length, hop);
  for (guint i = 0; i < self->blocks->len; i++)
    {
      const SigBlock *block = &g_array_index (self->blocks, SigBlock, i);
      g_autoptr (SigWindows) inside = NULL;
      SigWindows *joined = NULL;

      if (block->part != part)
        continue;
      inside = sig_windows_new (self->recording, block->start, block->end, length, hop);
      joined = sig_windows_new_joined (windows, inside);
      sig_windows_unref (windows);
      windows = joined;
    }

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
        counts[spans[i].klass] += MIN (spans[i].end, block->end) - MAX (spans[i].start, block->start);
    }
}
