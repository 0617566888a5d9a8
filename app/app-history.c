/* app-history.c: undo: a ring of designs, each with the words of the edit that made it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-history.h"

typedef struct
{
  NnDesign *design;
  char     *what; /* NULL for the first */
  char     *key;  /* (nullable) */
} Entry;

struct _AppHistory
{
  GPtrArray *entries; /* of Entry, oldest first, never empty */
  guint      now;     /* index of the current one */
  NnDesign  *saved;   /* (nullable) */
};

static Entry *
entry_new (const NnDesign *design, const char *what, const char *key)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->design = nn_design_ref (design);
  entry->what = g_strdup (what);
  entry->key = g_strdup (key);

  return entry;
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  nn_design_unref (entry->design);
  g_free (entry->what);
  g_free (entry->key);
  g_free (entry);
}

static Entry *
entry_at (const AppHistory *self, guint i)
{
  return g_ptr_array_index (self->entries, i);
}

AppHistory *
app_history_new (const NnDesign *design)
{
  AppHistory *self = g_new0 (AppHistory, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);
  g_ptr_array_add (self->entries, entry_new (design, NULL, NULL));
  self->saved = nn_design_ref (design);

  return self;
}

void
app_history_free (AppHistory *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->entries);
  nn_design_unref (self->saved);
  g_free (self);
}

const NnDesign *
app_history_get_design (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return entry_at (self, self->now)->design;
}

void
app_history_push (AppHistory *self, const NnDesign *design, const char *what, const char *key)
{
  gboolean joins;

  g_return_if_fail (self != NULL && design != NULL && what != NULL);

  joins = key != NULL && g_strcmp0 (key, entry_at (self, self->now)->key) == 0;
  g_ptr_array_set_size (self->entries, self->now + 1);

  if (joins)
    {
      app_history_replace (self, design);
      return;
    }

  g_ptr_array_add (self->entries, entry_new (design, what, key));
  if (self->entries->len > APP_HISTORY_MAX + 1)
    g_ptr_array_remove_index (self->entries, 0);
  self->now = self->entries->len - 1;
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
app_history_mark_saved (AppHistory *self)
{
  NnDesign *old;

  g_return_if_fail (self != NULL);

  old = self->saved;
  self->saved = nn_design_ref (app_history_get_design (self));
  nn_design_unref (old);
}

gboolean
app_history_is_modified (const AppHistory *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !nn_design_equal (self->saved, app_history_get_design (self));
}
