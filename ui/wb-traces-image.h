/* wb-traces-image.h: the picture of lanes and frame, of which only what changes is redrawn
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-gl-pages.h"
#include "wb-traces-paint.h"

G_BEGIN_DECLS

/* Everything the picture depends on; borrowed. Two of them are compared member by member, what the models hold is
 * immutable but for a growing pyramid: see wb_traces_image_invalidate(). */
typedef struct
{
  WbScene         scene;
  double          width, height;
  double          start, end; /* the span, of which `grid` is the columns: of wb_traces_snap() */
  WbGrid          grid;
  const WbColors *colors;
  int             scale;
  gboolean        as_texture; /* for renderers that are not cairo */
  WbGlPages      *pages;      /* (nullable): what makes the textures, where it is not GTK */
  gboolean        zoomed;     /* pixels of the picture need not be those of the screen: see wb-zoom.h */
} WbTracesView;

/* Main thread only. */
typedef struct _WbTracesImage WbTracesImage;

WbTracesImage *wb_traces_image_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void           wb_traces_image_free       (WbTracesImage *self);

/* Forgets all that is painted: there is another pyramid or view of the channels, or the pyramid has grown. */
void           wb_traces_image_invalidate (WbTracesImage *self);

/* Whether the node shows lanes or a probability that are rough, as what they are made of was not at hand; and forgets such. */
gboolean       wb_traces_image_is_rough   (const WbTracesImage *self);
void           wb_traces_image_refine     (WbTracesImage *self);

/* The prediction is another one, wherever it lies in memory. */
void           wb_traces_image_forget_ribbons (WbTracesImage *self);

/* The node that shows the view (transfer none), the last one where nothing changed. */
GskRenderNode *wb_traces_image_get_node (WbTracesImage *self, const WbTracesView *view, const WbTracesLayout *layout);

/* The cost of our own drawing in the last redraws, in ms of processor time, without that of handing the pixels to OpenGL (which
 * GTK's own textures do later); returns how many redraws there were in all. */
guint          wb_traces_image_get_cost   (const WbTracesImage *self, double *median_ms, double *p99_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTracesImage, wb_traces_image_free)

G_END_DECLS
