/* app-progress.c: how far a job on a thread is, for the window to ask
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-progress.h"

#include <stdatomic.h>

struct _AppProgress
{
  atomic_int refs;
  atomic_int millis; /* thousandths */
};

AppProgress *
app_progress_new (void)
{
  AppProgress *self = g_new0 (AppProgress, 1);

  atomic_init (&self->refs, 1);

  return self;
}

AppProgress *
app_progress_ref (AppProgress *self)
{
  atomic_fetch_add (&self->refs, 1);

  return self;
}

void
app_progress_unref (AppProgress *self)
{
  if (atomic_fetch_sub (&self->refs, 1) == 1)
    g_free (self);
}

void
app_progress_set (AppProgress *self, double fraction)
{
  atomic_store (&self->millis, (int) (1000 * CLAMP (fraction, 0.0, 1.0)));
}

double
app_progress_get (AppProgress *self)
{
  return atomic_load (&self->millis) / 1000.0;
}
