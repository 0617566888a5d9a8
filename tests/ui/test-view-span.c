/* test-view-span.c: clamping, zooming and panning, and one signal for each change
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-view-span.h"

#include <math.h>

static void
count_cb (WbViewSpan *span,
          guint      *count)
{
  g_assert_true (WB_IS_VIEW_SPAN (span));
  (*count)++;
}

static WbViewSpan *
make_span (guint *changed,
           guint *cursor_changed)
{
  WbViewSpan *span = wb_view_span_new ();

  *changed = *cursor_changed = 0;
  wb_view_span_set_whole (span, 48000, 250, 500);
  g_signal_connect (span, "changed", G_CALLBACK (count_cb), changed);
  g_signal_connect (span, "cursor-changed", G_CALLBACK (count_cb), cursor_changed);
  return span;
}

static void
assert_visible (WbViewSpan *span,
                double      start,
                double      end)
{
  double is_start, is_end;

  wb_view_span_get_visible (span, &is_start, &is_end);
  g_assert_cmpfloat_with_epsilon (is_start, start, 1e-6);
  g_assert_cmpfloat_with_epsilon (is_end, end, 1e-6);
}

static void
test_commands (void)
{
  guint changed, cursor_changed;
  g_autoptr (WbViewSpan) span = make_span (&changed, &cursor_changed);

  assert_visible (span, 0, 500);
  wb_view_span_pan (span, 100);
  assert_visible (span, 100, 600);
  wb_view_span_pan (span, -1000);
  assert_visible (span, 0, 500);
  wb_view_span_pan (span, 1e9);
  assert_visible (span, 47500, 48000);
  g_assert_cmpuint (changed, ==, 3);

  wb_view_span_pan (span, 1);
  g_assert_cmpuint (changed, ==, 3);
  wb_view_span_show_all (span);
  assert_visible (span, 0, 48000);
  wb_view_span_set_visible (span, 1000, 1001);
  assert_visible (span, 1000, 1008);
  g_assert_cmpuint (changed, ==, 5);
  g_assert_cmpuint (cursor_changed, ==, 0);
}

static void
test_zoom_keeps_pointer (void)
{
  guint changed, cursor_changed;
  g_autoptr (WbViewSpan) span = make_span (&changed, &cursor_changed);

  wb_view_span_set_visible (span, 10000, 12000);
  for (int i = 0; i < 8; i++)
    {
      double start, end;

      wb_view_span_zoom (span, .8, 10500);
      wb_view_span_get_visible (span, &start, &end);
      g_assert_cmpfloat_with_epsilon ((10500 - start) / (end - start), .25, 1e-9);
    }

  /* At the least width zooming in does nothing, above all no panning. */
  wb_view_span_set_visible (span, 100, 108);
  changed = 0;
  wb_view_span_zoom (span, .5, 107);
  assert_visible (span, 100, 108);
  g_assert_cmpuint (changed, ==, 0);

  wb_view_span_zoom (span, 1e6, 104);
  assert_visible (span, 0, 48000);
}

static void
test_cursor (void)
{
  guint changed, cursor_changed;
  g_autoptr (WbViewSpan) span = make_span (&changed, &cursor_changed);

  g_assert_true (isnan (wb_view_span_get_cursor (span)));
  wb_view_span_set_cursor (span, 12);
  wb_view_span_set_cursor (span, 12);
  g_assert_cmpuint (cursor_changed, ==, 1);
  wb_view_span_set_cursor (span, 48000);
  g_assert_true (isnan (wb_view_span_get_cursor (span)));
  wb_view_span_set_cursor (span, NAN);
  g_assert_cmpuint (cursor_changed, ==, 2);
  g_assert_cmpuint (changed, ==, 0);
}

/* Nothing is open, or less than the least width: still a sane span. */
static void
test_tiny (void)
{
  g_autoptr (WbViewSpan) span = wb_view_span_new ();
  double start, end;

  wb_view_span_get_visible (span, &start, &end);
  g_assert_cmpfloat (start, <, end);
  wb_view_span_set_whole (span, 3, 0, 500);
  assert_visible (span, 0, 8);
  wb_view_span_pan (span, 2);
  wb_view_span_zoom (span, 3, 1);
  assert_visible (span, 0, 8);
  g_assert_finalize_object (g_steal_pointer (&span));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view-span/commands", test_commands);
  g_test_add_func ("/view-span/zoom-keeps-pointer", test_zoom_keeps_pointer);
  g_test_add_func ("/view-span/cursor", test_cursor);
  g_test_add_func ("/view-span/tiny", test_tiny);
  return g_test_run ();
}
