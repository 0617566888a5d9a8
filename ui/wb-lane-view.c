/* wb-lane-view.c: how the channels of a recording are shown: scale, order, what is hidden, colours
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-view.h"

#include <string.h>

struct _WbLaneView
{
  gatomicrefcount refs;
  guint           n_channels;
  WbScale         scale;
  WbTime          time;
  gboolean        butterfly;
  int             selected;
  int             spectrogram;
  guint           rows, first;
  WbLane          lanes[];
};

static gsize
get_size (guint n_channels)
{
  return sizeof (WbLaneView) + n_channels * sizeof (WbLane);
}

WbLaneView *
wb_lane_view_new (guint n_channels)
{
  WbLaneView *self;

  g_return_val_if_fail (n_channels > 0, NULL);

  self = g_malloc0 (get_size (n_channels));
  g_atomic_ref_count_init (&self->refs);
  self->n_channels = n_channels;
  self->selected = -1;
  self->spectrogram = -1;
  for (guint i = 0; i < n_channels; i++)
    self->lanes[i] = (WbLane) { .channel = i, .gain = 1, .height = 1, .color = -1 };
  return self;
}

WbLaneView *
wb_lane_view_new_full (const WbLane *lanes,
                       guint         n_channels)
{
  WbLaneView *self = wb_lane_view_new (n_channels);

  memcpy (self->lanes, lanes, n_channels * sizeof *lanes);
  return self;
}

WbLaneView *
wb_lane_view_ref (const WbLaneView *self)
{
  WbLaneView *mutable_self = (WbLaneView *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
wb_lane_view_unref (WbLaneView *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

guint
wb_lane_view_get_n_channels (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_channels;
}

const WbLane *
wb_lane_view_get_lanes (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->lanes;
}

static gboolean
is_same_lane (const WbLane *a,
              const WbLane *b)
{
  return a->channel == b->channel && a->gain == b->gain && a->offset == b->offset && a->height == b->height
         && a->hidden == b->hidden && a->color == b->color;
}

gboolean
wb_lane_view_looks_like (const WbLaneView *self,
                         const WbLaneView *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self->n_channels != other->n_channels || self->scale != other->scale || self->time != other->time
      || self->butterfly != other->butterfly || self->spectrogram != other->spectrogram || self->rows != other->rows
      || self->first != other->first)
    return FALSE;
  for (guint i = 0; i < self->n_channels; i++)
    if (!is_same_lane (&self->lanes[i], &other->lanes[i]))
      return FALSE;
  return TRUE;
}

guint
wb_lane_view_get_position (const WbLaneView *self,
                           guint             channel)
{
  guint i = 0;

  g_return_val_if_fail (self != NULL && channel < self->n_channels, 0);

  while (self->lanes[i].channel != channel)
    i++;
  return i;
}

const WbLane *
wb_lane_view_get_channel (const WbLaneView *self,
                          guint             channel)
{
  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);
  return &self->lanes[wb_lane_view_get_position (self, channel)];
}

guint
wb_lane_view_get_n_shown (const WbLaneView *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->n_channels; i++)
    n += !self->lanes[i].hidden;
  return n;
}

int
wb_lane_view_get_selected (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, -1);
  return self->selected;
}

int
wb_lane_view_get_spectrogram (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, -1);
  return self->spectrogram;
}

WbScale
wb_lane_view_get_scale (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, WB_SCALE_EACH);
  return self->scale;
}

WbTime
wb_lane_view_get_time (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, WB_TIME_SECONDS);
  return self->time;
}

gboolean
wb_lane_view_is_butterfly (const WbLaneView *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->butterfly;
}

guint
wb_lane_view_get_rows (const WbLaneView *self,
                       guint            *first)
{
  g_return_val_if_fail (self != NULL, 0);

  if (first != NULL)
    *first = self->first;
  return self->rows;
}

/* --- changes ------------------------------------------------------------------------ */

/* Rows and their first one, and the selection, fit what is shown. */
static void
clamp_rows (WbLaneView *self)
{
  guint n_shown = wb_lane_view_get_n_shown (self);

  if (self->rows >= n_shown)
    self->rows = 0;
  self->first = self->rows == 0 ? 0 : MIN (self->first, n_shown - self->rows);
  if (self->selected >= 0 && wb_lane_view_get_channel (self, self->selected)->hidden)
    self->selected = -1;
}

static WbLaneView *
copy (const WbLaneView *self)
{
  WbLaneView *other = g_memdup2 (self, get_size (self->n_channels));

  g_atomic_ref_count_init (&other->refs);
  return other;
}

/* Consumes `other`: the same view is given back where nothing has changed. */
static WbLaneView *
settle (const WbLaneView *self,
        WbLaneView       *other)
{
  gsize head = G_STRUCT_OFFSET (WbLaneView, n_channels);

  clamp_rows (other);
  if (memcmp ((const char *) self + head, (const char *) other + head, get_size (self->n_channels) - head) != 0)
    return other;
  wb_lane_view_unref (other);
  return wb_lane_view_ref (self);
}

static WbLane *
find (WbLaneView *self,
      guint       channel)
{
  return &self->lanes[wb_lane_view_get_position (self, channel)];
}

