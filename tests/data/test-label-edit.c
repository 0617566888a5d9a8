/* test-label-edit.c: edits by table, and against one class a step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-edit.h"

#include <math.h>
#include <string.h>

#define MANY 10000

static const char *const NAMES[] = { "a", "b", "c" };

/* Tracks as they are written in the tables: a letter a step, '.' unlabelled, '?' don't know, '|' a border within a class. */
static SigLabels *
parse (const char *text)
{
  g_autoptr (SigClassTable) classes = sig_class_table_new (NAMES, 3);
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gboolean border = FALSE;
  gint64 step = 0;
  gsize n;

  for (; *text != '\0'; text++)
    {
      SigSpan *last = spans->len > 0 ? &g_array_index (spans, SigSpan, spans->len - 1) : NULL;
      SigSpan span = { step, step + 1, *text == '?' ? SIG_DONT_KNOW : *text - 'a' };

      if (*text == '|')
        {
          border = TRUE;
          continue;
        }
      if (*text != '.' && !border && last != NULL && last->end == step && last->klass == span.klass)
        last->end++;
      else if (*text != '.')
        g_array_append_val (spans, span);
      border = FALSE;
      step++;
    }

  SigSpan *stolen = (SigSpan *) g_array_steal (spans, &n);

  g_array_unref (spans);
  return sig_labels_new_take (step, stolen, n, classes);
}

static char *
spell (const SigLabels *labels)
{
  GString *text = g_string_new (NULL);
  gsize n, i = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gint64 step = 0; step < sig_labels_get_n_steps (labels); step++)
    {
      int klass = sig_labels_get (labels, step);

      while (i < n && spans[i].start < step)
        i++;
      if (i > 0 && i < n && spans[i].start == step && spans[i - 1].end == step && spans[i - 1].klass == klass)
        g_string_append_c (text, '|');
      g_string_append_c (text, klass == SIG_DONT_KNOW ? '?' : klass < 0 ? '.' : (char) ('a' + klass));
    }
  return g_string_free (text, FALSE);
}

typedef enum { SET, REST, SPLIT, MOVE, MERGE, FILL, DROP, WITHOUT } Edit;

/* The edit's numbers in their order. */
typedef struct
{
  const char *before;
  Edit        edit;
  gint64      x, y, z;
  const char *after;
} Line;

