/* sig-raw.h: numbers of one kind that lie in a file, interleaved by step or one channel after another
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-blocks.h"
#include "sig-scalar.h"

G_BEGIN_DECLS

typedef struct
{
  SigScalar scalar;
  gint64    offset;     /* of the first number in the file */
  guint     n_channels;
  gint64    n_steps;
  gboolean  planar;     /* FALSE: all channels of step 0, then of step 1; TRUE: all steps of channel 0 first */
} SigRawLayout;

/* A recording of the numbers; the layout must lie inside the file. `names` (nullable). */
SigRecording *sig_raw_open (SigFile *file, const SigRawLayout *layout, double rate_hz, const char *const *names,
                            SigReading *reading, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
