/* sig-label-edit.c: edits of a label track: from one immutable track to the next
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-edit.h"

#include <string.h>

/* Spans on their way into a new track. */
typedef struct
{
  SigSpan *spans;
  gsize    n;
} Draft;

/* Room for `n` spans. */
static Draft
draft_new (gsize n)
{
  return (Draft) { g_new (SigSpan, MAX (n, 1)), 0 };
}

static void
draft_add (Draft  *draft,
           gint64  start,
           gint64  end,
           int     klass)
{
  if (start < end && klass != SIG_UNLABELLED)
    draft->spans[draft->n++] = (SigSpan) { start, end, klass };
}

static void
draft_copy (Draft         *draft,
            const SigSpan *spans,
            gsize          n)
{
  if (n > 0)
    memcpy (draft->spans + draft->n, spans, n * sizeof *spans);
  draft->n += n;
}

/* As draft_add(); lengthens the last span where the new one continues it. */
static void
draft_join (Draft  *draft,
            gint64  start,
            gint64  end,
            int     klass)
{
  SigSpan *last = draft->n > 0 ? &draft->spans[draft->n - 1] : NULL;

  if (last != NULL && last->end == start && last->klass == klass && start < end)
    last->end = end;
  else
    draft_add (draft, start, end, klass);
}

static SigLabels *
draft_finish (Draft           *draft,
              const SigLabels *labels)
{
  return sig_labels_new_take (sig_labels_get_n_steps (labels), draft->spans, draft->n, sig_labels_get_classes (labels));
}

static gboolean
clip (const SigLabels *labels,
      gint64          *start,
      gint64          *end)
{
  *start = MAX (*start, 0);
  *end = MIN (*end, sig_labels_get_n_steps (labels));
  return *start < *end;
}

static gboolean
check_class (const SigLabels *labels,
             int              klass)
{
  return klass >= SIG_DONT_KNOW && klass < sig_labels_get_n_classes (labels);
}

/* The spans that reach into [start, end): from `first` to before the result. */
static gsize
find_touched (const SigLabels *labels,
              gint64           start,
              gint64           end,
              gsize           *first)
{
  gsize n, after;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  *first = sig_labels_find (labels, start);
  after = sig_labels_find (labels, end);
  return after < n && spans[after].start < end ? after + 1 : after;
}

/* --- marking -------------------------------------------------------------------- */

/* Puts `middle`, which lies in [start, end), in the place of what is there, joined at both ends. */
static SigLabels *
replace (const SigLabels *labels,
         gint64           start,
         gint64           end,
         const Draft     *middle)
{
  gsize n, first, after = find_touched (labels, start, end, &first);
  const SigSpan *spans = sig_labels_get_spans (labels, &n);
  Draft draft = draft_new (n + middle->n + 2);

  draft_copy (&draft, spans, first);
  if (first < after)
    draft_add (&draft, spans[first].start, MIN (spans[first].end, start), spans[first].klass);
  if (middle->n > 0)
    {
      draft_join (&draft, middle->spans[0].start, middle->spans[0].end, middle->spans[0].klass);
      draft_copy (&draft, middle->spans + 1, middle->n - 1);
    }
  if (first < after && spans[after - 1].end > end)
    draft_join (&draft, MAX (spans[after - 1].start, end), spans[after - 1].end, spans[after - 1].klass);
  else if (after < n && spans[after].start == end && middle->n > 0)
    {
      draft_join (&draft, spans[after].start, spans[after].end, spans[after].klass);
      after++;
    }
  draft_copy (&draft, spans + after, n - after);
  return draft_finish (&draft, labels);
}

SigLabels *
sig_label_edit_set (const SigLabels *labels,
                    gint64           start,
                    gint64           end,
                    int              klass)
{
  SigSpan span;
  Draft middle = { &span, 0 };

  g_return_val_if_fail (labels != NULL && check_class (labels, klass), NULL);

  if (!clip (labels, &start, &end))
    return sig_labels_ref (labels);
  draft_add (&middle, start, end, klass);
  return replace (labels, start, end, &middle);
}

