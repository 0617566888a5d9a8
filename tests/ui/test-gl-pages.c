/* test-gl-pages.c: what OpenGL shows of a page are the page's own pixels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "t-view.h"
#include "wb-gl-pages.h"
#include "wb-traces.h"

#define WIDTH  301
#define HEIGHT 57

static void
test_software (void)
{
  g_assert_true (wb_gl_pages_is_software ("llvmpipe (LLVM 15.0.6, 256 bits)"));
  g_assert_true (wb_gl_pages_is_software ("softpipe"));
  g_assert_true (wb_gl_pages_is_software ("Software Rasterizer"));
  g_assert_false (wb_gl_pages_is_software ("Mesa Intel(R) UHD Graphics 620 (KBL GT2)"));
  g_assert_false (wb_gl_pages_is_software ("NVIDIA GeForce RTX 3060/PCIe/SSE2"));
  g_assert_false (wb_gl_pages_is_software (""));
}

static GskRenderer *
get_renderer (GtkWidget *window)
{
  return gtk_native_get_renderer (GTK_NATIVE (window));
}

/* The pages of a window, or NULL where the test cannot be. */
static WbGlPages *
make_pages (GtkWidget *window)
{
  WbGlPages *pages = wb_gl_pages_new (get_renderer (window));

  if (pages == NULL)
    g_test_skip ("GTK is newer, OpenGL does not run on the processor here, or there is none.");
  return pages;
}

/* Pixels that are all different from their neighbours, and opaque. */
static cairo_surface_t *
make_page (int     width,
           int     height,
           guint32 seed)
{
  cairo_surface_t *page = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  guint32 *pixels = (guint32 *) (gpointer) cairo_image_surface_get_data (page);
  int stride = cairo_image_surface_get_stride (page) / 4;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      pixels[y * stride + x] = 0xff000000 | ((guint32) (y * width + x + 1) * seed & 0xffffff);
  cairo_surface_mark_dirty (page);
  return page;
}

static void
assert_shows (GdkTexture      *texture,
              cairo_surface_t *page)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);
  gsize stride = (gsize) cairo_image_surface_get_stride (page);
  g_autofree guchar *pixels = g_malloc (stride * (gsize) height);

  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, height);
  gdk_texture_download (texture, pixels, stride);
  g_assert_cmpmem (pixels, stride * (gsize) height, cairo_image_surface_get_data (page), stride * (gsize) height);
}

/* Of one size and of another, while older ones are shown and after they are not. */
static void
test_pixels (void)
{
  GtkWidget *child = gtk_drawing_area_new (), *window = t_ui_show (child, 200, 100);
  g_autoptr (WbGlPages) pages = make_pages (window);
  g_autoptr (cairo_surface_t) first = make_page (WIDTH, HEIGHT, 2654435761u), second = make_page (WIDTH, HEIGHT, 40503),
                              wide = make_page (3 * WIDTH, HEIGHT, 40503);

  for (int i = 0; pages != NULL && i < 20; i++)
    {
      g_autoptr (GdkTexture) a = wb_gl_pages_make_texture (pages, first);
      g_autoptr (GdkTexture) b = wb_gl_pages_make_texture (pages, second);
      g_autoptr (GdkTexture) c = wb_gl_pages_make_texture (pages, i % 2 == 0 ? wide : first);

      assert_shows (a, first);
      assert_shows (b, second);
      assert_shows (c, i % 2 == 0 ? wide : first);
    }
  t_ui_close (window, child);
}

static void
test_outlives (void)
{
  GtkWidget *child = gtk_drawing_area_new (), *window = t_ui_show (child, 200, 100);
  WbGlPages *pages = make_pages (window);
  g_autoptr (cairo_surface_t) page = make_page (WIDTH, HEIGHT, 2654435761u);

  if (pages != NULL)
    {
      g_autoptr (GdkTexture) texture = wb_gl_pages_make_texture (pages, page);

      wb_gl_pages_free (pages);
      assert_shows (texture, page);
    }
  t_ui_close (window, child);
}

/* What `renderer` makes of the node, as ARGB32. */
static cairo_surface_t *
render (GskRenderer   *renderer,
        GskRenderNode *node,
        int            width,
        int            height)
{
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  gdk_texture_download (texture, cairo_image_surface_get_data (image), (gsize) cairo_image_surface_get_stride (image));
  cairo_surface_mark_dirty (image);
  return image;
}

/* The traces in a window of OpenGL's: what it shows of them is what cairo shows of the same nodes. */
static void
test_traces (void)
{
  g_auto (TScene) scene = { { 0 } };
  WbViewSpan *span = wb_view_span_new ();
  GtkWidget *traces = wb_traces_new (span), *window;

  t_scene_init (&scene, 16, 20000, 0);
  wb_view_span_set_whole (span, 20000, 250, 2000);
  wb_traces_set_scene (WB_TRACES (traces), &scene.scene);
  window = t_ui_show (traces, 900, 600);
  if (GSK_IS_CAIRO_RENDERER (get_renderer (window)))
    g_test_skip ("There is no OpenGL here.");
  for (int i = 0; !GSK_IS_CAIRO_RENDERER (get_renderer (window)) && i < 3; i++)
    {
      int width = gtk_widget_get_width (traces), height = gtk_widget_get_height (traces);
      g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (traces);
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      g_autoptr (GskRenderer) cairo = gsk_cairo_renderer_new ();
      g_autoptr (cairo_surface_t) shown = NULL, expected = NULL;
      g_autoptr (GskRenderNode) node = NULL;

      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      g_assert_true (gsk_renderer_realize (cairo, gtk_native_get_surface (GTK_NATIVE (window)), NULL));
      shown = render (get_renderer (window), node, width, height);
      expected = render (cairo, node, width, height);
      g_assert_cmpuint (t_image_count (shown, t_image_get_pixel (shown, width - 1, 0), 0, 0, width, height), >, 5000);
      g_assert_cmpmem (cairo_image_surface_get_data (shown), (gsize) cairo_image_surface_get_stride (shown) * (gsize) height,
                       cairo_image_surface_get_data (expected),
                       (gsize) cairo_image_surface_get_stride (expected) * (gsize) height);
      gsk_renderer_unrealize (cairo);
      wb_view_span_zoom (span, .7, 5000);
      t_view_wait_for_frame (window);
    }
  t_ui_close (window, traces);
  g_assert_finalize_object (span);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GSK_RENDERER", gtk_get_minor_version () < WB_GTK_MINOR_NEAREST ? "gl" : "ngl", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gl-pages/software", test_software);
  g_test_add_func ("/gl-pages/pixels", test_pixels);
  g_test_add_func ("/gl-pages/outlives", test_outlives);
  g_test_add_func ("/gl-pages/traces", test_traces);
  return t_ui_run ();
}
