/* sig-tiles.h: a small cache of samples for drawing recordings that are not in memory
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-recording.h"

G_BEGIN_DECLS

/* Private to the pyramid. For a recording in memory it costs nothing and locks nothing. One owner;
 * any thread may use it between begin and end. */
typedef struct _SigTiles SigTiles;

SigTiles    *sig_tiles_new   (const SigRecording *recording) G_GNUC_WARN_UNUSED_RESULT;
void         sig_tiles_free  (SigTiles *self);

void         sig_tiles_begin (SigTiles *self);
void         sig_tiles_end   (SigTiles *self);

/* The samples from `step` on, and how many of them lie side by side (at least 1); NULL where they cannot be
 * read. Valid until the next call. */
const float *sig_tiles_get   (SigTiles *self, guint channel, gint64 step, gint64 *n_run);

G_END_DECLS
