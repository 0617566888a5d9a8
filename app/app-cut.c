/* app-cut.c: how windows to train on and to score with are cut out of a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-cut.h"

#include "nn-error.h"
#include "sig-word.h"

#define GUARD     4   /* the guard gap is the window's length divided by this */
#define N_WINDOWS 256 /* fewer make an epoch of too few mini-batches to get anywhere */

AppCut
app_cut_default (void)
{
  return (AppCut) { .hop = 0, .missing = APP_MISSING_REFUSE };
}

static const char *const missing_names[] = {
  [APP_MISSING_REFUSE] = "refuse",
  [APP_MISSING_MEAN] = "mean",
  [APP_MISSING_LEAVE_OUT] = "leave-out",
};

const char *
app_missing_get_name (AppMissing missing)
{
  g_return_val_if_fail (missing < G_N_ELEMENTS (missing_names), NULL);
  return missing_names[missing];
}

gboolean
app_missing_parse (const char *name,
                   AppMissing *missing)
{
  int i = sig_word_find (missing_names, G_N_ELEMENTS (missing_names), name);

  if (i >= 0)
    *missing = (AppMissing) i;
  return i >= 0;
}

gboolean
app_cut_check (const AppCut *self,
               GError      **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->hop >= 0)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_RANGE,
               "The hop is %" G_GINT64_FORMAT " steps; it may be 1 or more, or 0 for one that fits the recording.", self->hop);
  return FALSE;
}

SigRecording *
app_cut_settle (const AppCut       *self,
                const SigRecording *recording,
                GError            **error)
{
  g_return_val_if_fail (self != NULL && recording != NULL, NULL);

  if (self->missing == APP_MISSING_LEAVE_OUT)
    return sig_missing_cut (recording, error);
  return sig_recording_ref (recording);
}

gboolean
app_cut_check_missing (const AppCut       *self,
                       const SigRecording *recording,
                       const SigMissing   *found,
                       GError            **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL && recording != NULL && found != NULL, FALSE);

  if (self->missing != APP_MISSING_REFUSE || found->count == 0)
    return TRUE;
  text = sig_missing_describe (found, recording);
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
               "In “%s” %s. Choose under “Missing Samples” in the menu, or with --missing, whether they count as the mean of "
               "their channel or windows that hold one are left out.",
               sig_recording_get_title (recording), text);
  return FALSE;
}

SigSplit *
app_cut_split (const SigRecording *recording,
               gint64              length,
               const NnSettings   *settings,
               GError            **error)
{
  g_return_val_if_fail (recording != NULL && settings != NULL, NULL);

  return sig_split_new (recording, length, settings->validation_split, (guint) settings->validation_blocks, length / GUARD,
                        error);
}

static gint64
count_training_steps (const SigSplit *split)
{
  gsize n_blocks = 0;
  const SigBlock *blocks = sig_split_get_blocks (split, &n_blocks);
  gint64 n_steps = 0;

  for (gsize b = 0; b < n_blocks; b++)
    if (blocks[b].part == SIG_PART_TRAIN)
      n_steps += blocks[b].end - blocks[b].start;

  return n_steps;
}

gint64
app_cut_count_steps (const SigRecording *recording,
                     const SigSplit     *split,
                     gboolean            is_whole)
{
  const SigSegment *segments = NULL;
  gsize n_segments = 0;
  gint64 n_steps = 0;

  g_return_val_if_fail (recording != NULL && split != NULL, 0);

  if (!is_whole)
    return count_training_steps (split);
  segments = sig_recording_get_segments (recording, &n_segments);
  for (gsize i = 0; i < n_segments; i++)
    n_steps += segments[i].end - segments[i].start;

  return n_steps;
}

static gint64
choose_hop (const SigSplit *split,
            gint64          length)
{
  gint64 hop = CLAMP (count_training_steps (split) / N_WINDOWS, length / 16, length / 2);

  return MAX (hop, 1);
}

SigWindows *
app_cut_get_windows (const AppCut    *self,
                     const SigSplit  *split,
                     SigPart          part,
                     gint64           length,
                     const SigLabels *labels)
{
  gint64 hop;

  g_return_val_if_fail (self != NULL && split != NULL && length > 0, NULL);

  hop = self->hop > 0 ? self->hop : choose_hop (split, length);
  return sig_split_get_windows (split, part, length, part == SIG_PART_TRAIN ? hop : MAX (hop, length / 4), labels);
}
