/* app-window-closeup.c: what is seen and pointed at closer than the pyramid is, fetched before it is needed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#define POINTER_REACH 512 /* steps on either side of the pointer */

/* First what is seen; then as much again on either side, so that panning finds it there. */
static void
fetch_view (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);
  guint n_columns;
  double start, length;
  WbGrid grid;

  n_columns = shown != NULL ? wb_traces_get_grid (self->traces, &grid) : 0;
  if (n_columns == 0)
    return;
  start = grid.origin + grid.width * (double) grid.first;
  length = grid.width * n_columns;
  if (!sig_pyramid_is_at_hand (shown, start, start + length, grid.width))
    app_closeup_fetch (self->closeup, shown, &(AppCloseupSpan) { SIG_PLACE_VIEW, start, start + length, grid.width, FALSE });
  else if (!sig_pyramid_is_at_hand (shown, start - length / 2, start + length * 3 / 2, grid.width))
    app_closeup_fetch (self->closeup, shown,
                       &(AppCloseupSpan) { SIG_PLACE_VIEW, start - length, start + length * 2, grid.width, TRUE });
}

static void
fetch_pointer (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);
  double step = wb_view_span_get_cursor (self->span);
  gint64 at = isnan (step) ? -1 : (gint64) floor (step);
  float sample;

  if (shown == NULL || at < 0 || at >= sig_recording_get_n_steps (sig_pyramid_get_recording (shown))
      || sig_pyramid_get_samples (shown, 0, at, 1, &sample))
    return;
  app_closeup_fetch (self->closeup, shown,
                     &(AppCloseupSpan) { SIG_PLACE_POINTER, step - POINTER_REACH, step + POINTER_REACH, 1, FALSE });
}

static void
fetched_cb (AppWindow *self)
{
  wb_traces_refine (self->traces);
  fetch_view (self);
}

/* Another recording, or another filter. */
static void
shown_cb (AppWindow *self)
{
  app_closeup_forget (self->closeup);
  self->unreadable = FALSE;
  fetch_view (self);
}

/* Told once: as long as one looks there, it comes again and again. */
static void
failed_cb (AppWindow *self, const GError *error)
{
  if (!self->unreadable)
    wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
  self->unreadable = TRUE;
}

void
app_window_bind_closeup (AppWindow *self)
{
  g_signal_connect_object (self->document, "notify::recording", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::filter", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->span, "changed", G_CALLBACK (fetch_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->span, "cursor-changed", G_CALLBACK (fetch_pointer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->traces, "rough", G_CALLBACK (fetch_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->closeup, "fetched", G_CALLBACK (fetched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->closeup, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
