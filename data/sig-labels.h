/* sig-labels.h: a label track: a run-length list of (start, end, class) in steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-class-table.h"

G_BEGIN_DECLS

/* Immutable and atomically ref-counted. Steps that no span covers are unlabelled: nobody has looked at them yet. Steps marked
 * SIG_DONT_KNOW have been looked at, and cannot be told. Neither carries loss or score. */
typedef struct _SigLabels SigLabels;

#define SIG_UNLABELLED (-1)
#define SIG_DONT_KNOW  (-2)

/* A run of steps [start, end) of one class, or of SIG_DONT_KNOW. */
typedef struct
{
  gint64 start, end;
  int    klass;
} SigSpan;

/* Spans must be sorted, not empty, not overlap and lie in [0, n_steps); neighbours of one
 * class are merged. `names` has n_classes entries. Both are copied. */
SigLabels     *sig_labels_new           (gint64 n_steps, const SigSpan *spans, gsize n_spans,
                                         const char *const *names, int n_classes) G_GNUC_WARN_UNUSED_RESULT;

/* As above with the classes of a table; borders between spans of one class are kept. `spans` is consumed (g_free). */
SigLabels     *sig_labels_new_take      (gint64 n_steps, SigSpan *spans, gsize n_spans, const SigClassTable *classes)
                                         G_GNUC_WARN_UNUSED_RESULT;

/* From one class (or SIG_UNLABELLED, SIG_DONT_KNOW) per step. */
SigLabels     *sig_labels_new_from_steps (const gint32 *classes, gint64 n_steps, const char *const *names,
                                          int n_classes) G_GNUC_WARN_UNUSED_RESULT;
SigLabels     *sig_labels_ref           (const SigLabels *self);
void           sig_labels_unref         (SigLabels *self);

gint64         sig_labels_get_n_steps   (const SigLabels *self);
int            sig_labels_get_n_classes (const SigLabels *self);
const char    *sig_labels_get_name      (const SigLabels *self, int klass);
const SigClassTable *sig_labels_get_classes (const SigLabels *self);
const SigSpan *sig_labels_get_spans     (const SigLabels *self, gsize *n_spans);

/* The same spans, borders within a class included, and equal classes. */
gboolean       sig_labels_equal         (const SigLabels *a, const SigLabels *b);

/* The class at a step, or SIG_UNLABELLED, SIG_DONT_KNOW; O(log spans). */
int            sig_labels_get           (const SigLabels *self, gint64 step);

/* Writes the classes of [start, start + n) to `out`; steps outside the track are unlabelled. */
void           sig_labels_fill          (const SigLabels *self, gint64 start, gint64 n, gint32 *out);

/* The index of the first span that ends after `step` (n_spans when none does): where drawing starts. */
gsize          sig_labels_find          (const SigLabels *self, gint64 step);

/* Labelled steps of each class: n_classes counts. Returns the steps of SIG_DONT_KNOW. */
gint64         sig_labels_count         (const SigLabels *self, gint64 *counts);

/* The length of an event that half of the events have or exceed; 0 where there are none. An event is a span of any class but the
 * one with the most steps, which is what goes on when nothing happens. */
gint64         sig_labels_get_event_steps (const SigLabels *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigLabels, sig_labels_unref)

G_END_DECLS
