/* sig-labels.c: a label track: a run-length list of (start, end, class) in steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-labels.h"

#include <string.h>

struct _SigLabels
{
  gatomicrefcount refs;
  gint64          n_steps;
  SigSpan        *spans;
  gsize           n_spans;
  SigClassTable  *classes;
  gint64          event_steps; /* told at once: it is asked for with every edit of a design */
};

/* The value that would be at `rank` if the values were sorted; reorders them. Hoare's selection: O(n) on average, and label
 * tracks are edited step by step with ten thousand spans in them. */
static gint64
select_rank (gint64 *values,
             gsize   n,
             gsize   rank)
{
  gssize low = 0, high = (gssize) n - 1;

  while (low < high)
    {
      gint64 pivot = values[low + (high - low) / 2];
      gssize i = low, j = high;

      while (i <= j)
        {
          while (values[i] < pivot)
            i++;
          while (values[j] > pivot)
            j--;
          if (i <= j)
            {
              gint64 value = values[i];

              values[i++] = values[j];
              values[j--] = value;
            }
        }
      if ((gssize) rank <= j)
        high = j;
      else if ((gssize) rank >= i)
        low = i;
      else
        break;
    }
  return values[rank];
}

/* The class with the most steps; -1 where there are no classes. */
static int
find_commonest (const SigLabels *self)
{
  int n = sig_class_table_get_n (self->classes);
  g_autofree gint64 *counts = g_new (gint64, n + 1);
  int commonest = -1;

  sig_labels_count (self, counts);
  for (int k = 0; k < n; k++)
    if (commonest < 0 || counts[k] > counts[commonest])
      commonest = k;
  return commonest;
}

static gint64
measure_events (const SigLabels *self)
{
  g_autofree gint64 *lengths = NULL;
  int commonest = find_commonest (self);
  gsize n = 0;

  lengths = g_new (gint64, self->n_spans + 1);
  for (gsize i = 0; i < self->n_spans; i++)
    if (self->spans[i].klass >= 0 && self->spans[i].klass != commonest)
      lengths[n++] = self->spans[i].end - self->spans[i].start;
  if (n == 0)
    return 0;
  return select_rank (lengths, n, n / 2);
}

