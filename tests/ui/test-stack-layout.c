/* test-stack-layout.c: rows, gaps and scrolling of the stack
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-layout.h"

static void
test_places (void)
{
  WbStackRow rows[] = { { .height = 40 }, { .height = 60 }, { .height = 40 } };

  g_assert_cmpint (wb_stack_layout_place (rows, 3), ==, 140 + 3 * WB_STACK_SPACING);
  g_assert_cmpint (rows[0].top, ==, 0);
  g_assert_cmpint (rows[1].top, ==, 40 + WB_STACK_SPACING);
  g_assert_cmpint (rows[2].top, ==, 100 + 2 * WB_STACK_SPACING);
  g_assert_cmpint (wb_stack_layout_place (rows, 0), ==, 0);
}

/* The input takes rows[0]; its lower half, its upper half and all above mean the first gap. */
static void
test_gaps (void)
{
  WbStackRow rows[] = { { .height = 40 }, { .height = 60 }, { .height = 40 } };

  wb_stack_layout_place (rows, 3);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, -100), ==, 0);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, 39), ==, 0);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, rows[1].top + 29.9), ==, 0);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, rows[1].top + 30), ==, 1);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, rows[2].top + 19), ==, 1);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, rows[2].top + 20), ==, 2);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 3, 1e6), ==, 2);
  g_assert_cmpuint (wb_stack_layout_gap_at (rows, 1, 1e6), ==, 0);
  g_assert_cmpuint (wb_stack_layout_gap_at (NULL, 0, 5), ==, 0);
}

/* Every gap's line lies in the gap, and a pointer on the line means that gap. */
static void
test_lines (void)
{
  WbStackRow rows[] = { { .height = 41 }, { .height = 63 }, { .height = 40 }, { .height = 52 } };

  wb_stack_layout_place (rows, 4);
  for (guint gap = 0; gap < 4; gap++)
    {
      int y = wb_stack_layout_gap_y (rows, 4, gap);

      g_assert_cmpint (y, >=, rows[gap].top + rows[gap].height);
      if (gap < 3)
        g_assert_cmpint (y, <, rows[gap + 1].top);
      g_assert_cmpuint (wb_stack_layout_gap_at (rows, 4, y), ==, gap);
    }
}

/* Links that pass the same row are side by side, short ones inside; those that only meet at a row share a lane. */
static void
test_links (void)
{
  WbStackLink links[] = { { 0, 9 }, { 1, 4 }, { 4, 7 }, { 2, 4 } };
  WbStackLink many[8];

  g_assert_cmpuint (wb_stack_layout_link (NULL, 0), ==, 0);
  g_assert_cmpuint (wb_stack_layout_link (links, G_N_ELEMENTS (links)), ==, 3);
  g_assert_cmpuint (links[0].from, ==, 2);
  g_assert_cmpuint (links[0].lane, ==, 0);
  g_assert_cmpuint (links[1].from, ==, 1);
  g_assert_cmpuint (links[1].lane, ==, 1);
  g_assert_cmpuint (links[2].from, ==, 4);
  g_assert_cmpuint (links[2].lane, ==, 0);
  g_assert_cmpuint (links[3].lane, ==, 2);

  for (guint i = 0; i < G_N_ELEMENTS (many); i++)
    many[i] = (WbStackLink) { i, 20 - i, 0 };
  g_assert_cmpuint (wb_stack_layout_link (many, G_N_ELEMENTS (many)), ==, WB_STACK_LANES);
}

static void
test_moves (void)
{
  g_assert_false (wb_stack_layout_is_move (2, 2));
  g_assert_false (wb_stack_layout_is_move (2, 3));
  g_assert_true (wb_stack_layout_is_move (2, 1));
  g_assert_true (wb_stack_layout_is_move (2, 4));
  g_assert_true (wb_stack_layout_is_move (0, 2));
}

static void
test_scrolling (void)
{
  double last = -G_MAXDOUBLE;

  g_assert_cmpfloat (wb_stack_layout_scroll_speed (200, 400), ==, 0);
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (WB_STACK_EDGE, 400), ==, 0);
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (0, 400), ==, -900);
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (-50, 400), ==, -900);
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (400, 400), ==, 900);
  for (int y = 0; y <= 400; y++)
    {
      double speed = wb_stack_layout_scroll_speed (y, 400);

      g_assert_cmpfloat (speed, >=, last);
      last = speed;
    }

  /* A page so small that its edges would meet still has a quiet middle. */
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (15, 30), ==, 0);
  g_assert_cmpfloat (wb_stack_layout_scroll_speed (5, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack-layout/places", test_places);
  g_test_add_func ("/stack-layout/gaps", test_gaps);
  g_test_add_func ("/stack-layout/lines", test_lines);
  g_test_add_func ("/stack-layout/links", test_links);
  g_test_add_func ("/stack-layout/moves", test_moves);
  g_test_add_func ("/stack-layout/scrolling", test_scrolling);
  return g_test_run ();
}
