/* nn-loss-balance.c: weights of the classes that make each count alike
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-loss.h"

#include "nn-error.h"
#include "nn-memory.h"

/* Room for one window of the source. */
typedef struct
{
  float  *x, *values;
  gint32 *classes;
} Room;

static gboolean
room_init (Room *self, const NnLoss *loss, const NnBatchSource *source, GError **error)
{
  gint64 n_x = source->n_steps * source->n_channels;

  *self = (Room) { NULL };
  self->x = nn_floats_try_new (n_x, "a window", error);
  if (self->x != NULL && loss->target.n_values > 0)
    self->values = nn_floats_try_new (loss->target.n_labels * loss->target.n_values, "a window's labels", error);
  else if (self->x != NULL)
    self->classes = g_new (gint32, loss->target.n_labels);
  return self->values != NULL || self->classes != NULL;
}

static void
room_clear (Room *self)
{
  nn_floats_free (self->x);
  nn_floats_free (self->values);
  g_free (self->classes);
}

static gboolean
count_classes (const NnLoss *self, const NnBatchSource *source, Room *room, gint64 *counts, GError **error)
{
  NnLabels labels = { room->classes, room->values, NULL };

  for (gint64 i = 0; i < source->n_windows; i++)
    {
      if (room->classes != NULL ? !source->fill (source->user_data, i, room->x, room->classes, error)
                                : !source->fill_values (source->user_data, i, room->values, error))
        return FALSE;
      for (gint64 t = 0; t < self->target.n_labels; t++)
        {
          gint64 class = nn_loss_find_class (self, &labels, t);

          if (class >= 0)
            counts[MIN (class, self->n_class_weights - 1)]++;
        }
    }
  return TRUE;
}

gboolean
nn_loss_balance (NnLoss *self, const NnBatchSource *source, GError **error)
{
  gint64 counts[NN_MAX_CLASS_WEIGHTS] = { 0 }, n = 0;
  gboolean counted;
  Room room;

  self->n_class_weights = MAX (self->target.n_outputs, 2);
  if (self->n_class_weights > NN_MAX_CLASS_WEIGHTS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "There are %d classes; at most %d can be balanced.",
                   self->n_class_weights, NN_MAX_CLASS_WEIGHTS);
      return FALSE;
    }
  counted = room_init (&room, self, source, error) && count_classes (self, source, &room, counts, error);
  room_clear (&room);
  if (!counted)
    return FALSE;

  for (int i = 0; i < self->n_class_weights; i++)
    n += counts[i];
  for (int i = 0; i < self->n_class_weights; i++)
    self->class_weight[i] = counts[i] > 0 ? (float) ((double) n / ((double) counts[i] * self->n_class_weights)) : 1.0f;
  return TRUE;
}
