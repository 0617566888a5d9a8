/* sig-label-set.h: the label tracks of one recording: named, one of them active
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"

G_BEGIN_DECLS

/* Immutable and atomically ref-counted. The active track is the one that is edited, shown as truth and trained for; there is
 * one as soon as there is a track. */
typedef struct _SigLabelSet SigLabelSet;

#define SIG_MAX_TRACKS 64

SigLabelSet     *sig_label_set_new          (void) G_GNUC_WARN_UNUSED_RESULT; /* without tracks */
SigLabelSet     *sig_label_set_ref          (const SigLabelSet *self);
void             sig_label_set_unref        (SigLabelSet *self);

guint            sig_label_set_get_n        (const SigLabelSet *self);
const char      *sig_label_set_get_name     (const SigLabelSet *self, guint track);
const SigLabels *sig_label_set_get_labels   (const SigLabelSet *self, guint track);
int              sig_label_set_get_active   (const SigLabelSet *self); /* -1: there is no track */

/* (nullable): the labels of the active track. */
const SigLabels *sig_label_set_peek_active  (const SigLabelSet *self);

gboolean         sig_label_set_equal        (const SigLabelSet *a, const SigLabelSet *b);

/* The one track whose labels differ where all else is the same; -1 where there is no such track or more than one. */
int              sig_label_set_find_changed (const SigLabelSet *a, const SigLabelSet *b);

/* Changed sets (transfer full). An added track becomes the active one; a name that is taken gets " 2" and so on. Adding wants
 * fewer than SIG_MAX_TRACKS tracks. Where the active track is removed, the one before it becomes active. */
SigLabelSet     *sig_label_set_with_added   (const SigLabelSet *self, const char *name, const SigLabels *labels)
                                             G_GNUC_WARN_UNUSED_RESULT;
SigLabelSet     *sig_label_set_with_labels  (const SigLabelSet *self, guint track, const SigLabels *labels)
                                             G_GNUC_WARN_UNUSED_RESULT;
SigLabelSet     *sig_label_set_with_name    (const SigLabelSet *self, guint track, const char *name)
                                             G_GNUC_WARN_UNUSED_RESULT;
SigLabelSet     *sig_label_set_with_active  (const SigLabelSet *self, guint track) G_GNUC_WARN_UNUSED_RESULT;

/* The track at place `to` among the others; the active track stays the same one. */
SigLabelSet     *sig_label_set_with_moved   (const SigLabelSet *self, guint track, guint to) G_GNUC_WARN_UNUSED_RESULT;
SigLabelSet     *sig_label_set_without      (const SigLabelSet *self, guint track) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigLabelSet, sig_label_set_unref)

G_END_DECLS
