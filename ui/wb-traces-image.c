/* wb-traces-image.c: the picture of lanes and frame, of which only what changes is redrawn
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-image.h"

#include "wb-frame-paint.h"
#include "wb-gutter-paint.h"
#include "wb-lanes-belt.h"
#include "wb-legend-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-text-paint.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#define N_COSTS 512

/* The pages of a part of the picture: a page is painted on only while no node shows it, and the renderer holds the nodes
 * of the two frames before. */
typedef struct
{
  cairo_surface_t *pages[3];
  guint            page;
} Band;

/* What a band shows, in the widget's pixels. */
typedef struct
{
  double x, y, width, height;
} Place;

typedef void (* PaintBand) (cairo_t *cr, const WbTracesView *view, const WbTracesLayout *layout);

struct _WbTracesImage
{
  Band           ruler, gutter, ribbons, bottom;
  WbBelt        *belt;
  GskRenderNode *names;  /* (nullable): the gutter's; it does not move */
  GskRenderNode *legend; /* (nullable): the bottom's; neither does it */
  GskRenderNode *node;   /* (nullable) */
  gboolean       rough_ribbon; /* in `node` the probability's curve is */
  WbTracesView   view;   /* of `node`; its models are compared, never used */
  WbTracesLayout layout; /* of `node` */

  float          costs[N_COSTS]; /* ms; a ring */
  guint          n_costs;
  double         handing_ms; /* of the redraw that goes on: see wb_traces_image_get_cost() */
};

WbTracesImage *
wb_traces_image_new (void)
{
  WbTracesImage *self = g_new0 (WbTracesImage, 1);

  self->belt = wb_belt_new ();
  return self;
}

void
wb_traces_image_invalidate (WbTracesImage *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->names, gsk_render_node_unref);
  g_clear_pointer (&self->legend, gsk_render_node_unref);
  wb_belt_forget (self->belt);
}

gboolean
wb_traces_image_is_rough (const WbTracesImage *self)
{
  return wb_belt_is_rough (self->belt) || self->rough_ribbon;
}

void
wb_traces_image_forget_ribbons (WbTracesImage *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->rough_ribbon = FALSE;
}

void
wb_traces_image_refine (WbTracesImage *self)
{
  if (!wb_traces_image_is_rough (self))
    return;
  wb_traces_image_forget_ribbons (self);
  if (wb_belt_is_rough (self->belt))
    wb_belt_forget (self->belt);
}

static void
clear_band (Band *band)
{
  for (guint i = 0; i < G_N_ELEMENTS (band->pages); i++)
    g_clear_pointer (&band->pages[i], cairo_surface_destroy);
}

void
wb_traces_image_free (WbTracesImage *self)
{
  wb_traces_image_invalidate (self);
  clear_band (&self->ruler);
  clear_band (&self->gutter);
  clear_band (&self->ribbons);
  clear_band (&self->bottom);
  wb_belt_free (self->belt);
  g_free (self);
}

static gboolean
is_same_view (const WbTracesView *a,
              const WbTracesView *b)
{
  return a->scene.pyramid == b->scene.pyramid && a->scene.truth == b->scene.truth
         && a->scene.prediction == b->scene.prediction && a->scene.split == b->scene.split && a->scene.view == b->scene.view
         && a->scene.spectrum == b->scene.spectrum && a->width == b->width
         && a->height == b->height && a->start == b->start && a->end == b->end && a->colors == b->colors
         && a->scale == b->scale && a->as_texture == b->as_texture && a->pages == b->pages && a->zoomed == b->zoomed;
}

/* Without alpha cairo copies where it would blend; a texture needs the alpha. */
static cairo_format_t
get_format (const WbTracesView *view)
{
  return view->as_texture ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24;
}

