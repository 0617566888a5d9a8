/* wb-lanes-belt.c: painted lanes that are kept: panning paints only what comes into view
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lanes-belt.h"

#include "wb-lanes-paint.h"
#include "wb-ruler-paint.h"
#include "wb-text-paint.h"

#include <string.h>

#define LINE_PIXELS 16 /* of a line of the cache, with which each of a buffer's rows begins */

/* The one in use, and those of the two frames before, whose pictures may still be looked at. */
#define N_BUFFERS 3

typedef struct
{
  gatomicrefcount refs; /* the belt's, and one for each picture */
  int             width, height;
  guint32        *pixels;
} Buffer;

struct _WbBelt
{
  Buffer     *buffers[N_BUFFERS];
  guint       current;
  gint64      base;     /* the column at the buffer's left edge */
  gint64      from, to; /* the columns that are painted: once they are, they are never touched again */
  WbBeltView  shown;    /* what they show; compared, never followed */
  WbTracesLayout layout;
  const WbLaneView *lanes;    /* compared, never followed */
  gboolean    rough;
};

static Buffer *
buffer_new (int width,
            int height)
{
  Buffer *self = g_new (Buffer, 1);

  g_atomic_ref_count_init (&self->refs);
  self->width = width;
  self->height = height;
  self->pixels = g_aligned_alloc ((gsize) width * height, sizeof *self->pixels, LINE_PIXELS * sizeof *self->pixels);
  return self;
}

static void
buffer_unref (void *buffer)
{
  Buffer *self = buffer;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_aligned_free (self->pixels);
  g_free (self);
}

WbBelt *
wb_belt_new (void)
{
  return g_new0 (WbBelt, 1);
}

void
wb_belt_free (WbBelt *self)
{
  for (guint i = 0; i < N_BUFFERS; i++)
    g_clear_pointer (&self->buffers[i], buffer_unref);
  g_free (self);
}

void
wb_belt_forget (WbBelt *self)
{
  self->to = self->from;
  self->rough = FALSE;
}

gboolean
wb_belt_is_rough (const WbBelt *self)
{
  return self->rough;
}

static gboolean
shows_same (const WbBelt     *self,
            const WbBeltView *view)
{
  return self->shown.colors == view->colors && self->shown.scale == view->scale && self->lanes == view->scene->view
         && self->shown.grid.width == view->grid.width && self->shown.grid.origin == view->grid.origin
         && self->layout.n_lanes == view->layout->n_lanes && self->layout.plot_x == view->layout->plot_x
         && self->layout.plot_width == view->layout->plot_width && self->layout.lanes_y == view->layout->lanes_y
         && self->layout.lanes_height == view->layout->lanes_height;
}

static gboolean
is_free (const Buffer *buffer,
         int           width,
         int           height)
{
  return buffer != NULL && g_atomic_ref_count_compare ((gatomicrefcount *) &buffer->refs, 1) && buffer->width == width
         && buffer->height == height;
}

/* Turns to another buffer that no picture shows; where there is none, to a new one in place of the oldest. */
static Buffer *
turn_over (WbBelt *self,
           int     width,
           int     height)
{
  guint next = (self->current + 1) % N_BUFFERS;

  for (guint i = 0; i < N_BUFFERS; i++)
    if (i != self->current && is_free (self->buffers[i], width, height))
      next = i;
  if (!is_free (self->buffers[next], width, height))
    {
      g_clear_pointer (&self->buffers[next], buffer_unref);
      self->buffers[next] = buffer_new (width, height);
    }
  self->current = next;
  return self->buffers[next];
}

/* Makes room for columns [first, first + n), with what is painted of them, and with room where the view is moving to. */
static void
move (WbBelt *self,
      gint64  first,
      int     n,
      int     height)
{
  const Buffer *old = self->buffers[self->current];
  gint64 from = MAX (self->from, first), to = MIN (self->to, first + n), old_base = self->base;
  int spare = n / 4;
  Buffer *buffer = turn_over (self, (n + spare + LINE_PIXELS - 1) / LINE_PIXELS * LINE_PIXELS, height);

  if (from >= to)
    {
      self->base = first - spare / 2;
      self->from = self->to = first;
      return;
    }
  self->base = first > self->from ? first : first - spare;
  for (int y = 0; y < height; y++)
    memcpy (buffer->pixels + (gsize) y * buffer->width + (from - self->base),
            old->pixels + (gsize) y * old->width + (from - old_base), (to - from) * sizeof *buffer->pixels);
  self->from = from;
  self->to = to;
}

