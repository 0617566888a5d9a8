/* nn-keras-compile.c: loss and optimizer as Keras' compile() left them in a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-keras-private.h"
#include "nn-layer-name.h"

#include <math.h>
#include <string.h>

/* The settings of the core have Keras' names, but for these, where a name alone would not tell what it is of. */
typedef struct
{
  const char *keras, *setting;
} Alias;

static const Alias loss_aliases[] = {
  { "alpha", "focal_alpha" }, { "delta", "huber_delta" }, { "gamma", "focal_gamma" },
};

static const Alias schedule_aliases[] = {
  { "alpha", "cosine_alpha" }, { "initial_learning_rate", "learning_rate" },
};

/* Short words that Keras takes for losses. */
static const Alias loss_words[] = {
  { "bce", "binary_crossentropy" }, { "BCE", "binary_crossentropy" }, { "MAE", "mean_absolute_error" },
  { "mae", "mean_absolute_error" }, { "MSE", "mean_squared_error" },  { "mse", "mean_squared_error" },
};

/* Keras' schedule that is a step schedule with boundaries here, and how high these may be. */
#define SCHEDULES    "keras.optimizers.schedules"
#define PIECES       "PiecewiseConstantDecay"
#define MAX_BOUNDARY 1e15

/* Keras' schedules that the core has under one name. */
static const Alias schedules[] = {
  { "CosineDecay", "cosine" }, { "ExponentialDecay", "exponential" },
};

/* What each of the three may hold, in the order in which it is written. */
static const char *const optimizer_keys[] = {
  "learning_rate", "weight_decay", "momentum", "nesterov", "beta_1", "beta_2", "rho", "centered", "initial_accumulator_value",
  "epsilon", "clipnorm", "global_clipnorm", "clipvalue", NULL
};
static const char *const loss_keys[] = {
  "from_logits", "label_smoothing", "apply_class_balancing", "alpha", "gamma", "delta", NULL
};
static const char *const schedule_keys[] = {
  "initial_learning_rate", "decay_steps", "decay_rate", "staircase", "alpha", "warmup_target", "warmup_steps", NULL
};

/* Keys that say nothing about the numbers that come out; all that is neither here nor a setting must be null, false or 0. */
static const char *const idle[] = {
  "name", "ema_momentum", "ema_overwrite_frequency", "dtype", "fn", NULL
};

/* Keys that change the numbers, but for these values, as a JSON list: the mean over all labels, whose classes are the last
 * axis. */
static const struct
{
  const char *key, *allowed;
} fixed[] = {
  { "axis", "[-1]" },
  { "ignore_class", "[null]" },
  { "reduction", "[\"sum_over_batch_size\", \"mean\", \"auto\"]" },
};

/* One of the three as a part of the compile_config. */
typedef struct
{
  const char        *what;
  const char *const *keys;
  const Alias       *aliases;
  guint              n_aliases;
} Part;

static const Part the_optimizer = { "optimizer", optimizer_keys };
static const Part the_loss = { "loss", loss_keys, loss_aliases, G_N_ELEMENTS (loss_aliases) };
static const Part the_schedule = { "schedule", schedule_keys, schedule_aliases, G_N_ELEMENTS (schedule_aliases) };

static const char *
translate (const Alias *aliases,
           guint        n,
           const char  *keras)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (aliases[i].keras, keras) == 0)
      return aliases[i].setting;
  return keras;
}

const char *
nn_keras_spell_loss (const char *word)
{
  return translate (loss_words, G_N_ELEMENTS (loss_words), word);
}

/* The setting that a key of the part is; NULL where there is none. */
static const NnSetting *
find_setting (const Part *part,
              const char *key)
{
  return g_strv_contains (part->keys, key) ? nn_setting_find (translate (part->aliases, part->n_aliases, key)) : NULL;
}

/* The choice of a setting that is that word; -1 where it is none. */
static int
find_choice (const char *setting,
             const char *word)
{
  const NnArg *arg = &nn_setting_find (setting)->arg;

  for (int i = 0; arg->choices[i] != NULL; i++)
    if (g_ascii_strcasecmp (arg->choices[i], word) == 0)
      return i;
  return -1;
}

