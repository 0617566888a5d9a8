/* nn-block.c: one block of a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-block.h"

#include <string.h>

struct _NnBlock
{
  gatomicrefcount refs;
  NnBlockId       id;
  const NnKind   *kind;
  NnBlock        *inner; /* (nullable) */
  NnValue         args[];
};

static NnBlock *
alloc_block (const NnKind *kind)
{
  NnBlock *self = g_malloc0 (sizeof (NnBlock) + kind->n_args * sizeof (NnValue));

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  return self;
}

/* What a new block that wraps holds. */
static const NnKind *
choose_inner (const NnKind *kind)
{
  const NnKind *inner = nn_kind_find ("Dense");

  for (guint i = 0; !nn_kind_accepts (kind, inner); i++)
    inner = nn_kind_nth (i);
  return inner;
}

NnBlock *
nn_block_new (const NnKind *kind)
{
  NnBlock *self;

  g_return_val_if_fail (kind != NULL, NULL);

  self = alloc_block (kind);
  for (guint i = 0; i < kind->n_args; i++)
    self->args[i] = kind->args[i].fallback;
  if (kind->wraps != NULL)
    self->inner = nn_block_new (choose_inner (kind));
  return self;
}

NnBlock *
nn_block_copy_with_id (const NnBlock *self,
                       NnBlockId      id)
{
  NnBlock *copy = alloc_block (self->kind);

  copy->id = id;
  copy->inner = self->inner != NULL ? nn_block_ref (self->inner) : NULL;
  memcpy (copy->args, self->args, self->kind->n_args * sizeof (NnValue));
  return copy;
}

NnBlock *
nn_block_ref (const NnBlock *self)
{
  NnBlock *mutable = (NnBlock *) self;

  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&mutable->refs);
  return mutable;
}

void
nn_block_unref (NnBlock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->inner, nn_block_unref);
  g_free (self);
}

NnBlockId
nn_block_get_id (const NnBlock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->id;
}

const NnKind *
nn_block_get_kind (const NnBlock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->kind;
}

const NnValue *
nn_block_get_arg (const NnBlock *self,
                  guint          i)
{
  g_return_val_if_fail (self != NULL && i < self->kind->n_args, NULL);

  return &self->args[i];
}

const NnValue *
nn_block_get_sources (const NnBlock *self)
{
  int i;

  g_return_val_if_fail (self != NULL, NULL);

  i = nn_kind_find_sources (self->kind);
  return i >= 0 ? &self->args[i] : NULL;
}

const NnBlock *
nn_block_get_inner (const NnBlock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inner;
}

static int
find_arg (const NnBlock *self,
          const char    *name)
{
  int i = nn_kind_find_arg (self->kind, name);

  g_assert (i >= 0);
  return i;
}

gint64
nn_block_get_whole (const NnBlock *self,
                    const char    *name)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->args[find_arg (self, name)].whole[0];
}

double
nn_block_get_real (const NnBlock *self,
                   const char    *name)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->args[find_arg (self, name)].real;
}

const char *
nn_block_get_choice (const NnBlock *self,
                     const char    *name)
{
  int i;

  g_return_val_if_fail (self != NULL, NULL);

  i = find_arg (self, name);
  g_return_val_if_fail (self->kind->args[i].type == NN_ARG_CHOICE, NULL);
  g_return_val_if_fail (nn_arg_check_value (&self->kind->args[i], &self->args[i], NULL), NULL);
  return self->kind->args[i].choices[self->args[i].whole[0]];
}

NnBlock *
nn_block_with_arg (const NnBlock *self,
                   guint          i,
                   const NnValue *value)
{
  NnBlock *copy;

  g_return_val_if_fail (self != NULL && i < self->kind->n_args, NULL);

  copy = nn_block_copy_with_id (self, 0);
  copy->args[i] = *value;
  return copy;
}

NnBlock *
nn_block_with_whole (const NnBlock *self,
                     const char    *name,
                     gint64         value)
{
  NnValue whole = nn_value_whole (value);

  g_return_val_if_fail (self != NULL, NULL);

  return nn_block_with_arg (self, find_arg (self, name), &whole);
}

NnBlock *
nn_block_with_choice (const NnBlock *self,
                      const char    *name,
                      const char    *choice)
{
  const NnArg *arg;

  g_return_val_if_fail (self != NULL && choice != NULL, NULL);

  arg = &self->kind->args[find_arg (self, name)];
  g_return_val_if_fail (arg->type == NN_ARG_CHOICE, NULL);
  for (guint i = 0; arg->choices[i] != NULL; i++)
    if (strcmp (arg->choices[i], choice) == 0)
      return nn_block_with_whole (self, name, i);
  g_return_val_if_reached (NULL);
}

