/* sig-blocks.h: turns something that decodes blocks of all channels into a recording
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* Recordings whose samples take more than this stay in their file. */
#define SIG_BLOCKS_IN_MEMORY (64 * 1024 * 1024)

/* Decodes steps [start, start + n) of every channel: channel c goes to out + c · stride.
 * Called from several threads at once. */
typedef gboolean (*SigFillFunc) (gpointer source, gint64 start, gint64 n, float *out, gsize stride, GError **error);

typedef struct
{
  guint              n_channels;
  gint64             n_steps;
  double             rate_hz;   /* 0: not known */
  const char *const *names;     /* (nullable), borrowed */
  const char *const *units;     /* (nullable), borrowed */
  const SigSegment  *segments;  /* (nullable), borrowed: `fill` gives NaN between them */
  gsize              n_segments;
  SigFillFunc        fill;
  gpointer           source;    /* consumed, also on failure */
  GDestroyNotify     free_source;
} SigBlocksSpec;

/* A recording whose samples are decoded at once when they are few, with a note on those that are
 * not finite, and otherwise as they are asked for, through a small cache of decoded blocks. */
SigRecording *sig_blocks_open (const SigBlocksSpec *spec, const SigFile *file, SigReading *reading,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