static void
choose (NnSettings *settings,
        const char *setting,
        int         choice)
{
  const NnValue value = nn_value_whole (choice);

  nn_setting_set (nn_setting_find (setting), settings, &value);
}

/* --- reading ------------------------------------------------------------------------ */

static gboolean
is_off (json_t *value)
{
  return json_is_null (value) || json_is_false (value) || (json_is_number (value) && json_number_value (value) == 0);
}

static char *
refuse_member (const Part *part,
               const char *class_name,
               const char *key,
               json_t     *value)
{
  g_autofree char *shown = nn_keras_show (value);

  return g_strdup_printf ("The file was compiled with the %s %s whose %s is %s; that cannot be held here.", part->what,
                          class_name, key, shown);
}

/* Whether a key that is no setting leaves the numbers as they are. */
static gboolean
is_harmless (const char *key,
             json_t     *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    if (strcmp (fixed[i].key, key) == 0)
      return nn_keras_is_one_of (value, fixed[i].allowed);
  return g_strv_contains (idle, key) || is_off (value);
}

/* Takes the members of an object's config into the settings; what cannot be held as a sentence (transfer full), else NULL. */
static char *
read_members (const Part *part,
              const char *class_name,
              json_t     *config,
              NnSettings *settings)
{
  const char *key;
  json_t *value;

  json_object_foreach (config, key, value)
    {
      const NnSetting *setting = find_setting (part, key);
      NnValue read;

      if (json_is_object (value) && strcmp (key, "learning_rate") == 0)
        continue;
      if (setting != NULL && !is_off (value) && nn_setting_counts (setting, settings)
          && nn_codec_read_value (&setting->arg, value, &read, NULL))
        nn_setting_set (setting, settings, &read);
      else if (setting != NULL && is_off (value) && setting->arg.min <= 0)
        {
          read = setting->arg.type == NN_ARG_REAL ? nn_value_real (0) : nn_value_whole (0);
          nn_setting_set (setting, settings, &read);
        }
      else if (setting != NULL || !is_harmless (key, value))
        return refuse_member (part, class_name, key, value);
    }
  return NULL;
}

/* The numbers of a list into `numbers`; -1 where they are none, or more than `most`. */
static int
read_numbers (json_t *list,
              double *numbers,
              gsize   most)
{
  json_t *number;
  gsize i;

  if (!json_is_array (list) || json_array_size (list) > most)
    return -1;
  json_array_foreach (list, i, number)
    {
      if (!json_is_number (number))
        return -1;
      numbers[i] = json_number_value (number);
    }
  return (int) json_array_size (list);
}

/* PiecewiseConstantDecay. Keras makes whole numbers of the boundaries. */
static char *
read_pieces (json_t     *config,
             NnSettings *settings)
{
  json_t *boundaries = json_object_get (config, "boundaries"), *values = json_object_get (config, "values");
  double steps[NN_MAX_BOUNDARIES];
  int n = read_numbers (boundaries, steps, NN_MAX_BOUNDARIES);
  g_autoptr (GError) error = NULL;

  if (n < 1)
    return refuse_member (&the_schedule, PIECES, "boundaries", boundaries);
  if (read_numbers (values, settings->values, NN_MAX_BOUNDARIES + 1) != n + 1)
    return refuse_member (&the_schedule, PIECES, "values", values);
  settings->n_boundaries = n;
  for (int i = 0; i < n; i++)
    settings->boundaries[i] = (gint64) CLAMP (steps[i], -1.0, MAX_BOUNDARY);
  choose (settings, "schedule", NN_SCHEDULE_STEP);
  if (nn_settings_check (settings, &error))
    return NULL;
  return g_strdup_printf ("The file was compiled with a " PIECES " that cannot be held here. %s", error->message);
}

/* A learning rate that changes. */
static char *
read_schedule (json_t     *json,
               NnSettings *settings)
{
  const char *class_name = json_string_value (json_object_get (json, "class_name"));
  const char *word = class_name != NULL ? translate (schedules, G_N_ELEMENTS (schedules), class_name) : NULL;

  if (class_name != NULL && strcmp (class_name, PIECES) == 0)
    return read_pieces (json_object_get (json, "config"), settings);
  if (word == NULL || word == class_name)
    {
      g_autofree char *shown = nn_keras_show (json_object_get (json, "class_name"));

      return g_strdup_printf ("The file was compiled with the learning rate %s, which is not known here.", shown);
    }
  choose (settings, "schedule", find_choice ("schedule", word));
  return read_members (&the_schedule, class_name, json_object_get (json, "config"), settings);
}

