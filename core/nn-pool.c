/* nn-pool.c: the worker pool: run a function over shards and wait
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#define MAX_THREADS 256
#define SPINS       4000 /* some tens of microseconds: about what a sleep and a wake-up cost */

typedef struct
{
  NnPool   *pool;
  guint     index; /* among the pool's threads; the caller is 0 */
  pthread_t thread;
} Worker;

struct _NnPool
{
  guint   n_threads; /* the caller's included */
  Worker *workers;   /* n_threads - 1 */

  /* The job, written by the caller before it opens `ticket`. A worker reads it only after it drew a shard from the ticket;
   * nn_pool_run() does not return before that shard is done, so the job cannot change under it. */
  NnPoolFunc func;
  gpointer   user_data;

  _Atomic guint64 ticket;   /* shards of the job << 32 | the next shard to draw; nothing to do where they are equal */
  atomic_uint     finished; /* shards of the job that are done */
  atomic_uint     n_active; /* threads that may draw, the caller's included */
  atomic_bool     quit;

  pthread_mutex_t mutex;
  pthread_cond_t  work; /* the ticket was opened, or quit was set */
  pthread_cond_t  done; /* all shards are finished */
  atomic_uint     n_asleep;      /* workers in, or on their way into, a wait for `work` */
  atomic_bool     caller_asleep; /* the same of the caller and `done` */
};

static inline void
pause_briefly (void)
{
#if defined (__x86_64__) || defined (__i386__)
  __builtin_ia32_pause ();
#endif
}

static inline guint
ticket_size (guint64 ticket)
{
  return (guint) (ticket >> 32);
}

static inline guint
ticket_next (guint64 ticket)
{
  return (guint) (ticket & G_MAXUINT32);
}

/* Draws a shard and runs it. FALSE where there is none left. */
static gboolean
run_one (NnPool *self)
{
  guint64 ticket = atomic_load (&self->ticket);

  do
    {
      if (ticket_next (ticket) >= ticket_size (ticket))
        return FALSE;
    }
  while (!atomic_compare_exchange_weak (&self->ticket, &ticket, ticket + 1));

  self->func (self->user_data, ticket_next (ticket));

  if (atomic_fetch_add (&self->finished, 1) + 1 == ticket_size (ticket) && atomic_load (&self->caller_asleep))
    {
      pthread_mutex_lock (&self->mutex);
      pthread_cond_signal (&self->done);
      pthread_mutex_unlock (&self->mutex);
    }
  return TRUE;
}

static gboolean
is_active (const Worker *worker)
{
  return worker->index < atomic_load (&worker->pool->n_active);
}

static gboolean
has_work (const Worker *worker)
{
  guint64 ticket = atomic_load (&worker->pool->ticket);

  return (is_active (worker) && ticket_next (ticket) < ticket_size (ticket)) || atomic_load (&worker->pool->quit);
}

static void
wait_for_work (const Worker *worker)
{
  NnPool *self = worker->pool;

  for (guint i = 0; i < SPINS && is_active (worker); i++)
    {
      if (has_work (worker))
        return;
      pause_briefly ();
    }

  /* First say that we sleep, then look again; the caller first opens the ticket, then looks who sleeps. In a
   * sequentially consistent order one of the two sees the other. */
  pthread_mutex_lock (&self->mutex);
  atomic_fetch_add (&self->n_asleep, 1);
  while (!has_work (worker))
    pthread_cond_wait (&self->work, &self->mutex);
  atomic_fetch_sub (&self->n_asleep, 1);
  pthread_mutex_unlock (&self->mutex);
}

static void *
worker_main (void *data)
{
  const Worker *worker = data;
  NnPool *self = worker->pool;

  while (!atomic_load (&self->quit))
    {
      if (!is_active (worker) || !run_one (self))
        wait_for_work (worker);
    }
  return NULL;
}

static guint
count_processors (void)
{
  cpu_set_t set;

  if (sched_getaffinity (0, sizeof set, &set) == 0)
    return (guint) CPU_COUNT (&set);
  return g_get_num_processors ();
}

