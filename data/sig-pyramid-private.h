/* sig-pyramid-private.h: what building a pyramid and reading it share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-closeup.h"
#include "sig-pyramid.h"

#include <pthread.h>
#include <stdatomic.h>

G_BEGIN_DECLS

#define SIG_PYRAMID_FIRST_SIZE 16 /* steps in an entry of the lowest level there can be, as in sig_extremes_scan_16() */
#define SIG_PYRAMID_FACTOR     4  /* entries of one level in an entry of the next */
#define SIG_PYRAMID_PER_COLUMN 2  /* entries in a column, at least: an inner edge is off by half an entry, a quarter column */
#define SIG_PYRAMID_MAX_LEVELS 30 /* 16 * 4^29 is more than a gint64 of steps */

#define SIG_PYRAMID_REACH      2  /* steps around columns that they may look at */

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
  gint64          first_size; /* steps in an entry of the lowest level; see sig_pyramid_new() */
  SigLevel        levels[SIG_PYRAMID_MAX_LEVELS];
  guint           n_levels;
  _Atomic gint64  n_built; /* steps [0, n_built) are in the levels */

  pthread_mutex_t build_lock; /* one thread builds at a time */
  pthread_mutex_t range_lock;
  float          *ranges;  /* [n_channels][2], NULL until measured; under range_lock */

  pthread_mutex_t closeup_lock;
  SigCloseup     *closeups[SIG_N_PLACES]; /* (nullable); under closeup_lock */
};

/* The entries of `level` that are whole once `n_built` steps are in. */
static inline gint64
sig_pyramid_n_ready (const SigPyramid *self,
                     const SigLevel   *level,
                     gint64            n_built)
{
  return n_built == sig_recording_get_n_steps (self->recording) ? level->n_entries : n_built / level->size;
}

/* The steps in an entry of what columns of that width are made of, where it is finer than the lowest level; 1: samples. */
gint64      sig_pyramid_choose_size (const SigPyramid *self, double width);

/* (transfer full) (nullable): what is at hand of a place. */
SigCloseup *sig_pyramid_get_closeup (const SigPyramid *self, SigPlace place) G_GNUC_WARN_UNUSED_RESULT;

/* Whether `closeup` (nullable) has all that columns of `width` steps over [start, end) are made of. */
gboolean    sig_pyramid_covers      (const SigPyramid *self, const SigCloseup *closeup, double start, double end, double width);

G_END_DECLS
