/* app-ticket.h: the worker's end of a job: whether to stop, and where to wait while paused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Atomically ref-counted; every function may be called from any thread. pthread and C11 atomics only, so that
 * ThreadSanitizer sees every edge. */
typedef struct _AppTicket AppTicket;

AppTicket *app_ticket_new          (void) G_GNUC_WARN_UNUSED_RESULT;
AppTicket *app_ticket_ref          (AppTicket *self);
void       app_ticket_unref        (AppTicket *self);

/* Asks the worker to stop, for good, and wakes it if it waits. */
void       app_ticket_cancel       (AppTicket *self);

/* While paused the worker waits in app_ticket_pass(). */
void       app_ticket_set_paused   (AppTicket *self, gboolean paused);

/* Asks the worker to take less of the machine until `until_us` of g_get_monotonic_time(); and whether it shall now. */
void       app_ticket_hold_back    (AppTicket *self, gint64 until_us);
gboolean   app_ticket_is_held_back (AppTicket *self);

/* Whether the worker sits in app_ticket_pass() now: "pausing" has become "paused". */
gboolean   app_ticket_is_waiting   (AppTicket *self);

/* Whether to stop. These two take a gpointer and so fit the `should_stop` hooks of core and data. */
gboolean   app_ticket_is_cancelled (gpointer self);

/* As above, and waits here first while the ticket is paused. */
gboolean   app_ticket_pass         (gpointer self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppTicket, app_ticket_unref)

G_END_DECLS
