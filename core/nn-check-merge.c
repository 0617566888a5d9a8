/* nn-check-merge.c: what merges read: the blocks that they name, whether these can be read, and which would fit
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#define MAX_TRIES 32 /* blocks that are tried in full before none is said to fit: keeps a check short */

/* --- inputs ---------------------------------------------------------------------------- */

/* How many of the blocks that a merge names stand before the block above in Keras' order: the argument of Concatenate. */
static int
count_before (const NnBlock *block,
              int            n_named)
{
  int place = nn_kind_find_arg (nn_block_get_kind (block), "place");

  return place >= 0 ? (int) MIN (nn_block_get_arg (block, place)->whole[0], n_named) : 0;
}

int
nn_check_find_inputs (NnCheck *self,
                      guint    position)
{
  NnPass *pass = &self->passes[position];
  const NnValue *named = nn_block_get_sources (pass->block);
  int n_named = named != NULL ? named->n : 0, before = count_before (pass->block, n_named), bad = -1;

  pass->n_inputs = 0;
  for (int i = 0; i <= n_named; i++)
    {
      int place;

      if (i == before)
        pass->inputs[pass->n_inputs++] = (int) position - 1;
      if (i == n_named)
        break;
      place = nn_design_find_source (self->design, named->whole[i]);
      if (place >= 0 && place <= (int) position)
        pass->inputs[pass->n_inputs++] = place - 1;
      else if (bad < 0)
        bad = i;
    }
  return bad;
}

/* --- what would fit ---------------------------------------------------------------------- */

/* Concatenate takes what fits; the others could be made to fit by repeating, but only the same shape is what one would mean. */
static gboolean
goes_with (const NnBlock *block,
           const NnShape *above,
           const NnShape *other,
           int           *tries)
{
  const NnShape ins[] = { *above, *other };
  NnInferred inferred;
  g_autofree char *why = NULL;

  if (other->rank != above->rank)
    return FALSE;
  if (nn_shape_equal (above, other))
    return TRUE;
  if (!nn_block_has_arg (block, "axis") || --*tries < 0)
    return FALSE;
  return nn_layer_infer_merge (block, ins, G_N_ELEMENTS (ins), &inferred, &why) && inferred.keeps_time;
}

int
nn_check_find_partner (const NnCheck *self,
                       guint          position,
                       const NnBlock *block)
{
  const NnShape *above = nn_check_get_shape (self, (int) position - 1);
  int tries = MAX_TRIES;

  for (int i = (int) position - 2; i >= -1 && above->rank > 0; i--)
    if (goes_with (block, above, nn_check_get_shape (self, i), &tries))
      return i;
  return NN_CHECK_NO_PARTNER;
}

gint64
nn_check_get_source_id (const NnCheck *self,
                        int            position)
{
  return position < 0 ? 0 : nn_block_get_id (nn_design_get_block (self->design, position));
}

NnBlock *
nn_check_new_block (const NnCheck *self,
                    guint          position,
                    const NnKind  *kind)
{
  g_autoptr (NnBlock) block = NULL;
  int sources, partner;
  NnValue value;

  g_return_val_if_fail (self != NULL && position <= self->n_blocks && kind != NULL, NULL);

  block = nn_block_new (kind);
  sources = nn_kind_find_sources (kind);
  partner = sources >= 0 ? nn_check_find_partner (self, position, block) : NN_CHECK_NO_PARTNER;
  if (partner == NN_CHECK_NO_PARTNER)
    return g_steal_pointer (&block);
  value = nn_value_whole (nn_check_get_source_id (self, partner));
  return nn_block_with_arg (block, sources, &value);
}

/* --- rules ------------------------------------------------------------------------------- */

gboolean
nn_check_can_read (const NnCheck *self,
                   guint          position,
                   gint64         id)
{
  int place = nn_design_find_source (self->design, id);

  return place >= 0 && place <= (int) position;
}

/* "block 7 (LSTM), which is no longer above it", for each that cannot be read. */
static char *
name_bad_sources (const NnCheck *self,
                  guint          position,
                  const NnValue *named)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < named->n; i++)
    {
      g_autofree char *name = NULL;

      if (nn_check_can_read (self, position, named->whole[i]))
        continue;
      name = nn_design_name_source (self->design, named->whole[i]);
      g_string_append_printf (text, "%s%s", text->len > 0 ? "; and " : "", name);
      if (nn_design_find_source (self->design, named->whole[i]) >= 0)
        g_string_append (text, ", which is no longer above it");
    }
  return g_string_free (text, FALSE);
}

gboolean
nn_check_apply_source_rule (NnCheck *self,
                            guint    position)
{
  const NnBlock *block = self->passes[position].block;
  const NnValue *named = nn_block_get_sources (block);
  g_autofree char *bad = named != NULL ? name_bad_sources (self, position, named) : NULL;

  if (bad == NULL || *bad == '\0')
    return TRUE;
  nn_check_add_problem (self, "M1", position, "A block to join with is missing", "%s needs %s.",
                        nn_block_get_kind (block)->name, bad);
  return FALSE;
}

char *
nn_check_name_inputs (const NnCheck *self,
                      guint          position)
{
  const NnPass *pass = &self->passes[position];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pass->n_inputs; i++)
    {
      g_autofree char *name = nn_design_name_source (self->design, nn_check_get_source_id (self, pass->inputs[i]));
      g_autofree char *shape = nn_shape_to_text (nn_check_get_shape (self, pass->inputs[i]));

      g_string_append_printf (text, "%s%s gives %s", i == 0 ? "" : i + 1 == pass->n_inputs ? " and " : ", ", name, shape);
    }
  text->str[0] = g_ascii_toupper (text->str[0]);
  return g_string_free (text, FALSE);
}
