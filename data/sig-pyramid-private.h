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

#define SIG_PYRAMID_N_BLOCK    16384 /* steps built at a time, if a lowest entry is not longer: a megabyte of 16 channels stays in
                                      * the cache */

/* All of this is private to the files of the pyramid and to what makes one while its samples arrive. */
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
  atomic_uint     refs; /* C11, which ThreadSanitizer understands */
  SigRecording   *recording;
  gint64          first_size; /* steps in an entry of the lowest level; see sig_pyramid_new() */
  SigLevel        levels[SIG_PYRAMID_MAX_LEVELS];
  guint           n_levels;
  _Atomic gint64  n_built; /* steps [0, n_built) are in the levels */
  gboolean        grows;   /* those are all that there are so far */

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

/* The steps that there are. */
static inline gint64
sig_pyramid_n_there (const SigPyramid *self)
{
  return self->grows ? atomic_load_explicit (&self->n_built, memory_order_acquire) : sig_recording_get_n_steps (self->recording);
}

/* An empty pyramid of a recording whose samples are still being made, front to back; not in memory, its levels stay below
 * `max_bytes`. It shows nothing beyond what sig_pyramid_grow() was told of. */
SigPyramid *sig_pyramid_new_growing (const SigRecording *recording, gint64 max_bytes) G_GNUC_WARN_UNUSED_RESULT;

/* The samples of steps [0, n_there) are there now, and stay as they are: takes in as many whole blocks of them as there are, at
 * the end all. For one thread. Returns the steps that are taken in; -1 with error where they cannot be read again or there is no
 * memory. */
gint64      sig_pyramid_grow        (SigPyramid *self, gint64 n_there, GError **error);

/* The steps in an entry of what columns of that width are made of, where it is finer than the lowest level; 1: samples. */
gint64      sig_pyramid_choose_size (const SigPyramid *self, double width);

/* (transfer full) (nullable): what is at hand of a place. */
SigCloseup *sig_pyramid_get_closeup (const SigPyramid *self, SigPlace place) G_GNUC_WARN_UNUSED_RESULT;

/* Whether `closeup` (nullable) has all that columns of `width` steps over [start, end) are made of. */
gboolean    sig_pyramid_covers      (const SigPyramid *self, const SigCloseup *closeup, double start, double end, double width);

G_END_DECLS
