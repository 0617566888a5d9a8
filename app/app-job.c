/* app-job.c: one kind of background work: a named thread at a time, a cancel flag and a generation number
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-job.h"

#include <gio/gio.h>
#include <stdatomic.h>
#include <sys/resource.h>

/* One start. It lives until its envelope has come home: come_home_cb() frees it. The worker only reads
 * `kind`, `data`, `ticket` and `task`, all set before it starts, and main joins the worker before it drops
 * any of them. */
typedef struct
{
  const AppJobKind *kind;
  AppTicket        *ticket;
  gpointer          data;
  atomic_bool       finished; /* publishes `data`: what happens inside GLib is invisible to ThreadSanitizer */
  GTask            *task;     /* only the envelope that brings the result home */

  /* Main thread only. */
  GThread          *thread; /* NULL: joined */
  AppJob           *job;    /* NULL: freed meanwhile */
  guint             generation;
} Attempt;

/* GDK_PRIORITY_REDRAW: what comes home waits for input, but takes turns with frames. Behind them it would never come where each
 * frame takes longer than the time to the next. */
#define AS_A_FRAME (G_PRIORITY_HIGH_IDLE + 20)

struct _AppJob
{
  const AppJobKind *kind;
  gpointer          owner;
  GPtrArray        *attempts;   /* borrowed: those whose thread is not joined, the newest last */
  guint             generation; /* of the attempt whose result is wanted */
  gboolean          active;     /* it is still to come */
};

AppJob *
app_job_new (const AppJobKind *kind, gpointer owner)
{
  AppJob *self = g_new0 (AppJob, 1);

  self->kind = kind;
  self->owner = owner;
  self->attempts = g_ptr_array_new ();

  return self;
}

static void
attempt_join (Attempt *attempt)
{
  g_thread_join (g_steal_pointer (&attempt->thread));
  g_assert (atomic_load (&attempt->finished));
}

static void
attempt_free_data (Attempt *attempt)
{
  attempt->kind->free_data (g_steal_pointer (&attempt->data));
}

void
app_job_free (AppJob *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->attempts->len; i++)
    app_ticket_cancel (((Attempt *) self->attempts->pdata[i])->ticket);

  for (guint i = 0; i < self->attempts->len; i++)
    {
      Attempt *attempt = self->attempts->pdata[i];

      attempt_join (attempt);
      attempt_free_data (attempt);
      attempt->job = NULL;
    }

  g_ptr_array_unref (self->attempts);
  g_free (self);
}

static void
come_home_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Attempt *attempt = user_data;
  AppJob *job = attempt->job;

  if (attempt->thread != NULL)
    attempt_join (attempt);

  if (job != NULL)
    {
      g_ptr_array_remove (job->attempts, attempt);
      if (job->active && attempt->generation == job->generation)
        {
          job->active = FALSE;
          job->kind->done (job->owner, attempt->data);
        }
      attempt_free_data (attempt);
    }

  app_ticket_unref (attempt->ticket);
  g_object_unref (attempt->task);
  g_free (attempt);
}

/* On Linux this is about the calling thread alone, and what it starts inherits it. A refusal does no harm. */
static void
stand_back (const AppJobKind *kind)
{
  if (getpriority (PRIO_PROCESS, 0) < kind->nice)
    (void) setpriority (PRIO_PROCESS, 0, kind->nice);
}

static gpointer
work (gpointer user_data)
{
  Attempt *attempt = user_data;

  stand_back (attempt->kind);
  attempt->kind->run (attempt->data, attempt->ticket);
  atomic_store (&attempt->finished, TRUE);
  g_task_return_boolean (attempt->task, TRUE);

  return NULL;
}

gboolean
app_job_start (AppJob *self, gpointer data, GError **error)
{
  Attempt *attempt;

  g_return_val_if_fail (self != NULL, FALSE);

  app_job_drop (self);

  attempt = g_new0 (Attempt, 1);
  attempt->kind = self->kind;
  attempt->ticket = app_ticket_new ();
  attempt->data = data;
  attempt->generation = ++self->generation;
  attempt->task = g_task_new (NULL, NULL, come_home_cb, attempt);
  g_task_set_name (attempt->task, self->kind->name);
  g_task_set_priority (attempt->task, AS_A_FRAME);

  attempt->thread = g_thread_try_new (self->kind->name, work, attempt, error);
  if (attempt->thread == NULL)
    {
      attempt_free_data (attempt);
      g_task_return_boolean (attempt->task, FALSE);
      return FALSE;
    }

  attempt->job = self;
  self->active = TRUE;
  g_ptr_array_add (self->attempts, attempt);

  return TRUE;
}

/* The attempt whose result is wanted. */
static Attempt *
current (AppJob *self)
{
  return self->active ? g_ptr_array_index (self->attempts, self->attempts->len - 1) : NULL;
}

void
app_job_cancel (AppJob *self)
{
  Attempt *attempt;

  g_return_if_fail (self != NULL);

  attempt = current (self);
  if (attempt != NULL)
    app_ticket_cancel (attempt->ticket);
}

void
app_job_drop (AppJob *self)
{
  g_return_if_fail (self != NULL);

  app_job_cancel (self);
  self->active = FALSE;
}

void
app_job_set_paused (AppJob *self, gboolean paused)
{
  Attempt *attempt;

  g_return_if_fail (self != NULL);

  attempt = current (self);
  if (attempt != NULL)
    app_ticket_set_paused (attempt->ticket, paused);
}

void
app_job_hold_back (AppJob *self, gint64 until_us)
{
  Attempt *attempt;

  g_return_if_fail (self != NULL);

  attempt = current (self);
  if (attempt != NULL)
    app_ticket_hold_back (attempt->ticket, until_us);
}

gboolean
app_job_is_waiting (AppJob *self)
{
  Attempt *attempt;

  g_return_val_if_fail (self != NULL, FALSE);

  attempt = current (self);

  return attempt != NULL && app_ticket_is_waiting (attempt->ticket);
}

gboolean
app_job_is_active (AppJob *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->active;
}

gboolean
app_job_is_busy (AppJob *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->attempts->len > 0;
}
