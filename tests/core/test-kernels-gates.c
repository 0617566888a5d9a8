/* test-kernels-gates.c: the steps of LSTM and GRU give what their plain twins give, with tails, masks and every activation
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-kernels.h"

#include <math.h>
#include <string.h>

#define SLOTS 4

/* The arrays of one step, before it and after. What fills up a row is nobody's and may hold anything that is finite. */
typedef struct
{
  NnKRecurrent size;
  gsize        full, n_h, n_c, n_gates, n_slopes;
  gboolean     first, keeps;
  double       tolerance; /* an exponential makes more of its argument's error */
  float       *sums, *h_before, *h_in, *c_before, *dy, *dh;
} Step;

static Step
make_step (guint round)
{
  Step s = { .size = { pick (1, 11), pick (1, 40), NN_K_TANH, NN_K_SIGMOID }, .first = round % 4 == 0 };

  if (round % 3 == 0)
    {
      s.size.activation = pick (NN_K_LINEAR, NN_K_GELU);
      s.size.recurrent = pick (NN_K_LINEAR, NN_K_GELU);
    }
  s.tolerance = s.size.activation == NN_K_EXPONENTIAL || s.size.recurrent == NN_K_EXPONENTIAL ? 1e-4 : 3e-6;
  s.keeps = nn_k_keeps_slope (s.size.activation) || nn_k_keeps_slope (s.size.recurrent);
  s.full = nn_k_fill_units (s.size.units);
  s.n_h = s.size.rows * s.size.units;
  s.n_c = s.size.rows * s.full;
  s.n_gates = SLOTS * s.n_c;
  s.n_slopes = s.n_gates + s.n_c;
  s.sums = make (s.n_gates);
  s.h_before = make (s.n_h);
  s.h_in = make (s.n_h);
  s.c_before = make (s.n_c);
  s.dy = make (s.n_h);
  s.dh = make (s.n_h);
  return s;
}

