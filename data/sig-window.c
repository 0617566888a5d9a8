/* sig-window.c: cutting a recording into windows; no data is copied
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-window.h"

/* `n` windows, `hop` apart, of which the first is window number `index` and starts at step `start`. */
typedef struct
{
  gint64 index, start, hop, n;
} Run;

struct _SigWindows
{
  gatomicrefcount refs;
  gint64          length;
  gint64          n;
  GArray         *runs; /* of Run, by index */
};

static SigWindows *
windows_new (gint64 length)
{
  SigWindows *self = g_new0 (SigWindows, 1);

  g_atomic_ref_count_init (&self->refs);
  self->length = length;
  self->runs = g_array_new (FALSE, FALSE, sizeof (Run));
  return self;
}

/* Adds `n` windows, lengthening the last run where they go on in its rhythm. */
static void
append (SigWindows *self,
        gint64      start,
        gint64      hop,
        gint64      n)
{
  Run *last = self->runs->len > 0 ? &g_array_index (self->runs, Run, self->runs->len - 1) : NULL;

  if (n <= 0)
    return;

  if (last != NULL && n == 1 && last->n == 1)
    last->hop = start - last->start;
  if (last != NULL && (n == 1 || hop == last->hop) && start == last->start + last->n * last->hop)
    last->n += n;
  else
    g_array_append_val (self->runs, ((Run) { self->n, start, hop, n }));
  self->n += n;
}

/* The windows inside [start, end), which lies within one page and one segment. */
static void
append_span (SigWindows *self,
             gint64      start,
             gint64      end,
             gint64      hop,
             gboolean    cover)
{
  gint64 n = end - start >= self->length ? (end - start - self->length) / hop + 1 : 0;
  gint64 last = end - self->length;

  append (self, start, hop, n);
  if (cover && n > 0 && start + (n - 1) * hop != last)
    append (self, last, hop, 1);
}

/* The windows inside [start, end), which lies within one segment; `page` 0: without pages. */
static void
append_pages (SigWindows *self,
              gint64      start,
              gint64      end,
              gint64      page,
              gint64      hop,
              gboolean    cover)
{
  while (start < end)
    {
      gint64 page_end = page > 0 ? MIN ((start / page + 1) * page, end) : end;

      append_span (self, start, page_end, hop, cover);
      start = page_end;
    }
}

static void
append_segments (SigWindows         *self,
                 const SigRecording *recording,
                 gint64              start,
                 gint64              end,
                 gint64              hop,
                 gboolean            cover)
{
  gint64 page = sig_recording_get_page (recording);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);

  for (gsize i = sig_recording_find_segment (recording, start); i < n_segments && segments[i].start < end; i++)
    append_pages (self, MAX (segments[i].start, start), MIN (segments[i].end, end), page, hop, cover);
}

SigWindows *
sig_windows_new (const SigRecording *recording,
                 gint64              start,
                 gint64              end,
                 gint64              length,
                 gint64              hop)
{
  return sig_windows_new_within (recording, &(SigSegment) { start, end }, 1, length, hop);
}

SigWindows *
sig_windows_new_cover (const SigRecording *recording,
                       gint64              start,
                       gint64              end,
                       gint64              length,
                       gint64              hop)
{
  SigWindows *self = NULL;

  g_return_val_if_fail (recording != NULL, NULL);
  g_return_val_if_fail (length > 0 && hop > 0 && hop <= length, NULL);

  self = windows_new (length);
  append_segments (self, recording, start, end, hop, TRUE);
  return self;
}

SigWindows *
sig_windows_new_within (const SigRecording *recording,
                        const SigSegment   *spans,
                        gsize               n_spans,
                        gint64              length,
                        gint64              hop)
{
  SigWindows *self = NULL;

  g_return_val_if_fail (recording != NULL && (spans != NULL || n_spans == 0), NULL);
  g_return_val_if_fail (length > 0 && hop > 0, NULL);

  self = windows_new (length);
  for (gsize i = 0; i < n_spans; i++)
    append_segments (self, recording, spans[i].start, spans[i].end, hop, FALSE);
  return self;
}

SigWindows *
sig_windows_new_where (const SigWindows *self,
                       gboolean        (*keep) (gpointer user_data, gint64 start),
                       gpointer          user_data)
{
  SigWindows *kept = NULL;

  g_return_val_if_fail (self != NULL && keep != NULL, NULL);

  kept = windows_new (self->length);
  for (guint i = 0; i < self->runs->len; i++)
    {
      const Run *run = &g_array_index (self->runs, Run, i);

      for (gint64 k = 0; k < run->n; k++)
        if (keep (user_data, run->start + k * run->hop))
          append (kept, run->start + k * run->hop, run->hop, 1);
    }
  return kept;
}

SigWindows *
sig_windows_ref (const SigWindows *self)
{
  SigWindows *mutable_self = (SigWindows *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_windows_unref (SigWindows *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->runs);
  g_free (self);
}

gint64
sig_windows_get_n (const SigWindows *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n;
}

gint64
sig_windows_get_length (const SigWindows *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->length;
}

gint64
sig_windows_get_start (const SigWindows *self,
                       gint64            i)
{
  const Run *run = NULL;
  guint low = 0, high = 0;

  g_return_val_if_fail (self != NULL, -1);
  g_return_val_if_fail (i >= 0 && i < self->n, -1);

  /* The last run whose index is not beyond i. */
  high = self->runs->len;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->runs, Run, middle).index <= i)
        low = middle;
      else
        high = middle;
    }

  run = &g_array_index (self->runs, Run, low);
  return run->start + (i - run->index) * run->hop;
}
