/* cli-settings.c: the training settings as options of a command
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-settings.h"

#include "cli-command.h"
#include "nn-keras.h"

#include <string.h>

/* One setting's option. */
typedef struct
{
  char    *name, *description;
  char    *text;    /* (nullable): what was given */
  gboolean flipped; /* of one that is on or off */
} Option;

struct _CliSettings
{
  GArray *options; /* of Option, in the order of the core's table */
  char   *class_weight;
  char   *boundaries, *values;
};

static gboolean
is_switch (const NnSetting *setting)
{
  return setting->arg.type == NN_ARG_BOOL;
}

static char *
describe (const NnSetting *setting)
{
  const NnArg *arg = &setting->arg;
  g_autofree char *fallback = nn_arg_value_to_text (arg, &arg->fallback);
  g_autofree char *choices = arg->choices != NULL ? g_strjoinv (", ", (char **) arg->choices) : NULL;

  if (is_switch (setting))
    return g_strdup_printf ("%s%s", arg->fallback.whole[0] ? "Not: " : "", arg->help);
  return choices != NULL ? g_strdup_printf ("%s One of %s", arg->help, choices)
                         : g_strdup_printf ("%s Default: %s", arg->help, fallback);
}

/* The name of its option (transfer full): "batch-size", and "no-shuffle" for what is usually on. */
static char *
spell_name (const NnSetting *setting)
{
  char *name = g_strconcat (is_switch (setting) && setting->arg.fallback.whole[0] ? "no-" : "", setting->arg.name, NULL);

  return g_strdelimit (name, "_", '-');
}

char *
cli_settings_spell (const NnSetting *setting,
                    const NnValue   *value)
{
  g_autofree char *name = spell_name (setting);
  g_autofree char *text = nn_arg_value_to_text (&setting->arg, value);

  return is_switch (setting) ? g_strconcat ("--", name, NULL) : g_strconcat ("--", name, " ", text, NULL);
}

CliSettings *
cli_settings_new (void)
{
  CliSettings *self = g_new0 (CliSettings, 1);

  self->options = g_array_new (FALSE, FALSE, sizeof (Option));
  for (guint i = 0; nn_setting_nth (i) != NULL; i++)
    {
      const NnSetting *setting = nn_setting_nth (i);
      Option option = { spell_name (setting), describe (setting), NULL, FALSE };

      g_array_append_val (self->options, option);
    }
  return self;
}

void
cli_settings_free (CliSettings *self)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = &g_array_index (self->options, Option, i);

      g_free (option->name);
      g_free (option->description);
      g_free (option->text);
    }
  g_array_unref (self->options);
  g_free (self->class_weight);
  g_free (self->boundaries);
  g_free (self->values);
  g_free (self);
}

/* The letters of those that are often given. */
static char
find_letter (const char *name)
{
  static const char *const names[] = { "epochs", "batch-size", "seed", "threads" };
  static const char letters[] = "ebst";

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], name) == 0)
      return letters[i];
  return 0;
}

static gboolean
has_entry (const GOptionEntry *entries,
           guint               n,
           const char         *name)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (entries[i].long_name, name) == 0)
      return TRUE;
  return FALSE;
}

GOptionEntry *
cli_settings_dup_entries (CliSettings        *self,
                          const GOptionEntry *own,
                          guint               n)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry lists[] = {
    { "class-weight", 0, 0, G_OPTION_ARG_STRING, &self->class_weight,
      "What a step of each class weighs, such as 0:1,1:5, or balanced", "WEIGHTS" },
    { "boundaries", 0, 0, G_OPTION_ARG_STRING, &self->boundaries,
      "Of --schedule step: the mini-batches after which the learning rate changes, such as 100,200", "N,N" },
    { "values", 0, 0, G_OPTION_ARG_STRING, &self->values,
      "With --boundaries: the learning rates before and after each, such as 1e-3,5e-4,1e-4", "R,R,R" },
  };

  g_array_append_vals (entries, own, n);
  for (guint i = 0; i < self->options->len; i++)
    {
      Option *option = &g_array_index (self->options, Option, i);
      const NnSetting *setting = nn_setting_nth (i);
      gboolean flag = is_switch (setting);
      GOptionEntry entry = { option->name, find_letter (option->name), 0, flag ? G_OPTION_ARG_NONE : G_OPTION_ARG_STRING,
                             flag ? (gpointer) &option->flipped : (gpointer) &option->text, option->description,
                             flag ? NULL : setting->arg.type == NN_ARG_CHOICE ? "NAME" : "N" };

      if (has_entry (own, n, option->name))
        continue;
      g_array_append_val (entries, entry);
      if (strcmp (option->name, "batch-size") == 0)
        {
          entry.long_name = "batch";
          entry.short_name = 0;
          entry.flags = G_OPTION_FLAG_HIDDEN;
          g_array_append_val (entries, entry);
        }
    }
  g_array_append_vals (entries, lists, G_N_ELEMENTS (lists));
  return (GOptionEntry *) (void *) g_array_free (entries, FALSE);
}

/* --- what was given ---------------------------------------------------------------------- */

static gboolean
is_given (const Option *option)
{
  return option->text != NULL || option->flipped;
}

gboolean
cli_settings_has (const CliSettings *self,
                  const char        *name)
{
  for (guint i = 0; i < self->options->len; i++)
    if (strcmp (nn_setting_nth (i)->arg.name, name) == 0)
      return is_given (&g_array_index (self->options, Option, i));
  return FALSE;
}

