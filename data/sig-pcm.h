/* sig-pcm.h: what every container of samples says, checked in one place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-raw.h"

G_BEGIN_DECLS

/* As found in the file, nothing checked yet. */
typedef struct
{
  const char *format_name; /* "WAV": for messages */
  double      rate_hz;
  gint64      n_channels;
  gint64      bits;        /* that count in each sample */
  gint64      block_bytes; /* of one step, all channels */
  gboolean    is_float;
  gboolean    big_endian;
  gboolean    signed_bytes; /* 8-bit samples are signed (AIFF, CAF), not around 128 (WAV) */
  gboolean    to_the_end;  /* the length is not declared: everything up to the end of the file */
  gint64      data_offset;
  guint64     data_bytes;  /* declared */
  GArray     *lost;        /* (nullable), borrowed: of SigSoundLoss, what a decoder is not to be asked for (sig-sound.h) */
} SigPcm;

/* Checks rate, channels, bits and sizes, clips to what is there with a note, and opens it. */
gboolean sig_pcm_open (SigFile *file, const SigPcm *pcm, SigReading *reading, SigContent *content, GError **error);

/* The same of samples that libsndfile decodes: `head` is all that it is shown before them (sig-decoder.h). Bits and block
 * are not looked at. `n_steps` are declared (0: not known), in blocks of `n_block`. */
gboolean sig_pcm_decode (SigFile *file, const SigPcm *pcm, GBytes *head, guint64 n_steps, guint64 n_block, SigReading *reading,
                         SigContent *content, GError **error);

G_END_DECLS
