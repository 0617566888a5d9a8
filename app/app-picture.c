/* app-picture.c: pictures as files: PNG, SVG and PDF from the same drawing code
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-picture.h"

#include "app-safe-file.h"

#include "wb-svg.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <gio/gio.h>
#include <string.h>

static const char *const endings[APP_N_PICTURES] = { ".png", ".svg", ".pdf" };

gboolean
app_picture_find_kind (const char *path, AppPictureKind *kind, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *name = g_filename_display_basename (path);

  for (AppPictureKind k = 0; k < APP_N_PICTURES; k++)
    if (g_str_has_suffix (lower, endings[k]))
      {
        *kind = k;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "“%s” does not say what picture it is to be: names end in .png, .svg or .pdf.", name);
  return FALSE;
}

char *
app_picture_complete_path (const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = NULL, *complete = NULL;

  if (strchr (base, '.') != NULL)
    return g_strdup (path);
  complete = g_strconcat (path, endings[APP_PICTURE_PNG], NULL);
  if (!g_file_test (complete, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&complete);
  name = g_filename_display_basename (complete);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "“%s” exists; to replace it, give its whole name.", name);
  return NULL;
}

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int n)
{
  g_byte_array_append (bytes, data, n);
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
make_surface (AppPictureKind kind, const char *title, const AppPictureSize *size, GByteArray *bytes, GString *elements)
{
  cairo_surface_t *surface;

  switch (kind)
    {
    case APP_PICTURE_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, size->width, size->height);
      wb_svg_collect (surface, elements);
      return surface;
    case APP_PICTURE_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, size->width, size->height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Lamina");
      return surface;
    case APP_PICTURE_PNG:
    case APP_N_PICTURES:
    default:
      surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size->width * size->scale, size->height * size->scale);
      cairo_surface_set_device_scale (surface, size->scale, size->scale);
      return surface;
    }
}

/* They go on top, as the last ones. */
static void
insert_elements (GByteArray *bytes, const GString *elements)
{
  static const char end[] = "</svg>";
  const char *at = g_strrstr_len ((const char *) bytes->data, bytes->len, end);
  guint where = at != NULL ? (guint) (at - (const char *) bytes->data) : bytes->len;
  g_autofree char *rest = g_strndup ((const char *) bytes->data + where, bytes->len - where);

  g_byte_array_set_size (bytes, where);
  g_byte_array_append (bytes, (const guint8 *) elements->str, elements->len);
  g_byte_array_append (bytes, (const guint8 *) rest, strlen (rest));
}

/* (nullable): the file's bytes. */
static GByteArray *
draw_bytes (AppPictureKind kind, const char *title, const AppPictureSize *size, AppPictureFunc draw, gpointer user_data,
            GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) elements = g_string_new (NULL);
  cairo_surface_t *surface = make_surface (kind, title, size, bytes, elements);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  draw (cr, size->width, size->height, user_data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS && kind == APP_PICTURE_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The picture cannot be drawn: %s.", cairo_status_to_string (status));
      return NULL;
    }
  if (kind == APP_PICTURE_SVG)
    insert_elements (bytes, elements);
  return g_steal_pointer (&bytes);
}

static gboolean
check_size (AppPictureKind kind, const AppPictureSize *size, GError **error)
{
  int scale = kind == APP_PICTURE_PNG ? size->scale : 1;

  if (MIN (size->width, size->height) >= APP_PICTURE_LEAST && MAX (size->width, size->height) <= APP_PICTURE_MOST / scale)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The picture is %d × %d; each side may be %d to %d.", size->width,
               size->height, APP_PICTURE_LEAST, APP_PICTURE_MOST / scale);
  return FALSE;
}

gboolean
app_picture_save (const char *path, AppPictureKind kind, const char *title, const AppPictureSize *size, AppPictureFunc draw,
                  gpointer user_data, GError **error)
{
  g_autoptr (AppSafeFile) file = NULL;
  g_autoptr (GByteArray) bytes = NULL;

  g_return_val_if_fail (path != NULL && kind < APP_N_PICTURES && title != NULL && draw != NULL, FALSE);
  g_return_val_if_fail (size->scale >= 1 && size->scale <= APP_PICTURE_FINEST, FALSE);

  if (!check_size (kind, size, error))
    return FALSE;
  bytes = draw_bytes (kind, title, size, draw, user_data, error);
  if (bytes == NULL)
    return FALSE;
  file = app_safe_file_new (path, error);
  return file != NULL && app_safe_file_append (file, bytes->data, bytes->len, error) && app_safe_file_commit (file, error);
}
