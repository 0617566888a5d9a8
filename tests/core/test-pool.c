/* test-pool.c: every shard is run once, all are done on return, and many short jobs follow each other safely
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-pool.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

typedef struct
{
  guint       counts[64]; /* plain: a shard that ran twice at once, or after the return, is a race */
  atomic_uint n_running, most_running;
} Job;

static void
count_shard (gpointer user_data, guint shard)
{
  Job *job = user_data;

  job->counts[shard]++;
}

static void
test_each_once (void)
{
  for (guint n_threads = 1; n_threads <= 5; n_threads++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (n_threads);

      g_assert_cmpuint (nn_pool_get_n_threads (pool), >=, 1);
      g_assert_cmpuint (nn_pool_get_n_threads (pool), <=, n_threads);
      for (guint round = 0; round < 2000; round++)
        {
          Job job = { { 0 } };
          guint n_shards = round % 9;

          nn_pool_run (pool, n_shards, count_shard, &job);
          for (guint i = 0; i < G_N_ELEMENTS (job.counts); i++)
            g_assert_cmpuint (job.counts[i], ==, i < n_shards ? 1 : 0);
        }
    }
}

/* Returns only when as many shards run at once as there are threads, so it ends only if they really run side by side. */
static void
meet_others (gpointer user_data, guint shard)
{
  Job *job = user_data;
  guint n = atomic_fetch_add (&job->n_running, 1) + 1;

  while (n < 3)
    {
      sched_yield ();
      n = atomic_load (&job->n_running);
    }
}

static void
test_side_by_side (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (3);
  Job job = { { 0 } };

  if (nn_pool_get_n_threads (pool) < 3)
    {
      g_test_skip ("the system refuses two more threads");
      return;
    }
  nn_pool_run (pool, 3, meet_others, &job);
  g_assert_cmpuint (atomic_load (&job.n_running), ==, 3);
}

static void
record_name (gpointer user_data, guint shard)
{
  char (*names)[16] = user_data;

  pthread_getname_np (pthread_self (), names[shard], sizeof names[shard]);
  if (shard == 0)
    g_usleep (20000); /* long enough for the workers to fall asleep, and to be woken for the next job */
}

/* Workers that slept through a long pause still take part, and carry their name. */
static void
test_sleepers_wake (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  gboolean seen = FALSE;

  for (guint round = 0; round < 20 && !seen; round++)
    {
      char names[2][16] = { "", "" };

      nn_pool_run (pool, 2, record_name, names);
      seen = strcmp (names[0], "nn-0") == 0 || strcmp (names[1], "nn-0") == 0;
    }
  if (nn_pool_get_n_threads (pool) > 1)
    g_assert_true (seen);
}

static void
record_thread (gpointer user_data, guint shard)
{
  pthread_t *threads = user_data;

  threads[shard] = pthread_self ();
  g_usleep (200); /* long enough for another to draw the next one */
}

/* A pool that is held back computes on the caller's thread alone, and on all of them again later. */
static void
test_held_back (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (3);
  pthread_t threads[16];
  Job job = { { 0 } };

  nn_pool_set_n_active (pool, 0);
  for (guint round = 0; round < 20; round++)
    nn_pool_run (pool, G_N_ELEMENTS (threads), record_thread, threads);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_true (pthread_equal (threads[i], pthread_self ()));

  if (nn_pool_get_n_threads (pool) < 3)
    {
      g_test_skip ("the system refuses two more threads");
      return;
    }
  nn_pool_set_n_active (pool, 99);
  nn_pool_run (pool, 3, meet_others, &job);
  g_assert_cmpuint (atomic_load (&job.n_running), ==, 3);
}

static void
test_new_and_free (void)
{
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (i % 4);
      Job job = { { 0 } };

      if (i % 2 == 0)
        nn_pool_run (pool, 4, count_shard, &job);
    }
}

/* --- pieces made ahead -------------------------------------------------------------------- */

typedef struct
{
  guint numbers[NN_POOL_AHEAD]; /* plain: one used before it was made is a race */
  guint n_used, sum;
} Pieces;

static void
make_piece (gpointer user_data, guint i)
{
  Pieces *pieces = user_data;

  pieces->numbers[i] = i + 1;
}

static void
use_piece (gpointer user_data, guint i)
{
  Pieces *pieces = user_data;

  g_assert_cmpuint (i, ==, pieces->n_used++);
  pieces->sum += pieces->numbers[i];
}

static void
test_ahead (void)
{
  const guint counts[] = { 0, 1, 2, 7, NN_POOL_AHEAD };

  for (guint n_threads = 1; n_threads <= 4; n_threads++)
    {
      g_autoptr (NnPool) pool = nn_pool_new (n_threads);

      for (guint round = 0; round < 1000; round++)
        {
          guint n = counts[round % G_N_ELEMENTS (counts)];
          Pieces pieces = { { 0 } };

          nn_pool_set_n_active (pool, round % 3 == 0 ? 1 : n_threads);
          nn_pool_run_ahead (pool, n, make_piece, use_piece, &pieces);
          g_assert_cmpuint (pieces.n_used, ==, n);
          g_assert_cmpuint (pieces.sum, ==, n * (n + 1) / 2);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/each-once", test_each_once);
  g_test_add_func ("/pool/side-by-side", test_side_by_side);
  g_test_add_func ("/pool/sleepers-wake", test_sleepers_wake);
  g_test_add_func ("/pool/held-back", test_held_back);
  g_test_add_func ("/pool/new-and-free", test_new_and_free);
  g_test_add_func ("/pool/ahead", test_ahead);
  return g_test_run ();
}
