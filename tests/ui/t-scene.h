/* t-scene.h: small scenes and image surfaces for the tests of the view
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-scene.h"

#include <cairo.h>

G_BEGIN_DECLS

/* What a test draws: the scene borrows from the rest. A plain value; t_scene_clear() frees it. */
typedef struct
{
  WbScene       scene;
  SigRecording *recording;
} TScene;

/* `n_channels` of noise with one spike of 40 in each channel c at step t_scene_spike(); two classes in runs of 100
 * steps, a prediction that lags behind by 10, and a split. `page` as in sig-recording.h. */
void     t_scene_init  (TScene *self, guint n_channels, gint64 n_steps, gint64 page);
gint64   t_scene_spike (gint64 n_steps, guint channel);
void     t_scene_clear (TScene *self);

/* The same prediction, not in memory. */
void     t_scene_put_away_prediction (TScene *self);

/* An image of one colour, and the pixel of one without its alpha. */
cairo_surface_t *t_image_new       (int width, int height, guint32 fill) G_GNUC_WARN_UNUSED_RESULT;
guint32          t_image_get_pixel (cairo_surface_t *image, int x, int y);

/* Pixels in a rectangle that differ from `ground`. */
guint            t_image_count     (cairo_surface_t *image, guint32 ground, int x, int y, int width, int height);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TScene, t_scene_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)

G_END_DECLS
