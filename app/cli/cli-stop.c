/* cli-stop.c: Ctrl-C and SIGTERM: stop at the next batch, keep what is there
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-stop.h"

#include <signal.h>

static volatile sig_atomic_t asked;

static void
on_signal (int number)
{
  asked = 1;
}

void
cli_stop_catch (void)
{
  /* The handler serves once: the second signal does what it always does. */
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESETHAND | SA_RESTART };

  sigemptyset (&action.sa_mask);
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

gboolean
cli_stop_is_asked (gpointer unused)
{
  return asked != 0;
}