NnBlock *
nn_block_with_inner (const NnBlock *self,
                     const NnBlock *inner)
{
  NnBlock *copy;

  g_return_val_if_fail (self != NULL && inner != NULL, NULL);
  g_return_val_if_fail (nn_kind_accepts (self->kind, inner->kind), NULL);

  copy = nn_block_copy_with_id (self, 0);
  nn_block_unref (copy->inner);
  copy->inner = nn_block_copy_with_id (inner, 0);
  return copy;
}

/* Sources are the same where they are at the same place; without designs, where they have the same ids. */
static gboolean
arg_equal (const NnArg    *arg,
           const NnValue  *a,
           const NnDesign *design_a,
           const NnValue  *b,
           const NnDesign *design_b)
{
  if (arg->type != NN_ARG_BLOCK_LIST || design_a == NULL)
    return nn_value_equal (a, b);
  if (a->n != b->n)
    return FALSE;
  for (int i = 0; i < a->n; i++)
    if (nn_design_find_source (design_a, a->whole[i]) != nn_design_find_source (design_b, b->whole[i]))
      return FALSE;
  return TRUE;
}

gboolean
nn_block_equal_in (const NnBlock  *a,
                   const NnDesign *design_a,
                   const NnBlock  *b,
                   const NnDesign *design_b)
{
  if (a->kind != b->kind)
    return FALSE;
  for (guint i = 0; i < a->kind->n_args; i++)
    if (!arg_equal (&a->kind->args[i], &a->args[i], design_a, &b->args[i], design_b))
      return FALSE;
  return a->inner == NULL || nn_block_equal (a->inner, b->inner);
}

gboolean
nn_block_equal (const NnBlock *a,
                const NnBlock *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b || nn_block_equal_in (a, NULL, b, NULL);
}

/* "Kernel size" reads as "kernel" in a list, "Return sequences" as "return sequences". */
static char *
get_short_label (const NnArg *arg)
{
  g_autofree char *lower = g_ascii_strdown (arg->label, -1);

  return g_str_has_suffix (lower, " size") ? g_strndup (lower, strlen (lower) - strlen (" size")) : g_steal_pointer (&lower);
}

/* " with the Input, block 2 (Conv1D)" */
static void
append_sources (const NnValue  *value,
                const NnDesign *design,
                GString        *text)
{
  for (int i = 0; i < value->n; i++)
    {
      g_autofree char *name = nn_design_name_source (design, value->whole[i]);

      g_string_append_printf (text, "%s%s", i == 0 ? " with " : ", ", name);
    }
}

static void
append_arg (const NnBlock  *self,
            guint           i,
            const NnDesign *design,
            GString        *text)
{
  const NnArg *arg = &self->kind->args[i];
  g_autofree char *value = NULL;
  g_autofree char *label = NULL;

  if (arg->quiet && nn_value_equal (&self->args[i], &arg->fallback))
    return;
  if (arg->type == NN_ARG_BOOL && !arg->quiet && !self->args[i].whole[0])
    return;
  if (arg->type == NN_ARG_BLOCK_LIST)
    {
      if (design != NULL)
        append_sources (&self->args[i], design, text);
      return;
    }

  value = nn_arg_value_to_text (arg, &self->args[i]);
  label = get_short_label (arg);
  if (i == 0)
    g_string_append_printf (text, " %s", value);
  else if (arg->type == NN_ARG_BOOL)
    g_string_append_printf (text, ", %s%s", self->args[i].whole[0] ? "" : "no ", label);
  else if (arg->type == NN_ARG_CHOICE && !arg->quiet)
    g_string_append_printf (text, ", %s", value);
  else
    g_string_append_printf (text, ", %s %s", label, value);
}

char *
nn_block_to_text_in (const NnBlock  *self,
                     const NnDesign *design)
{
  GString *text = g_string_new (self->kind->name);

  for (guint i = 0; i < self->kind->n_args; i++)
    append_arg (self, i, design, text);
  if (self->inner != NULL)
    {
      g_autofree char *inner = nn_block_to_text (self->inner);

      g_string_append_printf (text, " (%s)", inner);
    }
  return g_string_free (text, FALSE);
}

char *
nn_block_to_text (const NnBlock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return nn_block_to_text_in (self, NULL);
}
