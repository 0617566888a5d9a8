/* app-project-read.c: reads projects, whatever their files hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-private.h"

#include "nn-archive.h"
#include "sig-error.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BYTES       (G_GINT64_CONSTANT (1) << 30) /* of the archive */
#define MAX_JSON        (16 * 1024 * 1024)
#define MAX_TRACK_BYTES (256 * 1024 * 1024)
#define MAX_STEPS       1000 /* of a source */

/* One project on its way. */
typedef struct
{
  const char *name;   /* of the file, for people */
  char       *folder; /* it lies in */
  NnArchive  *archive;
  AppProject *out;
  GString    *notes;
  GError    **error;
} Reader;

/* FALSE, with a sentence that begins with the project's name. */
static G_GNUC_PRINTF (2, 3) gboolean
fail (const Reader *self, const char *format, ...)
{
  va_list args;
  g_autofree char *what = NULL;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (self->error, SIG_ERROR, SIG_ERROR_FORMAT, "%s: %s", self->name, what);

  return FALSE;
}

/* --- members of JSON ------------------------------------------------------------------ */

static gboolean
read_whole (const Reader *self, json_t *object, const char *key, gint64 least, gint64 most, gint64 *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_integer (json))
    return fail (self, "“%s” must be a whole number", key);
  *value = json_integer_value (json);
  if (*value < least || *value > most)
    return fail (self, "“%s” is %" G_GINT64_FORMAT " (allowed %" G_GINT64_FORMAT " - %" G_GINT64_FORMAT ")", key, *value,
                 least, most);

  return TRUE;
}

static gboolean
read_real (const Reader *self, json_t *object, const char *key, double *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_number (json))
    return fail (self, "“%s” must be a number", key);
  *value = json_number_value (json);

  return TRUE;
}

static gboolean
read_truth (const Reader *self, json_t *object, const char *key, gboolean *value)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_boolean (json))
    return fail (self, "“%s” must be true or false", key);
  *value = json_is_true (json);

  return TRUE;
}

static const char *
read_text (const Reader *self, json_t *object, const char *key)
{
  json_t *json = json_object_get (object, key);

  if (!json_is_string (json))
    {
      fail (self, "“%s” must be a text", key);
      return NULL;
    }

  return json_string_value (json);
}

static gboolean
read_word (const Reader *self, json_t *json, const char *key, const char *const *words, int *value)
{
  const char *word = json_is_string (json) ? json_string_value (json) : "";

  for (*value = 0; words[*value] != NULL; (*value)++)
    if (g_str_equal (words[*value], word))
      return TRUE;

  return fail (self, "“%s” is “%.40s”, which is not known", key, word);
}

/* One of the letters; `none`: nothing will do, too. */
static gboolean
read_letter (const Reader *self, json_t *object, const char *key, const char *letters, gboolean none, char *letter)
{
  const char *text = read_text (self, object, key);

  if (text == NULL)
    return FALSE;
  *letter = text[0];
  if (text[0] == '\0' ? !none : strchr (letters, text[0]) == NULL || text[1] != '\0')
    return fail (self, "“%s” is “%.8s”, which is none of its signs", key, text);

  return TRUE;
}

/* --- the source ------------------------------------------------------------------------ */