static const Line lines[] = {
  { "........", SET, 2, 5, 0, "..aaa..." },
  { "........", SET, -9, 99, 1, "bbbbbbbb" },
  { "........", SET, 5, 5, 1, "........" },
  { "........", SET, 9, 12, 1, "........" },
  { "aaaaaaaa", SET, 2, 5, 1, "aabbbaaa" },
  { "aaaaaaaa", SET, 2, 5, SIG_UNLABELLED, "aa...aaa" },
  { "aaaaaaaa", SET, 2, 5, SIG_DONT_KNOW, "aa???aaa" },
  { "aa.bb.cc", SET, 1, 7, 0, "aaaaaaac" },
  { "aa.bb.cc", SET, 2, 3, 1, "aabbb.cc" },
  { "aa.bb.cc", SET, 2, 3, 0, "aaabb.cc" },
  { "aaa|aa..", SET, 1, 4, 0, "aaaaa.." }, /* painting over a border removes it */
  { "aaa|aa...", SET, 6, 8, 0, "aaa|aa.aa" },
  { "aabb....", SET, 2, 4, SIG_UNLABELLED, "aa......" },
  { "bb......", SET, 0, 2, SIG_UNLABELLED, "........" },
  { "..aa|aa..", SET, 2, 4, SIG_UNLABELLED, "....aa.." },
  { "a.b..c..", REST, 0, 8, 0, "aabaacaa" },
  { "a.b..c..", REST, 1, 4, 1, "abbb.c.." },
  { "..?.....", REST, 0, 6, 2, "cc?ccc.." },
  { "bb|bb..b.", REST, 0, 8, 1, "bb|bbbbbb" },
  { "..bb....", REST, 4, 8, 1, "..bbbbbb" },
  { "....bb..", REST, 2, 4, 1, "..bbbb.." },
  { "aaaa....", SPLIT, 2, 0, 0, "aa|aa...." },
  { "aaaa....", SPLIT, 0, 0, 0, "aaaa...." },
  { "aaaa....", SPLIT, 4, 0, 0, "aaaa...." },
  { "aaaa....", SPLIT, 6, 0, 0, "aaaa...." },
  { "aaaa....", SPLIT, -1, 0, 0, "aaaa...." },
  { "aaabbb..", MOVE, 3, 5, 0, "aaaaab.." },
  { "aaabbb..", MOVE, 3, 99, 0, "aaaaab.." }, /* not past the other end */
  { "aaabbb..", MOVE, 3, 0, 0, "abbbbb.." },
  { "aaabbb..", MOVE, 6, 8, 0, "aaabbbbb" },
  { "aa..bb..", MOVE, 2, 7, 0, "aaaabb.." }, /* up to the neighbour */
  { "aa..bb..", MOVE, 4, 1, 0, "aabbbb.." },
  { "aa..bb..", MOVE, 4, 5, 0, "aa...b.." },
  { "aa..bb..", MOVE, 3, 5, 0, "aa..bb.." }, /* no edge there */
  { "aa..bb..", MOVE, 0, 1, 0, ".a..bb.." },
  { "aa|aa....", MOVE, 2, 3, 0, "aaa|a...." },
  { "aa.b..cc", MERGE, 0, 8, 0, "aaaaaaaa" },
  { "aa.b..cc", MERGE, 0, 4, 0, "aaaa..cc" },
  { "aa.b..cc", MERGE, 1, 2, 0, "aaaa..cc" }, /* one: with the next one */
  { "aa.b..cc", MERGE, 6, 8, 0, "aa.b..cc" }, /* there is none */
  { "aa.b..cc", MERGE, 2, 3, 0, "aa.b..cc" },
  { "aa|aa....", MERGE, 0, 4, 0, "aaaa...." },
  { "aa.aa..b", FILL, 0, 8, 99, "aaaaaabb" },
  { "aa.aa..b", FILL, 0, 8, 2, "aaaaa..b" },
  { "aa.aa..b", FILL, 3, 8, 99, "aa.aaabb" },
  { "..aa....", FILL, 0, 8, 99, "..aa...." }, /* not between two */
  { "a...b...", FILL, 0, 8, 4, "aaabb..." },
  { "a...b...", FILL, 0, 8, 3, "a...b..." },
  { "aa|aa..a.", FILL, 0, 8, 99, "aa|aaaaa." },
  { "aabaaa..", DROP, 0, 8, 2, "aaaaaa.." },
  { "aabccc..", DROP, 0, 8, 2, "aaaccc.." },
  { "aa.b.cc.", DROP, 0, 8, 2, "aa...cc." },
  { "aabcaa..", DROP, 0, 8, 2, "aaaaaa.." }, /* both short ones */
  { "baaa...c", DROP, 0, 8, 2, ".aaa...." },
  { "aabaaa..", DROP, 3, 8, 2, "aabaaa.." }, /* outside */
  { "aabbcc..", WITHOUT, 1, SIG_UNLABELLED, 0, "aa..bb.." },
  { "aabbcc..", WITHOUT, 1, SIG_DONT_KNOW, 0, "aa??bb.." },
  { "aabbcc..", WITHOUT, 1, 0, 0, "aaaabb.." },
  { "aabbcc..", WITHOUT, 1, 2, 0, "aabbbb.." },
  { "aa|aabb|bb", WITHOUT, 1, 0, 0, "aa|aaaa|aa" },
};

