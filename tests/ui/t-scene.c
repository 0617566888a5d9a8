/* t-scene.c: small scenes and image surfaces for the tests of the view
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"

#include "sig-track-private.h"

#include <string.h>

#define RATE_HZ 250
#define RUN     100
#define LAG     10

gint64
t_scene_spike (gint64 n_steps,
               guint  channel)
{
  return n_steps * (channel % 20 + 1) / 23;
}

static SigTrack *
make_track (const SigLabels *truth,
            gint64           n_steps)
{
  float *probabilities = g_new (float, n_steps * 2);

  for (gint64 i = 0; i < n_steps; i++)
    {
      probabilities[n_steps + i] = sig_labels_get (truth, MAX (0, i - LAG)) == 1 ? .9f : .2f;
      probabilities[i] = 1 - probabilities[n_steps + i];
    }
  return sig_track_new_take (0, n_steps, 2, probabilities);
}

void
t_scene_init (TScene *self,
              guint   n_channels,
              gint64  n_steps,
              gint64  page)
{
  static const char *const names[] = { "rest", "grasp" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  float *samples = g_new (float, n_channels * n_steps);
  g_autofree gint32 *classes = g_new (gint32, n_steps);
  SigRecording *recording;

  for (gint64 i = 0; i < n_channels * n_steps; i++)
    samples[i] = (float) g_rand_double_range (rand, -1, 1);
  for (guint c = 0; c < n_channels; c++)
    samples[c * n_steps + t_scene_spike (n_steps, c)] = 40;
  for (gint64 i = 0; i < n_steps; i++)
    classes[i] = (gint32) (i / RUN % 2);

  recording = sig_recording_new_take_samples ("test", n_channels, n_steps, RATE_HZ, NULL, NULL, samples);
  self->recording = page > 0 ? sig_recording_with_page (recording, page) : sig_recording_ref (recording);
  sig_recording_unref (recording);
  self->scene.pyramid = sig_pyramid_new (self->recording);
  g_assert_true (sig_pyramid_build (self->scene.pyramid, NULL, NULL, NULL));
  self->scene.truth = sig_labels_new_from_steps (classes, n_steps, names, 2);
  self->scene.prediction = make_track (self->scene.truth, n_steps);
  self->scene.split = sig_split_new (self->recording, MIN (50, n_steps / 10), .2, 2, page > 0 ? page : 50, NULL);
}

void
t_scene_put_away_prediction (TScene *self)
{
  const SigTrack *track = self->scene.prediction;
  gint64 start = sig_track_get_start (track), n_steps = sig_track_get_n_steps (track);
  int n_classes = sig_track_get_n_classes (track);
  g_autofree float *probabilities = g_new (float, n_steps * n_classes);
  SigTrackWriter *writer = sig_track_writer_new_limited (start, n_steps, n_classes, 0, NULL);

  for (int k = 0; k < n_classes; k++)
    g_assert_true (sig_track_read (track, k, start, n_steps, probabilities + k * n_steps, NULL));
  g_assert_true (sig_track_writer_add (writer, probabilities, n_steps, n_steps, NULL));
  sig_track_unref ((SigTrack *) self->scene.prediction);
  self->scene.prediction = sig_track_writer_finish (writer);
}

void
t_scene_clear (TScene *self)
{
  sig_pyramid_unref (self->scene.pyramid);
  sig_labels_unref ((SigLabels *) self->scene.truth);
  sig_track_unref ((SigTrack *) self->scene.prediction);
  if (self->scene.split != NULL)
    sig_split_unref ((SigSplit *) self->scene.split);
  sig_recording_unref (self->recording);
}

cairo_surface_t *
t_image_new (int     width,
             int     height,
             guint32 fill)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (image);

  for (int i = 0; i < height * cairo_image_surface_get_stride (image) / 4; i++)
    pixels[i] = fill;
  cairo_surface_mark_dirty (image);
  return image;
}

guint32
t_image_get_pixel (cairo_surface_t *image,
                   int              x,
                   int              y)
{
  cairo_surface_flush (image);
  return ((guint32 *) (gpointer) (cairo_image_surface_get_data (image)
                                  + y * cairo_image_surface_get_stride (image)))[x]
         & 0xffffff;
}

guint
t_image_count (cairo_surface_t *image,
               guint32          ground,
               int              x,
               int              y,
               int              width,
               int              height)
{
  guint n = 0;

  cairo_surface_flush (image);
  for (int row = y; row < y + height; row++)
    {
      const guint32 *pixels = (const guint32 *) (gpointer) (cairo_image_surface_get_data (image)
                                                            + row * cairo_image_surface_get_stride (image));

      for (int column = x; column < x + width; column++)
        n += (pixels[column] & 0xffffff) != (ground & 0xffffff);
    }
  return n;
}
