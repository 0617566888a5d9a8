/* nn-kind.c: the kinds of blocks, seen from outside the core
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-layer.h"

#include <string.h>

const NnKind *
nn_kind_nth (guint i)
{
  const NnLayer *layer = nn_layer_nth (i);

  return layer != NULL ? &layer->kind : NULL;
}

guint
nn_kind_count (void)
{
  guint n = 0;

  while (nn_layer_nth (n) != NULL)
    n++;
  return n;
}

const NnKind *
nn_kind_find (const char *name)
{
  const NnKind *kind;

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; (kind = nn_kind_nth (i)) != NULL; i++)
    if (strcmp (kind->name, name) == 0)
      return kind;
  return NULL;
}

gboolean
nn_kind_accepts (const NnKind *self,
                 const NnKind *inner)
{
  g_return_val_if_fail (self != NULL && inner != NULL, FALSE);

  return self->wraps != NULL && self->wraps (inner);
}

int
nn_kind_find_arg (const NnKind *self,
                  const char   *name)
{
  g_return_val_if_fail (self != NULL && name != NULL, -1);

  for (guint i = 0; i < self->n_args; i++)
    if (strcmp (self->args[i].name, name) == 0)
      return i;
  return -1;
}

int
nn_kind_find_sources (const NnKind *self)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->n_args; i++)
    if (self->args[i].type == NN_ARG_BLOCK_LIST)
      return i;
  return -1;
}

