/* wb-gl-pages.h: painted pages as textures of an OpenGL that runs on the processor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From GTK 4.14 on its own renderers can be asked for the nearest pixel (GskTextureScaleNode). */
#define WB_GTK_MINOR_NEAREST 14

/* Earlier ones have their textures sampled with a linear filter, wherever they lie. On a graphics card that costs nothing; on
 * the processor (llvmpipe: virtual machines, remote desktops) it is half of a frame's work. Pages whose pixels are those of the
 * screen need no filter. Main thread only. */
typedef struct _WbGlPages WbGlPages;

/* NULL where `renderer` is not GTK's for OpenGL, GTK is newer, OpenGL does not run on the processor, or is the one for embedded
 * systems: there GTK's own textures serve. */
WbGlPages  *wb_gl_pages_new          (GskRenderer *renderer) G_GNUC_WARN_UNUSED_RESULT;

/* What textures are still shown outlives it. */
void        wb_gl_pages_free         (WbGlPages *self);

/* The pixels of an image surface of CAIRO_FORMAT_ARGB32, copied (transfer full). */
GdkTexture *wb_gl_pages_make_texture (WbGlPages *self, cairo_surface_t *page) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a description of OpenGL's renderer names one that runs on the processor. */
gboolean    wb_gl_pages_is_software  (const char *renderer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbGlPages, wb_gl_pages_free)

G_END_DECLS