SigLabels *
sig_label_edit_set_rest (const SigLabels *labels,
                         gint64           start,
                         gint64           end,
                         int              klass)
{
  gsize n, first, after;
  const SigSpan *spans;
  Draft draft;
  gint64 at;

  g_return_val_if_fail (labels != NULL && check_class (labels, klass), NULL);

  if (!clip (labels, &start, &end))
    return sig_labels_ref (labels);
  after = find_touched (labels, start, end, &first);
  spans = sig_labels_get_spans (labels, &n);
  draft = draft_new (2 * n + 1);
  draft_copy (&draft, spans, first);
  at = start;
  for (gsize i = first; i < after; i++)
    {
      draft_join (&draft, at, spans[i].start, klass);
      if (at < spans[i].start)
        draft_join (&draft, spans[i].start, spans[i].end, spans[i].klass);
      else
        draft_add (&draft, spans[i].start, spans[i].end, spans[i].klass);
      at = spans[i].end;
    }
  draft_join (&draft, at, end, klass);
  if (at < end && after < n)
    {
      draft_join (&draft, spans[after].start, spans[after].end, spans[after].klass);
      after++;
    }
  draft_copy (&draft, spans + after, n - after);
  return draft_finish (&draft, labels);
}

SigLabels *
sig_label_edit_accept (const SigLabels *labels,
                       const SigTrack  *track,
                       gint64           start,
                       gint64           end)
{
  const SigLabels *predicted;
  const SigSpan *spans, *old;
  gsize first, after, n, n_old, next;
  Draft middle;
  gint64 at;

  g_return_val_if_fail (labels != NULL && track != NULL, NULL);
  g_return_val_if_fail (sig_track_get_n_classes (track) <= sig_labels_get_n_classes (labels), NULL);

  predicted = sig_track_get_labels (track);
  if (!clip (labels, &start, &end) || !clip (predicted, &start, &end))
    return sig_labels_ref (labels);
  after = find_touched (predicted, start, end, &first);
  spans = sig_labels_get_spans (predicted, &n);
  old = sig_labels_get_spans (labels, &n_old);
  middle = draft_new (2 * (after - first) + n_old + 1);

  /* What was there stays between the predicted runs. */
  at = start;
  next = sig_labels_find (labels, start);
  for (gsize i = first; i <= after; i++)
    {
      gint64 to = i < after ? MAX (spans[i].start, start) : end;

      for (; next < n_old && old[next].start < to; next++)
        {
          draft_add (&middle, MAX (old[next].start, at), MIN (old[next].end, to), old[next].klass);
          if (old[next].end > to)
            break;
        }
      if (i == after)
        break;
      at = MIN (spans[i].end, end);
      draft_join (&middle, to, at, spans[i].klass);
      while (next < n_old && old[next].end <= at)
        next++;
    }

  SigLabels *result = replace (labels, start, end, &middle);

  g_free (middle.spans);
  return result;
}

/* --- edges ---------------------------------------------------------------------- */

SigLabels *
sig_label_edit_split (const SigLabels *labels,
                      gint64           step)
{
  gsize n, i;
  const SigSpan *spans;
  Draft draft;

  g_return_val_if_fail (labels != NULL, NULL);

  spans = sig_labels_get_spans (labels, &n);
  i = sig_labels_find (labels, step);
  if (i == n || spans[i].start >= step)
    return sig_labels_ref (labels);
  draft = draft_new (n + 1);
  draft_copy (&draft, spans, i);
  draft_add (&draft, spans[i].start, step, spans[i].klass);
  draft_add (&draft, step, spans[i].end, spans[i].klass);
  draft_copy (&draft, spans + i + 1, n - i - 1);
  return draft_finish (&draft, labels);
}

