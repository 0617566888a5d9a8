/* app-marking-classes.c: edits of classes and of tracks, in the words in which they are undone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-marking-private.h"

#include "sig-classes.h"

#include "sig-label-edit.h"

#define FIRST_TRACK "Labels"

/* --- classes -------------------------------------------------------------------- */

static gboolean
apply (AppDocument *document, const SigClassTable *classes, const char *what, GError **error)
{
  g_autoptr (SigLabels) labels = app_marking_dup_labels (document);
  g_autoptr (SigLabels) changed = sig_label_edit_with_classes (labels, classes);

  return app_document_edit_labels (document, changed, what) || app_marking_fail (error, "It is so already.");
}

static gboolean
check_name (const SigClassTable *classes, const char *name, int except, GError **error)
{
  int found;

  if (*name == '\0')
    return app_marking_fail (error, "A class must have a name.");

  found = sig_class_table_find_name (classes, name);

  return found < 0 || found == except || app_marking_fail (error, "Another class has this name.");
}

gboolean
app_marking_add_class (AppDocument *document, const char *name, GError **error)
{
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigClassTable) classes = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && name != NULL, FALSE);

  if (!app_marking_check_open (document, error))
    return FALSE;

  labels = app_marking_dup_labels (document);
  bare = g_strstrip (g_strdup (name));
  if (!check_name (sig_labels_get_classes (labels), bare, -1, error))
    return FALSE;
  if (sig_labels_get_n_classes (labels) >= SIG_MAX_CLASSES)
    return app_marking_fail (error, "There are as many classes as there can be.");

  classes = sig_class_table_with_added (sig_labels_get_classes (labels), bare, 0);
  what = g_strdup_printf ("Add class %s", bare);

  return apply (document, classes, what, error);
}

gboolean
app_marking_rename_class (AppDocument *document, int klass, const char *name, GError **error)
{
  const SigClassTable *old;
  g_autoptr (SigClassTable) classes = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && app_marking_has_class (document, klass) && name != NULL, FALSE);

  old = sig_labels_get_classes (app_document_get_labels (document));
  bare = g_strstrip (g_strdup (name));
  if (!check_name (old, bare, klass, error))
    return FALSE;

  classes = sig_class_table_with_name (old, klass, bare);
  what = g_strdup_printf ("Rename class %s to %s", sig_class_table_get (old, klass)->name, bare);

  return apply (document, classes, what, error);
}

gboolean
app_marking_set_color (AppDocument *document, int klass, int color, GError **error)
{
  const SigClassTable *old;
  g_autoptr (SigClassTable) classes = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && app_marking_has_class (document, klass), FALSE);

  old = sig_labels_get_classes (app_document_get_labels (document));
  classes = sig_class_table_with_color (old, klass, color);
  what = g_strdup_printf ("Colour of %s", sig_class_table_get (old, klass)->name);

  return apply (document, classes, what, error);
}

gboolean
app_marking_set_key (AppDocument *document, int klass, int key, GError **error)
{
  const SigClassTable *old;
  g_autoptr (SigClassTable) classes = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && app_marking_has_class (document, klass), FALSE);

  old = sig_labels_get_classes (app_document_get_labels (document));
  classes = sig_class_table_with_key (old, klass, key);
  what = g_strdup_printf ("Key of %s", sig_class_table_get (old, klass)->name);

  return apply (document, classes, what, error);
}

gboolean
app_marking_remove_class (AppDocument *document, int klass, int into, GError **error)
{
  const SigLabels *labels;
  g_autoptr (SigLabels) changed = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && app_marking_has_class (document, klass), FALSE);
  g_return_val_if_fail (into != klass && (into < 0 || app_marking_has_class (document, into)), FALSE);

  labels = app_document_get_labels (document);
  changed = sig_label_edit_without_class (labels, klass, into);
  if (into >= 0)
    what = g_strdup_printf ("Merge class %s into %s", sig_labels_get_name (labels, klass), sig_labels_get_name (labels, into));
  else
    what = g_strdup_printf ("Remove class %s", sig_labels_get_name (labels, klass));

  return app_document_edit_labels (document, changed, what);
}

/* A class and the first one that is written alike; FALSE where there is none. */
static gboolean
find_alike (const SigLabels *labels, int *klass, int *into)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (*klass = 0; *klass < sig_labels_get_n_classes (labels); (*klass)++)
    {
      char *folded = sig_class_fold (sig_labels_get_name (labels, *klass));
      gpointer first;

      if (g_hash_table_lookup_extended (seen, folded, NULL, &first))
        {
          g_free (folded);
          *into = GPOINTER_TO_INT (first);
          return TRUE;
        }
      g_hash_table_insert (seen, folded, GINT_TO_POINTER (*klass));
    }

  return FALSE;
}

gboolean
app_marking_has_alike (AppDocument *document)
{
  const SigLabels *labels;
  int klass, into;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = app_document_get_labels (document);

  return labels != NULL && find_alike (labels, &klass, &into);
}

