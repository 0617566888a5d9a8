/* random-design.c: designs for tests: drawn at random, or built by hand in one line
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "random-design.h"
#include "nn-check.h"
#include "nn-shape.h"

static gint64
draw_whole (GRand       *rand,
            const NnArg *arg,
            gboolean     wild)
{
  static const gint64 odd[] = { 0, -1, -7, 100001, G_MAXINT64, G_MININT64, G_GINT64_CONSTANT (1) << 33 };

  if (wild && g_rand_int_range (rand, 0, 12) == 0)
    return odd[g_rand_int_range (rand, 0, G_N_ELEMENTS (odd))];
  if (arg->type == NN_ARG_CHOICE)
    return g_rand_int_range (rand, 0, g_strv_length ((char **) arg->choices));
  if (arg->type == NN_ARG_BOOL)
    return g_rand_boolean (rand);
  return g_rand_int_range (rand, (gint32) MAX (arg->min, -1), (gint32) MIN (arg->max, 9) + 1);
}

static NnValue
draw_value (GRand       *rand,
            const NnArg *arg,
            gboolean     wild)
{
  NnValue value = { .n = 1 };

  if (arg->type == NN_ARG_REAL)
    {
      double x = g_rand_int_range (rand, wild ? -20 : 0, wild ? 200 : 99) / 100.0;

      return nn_value_real (wild ? x : CLAMP (x, arg->min, arg->max));
    }
  if (arg->type == NN_ARG_INT_PAIR)
    value.n = 2;
  if (arg->type == NN_ARG_INT_LIST)
    value.n = g_rand_int_range (rand, 1, NN_MAX_RANK + 1);
  if (wild && g_rand_int_range (rand, 0, 60) == 0)
    value.n = g_rand_int_range (rand, 0, NN_MAX_RANK + 1);
  for (int i = 0; i < value.n; i++)
    value.whole[i] = draw_whole (rand, arg, wild);
  return value;
}

/* Sources of a merge at the end of a design: most of them are there, in the first place the one that the app would choose. */
static NnValue
draw_sources (GRand          *rand,
              const NnDesign *design,
              const NnKind   *kind,
              gboolean        wild)
{
  gint32 n = nn_design_get_n_blocks (design);
  NnValue value = { .n = g_rand_int_range (rand, !wild, 5) };

  for (int i = 0; i < value.n; i++)
    value.whole[i] = g_rand_int_range (rand, 0, n + 1 + 2 * wild);
  if (!wild && n < 20)
    {
      g_autoptr (NnCheck) check = nn_check_new (design, NULL);
      g_autoptr (NnBlock) block = nn_check_new_block (check, n, kind);

      return g_rand_int_range (rand, 0, 4) > 0 ? *nn_block_get_sources (block) : value;
    }
  return value;
}

static NnBlock *
draw_block (GRand          *rand,
            const NnDesign *design,
            const NnKind   *holder, /* (nullable) */
            gboolean        wild)
{
  const NnKind *kind;
  NnBlock *block;

  do
    kind = nn_kind_nth (g_rand_int_range (rand, 0, nn_kind_count ()));
  while (holder != NULL && !nn_kind_accepts (holder, kind));

  block = nn_block_new (kind);
  for (guint i = 0; i < kind->n_args; i++)
    if (g_rand_boolean (rand))
      {
        NnValue value = kind->args[i].type == NN_ARG_BLOCK_LIST ? draw_sources (rand, design, kind, wild)
                                                                : draw_value (rand, &kind->args[i], wild);
        NnBlock *next = nn_block_with_arg (block, i, &value);

        nn_block_unref (block);
        block = next;
      }
  if (kind->wraps)
    {
      g_autoptr (NnBlock) inner = draw_block (rand, design, kind, wild);
      NnBlock *next = nn_block_with_inner (block, inner);

      nn_block_unref (block);
      block = next;
    }
  return block;
}

NnDesign *
random_design (GRand   *rand,
               guint    most_blocks,
               gboolean wild)
{
  NnShape input = nn_shape_2 (g_rand_int_range (rand, 1, 60), g_rand_int_range (rand, 1, 18));
  guint n = g_rand_int_range (rand, 0, most_blocks + 1);
  NnDesign *design;

  if (wild && g_rand_int_range (rand, 0, 20) == 0)
    input.dim[g_rand_int_range (rand, 0, 2)] = g_rand_boolean (rand) ? 0 : G_MAXINT64;
  if (wild && g_rand_int_range (rand, 0, 40) == 0)
    input.rank = g_rand_int_range (rand, 0, NN_MAX_RANK + 1);

  design = nn_design_new (&input);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (NnBlock) block = draw_block (rand, design, NULL, wild);
      NnDesign *longer = nn_design_with_block (design, i, block, NULL, NULL);

      nn_design_unref (design);
      design = longer;
    }
  return design;
}

NnBlock *
random_block (GRand          *rand,
              const NnDesign *design)
{
  return draw_block (rand, design, NULL, FALSE);
}

NnDesign *
append_kind (NnDesign   *design,
             const char *kind)
{
  g_autoptr (NnBlock) block = nn_block_new (nn_kind_find (kind));
  NnDesign *longer = nn_design_with_block (design, nn_design_get_n_blocks (design), block, NULL, NULL);

  nn_design_unref (design);
  return longer;
}

static NnDesign *
replace (NnDesign *design,
         guint     position,
         NnBlock  *block)
{
  NnDesign *changed = nn_design_with_replaced (design, position, block);

  nn_block_unref (block);
  nn_design_unref (design);
  return changed;
}

NnDesign *
change_whole (NnDesign   *design,
              guint       position,
              const char *name,
              gint64      value)
{
  return replace (design, position, nn_block_with_whole (nn_design_get_block (design, position), name, value));
}

NnDesign *
change_choice (NnDesign   *design,
               guint       position,
               const char *name,
               const char *choice)
{
  return replace (design, position, nn_block_with_choice (nn_design_get_block (design, position), name, choice));
}