/* Where a file is now: on the same way from the project, else where it was. */
static char *
find_file (Reader *self, json_t *file)
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
      fail (self, "a file of its recording has no path");
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
read_files (Reader *self, json_t *step)
{
  json_t *list = json_object_get (step, "files");
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  if (!json_is_array (list) || json_array_size (list) < 1 || json_array_size (list) > SIG_SET_MAX_PARTS)
    {
      fail (self, "“files” must be a list of 1 - %d files", SIG_SET_MAX_PARTS);
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
read_table (const Reader *self, json_t *json, AppImport *import)
{
  SigTableFormat *format = &import->table;
  json_t *roles = json_object_get (json, "roles");

  if (!read_letter (self, json, "separator", ",;\t ", FALSE, &format->separator)
      || !read_letter (self, json, "decimal", ".,", FALSE, &format->style.decimal)
      || !read_letter (self, json, "grouping", ".,", TRUE, &format->style.grouping)
      || !read_truth (self, json, "skip_ragged", &format->style.skip_ragged)
      || !read_truth (self, json, "has_header", &format->has_header)
      || !read_whole (self, json, "skip_lines", 0, SIG_MAX_SKIPPED_LINES, &format->skip_lines)
      || !read_real (self, json, "rate_hz", &format->rate_hz))
    return FALSE;
  if (!json_is_array (roles) || json_array_size (roles) > SIG_CSV_MAX_FIELDS)
    return fail (self, "“roles” must be a list of at most %d roles", SIG_CSV_MAX_FIELDS);
  format->n_columns = (guint) json_array_size (roles);
  import->roles = g_new0 (SigRole, MAX (format->n_columns, 1));
  format->roles = import->roles;
  for (guint i = 0; i < format->n_columns; i++)
    {
      int role;

      if (!read_word (self, json_array_get (roles, i), "roles", app_project_role_words, &role))
        return FALSE;
      import->roles[i] = (SigRole) role;
    }

  return TRUE;
}

static gboolean
read_raw (const Reader *self, json_t *json, AppImport *import)
{
  SigRawFormat *format = &import->raw;
  gint64 channels;
  int type;

  import->kind = APP_IMPORT_RAW;
  if (!read_word (self, json_object_get (json, "type"), "type", app_project_scalar_words, &type)
      || !read_truth (self, json, "big_endian", &format->big_endian) || !read_truth (self, json, "planar", &format->planar)
      || !read_whole (self, json, "header_bytes", 0, G_MAXINT64 / 2, &format->header_bytes)
      || !read_whole (self, json, "channels", 1, SIG_MAX_CHANNELS, &channels)
      || !read_real (self, json, "rate_hz", &format->rate_hz))
    return FALSE;
  format->kind = (SigScalarKind) type;
  format->n_channels = (guint) channels;

  return TRUE;
}

static gboolean
read_import (const Reader *self, json_t *json, AppSourceStep *step)
{
  json_t *table = json_object_get (json, "table"), *raw = json_object_get (json, "raw");

  step->import = g_new0 (AppImport, 1);
  if (json_is_object (table))
    return read_table (self, table, step->import);
  if (json_is_object (raw))
    return read_raw (self, raw, step->import);

  return fail (self, "an import has neither a “table” nor “raw”");
}

static gboolean
read_step (Reader *self, json_t *json, gboolean first, AppSourceStep *step)
{
  int kind, rule = 0;
  gint64 channel;

  if (!read_word (self, json_object_get (json, "step"), "step", app_project_step_words, &kind))
    return FALSE;
  step->kind = (AppSourceKind) kind;
  if (first && (kind == APP_SOURCE_ADD || kind == APP_SOURCE_CHANNEL || kind == APP_SOURCE_RATES))
    return fail (self, "its recording begins with the step “%s”", app_project_step_words[kind]);
  if (kind == APP_SOURCE_RATES)
    {
      const char *word = read_text (self, json, "rule");

      return word != NULL && (sig_rates_parse (word, &step->rates) || fail (self, "“rule” is “%.40s”, which is not known", word));
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
      if (!read_word (self, json_object_get (json, "channels"), "channels", app_project_rule_words, &rule))
        return FALSE;
      step->rule = (SigSetRule) rule;
    }
  if (kind == APP_SOURCE_CHANNEL)
    {
      if (!read_whole (self, json, "channel", 0, SIG_MAX_CHANNELS - 1, &channel))
        return FALSE;
      step->channel = (guint) channel;
    }

  return TRUE;
}

static gboolean
read_source (Reader *self, json_t *root)
{
  json_t *list = json_object_get (root, "recording");

  if (list == NULL)
    return TRUE;
  if (!json_is_array (list) || json_array_size (list) < 1 || json_array_size (list) > MAX_STEPS)
    return fail (self, "“recording” must be a list of 1 - %d steps", MAX_STEPS);
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

  return read_whole (self, root, "steps", 1, G_MAXINT64 / 2, &self->out->n_steps);
}

/* --- labels ------------------------------------------------------------------------------- */

/* A whole number up to a comma; leaves *p behind it. */
static gboolean
scan_whole (const char **p, const char *end, gint64 *value)
{
  const char *comma = memchr (*p, ',', (gsize) (end - *p));
  g_autofree char *text = comma != NULL && comma - *p < 24 ? g_strndup (*p, (gsize) (comma - *p)) : NULL;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL))
    return FALSE;
  *p = comma + 1;

  return TRUE;
}

