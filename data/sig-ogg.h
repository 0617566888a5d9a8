/* sig-ogg.h: walks the pages of an Ogg file, and finds its streams and what is lost of them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

typedef enum
{
  SIG_OGG_OTHER,  /* of no codec that is known here */
  SIG_OGG_VORBIS,
  SIG_OGG_OPUS,
  SIG_OGG_FLAC,
  SIG_OGG_SPEEX,
  SIG_OGG_VIDEO,
  SIG_OGG_TEXT,   /* subtitles, and what describes the other streams */
} SigOggCodec;

/* The steps that pages held which are not there or damaged; granules, whose zero only the decoder knows. */
typedef struct
{
  gint64 start, end;
  guint  n_pages; /* behind it, as far as its end needs them */
} SigOggLoss;

typedef struct
{
  guint32     serial;
  SigOggCodec codec;
  guint       n_channels; /* of sound */
  guint32     rate_hz;
  guint       link;       /* streams of one link run at the same time; links follow each other */
  guint32     next_page;  /* its number */
  gint64      granule;    /* the last one */
  gboolean    ends;       /* its last page is there */
  GArray     *pages;      /* of SigFileSpan: whole pages */
  GArray     *bodies;     /* of SigFileSpan: without their heads */
  GArray     *losses;     /* of SigOggLoss */
} SigOggStream;

/* Walks the whole file, checking every page; damaged ones count as not there. Of SigOggStream, in the order in which they begin,
 * (transfer full). */
GPtrArray *sig_ogg_walk (const SigFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