static void
free_step (Step *s)
{
  float *all[] = { s->sums, s->h_before, s->h_in, s->c_before, s->dy, s->dh };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

/* Of number `i` in rows of gates. */
static gsize
get_slot (gsize i, gsize full)
{
  gsize in_row = i % (SLOTS * full), unit = in_row / (SLOTS * NN_K_PANEL) * NN_K_PANEL;

  return (in_row - SLOTS * unit) / nn_k_slot_width (full, unit);
}

/* Only units that are there count. */
static void
check_units (const float *a, const float *b, const Step *s, gsize per_unit)
{
  for (gsize r = 0; r < s->size.rows; r++)
    for (gsize u = 0; u < s->size.units; u++)
      for (gsize g = 0; g < per_unit; g++)
        {
          gsize at = (r * s->full + u / NN_K_PANEL * NN_K_PANEL) * per_unit + g * nn_k_slot_width (s->full, u) + u % NN_K_PANEL;

          if (!(fabs ((double) a[at] - (double) b[at]) <= s->tolerance * fmax (1.0, fabs ((double) a[at]))))
            g_error ("%s: unit %" G_GSIZE_FORMAT ", number %" G_GSIZE_FORMAT " is %.9g, not %.9g", fast->name, u, g,
                     (double) b[at], (double) a[at]);
        }
}

static float *
make_zeros (gsize n)
{
  float *array = make (n);

  memset (array, 0, n * sizeof *array);
  return array;
}

static void
test_lstm (void)
{
  for (guint round = 0; round < 2 * ROUNDS; round++)
    {
      Step s = make_step (round);
      g_autofree float *h = make (s.n_h), *gates = copy (s.sums, s.n_gates), *c = make_zeros (s.n_c), *bent = make_zeros (s.n_c);
      g_autofree float *h2 = make (s.n_h), *gates2 = copy (s.sums, s.n_gates), *c2 = make (s.n_c), *bent2 = make (s.n_c);
      g_autofree float *slopes = make_zeros (s.n_slopes), *slopes2 = make (s.n_slopes);
      g_autofree float *dz = make (s.n_gates), *dz2 = make (s.n_gates), *dc = make (s.n_c), *dc2 = copy (dc, s.n_c);
      float *kept = s.keeps ? slopes : NULL;
      const float *c_before = s.first ? NULL : s.c_before;
      const float *dy = round % 5 == 0 ? NULL : s.dy, *dh = round % 7 == 0 ? NULL : s.dh;

      ref->lstm (h, gates, c, bent, kept, c_before, &s.size);
      fast->lstm (h2, gates2, c2, bent2, s.keeps ? slopes2 : NULL, c_before, &s.size);
      check_near (h, h2, s.n_h, s.tolerance);
      check_units (gates, gates2, &s, SLOTS);
      check_units (c, c2, &s, 1);
      check_units (bent, bent2, &s, 1);
      if (s.keeps)
        {
          check_units (slopes, slopes2, &s, SLOTS);
          check_units (slopes + s.n_gates, slopes2 + s.n_gates, &s, 1);
        }

      /* From the same arrays, so that only this step's rounding is seen; nothing in dz may come from what fills up. */
      ref->lstm_back (dz, dc, dy, dh, gates, bent, kept, c_before, &s.size);
      fast->lstm_back (dz2, dc2, dy, dh, gates, bent, kept, c_before, &s.size);
      check_near (dz, dz2, s.n_gates, s.tolerance);
      check_units (dc, dc2, &s, 1);
      free_step (&s);
    }
}

static void
test_gru (void)
{
  for (guint round = 0; round < 2 * ROUNDS; round++)
    {
      Step s = make_step (round);
      g_autofree float *h = make (s.n_h), *gates = copy (s.sums, s.n_gates), *reset = make_zeros (s.n_h);
      g_autofree float *h2 = make (s.n_h), *gates2 = copy (s.sums, s.n_gates), *reset2 = make_zeros (s.n_h);
      g_autofree float *slopes = make_zeros (s.n_slopes), *slopes2 = make (s.n_slopes);
      g_autofree float *dz = make (s.n_gates), *dz2 = make (s.n_gates), *dh2 = copy (s.dh, s.n_h);
      g_autofree float *by_reset = make (s.n_h), *by_reset2 = copy (by_reset, s.n_h);
      float *kept = s.keeps ? slopes : NULL;
      const float *h_in = s.first ? NULL : s.h_in, *h_before = s.first ? NULL : s.h_before;
      const float *dy = round % 5 == 0 ? NULL : s.dy;
      gboolean early = round % 2 == 0;

      if (early)
        {
          ref->gru_reset (gates, reset, kept, h_in, &s.size);
          fast->gru_reset (gates2, reset2, s.keeps ? slopes2 : NULL, h_in, &s.size);
        }
      ref->gru (h, gates, kept, h_before, early, &s.size);
      fast->gru (h2, gates2, s.keeps ? slopes2 : NULL, h_before, early, &s.size);
      check_near (h, h2, s.n_h, s.tolerance);
      check_near (reset, reset2, s.n_h, s.tolerance);
      check_units (gates, gates2, &s, SLOTS);
      for (gsize i = 0; s.keeps && i < s.n_gates; i++)
        if (get_slot (i, s.full) == SLOTS - 1)
          slopes2[i] = slopes[i]; /* the units' answer is not bent */
      if (s.keeps)
        check_units (slopes, slopes2, &s, SLOTS);

      ref->gru_back (dz, s.dh, early ? reset : NULL, dy, gates, kept, h_before, h_in, &s.size);
      fast->gru_back (dz2, dh2, early ? reset2 : NULL, dy, gates, kept, h_before, h_in, &s.size);
      check_near (dz, dz2, s.n_gates, s.tolerance);
      check_near (s.dh, dh2, s.n_h, s.tolerance);
      check_near (reset, reset2, s.n_h, s.tolerance);
      if (early && !s.first)
        {
          ref->gru_reset_back (dz, by_reset, gates, kept, h_in, &s.size);
          fast->gru_reset_back (dz2, by_reset2, gates, kept, h_in, &s.size);
          check_near (dz, dz2, s.n_gates, s.tolerance);
          check_near (by_reset, by_reset2, s.n_h, s.tolerance);
        }
      free_step (&s);
    }
}

static const KernelTest tests[] = {
  { "gru", test_gru },
  { "lstm", test_lstm },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_kernel_tests (tests, G_N_ELEMENTS (tests));
  return g_test_run ();
}
