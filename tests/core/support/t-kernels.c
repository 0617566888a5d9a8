/* t-kernels.c: random arrays for kernels, and running a test on every table
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-kernels.h"

#include <math.h>

const NnKernels *ref, *fast;
NnRng rng;

gsize
pick (gsize from, gsize to)
{
  return from + nn_rng_below (&rng, to - from + 1);
}

float *
make (gsize n)
{
  float *array = g_new (float, n + NN_K_SLACK);

  for (gsize i = 0; i < n; i++)
    array[i] = (float) nn_rng_normal (&rng);
  for (gsize i = n; i < n + NN_K_SLACK; i++)
    array[i] = NAN;
  return array;
}

float *
copy (const float *array, gsize n)
{
  return g_memdup2 (array, (n + NN_K_SLACK) * sizeof *array);
}

gsize
fill_up (gsize n)
{
  return (n + NN_K_PANEL - 1) / NN_K_PANEL * NN_K_PANEL;
}

float *
make_panels (gsize rows, gsize columns)
{
  gsize n = rows * fill_up (columns);
  float *w = make (n);

  for (gsize i = 0; i < n; i++)
    if (i / (rows * NN_K_PANEL) * NN_K_PANEL + i % NN_K_PANEL >= columns)
      w[i] = 0.0f;
  return w;
}

void
check_near (const float *a, const float *b, gsize n, double tolerance)
{
  double most = 1.0;

  for (gsize i = 0; i < n; i++)
    most = fmax (most, fabs ((double) a[i]));
  for (gsize i = 0; i < n; i++)
    if (!(fabs ((double) a[i] - (double) b[i]) <= tolerance * most))
      g_error ("%s: [%" G_GSIZE_FORMAT "] of %" G_GSIZE_FORMAT " is %.9g, not %.9g", fast->name, i, n, (double) b[i],
               (double) a[i]);
  for (gsize i = n; i < n + NN_K_SLACK; i++)
    g_assert_true (isnan (b[i]));
}

typedef struct
{
  const NnKernels  *table;
  const KernelTest *test;
} Run;

static void
run (gconstpointer data)
{
  const Run *what = data;

  ref = nn_k_find ("ref");
  fast = what->table;
  nn_rng_init (&rng, 1, NN_RNG_INIT, 0);
  what->test->test ();
}

void
add_kernel_tests (const KernelTest *tests, gsize n_tests)
{
  for (guint i = 1; nn_k_nth (i) != NULL; i++)
    for (gsize j = 0; j < n_tests; j++)
      {
        g_autofree char *path = g_strdup_printf ("/kernels/%s/%s", nn_k_nth (i)->name, tests[j].name);
        Run *what = g_new (Run, 1);

        *what = (Run) { nn_k_nth (i), &tests[j] };
        g_test_add_data_func_full (path, what, run, g_free);
      }
}
