/* sig-spectrum.h: the spectrogram of a channel: how strong each frequency is at each time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* A stretch of the spectrogram of one channel: columns as those of a plot, each with the levels of all frequencies.
 * Immutable and atomically ref-counted.
 *
 * Frame j is the Hann window of `window` steps with its middle at step j · window / 4; its power is that of a
 * periodogram, one-sided, per hertz: |X|² · 2 / (rate · Σw²), but not doubled at 0 and at half the rate; in dB, 10
 * log10. Column k has, of each frequency, the greatest of the frames whose middles lie in steps [k · width, (k + 1) ·
 * width), or else of the one whose middle is nearest to its own: nothing short is ever lost. A frame with a missing
 * sample, or over the border of a run, is missing. */
typedef struct _SigSpectrum SigSpectrum;

#define SIG_SPECTRUM_MISSING   0   /* the level where nothing is known */
#define SIG_SPECTRUM_MIN_FRAME 16
#define SIG_SPECTRUM_MAX_FRAME 65536

/* What is asked for. A plain value. */
typedef struct
{
  guint  channel;
  int    window;    /* steps in a frame: a power of 2 from SIG_SPECTRUM_MIN_FRAME to SIG_SPECTRUM_MAX_FRAME */
  double width;     /* steps in a column */
  gint64 first;     /* column; may be negative */
  guint  n_columns;
} SigSpectrumSpec;

/* The window that suits a rate: about a quarter of a second. */
int          sig_spectrum_choose_window  (double rate_hz);

/* Computes, blocking, from the left on until `should_stop` (nullable) says so, which is asked before every column: the
 * rest is missing and not counted by sig_spectrum_get_n_done(). `before` (nullable): of the same recording; what it has
 * of the same columns is taken over first. NULL with an error where samples cannot be read. */
SigSpectrum *sig_spectrum_new            (const SigRecording *recording, const SigSpectrumSpec *spec, const SigSpectrum *before,
                                          gboolean (*should_stop) (gpointer), gpointer user_data,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
SigSpectrum *sig_spectrum_ref            (const SigSpectrum *self);
void         sig_spectrum_unref          (SigSpectrum *self);

const SigSpectrumSpec *sig_spectrum_get_spec (const SigSpectrum *self);
guint        sig_spectrum_get_n_done     (const SigSpectrum *self); /* columns that are computed */

/* Frequencies in a column: bin i is at i · rate / window. */
guint        sig_spectrum_get_n_bins     (const SigSpectrum *self);

/* The levels of a column, from low to high frequencies: 1 to 255 from the least to the greatest dB of the range. */
const guint8 *sig_spectrum_get_levels    (const SigSpectrum *self, guint column);

/* What levels 1 and 255 are in dB: the 5 % and 99.8 % quantiles of frames spread evenly over the recording. */
void         sig_spectrum_get_range      (const SigSpectrum *self, double *low_db, double *high_db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigSpectrum, sig_spectrum_unref)

G_END_DECLS
