/* sig-snap.h: the step that someone means who points at one
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-labels.h"
#include "sig-pyramid.h"

G_BEGIN_DECLS

/* What attracts; a plain value of borrowed models. What is not given attracts nothing. */
typedef struct
{
  gint64              n_steps;
  const SigLabels    *labels;    /* (nullable): its edges */
  gint64              window;    /* borders every so many steps from step 0 on; 0: none */
  const SigPyramid   *pyramid;   /* (nullable): where a channel crosses zero, as far as its samples are at hand … */
  guint               channel;   /* … this one */
} SigSnap;

/* Looked at on each side for crossings of zero, however far the tolerance reaches: more samples lie under a few pixels only where
 * a crossing cannot be seen. */
#define SIG_SNAP_SAMPLES 2048

/* The nearest of what attracts within `tolerance` steps of `step`, a label's edge before the others where they are equally far;
 * else the nearest step. In [0, n_steps]: a border lies before the step of its number. A crossing of zero is the border between
 * two samples that differ in sign; a zero counts as positive. O(log spans). Looks at no more than 2 · SIG_SNAP_SAMPLES samples,
 * and reads none: where not all are at hand it looks at nearer ones. */
gint64 sig_snap (const SigSnap *self, double step, double tolerance);

G_END_DECLS
