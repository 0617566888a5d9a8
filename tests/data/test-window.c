/* test-window.c: windows against a plain loop over all starts
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-window.h"

/* Some steps belong to no segment, and some segments follow each other without a gap. */
static SigRecording *
make_recording (GRand   *rand,
                gint64   n_steps,
                gint64   page,
                gboolean one_segment)
{
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("w", 1, n_steps, 1, NULL, NULL, g_new0 (float, n_steps));
  g_autoptr (SigRecording) paged = sig_recording_with_page (plain, page);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (SigSegment));

  for (gint64 at = 0; at < n_steps;)
    {
      gint64 start = at + (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 30) : 0);
      gint64 end = start + g_rand_int_range (rand, 1, 120);

      end = MIN (end, n_steps);
      if (start < end)
        g_array_append_val (segments, ((SigSegment) { start, end }));
      at = MAX (end, start);
    }
  if (one_segment || segments->len == 0)
    return g_steal_pointer (&paged);
  return sig_recording_with_segments (paged, (const SigSegment *) segments->data, segments->len);
}

/* The starts a reader of the header would write down. */
static GArray *
list_starts (const SigRecording *recording,
             gint64              start,
             gint64              end,
             gint64              length,
             gint64              hop,
             gboolean            cover)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 page = sig_recording_get_page (recording);
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n_segments);

  for (gsize i = 0; i < n_segments; i++)
    for (gint64 from = MAX (segments[i].start, start), last_step = MIN (segments[i].end, end); from < last_step;)
      {
        gint64 to = from + 1, last = -1;

        while (to < last_step && (page == 0 || to % page != 0))
          to++;
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
        from = to;
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
      g_autoptr (SigRecording) recording = make_recording (rand, n_steps, page, round % 4 < 2);
      const SigSegment spans[] = { { start, end }, { end, n_steps } };
      g_autoptr (SigWindows) plain = sig_windows_new (recording, start, end, length, hop);
      g_autoptr (SigWindows) cover = sig_windows_new_cover (recording, start, end, length, hop);
      g_autoptr (SigWindows) within = sig_windows_new_within (recording, spans, 2, length, hop);
      g_autoptr (SigWindows) chosen = sig_windows_new_where (within, keep_odd, GINT_TO_POINTER (round % 3));
      g_autoptr (GArray) starts = list_starts (recording, start, end, length, hop, FALSE);
      g_autoptr (GArray) rest_starts = list_starts (recording, end, n_steps, length, hop, FALSE);
      g_autoptr (GArray) cover_starts = list_starts (recording, start, end, length, hop, TRUE);

      assert_same (plain, starts);
      assert_same (cover, cover_starts);
      g_assert_cmpint (sig_windows_get_length (within), ==, length);

      g_array_append_vals (starts, rest_starts->data, rest_starts->len);
      assert_same (within, starts);
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
