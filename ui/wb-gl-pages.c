/* wb-gl-pages.c: painted pages as textures of an OpenGL that runs on the processor
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-gl-pages.h"

#include <epoxy/gl.h>

/* Kept for the next pages: three for each part of a picture of lanes. */
#define MOST_IDLE 12

/* An OpenGL texture that a page was copied to. It is shown by one GdkTexture at most, and waits for the next page after that. */
typedef struct
{
  WbGlPages *pages; /* a ref while it is shown */
  guint      id;
  int        width, height;
} Sheet;

struct _WbGlPages
{
  grefcount     refs;    /* the owner's, and one for each sheet that is shown */
  GdkGLContext *context; /* of no window; shares its textures with those of the windows */
  GPtrArray    *idle;    /* of Sheet, owned */
};

gboolean
wb_gl_pages_is_software (const char *renderer)
{
  const char *const names[] = { "llvmpipe", "softpipe", "swrast", "Software Rasterizer" };

  g_return_val_if_fail (renderer != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strstr (renderer, names[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* A context in which pages can be handed over. */
static GdkGLContext *
make_context (GdkDisplay *display)
{
  g_autoptr (GdkGLContext) context = gdk_display_create_gl_context (display, NULL);

  /* Where there is none the renderer would not be OpenGL's. */
  if (context == NULL || !gdk_gl_context_realize (context, NULL) || gdk_gl_context_get_use_es (context))
    return NULL;
  gdk_gl_context_make_current (context);
  if (!wb_gl_pages_is_software ((const char *) glGetString (GL_RENDERER)))
    return NULL;
  return g_steal_pointer (&context);
}

WbGlPages *
wb_gl_pages_new (GskRenderer *renderer)
{
  GdkGLContext *context;
  WbGlPages *self;

  g_return_val_if_fail (GSK_IS_RENDERER (renderer), NULL);

  if (gtk_get_minor_version () >= WB_GTK_MINOR_NEAREST || !g_str_equal (G_OBJECT_TYPE_NAME (renderer), "GskGLRenderer"))
    return NULL;
  context = make_context (gdk_surface_get_display (gsk_renderer_get_surface (renderer)));
  if (context == NULL)
    return NULL;

  self = g_new0 (WbGlPages, 1);
  g_ref_count_init (&self->refs);
  self->context = context;
  self->idle = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/* Leaves `n_kept` of the idle sheets, the youngest ones; the context is current. */
static void
drop_idle (WbGlPages *self,
           guint      n_kept)
{
  while (self->idle->len > n_kept)
    {
      glDeleteTextures (1, &((Sheet *) self->idle->pdata[0])->id);
      g_ptr_array_remove_index (self->idle, 0);
    }
}

static void
unref_pages (WbGlPages *self)
{
  g_autoptr (GdkGLContext) current = NULL;

  if (!g_ref_count_dec (&self->refs))
    return;

  /* The last sheet may be let go by GTK's renderer amid its own work. A context that is current may live by nothing else. */
  g_set_object (&current, gdk_gl_context_get_current ());
  gdk_gl_context_make_current (self->context);
  drop_idle (self, 0);
  if (current != NULL)
    gdk_gl_context_make_current (current);
  g_ptr_array_unref (self->idle);
  g_object_unref (self->context);
  g_free (self);
}

void
wb_gl_pages_free (WbGlPages *self)
{
  g_return_if_fail (self != NULL);
  unref_pages (self);
}

/* Nobody shows the sheet any more. */
static void
idle_cb (gpointer data)
{
  Sheet *sheet = data;
  WbGlPages *self = sheet->pages;

  g_ptr_array_add (self->idle, sheet);
  unref_pages (self);
}

/* A sheet of that size that nobody shows (transfer full); NULL where there is none. */
static Sheet *
take_idle (WbGlPages *self,
           int        width,
           int        height)
{
  for (guint i = 0; i < self->idle->len; i++)
    {
      Sheet *sheet = self->idle->pdata[i];

      if (sheet->width == width && sheet->height == height)
        return g_ptr_array_steal_index (self->idle, i);
    }
  return NULL;
}

static Sheet *
make_sheet (WbGlPages *self,
            int        width,
            int        height)
{
  Sheet *sheet = g_new0 (Sheet, 1);

  sheet->pages = self;
  sheet->width = width;
  sheet->height = height;
  glGenTextures (1, &sheet->id);
  glBindTexture (GL_TEXTURE_2D, sheet->id);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri (GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, NULL);
  return sheet;
}

GdkTexture *
wb_gl_pages_make_texture (WbGlPages       *self,
                          cairo_surface_t *page)
{
  int width = cairo_image_surface_get_width (page), height = cairo_image_surface_get_height (page);
  Sheet *sheet = NULL;

  g_return_val_if_fail (self != NULL && cairo_image_surface_get_format (page) == CAIRO_FORMAT_ARGB32, NULL);

  gdk_gl_context_make_current (self->context);
  sheet = take_idle (self, width, height);
  if (sheet == NULL)
    sheet = make_sheet (self, width, height);
  drop_idle (self, MOST_IDLE);
  cairo_surface_flush (page);
  glBindTexture (GL_TEXTURE_2D, sheet->id);
  glPixelStorei (GL_UNPACK_ROW_LENGTH, cairo_image_surface_get_stride (page) / 4);
  /* Cairo's pixels are words of one byte order, and so are these: whatever the processor's is. */
  glTexSubImage2D (GL_TEXTURE_2D, 0, 0, 0, width, height, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV,
                   cairo_image_surface_get_data (page));
  /* The window's context must find the pixels there; on the processor nothing is waited for. */
  glFinish ();
  g_ref_count_inc (&self->refs);
  return gdk_gl_texture_new (self->context, sheet->id, width, height, idle_cb, sheet);
}
