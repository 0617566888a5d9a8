/* nn-check-repairs-time.c: repairs for an output with other steps than the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-bench.h"

#include <string.h>

/* Edits of the whole stack, done in this order. */
enum
{
  PAD_SAME = 1 << 0,
  PAD_CAUSAL = 1 << 1,
  UNDO_COARSER = 1 << 2,
  POOL_EACH_STEP = 1 << 3,
  STRETCH = 1 << 4,
};

/* Blocks that lose time are mended in every case. */
static void
offer_edits (NnBench *bench,
             guint    edits)
{
  gint64 n_steps = bench->check->labels.n_steps;
  NnDraft *draft = nn_bench_draft (bench);

  if (edits & (PAD_SAME | PAD_CAUSAL))
    nn_draft_pad (draft, edits & PAD_SAME ? "same" : "causal");
  if (edits & UNDO_COARSER)
    nn_draft_undo_coarser (draft);
  if (edits & POOL_EACH_STEP)
    nn_draft_pool_each_step (draft);
  nn_draft_keep_time (draft);
  if (edits & STRETCH)
    nn_draft_stretch (draft, n_steps);
  if (edits & STRETCH)
    nn_bench_offer (bench, draft, "Stretch back to %" G_GINT64_FORMAT " steps", n_steps);
  else
    nn_bench_offer (bench, draft, "Keep every step");
}

/* T outputs of a last Dense, each for one step. */
static void
offer_one_output_a_step (NnBench *bench)
{
  NnDraft *draft;

  if (bench->check->output.rank != 1 || bench->check->labels.n_classes != 2)
    return;
  draft = nn_bench_draft (bench);
  nn_draft_set_whole (draft, bench->check->n_blocks - 1, "units", bench->check->labels.n_steps);
  nn_bench_offer (bench, draft, "Let one output stand for each of the %" G_GINT64_FORMAT " steps", bench->check->labels.n_steps);
}

/* The last recurrent block gives its last state only. */
static void
offer_last_state (NnBench *bench)
{
  for (guint i = bench->check->n_blocks; i-- > 0; )
    if (nn_block_has_arg (bench->check->passes[i].block, "return_sequences"))
      {
        NnDraft *draft = nn_bench_draft (bench);

        nn_draft_set_whole (draft, i, "return_sequences", 0);
        nn_bench_offer (bench, draft, "Give one answer per window");
        return;
      }
}

/* The mean over all steps: in front of the last block, or behind it where that needs time. */
static void
offer_mean_of_steps (NnBench *bench)
{
  guint before = bench->problem->n_repairs, n = bench->check->n_blocks;

  for (guint at = MAX (n, 1) - 1; at <= n && bench->problem->n_repairs == before; at++)
    {
      NnDraft *draft = nn_bench_draft (bench);

      nn_draft_insert (draft, at, nn_block_new (nn_kind_find ("GlobalAveragePooling1D")));
      nn_bench_offer (bench, draft, "Give one answer per window");
    }
}

static void
offer_one_answer (NnBench *bench)
{
  if (bench->check->labels.n_steps != 1)
    return;
  offer_last_state (bench);
  offer_mean_of_steps (bench);
}

/* The design as it is, held against the labels of fewer steps. */
static void
offer_fewer_labels (NnBench *bench)
{
  const NnCheck *check = bench->check;
  const NnSetting *setting = nn_setting_find ("fit_labels");
  const NnValue on = nn_value_whole (1);
  gint64 jump = check->reports[check->n_blocks - 1].jump, found = check->output.dim[0];
  NnContract fitted = check->labels;
  g_autoptr (NnCheck) after = NULL;

  if (!nn_check_can_be_thinned (check))
    return;
  fitted.fitted = TRUE;
  after = nn_check_new_bare (check->design, &fitted);
  if (nn_check_count_errors (after) >= nn_check_count_errors (check))
    return;
  if (jump > 1)
    nn_problem_offer_setting (bench->problem,
                              g_strdup_printf ("Thin the labels by %" G_GINT64_FORMAT ": one for each of the %" G_GINT64_FORMAT
                                               " steps that come out, in the middle of what it sees", jump, found), setting, &on);
  else
    nn_problem_offer_setting (bench->problem,
                              g_strdup_printf ("Crop the labels by %" G_GINT64_FORMAT ": to the %" G_GINT64_FORMAT
                                               " steps that come out, each in the middle of what it sees",
                                               fitted.n_steps - found, found), setting, &on);
}

