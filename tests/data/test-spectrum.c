/* test-spectrum.c: spectrograms against a transform by its definition, and nothing lost between columns
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-spectrum.h"

#include <math.h>
#include <string.h>

#define RATE_HZ 250
#define WINDOW  64

static SigRecording *
make_recording (gint64  n_steps,
                float (*value) (gint64 t))
{
  float *samples = g_new (float, n_steps);

  for (gint64 t = 0; t < n_steps; t++)
    samples[t] = value (t);
  return sig_recording_new_take_samples ("test", 1, n_steps, RATE_HZ, NULL, NULL, samples);
}

static float
mixture (gint64 t)
{
  return (float) (3 * sin (2 * G_PI * t * 10 / WINDOW) + .2 * cos (t * 1.9) + .01 * (t * 7919 % 100));
}

/* The power of a frame by the definition, in dB. */
static void
transform (const float *samples,
           gint64       middle,
           double      *db)
{
  double squares = 0;

  for (int i = 0; i < WINDOW; i++)
    squares += pow (.5 - .5 * cos (2 * G_PI * i / WINDOW), 2);
  for (int k = 0; k <= WINDOW / 2; k++)
    {
      double re = 0, im = 0;

      for (int i = 0; i < WINDOW; i++)
        {
          double x = samples[middle - WINDOW / 2 + i] * (.5 - .5 * cos (2 * G_PI * i / WINDOW));

          re += x * cos (2 * G_PI * k * i / WINDOW);
          im -= x * sin (2 * G_PI * k * i / WINDOW);
        }
      db[k] = 10 * log10 ((re * re + im * im) / (RATE_HZ * squares) * (k == 0 || k == WINDOW / 2 ? 1 : 2));
    }
}

static void
test_definition (void)
{
  g_autoptr (SigRecording) recording = make_recording (2000, mixture);
  const float *samples = sig_recording_peek_channel (recording, 0);
  SigSpectrumSpec spec = { 0, WINDOW, WINDOW / 4, 4, 100 };
  g_autoptr (SigSpectrum) spectrum = sig_spectrum_new (recording, &spec, NULL, NULL, NULL, NULL);
  double low, high, db[WINDOW / 2 + 1];

  g_assert_cmpuint (sig_spectrum_get_n_bins (spectrum), ==, WINDOW / 2 + 1);
  g_assert_cmpuint (sig_spectrum_get_n_done (spectrum), ==, 100);
  sig_spectrum_get_range (spectrum, &low, &high);
  for (guint c = 0; c < 100; c++)
    {
      const guint8 *levels = sig_spectrum_get_levels (spectrum, c);

      transform (samples, (4 + c) * WINDOW / 4, db);
      for (int k = 0; k <= WINDOW / 2; k++)
        {
          double level = 1 + CLAMP ((db[k] - low) / (high - low), 0, 1) * 254;

          g_assert_cmpfloat (fabs (levels[k] - level), <=, .52);
        }
    }
}

static float
click (gint64 t)
{
  return t == 12345 ? 1000 : .001f * (float) (t * 7919 % 100);
}

/* A single step is seen in columns of any width. */
static void
test_nothing_lost (void)
{
  const gint64 n_steps = 40000;
  g_autoptr (SigRecording) recording = make_recording (n_steps, click);

  for (double width = .5; width < n_steps; width *= 2.3)
    {
      SigSpectrumSpec spec = { 0, WINDOW, width, (gint64) floor (12345 / width), 1 };
      g_autoptr (SigSpectrum) spectrum = sig_spectrum_new (recording, &spec, NULL, NULL, NULL, NULL);

      g_assert_cmpuint (sig_spectrum_get_levels (spectrum, 0)[WINDOW / 4], ==, 255);
    }
}

static float
broken (gint64 t)
{
  return t >= 1000 && t < 1010 ? NAN : mixture (t);
}

static void
test_missing (void)
{
  const SigSegment segments[] = { { 0, 2000 }, { 2000, 4000 } };
  g_autoptr (SigRecording) whole = make_recording (4000, broken);
  g_autoptr (SigRecording) recording = sig_recording_with_segments (whole, segments, 2);
  SigSpectrumSpec spec = { 0, WINDOW, WINDOW / 4, -10, 300 };
  g_autoptr (SigSpectrum) spectrum = sig_spectrum_new (recording, &spec, NULL, NULL, NULL, NULL);

  for (guint c = 0; c < 300; c++)
    {
      gint64 middle = ((gint64) c - 10) * WINDOW / 4, from = middle - WINDOW / 2, to = middle + WINDOW / 2;
      gboolean missing = from < 0 || to > 4000 || (from < 1010 && to > 1000) || (from < 2000 && to > 2000);

      g_assert_cmpint (sig_spectrum_get_levels (spectrum, c)[3] == SIG_SPECTRUM_MISSING, ==, missing);
    }
}

static gboolean
stop_after (gpointer user_data)
{
  return (*(int *) user_data)-- <= 0;
}

/* Stopped and gone on with, moved: the same levels as computed at once. */
static void
test_before (void)
{
  g_autoptr (SigRecording) recording = make_recording (9000, mixture);
  SigSpectrumSpec spec = { 0, WINDOW, 20.25, 10, 200 }, moved = spec;
  int n = 50, none = 0;
  g_autoptr (SigSpectrum) part = sig_spectrum_new (recording, &spec, NULL, stop_after, &n, NULL);
  g_autoptr (SigSpectrum) rest = NULL, whole = NULL, kept = NULL;

  g_assert_cmpuint (sig_spectrum_get_n_done (part), ==, 50);
  whole = sig_spectrum_new (recording, &spec, NULL, NULL, NULL, NULL);
  rest = sig_spectrum_new (recording, &spec, part, NULL, NULL, NULL);
  g_assert_cmpmem (sig_spectrum_get_levels (rest, 0), 200 * (WINDOW / 2 + 1), sig_spectrum_get_levels (whole, 0),
                   200 * (WINDOW / 2 + 1));
  moved.first += 30;
  kept = sig_spectrum_new (recording, &moved, whole, stop_after, &none, NULL);
  g_assert_cmpuint (sig_spectrum_get_n_done (kept), ==, 170);
  g_assert_cmpmem (sig_spectrum_get_levels (kept, 0), 170 * (WINDOW / 2 + 1), sig_spectrum_get_levels (whole, 30),
                   170 * (WINDOW / 2 + 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/definition", test_definition);
  g_test_add_func ("/spectrum/nothing-lost", test_nothing_lost);
  g_test_add_func ("/spectrum/missing", test_missing);
  g_test_add_func ("/spectrum/before", test_before);
  return g_test_run ();
}
