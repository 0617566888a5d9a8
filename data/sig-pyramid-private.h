/* sig-pyramid-private.h: what building a pyramid and reading it share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-pyramid.h"

#include <pthread.h>
#include <stdatomic.h>

G_BEGIN_DECLS

#define SIG_PYRAMID_FIRST_SIZE 16 /* steps in an entry of the lowest level, as in sig_extremes_scan_16() */
#define SIG_PYRAMID_MAX_LEVELS 30 /* 16 * 4^29 is more than a gint64 of steps */

/* All of this is private to the two files of the pyramid. */
typedef struct
{
  gint64     size;      /* steps in an entry */
  gint64     n_entries; /* of one channel; the last may be short */
  SigColumn *entries;   /* [n_channels][n_entries] */
} SigLevel;

/* Who may touch what: the building thread writes entries of steps that lie beyond `n_built`, then raises
 * it (release); readers read it (acquire) and touch entries below it only. The level table itself is
 * fixed before `n_built` first leaves 0. */
struct _SigPyramid
{
  gatomicrefcount refs;
  SigRecording   *recording;
  SigLevel        levels[SIG_PYRAMID_MAX_LEVELS];
  guint           n_levels;
  _Atomic gint64  n_built; /* steps [0, n_built) are in the levels */

  pthread_mutex_t build_lock; /* one thread builds at a time */
  pthread_mutex_t range_lock;
  float          *ranges;  /* [n_channels][2], NULL until measured; under range_lock */
};

/* The entries of `level` that are whole once `n_built` steps are in. */
static inline gint64
sig_pyramid_n_ready (const SigPyramid *self,
                     const SigLevel   *level,
                     gint64            n_built)
{
  return n_built == sig_recording_get_n_steps (self->recording) ? level->n_entries : n_built / level->size;
}

G_END_DECLS
