/* sig-filter-design.c: the coefficients of Butterworth filters and of the notch
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter.h"

#include <complex.h>
#include <math.h>

/* The C library gives this to compilers that it takes for gcc 4.7 or newer, and clang is none. */
#ifndef CMPLX
#define CMPLX(real, imaginary) __builtin_complex ((double) (real), (double) (imaginary))
#endif

#define LEFT_OVER 1e-10 /* of what was before the warm-up */

/* Where the frequency lies on the analog axis from which the bilinear transform brings it back. */
static double
bend (double frequency_hz,
      double rate_hz)
{
  return tan (G_PI * frequency_hz / rate_hz);
}

/* The k-th of the prototype's poles in the upper half; their conjugates are the rest. */
static double complex
get_pole (int order,
          int k)
{
  double angle = G_PI * (2 * k + order + 1) / (2. * order);

  return CMPLX (cos (angle), sin (angle));
}

/* A section with poles at `s` and its conjugate on the analog plane, carried over. */
static SigBiquad
place_poles (double complex s)
{
  double complex z = (1 + s) / (1 - s);

  return (SigBiquad) { .a1 = -2 * creal (z), .a2 = creal (z) * creal (z) + cimag (z) * cimag (z) };
}

/* Sets the zeros, with a gain of 1 at z. */
static void
set_zeros (SigBiquad     *self,
           double         b1,
           double         b2,
           double complex z)
{
  double complex above = 1 + b1 / z + b2 / (z * z), below = 1 + self->a1 / z + self->a2 / (z * z);
  double gain = cabs (below) / cabs (above);

  self->b0 = gain;
  self->b1 = gain * b1;
  self->b2 = gain * b2;
}

static guint
design_low_pass (int        order,
                 double     w,
                 SigBiquad *sections)
{
  for (int k = 0; k < order / 2; k++)
    {
      sections[k] = place_poles (w * get_pole (order, k));
      set_zeros (&sections[k], 2, 1, 1);
    }
  return order / 2;
}

static guint
design_high_pass (int        order,
                  double     w,
                  SigBiquad *sections)
{
  for (int k = 0; k < order / 2; k++)
    {
      sections[k] = place_poles (w / get_pole (order, k));
      set_zeros (&sections[k], -2, 1, -1);
    }
  return order / 2;
}

/* Every pole of the prototype becomes two. The gain is 1 at the middle, where the prototype's is 1 at rest. */
static guint
design_band_pass (int        order,
                  double     w1,
                  double     w2,
                  SigBiquad *sections)
{
  double middle = 2 * atan (sqrt (w1 * w2));
  double complex z = CMPLX (cos (middle), sin (middle));

  for (int k = 0; k < order / 2; k++)
    {
      double complex half = get_pole (order, k) * (w2 - w1) / 2, root = csqrt (half * half - w1 * w2);

      sections[2 * k] = place_poles (half + root);
      sections[2 * k + 1] = place_poles (half - root);
      set_zeros (&sections[2 * k], 0, -1, z);
      set_zeros (&sections[2 * k + 1], 0, -1, z);
    }
  return order;
}

static SigBiquad
design_notch (double frequency_hz,
              double q,
              double rate_hz)
{
  double w = 2 * G_PI * frequency_hz / rate_hz, gain = 1 / (1 + tan (w / q / 2));

  return (SigBiquad) { gain, -2 * gain * cos (w), gain, -2 * gain * cos (w), 2 * gain - 1 };
}

guint
sig_filter_design (const SigFilterSpec *self,
                   double               rate_hz,
                   SigBiquad           *sections)
{
  double w1 = bend (self->high_pass_hz, rate_hz), w2 = bend (self->low_pass_hz, rate_hz);
  guint n = 0;

  g_return_val_if_fail (self->order >= 2 && self->order <= SIG_FILTER_MAX_ORDER && self->order % 2 == 0, 0);

  if (self->high_pass_hz > 0 && self->low_pass_hz > 0)
    n = design_band_pass (self->order, w1, w2, sections);
  else if (self->high_pass_hz > 0)
    n = design_high_pass (self->order, w1, sections);
  else if (self->low_pass_hz > 0)
    n = design_low_pass (self->order, w2, sections);
  if (self->notch_hz > 0)
    sections[n++] = design_notch (self->notch_hz, self->notch_q, rate_hz);
  return n;
}

/* The greatest distance of the section's poles from 0; both roots of z² + a1 z + a2. */
static double
get_radius (const SigBiquad *self)
{
  double inside = self->a1 * self->a1 / 4 - self->a2;

  return inside < 0 ? sqrt (self->a2) : fabs (self->a1) / 2 + sqrt (inside);
}

gint64
sig_filter_get_warm_up (const SigBiquad *sections,
                        guint            n_sections)
{
  double radius = 0, steps;

  for (guint i = 0; i < n_sections; i++)
    radius = MAX (radius, get_radius (&sections[i]));
  if (radius <= 0)
    return 2;
  steps = radius < 1 ? ceil (log (LEFT_OVER) / log (radius)) : INFINITY;
  return steps < (double) G_MAXINT64 / 4 ? (gint64) MAX (steps, 2) : G_MAXINT64 / 4;
}
