/* nn-settings.c: the training settings' defaults and ranges
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-settings.h"
#include "nn-error.h"

NnSettings
nn_settings_default (void)
{
  return (NnSettings) {
    .loss = NN_LOSS_AUTO,
    .optimizer = NN_OPTIMIZER_ADAM,
    .learning_rate = 1e-3,
    .momentum = 0.9,
    .beta_1 = 0.9,
    .beta_2 = 0.999,
    .epsilon = 1e-7,
    .epochs = 20,
    .batch_size = 32,
    .shuffle = TRUE,
    .seed = 1,
    .threads = 0,
  };
}

static gboolean
check_member (const char *name,
              double      value,
              double      min,
              double      max,
              GError    **error)
{
  char found[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  if (value >= min && value <= max)
    return TRUE;
  g_ascii_formatd (found, sizeof found, "%.10g", value);
  g_ascii_formatd (low, sizeof low, "%.9g", min);
  g_ascii_formatd (high, sizeof high, "%.9g", max);
  g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "The %s is %s; it may be %s to %s.", name, found, low, high);
  return FALSE;
}

gboolean
nn_settings_check (const NnSettings *self,
                   GError          **error)
{
  return check_member ("loss", self->loss, NN_LOSS_AUTO, NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY, error)
         && check_member ("optimizer", self->optimizer, NN_OPTIMIZER_ADAM, NN_OPTIMIZER_SGD, error)
         && check_member ("learning rate", self->learning_rate, 1e-7, 10, error)
         && check_member ("momentum", self->momentum, 0, 0.999, error)
         && check_member ("beta_1", self->beta_1, 0, 0.99999, error)
         && check_member ("beta_2", self->beta_2, 0, 0.9999999, error)
         && check_member ("epsilon", self->epsilon, 1e-12, 1, error)
         && check_member ("number of epochs", self->epochs, 1, 100000, error)
         && check_member ("batch size", self->batch_size, 1, 4096, error)
         && check_member ("number of threads", self->threads, 0, 64, error);
}
