/* test-spectrogram.c: spectrograms are computed on a thread until they are whole
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-spectrogram.h"

#include "t-app.h"

/* What the signal brought last. */
typedef struct
{
  SigSpectrum *spectrum;
  int          n_computed;
} Answer;

static void
computed_cb (Answer *answer, SigSpectrum *spectrum)
{
  g_clear_pointer (&answer->spectrum, sig_spectrum_unref);
  answer->spectrum = sig_spectrum_ref (spectrum);
  answer->n_computed++;
}

static void
test_compute (void)
{
  AppSpectrogram *spectrogram = app_spectrogram_new ();
  g_autoptr (SigPyramid) four = t_four (400000);
  const SigRecording *recording = sig_pyramid_get_recording (four);
  SigSpectrumSpec spec = { 2, 256, 400, 0, 1000 };
  Answer answer = { NULL };

  g_signal_connect_swapped (spectrogram, "computed", G_CALLBACK (computed_cb), &answer);
  do
    {
      app_spectrogram_start (spectrogram, recording, &spec, answer.spectrum);
      t_wait_until (!app_spectrogram_is_active (spectrogram), (void) 0);
    }
  while (sig_spectrum_get_n_done (answer.spectrum) < spec.n_columns && answer.n_computed < 1000);
  g_assert_cmpuint (sig_spectrum_get_n_done (answer.spectrum), ==, 1000);

  answer.n_computed = 0;
  app_spectrogram_start (spectrogram, recording, &spec, NULL);
  app_spectrogram_forget (spectrogram);
  t_wait_until (!app_spectrogram_is_busy (spectrogram), (void) 0);
  g_assert_cmpint (answer.n_computed, ==, 0);
  sig_spectrum_unref (answer.spectrum);
  g_assert_finalize_object (spectrogram);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrogram/compute", test_compute);

  return g_test_run ();
}
