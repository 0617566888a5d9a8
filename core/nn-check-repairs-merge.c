/* nn-check-repairs-merge.c: repairs for a merge that lacks a block, or joins shapes that do not fit
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-bench.h"

/* The block with other sources: all but those at which `keep` has no bit, then `more` (a position; NN_CHECK_NO_PARTNER: none). */
static void
offer_sources (NnBench    *bench,
               guint       keep,
               int         more,
               const char *lead)
{
  const NnCheck *check = bench->check;
  const NnBlock *block = nn_design_get_block (check->design, bench->position);
  const NnValue *named = nn_block_get_sources (block);
  int arg = nn_kind_find_sources (nn_block_get_kind (block));
  g_autoptr (GString) what = g_string_new (NULL);
  NnValue value = { 0 };
  NnDraft *draft;

  for (int i = 0; i < named->n; i++)
    {
      g_autofree char *name = nn_design_name_source (check->design, named->whole[i]);

      if (keep & 1u << i)
        value.whole[value.n++] = named->whole[i];
      else
        g_string_append_printf (what, "%s%s", what->len > 0 ? ", " : "without ", name);
    }
  if (more != NN_CHECK_NO_PARTNER && value.n < NN_MAX_RANK)
    {
      gint64 id = nn_check_get_source_id (check, more);
      g_autofree char *name = nn_design_name_source (check->design, id);

      value.whole[value.n++] = id;
      g_string_printf (what, "with %s", name);
    }
  if (value.n == 0)
    return;
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, nn_block_with_arg (block, arg, &value), what->str);
  nn_bench_offer (bench, draft, "%s", lead);
}

static void
offer_removal (NnBench *bench)
{
  NnDraft *draft = nn_bench_draft (bench);

  nn_draft_remove (draft, bench->position);
  nn_bench_offer (bench, draft, "Join nothing here");
}

void
nn_bench_repair_sources (NnBench *bench)
{
  const NnCheck *check = bench->check;
  const NnBlock *block = check->passes[bench->position].block;
  const NnValue *named = nn_block_get_sources (block);
  guint good = 0;

  for (int i = 0; i < named->n; i++)
    if (nn_check_can_read (check, bench->position, named->whole[i]))
      good |= 1u << i;
  offer_sources (bench, good, nn_check_find_partner (check, bench->position, block), "Join it with the nearest that fits");
  if (named->n > 0)
    offer_sources (bench, good, NN_CHECK_NO_PARTNER, "Leave it out");
  offer_removal (bench);
}

/* --- shapes ------------------------------------------------------------------------------- */

/* A convolution of one step gives the block above as many channels as what it is joined with; an upsampling as many steps. */
static void
offer_fitting (NnBench *bench,
               int      source)
{
  const NnShape *above = &bench->check->passes[bench->position].in, *other = nn_check_get_shape (bench->check, source);
  NnDraft *draft = nn_bench_draft (bench);

  if (above->rank == 2 && other->rank == 2 && above->dim[0] == other->dim[0])
    {
      g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("Conv1D"));
      g_autoptr (NnBlock) sized = nn_block_with_whole (plain, "filters", other->dim[1]);
      g_autoptr (NnBlock) straight = nn_block_with_choice (sized, "activation", "linear");

      nn_draft_insert (draft, bench->position, nn_block_with_whole (straight, "kernel_size", 1));
      nn_bench_offer (bench, draft, "Give it %" G_GINT64_FORMAT " channels", other->dim[1]);
    }
  else if (above->rank == 2 && other->rank == 2 && other->dim[0] % above->dim[0] == 0)
    {
      g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("UpSampling1D"));

      nn_draft_insert (draft, bench->position, nn_block_with_whole (plain, "size", other->dim[0] / above->dim[0]));
      nn_bench_offer (bench, draft, "Stretch it to %" G_GINT64_FORMAT " steps", other->dim[0]);
    }
  else
    {
      nn_draft_pad (draft, "same");
      nn_bench_offer (bench, draft, "Keep every step");
    }
}

void
nn_bench_repair_shapes (NnBench *bench)
{
  const NnCheck *check = bench->check;
  const NnPass *pass = &check->passes[bench->position];
  const NnValue *named = nn_block_get_sources (pass->block);
  int partner = nn_check_find_partner (check, bench->position, pass->block);
  guint all = (1u << named->n) - 1;

  for (int i = 0; i < named->n; i++)
    {
      if (partner != NN_CHECK_NO_PARTNER)
        offer_sources (bench, all & ~(1u << i), partner, "Take another block");
      if (nn_check_can_read (check, bench->position, named->whole[i]))
        offer_fitting (bench, nn_design_find_source (check->design, named->whole[i]) - 1);
      offer_sources (bench, all & ~(1u << i), NN_CHECK_NO_PARTNER, "Leave it out");
    }
  offer_removal (bench);
}