static SigLabels *
apply (const SigLabels *labels,
       const Line      *line)
{
  switch (line->edit)
    {
    case SET:     return sig_label_edit_set (labels, line->x, line->y, (int) line->z);
    case REST:    return sig_label_edit_set_rest (labels, line->x, line->y, (int) line->z);
    case SPLIT:   return sig_label_edit_split (labels, line->x);
    case MOVE:    return sig_label_edit_move_edge (labels, line->x, line->y);
    case MERGE:   return sig_label_edit_merge (labels, NULL, line->x, line->y);
    case FILL:    return sig_label_edit_fill_gaps (labels, NULL, line->x, line->y, line->z);
    case DROP:    return sig_label_edit_drop_runs (labels, NULL, line->x, line->y, line->z);
    case WITHOUT: return sig_label_edit_without_class (labels, (int) line->x, (int) line->y);
    default:      g_assert_not_reached ();
    }
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (SigLabels) before = parse (lines[i].before);
      g_autoptr (SigLabels) after = apply (before, &lines[i]);
      g_autofree char *text = spell (after), *untouched = spell (before);

      g_test_message ("line %u: %s", i, lines[i].before);
      g_assert_cmpstr (text, ==, lines[i].after);
      g_assert_cmpstr (untouched, ==, lines[i].before);
    }
}

/* Whatever is marked, erased and accepted in whatever order: each step has what was said of it last. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (int round = 0; round < 100; round++)
    {
      int n = g_rand_int_range (rand, 1, 80);
      g_autofree gint32 *steps = g_new (gint32, n);
      g_autoptr (SigLabels) labels = sig_labels_new (n, NULL, 0, NAMES, 3);

      for (int t = 0; t < n; t++)
        steps[t] = SIG_UNLABELLED;
      for (int edit = 0; edit < 60; edit++)
        {
          int start = g_rand_int_range (rand, -5, n + 5), end = start + g_rand_int_range (rand, 0, 20);
          int klass = g_rand_int_range (rand, SIG_DONT_KNOW, 3);
          gboolean rest = g_rand_int_range (rand, 0, 4) == 0;
          SigLabels *next = rest ? sig_label_edit_set_rest (labels, start, end, klass)
                                 : sig_label_edit_set (labels, start, end, klass);

          sig_labels_unref (labels);
          labels = next;
          for (int t = MAX (start, 0); t < MIN (end, n); t++)
            if (!rest || steps[t] == SIG_UNLABELLED)
              steps[t] = klass;
          for (int t = 0; t < n; t++)
            g_assert_cmpint (sig_labels_get (labels, t), ==, steps[t]);
        }
    }
}

/* What is predicted is taken, what is not stays. */
static void
test_accept (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  for (int round = 0; round < 300; round++)
    {
      int n = g_rand_int_range (rand, 2, 60), first = g_rand_int_range (rand, 0, n);
      int n_predicted = g_rand_int_range (rand, 0, n - first + 1);
      int start = g_rand_int_range (rand, -3, n), end = start + g_rand_int_range (rand, 0, n + 3);
      g_autofree gint32 *steps = g_new (gint32, n);
      float *probabilities = g_new (float, 3 * n_predicted + 1);
      g_autoptr (SigLabels) labels = NULL, accepted = NULL;
      g_autoptr (SigTrack) track = NULL;

      for (int t = 0; t < n; t++)
        steps[t] = t > 0 && g_rand_boolean (rand) ? steps[t - 1] : g_rand_int_range (rand, SIG_DONT_KNOW, 3);
      for (int t = 0, klass = 0; t < n_predicted; t++)
        {
          klass = g_rand_boolean (rand) ? klass : g_rand_int_range (rand, -1, 3);
          for (int k = 0; k < 3; k++)
            probabilities[k * n_predicted + t] = klass < 0 ? NAN : k == klass;
        }
      labels = sig_labels_new_from_steps (steps, n, NAMES, 3);
      track = sig_track_new_take (first, n_predicted, 3, probabilities);
      accepted = sig_label_edit_accept (labels, track, start, end);
      for (int t = 0; t < n; t++)
        {
          int predicted = t >= start && t < end ? sig_track_get (track, t) : SIG_UNLABELLED;

          g_assert_cmpint (sig_labels_get (accepted, t), ==, predicted >= 0 ? predicted : steps[t]);
        }
    }
}

