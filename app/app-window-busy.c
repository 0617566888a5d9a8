/* app-window-busy.c: what goes on in the background for long, told in the banner with a way to stop it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

/* What the banner says at `fraction`. */
static char *
dup_words (const AppWindow *self, AppBusy busy, double fraction)
{
  const char *verb = busy == APP_BUSY_EXPORTING ? "Writing and checking" : "Opening";
  const char *path = busy == APP_BUSY_EXPORTING ? self->export_path : self->opening != NULL ? self->opening[0] : NULL;
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  if (busy == APP_BUSY_OPENING && self->opening != NULL && self->opening[1] != NULL)
    return g_strdup_printf ("Opening %u files: %.0f %%", g_strv_length (self->opening), 100 * fraction);
  if (name == NULL)
    return g_strdup_printf ("%s: %.0f %%", verb, 100 * fraction);
  return g_strdup_printf ("%s “%s”: %.0f %%", verb, name, 100 * fraction);
}

static AppBusy
find_busy (AppWindow *self)
{
  if (app_job_is_active (self->exporter))
    return APP_BUSY_EXPORTING;
  if (app_loader_is_active (self->loader))
    return APP_BUSY_OPENING;
  return APP_BUSY_NOT;
}

void
app_window_watch_busy (AppWindow *self)
{
  if (find_busy (self) == APP_BUSY_NOT)
    return;
  self->busy_since = g_get_monotonic_time ();
  self->told_busy = APP_BUSY_NOT;
  app_window_keep_ticking (self);
}

gboolean
app_window_poll_busy (AppWindow *self)
{
  AppBusy busy = find_busy (self);
  g_autofree char *words = NULL;
  double fraction;

  if (busy == APP_BUSY_NOT || g_get_monotonic_time () - self->busy_since < APP_PATIENCE_US)
    return busy != APP_BUSY_NOT;
  fraction = busy == APP_BUSY_EXPORTING ? app_progress_get (self->export_progress) : app_loader_get_progress (self->loader);
  words = dup_words (self, busy, fraction);
  if (self->told_busy == busy && wb_banner_has_offer (self->banner))
    wb_banner_update (self->banner, words);
  else if (self->told_busy != busy)
    {
      wb_banner_show (self->banner, WB_TONE_NOTE, words);
      wb_banner_offer (self->banner, "_Stop", "win.stop-waiting");
      self->told_busy = busy;
    }

  return TRUE;
}

void
app_window_stop_waiting (AppWindow *self)
{
  if (app_job_is_active (self->exporter))
    {
      app_job_cancel (self->exporter);
      return;
    }
  if (!app_loader_is_active (self->loader))
    return;
  app_loader_forget (self->loader);
  wb_banner_show (self->banner, WB_TONE_NOTE, "Opening was stopped. Nothing has changed.");
}
