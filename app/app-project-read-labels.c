/* app-project-read-labels.c: the label tracks of a project
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-project-reader.h"

#include <string.h>

#define MAX_TRACK_BYTES (256 * 1024 * 1024)

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
parse_track (const AppProjectReader *self, const char *file, GBytes *bytes, const SigClassTable *classes)
{
  static const char header[] = "start,end,class,label\n";
  gsize n_bytes;
  const char *p = g_bytes_get_data (bytes, &n_bytes), *end = p + n_bytes;
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gint64 before = 0;

  if (n_bytes < strlen (header) || memcmp (p, header, strlen (header)) != 0)
    {
      app_project_fail (self, "%s does not begin with “start,end,class,label”", file);
      return NULL;
    }
  for (p += strlen (header); p < end; p = skip_name (p, end))
    {
      SigSpan span;
      gint64 klass;

      if (!scan_whole (&p, end, &span.start) || !scan_whole (&p, end, &span.end) || !scan_whole (&p, end, &klass))
        {
          app_project_fail (self, "row %u of %s is not start, end, class and label", spans->len + 2, file);
          return NULL;
        }
      if (span.start < before || span.end <= span.start || span.end > self->out->n_steps
          || (klass != SIG_DONT_KNOW && (klass < 0 || klass >= sig_class_table_get_n (classes))))
        {
          app_project_fail (self, "row %u of %s: steps %" G_GINT64_FORMAT " - %" G_GINT64_FORMAT " of class %" G_GINT64_FORMAT
                            " (steps must go up, to %" G_GINT64_FORMAT " at most; there are %d classes)", spans->len + 2, file,
                            span.start, span.end, klass, self->out->n_steps, sig_class_table_get_n (classes));
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
read_classes (const AppProjectReader *self, json_t *list)
{
  g_autofree SigClass *classes = NULL;
  guint n = (guint) json_array_size (list), keys = 0;

  if (!json_is_array (list) || n > SIG_MAX_CLASSES)
    {
      app_project_fail (self, "“classes” must be a list of at most %d classes", SIG_MAX_CLASSES);
      return NULL;
    }
  classes = g_new0 (SigClass, MAX (n, 1));
  for (guint k = 0; k < n; k++)
    {
      json_t *json = json_array_get (list, k);
      gint64 color, key;

      classes[k].name = app_project_read_text (self, json, "name");
      if (classes[k].name == NULL || !app_project_read_whole (self, json, "color", 0, SIG_N_CLASS_COLORS - 1, &color)
          || !app_project_read_whole (self, json, "key", 0, 9, &key))
        return NULL;
      if (key > 0 && (keys & 1u << key) != 0)
        {
          app_project_fail (self, "two classes have the key %d", (int) key);
          return NULL;
        }
      keys |= 1u << key;
      classes[k].color = (int) color;
      classes[k].key = (int) key;
    }

  return sig_class_table_new_full (classes, (int) n);
}

static gboolean
read_track (const AppProjectReader *self, json_t *json, SigLabelSet **tracks)
{
  const char *name = app_project_read_text (self, json, "name");
  const char *file = name != NULL ? app_project_read_text (self, json, "file") : NULL;
  g_autoptr (SigClassTable) classes = file != NULL ? read_classes (self, json_object_get (json, "classes")) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (GError) local = NULL;
  SigLabelSet *more;

  if (classes == NULL)
    return FALSE;
  bytes = nn_archive_read (self->archive, file, MAX_TRACK_BYTES, &local);
  if (bytes == NULL)
    return app_project_fail (self, "%s", local->message);
  labels = parse_track (self, file, bytes, classes);
  if (labels == NULL)
    return FALSE;
  more = sig_label_set_with_added (*tracks, name, labels);
  sig_label_set_unref (*tracks);
  *tracks = more;

  return TRUE;
}

gboolean
app_project_read_tracks (AppProjectReader *self, json_t *root)
{
  json_t *json = json_object_get (root, "labels"), *list = json_object_get (json, "tracks");
  gint64 active;

  if (self->out->source == NULL)
    return TRUE;
  self->out->tracks = sig_label_set_new ();
  if (json == NULL)
    return TRUE;
  if (!json_is_array (list) || json_array_size (list) > SIG_MAX_TRACKS)
    return app_project_fail (self, "“tracks” must be a list of at most %d tracks", SIG_MAX_TRACKS);
  for (size_t i = 0; i < json_array_size (list); i++)
    if (!read_track (self, json_array_get (list, i), &self->out->tracks))
      return FALSE;
  if (json_array_size (list) == 0)
    return TRUE;
  if (!app_project_read_whole (self, json, "active", 0, (gint64) json_array_size (list) - 1, &active))
    return FALSE;

  g_autoptr (SigLabelSet) set = self->out->tracks;

  self->out->tracks = sig_label_set_with_active (set, (guint) active);

  return TRUE;
}