/* Keeps a page that fits and that nobody looks at: fresh ones cost a page fault for every 4 kB. */
static cairo_surface_t *
turn_page (Band           *band,
           cairo_format_t  format,
           int             width,
           int             height,
           int             scale)
{
  cairo_surface_t **page;

  band->page = (band->page + 1) % G_N_ELEMENTS (band->pages);
  page = &band->pages[band->page];
  if (*page != NULL && cairo_surface_get_reference_count (*page) == 1 && cairo_image_surface_get_format (*page) == format
      && cairo_image_surface_get_width (*page) == width * scale && cairo_image_surface_get_height (*page) == height * scale)
    return *page;

  g_clear_pointer (page, cairo_surface_destroy);
  *page = cairo_image_surface_create (format, width * scale, height * scale);
  cairo_surface_set_device_scale (*page, scale, scale);
  return *page;
}

/* Processor time: what else the machine does is not our cost. */
static double
get_thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* A texture that looks at the page, and copies nothing. */
static GdkTexture *
make_memory_texture (cairo_surface_t *page)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);
  int stride = cairo_image_surface_get_stride (page);
  g_autoptr (GBytes) bytes
      = g_bytes_new_with_free_func (cairo_image_surface_get_data (page), (gsize) (height - 1) * stride + (gsize) width * 4,
                                    (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (page));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

/* Only pixels that are zoomed need a filter: see wb-gl-pages.h. */
static GskRenderNode *
make_texture_node (WbTracesImage         *self,
                   cairo_surface_t       *page,
                   const WbTracesView    *view,
                   const graphene_rect_t *bounds)
{
  double began = get_thread_ms ();
  g_autoptr (GdkTexture) texture
      = view->pages != NULL && !view->zoomed ? wb_gl_pages_make_texture (view->pages, page) : make_memory_texture (page);

  self->handing_ms += get_thread_ms () - began;
#if GTK_CHECK_VERSION (4, WB_GTK_MINOR_NEAREST, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* it is younger than what we ask for */
  if (!view->zoomed)
    return gsk_texture_scale_node_new (texture, bounds, GSK_SCALING_FILTER_NEAREST);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
  return gsk_texture_node_new (texture, bounds);
}

static cairo_surface_t *
acquire_page (cairo_pattern_t             *pattern,
              void                        *page,
              cairo_surface_t             *target,
              const cairo_rectangle_int_t *extents)
{
  return cairo_surface_reference (page);
}

static void
release_page (cairo_pattern_t *pattern,
              void            *page,
              cairo_surface_t *acquired)
{
  cairo_surface_destroy (acquired);
}

static cairo_status_t
copy_page (cairo_pattern_t       *pattern,
           void                  *page,
           const cairo_pattern_t *other)
{
  cairo_surface_reference (page);
  return CAIRO_STATUS_SUCCESS;
}

static void
finish_page (cairo_pattern_t *pattern,
             void            *page)
{
  cairo_surface_destroy (page);
}

/* A raster source and no surface: of a surface a node keeps a snapshot, which cairo copies when the surface is painted on
 * or let go, looked at or not. A node's page is neither before the node is gone. */
static cairo_pattern_t *
make_pattern (cairo_surface_t       *page,
              const graphene_rect_t *bounds,
              gboolean               zoomed)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);
  cairo_pattern_t *pattern
      = cairo_pattern_create_raster_source (cairo_surface_reference (page), cairo_surface_get_content (page), width, height);
  double scale_x, scale_y;
  cairo_matrix_t matrix;

  cairo_surface_get_device_scale (page, &scale_x, &scale_y);
  cairo_matrix_init (&matrix, scale_x, 0, 0, scale_y, -bounds->origin.x * scale_x, -bounds->origin.y * scale_y);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, zoomed ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST);
  cairo_raster_source_pattern_set_acquire (pattern, acquire_page, release_page);
  cairo_raster_source_pattern_set_copy (pattern, copy_page);
  cairo_raster_source_pattern_set_finish (pattern, finish_page);
  return pattern;
}

