/* test-lanes-paint.c: traces in pixels: spikes at every zoom, nothing apart, against brute force
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-scene.h"
#include "wb-lanes-paint.h"
#include "wb-trace-list.h"
#include "wb-traces-paint.h"

#include <math.h>

#define N_CHANNELS 16
#define N_STEPS    200000
#define WIDTH      500
#define HEIGHT     320
#define LANE       (HEIGHT / N_CHANNELS)

typedef struct
{
  guint32 pixels[HEIGHT * WIDTH];
} Picture;

static void
paint (const TScene *scene,
       double        start,
       double        end,
       Picture      *picture)
{
  wb_traces_paint_lanes (&scene->scene, start, end, wb_colors_get (FALSE), 1, picture->pixels, WIDTH, HEIGHT,
                         WIDTH * 4);
}

/* The first and last covered row of a column of a lane; FALSE: none. */
static gboolean
find_extent (const Picture *picture,
             guint          lane,
             int            x,
             int           *first,
             int           *last)
{
  *first = *last = -1;
  for (int y = (int) lane * LANE; y < (int) (lane + 1) * LANE; y++)
    if (picture->pixels[y * WIDTH + x] >> 24 > 100)
      {
        if (*first < 0)
          *first = y;
        *last = y;
      }
  return *first >= 0;
}

static void
test_spikes (void)
{
  g_auto (TScene) scene = { 0 };
  g_autofree Picture *picture = g_new (Picture, 1);

  g_test_summary (
      "One step that sticks out is seen at every zoom, in its column or the next, at the lane's upper edge.");
  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  for (double show = 20; show < 4 * N_STEPS; show *= 1.7)
    for (guint c = 0; c < N_CHANNELS; c++)
      {
        gint64 spike = t_scene_spike (N_STEPS, c);
        double start = MAX (0, spike - show * .37), x = (spike - start) / show * WIDTH;
        gboolean seen = FALSE;

        paint (&scene, start, start + show, picture);
        for (int column = MAX (0, (int) x - 1); column <= MIN (WIDTH - 1, (int) x + 1); column++)
          {
            int first, last;

            seen |= find_extent (picture, c, column, &first, &last) && first <= (int) c * LANE + 1;
          }
        g_assert_true (seen);
      }
}

/* Every column's run touches the run beside it. */
static void
test_joined (void)
{
  g_auto (TScene) scene = { 0 };
  g_autofree Picture *picture = g_new (Picture, 1);

  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  for (double show = 9; show < N_STEPS; show *= 1.9)
    {
      paint (&scene, 5000.3, 5000.3 + show, picture);
      for (guint c = 0; c < N_CHANNELS; c++)
        for (int x = 1; x < WIDTH; x++)
          {
            int first, last, before_first, before_last;

            g_assert_true (find_extent (picture, c, x, &first, &last));
            g_assert_true (find_extent (picture, c, x - 1, &before_first, &before_last));
            g_assert_cmpint (first, <=, before_last + 1);
            g_assert_cmpint (last, >=, before_first - 1);
          }
    }
}

static void
test_brute_force (void)
{
  const double start = 12345, show = 75000;
  g_auto (TScene) scene = { 0 };
  g_autofree Picture *picture = g_new (Picture, 1);

  g_test_summary ("The covered rows of a column are those of the extremes of its steps, found one by one, to a "
                  "quarter of a column.");
  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  paint (&scene, start, start + show, picture);
  for (guint c = 0; c < N_CHANNELS; c++)
    {
      const float *samples = sig_recording_peek_channel (scene.recording, c);
      float low, high;

      sig_pyramid_get_range (scene.scene.pyramid, c, &low, &high);
      for (int x = 0; x < WIDTH; x++)
        {
          double width = show / WIDTH, greatest = -INFINITY, least_greatest = -INFINITY;
          int first, last;

          for (gint64 i = (gint64) (start + width * (x - .25)); i <= (gint64) (start + width * (x + 1.25)); i++)
            {
              greatest = MAX (greatest, samples[i]);
              if (i >= start + width * (x + .25) && i <= start + width * (x + .75))
                least_greatest = MAX (least_greatest, samples[i]);
            }
          g_assert_true (find_extent (picture, c, x, &first, &last));

          /* Row of a value, as the header says it: low at the bottom, high at the top, here with 6 % of padding. */
          #define ROW(value) ((c + 1) * LANE - LANE * (.06 + .88 * (CLAMP (value, low, high) - low) / (high - low)))
          g_assert_cmpfloat (first, >=, floor (ROW (greatest) - 1.7));
          g_assert_cmpfloat (first, <=, ROW (least_greatest) + 1);
          #undef ROW
        }
    }
}

