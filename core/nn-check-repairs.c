/* nn-check-repairs.c: adds to each problem the designs that remove it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-bench.h"

#include <stdarg.h>
#include <string.h>

#define MAX_REPAIRS    5    /* of one problem */
#define MAX_BLOCKS_RUN 1200 /* blocks checked again for all repairs of a design: keeps the whole under 1 ms */
#define PROBLEM_COST   8    /* wording a problem takes as long as so many blocks */

/* --- what may be offered ------------------------------------------------------------ */

NnDraft *
nn_bench_draft (NnBench *self)
{
  return nn_draft_new (self->check, self->budget);
}

static gboolean
still_has (const NnCheck *check,
           const NnBench   *bench)
{
  for (guint i = 0; i < check->problems->len; i++)
    {
      const NnProblem *problem = &g_array_index (check->problems, NnProblem, i);
      gboolean same = strcmp (problem->rule, bench->problem->rule) == 0;

      if (bench->contract && nn_check_is_time_rule (bench->problem->rule))
        same = nn_check_is_time_rule (problem->rule);
      else if (!bench->contract) /* of values several may be wrong; for anything else the block must run */
        same = same && problem->block == bench->problem->block
               && (strcmp (problem->rule, "A") != 0 || strcmp (problem->text, bench->problem->text) == 0);
      if (same)
        return TRUE;
    }
  return FALSE;
}

static gboolean
removes_problem (const NnBench    *bench,
                 const NnDesign *design)
{
  NnContract labels = bench->check->labels;
  g_autoptr (NnCheck) after = NULL;

  /* Longer or shorter windows have as many labels more or fewer. */
  if (labels.n_steps == bench->check->input.dim[0])
    labels.n_steps = nn_design_get_input (design)->dim[0];
  after = nn_check_new_bare (design, &labels);
  *bench->budget -= after->n_blocks + after->problems->len * PROBLEM_COST;
  if (bench->problem->severity == NN_SEVERITY_ERROR)
    return nn_check_count_errors (after) < nn_check_count_errors (bench->check) && !still_has (after, bench);

  nn_check_look_at_times (after);
  nn_check_apply_notes (after);
  return nn_check_count_errors (after) <= nn_check_count_errors (bench->check) && !still_has (after, bench);
}

void
nn_bench_offer (NnBench    *bench,
                NnDraft    *draft,
                const char *format,
                ...)
{
  g_autoptr (NnDraft) mine = draft;
  NnProblem *problem = bench->problem;
  g_autofree char *lead = NULL;
  va_list args;

  if (problem->n_repairs == MAX_REPAIRS || *bench->budget <= 0 || nn_design_equal (mine->design, bench->check->design))
    return;
  for (guint i = 0; i < problem->n_repairs; i++)
    if (problem->repairs[i].design != NULL && nn_design_equal (mine->design, problem->repairs[i].design))
      return;
  if (!removes_problem (bench, mine->design))
    return;

  va_start (args, format);
  lead = g_strdup_vprintf (format, args);
  va_end (args);
  nn_problem_offer_design (problem, g_strdup_printf ("%s: %s", lead, mine->changes->str), mine->design);
}

/* --- units and activation ------------------------------------------------------------ */

static NnBlock *
new_head (const NnCheck *check)
{
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("Dense"));
  gint64 units = check->labels.n_classes == 2 ? 1 : check->labels.n_classes;
  g_autoptr (NnBlock) sized = nn_block_with_whole (plain, "units", units);

  return nn_block_with_choice (sized, "activation", units == 1 ? "sigmoid" : "softmax");
}

