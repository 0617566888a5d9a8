/* test-track-writer.c: tracks that come a piece at a time, in memory and in a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-track-private.h"

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>

#define N_STEPS   100000
#define N_CLASSES 3
#define START     40

/* Probabilities that change slowly, with parts that nobody predicted. */
static float *
make_probabilities (guint32 seed)
{
  float *made = g_new (float, (gsize) N_STEPS * N_CLASSES);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  for (gint64 i = 0; i < N_STEPS; i++)
    for (int k = 0; k < N_CLASSES; k++)
      made[k * N_STEPS + i] = i % 9000 < 400 ? NAN : (float) (.5 + .4 * sin ((double) i / (300 + 200 * k))
                                                              + .1 * g_rand_double (rand));
  return made;
}

/* Hands steps [from, to) over in pieces of every length. */
static void
feed (SigTrackWriter *writer,
      const float    *probabilities,
      gint64          from,
      gint64          to)
{
  g_autoptr (GError) error = NULL;

  for (gint64 at = from, n = 1; at < to; at += n)
    {
      n = MIN (1 + (at * 7919) % 13000, to - at);
      g_assert_true (sig_track_writer_add (writer, probabilities + at, N_STEPS, n, &error));
      g_assert_no_error (error);
      g_assert_cmpint (sig_track_writer_get_n_written (writer), ==, at + n);
    }
}

static SigTrack *
write_track (const float *probabilities,
             gint64       most_bytes)
{
  g_autoptr (GError) error = NULL;
  SigTrackWriter *writer = sig_track_writer_new_limited (START, N_STEPS, N_CLASSES, most_bytes, &error);

  g_assert_no_error (error);
  feed (writer, probabilities, 0, N_STEPS);
  return sig_track_writer_finish (writer);
}

static gboolean
is_in_memory (const SigTrack *track)
{
  return sig_recording_peek_channel (sig_pyramid_get_recording (sig_track_get_pyramid (track)), 0) != NULL;
}

static void
fetch (const SigTrack *track,
       SigPlace        place,
       double          start,
       double          end,
       double          width)
{
  double offset = (double) sig_track_get_start (track);

  g_assert_true (sig_pyramid_fetch (sig_track_get_pyramid (track), place, start - offset, end - offset, width, NULL, NULL, NULL));
}

/* The same bits at every zoom, once what is finer than the levels is fetched. */
static void
assert_equal_columns (const SigTrack *a,
                      const SigTrack *b,
                      double          end)
{
  enum { N = 200 };
  SigColumn from_a[N], from_b[N];

  for (double width = .25; width * N < end; width *= 1.7)
    for (guint at = 0; at < 5; at++)
      {
        double left = (end - width * N) * at / 4 + .3, right = left + width * N;

        fetch (a, SIG_PLACE_VIEW, left, right, (right - left) / N);
        fetch (b, SIG_PLACE_VIEW, left, right, (right - left) / N);
        for (int k = 0; k < N_CLASSES; k++)
          {
            g_assert_true (sig_track_get_columns (a, k, left, right, N, from_a));
            g_assert_true (sig_track_get_columns (b, k, left, right, N, from_b));
            g_assert_cmpmem (from_a, sizeof from_a, from_b, sizeof from_b);
          }
      }
}

static void
assert_equal_runs (const SigTrack *a,
                   const SigTrack *b)
{
  gsize n_a, n_b;
  const SigSpan *spans_a = sig_labels_get_spans (sig_track_get_labels (a), &n_a);
  const SigSpan *spans_b = sig_labels_get_spans (sig_track_get_labels (b), &n_b);

  g_assert_cmpint (sig_track_get_n_steps (a), ==, sig_track_get_n_steps (b));
  g_assert_cmpuint (n_a, ==, n_b);
  g_assert_cmpuint (n_a, >, 10);
  for (gsize i = 0; i < n_a; i++)
    {
      g_assert_cmpint (spans_a[i].start, ==, spans_b[i].start);
      g_assert_cmpint (spans_a[i].end, ==, spans_b[i].end);
      g_assert_cmpint (spans_a[i].klass, ==, spans_b[i].klass);
    }
}

