/* app-project.c: a project in a file: where the recording is, all label tracks, the design and how it is trained
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-private.h"

#include "app-safe-file.h"
#include "nn-archive.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

const char *const app_project_step_words[] = { "demo", "open", "import", "set", "add", "channel", "rates", NULL };
const char *const app_project_rule_words[] = { "ask", "common", NULL };
const char *const app_project_role_words[] = { "channel", "label", "time", "counter", "constant", "text", "other", NULL };
const char *const app_project_scalar_words[]
    = { "bool", "u8", "i8", "u16", "i16", "i24", "u32", "i32", "u64", "i64", "f16", "f32", "f64", NULL };

void
app_project_clear (AppProject *self)
{
  g_clear_pointer (&self->source, app_source_unref);
  g_clear_pointer (&self->tracks, sig_label_set_unref);
  g_clear_pointer (&self->design, nn_design_unref);
  app_project_view_clear (&self->view);
  g_clear_pointer (&self->notes, g_free);
}

/* --- where the files are ------------------------------------------------------------ */

/* The way from a folder to a file, both absolute; NULL where they share nothing. */
static char *
way_to (const char *folder, const char *path)
{
  g_auto (GStrv) from = g_strsplit (folder, G_DIR_SEPARATOR_S, -1);
  g_auto (GStrv) to = g_strsplit (path, G_DIR_SEPARATOR_S, -1);
  g_autoptr (GString) way = g_string_new (NULL);
  guint n = 0;

  while (from[n] != NULL && to[n] != NULL && g_str_equal (from[n], to[n]))
    n++;
  if (n <= 1)
    return NULL;
  for (guint i = n; from[i] != NULL; i++)
    if (from[i][0] != '\0')
      g_string_append (way, "../");
  for (guint i = n; to[i] != NULL; i++)
    g_string_append_printf (way, "%s%s", to[i], to[i + 1] != NULL ? "/" : "");

  return g_string_free (g_steal_pointer (&way), FALSE);
}

/* File names are bytes, JSON is UTF-8. */
static json_t *
escaped (const char *path)
{
  g_autofree char *text = g_uri_escape_bytes ((const guint8 *) path, strlen (path), "/ ");

  return json_string (text);
}

static json_t *
write_files (char **paths, const char *folder)
{
  json_t *list = json_array ();

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *absolute = g_canonicalize_filename (paths[i], NULL);
      g_autofree char *way = way_to (folder, absolute);
      json_t *file = json_object ();
      GStatBuf status;

      if (way != NULL)
        json_object_set_new (file, "relative", escaped (way));
      json_object_set_new (file, "absolute", escaped (absolute));
      if (g_stat (absolute, &status) == 0)
        json_object_set_new (file, "size", json_integer (status.st_size));
      json_array_append_new (list, file);
    }

  return list;
}

/* --- how they are read ---------------------------------------------------------------- */

static json_t *
letter (char c)
{
  const char text[] = { c, '\0' };

  return json_string (text);
}

static json_t *
write_table (const SigTableFormat *format)
{
  json_t *table = json_object (), *roles = json_array ();

  json_object_set_new (table, "separator", letter (format->separator));
  json_object_set_new (table, "decimal", letter (format->style.decimal));
  json_object_set_new (table, "grouping", letter (format->style.grouping));
  json_object_set_new (table, "skip_ragged", json_boolean (format->style.skip_ragged));
  json_object_set_new (table, "has_header", json_boolean (format->has_header));
  json_object_set_new (table, "skip_lines", json_integer (format->skip_lines));
  json_object_set_new (table, "rate_hz", json_real (format->rate_hz));
  for (guint i = 0; i < format->n_columns; i++)
    json_array_append_new (roles, json_string (app_project_role_words[format->roles[i]]));
  json_object_set_new (table, "roles", roles);

  return table;
}

static json_t *
write_raw (const SigRawFormat *format)
{
  json_t *raw = json_object ();

  json_object_set_new (raw, "type", json_string (app_project_scalar_words[format->kind]));
  json_object_set_new (raw, "big_endian", json_boolean (format->big_endian));
  json_object_set_new (raw, "planar", json_boolean (format->planar));
  json_object_set_new (raw, "header_bytes", json_integer (format->header_bytes));
  json_object_set_new (raw, "channels", json_integer (format->n_channels));
  json_object_set_new (raw, "rate_hz", json_real (format->rate_hz));

  return raw;
}

static json_t *
write_source (const AppSource *source, const char *folder)
{
  json_t *list = json_array ();

  for (guint i = 0; i < app_source_get_n (source); i++)
    {
      const AppSourceStep *step = app_source_get (source, i);
      json_t *json = json_object ();

      json_object_set_new (json, "step", json_string (app_project_step_words[step->kind]));
      if (step->paths != NULL)
        json_object_set_new (json, "files", write_files (step->paths, folder));
      if (step->kind == APP_SOURCE_SET || step->kind == APP_SOURCE_ADD)
        json_object_set_new (json, "channels", json_string (app_project_rule_words[step->rule]));
      if (step->kind == APP_SOURCE_CHANNEL)
        json_object_set_new (json, "channel", json_integer (step->channel));
      if (step->again)
        json_object_set_new (json, "again", json_true ());
      if (step->kind == APP_SOURCE_RATES)
        json_object_set_new (json, "rule", json_string (sig_rates_get_name (step->rates)));
      if (step->import != NULL && step->import->kind == APP_IMPORT_TABLE)
        json_object_set_new (json, "table", write_table (&step->import->table));
      if (step->import != NULL && step->import->kind == APP_IMPORT_RAW)
        json_object_set_new (json, "raw", write_raw (&step->import->raw));
      json_array_append_new (list, json);
    }

  return list;
}