static gboolean
read_option (const Option    *option,
             const NnSetting *setting,
             NnSettings      *settings)
{
  g_autoptr (GError) error = NULL;
  NnValue value = nn_value_whole (!setting->arg.fallback.whole[0]);
  const char *text = option->text;

  if (text != NULL && strcmp (setting->arg.name, "loss") == 0)
    text = nn_keras_spell_loss (text);
  if (text != NULL && !nn_arg_value_from_text (&setting->arg, text, &value, &error))
    {
      cli_refuse ("train", "--%s: %s", option->name, error->message);
      return FALSE;
    }
  nn_setting_set (setting, settings, &value);
  return TRUE;
}

/* "0:1,1:5": the classes between that are not named weigh 1. */
static gboolean
read_class_weight (const char *text,
                   NnSettings *settings)
{
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);

  settings->balance_classes = settings->balance_classes || strcmp (text, "balanced") == 0;
  for (guint i = 0; pairs[i] != NULL && strcmp (text, "balanced") != 0; i++)
    {
      char *colon = NULL, *end = NULL;
      gint64 class = g_ascii_strtoll (pairs[i], &colon, 10);
      double weight = *colon == ':' ? g_ascii_strtod (colon + 1, &end) : 0.0;

      if (*colon != ':' || colon == pairs[i] || end == colon + 1 || *end != '\0' || class < 0 || class >= NN_MAX_CLASS_WEIGHTS)
        {
          cli_refuse ("train", "--class-weight is “balanced” or pairs of class (0 to %d) and weight such as 0:1,1:5, "
                   "not “%s”.", NN_MAX_CLASS_WEIGHTS - 1, text);
          return FALSE;
        }
      while (settings->n_class_weights <= class)
        settings->class_weight[settings->n_class_weights++] = 1.0;
      settings->class_weight[class] = weight;
    }
  return TRUE;
}

/* The numbers of a list, at most `most`; -1 where one is none. */
static int
read_list (const char *text,
           double     *numbers,
           int         most)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  int n = 0;

  for (; words[n] != NULL; n++)
    {
      char *end = words[n];

      if (n == most)
        return -1;
      numbers[n] = g_ascii_strtod (words[n], &end);
      if (end == words[n] || *end != '\0')
        return -1;
    }
  return n;
}

/* Keras' PiecewiseConstantDecay (boundaries, values). */
static gboolean
read_boundaries (const char *boundaries,
                 const char *values,
                 NnSettings *settings)
{
  double steps[NN_MAX_BOUNDARIES], rates[NN_MAX_BOUNDARIES + 1];
  int n = boundaries != NULL ? read_list (boundaries, steps, NN_MAX_BOUNDARIES) : -1;
  int n_rates = values != NULL ? read_list (values, rates, NN_MAX_BOUNDARIES + 1) : -1;

  if (settings->schedule != NN_SCHEDULE_STEP)
    return cli_refuse ("train", "--boundaries and --values are of use with --schedule step only."), FALSE;
  if (n < 1 || n_rates != n + 1)
    return cli_refuse ("train",
                       "--boundaries is 1 to %d numbers with commas between them, such as 100,200, and --values one more, "
                       "such as 1e-3,5e-4,1e-4.", NN_MAX_BOUNDARIES), FALSE;
  settings->n_boundaries = n;
  for (int i = 0; i < n; i++)
    settings->boundaries[i] = (gint64) CLAMP (steps[i], -1.0, 1e15);
  memcpy (settings->values, rates, n_rates * sizeof *rates);
  return TRUE;
}

/* What would change nothing was meant for something else. */
static gboolean
check_use (const CliSettings *self,
           const NnSettings  *settings)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);
      const NnSetting *setting = nn_setting_nth (i);
      const char *decides = setting->optimizers != 0 ? "optimizer" : setting->schedules != 0 ? "schedule" : "loss";
      g_autofree char *chosen = NULL;
      NnValue value;

      if (!is_given (option) || nn_setting_counts (setting, settings))
        continue;
      value = nn_setting_get (nn_setting_find (decides), settings);
      chosen = nn_arg_value_to_text (&nn_setting_find (decides)->arg, &value);
      cli_refuse ("train", "--%s is of no use with --%s %s.", option->name, decides, chosen);
      return FALSE;
    }
  return TRUE;
}

gboolean
cli_settings_read (const CliSettings *self,
                   NnSettings        *settings)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = &g_array_index (self->options, Option, i);

      if (is_given (option) && !read_option (option, nn_setting_nth (i), settings))
        return FALSE;
    }
  if (self->class_weight != NULL && !read_class_weight (self->class_weight, settings))
    return FALSE;
  if ((self->boundaries != NULL || self->values != NULL) && !read_boundaries (self->boundaries, self->values, settings))
    return FALSE;
  return check_use (self, settings);
}

/* --- what is held back ------------------------------------------------------------------- */

gboolean
cli_hold_back_read (const CliHoldBack *self,
                    const char        *command,
                    NnSettings        *settings)
{
  g_autoptr (GError) error = NULL;

  if (!isnan (self->split))
    settings->validation_split = self->split;
  if (self->blocks != G_MININT)
    settings->validation_blocks = self->blocks;
  settings->fit_labels |= self->fit;
  if (nn_settings_check (settings, &error))
    return TRUE;
  cli_refuse (command, "%s", error->message);
  return FALSE;
}

gboolean
cli_hold_back_read_arrays (const CliHoldBack *self,
                           const char        *command,
                           double            *share,
                           int               *n_blocks)
{
  *share = isnan (self->split) ? 0.0 : self->split;
  *n_blocks = self->blocks != G_MININT ? self->blocks : 1;
  if (!(*share >= 0 && *share < 1))
    cli_refuse (command, "--validation-split is 0 or more and less than 1, not %g.", *share);
  else if (*n_blocks < 1)
    cli_refuse (command, "--validation-blocks is 1 or more, not %d.", *n_blocks);
  else
    return TRUE;
  return FALSE;
}
