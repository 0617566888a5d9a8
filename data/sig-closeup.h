/* sig-closeup.h: a span of a recording at hand: its samples, or extremes finer than the pyramid's
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-pyramid.h"

#include <stdatomic.h>

G_BEGIN_DECLS

/* Private to the pyramid. Immutable and ref-counted (C11 atomics, which ThreadSanitizer understands). */
typedef struct
{
  atomic_uint refs;
  gint64      size;       /* steps in an entry; 1: samples */
  gint64      start, end; /* steps; multiples of `size`, but for an end that is the recording's */
  gint64      n;          /* entries of a channel */
  float      *samples;    /* [n_channels][n] where `size` is 1, else NULL */
  SigColumn  *entries;    /* [n_channels][n] where it is not */
} SigCloseup;

/* Reads steps [start, end), widened to whole entries, of all channels; blocking. What cannot be read is missing in it, and
 * `error` then says why. NULL with error where there is no memory, NULL without when `should_stop` (nullable) said so. */
SigCloseup *sig_closeup_read  (const SigRecording *recording, gint64 start, gint64 end, gint64 size,
                               gboolean (*should_stop) (gpointer), gpointer user_data, GError **error)
                               G_GNUC_WARN_UNUSED_RESULT;
SigCloseup *sig_closeup_ref   (SigCloseup *self);
void        sig_closeup_unref (SigCloseup *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigCloseup, sig_closeup_unref)

G_END_DECLS
