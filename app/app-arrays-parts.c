/* app-arrays-parts.c: the windows that are trained on and those that are held back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-arrays-private.h"

#include <math.h>
#include <string.h>

#define MOST_TRIED 100 /* blocks of windows */

/* --- windows ---------------------------------------------------------------------------- */

/* The place in the file of a part's window. */
static gint64
find_window (const AppArraysPart *part,
             gint64               i)
{
  return part->arrays->order != NULL ? part->arrays->order[part->first + i] : part->first + i;
}

static gboolean
fill (gpointer user_data,
      gint64   i,
      float   *x,
      gint32  *y,
      GError **error)
{
  const AppArraysPart *part = user_data;
  const AppArrays *self = part->arrays;
  gint64 n = nn_shape_size (&self->input);

  memcpy (x, self->x->values + find_window (part, i) * n, n * sizeof *x);
  if (y != NULL)
    memcpy (y, self->classes + find_window (part, i) * self->n_labels, self->n_labels * sizeof *y);
  return TRUE;
}

static gboolean
fill_values (gpointer user_data,
             gint64   i,
             float   *values,
             GError **error)
{
  const AppArraysPart *part = user_data;
  gint64 n = part->arrays->n_labels * part->arrays->n_values;

  memcpy (values, part->arrays->values->values + find_window (part, i) * n, n * sizeof *values);
  return TRUE;
}

static gboolean
fill_weights (gpointer user_data,
              gint64   i,
              float   *weights,
              GError **error)
{
  const AppArraysPart *part = user_data;
  const AppArrays *self = part->arrays;
  gboolean each = self->weights->n_items > app_arrays_get_n_windows (self);

  for (gint64 t = 0; t < self->n_labels; t++)
    weights[t] = self->weights->values[each ? find_window (part, i) * self->n_labels + t : find_window (part, i)];
  return TRUE;
}

NnBatchSource
app_arrays_get_source (const AppArraysPart *part)
{
  const AppArrays *self = part->arrays;
  gint64 n_steps = self->input.rank > 1 ? self->input.dim[0] : 1;

  return (NnBatchSource) {
    .n_windows = part->n,
    .n_steps = n_steps,
    .n_channels = nn_shape_size (&self->input) / n_steps,
    .n_classes = self->classes != NULL ? self->n_classes : 0,
    .fill = fill,
    .user_data = (gpointer) part,
    .n_labels = self->n_labels,
    .n_values = self->values != NULL ? self->n_values : 0,
    .fill_values = self->values != NULL ? fill_values : NULL,
    .fill_weights = self->weights != NULL ? fill_weights : NULL,
  };
}

/* --- what is held back ------------------------------------------------------------------ */

/* Windows [start, end) of a block of windows; those from `border` on are held back. */
typedef struct
{
  gint64 start, border, end;
} Block;

static Block
find_block (const AppArrays *self,
            double           share,
            int              n_blocks,
            int              b)
{
  gint64 n = app_arrays_get_n_windows (self), rest = n % n_blocks;
  Block block = { n / n_blocks * b + rest * b / n_blocks, 0, n / n_blocks * (b + 1) + rest * (b + 1) / n_blocks };

  block.border = block.start + (gint64) floor ((double) (block.end - block.start) * (1.0 - share));
  return block;
}

gint64
app_arrays_hold_back (AppArrays *self,
                      double     share,
                      int        n_blocks)
{
  gint64 n = 0, n_train;

  g_return_val_if_fail (self != NULL && share >= 0.0 && share < 1.0 && n_blocks >= 1, 0);

  g_free (self->order);
  self->order = g_new (gint64, app_arrays_get_n_windows (self) + 1);
  for (int b = 0; b < n_blocks; b++)
    {
      Block block = find_block (self, share, n_blocks, b);

      for (gint64 i = block.start; i < block.border; i++)
        self->order[n++] = i;
    }
  n_train = n;
  for (int b = 0; b < n_blocks; b++)
    {
      Block block = find_block (self, share, n_blocks, b);

      for (gint64 i = block.border; i < block.end; i++)
        self->order[n++] = i;
    }
  return n_train;
}

static void
count_classes (const AppArrays *self,
               gint64           first,
               gint64           end,
               gint64          *counts)
{
  for (gint64 i = first * self->n_told; i < end * self->n_told; i++)
    if (self->told[i] >= 0)
      counts[self->told[i]]++;
}

/* Labels of each class that are trained on, and that are held back. */
static void
count_parts (const AppArrays *self,
             double           share,
             int              n_blocks,
             gint64          *seen,
             gint64          *held_back)
{
  memset (seen, 0, self->n_told_classes * sizeof *seen);
  memset (held_back, 0, self->n_told_classes * sizeof *held_back);
  for (int b = 0; b < n_blocks; b++)
    {
      Block block = find_block (self, share, n_blocks, b);

      count_classes (self, block.start, block.border, seen);
      count_classes (self, block.border, block.end, held_back);
    }
}

static gboolean
sees_all (const AppArrays *self,
          double           share,
          int              n_blocks)
{
  g_autofree gint64 *counts = g_new (gint64, 2 * self->n_told_classes);
  gint64 *held_back = counts + self->n_told_classes, n_held = 0;

  count_parts (self, share, n_blocks, counts, held_back);
  for (int k = 0; k < self->n_told_classes; k++)
    {
      n_held += held_back[k];
      if (counts[k] == 0 && held_back[k] > 0)
        return FALSE;
    }
  return n_held > 0;
}

static int
find_blocks (const AppArrays *self,
             double           share,
             int              now)
{
  int most = (int) MIN (MAX (MOST_TRIED, now), app_arrays_get_n_windows (self));

  for (int apart = 1; apart < most; apart++)
    {
      if (now - apart >= 1 && sees_all (self, share, now - apart))
        return now - apart;
      if (now + apart <= most && sees_all (self, share, now + apart))
        return now + apart;
    }
  return 0;
}

static NnProblem
make_problem (int    klass,
              gint64 n_labels)
{
  return nn_problem_make ("D13", NN_SEVERITY_WARNING, 0, g_strdup ("Training does not see a class"),
                          g_strdup_printf ("Class %d occurs in the held-back windows only (%" G_GINT64_FORMAT " %s), so that it "
                                           "cannot be learnt. What also helps is to make it one with another class in y.",
                                           klass, n_labels, n_labels == 1 ? "label" : "labels"));
}

static void
offer_blocks (NnProblem *problem,
              int        now,
              int        then)
{
  const NnValue value = nn_value_whole (then);

  if (then > 0)
    nn_problem_offer_setting (problem,
                              g_strdup_printf ("Hold back the ends of %d %s of windows instead of %d", then,
                                               then == 1 ? "block" : "blocks", now),
                              nn_setting_find ("validation_blocks"), &value);
}

GArray *
app_arrays_diagnose (const AppArrays *self,
                     double           share,
                     int              n_blocks)
{
  GArray *problems = nn_problems_new ();
  g_autofree gint64 *seen = g_new (gint64, 2 * self->n_told_classes + 1);
  gint64 *held_back = seen + self->n_told_classes;
  int then = -1;

  if (self->told == NULL)
    return problems;
  count_parts (self, share, n_blocks, seen, held_back);
  for (int k = 0; k < self->n_told_classes; k++)
    if (seen[k] == 0 && held_back[k] > 0)
      {
        NnProblem problem = make_problem (k, held_back[k]);

        if (then < 0)
          then = find_blocks (self, share, n_blocks);
        offer_blocks (&problem, n_blocks, then);
        g_array_append_val (problems, problem);
      }
  return problems;
}
