/* app-project-read.c: reads projects, whatever their files hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-reader.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES (G_GINT64_CONSTANT (1) << 30) /* of the archive */
#define MAX_JSON  (16 * 1024 * 1024)

static gboolean
read_design (const AppProjectReader *self, json_t *root)
{
  json_t *design = json_object_get (root, "design"), *training = json_object_get (root, "training");
  g_autoptr (GError) local = NULL;
  char *text;

  if (!json_is_object (design) || !json_is_object (training))
    return app_project_fail (self, "“design” and “training” must be objects");
  text = json_dumps (design, JSON_REAL_PRECISION (17));
  self->out->design = nn_codec_design_from_json (text, -1, &local);
  free (text);
  if (self->out->design == NULL)
    return app_project_fail (self, "its design: %s", local->message);
  text = json_dumps (training, JSON_REAL_PRECISION (17));
  if (!nn_codec_settings_from_json (text, -1, &self->out->settings, &local))
    app_project_fail (self, "its training: %s", local->message);
  free (text);

  return local == NULL;
}

static gboolean
read_filter (const AppProjectReader *self, json_t *root)
{
  json_t *filter = json_object_get (root, "filter");
  g_autoptr (GError) local = NULL;
  const char *code;

  self->out->filter = sig_filter_spec_default ();
  if (filter == NULL)
    return TRUE;
  code = app_project_read_text (self, filter, "is");
  if (code == NULL || !app_project_read_truth (self, filter, "training", &self->out->trains_filtered))
    return FALSE;

  return sig_filter_spec_from_code (code, &self->out->filter, &local)
         || app_project_fail (self, "its filter: %s", local->message);
}

/* Projects of before there was a choice say nothing. */
static gboolean
read_missing (const AppProjectReader *self, json_t *root)
{
  const char *word;

  self->out->missing = APP_MISSING_REFUSE;
  if (json_object_get (root, "missing") == NULL)
    return TRUE;
  word = app_project_read_text (self, root, "missing");

  return word != NULL && (app_missing_parse (word, &self->out->missing)
                          || app_project_fail (self, "“missing” is “%.40s”, which is not known", word));
}

static gboolean
read_root (AppProjectReader *self, GBytes *bytes)
{
  json_error_t problem;
  g_autoptr (json_t) root
      = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), JSON_REJECT_DUPLICATES, &problem);
  gint64 version;

  if (!json_is_object (root))
    return app_project_fail (self, "project.json, line %d: %s", root == NULL ? problem.line : 1,
                             root == NULL ? problem.text : "no object");
  if (!app_project_read_whole (self, root, "lamina_project", 1, G_MAXINT, &version))
    return FALSE;
  if (version > APP_PROJECT_VERSION)
    return app_project_fail (self, "was saved by a newer Lamina (version %d of the format, %d is the newest known here)",
                             (int) version, APP_PROJECT_VERSION);

  return app_project_read_source (self, root) && app_project_read_tracks (self, root) && read_filter (self, root)
         && read_missing (self, root) && app_project_read_view (self, root) && read_design (self, root);
}

gboolean
app_project_is (const char *path)
{
  static const char expected[] = "mimetype" APP_PROJECT_MIMETYPE;
  FILE *file = g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_fopen (path, "rb") : NULL;
  char start[30 + sizeof expected - 1];
  gboolean is;

  if (file == NULL)
    return FALSE;
  is = fread (start, 1, sizeof start, file) == sizeof start && memcmp (start, "PK\x03\x04", 4) == 0
    && memcmp (start + 30, expected, sizeof expected - 1) == 0;
  fclose (file);

  return is;
}

gboolean
app_project_load (const char *path, AppProject *out, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *folder = g_path_get_dirname (absolute);
  g_autofree char *bytes = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  AppProjectReader reader = { .name = name, .folder = folder, .out = out, .notes = notes, .error = error };
  gsize length = 0;
  GStatBuf status;
  gboolean ok = FALSE;

  *out = (AppProject) { 0 };
  if (g_stat (path, &status) == 0 && status.st_size > MAX_BYTES)
    return app_project_fail (&reader, "is %" G_GINT64_FORMAT " bytes long (allowed up to 1 GiB)", (gint64) status.st_size);
  if (!app_project_is (path) || !g_file_get_contents (path, &bytes, &length, &local))
    return app_project_fail (&reader, "%s", local != NULL ? local->message : "is not a project");
  reader.archive = nn_archive_open ((const guint8 *) bytes, length, &local);
  json = reader.archive != NULL ? nn_archive_read (reader.archive, "project.json", MAX_JSON, &local) : NULL;
  if (json == NULL)
    app_project_fail (&reader, "%s", local->message);
  else
    ok = read_root (&reader, json);
  g_clear_pointer (&reader.archive, nn_archive_close);
  if (ok && notes->len > 0)
    out->notes = g_strdup (notes->str);
  if (!ok)
    app_project_clear (out);

  return ok;
}
