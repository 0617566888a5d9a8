/* fuzz-keras.c: .keras archives under a fuzzing engine; KERAS_MEMBER says which member of one the input is, else it is all of it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include "t-keras.h"

#include <string.h>

#define STEPS 12

#ifdef KERAS_MEMBER

/* The members of a small model that Lamina writes: what the input does not replace. */
static GBytes *
make_member (const char *name)
{
  const NnShape input = { 2, { STEPS, 4 } };
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnBlock) lstm = nn_block_new (nn_kind_find ("LSTM"));
  g_autoptr (NnDesign) design = nn_design_with_block (empty, 0, lstm, NULL, NULL);
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  g_autoptr (NnModel) model = nn_model_new (check, NULL);
  NnSettings settings = nn_settings_default ();
  g_auto (NnMoments) moments = { 1, nn_moments_count (&settings), nn_model_get_n_params (model) };
  g_autoptr (GBytes) archive = NULL;
  guint8 *bytes;
  gsize length;

  settings.loss = NN_LOSS_MEAN_SQUARED_ERROR;
  moments.arrays = g_new0 (float, moments.n_arrays * moments.n_params);
  bytes = nn_keras_to_bytes (model, &settings, &moments, &length, NULL);
  archive = g_bytes_new_take (bytes, length);
  return t_keras_member (archive, name);
}

/* A member is put into an archive anew, or its checksum would keep the engine out. */
static GBytes *
make_archive (GBytes *member)
{
  static GBytes *config, *weights;

  if (config == NULL)
    {
      config = make_member ("config.json");
      weights = make_member ("model.weights.h5");
    }
  return strcmp (KERAS_MEMBER, "config.json") == 0 ? t_keras_archive (member, weights) : t_keras_archive (config, member);
}

#else

static GBytes *
make_archive (GBytes *archive)
{
  return g_bytes_ref (archive);
}

#endif

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GBytes) archive = make_archive (bytes);
  g_auto (NnKeras) keras = { 0 };
  g_autoptr (GError) error = NULL;

  t_keras_read (archive, STEPS, &keras, &error);
  return 0;
}