/* The spans that end and that begin at an edge; n where there is none. */
static void
find_edge (const SigLabels *labels,
           gint64           edge,
           gsize           *ending,
           gsize           *beginning)
{
  gsize n, i = sig_labels_find (labels, edge);
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  *beginning = i < n && spans[i].start == edge ? i : n;
  *ending = i > 0 && spans[i - 1].end == edge ? i - 1 : n;
}

gboolean
sig_label_edit_get_reach (const SigLabels *labels,
                          gint64           edge,
                          gint64          *low,
                          gint64          *high)
{
  gsize n, ending, beginning;
  const SigSpan *spans;

  g_return_val_if_fail (labels != NULL && low != NULL && high != NULL, FALSE);

  spans = sig_labels_get_spans (labels, &n);
  find_edge (labels, edge, &ending, &beginning);
  if (ending == n && beginning == n)
    return FALSE;

  if (ending < n)
    *low = spans[ending].start + 1;
  else
    *low = beginning > 0 ? spans[beginning - 1].end : 0;
  if (beginning < n)
    *high = spans[beginning].end - 1;
  else
    *high = ending + 1 < n ? spans[ending + 1].start : sig_labels_get_n_steps (labels);
  return TRUE;
}

SigLabels *
sig_label_edit_move_edge (const SigLabels *labels,
                          gint64           edge,
                          gint64           to)
{
  gsize n, ending, beginning;
  const SigSpan *spans;
  gint64 low, high;
  Draft draft;

  g_return_val_if_fail (labels != NULL, NULL);

  if (!sig_label_edit_get_reach (labels, edge, &low, &high))
    return sig_labels_ref (labels);
  spans = sig_labels_get_spans (labels, &n);
  find_edge (labels, edge, &ending, &beginning);
  to = CLAMP (to, low, high);
  draft = draft_new (n);
  draft_copy (&draft, spans, n);
  if (ending < n)
    draft.spans[ending].end = to;
  if (beginning < n)
    draft.spans[beginning].start = to;
  return draft_finish (&draft, labels);
}

/* --- many spans at once --------------------------------------------------------- */

/* Whether a break lies in [from, to] or begins one of them. */
static gboolean
has_break (const SigRecording *recording,
           gint64              from,
           gint64              to)
{
  return recording != NULL && sig_recording_find_break (recording, from - 1) <= to;
}

SigLabels *
sig_label_edit_merge (const SigLabels    *labels,
                      const SigRecording *recording,
                      gint64              start,
                      gint64              end)
{
  gsize n, first, after;
  const SigSpan *spans;
  Draft draft;

  g_return_val_if_fail (labels != NULL, NULL);

  if (!clip (labels, &start, &end))
    return sig_labels_ref (labels);
  after = find_touched (labels, start, end, &first);
  spans = sig_labels_get_spans (labels, &n);
  if (after == first + 1 && after < n)
    after++;
  if (after <= first + 1)
    return sig_labels_ref (labels);
  for (gsize i = first + 1; i < after; i++)
    if (has_break (recording, spans[i - 1].end, spans[i].start))
      return sig_labels_ref (labels);
  draft = draft_new (n);
  draft_copy (&draft, spans, first);
  draft_add (&draft, spans[first].start, spans[after - 1].end, spans[first].klass);
  draft_copy (&draft, spans + after, n - after);
  return draft_finish (&draft, labels);
}

/* Closes the gap between the draft's last span and `next`, and adds `next`. */
static void
close_gap (Draft         *draft,
           const SigSpan *next)
{
  SigSpan *last = &draft->spans[draft->n - 1];
  gint64 middle = last->end + (next->start - last->end + 1) / 2;

  if (last->klass == next->klass)
    {
      last->end = next->end;
      return;
    }
  last->end = middle;
  draft_add (draft, middle, next->end, next->klass);
}

