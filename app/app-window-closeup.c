/* app-window-closeup.c: what is seen and pointed at closer than the pyramid is, fetched before it is needed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#define POINTER_REACH 512 /* steps on either side of the pointer */

/* First what is seen; then as much again on either side, so that panning finds it there. */
static void
fetch_span (AppCloseup *closeup, SigPyramid *pyramid, double start, double end, double width)
{
  double length = end - start;

  if (!sig_pyramid_is_at_hand (pyramid, start, end, width))
    app_closeup_fetch (closeup, pyramid, &(AppCloseupSpan) { SIG_PLACE_VIEW, start, end, width, FALSE });
  else if (!sig_pyramid_is_at_hand (pyramid, start - length / 2, end + length / 2, width))
    app_closeup_fetch (closeup, pyramid, &(AppCloseupSpan) { SIG_PLACE_VIEW, start - length, end + length, width, TRUE });
}

static void
fetch_lanes (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);
  guint n_columns;
  double start;
  WbGrid grid;

  n_columns = shown != NULL ? wb_traces_get_grid (self->traces, &grid) : 0;
  if (n_columns == 0)
    return;
  start = grid.origin + grid.width * (double) grid.first;
  fetch_span (self->closeup, shown, start, start + grid.width * n_columns, grid.width);
}

static void
fetch_ribbon (AppWindow *self)
{
  const SigTrack *prediction = app_document_get_prediction (self->document);
  double start, end, width, offset;

  width = prediction != NULL ? wb_traces_get_ribbon (self->traces, &start, &end) : 0;
  if (width <= 0)
    return;
  offset = (double) sig_track_get_start (prediction);
  fetch_span (self->ribbon_closeup, sig_track_get_pyramid (prediction), start - offset, end - offset, width);
}

static void
fetch_view (AppWindow *self)
{
  fetch_lanes (self);
  fetch_ribbon (self);
}

/* About a step, which need not be inside. */
static void
fetch_about (AppCloseup *closeup, SigPyramid *pyramid, double step)
{
  gint64 at = isnan (step) ? -1 : (gint64) floor (step);
  float sample;

  if (at < 0 || at >= sig_recording_get_n_steps (sig_pyramid_get_recording (pyramid))
      || sig_pyramid_get_samples (pyramid, 0, at, 1, &sample))
    return;
  app_closeup_fetch (closeup, pyramid,
                     &(AppCloseupSpan) { SIG_PLACE_POINTER, step - POINTER_REACH, step + POINTER_REACH, 1, FALSE });
}

static void
fetch_pointer (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);
  const SigTrack *prediction = app_document_get_prediction (self->document);
  double step = wb_view_span_get_cursor (self->span);

  if (shown != NULL)
    fetch_about (self->closeup, shown, step);
  if (prediction != NULL)
    fetch_about (self->ribbon_closeup, sig_track_get_pyramid (prediction), step - (double) sig_track_get_start (prediction));
}

static void
lanes_fetched_cb (AppWindow *self)
{
  wb_traces_refine (self->traces);
  fetch_lanes (self);
}

static void
ribbon_fetched_cb (AppWindow *self)
{
  wb_traces_refine (self->traces);
  fetch_ribbon (self);
}

/* Another recording, or another filter. */
static void
shown_cb (AppWindow *self)
{
  app_closeup_forget (self->closeup);
  self->unreadable = FALSE;
  fetch_lanes (self);
}

static void
prediction_cb (AppWindow *self)
{
  if (app_document_get_prediction (self->document) == NULL)
    app_closeup_forget (self->ribbon_closeup);
  fetch_ribbon (self);
  fetch_pointer (self);
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
  g_signal_connect_object (self->document, "notify::prediction", G_CALLBACK (prediction_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->closeup, "fetched", G_CALLBACK (lanes_fetched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->closeup, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ribbon_closeup, "fetched", G_CALLBACK (ribbon_fetched_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ribbon_closeup, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
