/* test-kernels-optim.c: the optimisers' fast kernels give what their plain twins give
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-kernels.h"

#include <math.h>

/* Weights and two arrays of state, one of them of squares, before and after on either table. */
typedef struct
{
  gsize  n;
  float *w, *m, *v, *w2, *m2, *v2;
} States;

static States
make_states (gsize n)
{
  States s = { n, make (n), make (n), make (n), NULL, NULL, NULL };

  for (gsize i = 0; i < n; i++)
    s.v[i] = s.v[i] * s.v[i] + 1.0f;
  s.w2 = copy (s.w, n);
  s.m2 = copy (s.m, n);
  s.v2 = copy (s.v, n);
  return s;
}

static void
check_states_near (States *s)
{
  check_near (s->w, s->w2, s->n, 1e-5);
  check_near (s->m, s->m2, s->n, 1e-6);
  check_near (s->v, s->v2, s->n, 1e-6);
  g_free (s->w);
  g_free (s->m);
  g_free (s->v);
  g_free (s->w2);
  g_free (s->m2);
  g_free (s->v2);
}

static void
test_optimisers (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n = pick (1, 100);
      NnKAdam how = { 0.01, 0.9, 0.999, 1e-7, (double) round + 1.0 };
      NnKSgd sgd = { 0.1, 0.9, round % 2 };
      NnKRmsprop rmsprop = { 0.01, 0.9, 0.8, 1e-7 };
      g_autofree float *g = make (n), *mean = make (n), *mean2 = NULL;
      gboolean with = round % 2, centered = round % 4 / 2;
      States s;

      for (gsize i = 0; i < n; i++)
        mean[i] *= 0.1f;
      mean2 = copy (mean, n);
      s = make_states (n);
      ref->adam (s.w, s.m, s.v, g, 0.5f, n, &how);
      fast->adam (s.w2, s.m2, s.v2, g, 0.5f, n, &how);
      check_states_near (&s);
      s = make_states (n);
      ref->sgd (s.w, s.m, g, 0.5f, n, &sgd);
      fast->sgd (s.w2, s.m2, g, 0.5f, n, &sgd);
      check_states_near (&s);
      s = make_states (n);
      ref->rmsprop (s.w, s.v, with ? s.m : NULL, centered ? mean : NULL, g, 0.5f, n, &rmsprop);
      fast->rmsprop (s.w2, s.v2, with ? s.m2 : NULL, centered ? mean2 : NULL, g, 0.5f, n, &rmsprop);
      check_near (mean, mean2, n, 1e-6);
      check_states_near (&s);
      s = make_states (n);
      ref->adagrad (s.w, s.v, g, 0.5f, n, 0.1f, 1e-7f);
      fast->adagrad (s.w2, s.v2, g, 0.5f, n, 0.1f, 1e-7f);
      ref->decay (s.w, 0.25f, n);
      fast->decay (s.w2, 0.25f, n);
      check_states_near (&s);
    }
}

static void
test_gradients (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      gsize n = pick (1, round % 10 == 0 ? 5000 : 100);
      g_autofree float *w = make (n), *a = make (n), *b = copy (a, n);

      w[0] = 0.0f;
      ref->regularise (a, w, 0.5f, 0.1f, 0.2f, n);
      fast->regularise (b, w, 0.5f, 0.1f, 0.2f, n);
      check_near (a, b, n, 1e-6);
      g_assert_cmpfloat (fabs (ref->sum_squares (w, n) - fast->sum_squares (w, n)), <=, 1e-10 * (double) n);
      g_assert_cmpfloat (fabs (ref->sum_sizes (w, n) - fast->sum_sizes (w, n)), <=, 1e-10 * (double) n);
      ref->clip (a, 1.5f, 0.3f, n);
      fast->clip (b, 1.5f, 0.3f, n);
      check_near (a, b, n, 1e-6);
    }
}

static const KernelTest tests[] = {
  { "optimisers", test_optimisers }, { "gradients", test_gradients },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
