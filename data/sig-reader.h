/* sig-reader.h: opens recordings and label files, each by content and not by extension
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-recording.h"

G_BEGIN_DECLS

/* Blocking; call from a worker thread. No file makes it crash, hang or take more memory than
 * a small multiple of its own size. */

typedef struct
{
  void     (*progress)    (gpointer user_data, double fraction); /* (nullable) */
  gboolean (*should_stop) (gpointer user_data);                  /* (nullable) */
  gpointer user_data;
} SigReadHooks;

/* What a file held. Clear with sig_content_clear(). */
typedef struct
{
  SigRecording *recording; /* (nullable): NULL for a file of labels only */
  SigLabels    *labels;    /* (nullable): from a label column, or the y of an X/y pair */
} SigContent;

/* Opens WAV, RF64, W64, CAF, AIFF, AU, FLAC, Ogg, MP3, VOC, SPHERE, IRCAM, PAF, EDF, BDF, CSV, TSV, ARFF, NPY or NPZ.
 * Annotations of EDF+ and BDF+ are labels, and their gaps part the recording into segments. Of a CSV or ARFF the last column
 * named class, label, labels, target, y, state or anomaly (case does not count) is read as labels, else the last column when
 * it holds words, or has no header and holds only few small whole numbers. Columns that are constant, a counter or the time
 * are no channels; a note says which. A file of nothing but labels gives labels without a recording. An NPY X of shape (n, T,
 * C) or (T, C) takes its y from the file beside it when the name says which one (X.npy → y.npy, foo_X.npy → foo_y.npy,
 * x_train.npy → y_train.npy); y is (n, T), (n, T, 1), (n, T·1), (T), or (n) with one label for each window; classes may have a
 * last axis of their own. The markers and regions of WAV, RF64, AIFF and CAF are labels; a marker without a length is one
 * step. A recording without labels of its own takes those of a file beside it with its base name (sig-sidecar.h). `hooks`
 * (nullable). */
gboolean   sig_reader_open         (const char *path, const SigReadHooks *hooks, SigContent *content, GError **error);

/* Reads an Audacity label track (start, end in seconds, text; tabs), a list of labels with a header (onset, duration and label;
 * start and end; in seconds or steps, by the names of the columns: sig-event-columns.h), a CSV of one class per step, or an NPY
 * of classes, as labels of `recording`. Overlaps: the later line wins, with a count in `*notes`
 * (nullable, transfer full, NULL when there is nothing to say). */
SigLabels *sig_reader_open_labels  (const char *path, const SigRecording *recording, const SigReadHooks *hooks,
                                    char **notes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the channel of that index out of a recording and reads it as labels: its distinct values, at most
 * SIG_MAX_CLASSES whole numbers, become classes in order of value (a class's name is the number). */
gboolean   sig_reader_split_channel (const SigRecording *recording, guint channel, SigContent *content, GError **error);

/* File name patterns for a file dialog: "*.wav", … NULL-terminated. */
const char *const *sig_reader_get_patterns (void);

void       sig_content_clear       (SigContent *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigContent, sig_content_clear)

G_END_DECLS
