/* app-project-read-source.c: where a project's recording is, and how it is read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-reader.h"

#include <glib/gstdio.h>

#define MAX_STEPS 1000 /* of a source */

/* Where a file is now: on the same way from the project, else where it was. */
static char *
find_file (AppProjectReader *self, json_t *file)
{
  const char *relative = json_string_value (json_object_get (file, "relative"));
  const char *absolute = json_string_value (json_object_get (file, "absolute"));
  json_t *size = json_object_get (file, "size");
  g_autoptr (GBytes) way = relative != NULL ? g_uri_unescape_bytes (relative, -1, NULL, NULL) : NULL;
  g_autoptr (GBytes) place = absolute != NULL ? g_uri_unescape_bytes (absolute, -1, NULL, NULL) : NULL;
  g_autofree char *near = NULL;
  g_autofree char *far = NULL;
  g_autofree char *found = NULL;
  GStatBuf status;

  if (way != NULL)
    {
      g_autofree char *text = g_strndup (g_bytes_get_data (way, NULL), g_bytes_get_size (way));

      near = g_canonicalize_filename (text, self->folder);
    }
  if (place != NULL)
    far = g_strndup (g_bytes_get_data (place, NULL), g_bytes_get_size (place));
  if (near == NULL && (far == NULL || !g_path_is_absolute (far)))
    {
      app_project_fail (self, "a file of its recording has no path");
      return NULL;
    }
  found = g_strdup (near != NULL && (far == NULL || g_file_test (near, G_FILE_TEST_EXISTS)) ? near : far);
  if (json_is_integer (size) && g_stat (found, &status) == 0 && status.st_size != json_integer_value (size))
    {
      g_autofree char *base = g_filename_display_basename (found);

      g_string_append_printf (self->notes, "%s“%s” had %" G_GINT64_FORMAT " bytes when the project was saved, and has %"
                              G_GINT64_FORMAT " now.", self->notes->len > 0 ? " " : "", base,
                              (gint64) json_integer_value (size), (gint64) status.st_size);
    }

  return g_steal_pointer (&found);
}