/* A window whose steps divide by all that time is made coarser by comes back whole. */
static void
offer_other_window (NnBench *bench)
{
  const NnCheck *check = bench->check;
  gint64 multiple = 1, n_steps;
  NnDraft *draft;
  NnShape input = check->input;

  for (guint i = 0; i < check->n_blocks; i++)
    if (__builtin_mul_overflow (multiple, check->passes[i].inferred.stride, &multiple))
      return;
  n_steps = input.dim[0] - input.dim[0] % multiple;
  if (n_steps == 0 || n_steps == input.dim[0] || check->labels.n_steps != input.dim[0])
    return;

  draft = nn_bench_draft (bench);
  input.dim[0] = n_steps;
  nn_design_unref (draft->design);
  draft->design = nn_design_with_input (check->design, &input);
  g_string_append_printf (draft->changes, "%" G_GINT64_FORMAT " steps divide by %" G_GINT64_FORMAT, n_steps, multiple);
  nn_bench_offer (bench, draft, "Use windows of %" G_GINT64_FORMAT " steps", n_steps);
}

/* Zeros at the ends of what the first pool gets, so that it divides, and as much cut off behind the last upsampling. */
static void
offer_margins (NnBench *bench)
{
  const NnCheck *check = bench->check;
  gint64 multiple = 1, missing;
  guint first = check->n_blocks, last = 0;
  g_autoptr (NnBlock) padding = nn_block_new (nn_kind_find ("ZeroPadding1D"));
  g_autoptr (NnBlock) cropping = nn_block_new (nn_kind_find ("Cropping1D"));
  NnValue margins = { .n = 2 };
  NnDraft *draft;

  for (guint i = 0; i < check->n_blocks; i++)
    {
      if (check->passes[i].inferred.stride > 1)
        first = MIN (first, i);
      if (check->passes[i].inferred.upsample > 1)
        last = i;
      if (__builtin_mul_overflow (multiple, check->passes[i].inferred.stride, &multiple))
        return;
    }
  if (first >= last || check->passes[first].in.rank != 2 || check->passes[first].in.dim[0] % multiple == 0)
    return;

  missing = multiple - check->passes[first].in.dim[0] % multiple;
  margins.whole[0] = missing / 2;
  margins.whole[1] = missing - missing / 2;
  draft = nn_bench_draft (bench);
  nn_draft_insert (draft, last + 1, nn_block_with_arg (cropping, 0, &margins));
  nn_draft_insert (draft, first, nn_block_with_arg (padding, 0, &margins));
  nn_bench_offer (bench, draft, "Make the steps divide by %" G_GINT64_FORMAT, multiple);
}

/* The last upsampling repeats steps as often as the labels need. */
static void
offer_other_upsampling (NnBench *bench)
{
  const NnCheck *check = bench->check;

  for (guint i = check->n_blocks; i-- > 0; )
    {
      gint64 n_in = check->passes[i].in.rank > 0 ? check->passes[i].in.dim[0] : 0;
      NnDraft *draft;

      if (check->passes[i].inferred.upsample == 1)
        continue;
      if (n_in == 0 || check->labels.n_steps % n_in != 0)
        return;
      draft = nn_bench_draft (bench);
      nn_draft_set_whole (draft, i, "size", check->labels.n_steps / n_in);
      nn_bench_offer (bench, draft, "Come back to %" G_GINT64_FORMAT " steps", check->labels.n_steps);
      return;
    }
}

/* Takes out the pool that leaves steps over and the upsampling of the same size. */
static void
offer_fewer_pools (NnBench *bench)
{
  const NnCheck *check = bench->check;

  for (guint pool = 0; pool < check->n_blocks; pool++)
    {
      gint64 stride = check->passes[pool].inferred.stride;

      if (stride == 1 || check->passes[pool].in.rank == 0 || check->passes[pool].in.dim[0] % stride == 0)
        continue;
      for (guint i = pool + 1; i < check->n_blocks; i++)
        if (check->passes[i].inferred.upsample == stride)
          {
            NnDraft *draft = nn_bench_draft (bench);

            nn_draft_remove (draft, i);
            nn_draft_remove (draft, pool);
            nn_bench_offer (bench, draft, "Pool once less");
            return;
          }
    }
}

void
nn_bench_repair_time (NnBench *bench)
{
  const char *rule = bench->problem->rule;

  if (strcmp (rule, "D7") == 0)
    {
      offer_other_window (bench);
      offer_other_upsampling (bench);
      offer_margins (bench);
      offer_fewer_pools (bench);
    }
  if (strcmp (rule, "D3") == 0)
    {
      offer_edits (bench, PAD_SAME);
      offer_edits (bench, PAD_CAUSAL);
    }
  if (strcmp (rule, "D2") == 0)
    {
      offer_edits (bench, PAD_SAME | STRETCH);
      offer_edits (bench, PAD_SAME | POOL_EACH_STEP);
    }
  if (strcmp (rule, "D2") == 0 || strcmp (rule, "D3") == 0)
    offer_fewer_labels (bench);
  offer_one_answer (bench);
  offer_edits (bench, PAD_SAME);
  offer_edits (bench, PAD_SAME | UNDO_COARSER);
  offer_one_output_a_step (bench);
  offer_edits (bench, PAD_SAME | STRETCH);
}
