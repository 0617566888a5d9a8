/* nn-check-draft.c: edits that repairs are made of
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-draft.h"

#include <string.h>

NnDraft *
nn_draft_new (const NnCheck *check,
              gint64        *budget)
{
  NnDraft *self = g_new0 (NnDraft, 1);

  self->check = check;
  self->budget = budget;
  self->design = nn_design_ref (check->design);
  self->changes = g_string_new (NULL);
  return self;
}

void
nn_draft_free (NnDraft *self)
{
  nn_design_unref (self->design);
  g_string_free (self->changes, TRUE);
  g_free (self);
}

/* The block's name in the design that is being repaired; its kind alone where it is new. */
static char *
name_block (const NnDraft *self,
            guint          position)
{
  const NnBlock *block = nn_design_get_block (self->design, position);
  int place = nn_design_find_block (self->check->design, nn_block_get_id (block));

  return place >= 0 ? nn_check_name_block (self->check->design, place) : g_strdup (nn_block_get_kind (block)->name);
}

static void
take_design (NnDraft  *self,
             NnDesign *design)
{
  nn_design_unref (self->design);
  self->design = design;
}

static void
add_change (NnDraft    *self,
            const char *what,
            const char *link,
            const char *place)
{
  g_string_append_printf (self->changes, "%s%s%s%s", self->changes->len > 0 ? ", " : "", what, link, place);
}

void
nn_draft_replace (NnDraft    *self,
                  guint       position,
                  NnBlock    *block,
                  const char *what)
{
  g_autofree char *place = name_block (self, position);

  add_change (self, what, " in ", place);
  take_design (self, nn_design_with_replaced (self->design, position, block));
  nn_block_unref (block);
}

void
nn_draft_remove (NnDraft *self,
                 guint    position)
{
  g_autofree char *place = name_block (self, position);

  add_change (self, "without", " ", place);
  take_design (self, nn_design_without_block (self->design, position));
}

void
nn_draft_insert (NnDraft *self,
                 guint    position,
                 NnBlock *block)
{
  g_autofree char *text = nn_block_to_text (block);
  gboolean at_end = position == nn_design_get_n_blocks (self->design);
  g_autofree char *place = at_end ? g_strdup ("the end") : name_block (self, position);
  NnDesign *longer = nn_design_with_block (self->design, position, block, NULL, NULL);

  nn_block_unref (block);
  if (longer == NULL)
    return; /* The design is full: the draft stays as it is and will not pass its check. */
  add_change (self, text, at_end ? " at " : " before ", place);
  take_design (self, longer);
}

/* --- arguments -------------------------------------------------------------------- */

NnBlock *
nn_block_with_held (const NnBlock *block,
                    const NnBlock *held,
                    const NnBlock *changed)
{
  g_autoptr (NnBlock) inner = NULL;

  if (block == held)
    return nn_block_ref (changed);
  inner = nn_block_with_held (nn_block_get_inner (block), held, changed);
  return nn_block_with_inner (block, inner);
}

static void
set_arg (NnDraft       *self,
         guint          position,
         const char    *name,
         const NnValue *value,
         const char    *what)
{
  const NnBlock *block = nn_design_get_block (self->design, position);
  const NnBlock *core = nn_block_get_core (block);
  g_autoptr (NnBlock) changed = NULL;
  int arg = nn_kind_find_arg (nn_block_get_kind (core), name);

  if (arg < 0 || nn_value_equal (nn_block_get_arg (core, arg), value))
    return;
  changed = nn_block_with_arg (core, arg, value);
  nn_draft_replace (self, position, nn_block_with_held (block, core, changed), what);
}

void
nn_draft_set_whole (NnDraft    *self,
                    guint       position,
                    const char *name,
                    gint64      value)
{
  const NnKind *kind = nn_block_get_kind (nn_block_get_core (nn_design_get_block (self->design, position)));
  int arg = nn_kind_find_arg (kind, name);
  NnValue whole = nn_value_whole (value);
  g_autofree char *label = NULL;
  g_autofree char *what = NULL;

  if (arg < 0)
    return;
  label = g_ascii_strdown (kind->args[arg].label, -1);
  if (kind->args[arg].type == NN_ARG_BOOL)
    what = g_strdup_printf ("%s%s", value ? "" : "no ", label);
  else
    what = g_strdup_printf ("%s %" G_GINT64_FORMAT, label, value);
  set_arg (self, position, name, &whole, what);
}

void
nn_draft_set_choice (NnDraft    *self,
                     guint       position,
                     const char *name,
                     const char *choice)
{
  const NnKind *kind = nn_block_get_kind (nn_block_get_core (nn_design_get_block (self->design, position)));
  int arg = nn_kind_find_arg (kind, name);
  g_autofree char *what = NULL;

  if (arg < 0 || kind->args[arg].type != NN_ARG_CHOICE)
    return;
  what = strcmp (name, "padding") == 0 ? g_strdup_printf ("%s padding", choice) : g_strdup (choice);
  for (guint i = 0; kind->args[arg].choices[i] != NULL; i++)
    if (strcmp (kind->args[arg].choices[i], choice) == 0)
      {
        NnValue value = nn_value_whole (i);

        set_arg (self, position, name, &value, what);
      }
}

