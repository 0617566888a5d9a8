/* app-set.c: opens several files as one data set
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-set.h"

#include "sig-error.h"
#include "sig-origin.h"

#include <glib/gstdio.h>
#include <string.h>

#define FEW_FILES 2 /* of so few, each counts: a failure is an error and no note */
#define MAX_NAMED 3 /* failures told in full; of the others there is a count */

/* One opening of many. */
typedef struct
{
  const SigReadHooks *hooks; /* (nullable) */
  guint               n_files, n_done;
  GArray             *parts;  /* of SigContent */
  GPtrArray          *paths;  /* of const char *, of each part; NULL for what was open already */
  GPtrArray          *labels; /* of const char *: files that are no recordings */
  GHashTable         *seen;   /* devices and inodes */
  GString            *notes;
  guint               n_failed, n_twice;
  GError             *first_error;
} Opening;

static void
progress_hook (gpointer user_data, double fraction)
{
  Opening *self = user_data;

  if (self->hooks != NULL && self->hooks->progress != NULL)
    self->hooks->progress (self->hooks->user_data, (self->n_done + fraction) / self->n_files);
}

static gboolean
stop_hook (gpointer user_data)
{
  Opening *self = user_data;

  return self->hooks != NULL && self->hooks->should_stop != NULL && self->hooks->should_stop (self->hooks->user_data);
}

static void
clear_part (gpointer part)
{
  sig_content_clear (part);
}

static char *
dup_stem (const char *path)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR), *dot = strrchr (path, '.');

  return dot != NULL && (slash == NULL || dot > slash + 1) ? g_strndup (path, (gsize) (dot - path)) : g_strdup (path);
}

/* What a file is called by the disk (transfer full); NULL where there is none. */
static char *
dup_key (const char *path)
{
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return NULL;

  return g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, (guint64) status.st_dev, (guint64) status.st_ino);
}

/* TRUE for a file that was opened already, under whatever name. */
static gboolean
is_seen (Opening *self, const char *path)
{
  char *key = dup_key (path);

  return key != NULL && !g_hash_table_add (self->seen, key);
}

static void
fail_file (Opening *self, GError *error)
{
  if (self->n_failed++ < MAX_NAMED)
    g_string_append_printf (self->notes, "%s%s.", self->notes->len > 0 ? " " : "", error->message);
  if (self->first_error == NULL)
    self->first_error = error;
  else
    g_error_free (error);
}

static void
open_one (Opening *self, const char *path)
{
  SigReadHooks hooks = { progress_hook, stop_hook, self };
  SigContent part = { 0 };
  GError *error = NULL;

  if (is_seen (self, path))
    self->n_twice++;
  else if (!sig_reader_open (path, &hooks, &part, &error))
    {
      if (g_error_matches (error, SIG_ERROR, SIG_ERROR_LABELS))
        {
          g_ptr_array_add (self->labels, (gpointer) path);
          g_error_free (error);
        }
      else
        fail_file (self, error);
    }
  else if (part.recording == NULL)
    {
      g_ptr_array_add (self->labels, (gpointer) path);
      sig_content_clear (&part);
    }
  else
    {
      g_array_append_val (self->parts, part);
      g_ptr_array_add (self->paths, (gpointer) path);
    }
}

/* One channel beside recordings of several is the class of each step: y.npy beside X.npy. */
static void
find_label_channels (Opening *self)
{
  guint most = 0;

  for (guint p = 0; p < self->parts->len; p++)
    most = MAX (most, sig_recording_get_n_channels (g_array_index (self->parts, SigContent, p).recording));
  for (guint p = self->parts->len; p-- > 0 && most > 1;)
    {
      const SigContent *part = &g_array_index (self->parts, SigContent, p);
      const char *path = g_ptr_array_index (self->paths, p);

      if (path == NULL || part->labels != NULL || sig_recording_get_n_channels (part->recording) > 1)
        continue;
      g_ptr_array_add (self->labels, (gpointer) path);
      g_array_remove_index (self->parts, p);
      g_ptr_array_remove_index (self->paths, p);
    }
}

/* The part that a label file belongs to; NULL when that cannot be told. */
static SigContent *
find_part (const Opening *self, const char *path)
{
  g_autofree char *stem = dup_stem (path);

  for (guint p = 0; p < self->parts->len; p++)
    {
      const char *other = g_ptr_array_index (self->paths, p);
      g_autofree char *other_stem = other != NULL ? dup_stem (other) : NULL;

      if (g_strcmp0 (other_stem, stem) == 0)
        return &g_array_index (self->parts, SigContent, p);
    }

  return self->parts->len == 1 ? &g_array_index (self->parts, SigContent, 0) : NULL;
}