/* --- labels ------------------------------------------------------------------------------ */

static char *
track_name (guint track)
{
  return g_strdup_printf ("labels/%u.csv", track + 1);
}

/* The rows for people and for us: the number of the class is what counts, its name is there to be read. */
static char *
track_text (const SigLabels *labels)
{
  GString *text = g_string_new ("start,end,class,label\n");
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gsize i = 0; i < n; i++)
    {
      const char *said = spans[i].klass >= 0 ? sig_labels_get_name (labels, spans[i].klass) : "don’t know";
      g_auto (GStrv) parts = g_strsplit (said, "\"", -1);
      g_autofree char *name = g_strjoinv ("\"\"", parts);

      g_string_append_printf (text, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%d,\"%s\"\n", spans[i].start, spans[i].end,
                              spans[i].klass, name);
    }

  return g_string_free (text, FALSE);
}

static json_t *
write_tracks (const SigLabelSet *tracks)
{
  json_t *labels = json_object (), *list = json_array ();

  for (guint t = 0; t < sig_label_set_get_n (tracks); t++)
    {
      const SigClassTable *table = sig_labels_get_classes (sig_label_set_get_labels (tracks, t));
      g_autofree char *file = track_name (t);
      json_t *track = json_object (), *classes = json_array ();

      for (int k = 0; k < sig_class_table_get_n (table); k++)
        {
          const SigClass *klass = sig_class_table_get (table, k);

          json_array_append_new (classes, json_pack ("{s:s, s:i, s:i}", "name", klass->name, "color", klass->color,
                                                     "key", klass->key));
        }
      json_object_set_new (track, "name", json_string (sig_label_set_get_name (tracks, t)));
      json_object_set_new (track, "file", json_string (file));
      json_object_set_new (track, "classes", classes);
      json_array_append_new (list, track);
    }
  json_object_set_new (labels, "active", json_integer (sig_label_set_get_active (tracks)));
  json_object_set_new (labels, "tracks", list);

  return labels;
}

/* --- all of it ---------------------------------------------------------------------------- */

static json_t *
parsed (char *text)
{
  g_autofree char *owned = text;

  return json_loads (owned, 0, NULL);
}

static json_t *
write_filter (const AppProject *self)
{
  g_autofree char *code = sig_filter_spec_to_code (&self->filter);

  return json_pack ("{s:s, s:b}", "is", code, "training", self->trains_filtered);
}

static char *
project_text (const AppProject *self, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autoptr (json_t) root = json_object ();

  json_object_set_new (root, "lamina_project", json_integer (APP_PROJECT_VERSION));
  if (self->source != NULL)
    {
      json_object_set_new (root, "recording", write_source (self->source, folder));
      json_object_set_new (root, "steps", json_integer (self->n_steps));
    }
  if (self->source != NULL && self->tracks != NULL)
    json_object_set_new (root, "labels", write_tracks (self->tracks));
  if (self->missing != APP_MISSING_REFUSE)
    json_object_set_new (root, "missing", json_string (app_missing_get_name (self->missing)));
  if (!sig_filter_spec_is_off (&self->filter))
    json_object_set_new (root, "filter", write_filter (self));
  if (self->source != NULL && self->view.lanes != NULL)
    json_object_set_new (root, "view", app_project_write_view (&self->view));
  json_object_set_new (root, "design", parsed (nn_codec_design_to_json (self->design)));
  json_object_set_new (root, "training", parsed (nn_codec_settings_to_json (&self->settings)));

  return json_dumps (root, JSON_INDENT (2) | JSON_REAL_PRECISION (17));
}

static guint8 *
archive (const AppProject *self, const char *path, gsize *length, GError **error)
{
  guint n_tracks = self->source != NULL && self->tracks != NULL ? sig_label_set_get_n (self->tracks) : 0;
  g_autofree NnArchiveItem *items = g_new0 (NnArchiveItem, n_tracks + 2);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  char *text = project_text (self, path);

  g_ptr_array_add (owned, g_strdup (text));
  free (text);
  items[0] = (NnArchiveItem) { "mimetype", APP_PROJECT_MIMETYPE, strlen (APP_PROJECT_MIMETYPE) };
  items[1] = (NnArchiveItem) { "project.json", g_ptr_array_index (owned, 0), strlen (g_ptr_array_index (owned, 0)) };
  for (guint t = 0; t < n_tracks; t++)
    {
      char *name = track_name (t), *rows = track_text (sig_label_set_get_labels (self->tracks, t));

      g_ptr_array_add (owned, name);
      g_ptr_array_add (owned, rows);
      items[t + 2] = (NnArchiveItem) { name, rows, strlen (rows) };
    }

  return nn_archive_write (items, n_tracks + 2, length, error);
}

gboolean
app_project_save (const AppProject *self, const char *path, GError **error)
{
  g_autoptr (AppSafeFile) file = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize length;

  bytes = archive (self, path, &length, error);
  if (bytes == NULL)
    return FALSE;
  file = app_safe_file_new (path, error);

  return file != NULL && app_safe_file_append (file, bytes, length, error) && app_safe_file_commit (file, error);
}
