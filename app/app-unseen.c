/* app-unseen.c: classes that the held-back part has and the training part has not, and what would let them be learnt
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-unseen.h"

#define GUARD      4   /* the guard gap is the window's length divided by this */
#define MOST_TRIED 100 /* blocks of time */

SigSplit *
app_unseen_split (const SigRecording *recording,
                  gint64              length,
                  const AppCut       *cut,
                  GError            **error)
{
  return sig_split_new (recording, length, cut->validation_fraction, cut->validation_blocks, length / GUARD, error);
}

GStrv
app_unseen_describe (const SigSplit  *split,
                     const SigLabels *labels)
{
  int n_classes = sig_labels_get_n_classes (labels);
  g_autofree gint64 *seen = g_new (gint64, n_classes), *held_back = g_new (gint64, n_classes);
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();

  sig_split_count (split, SIG_PART_TRAIN, labels, seen);
  sig_split_count (split, SIG_PART_VALIDATION, labels, held_back);
  for (int k = 0; k < n_classes; k++)
    if (seen[k] == 0 && held_back[k] > 0)
      {
        g_autofree char *sentence =
          g_strdup_printf ("“%s” occurs in the held-back part only (%" G_GINT64_FORMAT " %s), so that it cannot be learnt",
                           sig_labels_get_name (labels, k), held_back[k], held_back[k] == 1 ? "step" : "steps");

        g_strv_builder_add (sentences, sentence);
      }
  return g_strv_builder_end (sentences);
}

static gboolean
sees_all (const SigRecording *recording,
          const SigLabels    *labels,
          gint64              length,
          const AppCut       *cut)
{
  g_autoptr (SigSplit) split = app_unseen_split (recording, length, cut, NULL);
  g_auto (GStrv) unseen = split != NULL ? app_unseen_describe (split, labels) : NULL;

  return unseen != NULL && unseen[0] == NULL;
}

guint
app_unseen_find_blocks (const SigRecording *recording,
                        const SigLabels    *labels,
                        gint64              length,
                        const AppCut       *cut)
{
  for (guint apart = 0; apart < MOST_TRIED; apart++)
    for (int side = -1; side <= 1; side += 2)
      {
        AppCut other = *cut;

        if (side < 0 && (apart == 0 || apart >= cut->validation_blocks))
          continue;
        other.validation_blocks += side * (int) apart;
        if (other.validation_blocks <= MOST_TRIED && sees_all (recording, labels, length, &other))
          return other.validation_blocks;
      }
  return 0;
}

char *
app_unseen_advise (const SigRecording *recording,
                   const SigLabels    *labels,
                   gint64              length,
                   const AppCut       *cut)
{
  guint blocks = app_unseen_find_blocks (recording, labels, length, cut);

  if (blocks == 0)
    return NULL;
  return g_strdup_printf ("Hold back parts of %u blocks of time instead of %u (lamina-cli train --validation-blocks %u)", blocks,
                          cut->validation_blocks, blocks);
}
