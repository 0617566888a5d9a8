/* wb-zoom.h: shows what is drawn with letters of a fixed size as large as the desktop's letters are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A container of one child, which is laid out in fewer units and shown larger by what gtk-xft-dpi asks for beyond 96 dots per
 * inch. Pointers, pictures and accessible places follow by themselves. */
#define WB_TYPE_ZOOM (wb_zoom_get_type ())
G_DECLARE_FINAL_TYPE (WbZoom, wb_zoom, WB, ZOOM, GtkWidget)

GtkWidget *wb_zoom_new        (GtkWidget *child) G_GNUC_WARN_UNUSED_RESULT;

/* 1 or more, the same for all. */
double     wb_zoom_get_factor (WbZoom *self);

/* Pixels a unit that an image drawn by `widget` needs so as not to be coarse on the screen, in a zoom or not. */
int        wb_zoom_get_pixels (GtkWidget *widget);

G_END_DECLS
