/* sig-reader-sndfile.h: decodes through libsndfile the audio that our own parsers leave to it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* What libsndfile is shown: `head`, and behind it `size` bytes of the file from `offset` on. It has parsers that do not return
 * from some files, so a container that we walk ourselves shows it only the chunks that decoding needs. */
typedef struct
{
  const char *format_name; /* "FLAC": for messages */
  GBytes     *head;        /* (nullable), borrowed */
  gint64      offset;      /* must lie in the file, as must the bytes behind it */
  gint64      size;
  double      rate_hz;     /* 0: what libsndfile says */
  guint       n_channels;  /* declared; 0: what libsndfile says */
  guint64     n_declared;  /* steps; 0: not known */
  guint64     n_block;     /* steps encoded together: fewer than these after the declared ones are filling; 0: none are */
} SigSndfile;

/* Decodes it all once to count its steps, since declared lengths lie. What fits in memory is kept, anything longer is decoded
 * again where it is asked for. A note says when the samples were compressed with loss. */
gboolean sig_sndfile_open (SigFile *file, const SigSndfile *sound, SigReading *reading, SigContent *content, GError **error);

G_END_DECLS