/* Reads loss or optimizer, a word or an object; `*why` gets the sentence where it cannot be held. */
static gboolean
read_part (const Part *part,
           json_t     *json,
           NnSettings *settings,
           char      **why)
{
  const char *name = json_is_string (json) ? json_string_value (json) : json_string_value (json_object_get (json, "class_name"));
  g_autofree char *snake = name != NULL ? nn_layer_snake_case (name) : NULL;
  json_t *config = json_object_get (json, "config");
  int choice = name != NULL ? find_choice (part->what, nn_keras_spell_loss (name)) : -1;

  if (json == NULL || json_is_null (json))
    return FALSE;
  if (choice < 0 && snake != NULL)
    choice = find_choice (part->what, snake);
  if (choice < 0)
    {
      g_autofree char *shown = nn_keras_show (json_is_object (json) ? json_object_get (json, "class_name") : json);

      *why = g_strdup_printf ("The file was compiled with the %s %s, which is not known here.", part->what, shown);
      return FALSE;
    }
  choose (settings, part->what, choice);
  *why = read_members (part, name, config, settings);
  return *why == NULL;
}

/* The learning rate of an optimizer that was read, where it changes: a sentence (transfer full) and nothing read where it
 * cannot be held, else NULL. */
static char *
read_rate (json_t     *optimizer,
           NnSettings *settings)
{
  json_t *rate = json_object_get (json_object_get (optimizer, "config"), "learning_rate");
  NnSettings read = *settings;
  char *why = json_is_object (rate) ? read_schedule (rate, &read) : NULL;

  if (why == NULL)
    *settings = read;
  return why;
}

/* A loss that is multiplied before it is shown and learnt from, as a sentence (transfer full); else NULL. */
static char *
refuse_weights (json_t *weights)
{
  g_autofree char *shown = nn_keras_show (weights);

  if (weights == NULL || nn_keras_is_one_of (weights, "[null, 1, 1.0, [1], [1.0]]"))
    return NULL;
  return g_strdup_printf ("The file was compiled with the loss_weights %s; a loss counts once here.", shown);
}

void
nn_keras_compile_read (NnKeras *self,
                       json_t  *json)
{
  NnSettings settings = nn_settings_default ();

  self->settings = settings;
  self->has_optimizer = read_part (&the_optimizer, json_object_get (json, "optimizer"), &settings, &self->optimizer_why);
  if (self->has_optimizer)
    {
      self->schedule_why = read_rate (json_object_get (json, "optimizer"), &settings);
      self->settings = settings;
    }
  settings = self->settings;
  self->has_loss = read_part (&the_loss, json_object_get (json, "loss"), &settings, &self->loss_why);
  if (self->has_loss)
    self->loss_why = refuse_weights (json_object_get (json, "loss_weights"));
  self->has_loss = self->has_loss && self->loss_why == NULL;
  if (self->has_loss)
    self->settings = settings;
}

/* --- writing ------------------------------------------------------------------------ */

/* Whether Keras would do it where nothing is said. */
static gboolean
is_on_by_itself (const char       *key,
                 const NnSettings *settings)
{
  return settings->optimizer == NN_OPTIMIZER_ADAMW && strcmp (key, "weight_decay") == 0;
}

/* The settings of the part that its kind uses and that are not off. */
static json_t *
write_members (const Part       *part,
               const NnSettings *settings)
{
  json_t *config = json_object ();

  for (guint i = 0; part->keys[i] != NULL; i++)
    {
      const NnSetting *setting = find_setting (part, part->keys[i]);
      NnValue value = nn_setting_get (setting, settings);
      g_autoptr (GString) text = g_string_new (NULL);
      json_t *member;
      gboolean off = setting->arg.min <= 0 && value.real == 0 && value.whole[0] == 0;

      if ((off && !is_on_by_itself (part->keys[i], settings)) || !nn_setting_counts (setting, settings))
        continue;
      nn_codec_append_value (text, &setting->arg, &value);
      member = json_loads (text->str, JSON_DECODE_ANY, NULL);
      if (setting->arg.type == NN_ARG_REAL && json_is_integer (member)) /* Keras refuses a learning rate of 1; it takes 1.0 */
        {
          json_decref (member);
          member = json_real (value.real);
        }
      json_object_set_new (config, part->keys[i], member);
    }
  return config;
}

