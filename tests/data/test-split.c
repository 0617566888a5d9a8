/* test-split.c: nothing leaks from the training part into the validation part
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-split.h"

static SigRecording *
make_recording (gint64 n_steps,
                gint64 page)
{
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("take 1", 1, n_steps, 1, NULL, NULL, g_new0 (float, n_steps));

  return sig_recording_with_page (plain, page);
}

static void
mark (GByteArray       *parts,
      const SigWindows *windows,
      guint8            bit)
{
  for (gint64 i = 0; i < sig_windows_get_n (windows); i++)
    for (gint64 t = 0; t < sig_windows_get_length (windows); t++)
      parts->data[sig_windows_get_start (windows, i) + t] |= bit;
}

/* The blocks tile the recording, and each step's part is its block's. */
static void
check_tiling (const SigSplit *split,
              gint64          n_steps)
{
  gsize n_blocks = 0;
  const SigBlock *blocks = sig_split_get_blocks (split, &n_blocks);
  gint64 end = 0;

  for (gsize b = 0; b < n_blocks; b++)
    {
      g_assert_cmpint (blocks[b].start, ==, end);
      g_assert_cmpint (blocks[b].end, >, blocks[b].start);
      end = blocks[b].end;
      g_assert_cmpint (sig_split_get_part (split, blocks[b].start), ==, blocks[b].part);
      g_assert_cmpint (sig_split_get_part (split, blocks[b].end - 1), ==, blocks[b].part);
    }
  g_assert_cmpint (end, ==, n_steps);
}

static void
test_no_leak (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  int n_split = 0;

  for (int round = 0; round < 1000; round++)
    {
      gint64 length = g_rand_int_range (rand, 1, 50), hop = g_rand_int_range (rand, 1, 60);
      gint64 page = round % 2 ? length + g_rand_int_range (rand, 0, 20) : 0;
      gint64 n_steps = page > 0 ? page * g_rand_int_range (rand, 1, 40) : g_rand_int_range (rand, 1, 1500);
      gint64 guard = g_rand_int_range (rand, 0, 30);
      double fraction = g_rand_double_range (rand, 0.05, 0.5);
      guint n_wanted = g_rand_int_range (rand, 1, 9);
      g_autoptr (SigRecording) recording = make_recording (n_steps, page);
      g_autoptr (GByteArray) parts = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (SigSplit) split = sig_split_new (recording, length, fraction, n_wanted, guard, &error);
      g_autoptr (SigWindows) train = NULL;
      g_autoptr (SigWindows) validation = NULL;
      gint64 last_train = -1, last_validation = -1;

      if (split == NULL)
        {
          gint64 n_guard = page > 0 ? (guard + page - 1) / page : guard;

          g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
          g_assert_cmpint (page > 0 ? n_steps / page : n_steps, <, (page > 0 ? 2 : 2 * length) + n_guard);
          continue;
        }
      n_split++;
      check_tiling (split, n_steps);

      train = sig_split_get_windows (split, SIG_PART_TRAIN, length, hop, NULL);
      validation = sig_split_get_windows (split, SIG_PART_VALIDATION, length, hop, NULL);
      g_assert_cmpint (sig_windows_get_n (train), >, 0);
      g_assert_cmpint (sig_windows_get_n (validation), >, 0);

      g_byte_array_set_size (parts, n_steps);
      memset (parts->data, 0, n_steps);
      mark (parts, train, 1);
      mark (parts, validation, 2);
      for (gint64 t = 0; t < n_steps; t++)
        {
          g_assert_cmpint (parts->data[t], !=, 3);
          if (parts->data[t] == 1)
            {
              g_assert_true (last_validation < 0 || t - last_validation > guard);
              last_train = t;
            }
          if (parts->data[t] == 2)
            {
              g_assert_true (last_train < 0 || t - last_train > guard);
              last_validation = t;
            }
        }
    }
  g_assert_cmpint (n_split, >, 500);
}

static void
test_fraction (void)
{
  g_autoptr (SigRecording) recording = make_recording (10000, 0);
  g_autoptr (SigSplit) split = sig_split_new (recording, 100, 0.2, 5, 100, NULL);
  gsize n_blocks = 0;
  const SigBlock *blocks = sig_split_get_blocks (split, &n_blocks);
  gint64 steps[3] = { 0 };

  for (gsize b = 0; b < n_blocks; b++)
    steps[blocks[b].part] += blocks[b].end - blocks[b].start;
  g_assert_cmpint (steps[SIG_PART_VALIDATION], ==, 2000);
  g_assert_cmpint (steps[SIG_PART_GUARD], ==, 900);
  g_assert_cmpint (steps[SIG_PART_TRAIN], ==, 7100);
}