void
nn_bench_repair_units (NnBench *bench)
{
  const NnCheck *check = bench->check;
  gint64 units = check->labels.n_classes == 2 ? 1 : check->labels.n_classes;
  NnDraft *draft;

  for (int filters = 0; filters < 2 && check->n_blocks > 0; filters++)
    {
      draft = nn_bench_draft (bench);
      nn_draft_set_whole (draft, check->n_blocks - 1, filters ? "filters" : "units", units);
      nn_draft_set_choice (draft, check->n_blocks - 1, "activation", units == 1 ? "sigmoid" : "softmax");
      nn_bench_offer (bench, draft, units == 1 ? "Give one probability" : "Give a probability to each class");
    }
  draft = nn_bench_draft (bench);
  nn_draft_insert (draft, check->n_blocks, new_head (check));
  nn_bench_offer (bench, draft, units == 1 ? "Give one probability" : "Give a probability to each class");
}

/* One activation for another, but not in a recurrent block, which bends its state with it; and one at the end where there is none
 * that could be changed, as probabilities that are bent once more are of no use. */
void
nn_bench_repair_activation (NnBench *bench)
{
  const NnCheck *check = bench->check;
  const char *wanted = nn_check_wanted_activation (check);
  const NnBlock *core = nn_block_get_core (nn_design_get_block (check->design, bench->position));
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("Activation"));
  NnDraft *draft = nn_bench_draft (bench);

  if (strcmp (nn_block_get_kind (core)->name, "Softmax") == 0)
    nn_draft_replace (draft, bench->position, nn_block_with_choice (plain, "activation", wanted), wanted);
  else if (nn_block_has_arg (core, "activation") && !nn_block_has_arg (core, "return_sequences"))
    nn_draft_set_choice (draft, bench->position, "activation", wanted);
  else
    nn_draft_insert (draft, check->n_blocks, nn_block_with_choice (plain, "activation", wanted));
  nn_bench_offer (bench, draft, "Give probabilities");
}

/* --- all problems -------------------------------------------------------------------- */

static void
repair_input (NnBench *bench)
{
  NnDraft *draft = nn_bench_draft (bench);
  g_autofree char *shape = nn_shape_to_text (&bench->check->input);

  nn_design_unref (draft->design);
  draft->design = nn_design_with_input (bench->check->design, &bench->check->input);
  g_string_append (draft->changes, shape);
  nn_bench_offer (bench, draft, "Use the nearest shape allowed");
}

static void
repair (NnBench *bench)
{
  const char *rule = bench->problem->rule;

  if (bench->position < 0 && strcmp (rule, "A") == 0)
    repair_input (bench);
  else if (strcmp (rule, "A") == 0)
    nn_bench_repair_values (bench);
  else if (strcmp (rule, "D4") == 0)
    nn_bench_repair_units (bench);
  else if (strcmp (rule, "D5") == 0)
    nn_bench_repair_activation (bench);
  else if (strcmp (rule, "D8") == 0)
    nn_bench_repair_axes (bench);
  else if (strcmp (rule, "D11") == 0)
    nn_bench_repair_time_across (bench);
  else if (strcmp (rule, "D12") == 0)
    nn_bench_repair_short_view (bench);
  else if (nn_check_is_time_rule (rule) && bench->contract)
    nn_bench_repair_time (bench);
  else if (strcmp (rule, "M1") == 0)
    nn_bench_repair_sources (bench);
  else if (strcmp (rule, "M2") == 0)
    nn_bench_repair_shapes (bench);
  else if (strcmp (rule, "D6") == 0 || strcmp (rule, "D7") == 0)
    nn_bench_repair_length (bench);
  else
    {
      NnDraft *draft = nn_bench_draft (bench);

      nn_draft_keep_time (draft);
      nn_bench_offer (bench, draft, "Keep time");
    }
}

void
nn_check_add_repairs (NnCheck *self)
{
  gint64 budget = MAX_BLOCKS_RUN;

  for (guint i = 0; i < self->problems->len && budget > 0; i++)
    {
      NnProblem *problem = &g_array_index (self->problems, NnProblem, i);
      NnBench bench = { self, problem, -1, TRUE, &budget };

      if (problem->block != 0)
        {
          bench.position = nn_design_find_block (self->design, problem->block);
          bench.contract = !self->reports[bench.position].broken;
        }
      if (problem->severity > NN_SEVERITY_NOTE)
        repair (&bench);
    }
}
