/* app-window-picture.c: what is seen of the recording, as a picture in a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-files.h"
#include "app-picture.h"

#include "wb-init.h"
#include "wb-scene-refs.h"
#include "wb-traces-paint.h"

#include <string.h>

#define PIXELS         2 /* of a PNG, for each on a common screen */
#define LONGEST_ENDING 6 /* of a file's name, with its dot */

/* What goes to the thread and comes back. */
typedef struct
{
  WbScene         scene; /* its models are held */
  double          start, end;
  AppPictureSize  size;
  const WbColors *colors;
  char           *title, *path;
  GError         *error;
} Picture;

static void
draw (cairo_t *cr, double width, double height, gpointer user_data)
{
  const Picture *picture = user_data;

  wb_traces_paint_picture (cr, &picture->scene, picture->title, picture->start, picture->end, width, height,
                           picture->colors);
}

static void
picture_run (gpointer data, AppTicket *ticket)
{
  Picture *picture = data;
  AppPictureKind kind;

  if (app_picture_find_kind (picture->path, &kind, &picture->error))
    (void) app_picture_save (picture->path, kind, picture->title, &picture->size, draw, picture, &picture->error);
}

static void
picture_done (gpointer owner, gpointer data)
{
  AppWindow *self = owner;
  Picture *picture = data;
  g_autofree char *name = g_filename_display_basename (picture->path);
  g_autofree char *text = g_strdup_printf ("“%s” holds what was seen.", name);

  if (picture->error != NULL)
    wb_banner_show (self->banner, WB_TONE_ERROR, picture->error->message);
  else
    wb_banner_show (self->banner, WB_TONE_NOTE, text);
}

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  wb_scene_hold (&picture->scene, NULL);
  g_free (picture->title);
  g_free (picture->path);
  g_clear_error (&picture->error);
  g_free (picture);
}

static const AppJobKind picture_kind = { "lamina-picture", 0, picture_run, picture_done, picture_free };

/* As large as on the screen, with room for the title, and fine enough for print. */
static void
chosen_cb (gpointer user_data, const char *path)
{
  AppWindow *self = user_data;
  WbScene scene = app_window_make_scene (self);
  g_autoptr (GError) error = NULL;
  char *complete = app_picture_complete_path (path, &error);
  Picture *picture;

  if (complete == NULL)
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
  if (complete == NULL || scene.pyramid == NULL)
    {
      g_free (complete);
      return;
    }
  picture = g_new0 (Picture, 1);
  (void) wb_scene_hold (&picture->scene, &scene);
  wb_view_span_get_visible (self->span, &picture->start, &picture->end);
  picture->size = (AppPictureSize) { gtk_widget_get_width (GTK_WIDGET (self->traces)),
                                     gtk_widget_get_height (GTK_WIDGET (self->traces)), PIXELS };
  wb_traces_get_picture_size (&scene, &picture->size.width, &picture->size.height);
  picture->colors = wb_colors_get (wb_is_dark ());
  picture->title = g_strdup (sig_recording_get_title (sig_pyramid_get_recording (scene.pyramid)));
  picture->path = complete;
  if (!app_job_start (self->painter, picture, &error))
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

/* "take.png" of take.wav; what a file's name cannot hold is replaced. */
static char *
make_name (const SigRecording *recording)
{
  g_autofree char *base = g_strdelimit (g_strdup (sig_recording_get_title (recording)), "/\\", '-');
  char *dot = strrchr (base, '.');

  if (dot > base && strlen (dot) <= LONGEST_ENDING)
    *dot = '\0';
  return g_strconcat (*base != '\0' ? base : "view", ".png", NULL);
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  const SigRecording *recording = app_document_get_recording (self->document);
  g_autofree char *name = recording != NULL ? make_name (recording) : NULL;

  if (name != NULL)
    app_files_choose (GTK_WINDOW (self), APP_FILES_EXPORT_PICTURE, name, chosen_cb, self);
}

void
app_window_bind_picture (AppWindow *self)
{
  static const GActionEntry entries[] = { { "export", export_action } };

  self->painter = app_job_new (&picture_kind, self);
  g_action_map_add_action_entries (G_ACTION_MAP (self->view_actions), entries, G_N_ELEMENTS (entries), self);
}
