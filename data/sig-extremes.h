/* sig-extremes.h: the least and greatest finite sample of a run
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-pyramid.h"

#include <math.h>

G_BEGIN_DECLS

/* Private to the pyramid. */

/* No sample seen yet: neutral for scan and join. */
#define SIG_COLUMN_EMPTY ((SigColumn) { INFINITY, -INFINITY })

/* Widens `self` by the finite ones of `n` samples. */
void sig_extremes_scan (SigColumn *self, const float *samples, gint64 n);

/* Sets `n` entries to the extremes of 16 samples each. */
void sig_extremes_scan_16 (SigColumn *entries, const float *samples, gint64 n);

/* Widens `self` by what `other` holds. */
static inline void
sig_extremes_join (SigColumn       *self,
                   const SigColumn *other)
{
  self->min = other->min < self->min ? other->min : self->min;
  self->max = other->max > self->max ? other->max : self->max;
}

G_END_DECLS
