/* test-gaps.c: gaps are kept up to many times what was recorded, and in short recordings longer ones
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fixture.h"
#include "sig-gaps.h"

static void
test_kept (void)
{
  g_assert_true (sig_gaps_are_kept (1e7, 7e7, 16));
  g_assert_false (sig_gaps_are_kept (1e7, 7e7 + 1, 16));
  g_assert_true (sig_gaps_are_kept (100, 249900, 16));
  g_assert_false (sig_gaps_are_kept (100, 249901, 16));
  g_assert_true (sig_gaps_are_kept (100, 3e6, 1));
  g_assert_false (sig_gaps_are_kept (100, 1e300, 1));
}

static void
test_note (void)
{
  g_auto (SigReading) reading = { 0 };
  g_autofree char *notes = NULL;

  sig_reading_init (&reading, NULL);
  sig_gaps_note (&reading);
  notes = sig_reading_dup_notes (&reading);
  g_assert_true (g_str_has_prefix (notes, "The gaps between the segments are many times longer than what was recorded"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gaps/kept", test_kept);
  g_test_add_func ("/gaps/note", test_note);
  return g_test_run ();
}