static void
test_reach (void)
{
  g_autoptr (SigLabels) labels = parse ("aa..bbcc");
  gint64 low, high;

  g_assert_true (sig_label_edit_get_reach (labels, 2, &low, &high));
  g_assert_cmpint (low, ==, 1);
  g_assert_cmpint (high, ==, 4);
  g_assert_true (sig_label_edit_get_reach (labels, 6, &low, &high));
  g_assert_cmpint (low, ==, 5);
  g_assert_cmpint (high, ==, 7);
  g_assert_true (sig_label_edit_get_reach (labels, 8, &low, &high));
  g_assert_cmpint (low, ==, 7);
  g_assert_cmpint (high, ==, 8);
  g_assert_false (sig_label_edit_get_reach (labels, 3, &low, &high));
}

/* Ten thousand spans stay fluid. */
static void
test_many (void)
{
  SigSpan *spans = g_new (SigSpan, MANY);
  g_autoptr (SigClassTable) classes = sig_class_table_new (NAMES, 3);
  g_autoptr (SigLabels) labels = NULL;
  gint64 began;

  for (int i = 0; i < MANY; i++)
    spans[i] = (SigSpan) { 100 * i, 100 * i + 10 + i * 7919 % 60, i % 3 };
  labels = sig_labels_new_take (100 * MANY, spans, MANY, classes);
  began = g_get_monotonic_time ();
  for (int i = 0; i < 1000; i++)
    {
      SigLabels *next = i % 2 == 0 ? sig_label_edit_set (labels, 997 * i, 997 * i + 50, i % 3)
                                   : sig_label_edit_split (labels, 997 * i + 5);

      sig_labels_unref (labels);
      labels = next;
    }
  g_test_message ("1000 edits among %d spans: %.1f us each", MANY, (double) (g_get_monotonic_time () - began) / 1000);
}

/* What lies behind a break of the recording does not go on from what is before it. */
static void
test_breaks (void)
{
  const char *const channels[] = { "x", NULL };
  const SigSegment segments[] = { { 0, 5 }, { 5, 12 } };
  g_autoptr (SigRecording) plain = sig_recording_new_take_samples ("parts", 1, 12, 1, channels, NULL, g_new0 (float, 12));
  g_autoptr (SigRecording) recording = sig_recording_with_segments (plain, segments, G_N_ELEMENTS (segments));
  static const struct
  {
    const char *from, *filled, *dropped;
    gint64      start, end; /* what is merged */
    const char *merged;
  } cases[] = {
    { "aa..a..aab.b", "aaaaa..aabbb", "aa.....aa...", 4, 8, "aa..a..aab.b" }, /* a break where a span ends */
    { "aa.......aaa", "aa.......aaa", "aa.......aaa", 0, 12, "aa.......aaa" }, /* in the middle of a gap */
    { "aa...aaa..aa", "aa...aaaaaaa", "aa...aaa..aa", 5, 12, "aa...aaaaaaa" }, /* where a span begins */
    { "aaaabaaaaaaa", "aaaabaaaaaaa", "aaaa.aaaaaaa", 4, 5, "aaaabaaaaaaa" }, /* a short one that touches it */
    { "aaabaaaaaaaa", "aaabaaaaaaaa", "aaaaaaaaaaaa", 3, 4, "aaabbbbbbbbb" }, /* one that reaches over it stays whole */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SigLabels) labels = parse (cases[i].from);
      g_autoptr (SigLabels) filled = sig_label_edit_fill_gaps (labels, recording, 0, 12, 99);
      g_autoptr (SigLabels) dropped = sig_label_edit_drop_runs (labels, recording, 0, 12, 2);
      g_autoptr (SigLabels) merged = sig_label_edit_merge (labels, recording, cases[i].start, cases[i].end);
      g_autofree char *merges = spell (merged);
      g_autofree char *fills = spell (filled);
      g_autofree char *drops = spell (dropped);

      g_assert_cmpstr (fills, ==, cases[i].filled);
      g_assert_cmpstr (drops, ==, cases[i].dropped);
      g_assert_cmpstr (merges, ==, cases[i].merged);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-edit/table", test_table);
  g_test_add_func ("/label-edit/random", test_random);
  g_test_add_func ("/label-edit/accept", test_accept);
  g_test_add_func ("/label-edit/reach", test_reach);
  g_test_add_func ("/label-edit/many", test_many);
  g_test_add_func ("/label-edit/breaks", test_breaks);
  return g_test_run ();
}
