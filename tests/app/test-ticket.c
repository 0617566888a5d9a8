/* test-ticket.c: the ticket a worker carries: stop, wait and go on
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-ticket.h"

#include <stdatomic.h>

/* A worker that goes through the gate until told to stop. */
typedef struct
{
  AppTicket  *ticket;
  atomic_int  n_passed;
} Walker;

static gpointer
walk (gpointer data)
{
  Walker *walker = data;

  while (!app_ticket_pass (walker->ticket))
    atomic_fetch_add (&walker->n_passed, 1);

  return NULL;
}

static void
test_stop (void)
{
  g_autoptr (AppTicket) ticket = app_ticket_new ();

  g_assert_false (app_ticket_pass (ticket));
  g_assert_false (app_ticket_is_cancelled (ticket));
  app_ticket_cancel (ticket);
  g_assert_true (app_ticket_pass (ticket));
  g_assert_true (app_ticket_is_cancelled (ticket));

  /* A pause must not hold up one who is to stop. */
  app_ticket_set_paused (ticket, TRUE);
  g_assert_true (app_ticket_pass (ticket));
}

static void
test_pause (void)
{
  g_autoptr (AppTicket) ticket = app_ticket_new ();
  Walker walker = { .ticket = ticket };
  GThread *thread;
  int n;

  thread = g_thread_new ("walker", walk, &walker);
  while (atomic_load (&walker.n_passed) == 0)
    g_thread_yield ();

  app_ticket_set_paused (ticket, TRUE);
  while (!app_ticket_is_waiting (ticket))
    g_thread_yield ();
  n = atomic_load (&walker.n_passed);
  for (int i = 0; i < 100; i++)
    g_thread_yield ();
  g_assert_cmpint (atomic_load (&walker.n_passed), ==, n);

  app_ticket_set_paused (ticket, FALSE);
  while (atomic_load (&walker.n_passed) == n)
    g_thread_yield ();
  g_assert_false (app_ticket_is_waiting (ticket));

  app_ticket_set_paused (ticket, TRUE);
  while (!app_ticket_is_waiting (ticket))
    g_thread_yield ();
  app_ticket_cancel (ticket);
  g_thread_join (thread);
}

static void
test_hold_back (void)
{
  g_autoptr (AppTicket) ticket = app_ticket_new ();

  g_assert_false (app_ticket_is_held_back (ticket));
  app_ticket_hold_back (ticket, g_get_monotonic_time () + 60 * G_USEC_PER_SEC);
  g_assert_true (app_ticket_is_held_back (ticket));
  app_ticket_hold_back (ticket, g_get_monotonic_time () - 1);
  g_assert_false (app_ticket_is_held_back (ticket));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticket/stop", test_stop);
  g_test_add_func ("/ticket/pause", test_pause);
  g_test_add_func ("/ticket/hold-back", test_hold_back);

  return g_test_run ();
}
