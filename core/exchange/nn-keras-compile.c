/* nn-keras-compile.c: loss and optimizer as Keras' compile() left them in a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-layer-name.h"

#include <string.h>

typedef struct
{
  const char *class_name; /* its snake case is the word that Keras takes as well */
  int         kind;
} Word;

static const Word optimizers[] = {
  { "Adam", NN_OPTIMIZER_ADAM },
  { "SGD", NN_OPTIMIZER_SGD },
};

static const Word losses[] = {
  { "BinaryCrossentropy", NN_LOSS_BINARY_CROSSENTROPY },
  { "SparseCategoricalCrossentropy", NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY },
};

/* The numbers of an optimizer that we have as well, and which optimizer writes them. */
typedef struct
{
  const char *key;
  gsize       offset; /* in NnSettings */
  int         kind;   /* -1: both */
} Number;

static const Number numbers[] = {
  { "learning_rate", G_STRUCT_OFFSET (NnSettings, learning_rate), -1 },
  { "momentum", G_STRUCT_OFFSET (NnSettings, momentum), NN_OPTIMIZER_SGD },
  { "beta_1", G_STRUCT_OFFSET (NnSettings, beta_1), NN_OPTIMIZER_ADAM },
  { "beta_2", G_STRUCT_OFFSET (NnSettings, beta_2), NN_OPTIMIZER_ADAM },
  { "epsilon", G_STRUCT_OFFSET (NnSettings, epsilon), NN_OPTIMIZER_ADAM },
};

/* Keys that say nothing about the numbers that come out; all others must be null, false or 0. */
static const char *const idle[] = {
  "name", "ema_momentum", "ema_overwrite_frequency", "reduction", "axis", "dtype", "fn", NULL
};

/* --- reading ------------------------------------------------------------------------ */

static double *
get_number (NnSettings *settings,
            const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (strcmp (numbers[i].key, key) == 0)
      return (double *) ((char *) settings + numbers[i].offset);
  return NULL;
}

static gboolean
is_off (json_t *value)
{
  return json_is_null (value) || json_is_false (value) || (json_is_number (value) && json_number_value (value) == 0);
}

/* What cannot be held, as a sentence (transfer full); NULL where all fits. Numbers go into `settings`, where it is given. */
static char *
read_members (json_t     *config,
              const char *what,
              const char *class_name,
              NnSettings *settings)
{
  const char *key;
  json_t *value;

  json_object_foreach (config, key, value)
    {
      double *number = settings != NULL ? get_number (settings, key) : NULL;

      if (number != NULL && json_is_number (value))
        *number = json_number_value (value);
      else if (!g_strv_contains (idle, key) && !is_off (value))
        {
          g_autofree char *shown = nn_keras_show (value);

          return g_strdup_printf ("The file was compiled with the %s %s whose %s is %s; that cannot be held here.",
                                  what, class_name, key, shown);
        }
    }
  return NULL;
}

/* The word for a loss or an optimizer that is given as a name or as an object; NULL where it is neither one of ours. */
static const Word *
find_word (json_t     *json,
           const Word *words,
           guint       n)
{
  const char *name = json_is_string (json) ? json_string_value (json) : json_string_value (json_object_get (json, "class_name"));

  for (guint i = 0; name != NULL && i < n; i++)
    {
      g_autofree char *snake = nn_layer_snake_case (words[i].class_name);

      if (strcmp (name, words[i].class_name) == 0 || strcmp (name, snake) == 0)
        return &words[i];
    }
  return NULL;
}

/* Reads one of the two; FALSE where the file has it and it cannot be held, with the sentence in `*why`. */
static gboolean
read_word (json_t     *json,
           const char *what,
           const Word *words,
           guint       n,
           int        *kind,
           NnSettings *settings,
           char      **why)
{
  const Word *word = find_word (json, words, n);

  if (json == NULL || json_is_null (json))
    return FALSE;
  if (word == NULL)
    {
      g_autofree char *shown = nn_keras_show (json_is_object (json) ? json_object_get (json, "class_name") : json);

      *why = g_strdup_printf ("The file was compiled with the %s %s, which is not known here.", what, shown);
      return FALSE;
    }
  *why = json_is_object (json) ? read_members (json_object_get (json, "config"), what, word->class_name, settings) : NULL;
  if (*why != NULL)
    return FALSE;
  *kind = word->kind;
  return TRUE;
}

void
nn_keras_compile_read (NnKeras *self,
                       json_t  *json)
{
  NnSettings settings = nn_settings_default ();
  int loss = NN_LOSS_AUTO, optimizer = NN_OPTIMIZER_ADAM;

  settings.momentum = 0; /* Keras' default */
  self->has_loss = read_word (json_object_get (json, "loss"), "loss", losses, G_N_ELEMENTS (losses), &loss, NULL,
                              &self->loss_why);
  self->has_optimizer = read_word (json_object_get (json, "optimizer"), "optimizer", optimizers, G_N_ELEMENTS (optimizers),
                                   &optimizer, &settings, &self->optimizer_why);
  if (!self->has_optimizer)
    settings = nn_settings_default ();
  settings.loss = loss;
  settings.optimizer = optimizer;
  self->settings = settings;
}

/* --- writing ------------------------------------------------------------------------ */

static const char *
name_loss (const NnModel    *model,
           const NnSettings *settings)
{
  NnReading reading = nn_check_get_reading (nn_model_get_check (model));
  int kind = settings->loss != NN_LOSS_AUTO ? (int) settings->loss
             : reading == NN_READING_BINARY ? NN_LOSS_BINARY_CROSSENTROPY
             : reading == NN_READING_CLASSES ? NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY : -1;

  for (guint i = 0; i < G_N_ELEMENTS (losses); i++)
    if (losses[i].kind == kind)
      return losses[i].class_name;
  return NULL;
}

static json_t *
write_optimizer (const NnSettings *settings)
{
  json_t *config = json_object ();
  const char *class_name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (optimizers); i++)
    if (optimizers[i].kind == (int) settings->optimizer)
      class_name = optimizers[i].class_name;
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i].kind < 0 || numbers[i].kind == (int) settings->optimizer)
      json_object_set_new (config, numbers[i].key, json_real (*(const double *) ((const char *) settings + numbers[i].offset)));
  return json_pack ("{s:s, s:s, s:o, s:n}", "module", "keras.optimizers", "class_name", class_name, "config", config,
                    "registered_name");
}

json_t *
nn_keras_compile_write (const NnModel    *model,
                        const NnSettings *settings)
{
  const char *loss = name_loss (model, settings);
  g_autofree char *word = NULL;

  if (loss == NULL)
    return NULL;
  word = nn_layer_snake_case (loss);
  return json_pack ("{s:o, s:s, s:n, s:[s], s:n, s:b, s:i, s:b}", "optimizer", write_optimizer (settings), "loss", word,
                    "loss_weights", "metrics", "accuracy", "weighted_metrics", "run_eagerly", FALSE, "steps_per_execution", 1,
                    "jit_compile", FALSE);
}
