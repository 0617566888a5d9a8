/* nn-codec-settings.c: settings of training as JSON text
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-settings.h"

#include <string.h>

#include "nn-codec-private.h"
#include "nn-error.h"

#define MAX_BYTES    (64 * 1024)
#define CLASS_WEIGHT "class_weight"

/* As few digits as bring the very number back. */
static void
append_real (GString *text,
             double   real)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.15g", real);
  if (g_ascii_strtod (number, NULL) != real)
    g_ascii_formatd (number, sizeof number, "%.17g", real);
  g_string_append (text, number);
}

char *
nn_codec_settings_to_json (const NnSettings *settings)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; nn_setting_nth (i) != NULL; i++)
    {
      const NnSetting *setting = nn_setting_nth (i);
      NnValue value = nn_setting_get (setting, settings);

      g_string_append_printf (text, "%s\n  \"%s\": ", i > 0 ? "," : "", setting->arg.name);
      if (setting->arg.type == NN_ARG_REAL)
        append_real (text, value.real);
      else
        nn_codec_append_value (text, &setting->arg, &value);
    }
  g_string_append (text, ",\n  \"" CLASS_WEIGHT "\": [");
  for (int i = 0; i < settings->n_class_weights; i++)
    {
      g_string_append (text, i > 0 ? ", " : "");
      append_real (text, settings->class_weight[i]);
    }
  g_string_append (text, "]\n}\n");
  return g_string_free (text, FALSE);
}

static gboolean
read_class_weights (json_t     *list,
                    NnSettings *settings,
                    GError    **error)
{
  if (!json_is_array (list) || json_array_size (list) > NN_MAX_CLASS_WEIGHTS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, CLASS_WEIGHT " must be a list of at most %d numbers", NN_MAX_CLASS_WEIGHTS);
      return FALSE;
    }
  settings->n_class_weights = (int) json_array_size (list);
  for (int i = 0; i < settings->n_class_weights; i++)
    {
      json_t *number = json_array_get (list, (size_t) i);

      if (!json_is_number (number))
        {
          g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, CLASS_WEIGHT "[%d] must be a number", i);
          return FALSE;
        }
      settings->class_weight[i] = json_number_value (number);
    }
  return TRUE;
}

/* The optimizer first: choosing it moves other members to what is usual for it. */
static gboolean
read_members (json_t     *root,
              NnSettings *settings,
              GError    **error)
{
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; nn_setting_nth (i) != NULL; i++)
      {
        const NnSetting *setting = nn_setting_nth (i);
        json_t *json = json_object_get (root, setting->arg.name);
        gboolean first = strcmp (setting->arg.name, "optimizer") == 0;
        NnValue value;

        if (json == NULL || first != (pass == 0))
          continue;
        if (!nn_codec_read_value (&setting->arg, json, &value, error))
          return FALSE;
        nn_setting_set (setting, settings, &value);
      }
  return TRUE;
}

gboolean
nn_codec_settings_from_json (const char *text,
                             gssize      length,
                             NnSettings *settings,
                             GError    **error)
{
  gsize n = length >= 0 ? (gsize) length : strlen (text);
  NnSettings read = nn_settings_default ();
  json_error_t problem;
  const char *key;
  json_t *value;

  if (n > MAX_BYTES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE, "The settings take %" G_GSIZE_FORMAT " bytes, at most %d are read", n,
                   MAX_BYTES);
      return FALSE;
    }

  g_autoptr (json_t) root = json_loadb (text, n, JSON_REJECT_DUPLICATES, &problem);

  if (!json_is_object (root))
    {
      g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "The settings are no JSON object: %s",
                   root == NULL ? problem.text : "something else stands there");
      return FALSE;
    }
  json_object_foreach (root, key, value)
    if (nn_setting_find (key) == NULL && strcmp (key, CLASS_WEIGHT) != 0)
      {
        g_set_error (error, NN_ERROR, NN_ERROR_UNKNOWN, "There is no setting “%.40s”", key);
        return FALSE;
      }
  if (!read_members (root, &read, error))
    return FALSE;
  value = json_object_get (root, CLASS_WEIGHT);
  if ((value != NULL && !read_class_weights (value, &read, error)) || !nn_settings_check (&read, error))
    return FALSE;
  *settings = read;
  return TRUE;
}
