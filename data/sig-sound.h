/* sig-sound.h: opens what a decoder gives, at once where the length is known
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-decoder.h"
#include "sig-reading.h"

G_BEGIN_DECLS

/* A span in seconds counted back from the end: start_s > end_s. */
typedef struct
{
  double start_s, end_s;
} SigSoundLoss;

/* One stream for the decoder, and what its container says. */
typedef struct
{
  SigFile       *file;       /* borrowed */
  SigDecoderView view;
  double         rate_hz;    /* 0: what the decoder says */
  guint          n_channels; /* declared; 0: what the decoder says */
  guint64        n_declared; /* steps; 0: not known */
  guint64        n_block;    /* steps encoded together: fewer than these after the declared ones are filling; 0: none are */
  const SigSoundLoss *lost;  /* (nullable), borrowed: what is known not to be there, in order of time */
  gsize          n_lost;
} SigSound;

/* Opens streams of the same channels and rate one behind the other, a break between any two. Declared lengths lie: one is
 * believed where the last steps are there, else steps are counted by decoding them all. What fits in memory is kept, anything
 * longer is decoded where it is asked for. Steps that cannot be decoded are NaN; notes say so, and when the samples were
 * compressed with loss. */
gboolean sig_sound_open (const SigSound *sounds, guint n_sounds, SigReading *reading, SigContent *content, GError **error);

/* A FLAC that a container holds: `n_steps` (0: not known) where its own header does not say, and what is known to be lost. */
gboolean sig_reader_flac_open_inner (SigFile *file, guint64 n_steps, const SigSoundLoss *lost, gsize n_lost,
                                     SigReading *reading, SigContent *content, GError **error);

G_END_DECLS