static json_t *
write_object (const char *module,
              const char *class_name,
              json_t     *config)
{
  return json_pack ("{s:s, s:s, s:o, s:n}", "module", module, "class_name", class_name, "config", config, "registered_name");
}

/* The word that is chosen. */
static const char *
get_word (const char       *setting,
          const NnSettings *settings)
{
  const NnSetting *found = nn_setting_find (setting);

  return found->arg.choices[nn_setting_get (found, settings).whole[0]];
}

static json_t *
write_pieces (const NnSettings *settings)
{
  json_t *boundaries = json_array (), *values = json_array ();

  for (int i = 0; i < settings->n_boundaries; i++)
    json_array_append_new (boundaries, json_integer (settings->boundaries[i]));
  for (int i = 0; i <= settings->n_boundaries; i++)
    json_array_append_new (values, json_real (settings->values[i]));
  return write_object (SCHEDULES, PIECES, json_pack ("{s:o, s:o}", "boundaries", boundaries, "values", values));
}

/* The schedule of the settings as Keras has it (transfer full); NULL where it has none. A decay over the whole training has no
 * meaning for another one. */
static json_t *
write_schedule (const NnSettings *settings)
{
  if (settings->schedule == NN_SCHEDULE_STEP && settings->n_boundaries > 0)
    return write_pieces (settings);
  for (guint i = 0; i < G_N_ELEMENTS (schedules) && settings->decay_steps > 0; i++)
    if (strcmp (schedules[i].setting, get_word ("schedule", settings)) == 0)
      return write_object (SCHEDULES, schedules[i].keras, write_members (&the_schedule, settings));
  return NULL;
}

gboolean
nn_keras_compile_has_schedule (const NnSettings *settings)
{
  g_autoptr (json_t) schedule = write_schedule (settings);

  return schedule != NULL;
}

static json_t *
write_optimizer (const NnSettings *settings)
{
  json_t *config = write_members (&the_optimizer, settings), *schedule = write_schedule (settings);

  if (schedule != NULL)
    json_object_set_new (config, "learning_rate", schedule);
  return write_object ("keras.optimizers", get_word ("optimizer", settings), config);
}

/* The settings with a loss that fits the model, where that was left open; FALSE where there is none. */
static gboolean
settle_loss (const NnModel *model,
             NnSettings    *settings)
{
  NnReading reading = nn_check_get_reading (nn_model_get_check (model));

  if (settings->loss == NN_LOSS_AUTO && reading != NN_READING_NONE)
    settings->loss = reading == NN_READING_BINARY ? NN_LOSS_BINARY_CROSSENTROPY : NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY;
  return settings->loss != NN_LOSS_AUTO;
}

/* "BinaryCrossentropy" of "binary_crossentropy" (transfer full). */
static char *
make_class_name (const char *word)
{
  GString *name = g_string_new (NULL);

  for (const char *at = word; *at != '\0'; at++)
    if (*at != '_')
      g_string_append_c (name, at == word || at[-1] == '_' ? g_ascii_toupper (*at) : *at);
  return g_string_free (name, FALSE);
}

static json_t *
write_loss (const NnSettings *settings)
{
  g_autofree char *class_name = make_class_name (get_word ("loss", settings));
  json_t *config = write_members (&the_loss, settings);

  if (json_object_size (config) > 0)
    return write_object ("keras.losses", class_name, config);
  json_decref (config);
  return json_string (get_word ("loss", settings));
}

json_t *
nn_keras_compile_write (const NnModel    *model,
                        const NnSettings *settings)
{
  NnSettings settled = *settings;

  if (!settle_loss (model, &settled))
    return NULL;
  return json_pack ("{s:o, s:o, s:n, s:[s], s:n, s:b, s:i, s:b}", "optimizer", write_optimizer (&settled), "loss",
                    write_loss (&settled), "loss_weights", "metrics", "accuracy", "weighted_metrics", "run_eagerly", FALSE,
                    "steps_per_execution", 1, "jit_compile", FALSE);
}
