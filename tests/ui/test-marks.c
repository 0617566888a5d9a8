/* test-marks.c: cursor and selection, as a table of what is done to them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-marks.h"

#include "t-ui.h"

typedef enum { CURSOR, SELECT, EXTEND, CLEAR, WHOLE } Deed;

typedef struct
{
  Deed   deed;
  gint64 x, y;
  gint64 start, end, cursor; /* afterwards */
  guint  n;                  /* signals in all */
} Line;

static const Line lines[] = {
  { CLEAR, 0, 0, -1, -1, -1, 0 },
  { EXTEND, 40, 0, 40, 40, 40, 1 },
  { CURSOR, 10, 0, 10, 10, 10, 2 },
  { CURSOR, 10, 0, 10, 10, 10, 2 },
  { EXTEND, 25, 0, 10, 25, 25, 3 },
  { EXTEND, 5, 0, 5, 10, 5, 4 },
  { SELECT, 50, 30, 30, 50, 30, 5 },
  { EXTEND, 60, 0, 50, 60, 60, 6 },
  { CLEAR, 0, 0, 60, 60, 60, 7 },
  { SELECT, -20, 300, 0, 100, 100, 8 },
  { CURSOR, 200, 0, 100, 100, 100, 9 },
  { CURSOR, -1, 0, -1, -1, -1, 10 },
  { SELECT, 7, 7, 7, 7, 7, 11 },
  { WHOLE, 50, 0, -1, -1, -1, 12 },
  { SELECT, 0, 90, 0, 50, 50, 13 },
};

static void
count_cb (WbMarks *marks,
          guint   *n)
{
  (*n)++;
}

static void
test_table (void)
{
  g_autoptr (WbMarks) marks = wb_marks_new ();
  guint n = 0;

  wb_marks_set_whole (marks, 100);
  g_signal_connect (marks, "changed", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gint64 start, end;
      gboolean any;

      g_test_message ("line %u", i);
      switch (lines[i].deed)
        {
        case CURSOR: wb_marks_set_cursor (marks, lines[i].x); break;
        case SELECT: wb_marks_select (marks, lines[i].x, lines[i].y); break;
        case EXTEND: wb_marks_extend (marks, lines[i].x); break;
        case CLEAR:  wb_marks_clear (marks); break;
        case WHOLE:  wb_marks_set_whole (marks, lines[i].x); break;
        default:     g_assert_not_reached ();
        }
      any = wb_marks_get_selection (marks, &start, &end);
      g_assert_cmpint (start, ==, lines[i].start);
      g_assert_cmpint (end, ==, lines[i].end);
      g_assert_cmpint (any, ==, start < end);
      g_assert_cmpint (wb_marks_get_cursor (marks), ==, lines[i].cursor);
      g_assert_cmpuint (n, ==, lines[i].n);
    }
}

static void
test_snap (void)
{
  g_autoptr (WbMarks) marks = wb_marks_new ();

  g_assert_cmpint (wb_marks_get_snap (marks), ==, WB_SNAP_EDGES);
  wb_marks_set_snap (marks, WB_SNAP_ZERO, TRUE);
  wb_marks_set_snap (marks, WB_SNAP_EDGES, FALSE);
  g_assert_cmpint (wb_marks_get_snap (marks), ==, WB_SNAP_ZERO);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marks/table", test_table);
  g_test_add_func ("/marks/snap", test_snap);
  return t_ui_run ();
}
