/* test-job.c: jobs: results come home, stale ones are dropped, no thread outlives its job
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-job.h"

#include <stdatomic.h>
#include <sys/resource.h>

/* What a test sees of its jobs. */
typedef struct
{
  AppJob  *job;
  int      n_done;
  int      last;       /* the result that came last */
  int      priority;
  gboolean restart;    /* start another one from within `done` */
  gboolean free_inside; /* free the job from within `done` */
} Bench;

typedef struct
{
  int          value;
  gboolean     until_stopped; /* run until the ticket says so */
  atomic_bool *release;       /* (nullable): and then until this is set */
  gboolean     was_stopped;
  GThread     *main_thread;
  gboolean     ran_elsewhere;
  int          priority; /* its thread's nice value */
} Data;

static int n_freed;

static void
bench_run (gpointer user_data, AppTicket *ticket)
{
  Data *data = user_data;

  data->ran_elsewhere = g_thread_self () != data->main_thread;
  data->priority = getpriority (PRIO_PROCESS, 0);
  while (data->until_stopped && !app_ticket_pass (ticket))
    g_thread_yield ();
  while (data->release != NULL && !atomic_load (data->release))
    g_thread_yield ();
  data->was_stopped = app_ticket_is_cancelled (ticket);
  data->value *= 10;
}

static Data *
data_new (int value)
{
  Data *data = g_new0 (Data, 1);

  data->value = value;
  data->main_thread = g_thread_self ();

  return data;
}

static void
bench_done (gpointer owner, gpointer user_data)
{
  Bench *bench = owner;
  Data *data = user_data;

  g_assert_true (g_thread_self () == data->main_thread);
  g_assert_true (data->ran_elsewhere);
  bench->n_done++;
  bench->last = data->value;
  bench->priority = data->priority;

  if (bench->restart)
    {
      bench->restart = FALSE;
      g_assert_true (app_job_start (bench->job, data_new (data->value), NULL));
    }
  if (bench->free_inside)
    g_clear_pointer (&bench->job, app_job_free);
}

static void
bench_free (gpointer data)
{
  n_freed++;
  g_free (data);
}

static const AppJobKind kind = {
  .name = "bench", .nice = 1, .run = bench_run, .done = bench_done, .free_data = bench_free,
};

static Data *
endless (atomic_bool *release)
{
  Data *data = data_new (1);

  data->until_stopped = TRUE;
  data->release = release;

  return data;
}

static void
settle (Bench *bench)
{
  while (app_job_is_busy (bench->job))
    g_main_context_iteration (NULL, TRUE);
}

static void
drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_result (void)
{
  Bench bench = { 0 };

  n_freed = 0;
  bench.job = app_job_new (&kind, &bench);
  g_assert_false (app_job_is_active (bench.job));

  g_assert_true (app_job_start (bench.job, data_new (4), NULL));
  g_assert_true (app_job_is_active (bench.job));
  settle (&bench);
  g_assert_cmpint (bench.n_done, ==, 1);
  g_assert_cmpint (bench.last, ==, 40);
  g_assert_cmpint (bench.priority, ==, MAX (getpriority (PRIO_PROCESS, 0), kind.nice));
  g_assert_cmpint (n_freed, ==, 1);
  g_assert_false (app_job_is_active (bench.job));

  bench.restart = TRUE;
  g_assert_true (app_job_start (bench.job, data_new (5), NULL));
  settle (&bench);
  g_assert_cmpint (bench.n_done, ==, 3);
  g_assert_cmpint (bench.last, ==, 500);

  app_job_free (bench.job);
}

static void
test_cancel (void)
{
  Bench bench = { 0 };

  g_test_summary ("A cancelled job still brings what it has; a dropped one does not.");

  n_freed = 0;
  bench.job = app_job_new (&kind, &bench);
  g_assert_true (app_job_start (bench.job, endless (NULL), NULL));
  app_job_cancel (bench.job);
  g_assert_true (app_job_is_active (bench.job));
  settle (&bench);
  g_assert_cmpint (bench.n_done, ==, 1);

  g_assert_true (app_job_start (bench.job, endless (NULL), NULL));
  app_job_drop (bench.job);
  g_assert_false (app_job_is_active (bench.job));
  g_assert_true (app_job_is_busy (bench.job));
  settle (&bench);
  g_assert_cmpint (bench.n_done, ==, 1);
  g_assert_cmpint (n_freed, ==, 2);

  app_job_free (bench.job);
}

