/* wb-lane-view.h: how the channels of a recording are shown: scale, order, what is hidden, colours
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the heights of the lanes have in common. */
typedef enum
{
  WB_SCALE_EACH,   /* nothing: every channel fills its lane */
  WB_SCALE_COMMON, /* channels of one unit have as many units a pixel; each is centred in its lane */
  WB_SCALE_AXIS,   /* channels of one unit have the same value at the same height: nothing is taken away */
  WB_N_SCALES,
} WbScale;

/* What the ruler tells. */
typedef enum
{
  WB_TIME_SECONDS, /* steps where the recording has no rate */
  WB_TIME_STEPS,
  WB_TIME_CLOCK,   /* seconds where nobody knows when the recording began */
  WB_N_TIMES,
} WbTime;

/* One channel. A plain value. */
typedef struct
{
  guint    channel;
  double   gain;   /* 2: drawn twice as tall */
  double   offset; /* moved up by so many heights of its lane */
  double   height; /* 2: its lane is twice as tall as one of 1 */
  gboolean hidden;
  int      color;  /* index into WbColors.lanes; -1: its own, by its number */
} WbLane;

/* Immutable and ref-counted, like a design: every change gives another one, so that two pictures differ where their views
 * do. Main thread only. */
typedef struct _WbLaneView WbLaneView;

#define WB_GAIN_MAX   1e6
#define WB_OFFSET_MAX 1e6
#define WB_HEIGHT_MIN .2
#define WB_HEIGHT_MAX 20.

/* All channels in their order, each fills its lane. */
WbLaneView   *wb_lane_view_new            (guint n_channels) G_GNUC_WARN_UNUSED_RESULT;

/* Copies the lanes: each of the `n_channels` channels once, one of them at least not hidden. */
WbLaneView   *wb_lane_view_new_full       (const WbLane *lanes, guint n_channels) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_ref            (const WbLaneView *self);
void          wb_lane_view_unref          (WbLaneView *self);

guint         wb_lane_view_get_n_channels (const WbLaneView *self);

/* Whether both show the same, whichever channel is chosen. */
gboolean      wb_lane_view_looks_like     (const WbLaneView *self, const WbLaneView *other);

/* The channels from top to bottom, hidden ones too: n_channels of them. */
const WbLane *wb_lane_view_get_lanes      (const WbLaneView *self);
const WbLane *wb_lane_view_get_channel    (const WbLaneView *self, guint channel);
guint         wb_lane_view_get_position   (const WbLaneView *self, guint channel);
guint         wb_lane_view_get_n_shown    (const WbLaneView *self); /* not hidden; at least 1 */
int           wb_lane_view_get_selected   (const WbLaneView *self); /* a channel; -1: none */
WbScale       wb_lane_view_get_scale      (const WbLaneView *self);
WbTime        wb_lane_view_get_time       (const WbLaneView *self);
int           wb_lane_view_get_spectrogram (const WbLaneView *self); /* the channel that has one; -1: none */
gboolean      wb_lane_view_is_butterfly   (const WbLaneView *self); /* all channels over each other in one lane */

/* How many lanes fit the height at a time, and the first of them among those shown; 0: all of them. */
guint         wb_lane_view_get_rows       (const WbLaneView *self, guint *first);

/* Each gives a view with the change (transfer full), or a ref to the same one where there is none. `channel` -1: all. */
WbLaneView   *wb_lane_view_with_gain      (const WbLaneView *self, int channel, double factor) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_offset    (const WbLaneView *self, guint channel, double offset) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_height    (const WbLaneView *self, int channel, double height) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_color     (const WbLaneView *self, guint channel, int color) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_selected  (const WbLaneView *self, int channel) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_spectrogram (const WbLaneView *self, int channel) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_scale     (const WbLaneView *self, WbScale scale) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_time      (const WbLaneView *self, WbTime time) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_butterfly (const WbLaneView *self, gboolean butterfly) G_GNUC_WARN_UNUSED_RESULT;

/* The last channel that is shown cannot be hidden. */
WbLaneView   *wb_lane_view_with_hidden    (const WbLaneView *self, guint channel, gboolean hidden) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_only      (const WbLaneView *self, guint channel) G_GNUC_WARN_UNUSED_RESULT;

/* `channels`: `n` of them, each in range; as it was where there are none. */
WbLaneView   *wb_lane_view_with_only_these (const WbLaneView *self, const int *channels, gsize n) G_GNUC_WARN_UNUSED_RESULT;
WbLaneView   *wb_lane_view_with_all       (const WbLaneView *self) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the channel to position `to`, the rest close up. */
WbLaneView   *wb_lane_view_with_moved     (const WbLaneView *self, guint channel, guint to) G_GNUC_WARN_UNUSED_RESULT;

/* `rows` lanes at a time, 0 or as many as there are: all; `first` is kept in range. */
WbLaneView   *wb_lane_view_with_rows      (const WbLaneView *self, guint rows, int first) G_GNUC_WARN_UNUSED_RESULT;

/* Gains, offsets and order as they were at first; what is hidden and selected stays. */
WbLaneView   *wb_lane_view_with_reset     (const WbLaneView *self) G_GNUC_WARN_UNUSED_RESULT;

/* Selects the next (+1) or the last (-1) channel that is shown; the first one where none is selected. */
WbLaneView   *wb_lane_view_with_next      (const WbLaneView *self, int direction) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbLaneView, wb_lane_view_unref)

G_END_DECLS