/* The name behind the number of the class is for people; it is quoted, and may go over several lines. */
static const char *
skip_name (const char *p, const char *end)
{
  gboolean quoted = FALSE;

  for (; p < end && (quoted || *p != '\n'); p++)
    quoted = quoted != (*p == '"');

  return MIN (p + 1, end);
}

static SigLabels *
parse_track (const Reader *self, const char *file, GBytes *bytes, const SigClassTable *classes)
{
  static const char header[] = "start,end,class,label\n";
  gsize n_bytes;
  const char *p = g_bytes_get_data (bytes, &n_bytes), *end = p + n_bytes;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gint64 before = 0;

  if (n_bytes < strlen (header) || memcmp (p, header, strlen (header)) != 0)
    {
      fail (self, "%s does not begin with “start,end,class,label”", file);
      return NULL;
    }
  for (p += strlen (header); p < end; p = skip_name (p, end))
    {
      SigSpan span;
      gint64 klass;

      if (!scan_whole (&p, end, &span.start) || !scan_whole (&p, end, &span.end) || !scan_whole (&p, end, &klass))
        {
          fail (self, "row %u of %s is not start, end, class and label", spans->len + 2, file);
          return NULL;
        }
      if (span.start < before || span.end <= span.start || span.end > self->out->n_steps
          || (klass != SIG_DONT_KNOW && (klass < 0 || klass >= sig_class_table_get_n (classes))))
        {
          fail (self, "row %u of %s: steps %" G_GINT64_FORMAT " - %" G_GINT64_FORMAT " of class %" G_GINT64_FORMAT
                " (steps must go up, to %" G_GINT64_FORMAT " at most; there are %d classes)", spans->len + 2, file, span.start,
                span.end, klass, self->out->n_steps, sig_class_table_get_n (classes));
          return NULL;
        }
      span.klass = (int) klass;
      before = span.end;
      g_array_append_val (spans, span);
    }

  gsize n = spans->len;

  return sig_labels_new_take (self->out->n_steps, (SigSpan *) (void *) g_array_free (g_steal_pointer (&spans), FALSE), n,
                              classes);
}

static SigClassTable *
read_classes (const Reader *self, json_t *list)
{
  g_autofree SigClass *classes = NULL;
  guint n = (guint) json_array_size (list), keys = 0;

  if (!json_is_array (list) || n > SIG_MAX_CLASSES)
    {
      fail (self, "“classes” must be a list of at most %d classes", SIG_MAX_CLASSES);
      return NULL;
    }
  classes = g_new0 (SigClass, MAX (n, 1));
  for (guint k = 0; k < n; k++)
    {
      json_t *json = json_array_get (list, k);
      gint64 color, key;

      classes[k].name = read_text (self, json, "name");
      if (classes[k].name == NULL || !read_whole (self, json, "color", 0, SIG_N_CLASS_COLORS - 1, &color)
          || !read_whole (self, json, "key", 0, 9, &key))
        return NULL;
      if (key > 0 && (keys & 1u << key) != 0)
        {
          fail (self, "two classes have the key %d", (int) key);
          return NULL;
        }
      keys |= 1u << key;
      classes[k].color = (int) color;
      classes[k].key = (int) key;
    }

  return sig_class_table_new_full (classes, (int) n);
}

static gboolean
read_track (const Reader *self, json_t *json, SigLabelSet **tracks)
{
  const char *name = read_text (self, json, "name"), *file = name != NULL ? read_text (self, json, "file") : NULL;
  g_autoptr (SigClassTable) classes = file != NULL ? read_classes (self, json_object_get (json, "classes")) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (GError) local = NULL;
  SigLabelSet *more;

  if (classes == NULL)
    return FALSE;
  bytes = nn_archive_read (self->archive, file, MAX_TRACK_BYTES, &local);
  if (bytes == NULL)
    return fail (self, "%s", local->message);
  labels = parse_track (self, file, bytes, classes);
  if (labels == NULL)
    return FALSE;
  more = sig_label_set_with_added (*tracks, name, labels);
  sig_label_set_unref (*tracks);
  *tracks = more;

  return TRUE;
}

