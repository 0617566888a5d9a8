/* test-heartbeat.c: a blocked main loop is seen
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-heartbeat.h"

static void
beat (AppHeartbeat *heartbeat, guint n)
{
  while (app_heartbeat_get_n_beats (heartbeat) < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_gap (void)
{
  g_autoptr (AppHeartbeat) heartbeat = app_heartbeat_new ();
  gint64 start;

  g_test_summary ("A main loop that is busy for 300 ms must show as a gap of at least 300 ms.");

  beat (heartbeat, 3);
  g_assert_cmpfloat (app_heartbeat_get_max_gap_ms (heartbeat), >, 0);

  start = g_get_monotonic_time ();
  while (g_get_monotonic_time () < start + 300000)
    ;
  beat (heartbeat, 6);
  g_assert_cmpfloat (app_heartbeat_get_max_gap_ms (heartbeat), >=, 300);
  g_assert_cmpfloat (app_heartbeat_get_max_own_ms (heartbeat), <=, app_heartbeat_get_max_gap_ms (heartbeat));
  g_assert_cmpfloat (app_heartbeat_get_max_own_ms (heartbeat), >, 0);

  app_heartbeat_reset (heartbeat);
  g_assert_cmpfloat (app_heartbeat_get_max_gap_ms (heartbeat), ==, 0);
}

static void
test_block (void)
{
  g_autoptr (AppHeartbeat) heartbeat = app_heartbeat_new ();

  g_test_summary ("A main loop that sleeps in a call is to blame for all of it, however busy the machine is.");

  beat (heartbeat, 3);
  g_usleep (300000);
  beat (heartbeat, 6);
  g_assert_cmpfloat (app_heartbeat_get_max_own_ms (heartbeat), >=, 280);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heartbeat/gap", test_gap);
  g_test_add_func ("/heartbeat/block", test_block);

  return g_test_run ();
}
