/* wb-traces-image.c: the cached picture of lanes and frame, redrawn only when what it shows changes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-image.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_COSTS 512

struct _WbTracesImage
{
  /* Pages in turns: the renderer still holds the nodes of the two frames before, and cairo would copy a page that is
   * written to while a node refers to it, which took half of a frame's time. */
  cairo_surface_t *pages[3];
  guint            page;

  WbTracesView     view; /* of `node`; its models are compared, never used */
  GskRenderNode   *node;

  float            costs[N_COSTS]; /* ms; a ring */
  guint            n_costs;
};

WbTracesImage *
wb_traces_image_new (void)
{
  return g_new0 (WbTracesImage, 1);
}

void
wb_traces_image_invalidate (WbTracesImage *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

void
wb_traces_image_free (WbTracesImage *self)
{
  wb_traces_image_invalidate (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->pages); i++)
    g_clear_pointer (&self->pages[i], cairo_surface_destroy);
  g_free (self);
}

static gboolean
is_same_view (const WbTracesView *a,
              const WbTracesView *b)
{
  return a->scene.pyramid == b->scene.pyramid && a->scene.truth == b->scene.truth
         && a->scene.prediction == b->scene.prediction && a->scene.split == b->scene.split && a->width == b->width
         && a->height == b->height && a->start == b->start && a->end == b->end && a->colors == b->colors
         && a->scale == b->scale && a->as_texture == b->as_texture;
}

/* Keeps the surface where its size and format fit: fresh pages cost a page fault for every 4 kB. */
static void
ensure_surface (cairo_surface_t **surface,
                cairo_format_t    format,
                int               width,
                int               height,
                int               scale)
{
  if (*surface != NULL && cairo_image_surface_get_format (*surface) == format
      && cairo_image_surface_get_width (*surface) == width * scale
      && cairo_image_surface_get_height (*surface) == height * scale)
    return;

  g_clear_pointer (surface, cairo_surface_destroy);
  *surface = cairo_image_surface_create (format, width * scale, height * scale);
  cairo_surface_set_device_scale (*surface, scale, scale);
}

static void
paint_page (WbTracesImage        *self,
            cairo_surface_t      *page,
            const WbTracesView   *view,
            const WbTracesLayout *layout)
{
  int scale = view->scale, stride = cairo_image_surface_get_stride (page);
  cairo_t *cr = cairo_create (page);

  wb_traces_paint_frame (cr, &view->scene, layout, view->start, view->end, view->colors);
  cairo_destroy (cr);
  cairo_surface_flush (page);
  if (layout->n_lanes == 0 || layout->lanes_y + layout->lanes_height > view->height
      || layout->plot_x + layout->plot_width > view->width)
    return;

  wb_traces_paint_lanes_over (&view->scene, view->start, view->end, view->colors, scale,
                              (guint32 *) (gpointer) (cairo_image_surface_get_data (page)
                                                      + (int) layout->lanes_y * scale * stride)
                                  + (int) layout->plot_x * scale,
                              (int) layout->plot_width * scale, (int) layout->lanes_height * scale, stride);
  cairo_surface_mark_dirty (page);
}

static GskRenderNode *
make_texture_node (cairo_surface_t       *page,
                   const graphene_rect_t *bounds)
{
  int height = cairo_image_surface_get_height (page), stride = cairo_image_surface_get_stride (page);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (page), (gsize) height * stride,
                                      (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (page));
  texture = gdk_memory_texture_new (cairo_image_surface_get_width (page), height, GDK_MEMORY_DEFAULT, bytes, stride);
  return gsk_texture_node_new (texture, bounds);
}

static GskRenderNode *
make_cairo_node (cairo_surface_t       *page,
                 const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, page, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  return node;
}

/* Processor time: what else the machine does is not our cost. */
static double
get_thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

GskRenderNode *
wb_traces_image_get_node (WbTracesImage        *self,
                          const WbTracesView   *view,
                          const WbTracesLayout *layout)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) view->width, (float) view->height);
  double began;
  cairo_surface_t **page = &self->pages[self->page];

  if (self->node != NULL && is_same_view (&self->view, view))
    return self->node;

  wb_traces_image_invalidate (self);
  began = get_thread_ms ();
  /* Without alpha cairo copies where it would blend; a texture needs the alpha. */
  ensure_surface (page, view->as_texture ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, (int) view->width,
                  (int) view->height, view->scale);
  paint_page (self, *page, view, layout);
  self->costs[self->n_costs++ % N_COSTS] = (float) (get_thread_ms () - began);

  self->node = view->as_texture ? make_texture_node (*page, &bounds) : make_cairo_node (*page, &bounds);
  self->page = (self->page + 1) % G_N_ELEMENTS (self->pages);
  self->view = *view;
  return self->node;
}

static int
compare_costs (const void *a,
               const void *b)
{
  float first = *(const float *) a, second = *(const float *) b;

  return (first > second) - (first < second);
}

guint
wb_traces_image_get_cost (const WbTracesImage *self,
                          double              *median_ms,
                          double              *p99_ms)
{
  guint n = MIN (self->n_costs, N_COSTS);
  float sorted[N_COSTS] = { 0 };

  memcpy (sorted, self->costs, n * sizeof *sorted);
  qsort (sorted, n, sizeof *sorted, compare_costs);
  *median_ms = n > 0 ? sorted[n / 2] : 0;
  *p99_ms = n > 0 ? sorted[MIN (n - 1, n * 99 / 100)] : 0;
  return self->n_costs;
}
