/* sig-filter.h: high-pass, low-pass, band-pass, notch and mean removal, for looking and for training alike
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

#define SIG_FILTER_MAX_ORDER    8
#define SIG_FILTER_MAX_SECTIONS (SIG_FILTER_MAX_ORDER + 1) /* a band-pass of order 8, and a notch */
#define SIG_FILTER_MAX_WARM_UP  (1 << 20)

/* What is done to every channel. A plain value; a frequency of 0 is not filtered. */
typedef struct
{
  double   high_pass_hz, low_pass_hz; /* both: a band-pass */
  int      order;       /* 2, 4, 6 or 8; a band-pass has as many poles at either side, as SciPy's butter (order, "bandpass") */
  double   notch_hz;    /* what the mains add: 50 or 60 */
  double   notch_q;     /* its frequency by the width that is lost, at -3 dB; 1 to 1000 */
  gboolean remove_mean; /* of the whole recording */
  gboolean zero_phase;  /* forwards, then backwards: nothing is shifted in time, and every attenuation counts twice */
} SigFilterSpec;

/* One section of second order: y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''. */
typedef struct
{
  double b0, b1, b2, a1, a2;
} SigBiquad;

/* Nothing is filtered; order 4, Q 30, zero phase, for when something is. */
SigFilterSpec sig_filter_spec_default (void);

/* Whether it leaves samples as they are; and whether two do the same. */
gboolean      sig_filter_spec_is_off  (const SigFilterSpec *self);
gboolean      sig_filter_spec_equal   (const SigFilterSpec *a, const SigFilterSpec *b);

/* Whether it can be applied to the recording; SIG_ERROR_MISMATCH names the field, its value and the range allowed. */
gboolean      sig_filter_spec_check   (const SigFilterSpec *self, const SigRecording *recording, GError **error);

/* "1–40 Hz, notch 50 Hz, mean removed"; "no filter" where it is off. */
char         *sig_filter_spec_to_text (const SigFilterSpec *self) G_GNUC_WARN_UNUSED_RESULT;

/* "high_pass=1 low_pass=40 order=4 …" for files, the same on every machine; and back: SIG_ERROR_FORMAT names what is no
 * filter. */
char         *sig_filter_spec_to_code (const SigFilterSpec *self) G_GNUC_WARN_UNUSED_RESULT;
gboolean      sig_filter_spec_from_code (const char *code, SigFilterSpec *self, GError **error);

/* The sections of a filter that has been checked, at a rate; returns how many. Butterworth: the poles of the analog
 * prototype lie evenly on the left half of the unit circle; frequencies are bent by tan (π f / rate), turned into a
 * high-pass by s → w / s, into a band-pass by s → (s² + w1 w2) / (s (w2 - w1)), and carried over by the bilinear
 * transform (Oppenheim and Schafer, Discrete-Time Signal Processing, ch. 7). Notch: Orfanidis, Introduction to Signal
 * Processing, ch. 11, as SciPy's iirnotch(). */
guint         sig_filter_design       (const SigFilterSpec *self, double rate_hz, SigBiquad *sections);

/* The steps after which no more than 1e-10 of what was before is left: r^L <= 1e-10 for the pole of the greatest radius r. */
gint64        sig_filter_get_warm_up  (const SigBiquad *sections, guint n_sections);

/* The recording, filtered, with everything that it says of itself; the same one (a ref) where the filter is off.
 * Blocking where the mean is to be measured, or where the samples fit 64 MiB and are computed at once; else they are
 * computed as they are asked for, and the last ones kept. NULL without an error when `should_stop` (nullable) said so.
 *
 * What a sample is: a run of steps that follow each other (a segment, or a page) is filtered by itself, as if its first
 * sample had been there for ever. Steps are computed in blocks that lie on a grid from step 0 on; each begins a warm-up
 * before its own first step, and with zero phase ends one after its last, or where the run does: there the last sample
 * goes on for a warm-up, but no longer than the run is. So a step has the same bits in whatever pieces it is read.
 * Missing samples (not finite) are bridged by the last one before, and stay missing. */
SigRecording *sig_filter_apply        (const SigRecording *recording, const SigFilterSpec *spec,
                                       gboolean (*should_stop) (gpointer), gpointer user_data,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
