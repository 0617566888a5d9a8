/* sig-recording-private.h: what a recording holds; for sig-recording.c and sig-recording-times.c
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Where the samples are: in memory (`samples`), or behind `read`. Shared by the copies of a header. */
typedef struct
{
  gatomicrefcount refs;
  float          *samples;
  SigReadFunc     read;
  gpointer        source;
  GDestroyNotify  free_source;
  gint64          grain;
} Store;

struct _SigRecording
{
  gatomicrefcount refs;
  char           *title;
  guint           n_channels;
  gint64          n_steps;
  double          rate_hz;
  gboolean        has_rate;
  gint64          page;
  gint64          start_us;
  SigSegment     *segments;
  gsize           n_segments;
  char          **names;
  char          **units;
  char          **notes;
  Store          *store;
  SigOrigin      *origin; /* (nullable) */
  SigPace        *paces;  /* (nullable): NULL where each channel has a sample for every step */
};

/* The header, to be changed by whoever asked for it; the samples are shared. */
SigRecording *sig_recording_copy_header (const SigRecording *self) G_GNUC_WARN_UNUSED_RESULT;

/* How many steps the source works out together where one of them is asked for; 1: each by itself. For whoever makes it. */
void          sig_recording_set_grain   (SigRecording *self, gint64 n_steps);
gint64        sig_recording_get_grain   (const SigRecording *self);

G_END_DECLS
