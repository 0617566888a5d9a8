/* app-spectrogram.h: computes spectrograms in the background, a moment's worth at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-spectrum.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only; works on the thread "lamina-spectrum". What was computed in 60 ms is told, whole or not, so that something is
 * soon seen; whoever wants the rest asks again and names what is there.
 *
 * Signals:
 *   "computed" (SigSpectrum *spectrum)
 *   "failed" (const GError *error) */
#define APP_TYPE_SPECTROGRAM (app_spectrogram_get_type ())
G_DECLARE_FINAL_TYPE (AppSpectrogram, app_spectrogram, APP, SPECTROGRAM, GObject)

AppSpectrogram *app_spectrogram_new       (void) G_GNUC_WARN_UNUSED_RESULT;

/* `before` (nullable): see sig_spectrum_new(). Drops a request that runs. */
void            app_spectrogram_start     (AppSpectrogram *self, const SigRecording *recording, const SigSpectrumSpec *spec,
                                           const SigSpectrum *before);
void            app_spectrogram_forget    (AppSpectrogram *self);

gboolean        app_spectrogram_is_active (AppSpectrogram *self); /* an answer is to be expected */
gboolean        app_spectrogram_is_busy   (AppSpectrogram *self); /* a thread lives, if only one that was dropped */

G_END_DECLS