static GskRenderNode *
make_cairo_node (cairo_surface_t       *page,
                 const graphene_rect_t *bounds,
                 gboolean               zoomed)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  cairo_pattern_t *pattern = make_pattern (page, bounds, zoomed);

  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, bounds->origin.x, bounds->origin.y, bounds->size.width, bounds->size.height);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  cairo_destroy (cr);
  return node;
}

static GskRenderNode *
make_node (WbTracesImage      *self,
           cairo_surface_t    *page,
           const WbTracesView *view,
           const Place        *place)
{
  graphene_rect_t bounds
      = GRAPHENE_RECT_INIT ((float) place->x, (float) place->y, (float) place->width, (float) place->height);

  return view->as_texture ? make_texture_node (self, page, view, &bounds) : make_cairo_node (page, &bounds, view->zoomed);
}

/* Paints all of it anew; NULL where the place is empty. */
static GskRenderNode *
paint_band (WbTracesImage        *self,
            Band                 *band,
            const WbTracesView   *view,
            const WbTracesLayout *layout,
            const Place          *place,
            PaintBand             paint)
{
  cairo_surface_t *page;
  cairo_t *cr;

  if (place->width < 1 || place->height < 1)
    return NULL;
  page = turn_page (band, get_format (view), (int) place->width, (int) place->height, view->scale);
  cr = cairo_create (page);
  cairo_translate (cr, -place->x, -place->y);
  wb_paint_set_color (cr, &view->colors->background);
  cairo_paint (cr);
  paint (cr, view, layout);
  cairo_destroy (cr);
  return make_node (self, page, view, place);
}

static void
paint_ruler (cairo_t              *cr,
             const WbTracesView   *view,
             const WbTracesLayout *layout)
{
  wb_ruler_paint_grid (cr, &view->scene, layout, view->start, view->end, view->colors);
  wb_ruler_paint (cr, &view->scene, layout, view->start, view->end, view->colors);
}

static void
paint_names (cairo_t              *cr,
             const WbTracesView   *view,
             const WbTracesLayout *layout)
{
  wb_frame_paint_grounds (cr, &view->scene, layout, view->colors);
  wb_gutter_paint (cr, &view->scene, layout, view->colors);
}

static void
paint_ribbons (cairo_t              *cr,
               const WbTracesView   *view,
               const WbTracesLayout *layout)
{
  wb_frame_paint_ribbons (cr, &view->scene, layout, view->start, view->end, view->colors);
}

static void
paint_legend (cairo_t              *cr,
              const WbTracesView   *view,
              const WbTracesLayout *layout)
{
  wb_legend_paint (cr, &view->scene, layout, view->colors);
}

static GskRenderNode *
show_lanes (WbTracesImage        *self,
            const WbTracesView   *view,
            const WbTracesLayout *layout)
{
  WbBeltView lanes = { &view->scene, layout, view->grid, view->colors, view->scale };
  cairo_surface_t *page = wb_belt_show (self->belt, &lanes, get_format (view));
  GskRenderNode *node
      = make_node (self, page, view, &(Place) { layout->plot_x, layout->lanes_y, layout->plot_width, layout->lanes_height });

  cairo_surface_destroy (page);
  return node;
}

static GskRenderNode *
make_ground_node (const WbTracesView *view,
                  const Place        *place)
{
  const WbColor *color = &view->colors->background;

  return gsk_color_node_new (&(GdkRGBA) { color->red, color->green, color->blue, 1 },
                             &GRAPHENE_RECT_INIT ((float) place->x, (float) place->y, (float) place->width,
                                                  (float) place->height));
}

static gboolean
is_same_gutter (const WbTracesLayout *a,
                const WbTracesLayout *b)
{
  return a->n_lanes == b->n_lanes && a->plot_x == b->plot_x && a->lanes_y == b->lanes_y && a->lanes_height == b->lanes_height;
}

static gboolean
is_same_legend (const WbScene *a,
                const WbScene *b)
{
  return a->truth == b->truth && a->prediction == b->prediction && a->split == b->split;
}