/* Consumes `spans` and `classes`. */
static SigLabels *
labels_new (gint64         n_steps,
            SigSpan       *spans,
            gsize          n_spans,
            SigClassTable *classes)
{
  SigLabels *self = g_new0 (SigLabels, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_steps = n_steps;
  self->spans = spans;
  self->n_spans = n_spans;
  self->classes = classes;
  self->event_steps = measure_events (self);
  return self;
}

/* Consumes `spans`. */
static SigLabels *
labels_new_named (gint64             n_steps,
                  GArray            *spans,
                  const char *const *names,
                  int                n_classes)
{
  gsize n_spans;
  SigSpan *stolen = (SigSpan *) g_array_steal (spans, &n_spans);

  g_array_unref (spans);
  return labels_new (n_steps, stolen, n_spans, sig_class_table_new (names, n_classes));
}

/* Appends a span, or lengthens the last one where the new one continues it. */
static void
append_span (GArray        *spans,
             const SigSpan *span)
{
  if (spans->len > 0)
    {
      SigSpan *last = &g_array_index (spans, SigSpan, spans->len - 1);

      if (last->klass == span->klass && last->end == span->start)
        {
          last->end = span->end;
          return;
        }
    }

  g_array_append_val (spans, *span);
}

static gboolean
check_names (const char *const *names,
             int                n_classes)
{
  if (n_classes < 0 || n_classes > SIG_MAX_CLASSES || (n_classes > 0 && names == NULL))
    return FALSE;
  for (int k = 0; k < n_classes; k++)
    if (names[k] == NULL)
      return FALSE;
  return TRUE;
}

/* Whether a span may follow one that ends at `end`. */
static gboolean
check_span (const SigSpan *span,
            gint64         end,
            gint64         n_steps,
            int            n_classes)
{
  return span->start >= end && span->end > span->start && span->end <= n_steps && span->klass < n_classes
         && (span->klass >= 0 || span->klass == SIG_DONT_KNOW);
}

SigLabels *
sig_labels_new (gint64             n_steps,
                const SigSpan     *spans,
                gsize              n_spans,
                const char *const *names,
                int                n_classes)
{
  g_autoptr (GArray) merged = NULL;
  gint64 end = 0;

  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (spans != NULL || n_spans == 0, NULL);
  g_return_val_if_fail (check_names (names, n_classes), NULL);

  merged = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  for (gsize i = 0; i < n_spans; i++)
    {
      g_return_val_if_fail (check_span (&spans[i], end, n_steps, n_classes), NULL);

      append_span (merged, &spans[i]);
      end = spans[i].end;
    }

  return labels_new_named (n_steps, g_steal_pointer (&merged), names, n_classes);
}

SigLabels *
sig_labels_new_take (gint64               n_steps,
                     SigSpan             *spans,
                     gsize                n_spans,
                     const SigClassTable *classes)
{
  int n_classes;

  g_return_val_if_fail (n_steps >= 0 && classes != NULL, NULL);
  g_return_val_if_fail (spans != NULL || n_spans == 0, NULL);

  n_classes = sig_class_table_get_n (classes);
  for (gsize i = 0; i < n_spans; i++)
    g_return_val_if_fail (check_span (&spans[i], i > 0 ? spans[i - 1].end : 0, n_steps, n_classes), NULL);

  return labels_new (n_steps, spans, n_spans, sig_class_table_ref (classes));
}

SigLabels *
sig_labels_new_from_steps (const gint32      *classes,
                           gint64             n_steps,
                           const char *const *names,
                           int                n_classes)
{
  g_autoptr (GArray) spans = NULL;

  g_return_val_if_fail (n_steps >= 0, NULL);
  g_return_val_if_fail (classes != NULL || n_steps == 0, NULL);
  g_return_val_if_fail (check_names (names, n_classes), NULL);

  spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  for (gint64 i = 0, next; i < n_steps; i = next)
    {
      g_return_val_if_fail (classes[i] >= SIG_DONT_KNOW && classes[i] < n_classes, NULL);

      for (next = i + 1; next < n_steps && classes[next] == classes[i]; next++)
        ;
      if (classes[i] != SIG_UNLABELLED)
        append_span (spans, &(SigSpan) { i, next, classes[i] });
    }

  return labels_new_named (n_steps, g_steal_pointer (&spans), names, n_classes);
}

SigLabels *
sig_labels_ref (const SigLabels *self)
{
  SigLabels *mutable_self = (SigLabels *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_labels_unref (SigLabels *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  sig_class_table_unref (self->classes);
  g_free (self->spans);
  g_free (self);
}

gint64
sig_labels_get_n_steps (const SigLabels *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_steps;
}

int
sig_labels_get_n_classes (const SigLabels *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return sig_class_table_get_n (self->classes);
}

const char *
sig_labels_get_name (const SigLabels *self,
                     int              klass)
{
  g_return_val_if_fail (self != NULL, NULL);
  return sig_class_table_get (self->classes, klass)->name;
}

const SigClassTable *
sig_labels_get_classes (const SigLabels *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->classes;
}

const SigSpan *
sig_labels_get_spans (const SigLabels *self,
                      gsize           *n_spans)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (n_spans != NULL, NULL);

  *n_spans = self->n_spans;
  return self->spans;
}

gboolean
sig_labels_equal (const SigLabels *a,
                  const SigLabels *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->n_steps != b->n_steps || a->n_spans != b->n_spans || !sig_class_table_equal (a->classes, b->classes))
    return FALSE;
  for (gsize i = 0; i < a->n_spans; i++)
    if (a->spans[i].start != b->spans[i].start || a->spans[i].end != b->spans[i].end || a->spans[i].klass != b->spans[i].klass)
      return FALSE;
  return TRUE;
}

gsize
sig_labels_find (const SigLabels *self,
                 gint64           step)
{
  gsize low = 0, high = 0;

  g_return_val_if_fail (self != NULL, 0);

  high = self->n_spans;
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (self->spans[middle].end > step)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

int
sig_labels_get (const SigLabels *self,
                gint64           step)
{
  gsize i = 0;

  g_return_val_if_fail (self != NULL, SIG_UNLABELLED);

  i = sig_labels_find (self, step);
  return i < self->n_spans && self->spans[i].start <= step ? self->spans[i].klass : SIG_UNLABELLED;
}

void
sig_labels_fill (const SigLabels *self,
                 gint64           start,
                 gint64           n,
                 gint32          *out)
{
  gint64 done = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (n >= 0 && (out != NULL || n == 0));

  for (gsize i = sig_labels_find (self, start); i < self->n_spans && done < n; i++)
    {
      const SigSpan *span = &self->spans[i];
      gint64 from = CLAMP (span->start - start, done, n);
      gint64 to = MIN (span->end - start, n);

      while (done < from)
        out[done++] = SIG_UNLABELLED;
      while (done < to)
        out[done++] = span->klass;
    }
  while (done < n)
    out[done++] = SIG_UNLABELLED;
}

gint64
sig_labels_count (const SigLabels *self,
                  gint64          *counts)
{
  int n_classes;
  gint64 n_dont_know = 0;

  g_return_val_if_fail (self != NULL, 0);

  n_classes = sig_class_table_get_n (self->classes);
  g_return_val_if_fail (counts != NULL || n_classes == 0, 0);
  for (int k = 0; k < n_classes; k++)
    counts[k] = 0;
  for (gsize i = 0; i < self->n_spans; i++)
    *(self->spans[i].klass >= 0 ? &counts[self->spans[i].klass] : &n_dont_know) += self->spans[i].end - self->spans[i].start;
  return n_dont_know;
}

gint64
sig_labels_get_event_steps (const SigLabels *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->event_steps;
}