static void
test_stays_in_lane (void)
{
  guint32 pixels[40 * 64];
  const SigColumn columns[8]
      = { { -1e30f, 1e30f }, { 3, 3 }, { -9, -9 }, { 9, 9 }, { NAN, NAN }, { 1, 0 }, { .2f, .8f }, { .5f, .5f } };
  const WbColor color = { 1, 1, 1, 1 };
  WbLanePen pen;

  memset (pixels, 0, sizeof pixels);
  wb_lane_pen_init (&pen, 20, 40, 0, 1, 1.2, &color);
  wb_lane_pen_draw (&pen, &(WbPixels) { pixels, 8, 64, 40 }, &(WbLaneCurve) { .columns = columns });
  for (int y = 0; y < 64; y++)
    for (int x = 0; x < 40; x++)
      if (y < 20 || y >= 40 || x >= 8 || x == 4 || x == 5)
        g_assert_cmphex (pixels[y * 40 + x], ==, 0);

  /* What lies outside the range is drawn at the edge. */
  g_assert_cmphex (pixels[20 * 40 + 3], !=, 0);
  g_assert_cmphex (pixels[39 * 40 + 2], !=, 0);
}

/* A flat line of width w covers w rows' worth of alpha, wherever between two rows it lies. */
static void
test_weight (void)
{
  const WbColor color = { 1, 1, 1, 1 };

  for (float value = .3f; value < .7f; value += .013f)
    {
      guint32 pixels[4 * 50] = { 0 };
      const SigColumn columns[4] = { { value, value }, { value, value }, { value, value }, { value, value } };
      guint sum = 0;
      WbLanePen pen;

      wb_lane_pen_init (&pen, 0, 50, 0, 1, 1.5, &color);
      wb_lane_pen_draw (&pen, &(WbPixels) { pixels, 4, 50, 4 }, &(WbLaneCurve) { .columns = columns });
      for (int y = 0; y < 50; y++)
        sum += pixels[y * 4 + 2] >> 24;
      g_assert_cmpfloat_with_epsilon (sum / 255., 1.5, .02);
    }
}

/* Runs, gaps and lone columns, in any place. */
static SigColumn *
make_columns (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SigColumn *columns = g_new (SigColumn, n);

  for (guint i = 0; i < n; i++)
    {
      double a = g_rand_double_range (rand, -.2, 1.2), b = g_rand_double (rand) < .4 ? a : g_rand_double_range (rand, -.2, 1.2);

      columns[i] = (SigColumn) { (float) MIN (a, b), (float) MAX (a, b) };
      if (g_rand_double (rand) < .1)
        columns[i] = (SigColumn) { 1, 0 };
    }
  return columns;
}

static void
assert_near (const guint32 *pixels,
             const guint32 *others,
             guint          n)
{
  for (guint i = 0; i < n; i++)
    for (int shift = 0; shift < 32; shift += 8)
      g_assert_cmpint (ABS ((int) (pixels[i] >> shift & 255) - (int) (others[i] >> shift & 255)), <=, 2);
}

static void
test_ground (void)
{
  enum { MOST = 700, ROWS = 40, PERIOD = 3 };
  const int widths[] = { 1, 7, 8, 255, 256, 257, MOST };
  const WbColor colors[] = { { .1f, .9f, .4f, 1 }, { .8f, .2f, .5f, .3f } };

  g_test_summary ("A curve drawn with its ground, row by row, is the one drawn over it column by column; and so are areas.");
  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint c = 0; c < G_N_ELEMENTS (colors); c++)
      {
        int width = widths[w];
        g_autofree SigColumn *columns = make_columns ((guint) width + 1);
        g_autofree guint8 *apart = g_new (guint8, width);
        g_autofree guint32 *ground = g_new (guint32, PERIOD * width);
        g_autofree guint32 *once = g_new (guint32, ROWS * width), *twice = g_new (guint32, ROWS * width);
        WbPixels rows = { ground, width, PERIOD, width }, target = { once, width, ROWS, width };
        WbPixels column = { NULL, 1, ROWS, width };
        WbLanePen pen;

        for (int i = 0; i < width; i++)
          apart[i] = i % 11 == 5;
        for (int i = 0; i < PERIOD * width; i++)
          ground[i] = 0xff000000 | (guint32) i * 2654435761u >> 8;
        for (int i = 0; i < ROWS * width; i++)
          once[i] = twice[i] = ground[i / width % PERIOD * width + i % width];
        wb_lane_pen_init (&pen, 5, ROWS - 3, 0, 1, 1.3, &colors[c]);
        for (int x = 0; x < width; x++)
          {
            column.pixels = twice + x;
            wb_lane_pen_draw (&pen, &column, &(WbLaneCurve) { &columns[x + 1], &columns[x], &apart[x] });
          }
        wb_lane_pen_draw_on (&pen, &target, &rows, &(WbLaneCurve) { columns + 1, columns, apart });
        assert_near (once, twice, (guint) (ROWS * width));
        for (int x = 0; x < width; x++)
          {
            column.pixels = twice + x;
            wb_lane_pen_fill (&pen, &column, &columns[x + 1]);
          }
        wb_lane_pen_fill (&pen, &target, columns + 1);
        assert_near (once, twice, (guint) (ROWS * width));
      }
}

