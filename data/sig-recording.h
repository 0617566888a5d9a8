/* sig-recording.h: an immutable recording: planar float channels at one rate
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Immutable and atomically ref-counted; every function may be called from any thread.
 * The samples are in memory, or stay in a file and are read with pread as they are asked
 * for: callers see no difference. A recording made of windows (an NPY of shape (n, T, C))
 * has `page` set: steps [k page, (k + 1) page) are one window, neighbours do not belong
 * together in time.
 * A recording has one or more segments: runs of steps in which samples exist and follow each
 * other in time. Between two of them is either a gap (steps that nobody recorded; they read NaN)
 * or a mere break: the next segment begins at once, but does not go on from the one before. */
typedef struct _SigRecording SigRecording;

/* Where it came from: sig-origin.h. */
typedef struct _SigOrigin SigOrigin;

/* A run of steps [start, end). */
typedef struct
{
  gint64 start, end;
} SigSegment;

/* A channel of a lower rate than its recording: it has `n` samples of its own for every `of` steps, counted from the start of
 * each segment, and each is held until the next. 1 and 1: a sample for every step. */
typedef struct
{
  gint64 n, of;
} SigPace;

/* The start of a recording of which nobody knows when it was made. */
#define SIG_START_UNKNOWN G_MININT64

#define SIG_MAX_CHANNELS 1024

/* Reads `n` steps of one channel from step `start` into `out`; FALSE when the file shrank,
 * vanished or failed (SIG_ERROR_UNREADABLE). Thread-safe. */
typedef gboolean (*SigReadFunc) (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error);

/* Made by readers: `samples` is planar [n_channels][n_steps], consumed (g_free). `names` and
 * `units` (nullable, elements nullable) have n_channels entries and are copied; missing names
 * become "Ch 1" …, duplicates get " (2)". `rate_hz` 0 (or not finite): the file has none. */
SigRecording *sig_recording_new_take_samples (const char *title, guint n_channels, gint64 n_steps, double rate_hz,
                                              const char *const *names, const char *const *units, float *samples)
                                              G_GNUC_WARN_UNUSED_RESULT;
SigRecording *sig_recording_new_from_source  (const char *title, guint n_channels, gint64 n_steps, double rate_hz,
                                              const char *const *names, const char *const *units, SigReadFunc read,
                                              gpointer source, GDestroyNotify free_source) G_GNUC_WARN_UNUSED_RESULT;

/* Made of `other`'s samples: it has the title, rate, times, notes and origin of `other`, and the names and units of those of its
 * channels (each at most once; NULL: the first n_channels). All of its channels have a sample for every step. */
SigRecording *sig_recording_like_take_samples (const SigRecording *other, const guint *channels, guint n_channels,
                                               float *samples) G_GNUC_WARN_UNUSED_RESULT;
SigRecording *sig_recording_like_from_source  (const SigRecording *other, const guint *channels, guint n_channels,
                                               SigReadFunc read, gpointer source, GDestroyNotify free_source)
                                               G_GNUC_WARN_UNUSED_RESULT;

SigRecording *sig_recording_ref              (const SigRecording *self);
void          sig_recording_unref            (SigRecording *self);

/* A copy of the header with the change (transfer full); the samples are shared. */
SigRecording *sig_recording_with_page        (const SigRecording *self, gint64 page) G_GNUC_WARN_UNUSED_RESULT;
SigRecording *sig_recording_with_notes       (const SigRecording *self, const char *const *notes) G_GNUC_WARN_UNUSED_RESULT;

/* `names`: n_channels of them, as for sig_recording_new_take_samples(). */
SigRecording *sig_recording_with_names       (const SigRecording *self, const char *const *names) G_GNUC_WARN_UNUSED_RESULT;

/* `start_us`: see sig_recording_get_start_us(). */
SigRecording *sig_recording_with_start       (const SigRecording *self, gint64 start_us) G_GNUC_WARN_UNUSED_RESULT;

/* `segments` (copied): at least one, sorted, none empty, no overlaps, all inside the recording. Whoever made
 * the samples has put NaN into the gaps. */
SigRecording *sig_recording_with_segments    (const SigRecording *self, const SigSegment *segments, gsize n_segments)
                                              G_GNUC_WARN_UNUSED_RESULT;

/* `paces` (copied): one for each channel; 1 ≤ n ≤ of. Whoever made the samples holds them. */
SigRecording *sig_recording_with_paces       (const SigRecording *self, const SigPace *paces) G_GNUC_WARN_UNUSED_RESULT;

SigRecording *sig_recording_with_origin      (const SigRecording *self, SigOrigin *origin) G_GNUC_WARN_UNUSED_RESULT;

const char   *sig_recording_get_title        (const SigRecording *self); /* for people; UTF-8 */
guint         sig_recording_get_n_channels   (const SigRecording *self);
gint64        sig_recording_get_n_steps      (const SigRecording *self);
double        sig_recording_get_rate_hz      (const SigRecording *self); /* steps a second; > 0; 1 when the file has none */
gboolean      sig_recording_has_rate         (const SigRecording *self); /* FALSE: the 1 Hz is an assumption; show steps */
gint64        sig_recording_get_page         (const SigRecording *self); /* 0: one continuous recording */

/* When step 0 was recorded, on the clock on the wall: microseconds from 1970-01-01 00:00 to the date and time that the file
 * says, without a time zone (format it as UTC); SIG_START_UNKNOWN. */
gint64        sig_recording_get_start_us     (const SigRecording *self);

/* The segments, in order; at least one, unless there are no steps. */
const SigSegment *sig_recording_get_segments (const SigRecording *self, gsize *n_segments);

/* The index of the first segment that ends after `step` (n_segments when none does): the one that `step` is in, or the
 * next one where `step` is in a gap. O(log segments). */
gsize         sig_recording_find_segment     (const SigRecording *self, gint64 step);

/* The first step after `step` (from -1 on) that does not go on from the one before it: the first of a segment or of a page;
 * n_steps where there is none. O(log segments). */
gint64        sig_recording_find_break       (const SigRecording *self, gint64 step);

/* The length of the longest run of steps that follow each other: of a segment, or of the page where that is shorter. */
gint64        sig_recording_get_longest_run  (const SigRecording *self);

/* (nullable): the files it came from; NULL for what was made in memory. */
SigOrigin    *sig_recording_get_origin       (const SigRecording *self);

const char   *sig_recording_get_channel_name (const SigRecording *self, guint channel);
const char   *sig_recording_get_channel_unit (const SigRecording *self, guint channel); /* "" when not known */

SigPace       sig_recording_get_pace         (const SigRecording *self, guint channel);

/* Sentences on what was repaired while reading ("declares 1,000,000 bytes, 64 present"); NULL-terminated, never NULL. */
const char *const *sig_recording_get_notes   (const SigRecording *self);

/* Copies steps [start, start + n) of `channel` to `out`; the span must lie inside. */
gboolean      sig_recording_read             (const SigRecording *self, guint channel, gint64 start, gint64 n,
                                              float *out, GError **error);

/* The samples of a channel where they are in memory, else NULL: a fast path for drawing. */
const float  *sig_recording_peek_channel     (const SigRecording *self, guint channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigRecording, sig_recording_unref)

G_END_DECLS