WbLaneView *
wb_lane_view_with_gain (const WbLaneView *self,
                        int               channel,
                        double            factor)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < (int) self->n_channels && factor > 0, NULL);

  other = copy (self);
  for (guint i = 0; i < self->n_channels; i++)
    if (channel < 0 || other->lanes[i].channel == (guint) channel)
      other->lanes[i].gain = CLAMP (other->lanes[i].gain * factor, 1 / WB_GAIN_MAX, WB_GAIN_MAX);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_offset (const WbLaneView *self,
                          guint             channel,
                          double            offset)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);

  other = copy (self);
  find (other, channel)->offset = CLAMP (offset, -WB_OFFSET_MAX, WB_OFFSET_MAX);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_height (const WbLaneView *self,
                          int               channel,
                          double            height)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < (int) self->n_channels && height > 0, NULL);

  other = copy (self);
  for (guint i = 0; i < self->n_channels; i++)
    if (channel < 0 || other->lanes[i].channel == (guint) channel)
      other->lanes[i].height = CLAMP (height, WB_HEIGHT_MIN, WB_HEIGHT_MAX);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_color (const WbLaneView *self,
                         guint             channel,
                         int               color)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < self->n_channels && color >= -1, NULL);

  other = copy (self);
  find (other, channel)->color = color;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_selected (const WbLaneView *self,
                            int               channel)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < (int) self->n_channels, NULL);

  other = copy (self);
  other->selected = MAX (channel, -1);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_spectrogram (const WbLaneView *self,
                               int               channel)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < (int) self->n_channels, NULL);

  other = copy (self);
  other->spectrogram = MAX (channel, -1);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_scale (const WbLaneView *self,
                         WbScale           scale)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && scale < WB_N_SCALES, NULL);

  other = copy (self);
  other->scale = scale;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_time (const WbLaneView *self,
                        WbTime            time)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && time < WB_N_TIMES, NULL);

  other = copy (self);
  other->time = time;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_butterfly (const WbLaneView *self,
                             gboolean          butterfly)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = copy (self);
  other->butterfly = butterfly != FALSE;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_hidden (const WbLaneView *self,
                          guint             channel,
                          gboolean          hidden)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);

  other = copy (self);
  find (other, channel)->hidden = hidden != FALSE;
  if (wb_lane_view_get_n_shown (other) == 0)
    find (other, channel)->hidden = FALSE;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_only (const WbLaneView *self,
                        guint             channel)
{
  return wb_lane_view_with_only_these (self, (const int[]) { (int) channel }, 1);
}

WbLaneView *
wb_lane_view_with_only_these (const WbLaneView *self,
                              const int        *channels,
                              gsize             n)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = copy (self);
  for (guint i = 0; n > 0 && i < self->n_channels; i++)
    other->lanes[i].hidden = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      g_return_val_if_fail (channels[i] >= 0 && (guint) channels[i] < self->n_channels, NULL);
      find (other, (guint) channels[i])->hidden = FALSE;
    }
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_all (const WbLaneView *self)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = copy (self);
  for (guint i = 0; i < self->n_channels; i++)
    other->lanes[i].hidden = FALSE;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_moved (const WbLaneView *self,
                         guint             channel,
                         guint             to)
{
  WbLaneView *other;
  guint from;
  WbLane lane;

  g_return_val_if_fail (self != NULL && channel < self->n_channels, NULL);

  other = copy (self);
  from = wb_lane_view_get_position (self, channel);
  to = MIN (to, self->n_channels - 1);
  lane = other->lanes[from];
  if (from < to)
    memmove (&other->lanes[from], &other->lanes[from + 1], (to - from) * sizeof lane);
  else
    memmove (&other->lanes[to + 1], &other->lanes[to], (from - to) * sizeof lane);
  other->lanes[to] = lane;
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_rows (const WbLaneView *self,
                        guint             rows,
                        int               first)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = copy (self);
  other->rows = rows;
  other->first = MAX (first, 0);
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_reset (const WbLaneView *self)
{
  WbLaneView *other;

  g_return_val_if_fail (self != NULL, NULL);

  other = copy (self);
  for (guint i = 0; i < self->n_channels; i++)
    other->lanes[i] = (WbLane) {
      .channel = i,
      .gain = 1,
      .height = 1,
      .hidden = wb_lane_view_get_channel (self, i)->hidden,
      .color = wb_lane_view_get_channel (self, i)->color,
    };
  return settle (self, other);
}

WbLaneView *
wb_lane_view_with_next (const WbLaneView *self,
                        int               direction)
{
  int at, n;

  g_return_val_if_fail (self != NULL && (direction == 1 || direction == -1), NULL);

  n = (int) self->n_channels;
  at = self->selected >= 0 ? (int) wb_lane_view_get_position (self, self->selected) + direction : direction > 0 ? 0 : n - 1;
  while (at >= 0 && at < n && self->lanes[at].hidden)
    at += direction;
  if (at < 0 || at >= n)
    return wb_lane_view_ref (self);
  return wb_lane_view_with_selected (self, (int) self->lanes[at].channel);
}
