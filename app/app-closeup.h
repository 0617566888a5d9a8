/* app-closeup.h: fetches in the background what is to be drawn closer than the pyramid is
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-pyramid.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only; reads on threads named "lamina-closeup", one for each place.
 *
 * Signals:
 *   "fetched": something is at hand that was not
 *   "failed" (const GError *error): a part cannot be read; it counts as missing, and is at hand as such */
#define APP_TYPE_CLOSEUP (app_closeup_get_type ())
G_DECLARE_FINAL_TYPE (AppCloseup, app_closeup, APP, CLOSEUP, GObject)

/* What sig_pyramid_fetch() is to fetch. A plain value. */
typedef struct
{
  SigPlace place;
  double   start, end, width;
  gboolean spare; /* nobody waits for it: gives way to what is not */
} AppCloseupSpan;

AppCloseup *app_closeup_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* What runs for that place is let run, unless it is spare, and the last span asked for meanwhile comes next: so that something is
 * at hand every now and then, however often one asks. */
void        app_closeup_fetch     (AppCloseup *self, SigPyramid *pyramid, const AppCloseupSpan *span);

/* Nothing is fetched any more, nothing told. */
void        app_closeup_forget    (AppCloseup *self);

gboolean    app_closeup_is_active (AppCloseup *self); /* something is to come */
gboolean    app_closeup_is_busy   (AppCloseup *self); /* a thread lives, if only one that was dropped */

G_END_DECLS