/* --- the whole stack -------------------------------------------------------------- */

/* Where the design now leads (transfer full); NULL where no more may be spent on finding out. */
static NnCheck *
walk_design (NnDraft *self)
{
  NnCheck *walk;

  if (*self->budget <= 0)
    return NULL;
  walk = nn_check_new_bare (self->design, NULL);
  *self->budget -= walk->n_blocks + walk->problems->len;
  return walk;
}

void
nn_draft_keep_time (NnDraft *self)
{
  /* Each round mends one block; a stack with more such blocks is not one that a single press should rewrite. */
  for (int round = 0; round < 4; round++)
    {
      g_autoptr (NnCheck) walk = walk_design (self);
      int loss = walk != NULL ? nn_check_find_time_loss (walk) : -1;

      if (loss < 0)
        return;
      if (nn_block_has_arg (walk->passes[loss].block, "return_sequences"))
        nn_draft_set_whole (self, loss, "return_sequences", 1);
      else
        nn_draft_remove (self, loss);
    }
}

static gboolean
trims_ends (const NnCheck *walk,
            guint          position)
{
  const NnPass *pass = &walk->passes[position];
  gint64 stride = pass->inferred.stride;

  return pass->in.rank > 0 && walk->reports[position].output.rank > 0 && pass->inferred.upsample == 1
         && walk->reports[position].output.dim[0] < (pass->in.dim[0] + stride - 1) / stride;
}

void
nn_draft_pad (NnDraft    *self,
              const char *choice)
{
  g_autoptr (NnCheck) walk = walk_design (self);

  for (guint i = 0; walk != NULL && i < walk->n_blocks; i++)
    if (!nn_block_has_arg (walk->passes[i].block, "pool_size") && trims_ends (walk, i))
      nn_draft_set_choice (self, i, "padding", choice);
}

void
nn_draft_undo_coarser (NnDraft *self)
{
  g_autoptr (NnCheck) walk = walk_design (self);

  for (guint i = walk != NULL ? walk->n_blocks : 0; i-- > 0; )
    {
      const NnPass *pass = &walk->passes[i];
      int strides = nn_kind_find_arg (nn_block_get_kind (pass->block), "strides");

      if (pass->inferred.upsample > 1 || (pass->inferred.stride > 1 && nn_block_has_arg (pass->block, "pool_size")))
        nn_draft_remove (self, i);
      else if (pass->inferred.stride > 1 && strides >= 0)
        {
          NnValue value = *nn_block_get_arg (pass->block, strides);

          value.whole[0] = 1;
          set_arg (self, i, "strides", &value, "stride 1");
        }
    }
}

void
nn_draft_pool_each_step (NnDraft *self)
{
  g_autoptr (NnCheck) walk = walk_design (self);

  for (guint i = 0; walk != NULL && i < walk->n_blocks; i++)
    {
      const NnPass *pass = &walk->passes[i];
      int strides = nn_kind_find_arg (nn_block_get_kind (pass->block), "strides");
      g_autofree char *what = NULL;
      NnValue value;

      if (pass->inferred.stride == 1 || !nn_block_has_arg (pass->block, "pool_size"))
        continue;
      value = *nn_block_get_arg (pass->block, strides);
      value.whole[0] = 1;
      what = g_strdup_printf ("pool size %" G_GINT64_FORMAT " with stride 1 and same padding",
                              nn_block_get_whole (pass->block, "pool_size"));
      set_arg (self, i, "strides", &value, what);
      value = nn_value_whole (NN_PADDING_SAME);
      if (!nn_value_equal (&value, nn_block_get_arg (pass->block, nn_kind_find_arg (nn_block_get_kind (pass->block), "padding"))))
        {
          NnBlock *padded = nn_block_with_choice (nn_design_get_block (self->design, i), "padding", "same");

          take_design (self, nn_design_with_replaced (self->design, i, padded));
          nn_block_unref (padded);
        }
    }
}

void
nn_draft_stretch (NnDraft *self,
                  gint64   n_steps)
{
  g_autoptr (NnCheck) walk = walk_design (self);
  gint64 found = walk != NULL && walk->output.rank == 2 ? walk->output.dim[0] : 0;

  if (found > 0 && walk->n_blocks > 0 && found < n_steps && n_steps % found == 0)
    {
      g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("UpSampling1D"));

      nn_draft_insert (self, walk->n_blocks - 1, nn_block_with_whole (plain, "size", n_steps / found));
    }
}