static char **
read_files (AppProjectReader *self, json_t *step)
{
  json_t *list = json_object_get (step, "files");
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  if (!json_is_array (list) || json_array_size (list) < 1 || json_array_size (list) > SIG_SET_MAX_PARTS)
    {
      app_project_fail (self, "“files” must be a list of 1 - %d files", SIG_SET_MAX_PARTS);
      return NULL;
    }
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      g_autofree char *path = find_file (self, json_array_get (list, i));

      if (path == NULL)
        return NULL;
      g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static gboolean
read_table (const AppProjectReader *self, json_t *json, AppImport *import)
{
  SigTableFormat *format = &import->table;
  json_t *roles = json_object_get (json, "roles");

  if (!app_project_read_letter (self, json, "separator", ",;\t ", FALSE, &format->separator)
      || !app_project_read_letter (self, json, "decimal", ".,", FALSE, &format->style.decimal)
      || !app_project_read_letter (self, json, "grouping", ".,", TRUE, &format->style.grouping)
      || !app_project_read_truth (self, json, "skip_ragged", &format->style.skip_ragged)
      || !app_project_read_truth (self, json, "has_header", &format->has_header)
      || !app_project_read_whole (self, json, "skip_lines", 0, SIG_MAX_SKIPPED_LINES, &format->skip_lines)
      || !app_project_read_real (self, json, "rate_hz", &format->rate_hz))
    return FALSE;
  if (!json_is_array (roles) || json_array_size (roles) > SIG_CSV_MAX_FIELDS)
    return app_project_fail (self, "“roles” must be a list of at most %d roles", SIG_CSV_MAX_FIELDS);
  format->n_columns = (guint) json_array_size (roles);
  import->roles = g_new0 (SigRole, MAX (format->n_columns, 1));
  format->roles = import->roles;
  for (guint i = 0; i < format->n_columns; i++)
    {
      int role;

      if (!app_project_read_word (self, json_array_get (roles, i), "roles", app_project_role_words, &role))
        return FALSE;
      import->roles[i] = (SigRole) role;
    }

  return TRUE;
}

static gboolean
read_raw (const AppProjectReader *self, json_t *json, AppImport *import)
{
  SigRawFormat *format = &import->raw;
  gint64 channels;
  int type;

  import->kind = APP_IMPORT_RAW;
  if (!app_project_read_word (self, json_object_get (json, "type"), "type", app_project_scalar_words, &type)
      || !app_project_read_truth (self, json, "big_endian", &format->big_endian)
      || !app_project_read_truth (self, json, "planar", &format->planar)
      || !app_project_read_whole (self, json, "header_bytes", 0, G_MAXINT64 / 2, &format->header_bytes)
      || !app_project_read_whole (self, json, "channels", 1, SIG_MAX_CHANNELS, &channels)
      || !app_project_read_real (self, json, "rate_hz", &format->rate_hz))
    return FALSE;
  format->kind = (SigScalarKind) type;
  format->n_channels = (guint) channels;

  return TRUE;
}

static gboolean
read_import (const AppProjectReader *self, json_t *json, AppSourceStep *step)
{
  json_t *table = json_object_get (json, "table"), *raw = json_object_get (json, "raw");

  step->import = g_new0 (AppImport, 1);
  if (json_is_object (table))
    return read_table (self, table, step->import);
  if (json_is_object (raw))
    return read_raw (self, raw, step->import);

  return app_project_fail (self, "an import has neither a “table” nor “raw”");
}

static gboolean
read_step (AppProjectReader *self, json_t *json, gboolean first, AppSourceStep *step)
{
  int kind, rule = 0;
  gint64 channel;

  if (!app_project_read_word (self, json_object_get (json, "step"), "step", app_project_step_words, &kind))
    return FALSE;
  step->kind = (AppSourceKind) kind;
  if (first && (kind == APP_SOURCE_ADD || kind == APP_SOURCE_CHANNEL || kind == APP_SOURCE_RATES))
    return app_project_fail (self, "its recording begins with the step “%s”", app_project_step_words[kind]);
  if (kind == APP_SOURCE_RATES)
    {
      const char *word = app_project_read_text (self, json, "rule");

      return word != NULL && (sig_rates_parse (word, &step->rates)
                              || app_project_fail (self, "“rule” is “%.40s”, which is not known", word));
    }
  if (kind != APP_SOURCE_DEMO && kind != APP_SOURCE_CHANNEL)
    {
      step->paths = read_files (self, json);
      if (step->paths == NULL)
        return FALSE;
    }
  if (kind == APP_SOURCE_IMPORT)
    return read_import (self, json, step);
  if (kind == APP_SOURCE_SET || kind == APP_SOURCE_ADD)
    {
      if (!app_project_read_word (self, json_object_get (json, "channels"), "channels", app_project_rule_words, &rule))
        return FALSE;
      step->rule = (SigSetRule) rule;
      if (json_object_get (json, "again") != NULL && !app_project_read_truth (self, json, "again", &step->again))
        return FALSE;
    }
  if (kind == APP_SOURCE_CHANNEL)
    {
      if (!app_project_read_whole (self, json, "channel", 0, SIG_MAX_CHANNELS - 1, &channel))
        return FALSE;
      step->channel = (guint) channel;
    }

  return TRUE;
}

gboolean
app_project_read_source (AppProjectReader *self, json_t *root)
{
  json_t *list = json_object_get (root, "recording");

  if (list == NULL)
    return TRUE;
  if (!json_is_array (list) || json_array_size (list) < 1 || json_array_size (list) > MAX_STEPS)
    return app_project_fail (self, "“recording” must be a list of 1 - %d steps", MAX_STEPS);
  for (size_t i = 0; i < json_array_size (list); i++)
    {
      AppSourceStep step = { 0 };
      AppSource *longer = NULL;

      if (read_step (self, json_array_get (list, i), i == 0, &step))
        longer = app_source_with_step (self->out->source, &step);
      g_clear_pointer (&step.paths, g_strfreev);
      g_clear_pointer (&step.import, app_import_free);
      if (longer == NULL)
        return FALSE;
      g_clear_pointer (&self->out->source, app_source_unref);
      self->out->source = longer;
    }

  return app_project_read_whole (self, root, "steps", 1, G_MAXINT64 / 2, &self->out->n_steps);
}
