/* nn-keras-moments.c: what Keras' optimizers keep between two steps, out of a file's weights and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"
#include "nn-h5-writer.h"
#include "nn-keras-private.h"
#include "nn-shape.h"

/* An optimizer's arrays are optimizer/vars/0, 1, …: the steps so far; the learning rate, where it is no schedule; then arrays
 * like the weights that learn. Adam's two moments of a weight stand side by side; the others have all of a kind, then all of
 * the next. */
#define GROUP "optimizer/vars"

static gboolean
takes_turns (const NnSettings *settings)
{
  return settings->optimizer == NN_OPTIMIZER_ADAM || settings->optimizer == NN_OPTIMIZER_ADAMW;
}

static guint
count_learning (const NnModel *model)
{
  guint n = 0;

  for (guint i = 0; i < nn_model_get_n_tensors (model); i++)
    n += !nn_model_is_frozen (model, i);
  return n;
}

static char *
name_array (const NnSettings *settings,
            guint             n_before,
            guint             n_arrays,
            guint             n_learning,
            guint             array,
            guint             tensor)
{
  return g_strdup_printf (GROUP "/%u", n_before + (takes_turns (settings) ? tensor * n_arrays + array
                                                                          : array * n_learning + tensor));
}

/* --- reading ------------------------------------------------------------------------ */

static gboolean
read_arrays (NnH5Reader       *reader,
             const NnModel    *model,
             const NnSettings *settings,
             guint             n_before,
             NnMoments        *moments,
             GError          **error)
{
  guint n_learning = count_learning (model);

  for (guint array = 0; array < moments->n_arrays; array++)
    for (guint i = 0, tensor = 0; i < nn_model_get_n_tensors (model); i++)
      {
        g_autofree char *path = NULL;
        gint64 offset;
        NnShape shape;

        if (nn_model_is_frozen (model, i))
          continue;
        path = name_array (settings, n_before, moments->n_arrays, n_learning, array, tensor++);
        nn_model_get_tensor (model, i, NULL, NULL, &shape, &offset);
        if (!nn_h5_reader_read_floats (reader, path, &shape, moments->arrays + array * moments->n_params + offset, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
read_all (NnH5Reader       *reader,
          const NnModel    *model,
          const NnSettings *settings,
          guint             n_found,
          NnMoments        *moments,
          GError          **error)
{
  guint n_before = nn_h5_reader_is_single (reader, GROUP "/1") ? 2 : 1;

  *moments = (NnMoments) { 0, nn_moments_count (settings), nn_model_get_n_params (model) };
  moments->arrays = g_new0 (float, moments->n_arrays * moments->n_params + 1);
  if (!nn_h5_reader_read_whole (reader, GROUP "/0", &moments->n_steps, error))
    return FALSE;
  if (moments->n_steps < 0 || n_found != n_before + moments->n_arrays * count_learning (model))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "There are %u arrays of it; the layers that learn need %u.", n_found,
                   n_before + moments->n_arrays * count_learning (model));
      return FALSE;
    }
  if (!read_arrays (reader, model, settings, n_before, moments, error))
    return FALSE;
  if (moments->n_steps == 0)
    nn_moments_clear (moments);
  return TRUE;
}

void
nn_keras_moments_read (NnKeras      *self,
                       const guint8 *bytes,
                       gsize         length)
{
  g_autoptr (GError) error = NULL;
  NnH5Reader reader;
  int n_found;

  if (!self->has_optimizer || !nn_h5_reader_open (&reader, bytes, length, NULL))
    return;
  n_found = nn_h5_reader_count (&reader, GROUP, NULL);
  if (n_found < 1 || (n_found <= 2 && count_learning (self->model) > 0 && nn_moments_count (&self->settings) > 0))
    return; /* it has not taken a step yet */
  if (read_all (&reader, self->model, &self->settings, (guint) n_found, &self->moments, &error))
    return;
  self->moments_why = g_strdup_printf ("The optimizer's state in the file cannot be taken up: %s", error->message);
  nn_moments_clear (&self->moments);
}

/* --- writing ------------------------------------------------------------------------ */

void
nn_keras_moments_write (const NnModel    *model,
                        const NnSettings *settings,
                        const NnMoments  *moments,
                        GArray           *items,
                        float            *rate)
{
  guint n_before = nn_keras_compile_has_schedule (settings) ? 1 : 2, n_learning = count_learning (model);
  const NnShape single = { 0 };

  *rate = (float) settings->learning_rate;
  nn_h5_items_append (items, g_strdup (GROUP), single, NULL);
  nn_h5_items_append (items, g_strdup (GROUP "/0"), single, NULL)->whole = &moments->n_steps;
  if (n_before > 1)
    nn_h5_items_append (items, g_strdup (GROUP "/1"), single, rate);
  for (guint array = 0; array < moments->n_arrays; array++)
    for (guint i = 0, tensor = 0; i < nn_model_get_n_tensors (model); i++)
      {
        gint64 offset;
        NnShape shape;

        if (nn_model_is_frozen (model, i))
          continue;
        nn_model_get_tensor (model, i, NULL, NULL, &shape, &offset);
        nn_h5_items_append (items, name_array (settings, n_before, moments->n_arrays, n_learning, array, tensor++), shape,
                            moments->arrays + array * moments->n_params + offset);
      }
}