SigLabels *
sig_label_edit_fill_gaps (const SigLabels    *labels,
                          const SigRecording *recording,
                          gint64              start,
                          gint64              end,
                          gint64              shorter_than)
{
  gsize n;
  const SigSpan *spans;
  Draft draft;

  g_return_val_if_fail (labels != NULL, NULL);

  if (!clip (labels, &start, &end))
    return sig_labels_ref (labels);
  spans = sig_labels_get_spans (labels, &n);
  draft = draft_new (n);
  for (gsize i = 0; i < n; i++)
    {
      gint64 gap = i > 0 ? spans[i].start - spans[i - 1].end : 0;

      if (gap > 0 && gap < shorter_than && spans[i - 1].end >= start && spans[i].start <= end
          && !has_break (recording, spans[i - 1].end, spans[i].start))
        close_gap (&draft, &spans[i]);
      else
        draft_copy (&draft, &spans[i], 1);
    }
  return draft_finish (&draft, labels);
}

/* Whether spans `from` to before `to`, which are dropped, are touched on both sides. */
static gboolean
is_enclosed (const SigSpan *spans,
             gsize          n,
             gsize          from,
             gsize          to)
{
  if (from == 0 || to == n)
    return FALSE;
  for (gsize i = from; i <= to; i++)
    if (spans[i].start != spans[i - 1].end)
      return FALSE;
  return TRUE;
}

SigLabels *
sig_label_edit_drop_runs (const SigLabels    *labels,
                          const SigRecording *recording,
                          gint64              start,
                          gint64              end,
                          gint64              shorter_than)
{
  gsize n;
  const SigSpan *spans;
  Draft draft;

  g_return_val_if_fail (labels != NULL, NULL);

  if (!clip (labels, &start, &end))
    return sig_labels_ref (labels);
  spans = sig_labels_get_spans (labels, &n);
  draft = draft_new (n);
  for (gsize i = 0, to; i < n; i = to)
    {
      for (to = i; to < n && spans[to].end - spans[to].start < shorter_than && spans[to].start >= start
                   && spans[to].end <= end;)
        to++;
      if (to == i)
        {
          draft_copy (&draft, &spans[i], 1);
          to = i + 1;
        }
      else if (is_enclosed (spans, n, i, to) && !has_break (recording, spans[i].start, spans[to].start))
        close_gap (&draft, &spans[to++]);
    }
  return draft_finish (&draft, labels);
}

/* --- classes -------------------------------------------------------------------- */

SigLabels *
sig_label_edit_with_classes (const SigLabels     *labels,
                             const SigClassTable *classes)
{
  gsize n;
  const SigSpan *spans;

  g_return_val_if_fail (labels != NULL && classes != NULL, NULL);
  g_return_val_if_fail (sig_class_table_get_n (classes) >= sig_labels_get_n_classes (labels), NULL);

  spans = sig_labels_get_spans (labels, &n);
  return sig_labels_new_take (sig_labels_get_n_steps (labels), g_memdup2 (spans, n * sizeof *spans), n, classes);
}

SigLabels *
sig_label_edit_without_class (const SigLabels *labels,
                              int              klass,
                              int              into)
{
  g_autoptr (SigClassTable) classes = NULL;
  gsize n;
  const SigSpan *spans;
  Draft draft;

  g_return_val_if_fail (labels != NULL && check_class (labels, into), NULL);
  g_return_val_if_fail (klass >= 0 && klass < sig_labels_get_n_classes (labels) && into != klass, NULL);

  classes = sig_class_table_without (sig_labels_get_classes (labels), klass);
  spans = sig_labels_get_spans (labels, &n);
  draft = draft_new (n);
  for (gsize i = 0; i < n; i++)
    {
      int moved = spans[i].klass == klass ? into : spans[i].klass;
      gboolean joins = i > 0 && (spans[i].klass == klass) != (spans[i - 1].klass == klass);

      moved -= moved > klass;
      if (joins)
        draft_join (&draft, spans[i].start, spans[i].end, moved);
      else
        draft_add (&draft, spans[i].start, spans[i].end, moved);
    }
  return sig_labels_new_take (sig_labels_get_n_steps (labels), draft.spans, draft.n, classes);
}