static void
test_too_short (void)
{
  g_autoptr (SigRecording) recording = make_recording (256, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (sig_split_new (recording, 400, 0.2, 5, 40, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "256 steps"));
  g_assert_nonnull (strstr (error->message, "840"));
}

static void
test_labels (void)
{
  const char *const names[] = { "a" };
  const SigSpan spans[] = { { 30, 60, SIG_DONT_KNOW }, { 130, 140, 0 } }; /* where one does not know, nothing is learned */
  g_autoptr (SigRecording) recording = make_recording (1000, 0);
  g_autoptr (SigLabels) labels = sig_labels_new (1000, spans, 2, names, 1);
  g_autoptr (SigSplit) split = sig_split_new (recording, 50, 0.2, 1, 0, NULL);
  g_autoptr (SigWindows) train = sig_split_get_windows (split, SIG_PART_TRAIN, 50, 25, labels);

  g_assert_cmpint (sig_windows_get_n (train), ==, 2);
  g_assert_cmpint (sig_windows_get_start (train, 0), ==, 100);
  g_assert_cmpint (sig_windows_get_start (train, 1), ==, 125);
}

/* What is counted is what a look at each step finds. */
static void
test_count (void)
{
  const SigSpan spans[] = { { 0, 300, 0 }, { 300, 420, 2 }, { 430, 490, SIG_DONT_KNOW }, { 500, 777, 1 }, { 777, 1000, 0 } };
  const char *const names[] = { "a", "b", "c" };
  g_autoptr (SigRecording) recording = make_recording (1000, 0);
  g_autoptr (SigLabels) labels = sig_labels_new (1000, spans, G_N_ELEMENTS (spans), names, 3);
  g_autoptr (SigSplit) split = sig_split_new (recording, 50, 0.3, 3, 10, NULL);

  for (SigPart part = SIG_PART_TRAIN; part <= SIG_PART_GUARD; part++)
    {
      gint64 found[3], expected[3] = { 0 };

      for (gint64 t = 0; t < 1000; t++)
        if (sig_split_get_part (split, t) == part && sig_labels_get (labels, t) >= 0)
          expected[sig_labels_get (labels, t)]++;
      sig_split_count (split, part, labels, found);
      g_assert_cmpmem (found, sizeof found, expected, sizeof expected);
    }
}

/* Segments of any length, with and without gaps: whatever is cut, windows keep to one of them, and gaps are of no part. */
static void
test_segments (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  int n_split = 0;

  for (int round = 0; round < 500; round++)
    {
      g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (SigSegment));
      gint64 length = g_rand_int_range (rand, 1, 50), hop = g_rand_int_range (rand, 1, 60), end = 0;
      g_autoptr (SigRecording) plain = make_recording (2000, 0);
      g_autoptr (SigRecording) recording = NULL;
      g_autoptr (GByteArray) exists = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (SigSplit) split = NULL;

      g_byte_array_set_size (exists, 2000);
      memset (exists->data, 0, 2000);
      for (gint64 at = g_rand_int_range (rand, 0, 50); at < 2000;)
        {
          end = at + g_rand_int_range (rand, 1, 4 * length);
          end = MIN (end, 2000);
          g_array_append_val (segments, ((SigSegment) { at, end }));
          memset (exists->data + at, 1, end - at);
          at = end + (g_rand_boolean (rand) ? 0 : g_rand_int_range (rand, 1, 90));
        }
      recording = sig_recording_with_segments (plain, (const SigSegment *) segments->data, segments->len);
      split = sig_split_new (recording, length, 0.3, g_rand_int_range (rand, 1, 6), g_rand_int_range (rand, 0, 30), &error);
      if (split == NULL)
        {
          g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
          continue;
        }
      n_split++;
      check_tiling (split, 2000);
      for (gint64 t = 0; t < 2000; t++)
        g_assert_true (exists->data[t] || sig_split_get_part (split, t) == SIG_PART_GUARD);
      for (SigPart part = SIG_PART_TRAIN; part <= SIG_PART_VALIDATION; part++)
        {
          g_autoptr (SigWindows) windows = sig_split_get_windows (split, part, length, hop, NULL);

          g_assert_cmpint (sig_windows_get_n (windows), >, 0);
          for (gint64 i = 0; i < sig_windows_get_n (windows); i++)
            {
              gint64 first = sig_windows_get_start (windows, i);
              gsize segment = sig_recording_find_segment (recording, first);

              g_assert_cmpint (g_array_index (segments, SigSegment, segment).start, <=, first);
              g_assert_cmpint (g_array_index (segments, SigSegment, segment).end, >=, first + length);
              for (gint64 t = first; t < first + length; t++)
                g_assert_cmpint (sig_split_get_part (split, t), ==, part);
            }
        }
    }
  g_assert_cmpint (n_split, >, 450);
}

/* Two takes of one window each: the cut falls between them. Of a single one there is nothing to hold back. */
static void
test_short_segments (void)
{
  const SigSegment two[] = { { 0, 100 }, { 100, 200 } }, one[] = { { 50, 170 }, { 180, 200 } };
  g_autoptr (SigRecording) plain = make_recording (200, 0);
  g_autoptr (SigRecording) both = sig_recording_with_segments (plain, two, 2);
  g_autoptr (SigRecording) single = sig_recording_with_segments (plain, one, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigSplit) split = sig_split_new (both, 100, 0.2, 5, 25, &error);

  g_assert_no_error (error);
  g_assert_cmpint (sig_split_get_part (split, 99), ==, SIG_PART_TRAIN);
  g_assert_cmpint (sig_split_get_part (split, 100), ==, SIG_PART_VALIDATION);
  g_assert_null (sig_split_new (single, 100, 0.2, 5, 25, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "140 steps in 2 segments, the longest of 120"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/no-leak", test_no_leak);
  g_test_add_func ("/split/fraction", test_fraction);
  g_test_add_func ("/split/segments", test_segments);
  g_test_add_func ("/split/short-segments", test_short_segments);
  g_test_add_func ("/split/too-short", test_too_short);
  g_test_add_func ("/split/labels", test_labels);
  g_test_add_func ("/split/count", test_count);
  return g_test_run ();
}
