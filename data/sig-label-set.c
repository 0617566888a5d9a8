/* sig-label-set.c: the label tracks of one recording: named, one of them active
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-set.h"

#include <string.h>

typedef struct
{
  char      *name;
  SigLabels *labels;
} Track;

struct _SigLabelSet
{
  gatomicrefcount refs;
  GArray         *tracks; /* of Track */
  int             active;
};

static void
track_clear (gpointer data)
{
  Track *track = data;

  g_free (track->name);
  sig_labels_unref (track->labels);
}

static const Track *
track_at (const SigLabelSet *self,
          guint              i)
{
  return &g_array_index (self->tracks, Track, i);
}

static void
append (SigLabelSet     *self,
        const char      *name,
        const SigLabels *labels)
{
  Track track = { g_utf8_make_valid (name, -1), sig_labels_ref (labels) };

  g_array_append_val (self->tracks, track);
}

SigLabelSet *
sig_label_set_new (void)
{
  SigLabelSet *self = g_new0 (SigLabelSet, 1);

  g_atomic_ref_count_init (&self->refs);
  self->tracks = g_array_new (FALSE, FALSE, sizeof (Track));
  g_array_set_clear_func (self->tracks, track_clear);
  self->active = -1;
  return self;
}

static SigLabelSet *
copy (const SigLabelSet *self)
{
  SigLabelSet *made = sig_label_set_new ();

  for (guint i = 0; i < self->tracks->len; i++)
    append (made, track_at (self, i)->name, track_at (self, i)->labels);
  made->active = self->active;
  return made;
}

SigLabelSet *
sig_label_set_ref (const SigLabelSet *self)
{
  SigLabelSet *mutable_self = (SigLabelSet *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable_self->refs);
  return mutable_self;
}

void
sig_label_set_unref (SigLabelSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->tracks);
  g_free (self);
}

guint
sig_label_set_get_n (const SigLabelSet *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->tracks->len;
}

const char *
sig_label_set_get_name (const SigLabelSet *self,
                        guint              track)
{
  g_return_val_if_fail (self != NULL && track < self->tracks->len, NULL);
  return track_at (self, track)->name;
}

const SigLabels *
sig_label_set_get_labels (const SigLabelSet *self,
                          guint              track)
{
  g_return_val_if_fail (self != NULL && track < self->tracks->len, NULL);
  return track_at (self, track)->labels;
}

int
sig_label_set_get_active (const SigLabelSet *self)
{
  g_return_val_if_fail (self != NULL, -1);
  return self->active;
}

const SigLabels *
sig_label_set_peek_active (const SigLabelSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->active >= 0 ? track_at (self, (guint) self->active)->labels : NULL;
}

gboolean
sig_label_set_equal (const SigLabelSet *a,
                     const SigLabelSet *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->tracks->len != b->tracks->len || a->active != b->active)
    return FALSE;
  for (guint i = 0; i < a->tracks->len; i++)
    if (strcmp (track_at (a, i)->name, track_at (b, i)->name) != 0
        || !sig_labels_equal (track_at (a, i)->labels, track_at (b, i)->labels))
      return FALSE;
  return TRUE;
}

int
sig_label_set_find_changed (const SigLabelSet *a,
                            const SigLabelSet *b)
{
  int changed = -1;

  g_return_val_if_fail (a != NULL && b != NULL, -1);

  if (a->tracks->len != b->tracks->len || a->active != b->active)
    return -1;
  for (guint i = 0; i < a->tracks->len; i++)
    {
      if (strcmp (track_at (a, i)->name, track_at (b, i)->name) != 0)
        return -1;
      if (track_at (a, i)->labels == track_at (b, i)->labels)
        continue;
      if (changed >= 0)
        return -1;
      changed = (int) i;
    }
  return changed;
}

/* Whether a track other than `except` (-1: none) has the name. */
static gboolean
has_name (const SigLabelSet *self,
          const char        *name,
          int                except)
{
  for (guint i = 0; i < self->tracks->len; i++)
    if ((int) i != except && strcmp (track_at (self, i)->name, name) == 0)
      return TRUE;
  return FALSE;
}

static char *
make_name (const SigLabelSet *self,
           const char        *name,
           int                except)
{
  char *made = g_strdup (name);

  for (int i = 2; has_name (self, made, except); i++)
    {
      g_free (made);
      made = g_strdup_printf ("%s %d", name, i);
    }
  return made;
}

SigLabelSet *
sig_label_set_with_added (const SigLabelSet *self,
                          const char        *name,
                          const SigLabels   *labels)
{
  SigLabelSet *made = NULL;
  g_autofree char *free_name = NULL;

  g_return_val_if_fail (self != NULL && name != NULL && labels != NULL, NULL);
  g_return_val_if_fail (self->tracks->len < SIG_MAX_TRACKS, NULL);

  made = copy (self);
  free_name = make_name (self, name, -1);
  append (made, free_name, labels);
  made->active = (int) made->tracks->len - 1;
  return made;
}

SigLabelSet *
sig_label_set_with_labels (const SigLabelSet *self,
                           guint              track,
                           const SigLabels   *labels)
{
  SigLabelSet *made = NULL;
  Track *changed;

  g_return_val_if_fail (self != NULL && labels != NULL && track < self->tracks->len, NULL);

  made = copy (self);
  changed = &g_array_index (made->tracks, Track, track);
  sig_labels_unref (changed->labels);
  changed->labels = sig_labels_ref (labels);
  return made;
}

SigLabelSet *
sig_label_set_with_name (const SigLabelSet *self,
                         guint              track,
                         const char        *name)
{
  SigLabelSet *made = NULL;
  Track *changed;

  g_return_val_if_fail (self != NULL && name != NULL && track < self->tracks->len, NULL);

  made = copy (self);
  changed = &g_array_index (made->tracks, Track, track);
  g_free (changed->name);
  changed->name = make_name (self, name, (int) track);
  return made;
}

SigLabelSet *
sig_label_set_with_active (const SigLabelSet *self,
                           guint              track)
{
  SigLabelSet *made = NULL;

  g_return_val_if_fail (self != NULL && track < self->tracks->len, NULL);

  made = copy (self);
  made->active = (int) track;
  return made;
}

SigLabelSet *
sig_label_set_with_moved (const SigLabelSet *self,
                          guint              track,
                          guint              to)
{
  SigLabelSet *made = NULL;
  int active;

  g_return_val_if_fail (self != NULL && track < self->tracks->len && to < self->tracks->len, NULL);

  made = sig_label_set_new ();
  for (guint i = 0, from = 0; i < self->tracks->len; i++)
    {
      const Track *moved;

      from += from == track;
      moved = &g_array_index (self->tracks, Track, i == to ? track : from++);
      append (made, moved->name, moved->labels);
    }
  active = self->active;
  if (active == (int) track)
    active = (int) to;
  else if (active > (int) track && active <= (int) to)
    active--;
  else if (active < (int) track && active >= (int) to)
    active++;
  made->active = active;
  return made;
}

SigLabelSet *
sig_label_set_without (const SigLabelSet *self,
                       guint              track)
{
  SigLabelSet *made = NULL;

  g_return_val_if_fail (self != NULL && track < self->tracks->len, NULL);

  made = copy (self);
  g_array_remove_index (made->tracks, track);
  if (made->active >= (int) track)
    made->active = MIN (MAX (made->active - 1, 0), (int) made->tracks->len - 1);
  return made;
}
