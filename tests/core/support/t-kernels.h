/* t-kernels.h: random arrays for kernels, and running a test on every table
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-k.h"
#include "nn-rng.h"

G_BEGIN_DECLS

#define ROUNDS 60

/* The plain twins, the table under test, and what random numbers come from: set anew for each test. */
extern const NnKernels *ref, *fast;
extern NnRng            rng;

/* A whole number from .. to. */
gsize  pick        (gsize from, gsize to);

/* `n` random numbers, then a slack that holds not-a-number: a kernel may read it, but it must not count. */
float *make        (gsize n) G_GNUC_WARN_UNUSED_RESULT;
float *copy        (const float *array, gsize n) G_GNUC_WARN_UNUSED_RESULT;

/* Weights of `rows` × `columns` in panels, filled up with zeros. */
float *make_panels (gsize rows, gsize columns) G_GNUC_WARN_UNUSED_RESULT;

/* n filled up to whole panels. */
gsize  fill_up     (gsize n);

/* Two arrays are near; the slack behind them was not written to. */
void   check_near  (const float *a, const float *b, gsize n, double tolerance);

typedef struct
{
  const char *name;
  void      (*test) (void);
} KernelTest;

/* Adds each test for each table but the plain one. `tests` is static. */
void   add_kernel_tests (const KernelTest *tests, gsize n_tests);

G_END_DECLS