static void
open_labels (Opening *self, const char *path)
{
  SigReadHooks hooks = { progress_hook, stop_hook, self };
  SigContent *part = find_part (self, path);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *notes = NULL;
  GError *error = NULL;
  SigLabels *labels;

  if (part == NULL)
    {
      fail_file (self, g_error_new (SIG_ERROR, SIG_ERROR_MISMATCH,
                                    self->parts->len == 0 ? "“%s” holds labels only. Open their recording first"
                                                          : "“%s” holds labels, and none of the recordings has its name", name));
      return;
    }
  labels = sig_reader_open_labels (path, part->recording, &hooks, &notes, &error);
  if (labels == NULL)
    {
      fail_file (self, error);
      return;
    }
  g_clear_pointer (&part->labels, sig_labels_unref);
  part->labels = labels;
  if (notes != NULL)
    g_string_append_printf (self->notes, "%s%s", self->notes->len > 0 ? " " : "", notes);
}

static void
opening_init (Opening *self, guint n_files, const SigContent *first, const SigReadHooks *hooks)
{
  *self = (Opening) { .hooks = hooks, .n_files = n_files };
  self->parts = g_array_new (FALSE, FALSE, sizeof (SigContent));
  g_array_set_clear_func (self->parts, clear_part);
  self->paths = g_ptr_array_new ();
  self->labels = g_ptr_array_new ();
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->notes = g_string_new (NULL);
  if (first != NULL)
    {
      SigContent part = { sig_recording_ref (first->recording), first->labels != NULL ? sig_labels_ref (first->labels) : NULL };

      g_array_append_val (self->parts, part);
      g_ptr_array_add (self->paths, NULL);
    }
}

static void
opening_clear (Opening *self)
{
  g_array_unref (self->parts);
  g_ptr_array_unref (self->paths);
  g_ptr_array_unref (self->labels);
  g_hash_table_unref (self->seen);
  g_string_free (self->notes, TRUE);
  g_clear_error (&self->first_error);
}

static void
finish_notes (Opening *self)
{
  if (self->n_failed > MAX_NAMED)
    g_string_append_printf (self->notes, " %u of %u files could not be opened.", self->n_failed, self->n_files);
  if (self->n_twice > 0)
    g_string_append_printf (self->notes, "%s%u file%s named twice, and opened once.", self->notes->len > 0 ? " " : "",
                            self->n_twice, self->n_twice == 1 ? " was" : "s were");
}

/* SIG_ERROR_TWICE for a file that `first` was made of, under whatever name. */
static gboolean
check_again (const char *const *paths, const SigContent *first, GError **error)
{
  const SigOrigin *origin = first != NULL ? sig_recording_get_origin (first->recording) : NULL;
  g_autoptr (GHashTable) open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; origin != NULL && i < sig_origin_get_n (origin); i++)
    {
      char *key = dup_key (sig_origin_get_path (origin, i));

      if (key != NULL)
        g_hash_table_add (open, key);
    }
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *key = dup_key (paths[i]);
      g_autofree char *name = g_filename_display_basename (paths[i]);

      if (key == NULL || !g_hash_table_contains (open, key))
        continue;
      g_set_error (error, SIG_ERROR, SIG_ERROR_TWICE,
                   "“%s” is part of what is open already. Added again, some of its steps may be trained on and the same "
                   "steps held back: the score would be too good.", name);
      return FALSE;
    }

  return TRUE;
}

gboolean
app_set_open (const char *const *paths, const SigContent *first, SigSetRule rule, gboolean again, const SigReadHooks *hooks,
              SigContent *out, char **notes, GError **error)
{
  Opening self;
  guint n_files = g_strv_length ((char **) paths), n_first = first != NULL ? 1 : 0;
  gboolean ok = FALSE;

  *out = (SigContent) { 0 };
  *notes = NULL;
  if (n_files > SIG_SET_MAX_PARTS)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "%u files were given; at most %d are opened as one set", n_files,
                   SIG_SET_MAX_PARTS);
      return FALSE;
    }

  if (!again && !check_again (paths, first, error))
    return FALSE;
  opening_init (&self, n_files, first, hooks);
  for (guint i = 0; i < n_files && !stop_hook (&self); i++, self.n_done++)
    open_one (&self, paths[i]);
  find_label_channels (&self);
  for (guint i = 0; i < self.labels->len && !stop_hook (&self); i++)
    open_labels (&self, g_ptr_array_index (self.labels, i));

  if (stop_hook (&self))
    g_set_error (error, SIG_ERROR, SIG_ERROR_CANCELLED, "Opening %u files was cancelled", n_files);
  else if (self.first_error != NULL && (self.parts->len == n_first || n_files <= FEW_FILES))
    g_propagate_error (error, g_steal_pointer (&self.first_error));
  else
    ok = sig_set_join ((const SigContent *) (const void *) self.parts->data, self.parts->len, rule, out, error);

  finish_notes (&self);
  if (ok && self.notes->len > 0)
    *notes = g_strdup (self.notes->str);
  opening_clear (&self);

  return ok;
}
