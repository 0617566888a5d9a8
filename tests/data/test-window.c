/* test-window.c: windows against a plain loop over all starts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-window.h"

static SigRecording *
make_recording (gint64 n_steps,
                gint64 page)
{
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("w", 1, n_steps, 1, NULL, NULL, g_new0 (float, n_steps + 1));

  return sig_recording_with_page (plain, page);
}

/* The starts a reader of the header would write down. */
static GArray *
list_starts (gint64   n_steps,
             gint64   page,
             gint64   start,
             gint64   end,
             gint64   length,
             gint64   hop,
             gboolean cover)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 p = 0; p < n_steps; p += page > 0 ? page : n_steps)
    {
      gint64 from = MAX (p, start), to = MIN (MIN (page > 0 ? p + page : n_steps, end), n_steps);
      gint64 last = -1;

      for (gint64 s = from; s + length <= to; s += hop)
        {
          g_array_append_val (starts, s);
          last = s;
        }
      if (cover && last >= 0 && last + length < to)
        {
          last = to - length;
          g_array_append_val (starts, last);
        }
    }
  return starts;
}

static void
assert_same (const SigWindows *windows,
             const GArray     *starts)
{
  g_assert_cmpint (sig_windows_get_n (windows), ==, starts->len);
  for (guint i = 0; i < starts->len; i++)
    g_assert_cmpint (sig_windows_get_start (windows, i), ==, g_array_index (starts, gint64, i));
}

static gboolean
keep_odd (gpointer user_data,
          gint64   start)
{
  return start % 3 == GPOINTER_TO_INT (user_data);
}

static void
test_windows (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int round = 0; round < 400; round++)
    {
      gint64 n_steps = g_rand_int_range (rand, 1, 500);
      gint64 page = round % 2 ? g_rand_int_range (rand, 1, 90) : 0;
      gint64 length = g_rand_int_range (rand, 1, 60), hop = g_rand_int_range (rand, 1, length + 1);
      gint64 start = g_rand_int_range (rand, -5, n_steps), end = start + g_rand_int_range (rand, 0, n_steps + 5);
      g_autoptr (SigRecording) recording = make_recording (n_steps, page);
      g_autoptr (SigWindows) plain = sig_windows_new (recording, start, end, length, hop);
      g_autoptr (SigWindows) cover = sig_windows_new_cover (recording, start, end, length, hop);
      g_autoptr (SigWindows) joined = sig_windows_new_joined (plain, cover);
      g_autoptr (SigWindows) chosen = sig_windows_new_where (joined, keep_odd, GINT_TO_POINTER (round % 3));
      g_autoptr (GArray) starts = list_starts (n_steps, page, start, end, length, hop, FALSE);
      g_autoptr (GArray) cover_starts = list_starts (n_steps, page, start, end, length, hop, TRUE);

      assert_same (plain, starts);
      assert_same (cover, cover_starts);
      g_assert_cmpint (sig_windows_get_length (joined), ==, length);

      g_array_append_vals (starts, cover_starts->data, cover_starts->len);
      assert_same (joined, starts);
      for (guint i = starts->len; i-- > 0;)
        if (g_array_index (starts, gint64, i) % 3 != round % 3)
          g_array_remove_index (starts, i);
      assert_same (chosen, starts);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/like-a-loop", test_windows);
  return g_test_run ();
}
