/* sig-label-patch.c: what tells two label tracks apart, so that many versions of one take little memory
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-patch.h"

#include <string.h>

struct _SigLabelPatch
{
  gsize   first;    /* spans before it are the same */
  gsize   n_before; /* what stands there before … */
  gsize   n_after;  /* … and after */
  SigSpan spans[];  /* those before, then those after */
};

static gboolean
is_same (const SigSpan *a,
         const SigSpan *b)
{
  return a->start == b->start && a->end == b->end && a->klass == b->klass;
}

SigLabelPatch *
sig_label_patch_new (const SigLabels *before,
                     const SigLabels *after)
{
  SigLabelPatch *self = NULL;
  const SigSpan *old, *new;
  gsize n_old, n_new, first = 0, last = 0;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  if (sig_labels_get_classes (before) != sig_labels_get_classes (after)
      || sig_labels_get_n_steps (before) != sig_labels_get_n_steps (after))
    return NULL;

  old = sig_labels_get_spans (before, &n_old);
  new = sig_labels_get_spans (after, &n_new);
  while (first < MIN (n_old, n_new) && is_same (&old[first], &new[first]))
    first++;
  while (last < MIN (n_old, n_new) - first && is_same (&old[n_old - 1 - last], &new[n_new - 1 - last]))
    last++;

  self = g_malloc (sizeof *self + (n_old + n_new - 2 * (first + last)) * sizeof (SigSpan));
  self->first = first;
  self->n_before = n_old - first - last;
  self->n_after = n_new - first - last;
  if (self->n_before > 0)
    memcpy (self->spans, old + first, self->n_before * sizeof *old);
  if (self->n_after > 0)
    memcpy (self->spans + self->n_before, new + first, self->n_after * sizeof *new);
  return self;
}

void
sig_label_patch_free (SigLabelPatch *self)
{
  g_free (self);
}

/* `labels` with `n` spans in the place of `n_replaced` ones. */
static SigLabels *
replace (const SigLabels *labels,
         gsize            first,
         gsize            n_replaced,
         const SigSpan   *spans,
         gsize            n)
{
  gsize n_old;
  const SigSpan *old = sig_labels_get_spans (labels, &n_old);
  SigSpan *new;

  g_return_val_if_fail (n_old >= first + n_replaced, NULL);

  new = g_new (SigSpan, n_old - n_replaced + n + 1);
  if (first > 0)
    memcpy (new, old, first * sizeof *new);
  if (n > 0)
    memcpy (new + first, spans, n * sizeof *new);
  if (n_old > first + n_replaced)
    memcpy (new + first + n, old + first + n_replaced, (n_old - first - n_replaced) * sizeof *new);
  return sig_labels_new_take (sig_labels_get_n_steps (labels), new, n_old - n_replaced + n, sig_labels_get_classes (labels));
}

SigLabels *
sig_label_patch_apply (const SigLabelPatch *self,
                       const SigLabels     *before)
{
  g_return_val_if_fail (self != NULL && before != NULL, NULL);

  return replace (before, self->first, self->n_before, self->spans + self->n_before, self->n_after);
}

SigLabels *
sig_label_patch_revert (const SigLabelPatch *self,
                        const SigLabels     *after)
{
  g_return_val_if_fail (self != NULL && after != NULL, NULL);

  return replace (after, self->first, self->n_after, self->spans, self->n_before);
}

gsize
sig_label_patch_get_size (const SigLabelPatch *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_before + self->n_after;
}
