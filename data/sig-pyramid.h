/* sig-pyramid.h: min/max of every channel at many zooms: what a plot asks for a span and a width
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Levels of 16, 64, 256 … steps per entry, each holding the least and the greatest finite sample; of a recording that is not in
 * memory as many of the lower ones are left out as it takes to stay below 112 MiB. What is finer than the lowest level is drawn
 * from samples: those in memory, else those that were fetched. Grows while it is being built by one thread; any thread may
 * read what is there (C11 atomics). Ref-counted. */
typedef struct _SigPyramid SigPyramid;

/* The extremes of the samples under one pixel column; min > max: no finite sample there. */
typedef struct
{
  float min, max;
} SigColumn;

/* What is fetched is kept for as long as nothing else is fetched for the same place: what is seen, and the pointer's step. */
typedef enum
{
  SIG_PLACE_VIEW,
  SIG_PLACE_POINTER,
  SIG_N_PLACES,
} SigPlace;

/* An empty pyramid for `recording` (a ref is taken). */
SigPyramid         *sig_pyramid_new           (const SigRecording *recording) G_GNUC_WARN_UNUSED_RESULT;
SigPyramid         *sig_pyramid_ref           (SigPyramid *self);
void                sig_pyramid_unref         (SigPyramid *self);

const SigRecording *sig_pyramid_get_recording (const SigPyramid *self);

/* Builds it, front to back, all channels together; blocking. `should_stop` (nullable) is asked
 * every few milliseconds. FALSE with error when the recording could not be read, FALSE without when stopped;
 * another call then goes on where it stopped. Of two threads that build one pyramid the second waits for the first. */
gboolean            sig_pyramid_build         (SigPyramid *self, gboolean (*should_stop) (gpointer),
                                               gpointer user_data, GError **error);

/* How much is built, 0 to 1. */
double              sig_pyramid_get_progress  (const SigPyramid *self);

/* Whether columns of `width` steps up to step `end` wait for nothing that is yet to be built: those so narrow that they are made
 * of samples never do. */
gboolean            sig_pyramid_is_built      (const SigPyramid *self, double end, double width);

/* The extremes of `n_columns` equal parts of steps [start, end) (real numbers: pixels need not
 * fall on steps) of one channel. Edges snap to entries no larger than half a
 * column: the inner ones are off by a quarter pixel at most, the outermost are moved outwards, and spikes never vanish.
 * Columns outside the recording, or not yet built and too wide to be scanned, have min > max. Columns narrower than a
 * step hold the straight line from one step's sample to the next's, so that neighbours meet. Cost is O(columns), but for
 * those that are finer than the lowest level: then the recording is read, fetched or not. */
void                sig_pyramid_get_columns   (const SigPyramid *self, guint channel, double start, double end,
                                               guint n_columns, SigColumn *columns);

/* The same, but never reads: FALSE where the samples are not at hand, and the columns are made of what there is, the lowest
 * level. */
gboolean            sig_pyramid_get_columns_at_hand (const SigPyramid *self, guint channel, double start, double end,
                                                     guint n_columns, SigColumn *columns);

/* The same for a grid: column k covers steps [origin + k · width, origin + (k + 1) · width), and holds the same bits in
 * whichever call it is asked for, so that what is drawn of it can be kept. No edge is moved outwards but the recording's
 * end. Columns of less than three steps hold the straight lines between the samples as well, but none to a step that does not
 * go on from the one before it. `first` may be negative. Never reads either. */
gboolean            sig_pyramid_get_grid_columns (const SigPyramid *self, guint channel, double origin, double width,
                                                  gint64 first, guint n_columns, SigColumn *columns);

/* Whether the grid columns of that width of steps [start, end), which may lie outside, are all at hand. */
gboolean            sig_pyramid_is_at_hand    (const SigPyramid *self, double start, double end, double width);

/* Reads what such columns are made of, in all channels, and puts it at hand; blocking, for a thread that may wait. TRUE also
 * where nothing needs to be read. FALSE with error when a part could not be read (it then counts as missing) or there is no
 * memory, FALSE without when `should_stop` (nullable) said so. */
gboolean            sig_pyramid_fetch         (SigPyramid *self, SigPlace place, double start, double end, double width,
                                               gboolean (*should_stop) (gpointer), gpointer user_data, GError **error);

/* Copies the samples of steps [start, start + n), which lie inside; FALSE where they are not at hand. Never reads. */
gboolean            sig_pyramid_get_samples   (const SigPyramid *self, guint channel, gint64 start, gint64 n, float *out);

/* A robust range for drawing a channel: the 0.5 % and 99.5 % quantiles of at most 16,384
 * evenly spread samples, widened by a tenth; (-1, 1) for a channel without finite samples
 * and value ± 1 for a constant one. Building, or else the first call, measures all channels; then it is a look-up. */
void                sig_pyramid_get_range     (const SigPyramid *self, guint channel, float *low, float *high);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigPyramid, sig_pyramid_unref)

G_END_DECLS