static void
test_same_everywhere (void)
{
  g_autofree float *probabilities = make_probabilities (1), *read = g_new (float, N_STEPS);
  gsize n_bytes = (gsize) N_STEPS * N_CLASSES * sizeof (float);
  g_autoptr (SigTrack) whole = sig_track_new_take (START, N_STEPS, N_CLASSES, g_memdup2 (probabilities, n_bytes));
  g_autoptr (SigTrack) memory = write_track (probabilities, (gint64) n_bytes);
  g_autoptr (SigTrack) file = write_track (probabilities, (gint64) n_bytes - 1);

  g_test_summary ("A track is the same bit by bit: taken whole, written in pieces, and written to a file.");
  g_assert_true (is_in_memory (whole));
  g_assert_true (is_in_memory (memory));
  g_assert_false (is_in_memory (file));
  assert_equal_runs (whole, memory);
  assert_equal_runs (whole, file);
  assert_equal_columns (whole, memory, N_STEPS + 200);
  assert_equal_columns (whole, file, N_STEPS + 200);
  for (int k = 0; k < N_CLASSES; k++)
    {
      g_assert_true (sig_track_read (file, k, START, N_STEPS, read, NULL));
      g_assert_cmpmem (read, N_STEPS * sizeof *read, probabilities + k * N_STEPS, N_STEPS * sizeof *read);
      g_assert_true (sig_track_read (memory, k, START + 5, N_STEPS - 5, read, NULL));
      g_assert_cmpmem (read, (N_STEPS - 5) * sizeof *read, probabilities + k * N_STEPS + 5, (N_STEPS - 5) * sizeof *read);
    }
}

static void
test_at_hand (void)
{
  g_autofree float *probabilities = make_probabilities (2);
  g_autoptr (SigTrack) file = write_track (probabilities, 0);
  SigColumn columns[10];
  gint64 step = START + 5000;

  g_test_summary ("Of a file nothing is read while drawing: what was not fetched is coarse, or not there.");
  g_assert_cmpint (sig_track_get (file, step), >=, 0);
  g_assert_true (isnan (sig_track_get_probability (file, step, 1)));
  g_assert_false (sig_track_get_columns (file, 1, (double) step, (double) step + 20, 10, columns));
  g_assert_true (columns[0].min <= columns[0].max);
  fetch (file, SIG_PLACE_POINTER, (double) step - 10, (double) step + 10, 1);
  g_assert_cmpfloat (sig_track_get_probability (file, step, 1), ==, probabilities[N_STEPS + 5000]);
  g_assert_false (sig_track_get_columns (file, 1, (double) step, (double) step + 20, 10, columns));
}

static void
test_so_far (void)
{
  g_autofree float *probabilities = make_probabilities (3);

  g_test_summary ("What has come so far is a track like one of so many steps.");
  for (int in_file = FALSE; in_file <= TRUE; in_file++)
    {
      g_autoptr (SigTrackWriter) writer
          = sig_track_writer_new_limited (START, N_STEPS, N_CLASSES, in_file ? 0 : G_MAXINT64, NULL);
      const gint64 stops[] = { 10, 20000, 50001, N_STEPS };
      gint64 from = 0;

      for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
        {
          g_autoptr (SigTrack) so_far = NULL, expected = NULL;
          g_autofree float *part = NULL;
          gint64 n;

          feed (writer, probabilities, from, stops[i]);
          from = stops[i];
          so_far = sig_track_writer_dup_so_far (writer);
          n = sig_track_get_n_steps (so_far);
          g_assert_cmpint (n, <=, stops[i]);
          g_assert_cmpint (n, >, stops[i] < N_STEPS ? stops[i] - 20000 : N_STEPS - 1);
          if (n == 0)
            continue;
          part = g_new (float, n * N_CLASSES);
          for (int k = 0; k < N_CLASSES; k++)
            memcpy (part + k * n, probabilities + k * N_STEPS, (gsize) n * sizeof (float));
          expected = sig_track_new_take (START, n, N_CLASSES, g_steal_pointer (&part));
          if (n > 40000)
            assert_equal_runs (so_far, expected);
          assert_equal_columns (so_far, expected, (double) n + START);
        }
    }
}