/* The names and the legend stay as long as nothing but the span changes. */
static void
drop_still_parts (WbTracesImage        *self,
                  const WbTracesView   *view,
                  const WbTracesLayout *layout)
{
  gboolean same_paint = self->view.colors == view->colors && self->view.scale == view->scale
                        && self->view.as_texture == view->as_texture && self->view.zoomed == view->zoomed;
  gboolean same_size = self->layout.width == layout->width && self->layout.height == layout->height;

  if (!same_paint || !is_same_gutter (&self->layout, layout))
    g_clear_pointer (&self->names, gsk_render_node_unref);
  if (!same_paint || !same_size || self->layout.legend_y != layout->legend_y || self->layout.plot_x != layout->plot_x
      || !is_same_legend (&self->view.scene, &view->scene))
    g_clear_pointer (&self->legend, gsk_render_node_unref);
}

/* Adds a part (transfer full) (nullable). */
static void
add_part (GPtrArray     *parts,
          GskRenderNode *part)
{
  if (part != NULL)
    g_ptr_array_add (parts, part);
}

/* Adds a part that is kept (nullable). */
static void
add_kept (GPtrArray     *parts,
          GskRenderNode *part)
{
  if (part != NULL)
    g_ptr_array_add (parts, gsk_render_node_ref (part));
}

/* Whether the probability's curve will be made of less than it could be. */
static gboolean
is_ribbon_rough (const WbTracesView   *view,
                 const WbTracesLayout *layout)
{
  WbAxis axis = wb_ruler_get_axis (layout, view->start, view->end);

  return view->scene.prediction != NULL && wb_axis_is_valid (&axis)
         && !wb_ribbon_is_at_hand (&axis, view->scale, view->scene.prediction);
}

/* The parts lie side by side, so that none hides another and each is damaged alone. */
static GskRenderNode *
draw (WbTracesImage        *self,
      const WbTracesView   *view,
      const WbTracesLayout *layout)
{
  double right = layout->plot_x + layout->plot_width, bottom = layout->lanes_y + layout->lanes_height;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) gsk_render_node_unref);

  if (layout->n_lanes == 0)
    return make_ground_node (view, &(Place) { 0, 0, view->width, view->height });

  drop_still_parts (self, view, layout);
  self->rough_ribbon = is_ribbon_rough (view, layout);
  if (self->names == NULL)
    self->names = paint_band (self, &self->gutter, view, layout,
                              &(Place) { 0, layout->lanes_y, layout->plot_x, layout->lanes_height }, paint_names);
  if (self->legend == NULL)
    self->legend = paint_band (self, &self->bottom, view, layout,
                               &(Place) { 0, layout->legend_y, view->width, view->height - layout->legend_y }, paint_legend);
  add_kept (parts, self->names);
  add_part (parts, make_ground_node (view, &(Place) { right, layout->lanes_y, view->width - right, layout->lanes_height }));
  add_part (parts, show_lanes (self, view, layout));
  add_part (parts, paint_band (self, &self->ruler, view, layout, &(Place) { 0, 0, view->width, layout->lanes_y }, paint_ruler));
  add_part (parts, paint_band (self, &self->ribbons, view, layout,
                               &(Place) { 0, bottom, view->width, layout->legend_y - bottom }, paint_ribbons));
  add_kept (parts, self->legend);
  return gsk_container_node_new ((GskRenderNode **) parts->pdata, parts->len);
}

GskRenderNode *
wb_traces_image_get_node (WbTracesImage        *self,
                          const WbTracesView   *view,
                          const WbTracesLayout *layout)
{
  double began;

  if (self->node != NULL && is_same_view (&self->view, view))
    return self->node;

  began = get_thread_ms ();
  self->handing_ms = 0;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = draw (self, view, layout);
  self->view = *view;
  self->layout = *layout;
  self->costs[self->n_costs++ % N_COSTS] = (float) (get_thread_ms () - began - self->handing_ms);
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