/* A curve on a ground in a picture so tall that it is written past the cache, and in a low one whose rows lie anywhere. */
static void
test_streamed (void)
{
  enum { WIDTH_MOST = 1000, ROWS = 40, TALL = 600, STRIDE = 1024, OTHER = 1021, PERIOD = 8 };
  const WbColor colors[] = { { .1f, .9f, .4f, 1 }, { .8f, .2f, .5f, .3f } };
  g_autofree SigColumn *columns = make_columns (WIDTH_MOST + 1);
  g_autofree guint32 *ground = g_new (guint32, PERIOD * WIDTH_MOST), *low = g_new (guint32, ROWS * OTHER);
  guint32 *tall = g_aligned_alloc (TALL * STRIDE, sizeof *tall, 64);

  g_test_summary ("Every pixel is the same, however its row lies in memory and whichever way it is written.");
  for (int i = 0; i < PERIOD * WIDTH_MOST; i++)
    ground[i] = 0xff000000 | (guint32) i * 2654435761u >> 8;
  for (int lead = 0; lead < 20; lead += 3)
    for (guint c = 0; c < G_N_ELEMENTS (colors); c++)
      {
        int width = WIDTH_MOST - lead * 7;
        WbPixels rows = { ground, width, PERIOD, WIDTH_MOST };
        WbPixels once = { tall + lead, width, TALL, STRIDE }, again = { low, width, ROWS, OTHER };
        WbLaneCurve curve = { columns + 1, columns, NULL };
        WbLanePen pen;

        memset (tall, 0, TALL * STRIDE * sizeof *tall);
        wb_lane_pen_init (&pen, 5, ROWS - 3, 0, 1, 1.3, &colors[c]);
        wb_lane_pen_draw_on (&pen, &once, &rows, &curve);
        wb_lane_pen_draw_on (&pen, &again, &rows, &curve);
        for (int y = 5; y < ROWS - 3; y++)
          g_assert_cmpmem (once.pixels + y * STRIDE, width * sizeof *low, low + y * OTHER, width * sizeof *low);
        for (int y = 0; y < ROWS; y++)
          g_assert_cmphex (once.pixels[y * STRIDE + width], ==, 0);
      }
  g_aligned_free (tall);
}

/* Any number of channels, and sizes that leave them less than a pixel, within the buffer. */
static void
test_sizes (void)
{
  const guint channels[] = { 1, 2, 33, 200, 1024 };
  const int sizes[][2] = { { 1, 1 }, { 3, 700 }, { 700, 3 }, { 320, 240 }, { 0, 10 } };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_auto (TScene) scene = { 0 };

      t_scene_init (&scene, channels[i], 2000, 0);
      for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
        {
          int width = sizes[k][0], height = sizes[k][1], stride = width + 4;
          g_autofree guint32 *pixels = g_new (guint32, (height + 1) * stride);

          memset (pixels, 0xab, (height + 1) * stride * 4);
          wb_traces_paint_lanes (&scene.scene, 10, 1500, wb_colors_get (TRUE), 1, pixels, width, height, stride * 4);
          for (int y = 0; y <= height; y++)
            for (int x = y < height ? width : 0; x < stride; x++)
              g_assert_cmphex (pixels[y * stride + x], ==, 0xabababab);
        }
    }
}

