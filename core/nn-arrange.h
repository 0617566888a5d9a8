/* nn-arrange.h: a shard's numbers with their axes in another order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-ops.h"

G_BEGIN_DECLS

/* Private to the rows. For blocks whose loops want the axes they work along to be the last, wherever those are. A plain value. */
typedef struct
{
  int    n;
  gint64 extent[NN_K_AXES]; /* as they are stored, the windows among them */
  int    order[NN_K_AXES];  /* axis i of the arranged numbers is axis order[i] of the stored ones */
} NnArrangement;

/* Puts the axes whose bit is set in `last` (bit 0: axis 0 of `shape`) behind all others, and keeps the order otherwise. The
 * `rows` windows are `turns` times as many, those of one turn together; turns above 1 come first. `shape` then has three axes
 * at most. */
NnArrangement nn_arrangement_new      (const NnShape *shape, guint last, gint64 rows, gint64 turns);

/* Whether the numbers are as wanted where they are. */
gboolean      nn_arrangement_is_plain (const NnArrangement *self);

/* Floats that an array for the arranged numbers takes, filled up; 0 where they are as wanted where they are. */
gint64        nn_arrangement_get_size (const NnArrangement *self);

/* From the stored order to the arranged one, and back. */
void          nn_arrange              (const NnArrangement *self, const NnKernels *k, float *arranged, const float *stored);
void          nn_arrange_back         (const NnArrangement *self, const NnKernels *k, float *stored, const float *arranged);

G_END_DECLS
