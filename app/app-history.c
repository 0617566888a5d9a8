/* app-history.c: undo: versions of design, labels and settings, each with the words of the edit that made it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-history.h"

#include "sig-label-patch.h"

/* What an edit did to the labels: nothing, spans of one track, or more than that. */
typedef struct
{
  SigLabelPatch *patch; /* (nullable) */
  guint          track; /* of the patch */
  SigLabelSet   *before, *after; /* both NULL where there is a patch or nothing changed */
} Change;

typedef struct
{
  NnDesign   *design;
  NnSettings *settings; /* shared with the entries before and behind that have the same */
  Change      change; /* from the labels of the entry before */
  char       *what;   /* NULL for the first */
  char       *key;    /* (nullable) */
} Entry;

struct _AppHistory
{
  GPtrArray   *entries; /* of Entry, oldest first, never empty */
  guint        now;     /* index of the current one */
  SigLabelSet *labels;  /* of the current one */
  NnDesign    *saved;
  SigLabelSet *saved_labels;
};

/* --- changes of labels ---------------------------------------------------------- */

static Change
change_new (const SigLabelSet *before, const SigLabelSet *after)
{
  int track;
  SigLabelPatch *patch = NULL;

  if (before == after)
    return (Change) { NULL };

  track = sig_label_set_find_changed (before, after);
  if (track >= 0)
    patch = sig_label_patch_new (sig_label_set_get_labels (before, (guint) track),
                                 sig_label_set_get_labels (after, (guint) track));
  if (patch != NULL)
    return (Change) { .patch = patch, .track = (guint) track };

  return (Change) { .before = sig_label_set_ref (before), .after = sig_label_set_ref (after) };
}

static void
change_clear (Change *self)
{
  g_clear_pointer (&self->patch, sig_label_patch_free);
  g_clear_pointer (&self->before, sig_label_set_unref);
  g_clear_pointer (&self->after, sig_label_set_unref);
}

static gboolean
change_is_empty (const Change *self)
{
  return self->patch == NULL && self->before == NULL;
}

typedef enum { FORTH, BACK } Way;

/* (transfer full): the labels on the other side of the change. */
static SigLabelSet *
change_follow (const Change *self, const SigLabelSet *labels, Way way)
{
  const SigLabels *track;
  g_autoptr (SigLabels) changed = NULL;

  if (self->before != NULL)
    return sig_label_set_ref (way == FORTH ? self->after : self->before);
  if (self->patch == NULL)
    return sig_label_set_ref (labels);

  track = sig_label_set_get_labels (labels, self->track);
  changed = way == FORTH ? sig_label_patch_apply (self->patch, track) : sig_label_patch_revert (self->patch, track);

  return sig_label_set_with_labels (labels, self->track, changed);
}

/* --- settings ----------------------------------------------------------------------- */

static NnSettings *
settings_new (const NnSettings *settings)
{
  NnSettings *copy = g_rc_box_new (NnSettings);

  *copy = *settings;
  return copy;
}

static void
settings_take (NnSettings **member, NnSettings *settings)
{
  g_rc_box_release (*member);
  *member = settings;
}

/* --- entries -------------------------------------------------------------------- */

/* `settings`: (transfer full). */
static Entry *
entry_new (const NnDesign *design, NnSettings *settings, const char *what, const char *key)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->design = nn_design_ref (design);
  entry->settings = settings;
  entry->what = g_strdup (what);
  entry->key = g_strdup (key);

  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  nn_design_unref (entry->design);
  g_rc_box_release (entry->settings);
  change_clear (&entry->change);
  g_free (entry->what);
  g_free (entry->key);
  g_free (entry);
}

static Entry *
entry_at (const AppHistory *self, guint i)
{
  return g_ptr_array_index (self->entries, i);
}

static void
set_labels (SigLabelSet **member, SigLabelSet *labels)
{
  sig_label_set_unref (*member);
  *member = labels;
}

AppHistory *
app_history_new (const NnDesign *design, const SigLabelSet *labels, const NnSettings *settings)
{
  AppHistory *self = NULL;

  g_return_val_if_fail (design != NULL && labels != NULL && settings != NULL, NULL);

  self = g_new0 (AppHistory, 1);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_add (self->entries, entry_new (design, settings_new (settings), NULL, NULL));
  self->labels = sig_label_set_ref (labels);
  self->saved = nn_design_ref (design);
  self->saved_labels = sig_label_set_ref (labels);

  return self;
}

void
app_history_free (AppHistory *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  sig_label_set_unref (self->labels);
  nn_design_unref (self->saved);
  sig_label_set_unref (self->saved_labels);
  g_free (self);
}

const NnDesign *
app_history_get_design (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return entry_at (self, self->now)->design;
}

const SigLabelSet *
app_history_get_labels (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->labels;
}