/* Twice the scale: the same picture, finer. */
static void
test_scale (void)
{
  g_auto (TScene) scene = { 0 };
  g_autofree Picture *once = g_new (Picture, 1);
  g_autofree guint32 *twice = g_new (guint32, 4 * WIDTH * HEIGHT);
  double sum_once = 0, sum_twice = 0;

  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  paint (&scene, 1000, 31000, once);
  wb_traces_paint_lanes (&scene.scene, 1000, 31000, wb_colors_get (FALSE), 2, twice, 2 * WIDTH, 2 * HEIGHT,
                         8 * WIDTH);
  for (int i = 0; i < WIDTH * HEIGHT; i++)
    sum_once += once->pixels[i] >> 24;
  for (int i = 0; i < 4 * WIDTH * HEIGHT; i++)
    sum_twice += twice[i] >> 24;
  g_assert_cmpfloat_with_epsilon (sum_twice / sum_once / 4, 1, .1);
}

/* What NumPy would say: the extremes of samples [from, to), whole steps that lie in the recording. */
static gboolean
find_extremes (const float *samples,
               double       from,
               double       to,
               float       *low,
               float       *high)
{
  gint64 first = (gint64) MAX (ceil (from), 0), last = (gint64) MIN (ceil (to), N_STEPS);

  *low = INFINITY;
  *high = -INFINITY;
  for (gint64 i = first; i < last; i++)
    {
      *low = fminf (*low, samples[i]);
      *high = fmaxf (*high, samples[i]);
    }
  return first < last;
}

/* A view in which every sample lies within its lane. */
static WbLaneView *
make_roomy_view (guint n_channels)
{
  g_autoptr (WbLaneView) view = wb_lane_view_new (n_channels);

  return wb_lane_view_with_gain (view, -1, 1. / 45);
}

static void
check_span (const TScene *scene,
            double        start,
            double        show,
            Picture      *picture)
{
  double width = show / WIDTH, slack = width >= 3 ? width / 4 + 1 : 1;
  g_auto (WbTraceList) list = { 0 };

  paint (scene, start, start + show, picture);
  wb_trace_list_init (&list, &scene->scene);
  for (guint c = 0; c < N_CHANNELS; c++)
    {
      const float *samples = sig_recording_peek_channel (scene->recording, c);
      double slope = wb_lane_get_slope (LANE, list.traces[c].low, list.traces[c].high);
      double middle = (c + .5) * LANE, zero = middle + ((double) list.traces[c].low + list.traces[c].high) / 2 * slope;

      for (int x = 0; x < WIDTH; x++)
        {
          double from = start + x * width, to = from + width;
          float low, high;
          int first, last;
          gboolean drawn = find_extent (picture, c, x, &first, &last);

          /* What surely lies in the column is covered. */
          if (width > 2 * slack && find_extremes (samples, from + slack, to - slack, &low, &high))
            {
              g_assert_true (drawn);
              g_assert_cmpfloat (first, <=, zero - high * slope + .5);
              g_assert_cmpfloat (last, >=, zero - low * slope - 1.5);
            }
          /* Nothing is covered that neither it nor its neighbours can hold; a dot reaches 1.5 pixels. */
          if (drawn && find_extremes (samples, from - width - slack - 1, to + width + slack + 1, &low, &high))
            {
              g_assert_cmpfloat (first, >=, zero - high * slope - 2.5);
              g_assert_cmpfloat (last, <=, zero - low * slope + 2.5);
            }
        }
    }
}

static void
test_random_spans (void)
{
  g_auto (TScene) scene = { 0 };
  g_autofree Picture *picture = g_new (Picture, 1);
  g_autoptr (WbLaneView) view = make_roomy_view (N_CHANNELS);
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  t_scene_init (&scene, N_CHANNELS, N_STEPS, 0);
  scene.scene.view = view;
  for (int i = 0; i < 60; i++)
    {
      double show = exp (g_rand_double_range (rand, log (10), log (N_STEPS)));

      check_span (&scene, g_rand_double_range (rand, 0, N_STEPS - show), show, picture);
    }
  scene.scene.view = NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lanes-paint/spikes", test_spikes);
  g_test_add_func ("/lanes-paint/joined", test_joined);
  g_test_add_func ("/lanes-paint/brute-force", test_brute_force);
  g_test_add_func ("/lanes-paint/random-spans", test_random_spans);
  g_test_add_func ("/lanes-paint/stays-in-lane", test_stays_in_lane);
  g_test_add_func ("/lanes-paint/weight", test_weight);
  g_test_add_func ("/lanes-paint/ground", test_ground);
  g_test_add_func ("/lanes-paint/streamed", test_streamed);
  g_test_add_func ("/lanes-paint/sizes", test_sizes);
  g_test_add_func ("/lanes-paint/scale", test_scale);
  return g_test_run ();
}
