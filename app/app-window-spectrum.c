/* app-window-spectrum.c: the spectrogram of a channel, as far as it is seen
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#define MARGIN 4 /* a quarter of the view on either side is computed too, so that panning finds it there */

static void
take_spectrum (AppWindow *self, SigSpectrum *spectrum)
{
  SigSpectrum *held = spectrum != NULL ? sig_spectrum_ref (spectrum) : NULL;

  g_clear_pointer (&self->spectrum, sig_spectrum_unref);
  self->spectrum = held;
  app_window_update_scene (self);
}

/* Whether the one that is shown has all columns that are seen. */
static gboolean
is_covered (AppWindow *self, const SigSpectrumSpec *seen)
{
  const SigSpectrumSpec *have = self->spectrum != NULL ? sig_spectrum_get_spec (self->spectrum) : NULL;

  return have != NULL && have->channel == seen->channel && have->window == seen->window && have->width == seen->width
         && have->first <= seen->first && have->first + have->n_columns >= seen->first + seen->n_columns
         && sig_spectrum_get_n_done (self->spectrum) == have->n_columns;
}

/* Asks for what is seen and not there; a request that runs is let run, and what is then missing asked for. */
void
app_window_update_spectrum (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);
  int channel = self->view != NULL ? wb_lane_view_get_spectrogram (self->view) : -1;
  SigSpectrumSpec seen, asked;
  WbGrid grid;

  if (shown == NULL || channel < 0)
    {
      app_spectrogram_forget (self->spectrogram);
      if (self->spectrum != NULL)
        take_spectrum (self, NULL);
      return;
    }
  if (app_spectrogram_is_active (self->spectrogram))
    return;
  seen = (SigSpectrumSpec) {
    .channel = (guint) channel,
    .window = sig_spectrum_choose_window (sig_recording_get_rate_hz (sig_pyramid_get_recording (shown))),
  };
  seen.n_columns = wb_traces_get_grid (self->traces, &grid);
  seen.width = grid.width;
  seen.first = grid.first;
  if (seen.n_columns == 0 || is_covered (self, &seen))
    return;
  asked = seen;
  asked.first -= seen.n_columns / MARGIN;
  asked.n_columns += 2 * (seen.n_columns / MARGIN);
  app_spectrogram_start (self->spectrogram, sig_pyramid_get_recording (shown), &asked, self->spectrum);
}

/* Another recording, or another filter: nothing of the old one holds. */
static void
shown_cb (AppWindow *self)
{
  app_spectrogram_forget (self->spectrogram);
  if (self->spectrum != NULL)
    take_spectrum (self, NULL);
  app_window_update_spectrum (self);
}

static void
computed_cb (AppWindow *self, SigSpectrum *spectrum)
{
  take_spectrum (self, spectrum);
  app_window_update_spectrum (self);
}

static void
failed_cb (AppWindow *self, const GError *error)
{
  wb_banner_show (self->banner, WB_TONE_ERROR, error->message);
}

/* Of the chosen channel, else of the first one; chosen again it goes. */
static void
spectrogram_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  if (self->view != NULL)
    app_window_toggle_spectrogram (self);
}

void
app_window_bind_spectrum (AppWindow *self)
{
  static const GActionEntry entries[] = { { "spectrogram", spectrogram_action } };

  g_action_map_add_action_entries (G_ACTION_MAP (self->view_actions), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->document, "notify::recording", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::filter", G_CALLBACK (shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->span, "changed", G_CALLBACK (app_window_update_spectrum), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spectrogram, "computed", G_CALLBACK (computed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->spectrogram, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
