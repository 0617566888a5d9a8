/* sig-decoder.h: decodes through libsndfile the audio that our own parsers leave to it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

/* One decoder on one file; one thread at a time. libsndfile sees the file through our own reads only. */
typedef struct _SigDecoder SigDecoder;

/* What it is shown: `head`, and behind it `size` bytes of the file from `offset` on, which must lie in it. It has parsers that do
 * not return from some files, so a container that we walk ourselves shows it only the chunks that decoding needs. */
typedef struct
{
  const char *format_name; /* "FLAC": for messages; static */
  GBytes     *head;        /* (nullable) */
  gint64      offset, size;
} SigDecoderView;

/* What it says of itself. */
typedef struct
{
  int         n_channels;
  int         rate_hz;
  gint64      n_steps;     /* 0: not known */
  gboolean    is_seekable;
  const char *loss;        /* (nullable): the encoding, where samples are not those that were recorded */
} SigDecoderInfo;

SigDecoder *sig_decoder_new      (SigFile *file, const SigDecoderView *view, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        sig_decoder_free     (SigDecoder *self);

const SigDecoderInfo *sig_decoder_get_info (const SigDecoder *self);

/* How many bytes it is shown. */
gint64      sig_decoder_get_size (const SigDecoder *self);

/* Decodes steps [start, start + n) of all channels, one step behind the other, and returns how many came: fewer where the file is
 * damaged or over, from where the next reading begins with a new decoder (the state of the old one is spoilt). -1 with
 * SIG_ERROR_UNREADABLE where the file itself could not be read. Reading on does not seek. */
gint64      sig_decoder_read     (SigDecoder *self, gint64 start, gint64 n, float *mixed, GError **error);

/* The next reading seeks in any case: lossy decoders give slightly other samples behind a seek than when they read on. */
void        sig_decoder_forget_place (SigDecoder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigDecoder, sig_decoder_free)

G_END_DECLS
