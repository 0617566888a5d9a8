/* sig-events.h: gathers labels as files list them: each with a start, an end and a name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Places the labels of a file on a recording. What is clipped, left out, overlaid or has no length is told in notes. One owner,
 * one thread; borrows what it is made with. */
typedef struct _SigEvents SigEvents;

/* `unit` is what the file counts its labels by in messages: "line", "marker". */
SigEvents *sig_events_new         (const SigFile *file, const SigRecording *recording, SigReading *reading,
                                   const char *unit) G_GNUC_WARN_UNUSED_RESULT;
void       sig_events_free        (SigEvents *self);

/* A label of steps [start, end), which need not be whole and are rounded; a label without length becomes one step, and without
 * a name (NULL or blank) one of the class "unnamed". `number` is its place in the file, from 1. FALSE when it is one class too
 * many. */
gboolean   sig_events_add         (SigEvents *self, gint64 number, double start, double end, const char *name, GError **error);
gboolean   sig_events_add_seconds (SigEvents *self, gint64 number, double from_s, double to_s, const char *name,
                                   GError **error);

/* Leaves one out; the first few are listed with the reason. */
void       sig_events_reject      (SigEvents *self, gint64 number, const char *why);

/* The labels, where several overlap the one that was added last, and those that touch one by one; NULL when none lies in the
 * recording. Classes are sorted. To be called once. */
SigLabels *sig_events_finish      (SigEvents *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigEvents, sig_events_free)

G_END_DECLS
