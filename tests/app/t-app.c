/* t-app.c: what the app's tests share: waiting with a deadline, a small recording, a small design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-app.h"

void
t_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

SigPyramid *
t_demo (gint64 n_steps, SigLabels **labels)
{
  g_autoptr (SigRecording) recording = NULL;
  SigPyramid *pyramid;

  sig_synth_demo (n_steps, SIG_SYNTH_DEMO_SEED, &recording, labels);
  pyramid = sig_pyramid_new (recording);
  g_assert_true (sig_pyramid_build (pyramid, NULL, NULL, NULL));

  return pyramid;
}

SigPyramid *
t_four (gint64 n_steps)
{
  float *samples = g_new (float, 4 * n_steps);
  g_autoptr (SigRecording) recording = NULL;

  for (gint64 i = 0; i < n_steps; i++)
    {
      for (int c = 0; c < 3; c++)
        samples[c * n_steps + i] = (i * (c + 1)) % 17;
      samples[3 * n_steps + i] = i / 50 % 2;
    }
  recording = sig_recording_new_take_samples ("Four", 4, n_steps, 1, NULL, NULL, samples);

  return sig_pyramid_new (recording);
}

NnDesign *
t_design (gint64 n_steps, gint64 n_channels)
{
  NnShape input = nn_shape_2 (n_steps, n_channels);
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnDesign) one = NULL;
  g_autoptr (NnBlock) conv = nn_block_new (nn_kind_find ("Conv1D"));
  g_autoptr (NnBlock) small = nn_block_with_whole (conv, "filters", 4);
  g_autoptr (NnBlock) same = nn_block_with_choice (small, "padding", "same");
  g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) output = nn_block_with_whole (dense, "units", 1);
  g_autoptr (NnBlock) sigmoid = nn_block_with_choice (output, "activation", "sigmoid");

  one = nn_design_with_block (empty, 0, same, NULL, NULL);

  return nn_design_with_block (one, 1, sigmoid, NULL, NULL);
}

NnSettings
t_settings (int epochs)
{
  NnSettings settings = nn_settings_default ();

  settings.epochs = epochs;
  settings.threads = 2;

  return settings;
}

guint
t_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}
