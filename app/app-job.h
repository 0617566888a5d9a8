/* app-job.h: one kind of background work: a named thread at a time, a cancel flag and a generation number
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-ticket.h"

G_BEGIN_DECLS

/* Main thread only, but for `run`. Each start is a generation with a thread of its own; the result of an
 * older generation is dropped, however late it comes. The data is plain C made of immutable refs and
 * copies: a worker never holds a GObject, so that it can never run the finalizer of one. */
typedef struct _AppJob AppJob;

/* What a job does. Static data. */
typedef struct
{
  const char    *name;      /* of the thread; at most 15 bytes */
  int            nice;      /* 0 to 19: how far it and the threads it starts stand back behind the window */

  /* On the thread. Asks the ticket often whether to stop; leaves results and errors in `data`. */
  void         (*run)       (gpointer data, AppTicket *ticket);

  /* On the main thread, when `run` has returned and the thread is joined. Not called for a generation that
   * was dropped. May start the job again or free it. */
  void         (*done)      (gpointer owner, gpointer data);
  GDestroyNotify free_data; /* always on the main thread */
} AppJobKind;

/* `owner` is borrowed: it frees the job before it goes. */
AppJob  *app_job_new        (const AppJobKind *kind, gpointer owner) G_GNUC_WARN_UNUSED_RESULT;

/* Cancels, waits for the threads to end and drops their results. */
void     app_job_free       (AppJob *self);

/* Drops what runs and starts anew; consumes `data`. FALSE when the system refuses a thread. */
gboolean app_job_start      (AppJob *self, gpointer data, GError **error);

/* Asks the current generation to stop; `done` still comes, with what there is. */
void     app_job_cancel     (AppJob *self);

/* Asks it to stop; `done` never comes. */
void     app_job_drop       (AppJob *self);

void     app_job_set_paused (AppJob *self, gboolean paused);

/* Asks the current generation to take less of the machine until `until_us` of g_get_monotonic_time(). */
void     app_job_hold_back  (AppJob *self, gint64 until_us);

gboolean app_job_is_waiting (AppJob *self);

/* Whether a result is to be expected; whether any thread lives, dropped ones among them. */
gboolean app_job_is_active  (AppJob *self);
gboolean app_job_is_busy    (AppJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppJob, app_job_free)

G_END_DECLS
