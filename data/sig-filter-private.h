/* sig-filter-private.h: how filtered samples are computed and kept
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-filter.h"

G_BEGIN_DECLS

#define SIG_FILTER_LANES 4 /* channels that are filtered side by side */

/* What the sections of a filter remember, in the transposed direct form II: one of [n_sections][SIG_FILTER_LANES] each. */
typedef struct
{
  const SigBiquad *sections; /* borrowed */
  guint            n_sections;
  double           first[SIG_FILTER_MAX_SECTIONS][SIG_FILTER_LANES], second[SIG_FILTER_MAX_SECTIONS][SIG_FILTER_LANES];
} SigFilterRun;

/* As after signals that have been `x`, a value a lane, for ever. */
void          sig_filter_settle       (SigFilterRun *self, const SigBiquad *sections, guint n_sections, const double *x);

/* Filters `n` steps of all lanes, [n][SIG_FILTER_LANES], in place, going on from the last ones; stride -1: `x` is the last step,
 * and the first to be filtered. */
void          sig_filter_run          (SigFilterRun *self, double *x, gint64 n, gint64 stride);

#define SIG_FILTER_LEAST_BLOCK 16384

/* What is to be done to a recording. */
typedef struct
{
  SigRecording *recording;
  SigBiquad     sections[SIG_FILTER_MAX_SECTIONS];
  guint         n_sections;
  gboolean      zero_phase;
  double       *means;   /* (nullable): one a channel */
  gint64        warm_up;
  gint64        n_block; /* steps in a block: at least a warm-up, so that no more than three times the work is done */
  gint64        n_blocks;
} SigFilterPlan;

/* Channels [first, first + n) that are computed together. */
typedef struct
{
  guint first, n;
} SigFilterGroup;

/* What a thread works on; all of it is private to sig-filter-block.c. */
typedef struct
{
  float  *samples; /* a chunk of one channel */
  double *chunk;   /* of all lanes, before the piece */
  double *values;  /* of all lanes, from the piece's first step on */
} SigFilterRoom;

SigFilterGroup sig_filter_find_group    (const SigFilterPlan *self, guint channel);

gboolean       sig_filter_room_init     (SigFilterRoom *self, const SigFilterPlan *filter, GError **error);
void           sig_filter_room_clear    (SigFilterRoom *self);

/* Computes a block of a group, as long as the recording reaches, run by run: a channel's into `outs` each. */
gboolean       sig_filter_compute_block (const SigFilterPlan *self, SigFilterGroup group, gint64 block, const SigFilterRoom *room,
                                         float *const *outs, GError **error);

/* sig_filter_apply() with another bound for what is computed at once. */
SigRecording *sig_filter_apply_within (const SigRecording *recording, const SigFilterSpec *spec, gsize in_memory_bytes,
                                       gboolean (*should_stop) (gpointer), gpointer user_data,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
