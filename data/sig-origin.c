/* sig-origin.c: the files that a recording came from, as they were when it was opened
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-origin.h"

#include <errno.h>
#include <sys/stat.h>

/* One file. */
typedef struct
{
  char        *path;
  SigFileStamp stamp;
  SigDamage   *damage; /* (nullable) */
} Entry;

struct _SigOrigin
{
  gatomicrefcount refs;
  GArray         *entries;
};

static void
entry_clear (gpointer data)
{
  Entry *self = data;

  g_free (self->path);
  g_clear_pointer (&self->damage, sig_damage_unref);
}

static SigOrigin *
origin_new (void)
{
  SigOrigin *self = g_new0 (SigOrigin, 1);

  g_atomic_ref_count_init (&self->refs);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, entry_clear);
  return self;
}

SigOrigin *
sig_origin_new (const SigFile *file,
                SigDamage     *damage)
{
  const SigFileStamp *stamp = sig_file_get_stamp (file);
  SigOrigin *self;

  if (stamp == NULL)
    return NULL;

  Entry entry = { g_canonicalize_filename (sig_file_get_path (file), NULL), *stamp,
                  damage != NULL ? sig_damage_ref (damage) : NULL };

  self = origin_new ();
  g_array_append_val (self->entries, entry);
  return self;
}

SigOrigin *
sig_origin_join (SigOrigin *const *origins,
                 guint             n)
{
  g_autoptr (SigOrigin) self = origin_new ();

  for (guint k = 0; k < n; k++)
    for (guint i = 0; origins[k] != NULL && i < origins[k]->entries->len; i++)
      {
        Entry entry = g_array_index (origins[k]->entries, Entry, i);

        entry.path = g_strdup (entry.path);
        if (entry.damage != NULL)
          sig_damage_ref (entry.damage);
        g_array_append_val (self->entries, entry);
      }
  return self->entries->len > 0 ? g_steal_pointer (&self) : NULL;
}

SigOrigin *
sig_origin_ref (SigOrigin *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sig_origin_unref (SigOrigin *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->entries);
  g_free (self);
}

guint
sig_origin_get_n (const SigOrigin *self)
{
  return self->entries->len;
}

const char *
sig_origin_get_path (const SigOrigin *self,
                     guint            index)
{
  g_return_val_if_fail (index < self->entries->len, NULL);
  return g_array_index (self->entries, Entry, index).path;
}

/* What became of a file; NULL: nothing. */
static const char *
find_change (const Entry *entry)
{
  SigFileStamp now;
  struct stat st;

  if (stat (entry->path, &st) != 0)
    return errno == ENOENT || errno == ENOTDIR ? "is no longer there" : "cannot be reached any more";
  now = sig_file_stamp_of (&st);
  if (now.device != entry->stamp.device || now.inode != entry->stamp.inode)
    return "was replaced by another file since it was opened";
  if (now.size < entry->stamp.size)
    return "was cut short since it was opened";
  if (now.size > entry->stamp.size)
    return "has grown since it was opened";
  return now.mtime_ns != entry->stamp.mtime_ns ? "was written to since it was opened" : NULL;
}

char *
sig_origin_dup_change (const SigOrigin *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      const char *change = find_change (entry);

      if (change != NULL)
        {
          g_autofree char *name = sig_file_dup_display_name (entry->path);

          return g_strdup_printf ("“%s” %s.", name, change);
        }
    }
  return NULL;
}

char *
sig_origin_dup_damage (const SigOrigin *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      g_autofree char *found = entry->damage != NULL ? sig_damage_describe (entry->damage) : NULL;
      g_autofree char *name = found != NULL ? sig_file_dup_display_name (entry->path) : NULL;

      if (found != NULL)
        g_string_append_printf (text, "%s%s: %s", text->len > 0 ? " " : "", name, found);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

const char *
sig_origin_find_twice (const SigOrigin *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);
      char *key = g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT, entry->stamp.device, entry->stamp.inode);

      if (!g_hash_table_add (seen, key))
        return entry->path;
    }
  return NULL;
}