NnPool *
nn_pool_new (guint n_threads)
{
  NnPool *self = g_new0 (NnPool, 1);
  sigset_t all, old;

  if (n_threads == 0)
    n_threads = count_processors ();
  n_threads = CLAMP (n_threads, 1, MAX_THREADS);

  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->work, NULL);
  pthread_cond_init (&self->done, NULL);
  self->workers = g_new0 (Worker, n_threads);
  self->n_threads = 1;
  atomic_init (&self->n_active, n_threads);

  /* Signals are for the threads that the program itself started. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &old);
  for (guint i = 0; i + 1 < n_threads; i++)
    {
      Worker *worker = &self->workers[i];
      char name[16];

      *worker = (Worker) { .pool = self, .index = i + 1 };
      if (pthread_create (&worker->thread, NULL, worker_main, worker) != 0)
        break;
      g_snprintf (name, sizeof name, "nn-%u", i);
      pthread_setname_np (worker->thread, name);
      self->n_threads++;
    }
  pthread_sigmask (SIG_SETMASK, &old, NULL);

  return self;
}

void
nn_pool_free (NnPool *self)
{
  if (self == NULL)
    return;

  atomic_store (&self->quit, true);
  pthread_mutex_lock (&self->mutex);
  pthread_cond_broadcast (&self->work);
  pthread_mutex_unlock (&self->mutex);
  for (guint i = 0; i + 1 < self->n_threads; i++)
    pthread_join (self->workers[i].thread, NULL);

  pthread_cond_destroy (&self->done);
  pthread_cond_destroy (&self->work);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->workers);
  g_free (self);
}

guint
nn_pool_get_n_threads (const NnPool *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->n_threads;
}

void
nn_pool_set_n_active (NnPool *self, guint n_active)
{
  g_return_if_fail (self != NULL);

  atomic_store (&self->n_active, CLAMP (n_active, 1, self->n_threads));
}

static void
wait_until_done (NnPool *self, guint n_shards)
{
  for (guint i = 0; i < SPINS; i++)
    {
      if (atomic_load (&self->finished) == n_shards)
        return;
      pause_briefly ();
    }

  pthread_mutex_lock (&self->mutex);
  atomic_store (&self->caller_asleep, true);
  while (atomic_load (&self->finished) != n_shards)
    pthread_cond_wait (&self->done, &self->mutex);
  atomic_store (&self->caller_asleep, false);
  pthread_mutex_unlock (&self->mutex);
}

void
nn_pool_run (NnPool *self, guint n_shards, NnPoolFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (func != NULL);

  if (n_shards == 0)
    return;

  self->func = func;
  self->user_data = user_data;
  atomic_store (&self->finished, 0);
  atomic_store (&self->ticket, (guint64) n_shards << 32);

  if (n_shards > 1 && atomic_load (&self->n_active) > 1 && atomic_load (&self->n_asleep) > 0)
    {
      pthread_mutex_lock (&self->mutex);
      pthread_cond_broadcast (&self->work);
      pthread_mutex_unlock (&self->mutex);
    }

  while (run_one (self))
    ;
  wait_until_done (self, n_shards);
}

/* --- pieces made ahead -------------------------------------------------------------------- */

typedef struct
{
  NnPoolFunc  make, use;
  gpointer    user_data;
  guint       n;
  atomic_uint next; /* to be made */
  atomic_bool made[NN_POOL_AHEAD];
} Ahead;

/* FALSE where all are made, or in the making. */
static gboolean
make_next (Ahead *self)
{
  guint i;

  if (atomic_load (&self->next) >= self->n)
    return FALSE;
  i = atomic_fetch_add (&self->next, 1);
  if (i >= self->n)
    return FALSE;
  self->make (self->user_data, i);
  atomic_store (&self->made[i], true);
  return TRUE;
}

/* Whoever uses them makes them too before it waits: it does not depend on there being another thread. */
static void
use_all (Ahead *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      for (guint spins = 0; !atomic_load (&self->made[i]);)
        {
          if (make_next (self))
            continue;
          if (++spins < SPINS)
            pause_briefly ();
          else
            sched_yield ();
        }
      self->use (self->user_data, i);
    }
}

static void
run_ahead (gpointer user_data, guint shard)
{
  Ahead *self = user_data;

  if (shard == 0)
    use_all (self);
  else
    while (make_next (self))
      ;
}

void
nn_pool_run_ahead (NnPool *self, guint n, NnPoolFunc make, NnPoolFunc use, gpointer user_data)
{
  Ahead ahead = { .make = make, .use = use, .user_data = user_data, .n = n };

  g_return_if_fail (self != NULL);
  g_return_if_fail (make != NULL && use != NULL);
  g_return_if_fail (n <= NN_POOL_AHEAD);

  nn_pool_run (self, self->n_threads, run_ahead, &ahead);
}
