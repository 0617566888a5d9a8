/* wb-lanes-belt.h: painted lanes that are kept: panning paints only what comes into view
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* The lanes of a view with their ground and its grid lines; borrowed. */
typedef struct
{
  const WbScene        *scene;  /* with a pyramid */
  const WbTracesLayout *layout; /* of whole pixels */
  WbGrid                grid;   /* of wb_traces_snap() */
  const WbColors       *colors;
  int                   scale;
} WbBeltView;

/* One thread's. Holds buffers a quarter wider than the view. */
typedef struct _WbBelt WbBelt;

WbBelt          *wb_belt_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void             wb_belt_free   (WbBelt *self);

/* Keeps nothing of what is painted: there is another pyramid or view of the channels, or the pyramid has grown. */
void             wb_belt_forget (WbBelt *self);

/* Whether some of what is kept is rough, as its samples were not at hand. */
gboolean         wb_belt_is_rough (const WbBelt *self);

/* The picture of the plot's lanes (transfer full), as `format`: ARGB32 or RGB24. Its pixels stay as they are while it lives. */
cairo_surface_t *wb_belt_show   (WbBelt *self, const WbBeltView *view, cairo_format_t format) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbBelt, wb_belt_free)

G_END_DECLS