static void
test_stale (void)
{
  Bench bench = { 0 };
  atomic_bool release = FALSE;

  g_test_summary ("The result of an older generation that comes after that of the newer one is dropped.");

  n_freed = 0;
  bench.job = app_job_new (&kind, &bench);
  g_assert_true (app_job_start (bench.job, endless (&release), NULL));
  g_assert_true (app_job_start (bench.job, data_new (7), NULL));
  while (bench.n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bench.last, ==, 70);
  g_assert_true (app_job_is_busy (bench.job));

  atomic_store (&release, TRUE);
  settle (&bench);
  g_assert_cmpint (bench.n_done, ==, 1);
  g_assert_cmpint (bench.last, ==, 70);
  g_assert_cmpint (n_freed, ==, 2);

  app_job_free (bench.job);
}

static void
test_pause (void)
{
  Bench bench = { 0 };

  bench.job = app_job_new (&kind, &bench);
  g_assert_true (app_job_start (bench.job, endless (NULL), NULL));
  app_job_set_paused (bench.job, TRUE);
  while (!app_job_is_waiting (bench.job))
    g_thread_yield ();

  /* A worker that waits must be woken, or this would never return. */
  app_job_free (bench.job);
  drain ();
  g_assert_cmpint (bench.n_done, ==, 0);
}

static void
test_free (void)
{
  Bench bench = { 0 };

  g_test_summary ("Freeing joins every thread and frees every datum once; what is still on its way home finds nobody.");

  n_freed = 0;
  bench.job = app_job_new (&kind, &bench);
  for (int i = 0; i < 5; i++)
    g_assert_true (app_job_start (bench.job, endless (NULL), NULL));
  app_job_free (bench.job);
  g_assert_cmpint (n_freed, ==, 5);
  drain ();
  g_assert_cmpint (n_freed, ==, 5);
  g_assert_cmpint (bench.n_done, ==, 0);

  bench.job = app_job_new (&kind, &bench);
  bench.free_inside = TRUE;
  g_assert_true (app_job_start (bench.job, data_new (1), NULL));
  while (bench.job != NULL)
    g_main_context_iteration (NULL, TRUE);
  drain ();
  g_assert_cmpint (n_freed, ==, 6);
}

static void
test_storm (void)
{
  Bench bench = { 0 };
  GRand *rand = g_rand_new_with_seed (2026);

  g_test_summary ("Starts, cancels, drops and frees in any order: nothing is lost, nothing is freed twice.");

  n_freed = 0;
  bench.job = app_job_new (&kind, &bench);
  for (int i = 0; i < 400; i++)
    {
      g_assert_true (app_job_start (bench.job, g_rand_boolean (rand) ? endless (NULL) : data_new (i), NULL));
      if (g_rand_boolean (rand))
        app_job_set_paused (bench.job, g_rand_boolean (rand));
      switch (g_rand_int_range (rand, 0, 4))
        {
        case 0: app_job_cancel (bench.job); break;
        case 1: app_job_drop (bench.job); break;
        case 2: g_main_context_iteration (NULL, FALSE); break;
        default: break;
        }
    }
  app_job_free (bench.job);
  drain ();
  g_assert_cmpint (n_freed, ==, 400);

  g_rand_free (rand);
}

#define MOST_FRAMES 20000 /* two seconds and more */

static gboolean
frame_cb (gpointer user_data)
{
  int *n_frames = user_data;

  g_usleep (100);
  ++*n_frames;
  return G_SOURCE_CONTINUE;
}

/* Comes home also where frames leave no time between them. */
static void
test_frames (void)
{
  Bench bench = { 0 };
  int n_frames = 0;
  guint frames;

  bench.job = app_job_new (&kind, &bench);
  g_assert_true (app_job_start (bench.job, data_new (1), NULL));
  frames = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, frame_cb, &n_frames, NULL);
  while (bench.n_done == 0 && n_frames < MOST_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bench.n_done, ==, 1);
  g_source_remove (frames);
  app_job_free (bench.job);
}

/* May be asked to stand back for a while, also while nothing runs. */
static void
test_hold_back (void)
{
  Bench bench = { 0 };

  bench.job = app_job_new (&kind, &bench);
  app_job_hold_back (bench.job, G_MAXINT64);
  g_assert_true (app_job_start (bench.job, data_new (1), NULL));
  app_job_hold_back (bench.job, G_MAXINT64);
  settle (&bench);
  app_job_free (bench.job);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/result", test_result);
  g_test_add_func ("/job/frames", test_frames);
  g_test_add_func ("/job/hold-back", test_hold_back);
  g_test_add_func ("/job/cancel", test_cancel);
  g_test_add_func ("/job/stale", test_stale);
  g_test_add_func ("/job/pause", test_pause);
  g_test_add_func ("/job/free", test_free);
  g_test_add_func ("/job/storm", test_storm);

  return g_test_run ();
}
