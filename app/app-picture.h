/* app-picture.h: pictures as files: PNG, SVG and PDF from the same drawing code
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef enum { APP_PICTURE_PNG, APP_PICTURE_SVG, APP_PICTURE_PDF, APP_N_PICTURES } AppPictureKind;

#define APP_PICTURE_LEAST 100
#define APP_PICTURE_MOST  16384
#define APP_PICTURE_FINEST 4

/* `path`, with ".png" where its name has no ending: what is meant by whoever types a name alone. NULL where that would replace a
 * file that nobody was asked about. */
char    *app_picture_complete_path (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Draws a picture of the size it was asked for. */
typedef void (*AppPictureFunc) (cairo_t *cr, double width, double height, gpointer user_data);

/* By the end of the name: ".png", ".svg" or ".pdf", in any case; FALSE with the choice in words. */
gboolean app_picture_find_kind (const char *path, AppPictureKind *kind, GError **error);

/* A plain value. Width and height in units (in a PDF points), from APP_PICTURE_LEAST to APP_PICTURE_MOST each; a PNG has `scale`
 * pixels a unit, 1 to APP_PICTURE_FINEST, and no more than APP_PICTURE_MOST either. */
typedef struct
{
  int width, height, scale;
} AppPictureSize;

/* Draws and writes the file; afterwards there is the old one or the new one. Texts stay texts in SVG and PDF. Any thread. */
gboolean app_picture_save      (const char *path, AppPictureKind kind, const char *title, const AppPictureSize *size,
                                AppPictureFunc draw, gpointer user_data, GError **error);

G_END_DECLS
