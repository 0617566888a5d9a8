/* app-unseen.c: classes that the held-back part has and the training part has not, and what would let them be learnt
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-unseen.h"

#include <string.h>

#define MOST_TRIED 100 /* blocks of time */
#define MOST_INTO  3   /* classes that a class may be made one with */

/* What is asked, and the labelled steps of each class in the windows of each part. */
typedef struct
{
  const SigRecording *recording;
  const SigLabels    *labels;
  gint64              length;
  const NnSettings   *settings;
  const AppCut       *cut;
  int                 n_classes;
  gint64             *seen, *held_back;
} Query;

/* Steps that several windows share are counted once. */
static void
count_in_windows (const Query    *self,
                  const SigSplit *split,
                  SigPart         part,
                  gint64         *counts)
{
  g_autoptr (SigWindows) windows = app_cut_get_windows (self->cut, split, part, self->length, self->labels);
  gsize n_spans;
  const SigSpan *spans = sig_labels_get_spans (self->labels, &n_spans);
  gint64 done = 0;

  memset (counts, 0, self->n_classes * sizeof *counts);
  for (gint64 w = 0; w < sig_windows_get_n (windows); w++)
    {
      gint64 start = MAX (sig_windows_get_start (windows, w), done), end = sig_windows_get_start (windows, w) + self->length;

      for (gsize i = sig_labels_find (self->labels, start); i < n_spans && spans[i].start < end; i++)
        if (spans[i].klass >= 0)
          counts[spans[i].klass] += MIN (spans[i].end, end) - MAX (spans[i].start, start);
      done = end;
    }
}

/* FALSE where nothing can be held back. */
static gboolean
count_parts (Query            *self,
             const NnSettings *settings)
{
  g_autoptr (SigSplit) split = app_cut_split (self->recording, self->length, settings, NULL);

  if (split == NULL)
    return FALSE;
  count_in_windows (self, split, SIG_PART_TRAIN, self->seen);
  count_in_windows (self, split, SIG_PART_VALIDATION, self->held_back);
  return TRUE;
}

/* Whether training would see every class that is now seen or held back. */
static gboolean
sees_all (Query        *self,
          const gint64 *seen_now,
          const gint64 *held_back_now,
          int           n_blocks)
{
  NnSettings settings = *self->settings;

  settings.validation_blocks = n_blocks;
  if (!count_parts (self, &settings))
    return FALSE;
  for (int k = 0; k < self->n_classes; k++)
    if (self->seen[k] == 0 && (seen_now[k] > 0 || held_back_now[k] > 0))
      return FALSE;
  return TRUE;
}

/* The number nearest to that of the settings; 0 where none will do. */
static int
find_blocks (Query        *self,
             const gint64 *seen_now,
             const gint64 *held_back_now)
{
  int now = self->settings->validation_blocks;

  for (int apart = 1; apart < MAX (MOST_TRIED, now); apart++)
    {
      if (now - apart >= 1 && sees_all (self, seen_now, held_back_now, now - apart))
        return now - apart;
      if (now + apart <= MOST_TRIED && sees_all (self, seen_now, held_back_now, now + apart))
        return now + apart;
    }
  return 0;
}

/* --- repairs ------------------------------------------------------------------------------- */

static void
offer_blocks (NnProblem   *problem,
              const Query *self,
              int          n_blocks)
{
  const NnValue value = nn_value_whole (n_blocks);
  int now = self->settings->validation_blocks;
  char *sentence;

  if (n_blocks == 0)
    return;
  if (n_blocks == 1)
    sentence = g_strdup_printf ("Hold back the end of the recording instead of those of %d blocks of time", now);
  else
    sentence = g_strdup_printf ("Hold back the ends of %d blocks of time instead of %d", n_blocks, now);
  nn_problem_offer_setting (problem, sentence, nn_setting_find ("validation_blocks"), &value);
}

/* The class, of those that training sees and that were not taken before, that meets `klass` most often; -1: none is left. */
static int
find_neighbour (const Query *self,
                int          klass,
                const gint64 *seen,
                const int   *taken,
                int          n_taken)
{
  g_autofree gint64 *meetings = g_new0 (gint64, self->n_classes);
  gsize n_spans;
  const SigSpan *spans = sig_labels_get_spans (self->labels, &n_spans);
  int best = -1;

  for (gsize i = 0; i + 1 < n_spans; i++)
    {
      const SigSpan *a = &spans[i], *b = &spans[i + 1];

      if (a->end == b->start && a->klass >= 0 && b->klass >= 0 && (a->klass == klass || b->klass == klass))
        meetings[a->klass == klass ? b->klass : a->klass]++;
    }
  for (int i = 0; i < n_taken; i++)
    meetings[taken[i]] = -1;
  for (int k = 0; k < self->n_classes; k++)
    if (k != klass && seen[k] > 0 && meetings[k] >= 0 && (best < 0 || meetings[k] > meetings[best]))
      best = k;
  return best;
}

static void
offer_classes (NnProblem    *problem,
               const Query  *self,
               int           klass,
               const gint64 *seen)
{
  int taken[MOST_INTO], n = 0;

  for (; n < MOST_INTO; n++)
    {
      taken[n] = find_neighbour (self, klass, seen, taken, n);
      if (taken[n] < 0)
        return;
      nn_problem_offer_class (problem,
                              g_strdup_printf ("Merge “%s” into “%s”", sig_labels_get_name (self->labels, klass),
                                               sig_labels_get_name (self->labels, taken[n])), klass, taken[n]);
    }
}

/* --- the problems ---------------------------------------------------------------------------- */

static NnProblem
make_problem (const Query *self,
              int          klass,
              gint64       n_steps)
{
  return nn_problem_make ("D13", NN_SEVERITY_WARNING, 0, g_strdup ("Training does not see a class"),
                          g_strdup_printf ("“%s” occurs in the held-back part only (%" G_GINT64_FORMAT " %s), so that it cannot "
                                           "be learnt.", sig_labels_get_name (self->labels, klass), n_steps,
                                           n_steps == 1 ? "step" : "steps"));
}

static int
count_seen (const gint64 *seen,
            int           n_classes)
{
  int n = 0;

  for (int k = 0; k < n_classes; k++)
    n += seen[k] > 0;
  return n;
}

GArray *
app_unseen_diagnose (const SigRecording *recording,
                     const SigLabels    *labels,
                     gint64              length,
                     const NnSettings   *settings,
                     const AppCut       *cut)
{
  GArray *problems = nn_problems_new ();
  int n_classes = sig_labels_get_n_classes (labels), n_blocks = -1;
  g_autofree gint64 *counts = g_new0 (gint64, 4 * n_classes + 1);
  gint64 *seen = counts + 2 * n_classes, *held_back = seen + n_classes; /* as it is cut now */
  Query query = { recording, labels, length, settings, cut, n_classes, counts, counts + n_classes };

  if (!count_parts (&query, settings))
    return problems;
  memcpy (seen, counts, 2 * n_classes * sizeof *counts);
  for (int k = 0; k < n_classes; k++)
    if (seen[k] == 0 && held_back[k] > 0)
      {
        NnProblem problem = make_problem (&query, k, held_back[k]);

        if (n_blocks < 0)
          n_blocks = find_blocks (&query, seen, held_back);
        offer_blocks (&problem, &query, n_blocks);
        if (count_seen (seen, n_classes) >= 2)
          offer_classes (&problem, &query, k, seen);
        g_array_append_val (problems, problem);
      }
  return problems;
}
