/* test-svg.c: texts and paths as SVG elements
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-svg.h"

#include <cairo.h>

/* A surface that collects elements, with a plot of 100 × 50 at (10, 20) as its clip. */
typedef struct
{
  cairo_surface_t *surface;
  cairo_t         *cr;
  GString         *elements;
} Page;

static void
page_init (Page *page)
{
  page->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 200, 200);
  page->elements = g_string_new (NULL);
  wb_svg_collect (page->surface, page->elements);
  page->cr = cairo_create (page->surface);
  cairo_translate (page->cr, 10, 20);
  cairo_rectangle (page->cr, 0, 0, 100, 50);
  cairo_clip (page->cr);
  cairo_set_source_rgb (page->cr, 0, 0, 1);
}

static void
page_clear (Page *page)
{
  cairo_destroy (page->cr);
  cairo_surface_destroy (page->surface);
  g_string_free (page->elements, TRUE);
}

static void
test_text (void)
{
  Page page;

  page_init (&page);
  cairo_select_font_face (page.cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  cairo_set_font_size (page.cr, 11);
  g_assert_true (wb_svg_take_text (page.cr, "a<b>&\001\"é", 5, 6, 33));
  g_assert_cmpstr (page.elements->str, ==,
                   "<text xml:space=\"preserve\" font-family=\"sans-serif\" x=\"15\" y=\"26\" font-size=\"11\" textLength=\"33\" "
                   "font-weight=\"bold\" fill=\"#0000ff\">a&lt;b&gt;&amp;&quot;é</text>\n");
  page_clear (&page);
}

static void
test_area (void)
{
  Page page;

  g_test_summary ("Sixteenths from the clip's corner; level lines are one; a point that no line goes from is not there.");
  page_init (&page);
  cairo_set_line_width (page.cr, .5);
  cairo_move_to (page.cr, 1, 2);
  cairo_line_to (page.cr, 2, 2);
  cairo_line_to (page.cr, 3, 2);
  cairo_line_to (page.cr, 3.5, 1.75);
  cairo_close_path (page.cr);
  g_assert_true (wb_svg_take_path (page.cr, TRUE));
  g_assert_cmpstr (page.elements->str, ==,
                   "<svg x=\"10\" y=\"20\" width=\"100\" height=\"50\" viewBox=\"0 0 1600 800\"><path fill=\"#0000ff\" "
                   "stroke=\"#0000ff\" stroke-width=\"8\" d=\"M16 32l32 0 8-4z\"/></svg>\n");
  g_assert_false (cairo_has_current_point (page.cr));
  page_clear (&page);
}

static void
test_line (void)
{
  Page page;

  page_init (&page);
  cairo_set_line_width (page.cr, 1);
  cairo_move_to (page.cr, 0, 10);
  cairo_line_to (page.cr, 2, 10);
  cairo_line_to (page.cr, 1, 10);
  cairo_move_to (page.cr, 5, 5);
  cairo_move_to (page.cr, 3, 3);
  cairo_line_to (page.cr, 3.01, 3.01);
  cairo_line_to (page.cr, 4, 4);
  g_assert_true (wb_svg_take_path (page.cr, FALSE));
  g_assert_nonnull (g_strstr_len (page.elements->str, -1, "<path fill=\"none\" stroke=\"#0000ff\""));
  g_assert_nonnull (g_strstr_len (page.elements->str, -1, " d=\"M0 160l32 0-16 0M48 48l16 16\"/>"));
  page_clear (&page);
}

static void
test_rounding_does_not_add_up (void)
{
  Page page;
  const char *path;
  gint64 x = 0;

  page_init (&page);
  cairo_move_to (page.cr, 0, 0);
  for (int i = 1; i <= 300; i++)
    cairo_line_to (page.cr, i / 3., i % 2);
  g_assert_true (wb_svg_take_path (page.cr, FALSE));
  path = g_strstr_len (page.elements->str, -1, "M0 0l") + 5;
  for (int i = 0; i < 300; i++)
    {
      char *rest;

      x += g_ascii_strtoll (path, &rest, 10);
      (void) g_ascii_strtoll (rest, &rest, 10);
      path = rest;
      g_assert_cmpint (ABS (3 * x - 16 * (i + 1)), <=, 2);
    }
  page_clear (&page);
}

static void
test_not_collected (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 20, 20);
  cairo_t *cr = cairo_create (surface);

  cairo_move_to (cr, 0, 0);
  cairo_line_to (cr, 9, 9);
  g_assert_false (wb_svg_take_text (cr, "a", 0, 0, 5));
  g_assert_false (wb_svg_take_path (cr, FALSE));
  g_assert_true (cairo_has_current_point (cr));
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/text", test_text);
  g_test_add_func ("/svg/area", test_area);
  g_test_add_func ("/svg/line", test_line);
  g_test_add_func ("/svg/rounding", test_rounding_does_not_add_up);
  g_test_add_func ("/svg/not-collected", test_not_collected);
  return g_test_run ();
}