gboolean
app_marking_merge_alike (AppDocument *document, GError **error)
{
  g_autoptr (SigLabels) merged = NULL;
  int klass, into;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  if (!app_marking_has_alike (document))
    {
      g_set_error_literal (error, APP_MARKING_ERROR, APP_MARKING_ERROR_NOTHING, "No two classes differ only in spelling.");
      return FALSE;
    }
  merged = sig_labels_ref ((SigLabels *) app_document_get_labels (document));
  while (find_alike (merged, &klass, &into))
    {
      SigLabels *fewer = sig_label_edit_without_class (merged, klass, into);

      sig_labels_unref (merged);
      merged = fewer;
    }

  return app_document_edit_labels (document, merged, "Merge classes");
}

/* --- tracks --------------------------------------------------------------------- */

static gboolean
check_room (const SigLabelSet *set, GError **error)
{
  return sig_label_set_get_n (set) < SIG_MAX_TRACKS || app_marking_fail (error, "There are as many tracks as there can be.");
}

gboolean
app_marking_add_track (AppDocument *document, const char *name, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigLabels) empty = NULL;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  set = app_document_get_label_set (document);
  if (!app_marking_check_open (document, error) || !check_room (set, error))
    return FALSE;

  labels = app_marking_dup_labels (document);
  empty = sig_labels_new_take (sig_labels_get_n_steps (labels), NULL, 0, sig_labels_get_classes (labels));
  changed = sig_label_set_with_added (set, name != NULL && *name != '\0' ? name : FIRST_TRACK, empty);
  what = g_strdup_printf ("Add track %s", sig_label_set_get_name (changed, sig_label_set_get_n (set)));

  return app_document_edit_label_set (document, changed, what);
}

/* The active track; -1 and a sentence where there is none. */
static int
find_active (AppDocument *document, GError **error)
{
  int active = sig_label_set_get_active (app_document_get_label_set (document));

  if (active < 0)
    app_marking_fail (error, "There is no track yet: mark something, or add one.");

  return active;
}

gboolean
app_marking_copy_track (AppDocument *document, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *what = NULL;
  const char *name;
  int active;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  set = app_document_get_label_set (document);
  active = find_active (document, error);
  if (active < 0 || !check_room (set, error))
    return FALSE;

  name = sig_label_set_get_name (set, (guint) active);
  changed = sig_label_set_with_added (set, name, sig_label_set_peek_active (set));
  what = g_strdup_printf ("Copy track %s", name);

  return app_document_edit_label_set (document, changed, what);
}

gboolean
app_marking_rename_track (AppDocument *document, const char *name, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *what = NULL;
  int active;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && name != NULL, FALSE);

  set = app_document_get_label_set (document);
  active = find_active (document, error);
  bare = g_strstrip (g_strdup (name));
  if (active < 0)
    return FALSE;
  if (*bare == '\0')
    return app_marking_fail (error, "A track must have a name.");

  changed = sig_label_set_with_name (set, (guint) active, bare);
  what = g_strdup_printf ("Rename track %s to %s", sig_label_set_get_name (set, (guint) active),
                          sig_label_set_get_name (changed, (guint) active));

  return app_document_edit_label_set (document, changed, what) || app_marking_fail (error, "It is called so already.");
}

gboolean
app_marking_move_track (AppDocument *document, int direction, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *what = NULL;
  int active, to;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && (direction == 1 || direction == -1), FALSE);

  set = app_document_get_label_set (document);
  active = find_active (document, error);
  to = active + direction;
  if (active < 0)
    return FALSE;
  if (to < 0 || to >= (int) sig_label_set_get_n (set))
    return app_marking_fail (error, direction < 0 ? "It is the first track already." : "It is the last track already.");

  changed = sig_label_set_with_moved (set, (guint) active, (guint) to);
  what = g_strdup_printf ("Move track %s %s", sig_label_set_get_name (set, (guint) active), direction < 0 ? "up" : "down");

  return app_document_edit_label_set (document, changed, what);
}

gboolean
app_marking_remove_track (AppDocument *document, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *what = NULL;
  int active;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  set = app_document_get_label_set (document);
  active = find_active (document, error);
  if (active < 0)
    return FALSE;

  changed = sig_label_set_without (set, (guint) active);
  what = g_strdup_printf ("Remove track %s", sig_label_set_get_name (set, (guint) active));

  return app_document_edit_label_set (document, changed, what);
}

gboolean
app_marking_choose_track (AppDocument *document, guint track, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) changed = NULL;
  g_autofree char *what = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  set = app_document_get_label_set (document);
  if (track >= sig_label_set_get_n (set))
    return app_marking_fail (error, "There is no such track.");

  changed = sig_label_set_with_active (set, track);
  what = g_strdup_printf ("Choose track %s", sig_label_set_get_name (set, track));

  return app_document_edit_label_set (document, changed, what) || app_marking_fail (error, "It is chosen already.");
}
