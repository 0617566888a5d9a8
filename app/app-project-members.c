/* app-project-members.c: members of a project's JSON, each checked as it is read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-reader.h"

#include "sig-error.h"

#include <string.h>

gboolean
app_project_fail (const AppProjectReader *self, const char *format, ...)
{
  va_list args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (self->error, SIG_ERROR, SIG_ERROR_FORMAT, "%s: %s", self->name, what);

  return FALSE;
}

gboolean
app_project_read_whole (const AppProjectReader *self, json_t *object, const char *key, gint64 least, gint64 most, gint64 *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_integer (json))
    return app_project_fail (self, "“%s” must be a whole number", key);
  *value = json_integer_value (json);
  if (*value < least || *value > most)
    return app_project_fail (self, "“%s” is %" G_GINT64_FORMAT " (allowed %" G_GINT64_FORMAT " - %" G_GINT64_FORMAT ")", key,
                             *value, least, most);

  return TRUE;
}

gboolean
app_project_read_real (const AppProjectReader *self, json_t *object, const char *key, double *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_number (json))
    return app_project_fail (self, "“%s” must be a number", key);
  *value = json_number_value (json);

  return TRUE;
}

gboolean
app_project_read_within (const AppProjectReader *self, json_t *object, const char *key, double least, double most, double *value)
{
  if (!app_project_read_real (self, object, key, value))
    return FALSE;
  if (!(*value >= least && *value <= most))
    return app_project_fail (self, "“%s” is %g (allowed %g - %g)", key, *value, least, most);

  return TRUE;
}

gboolean
app_project_read_truth (const AppProjectReader *self, json_t *object, const char *key, gboolean *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_boolean (json))
    return app_project_fail (self, "“%s” must be true or false", key);
  *value = json_is_true (json);

  return TRUE;
}

const char *
app_project_read_text (const AppProjectReader *self, json_t *object, const char *key)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_string (json))
    {
      app_project_fail (self, "“%s” must be a text", key);
      return NULL;
    }

  return json_string_value (json);
}

gboolean
app_project_read_word (const AppProjectReader *self, json_t *json, const char *key, const char *const *words, int *value)
{
  const char *word = json_is_string (json) ? json_string_value (json) : "";

  for (*value = 0; words[*value] != NULL; (*value)++)
    if (g_str_equal (words[*value], word))
      return TRUE;

  return app_project_fail (self, "“%s” is “%.40s”, which is not known", key, word);
}

gboolean
app_project_read_letter (const AppProjectReader *self, json_t *object, const char *key, const char *letters, gboolean none,
                         char *letter)
{
  const char *text = app_project_read_text (self, object, key);

  if (text == NULL)
    return FALSE;
  *letter = text[0];
  if (text[0] == '\0' ? !none : strchr (letters, text[0]) == NULL || text[1] != '\0')
    return app_project_fail (self, "“%s” is “%.8s”, which is none of its signs", key, text);

  return TRUE;
}