static void
test_no_steps (void)
{
  g_autoptr (SigTrackWriter) writer = sig_track_writer_new (7, 0, 2, NULL);
  g_autoptr (SigTrack) so_far = sig_track_writer_dup_so_far (writer);
  g_autoptr (SigTrack) track = sig_track_writer_finish (g_steal_pointer (&writer));

  g_assert_cmpint (sig_track_get_n_steps (so_far), ==, 0);
  g_assert_cmpint (sig_track_get_start (track), ==, 7);
  g_assert_cmpint (sig_track_get_n_classes (track), ==, 2);
}

static void
test_too_long (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SigTrackWriter) writer = sig_track_writer_new (0, G_MAXINT64 / 4, 4, &error);

  g_assert_null (writer);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_clear_error (&error);
  writer = sig_track_writer_new (0, G_MAXINT64 / 64, 4, &error);
  g_assert_null (writer);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "are free"));
}

/* A limit on the length of files is met as a full disk is. */
static void
test_full_disk (void)
{
  g_autofree float *probabilities = make_probabilities (4);
  g_autofree char *size = g_format_size ((gsize) N_STEPS * N_CLASSES * sizeof (float));
  g_autoptr (GError) error = NULL;
  g_autoptr (SigTrackWriter) writer = sig_track_writer_new_limited (0, N_STEPS, N_CLASSES, 0, NULL);
  struct rlimit before, limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = (struct rlimit) { 250000, before.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (sig_track_writer_add (writer, probabilities, N_STEPS, 1000, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, size));
}

/* Tracks on their way from the thread that writes to the one that looks. */
typedef struct
{
  SigTrackWriter      *writer;
  const float         *probabilities;
  _Atomic (SigTrack *) latest;
  atomic_bool          ended;
} Race;

static void *
write_all (void *user_data)
{
  Race *race = user_data;

  for (gint64 at = 0; at < N_STEPS; at += 5000)
    {
      SigTrack *old;

      g_assert_true (sig_track_writer_add (race->writer, race->probabilities + at, N_STEPS, 5000, NULL));
      old = atomic_exchange (&race->latest, sig_track_writer_dup_so_far (race->writer));
      g_clear_pointer (&old, sig_track_unref);
    }
  sig_track_writer_free (race->writer);
  atomic_store (&race->ended, TRUE);
  return NULL;
}

static void
test_race (void)
{
  g_autofree float *probabilities = make_probabilities (5);

  g_test_summary ("What is there so far may be looked at while more comes, and after the writer has gone.");
  for (int in_file = FALSE; in_file <= TRUE; in_file++)
    {
      Race race = { .writer = sig_track_writer_new_limited (0, N_STEPS, N_CLASSES, in_file ? 0 : G_MAXINT64, NULL),
                    .probabilities = probabilities };
      g_autoptr (SigTrack) track = NULL;
      gboolean ended = FALSE;
      pthread_t thread;

      g_assert_cmpint (pthread_create (&thread, NULL, write_all, &race), ==, 0);
      while (!ended)
        {
          SigTrack *newer;
          SigColumn columns[100];

          ended = atomic_load (&race.ended);
          newer = atomic_exchange (&race.latest, NULL);
          if (newer != NULL)
            {
              g_clear_pointer (&track, sig_track_unref);
              track = newer;
            }
          if (track == NULL || sig_track_get_n_steps (track) < 1000)
            continue;
          fetch (track, SIG_PLACE_VIEW, 100, 1100, 10);
          g_assert_true (sig_track_get_columns (track, 1, 100, 1100, 100, columns));
          sig_track_get_columns (track, 2, 0, N_STEPS, 100, columns);
          g_assert_cmpint (sig_track_get (track, 500), >=, 0);
        }
      pthread_join (thread, NULL);
      g_assert_cmpint (sig_track_get_n_steps (track), ==, N_STEPS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/track-writer/same-everywhere", test_same_everywhere);
  g_test_add_func ("/track-writer/at-hand", test_at_hand);
  g_test_add_func ("/track-writer/so-far", test_so_far);
  g_test_add_func ("/track-writer/no-steps", test_no_steps);
  g_test_add_func ("/track-writer/too-long", test_too_long);
  g_test_add_func ("/track-writer/full-disk", test_full_disk);
  g_test_add_func ("/track-writer/race", test_race);
  return g_test_run ();
}
