/* test-lanes-belt.c: lanes that were kept while the view moved are those of a fresh picture, pixel by pixel
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-lanes-belt.h"

#include <math.h>
#include <string.h>

#define N_CHANNELS 16
#define N_STEPS    200000
#define WIDTH      640
#define HEIGHT     400

static cairo_surface_t *
show (WbBelt       *belt,
      const TScene *scene,
      double        start,
      double        end,
      int           scale)
{
  WbTracesLayout layout;
  WbGrid grid;

  wb_traces_layout (&scene->scene, WIDTH, HEIGHT, &layout);
  wb_traces_snap (&layout, N_STEPS, &start, &end, &grid);
  return wb_belt_show (belt, &(WbBeltView) { &scene->scene, &layout, grid, wb_colors_get (FALSE), scale },
                       CAIRO_FORMAT_ARGB32);
}

/* Freed and given back, so that what was never painted is not by chance what was there before. */
static void
dirty_memory (void)
{
  gsize size = 2 * WIDTH * 2 * HEIGHT * 4;
  g_autofree guint8 *bytes = g_malloc (size);

  memset (bytes, 0x5a, size);
}

static void
assert_same (cairo_surface_t *kept,
             cairo_surface_t *fresh)
{
  int width = cairo_image_surface_get_width (kept), height = cairo_image_surface_get_height (kept);

  g_assert_cmpint (width, ==, cairo_image_surface_get_width (fresh));
  g_assert_cmpint (height, ==, cairo_image_surface_get_height (fresh));
  for (int y = 0; y < height; y++)
    g_assert_cmpmem (cairo_image_surface_get_data (kept) + y * cairo_image_surface_get_stride (kept), width * 4,
                     cairo_image_surface_get_data (fresh) + y * cairo_image_surface_get_stride (fresh), width * 4);
}

/* A pan of any length and zoom, to and fro, with every picture held until two more were shown. */
static void
check_moves (const TScene *scene,
             double        show_steps,
             int           scale)
{
  const double moves[] = { 0, .011, .013, .2, .2, .2, -.003, -.5, -.21, 1.7, .00001, -.9, .04, .04, .04, -3, 1e9, -.05, -1e9 };
  g_autoptr (WbBelt) belt = wb_belt_new ();
  cairo_surface_t *held[3] = { NULL };
  double start = fmax (0, N_STEPS * .41 - show_steps);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      g_autoptr (WbBelt) other = wb_belt_new ();
      cairo_surface_t *fresh;

      start = CLAMP (start + moves[i] * show_steps, 0, fmax (0, N_STEPS - show_steps));
      g_clear_pointer (&held[i % 3], cairo_surface_destroy);
      held[i % 3] = show (belt, scene, start, start + show_steps, scale);
      dirty_memory ();
      fresh = show (other, scene, start, start + show_steps, scale);
      assert_same (held[i % 3], fresh);
      cairo_surface_destroy (fresh);
    }
  for (guint i = 0; i < G_N_ELEMENTS (held); i++)
    cairo_surface_destroy (held[i]);
}

static void
test_moves (void)
{
  g_auto (TScene) scene = { 0 };

  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  for (double show_steps = 12; show_steps < 1.2 * N_STEPS; show_steps *= 2.3)
    for (int scale = 1; scale <= 2; scale++)
      check_moves (&scene, show_steps, scale);
}

/* Windows with borders, and steps and ticks that fall on the borders of pixels. */
static void
test_round (void)
{
  g_auto (TScene) scene = { 0 };
  WbTracesLayout layout;

  t_scene_init (&scene, 3, N_STEPS, 400);
  wb_traces_layout (&scene.scene, WIDTH, HEIGHT, &layout);
  for (double width = .0625; width < 300; width *= 2)
    check_moves (&scene, width * layout.plot_width, 1);
}

/* A picture stays as it is, whatever the belt shows afterwards. */
static void
test_held (void)
{
  g_auto (TScene) scene = { 0 };
  g_autoptr (WbBelt) belt = wb_belt_new ();
  cairo_surface_t *first, *copy;

  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  first = show (belt, &scene, 5000, 9000, 1);
  copy = show (belt, &scene, 5000, 9000, 1);
  assert_same (first, copy);
  cairo_surface_destroy (copy);
  for (int i = 1; i < 40; i++)
    cairo_surface_destroy (show (belt, &scene, 5000 + i * 150, 9000 + i * (i % 9 == 0 ? 190 : 150), 1));
  wb_belt_forget (belt);
  copy = show (belt, &scene, 5000, 9000, 1);
  assert_same (first, copy);
  g_clear_pointer (&belt, wb_belt_free);
  assert_same (first, copy);
  cairo_surface_destroy (copy);
  cairo_surface_destroy (first);
}

/* Less than a pixel off, the whole span within, the recording's ends in sight, and the same columns for spans that
 * differ by rounding. */
static void
test_snap (void)
{
  const double n_steps = 1e7;
  WbTracesLayout layout = { .plot_width = 1480 };

  for (double span = 8; span < 2 * n_steps; span *= 1.37)
    for (double at = 0; at <= 1; at += .0625)
      {
        double start = at * fmax (0, n_steps - span), end = start + span, other_start, other_end;
        double from = start, to = end;
        WbGrid grid, other;

        wb_traces_snap (&layout, n_steps, &from, &to, &grid);
        g_assert_cmpfloat (fabs (from - start), <=, grid.width);
        g_assert_cmpfloat (fabs (to - end), <=, grid.width * 1.001);
        g_assert_cmpfloat (from, ==, (double) grid.first * grid.width);
        if (at == 0)
          g_assert_cmpfloat (from, ==, 0);
        if (end >= n_steps)
          g_assert_cmpfloat (to, >=, n_steps - grid.width / 1024);

        other_start = start + 7 * grid.width;
        other_end = end + 7 * grid.width;
        wb_traces_snap (&layout, 2 * n_steps, &other_start, &other_end, &other);
        g_assert_cmpfloat (other.width, ==, grid.width);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lanes-belt/moves", test_moves);
  g_test_add_func ("/lanes-belt/round", test_round);
  g_test_add_func ("/lanes-belt/held", test_held);
  g_test_add_func ("/lanes-belt/snap", test_snap);
  return g_test_run ();
}
