/* app-ticket.c: the worker's end of a job: whether to stop, and where to wait while paused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-ticket.h"

#include <pthread.h>
#include <stdatomic.h>

struct _AppTicket
{
  atomic_int      ref_count;
  atomic_bool     cancelled;
  atomic_bool     paused;
  atomic_bool     waiting;
  _Atomic gint64  held_back_until_us;
  pthread_mutex_t lock;   /* for `turned` only */
  pthread_cond_t  turned; /* cancelled or paused has changed */
};

AppTicket *
app_ticket_new (void)
{
  AppTicket *self = g_new0 (AppTicket, 1);

  atomic_init (&self->ref_count, 1);
  pthread_mutex_init (&self->lock, NULL);
  pthread_cond_init (&self->turned, NULL);

  return self;
}

AppTicket *
app_ticket_ref (AppTicket *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  atomic_fetch_add (&self->ref_count, 1);

  return self;
}

void
app_ticket_unref (AppTicket *self)
{
  g_return_if_fail (self != NULL);

  if (atomic_fetch_sub (&self->ref_count, 1) > 1)
    return;

  pthread_cond_destroy (&self->turned);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static void
turn (AppTicket *self, atomic_bool *flag, gboolean value)
{
  pthread_mutex_lock (&self->lock);
  atomic_store (flag, value);
  pthread_cond_broadcast (&self->turned);
  pthread_mutex_unlock (&self->lock);
}

void
app_ticket_cancel (AppTicket *self)
{
  g_return_if_fail (self != NULL);

  turn (self, &self->cancelled, TRUE);
}

void
app_ticket_set_paused (AppTicket *self, gboolean paused)
{
  g_return_if_fail (self != NULL);

  turn (self, &self->paused, paused);
}

void
app_ticket_hold_back (AppTicket *self, gint64 until_us)
{
  g_return_if_fail (self != NULL);

  atomic_store (&self->held_back_until_us, until_us);
}

gboolean
app_ticket_is_held_back (AppTicket *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_get_monotonic_time () < atomic_load (&self->held_back_until_us);
}

gboolean
app_ticket_is_waiting (AppTicket *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return atomic_load (&self->waiting);
}

gboolean
app_ticket_is_cancelled (gpointer self)
{
  AppTicket *ticket = self;

  return atomic_load (&ticket->cancelled);
}

gboolean
app_ticket_pass (gpointer self)
{
  AppTicket *ticket = self;

  if (atomic_load (&ticket->paused) && !atomic_load (&ticket->cancelled))
    {
      pthread_mutex_lock (&ticket->lock);
      atomic_store (&ticket->waiting, TRUE);
      while (atomic_load (&ticket->paused) && !atomic_load (&ticket->cancelled))
        pthread_cond_wait (&ticket->turned, &ticket->lock);
      atomic_store (&ticket->waiting, FALSE);
      pthread_mutex_unlock (&ticket->lock);
    }

  return atomic_load (&ticket->cancelled);
}