static gboolean
read_tracks (Reader *self, json_t *root)
{
  json_t *json = json_object_get (root, "labels"), *list = json_object_get (json, "tracks");
  gint64 active;

  if (json == NULL || self->out->source == NULL)
    return TRUE;
  if (!json_is_array (list) || json_array_size (list) > SIG_MAX_TRACKS)
    return fail (self, "“tracks” must be a list of at most %d tracks", SIG_MAX_TRACKS);
  self->out->tracks = sig_label_set_new ();
  for (size_t i = 0; i < json_array_size (list); i++)
    if (!read_track (self, json_array_get (list, i), &self->out->tracks))
      return FALSE;
  if (json_array_size (list) == 0)
    return TRUE;
  if (!read_whole (self, json, "active", 0, (gint64) json_array_size (list) - 1, &active))
    return FALSE;

  g_autoptr (SigLabelSet) set = self->out->tracks;

  self->out->tracks = sig_label_set_with_active (set, (guint) active);

  return TRUE;
}

/* --- all of it ------------------------------------------------------------------------------ */

static gboolean
read_design (const Reader *self, json_t *root)
{
  json_t *design = json_object_get (root, "design"), *training = json_object_get (root, "training");
  g_autoptr (GError) local = NULL;
  char *text;

  if (!json_is_object (design) || !json_is_object (training))
    return fail (self, "“design” and “training” must be objects");
  text = json_dumps (design, JSON_REAL_PRECISION (17));
  self->out->design = nn_codec_design_from_json (text, -1, &local);
  free (text);
  if (self->out->design == NULL)
    return fail (self, "its design: %s", local->message);
  text = json_dumps (training, JSON_REAL_PRECISION (17));
  if (!nn_codec_settings_from_json (text, -1, &self->out->settings, &local))
    fail (self, "its training: %s", local->message);
  free (text);

  return local == NULL;
}

static gboolean
read_filter (const Reader *self, json_t *root)
{
  json_t *filter = json_object_get (root, "filter");
  g_autoptr (GError) local = NULL;
  const char *code;

  self->out->filter = sig_filter_spec_default ();
  if (filter == NULL)
    return TRUE;
  code = read_text (self, filter, "is");
  if (code == NULL || !read_truth (self, filter, "training", &self->out->trains_filtered))
    return FALSE;

  return sig_filter_spec_from_code (code, &self->out->filter, &local) || fail (self, "its filter: %s", local->message);
}

static gboolean
read_root (Reader *self, GBytes *bytes)
{
  json_error_t problem;
  g_autoptr (json_t) root
      = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), JSON_REJECT_DUPLICATES, &problem);
  gint64 version;

  if (!json_is_object (root))
    return fail (self, "project.json, line %d: %s", root == NULL ? problem.line : 1, root == NULL ? problem.text : "no object");
  if (!read_whole (self, root, "lamina_project", 1, G_MAXINT, &version))
    return FALSE;
  if (version > APP_PROJECT_VERSION)
    return fail (self, "was saved by a newer Lamina (version %d of the format, %d is the newest known here)", (int) version,
                 APP_PROJECT_VERSION);

  return read_source (self, root) && read_tracks (self, root) && read_filter (self, root) && read_design (self, root);
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
  Reader reader = { .name = name, .folder = folder, .out = out, .notes = notes, .error = error };
  gsize length = 0;
  GStatBuf status;
  gboolean ok = FALSE;

  *out = (AppProject) { 0 };
  if (g_stat (path, &status) == 0 && status.st_size > MAX_BYTES)
    return fail (&reader, "is %" G_GINT64_FORMAT " bytes long (allowed up to 1 GiB)", (gint64) status.st_size);
  if (!app_project_is (path) || !g_file_get_contents (path, &bytes, &length, &local))
    return fail (&reader, "%s", local != NULL ? local->message : "is not a project");
  reader.archive = nn_archive_open ((const guint8 *) bytes, length, &local);
  json = reader.archive != NULL ? nn_archive_read (reader.archive, "project.json", MAX_JSON, &local) : NULL;
  if (json == NULL)
    fail (&reader, "%s", local->message);
  else
    ok = read_root (&reader, json);
  g_clear_pointer (&reader.archive, nn_archive_close);
  if (ok && notes->len > 0)
    out->notes = g_strdup (notes->str);
  if (!ok)
    app_project_clear (out);

  return ok;
}
