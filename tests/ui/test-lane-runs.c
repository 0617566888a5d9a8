/* test-lane-runs.c: the rows of columns, found by vectors, against the formula one by one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-lane-private.h"

#define N (3 * WB_LANE_CHUNK + 5)

/* Noise with empty columns, flat ones, and some far beyond the lane. */
static void
make_columns (SigColumn *columns,
              guint8    *apart,
              guint32    seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (int i = 0; i < N; i++)
    {
      float a = (float) g_rand_double_range (rand, -1.4, 1.4), b = (float) g_rand_double_range (rand, -1.4, 1.4);
      int what = g_rand_int_range (rand, 0, 12);

      columns[i] = what == 0   ? (SigColumn) { INFINITY, -INFINITY }
                   : what == 1 ? (SigColumn) { a, a }
                   : what == 2 ? (SigColumn) { -3e8f, a }
                               : (SigColumn) { MIN (a, b), MAX (a, b) };
      apart[i] = g_rand_int_range (rand, 0, 9) == 0;
    }
}

static double
get_top (const WbLanePen *pen,
         const SigColumn *column)
{
  return wb_lane_map_value (pen, column->max);
}

static double
get_bottom (const WbLanePen *pen,
            const SigColumn *column)
{
  return wb_lane_map_value (pen, column->min);
}

static void
check_run (const WbLanePen   *pen,
           const WbLaneCurve *curve,
           int                x,
           gint32             from,
           gint32             to)
{
  const SigColumn *column = &curve->columns[x], *before = x > 0 ? column - 1 : curve->before;
  double top, bottom, half = pen->line_width / 2;

  if (column->min > column->max)
    {
      g_assert_cmpint (from, ==, 0);
      g_assert_cmpint (to, ==, 0);
      return;
    }
  top = get_top (pen, column);
  bottom = get_bottom (pen, column);
  if (before != NULL && before->min <= before->max && (curve->apart == NULL || !curve->apart[x]))
    {
      top = MIN (top, get_bottom (pen, before));
      bottom = MAX (bottom, get_top (pen, before));
    }
  half = CLAMP (half * sqrt (1 + (bottom - top) * (bottom - top)) - (bottom - top) / 2, 0, half);
  g_assert_cmpint (from, ==, (gint32) (CLAMP (top - half, pen->top, pen->bottom) * 256));
  g_assert_cmpint (to, ==, (gint32) (CLAMP (bottom + half, pen->top, pen->bottom) * 256));
}

static void
test_runs (void)
{
  const WbColor color = { .2f, .4f, .6f, 1 };
  const SigColumn before = { -.5f, .25f };
  SigColumn columns[N];
  guint8 apart[N];

  for (int round = 0; round < 40; round++)
    {
      WbLaneCurve curve = { columns, round % 2 ? &before : NULL, round % 4 < 2 ? apart : NULL };
      WbLanePen pen;
      WbLaneRuns runs;
      int n;

      make_columns (columns, apart, 100 + round);
      wb_lane_pen_init (&pen, 10 * round, 10 * round + 3 + 5 * round, -1, 1, 1.2 * (1 + round % 3), &color);
      for (int x = 0; x < N; x += n)
        {
          n = MIN (WB_LANE_CHUNK - round % 9, N - x);
          wb_lane_find_runs (&pen, &curve, x, n, &runs);
          for (int i = 0; i < n; i++)
            check_run (&pen, &curve, x + i, runs.from[i], runs.to[i]);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lane-runs/runs", test_runs);
  return g_test_run ();
}