const NnSettings *
app_history_get_settings (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return entry_at (self, self->now)->settings;
}

/* Lengthens the step just made up to this version. */
static void
join (AppHistory *self, const NnDesign *design, const SigLabelSet *labels)
{
  Entry *entry = entry_at (self, self->now);
  g_autoptr (SigLabelSet) before = change_follow (&entry->change, self->labels, BACK);

  change_clear (&entry->change);
  entry->change = change_new (before, labels);
  app_history_replace (self, design);
}

static void
append (AppHistory *self, const NnDesign *design, const SigLabelSet *labels, const char *what, const char *key)
{
  Entry *entry = entry_new (design, g_rc_box_acquire (entry_at (self, self->now)->settings), what, key);

  entry->change = change_new (self->labels, labels);
  g_ptr_array_add (self->entries, entry);
  if (self->entries->len > APP_HISTORY_MAX + 1)
    {
      g_ptr_array_remove_index (self->entries, 0);
      change_clear (&entry_at (self, 0)->change);
    }
  self->now = self->entries->len - 1;
}

void
app_history_push (AppHistory *self, const NnDesign *design, const SigLabelSet *labels, const char *what, const char *key)
{
  g_return_if_fail (self != NULL && design != NULL && labels != NULL && what != NULL);

  g_ptr_array_set_size (self->entries, self->now + 1);
  if (key != NULL && g_strcmp0 (key, entry_at (self, self->now)->key) == 0)
    join (self, design, labels);
  else
    append (self, design, labels, what, key);
  set_labels (&self->labels, sig_label_set_ref (labels));
}

void
app_history_push_settings (AppHistory *self, const NnSettings *settings, const char *what, const char *key)
{
  g_return_if_fail (self != NULL && settings != NULL);

  app_history_push (self, app_history_get_design (self), self->labels, what, key);
  settings_take (&entry_at (self, self->now)->settings, settings_new (settings));
}

void
app_history_replace (AppHistory *self, const NnDesign *design)
{
  Entry *entry;
  NnDesign *old;

  g_return_if_fail (self != NULL && design != NULL);

  entry = entry_at (self, self->now);
  old = entry->design;
  entry->design = nn_design_ref (design);
  nn_design_unref (old);
}

void
app_history_start_labels (AppHistory *self, const SigLabelSet *labels)
{
  g_return_if_fail (self != NULL && labels != NULL);

  for (guint i = self->entries->len - 1; i > 0; i--)
    {
      Entry *entry = entry_at (self, i);
      gboolean was_empty = change_is_empty (&entry->change);

      change_clear (&entry->change);
      if (was_empty || !nn_design_equal (entry->design, entry_at (self, i - 1)->design)
          || entry->settings != entry_at (self, i - 1)->settings)
        continue;
      g_ptr_array_remove_index (self->entries, i);
      self->now -= self->now >= i;
    }
  set_labels (&self->labels, sig_label_set_ref (labels));
  app_history_mark_labels_saved (self);
}

void
app_history_seal (AppHistory *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&entry_at (self, self->now)->key, g_free);
}

gboolean
app_history_undo (AppHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->now == 0)
    return FALSE;

  app_history_seal (self);
  set_labels (&self->labels, change_follow (&entry_at (self, self->now)->change, self->labels, BACK));
  self->now--;
  app_history_seal (self);

  return TRUE;
}

gboolean
app_history_redo (AppHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->now + 1 == self->entries->len)
    return FALSE;

  self->now++;
  set_labels (&self->labels, change_follow (&entry_at (self, self->now)->change, self->labels, FORTH));
  app_history_seal (self);

  return TRUE;
}

const char *
app_history_get_undo (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->now > 0 ? entry_at (self, self->now)->what : NULL;
}

const char *
app_history_get_redo (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->now + 1 < self->entries->len ? entry_at (self, self->now + 1)->what : NULL;
}

void
app_history_mark_design_saved (AppHistory *self)
{
  NnDesign *old;

  g_return_if_fail (self != NULL);

  old = self->saved;
  self->saved = nn_design_ref (app_history_get_design (self));
  nn_design_unref (old);
}

gboolean
app_history_is_design_modified (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !nn_design_equal (self->saved, app_history_get_design (self));
}

void
app_history_mark_labels_saved (AppHistory *self)
{
  g_return_if_fail (self != NULL);

  set_labels (&self->saved_labels, sig_label_set_ref (self->labels));
}

gboolean
app_history_is_labels_modified (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !sig_label_set_equal (self->saved_labels, self->labels);
}

void
app_history_mark_unsaved (AppHistory *self)
{
  NnDesign *old;

  g_return_if_fail (self != NULL);

  old = self->saved;
  self->saved = nn_design_new (nn_design_get_input (app_history_get_design (self)));
  nn_design_unref (old);
  set_labels (&self->saved_labels, sig_label_set_new ());
}
