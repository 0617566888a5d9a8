/* nn-design.c: the immutable stack of blocks
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-design.h"
#include "nn-block.h"
#include "nn-error.h"
#include "nn-shape.h"

struct _NnDesign
{
  gatomicrefcount refs;
  NnShape         input;
  char           *name;
  NnBlockId       next_id; /* handed on to every design made from this one, so that no id comes twice */
  guint           n_blocks;
  NnBlock        *blocks[];
};

/* A design with room for `n_blocks`, all else as in `self`. */
static NnDesign *
alloc_like (const NnDesign *self,
            guint           n_blocks)
{
  NnDesign *copy = g_malloc0 (sizeof (NnDesign) + n_blocks * sizeof (NnBlock *));

  g_atomic_ref_count_init (&copy->refs);
  copy->input = self->input;
  copy->name = g_strdup (self->name);
  copy->next_id = self->next_id;
  copy->n_blocks = n_blocks;
  return copy;
}

static NnDesign *
copy_design (const NnDesign *self)
{
  NnDesign *copy = alloc_like (self, self->n_blocks);

  for (guint i = 0; i < self->n_blocks; i++)
    copy->blocks[i] = nn_block_ref (self->blocks[i]);
  return copy;
}

NnDesign *
nn_design_new (const NnShape *input)
{
  NnDesign empty = { .name = (char *) "", .next_id = 1 };

  g_return_val_if_fail (input != NULL, NULL);

  empty.input = *input;
  return alloc_like (&empty, 0);
}

NnDesign *
nn_design_ref (const NnDesign *self)
{
  NnDesign *mutable = (NnDesign *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable->refs);
  return mutable;
}

void
nn_design_unref (NnDesign *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_blocks; i++)
    nn_block_unref (self->blocks[i]);
  g_free (self->name);
  g_free (self);
}

const NnShape *
nn_design_get_input (const NnDesign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->input;
}

const char *
nn_design_get_name (const NnDesign *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

guint
nn_design_get_n_blocks (const NnDesign *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_blocks;
}

const NnBlock *
nn_design_get_block (const NnDesign *self,
                     guint           position)
{
  g_return_val_if_fail (self != NULL && position < self->n_blocks, NULL);

  return self->blocks[position];
}

int
nn_design_find_block (const NnDesign *self,
                      NnBlockId       id)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->n_blocks; i++)
    if (nn_block_get_id (self->blocks[i]) == id)
      return i;
  return -1;
}

int
nn_design_find_source (const NnDesign *self,
                       gint64          id)
{
  int position;

  g_return_val_if_fail (self != NULL, -1);

  if (id == 0)
    return 0;
  position = id > 0 && id < NN_BLOCK_GONE ? nn_design_find_block (self, (NnBlockId) id) : -1;
  return position >= 0 ? position + 1 : -1;
}

char *
nn_design_name_source (const NnDesign *self,
                       gint64          id)
{
  int place;

  g_return_val_if_fail (self != NULL, NULL);

  place = nn_design_find_source (self, id);
  if (place < 0)
    return g_strdup ("a block that is gone");
  if (place == 0)
    return g_strdup ("the Input");
  return g_strdup_printf ("block %d (%s)", place, nn_block_get_kind (self->blocks[place - 1])->name);
}

char *
nn_design_block_to_text (const NnDesign *self,
                         guint           position)
{
  g_return_val_if_fail (self != NULL && position < self->n_blocks, NULL);

  return nn_block_to_text_in (self->blocks[position], self);
}

gboolean
nn_design_equal (const NnDesign *a,
                 const NnDesign *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->n_blocks != b->n_blocks || !nn_shape_equal (&a->input, &b->input))
    return FALSE;
  for (guint i = 0; i < a->n_blocks; i++)
    if (!nn_block_equal_in (a->blocks[i], a, b->blocks[i], b))
      return FALSE;
  return TRUE;
}

NnDesign *
nn_design_with_input (const NnDesign *self,
                      const NnShape  *input)
{
  NnDesign *copy;

  g_return_val_if_fail (self != NULL && input != NULL, NULL);

  copy = copy_design (self);
  copy->input = *input;
  return copy;
}

NnDesign *
nn_design_with_name (const NnDesign *self,
                     const char     *name)
{
  NnDesign *copy;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  copy = copy_design (self);
  g_free (copy->name);
  copy->name = g_strdup (name);
  return copy;
}

NnDesign *
nn_design_with_block (const NnDesign *self,
                      guint           position,
                      const NnBlock  *block,
                      NnBlockId      *id,
                      GError        **error)
{
  NnDesign *copy;

  g_return_val_if_fail (self != NULL && block != NULL && position <= self->n_blocks, NULL);

  if (self->n_blocks == NN_MAX_BLOCKS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "A design has at most %d blocks.", NN_MAX_BLOCKS);
      return NULL;
    }

  copy = alloc_like (self, self->n_blocks + 1);
  for (guint i = 0; i < self->n_blocks; i++)
    copy->blocks[i + (i >= position)] = nn_block_ref (self->blocks[i]);
  copy->blocks[position] = nn_block_copy_with_id (block, copy->next_id++);
  if (id != NULL)
    *id = nn_block_get_id (copy->blocks[position]);
  return copy;
}

NnDesign *
nn_design_with_replaced (const NnDesign *self,
                         guint           position,
                         const NnBlock  *block)
{
  NnDesign *copy;
  NnBlock *old;

  g_return_val_if_fail (self != NULL && block != NULL && position < self->n_blocks, NULL);

  copy = copy_design (self);
  old = copy->blocks[position];
  copy->blocks[position] = nn_block_copy_with_id (block, nn_block_get_id (old));
  nn_block_unref (old);
  return copy;
}

NnDesign *
nn_design_without_block (const NnDesign *self,
                         guint           position)
{
  NnDesign *copy;

  g_return_val_if_fail (self != NULL && position < self->n_blocks, NULL);

  copy = alloc_like (self, self->n_blocks - 1);
  for (guint i = 0; i < copy->n_blocks; i++)
    copy->blocks[i] = nn_block_ref (self->blocks[i + (i >= position)]);
  return copy;
}

NnDesign *
nn_design_with_moved (const NnDesign *self,
                      guint           from,
                      guint           gap)
{
  NnDesign *copy;
  guint to;

  g_return_val_if_fail (self != NULL && from < self->n_blocks && gap <= self->n_blocks, NULL);

  copy = alloc_like (self, self->n_blocks);
  to = gap > from ? gap - 1 : gap;
  for (guint i = 0; i < self->n_blocks; i++)
    {
      guint source = i == to ? from : i < MIN (from, to) || i > MAX (from, to) ? i : from < to ? i + 1 : i - 1;

      copy->blocks[i] = nn_block_ref (self->blocks[source]);
    }
  return copy;
}
