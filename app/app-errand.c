/* app-errand.c: what the hidden options ask of a window: train, take a picture, measure, leave
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-errand.h"

#include "app-heartbeat.h"
#include "app-screenshot.h"

#define CALM_FRAMES 5  /* frames in a row with nothing going on before the picture is taken */
#define MOST_TRIES  20 /* of a picture: while the window is laid out anew it shows nothing */

/* An errand under way; freed with its window. */
typedef struct
{
  AppErrand     errand;
  gboolean     *failed;
  AppHeartbeat *heartbeat; /* (nullable) */
  guint         n_frames;
  guint         n_calm;
  guint         n_tries;   /* to take a picture */
  gboolean      trained;   /* Train was pressed */
} Going;

static void
going_free (gpointer data)
{
  Going *going = data;

  if (going->heartbeat != NULL)
    {
      g_printerr ("heartbeat: max gap %.1f ms over %u beats, %.1f ms without waiting for a processor\n",
                  app_heartbeat_get_max_gap_ms (going->heartbeat), app_heartbeat_get_n_beats (going->heartbeat),
                  app_heartbeat_get_max_own_ms (going->heartbeat));
      app_heartbeat_free (going->heartbeat);
    }
  app_errand_clear (&going->errand);
  g_free (going);
}

/* `why` (nullable) is consumed. */
static void
fail (Going *going, const char *message, char *why)
{
  g_printerr ("lamina: %s%s%s\n", message, why != NULL ? ": " : "", why != NULL ? why : "");
  g_free (why);
  *going->failed = TRUE;
}

/* Nothing goes on any more: the next thing to do. FALSE when that was the last. */
static gboolean
go_on (AppWindow *window, Going *going)
{
  g_autoptr (GError) error = NULL;
  AppPhase phase = app_trainer_get_phase (app_window_get_trainer (window));

  if (going->errand.after_train && !going->trained)
    {
      going->trained = TRUE;
      gtk_widget_activate_action (GTK_WIDGET (window), "win.train", NULL);
      if (app_trainer_is_active (app_window_get_trainer (window)))
        return TRUE;
      fail (going, "training cannot begin", app_document_dup_obstacle (app_window_get_document (window)));
    }
  else if (going->errand.after_train && phase != APP_PHASE_DONE)
    fail (going, "training did not come to its end", g_strdup (app_window_get_banner (window)));

  if (going->errand.screenshot != NULL
      && !app_screenshot_save (GTK_WIDGET (window), going->errand.screenshot, &error))
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) && ++going->n_tries < MOST_TRIES)
        return TRUE;
      fail (going, error->message, NULL);
    }

  return going->errand.screenshot == NULL && !going->errand.exit_after_startup;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  AppWindow *window = APP_WINDOW (widget);
  Going *going = user_data;

  /* The tick comes before its frame is drawn: at the second one, the first is on the screen. */
  going->n_frames++;
  if (going->n_frames == 2 && going->heartbeat != NULL)
    {
      g_printerr ("heartbeat: first frame after %.0f ms\n",
                  (g_get_monotonic_time () - going->errand.started_us) / 1000.0);
      app_heartbeat_reset (going->heartbeat);
    }

  going->n_calm = app_window_is_busy (window) ? 0 : going->n_calm + 1;
  if (going->n_calm < CALM_FRAMES)
    return G_SOURCE_CONTINUE;

  going->n_calm = 0;
  if (going->errand.screenshot == NULL && !going->errand.exit_after_startup
      && (!going->errand.after_train || going->trained))
    return G_SOURCE_REMOVE;
  if (go_on (window, going))
    return G_SOURCE_CONTINUE;

  app_window_forgo_saving (window);
  gtk_window_close (GTK_WINDOW (window));

  return G_SOURCE_REMOVE;
}

void
app_errand_run (AppWindow *window, const AppErrand *errand, gboolean *failed)
{
  Going *going;

  g_return_if_fail (APP_IS_WINDOW (window) && errand != NULL && failed != NULL);

  going = g_new0 (Going, 1);
  going->errand = *errand;
  going->errand.screenshot = g_strdup (errand->screenshot);
  going->failed = failed;
  if (errand->heartbeat)
    going->heartbeat = app_heartbeat_new ();

  g_object_set_data_full (G_OBJECT (window), "errand", going, going_free);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, going, NULL);
}

void
app_errand_clear (AppErrand *errand)
{
  g_return_if_fail (errand != NULL);

  g_clear_pointer (&errand->screenshot, g_free);
}