static gboolean
has_room (const WbBelt *self,
          gint64        first,
          int           n)
{
  const Buffer *buffer = self->buffers[self->current];

  return buffer != NULL && self->from < self->to && first >= self->base && first + n <= self->base + buffer->width
         && first <= self->to && first + n >= self->from;
}

/* A picture of columns [from, to) in their buffer. */
static cairo_surface_t *
look_at (const WbBelt  *self,
         gint64         from,
         gint64         to,
         int            scale,
         cairo_format_t format)
{
  static const cairo_user_data_key_t key;
  Buffer *buffer = self->buffers[self->current];
  guint32 *pixels = buffer->pixels + (from - self->base);
  cairo_surface_t *picture = cairo_image_surface_create_for_data ((unsigned char *) pixels, format, (int) (to - from),
                                                                  buffer->height, buffer->width * 4);

  g_atomic_ref_count_inc (&buffer->refs);
  cairo_surface_set_user_data (picture, &key, buffer, buffer_unref);
  cairo_surface_set_device_scale (picture, scale, scale);
  return picture;
}

static void
fill_rows (cairo_t       *cr,
           double         left,
           double         top,
           double         width,
           const WbColor *color)
{
  wb_paint_set_color (cr, color);
  cairo_rectangle (cr, left, top, width, WB_RULER_PERIOD);
  cairo_fill (cr);
}

/* The grounds with their grid that wb_lanes_paint() wants, one below the other, of columns [from, to). */
static cairo_surface_t *
make_ground (const WbBeltView *view,
             gint64            from,
             gint64            to)
{
  WbTracesLayout layout = *view->layout;
  cairo_surface_t *ground
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (to - from), 2 * WB_RULER_PERIOD * view->scale);
  double start = view->grid.width * (double) view->grid.first;
  double end = view->grid.width * ((double) view->grid.first + layout.plot_width);
  cairo_t *cr;

  cairo_surface_set_device_scale (ground, view->scale, view->scale);
  cr = cairo_create (ground);
  cairo_translate (cr, (double) (view->grid.first - from / view->scale) - layout.plot_x, -layout.lanes_y);
  layout.lanes_height = 2 * WB_RULER_PERIOD;
  fill_rows (cr, layout.plot_x, layout.lanes_y, layout.plot_width, &view->colors->background);
  fill_rows (cr, layout.plot_x, layout.lanes_y + WB_RULER_PERIOD, layout.plot_width, &view->colors->lane_alternate);
  wb_ruler_paint_grid (cr, view->scene, &layout, start, end, view->colors);
  cairo_destroy (cr);
  cairo_surface_flush (ground);
  return ground;
}

/* The upper half of an image, or the lower one. */
static WbPixels
get_half (cairo_surface_t *image,
          gboolean         lower)
{
  int height = cairo_image_surface_get_height (image) / 2, stride = cairo_image_surface_get_stride (image) / 4;
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (image);

  return (WbPixels) { pixels + (lower ? height * stride : 0), cairo_image_surface_get_width (image), height, stride };
}

/* Paints columns [from, to), a part of the view. */
static void
paint (WbBelt           *self,
       const WbBeltView *view,
       gint64            from,
       gint64            to)
{
  const Buffer *buffer = self->buffers[self->current];
  WbPixels target = { (guint32 *) buffer->pixels + (from - self->base), (int) (to - from), buffer->height, buffer->width };
  cairo_surface_t *ground;
  WbPixels grounds[2];

  if (from >= to)
    return;
  ground = make_ground (view, from, to);
  grounds[0] = get_half (ground, FALSE);
  grounds[1] = get_half (ground, TRUE);
  if (!wb_lanes_paint (view->scene, &(WbGrid) { 0, view->grid.width / view->scale, from }, view->colors, view->scale, grounds,
                       &target))
    self->rough = TRUE;
  cairo_surface_destroy (ground);
}

cairo_surface_t *
wb_belt_show (WbBelt           *self,
              const WbBeltView *view,
              cairo_format_t    format)
{
  gint64 first = view->grid.first * view->scale;
  int n = (int) view->layout->plot_width * view->scale, height = (int) view->layout->lanes_height * view->scale;

  if (!shows_same (self, view))
    wb_belt_forget (self);
  if (!has_room (self, first, n))
    move (self, first, n, height);
  paint (self, view, first, MIN (self->from, first + n));
  self->from = MIN (self->from, first);
  paint (self, view, MAX (self->to, first), first + n);
  self->to = MAX (self->to, first + n);
  self->shown = *view;
  self->layout = *view->layout;
  self->lanes = view->scene->view;
  return look_at (self, first, first + n, view->scale, format);
}
