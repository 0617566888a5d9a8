/* sig-pyramid-fetch.c: what a pyramid is too coarse for, read ahead of being drawn
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-pyramid-private.h"

#include <math.h>
#include <string.h>

#define MOST_COLUMNS 4096       /* that a view is thought to have */
#define MAX_BYTES    (64 << 20) /* of what is fetched for so many */

/* Of many channels, too many samples: then those of columns are coarser than they might be. */
static gboolean
is_too_much (const SigPyramid *self,
             double            width,
             gint64            size)
{
  double n_entries = MOST_COLUMNS * width / (double) size * sig_recording_get_n_channels (self->recording);

  return n_entries * (size == 1 ? sizeof (float) : sizeof (SigColumn)) > MAX_BYTES;
}

gint64
sig_pyramid_choose_size (const SigPyramid *self,
                         double            width)
{
  gint64 size = 1, next = SIG_PYRAMID_FIRST_SIZE;

  while (next <= self->first_size && self->n_levels > 0
         && ((double) (next * SIG_PYRAMID_PER_COLUMN) <= width || is_too_much (self, width, size)))
    {
      size = next;
      next *= SIG_PYRAMID_FACTOR;
    }
  return size;
}

SigCloseup *
sig_pyramid_get_closeup (const SigPyramid *self,
                         SigPlace          place)
{
  SigPyramid *mutable_self = (SigPyramid *) self;
  SigCloseup *found;

  pthread_mutex_lock (&mutable_self->closeup_lock);
  found = self->closeups[place] != NULL ? sig_closeup_ref (self->closeups[place]) : NULL;
  pthread_mutex_unlock (&mutable_self->closeup_lock);
  return found;
}

/* Consumes the closeup. */
static void
set_closeup (SigPyramid *self,
             SigPlace    place,
             SigCloseup *closeup)
{
  SigCloseup *old;

  pthread_mutex_lock (&self->closeup_lock);
  old = self->closeups[place];
  self->closeups[place] = closeup;
  pthread_mutex_unlock (&self->closeup_lock);
  g_clear_pointer (&old, sig_closeup_unref);
}

/* The steps that columns of [start, end) look at. */
static void
find_steps (const SigPyramid *self,
            double            start,
            double            end,
            gint64           *from,
            gint64           *to)
{
  double n_steps = (double) sig_pyramid_n_there (self);

  *from = (gint64) floor (CLAMP (start - SIG_PYRAMID_REACH, 0, n_steps));
  *to = (gint64) ceil (CLAMP (end + SIG_PYRAMID_REACH, 0, n_steps));
}

gboolean
sig_pyramid_covers (const SigPyramid *self,
                    const SigCloseup *closeup,
                    double            start,
                    double            end,
                    double            width)
{
  gint64 from, to;

  find_steps (self, start, end, &from, &to);
  return closeup != NULL && closeup->size == sig_pyramid_choose_size (self, width)
         && (from >= to || (closeup->start <= from && closeup->end >= to));
}

/* Whether nothing is ever fetched for columns of that width. */
static gboolean
is_always_at_hand (const SigPyramid *self,
                   gint64            size)
{
  return size == self->first_size || sig_recording_peek_channel (self->recording, 0) != NULL;
}

gboolean
sig_pyramid_is_at_hand (const SigPyramid *self,
                        double            start,
                        double            end,
                        double            width)
{
  g_autoptr (SigCloseup) closeup = NULL;

  g_return_val_if_fail (self != NULL && start <= end && width > 0, FALSE);

  if (is_always_at_hand (self, sig_pyramid_choose_size (self, width)))
    return TRUE;
  closeup = sig_pyramid_get_closeup (self, SIG_PLACE_VIEW);
  return sig_pyramid_covers (self, closeup, start, end, width);
}

gboolean
sig_pyramid_fetch (SigPyramid *self,
                   SigPlace    place,
                   double      start,
                   double      end,
                   double      width,
                   gboolean  (*should_stop) (gpointer),
                   gpointer    user_data,
                   GError    **error)
{
  g_autoptr (GError) unreadable = NULL;
  SigCloseup *closeup;
  gint64 size, from, to;

  g_return_val_if_fail (self != NULL && place < SIG_N_PLACES && start <= end && width > 0, FALSE);

  size = sig_pyramid_choose_size (self, width);
  if (is_always_at_hand (self, size))
    return TRUE;
  find_steps (self, start, end, &from, &to);
  closeup = sig_closeup_read (self->recording, from, to, size, should_stop, user_data, &unreadable);
  if (closeup != NULL)
    set_closeup (self, place, closeup);
  if (unreadable == NULL)
    return closeup != NULL;
  g_propagate_error (error, g_steal_pointer (&unreadable));
  return FALSE;
}

gboolean
sig_pyramid_get_samples (const SigPyramid *self,
                         guint             channel,
                         gint64            start,
                         gint64            n,
                         float            *out)
{
  const float *in_memory;

  g_return_val_if_fail (self != NULL && channel < sig_recording_get_n_channels (self->recording), FALSE);
  g_return_val_if_fail (start >= 0 && n >= 0 && start + n <= sig_recording_get_n_steps (self->recording), FALSE);

  if (start + n > sig_pyramid_n_there (self))
    return FALSE;
  in_memory = sig_recording_peek_channel (self->recording, channel);
  if (in_memory != NULL)
    {
      memcpy (out, in_memory + start, (gsize) n * sizeof *out);
      return TRUE;
    }
  for (SigPlace place = 0; place < SIG_N_PLACES; place++)
    {
      g_autoptr (SigCloseup) closeup = sig_pyramid_get_closeup (self, place);

      if (closeup == NULL || closeup->size > 1 || closeup->start > start || closeup->end < start + n)
        continue;
      memcpy (out, closeup->samples + (gint64) channel * closeup->n + (start - closeup->start), (gsize) n * sizeof *out);
      return TRUE;
    }
  return FALSE;
}
