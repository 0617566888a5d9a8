/* nn-check-repairs-block.c: repairs for a block that cannot run on what comes in
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-bench.h"

#include <string.h>

static void
repair_args (NnBench       *bench,
             const NnBlock *held)
{
  const NnKind *kind = nn_block_get_kind (held);

  for (guint i = 0; i < kind->n_args; i++)
    {
      const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
      NnValue near = nn_check_clamp_value (&kind->args[i], nn_block_get_arg (held, i));
      g_autofree char *message = NULL;
      g_autofree char *text = NULL;
      g_autofree char *what = NULL;
      g_autoptr (NnBlock) changed = NULL;
      NnDraft *draft;

      if (nn_arg_check_value (&kind->args[i], nn_block_get_arg (held, i), &message)
          || strstr (bench->problem->text, message) == NULL)
        continue;
      text = nn_arg_value_to_text (&kind->args[i], &near);
      what = g_strdup_printf ("%s %s", kind->args[i].label, text);
      changed = nn_block_with_arg (held, i, &near);
      draft = nn_bench_draft (bench);
      nn_draft_replace (draft, bench->position, nn_block_with_held (block, held, changed), what);
      nn_bench_offer (bench, draft, "Use the nearest value allowed");
    }
}

/* A first element of 1 in arguments that are one or two numbers. */
static void
offer_ones (NnBench      *bench,
            const char *name,
            const char *what)
{
  const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
  int arg = nn_kind_find_arg (nn_block_get_kind (block), name);
  NnValue value;
  NnDraft *draft;

  if (arg < 0)
    return;
  value = *nn_block_get_arg (block, arg);
  for (int i = 0; i < value.n; i++)
    value.whole[i] = 1;
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, nn_block_with_arg (block, arg, &value), what);
  nn_bench_offer (bench, draft, "Use only one of them");
}

static void
offer_target_shape (NnBench         *bench,
                    const NnShape *target)
{
  const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
  int arg = nn_kind_find_arg (nn_block_get_kind (block), "target_shape");
  g_autofree char *text = nn_shape_to_text (target);
  NnValue value = { .n = target->rank };
  NnDraft *draft;

  if (arg < 0)
    return;
  for (int i = 0; i < target->rank; i++)
    value.whole[i] = target->dim[i];
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, nn_block_with_arg (block, arg, &value), text);
  nn_bench_offer (bench, draft, "Use a shape with as many numbers");
}

void
nn_bench_repair_values (NnBench *bench)
{
  const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
  const NnShape *in = &bench->check->passes[bench->position].in;
  NnShape target = *in;

  for (const NnBlock *held = block; held != NULL; held = nn_block_get_inner (held))
    repair_args (bench, held);
  if (bench->check->passes[bench->position].why == NULL)
    return;

  offer_ones (bench, "dilation_rate", "dilation 1");
  offer_ones (bench, "strides", "stride 1");
  if (in->rank == 2)
    target = nn_shape_3 (in->dim[0], in->dim[1], 1);
  else if (in->rank == 3)
    target = nn_shape_2 (in->dim[0], in->dim[1] * in->dim[2]);
  offer_target_shape (bench, &target);
}

static NnBlock *
new_reshape (const NnShape *target)
{
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("Reshape"));
  NnValue value = { .n = target->rank };

  for (int i = 0; i < target->rank; i++)
    value.whole[i] = target->dim[i];
  return nn_block_with_arg (plain, 0, &value);
}

/* Conv1D for Conv2D and the other way about; numbers that both know are carried over. */
static void
offer_sibling (NnBench *bench)
{
  const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
  const NnKind *kind = nn_block_get_kind (block), *sibling;
  g_autofree char *name = g_strdup (kind->name);
  g_autofree char *what = NULL;
  g_autoptr (NnBlock) next = NULL;
  NnDraft *draft;
  gsize length = strlen (name);

  if (!g_str_has_suffix (name, "1D") && !g_str_has_suffix (name, "2D"))
    return;
  name[length - 2] = name[length - 2] == '1' ? '2' : '1';
  sibling = nn_kind_find (name);
  if (sibling == NULL)
    return;

  next = nn_block_new (sibling);
  for (guint i = 0; i < sibling->n_args; i++)
    {
      int from = nn_kind_find_arg (kind, sibling->args[i].name);
      NnValue value = from >= 0 ? nn_check_clamp_value (&sibling->args[i], nn_block_get_arg (block, from))
                                : sibling->args[i].fallback;
      NnBlock *changed = nn_block_with_arg (next, i, &value);

      nn_block_unref (next);
      next = changed;
    }
  what = nn_block_to_text (next);
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, g_steal_pointer (&next), what);
  nn_bench_offer (bench, draft, "Use %s", name);
}

static void
offer_time_distributed (NnBench *bench)
{
  const NnBlock *block = nn_design_get_block (bench->check->design, bench->position);
  g_autoptr (NnBlock) wrapper = NULL;
  NnDraft *draft;

  wrapper = nn_block_new (nn_kind_find ("TimeDistributed"));
  if (!nn_kind_accepts (nn_block_get_kind (wrapper), nn_block_get_kind (block)))
    return;
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, nn_block_with_inner (wrapper, block), "TimeDistributed");
  nn_bench_offer (bench, draft, "Run it at each step by itself");
}

void
nn_bench_repair_axes (NnBench *bench)
{
  const NnCheck *check = bench->check;
  const NnShape *shape = bench->contract ? &check->output : &check->passes[bench->position].in;
  NnDraft *draft;
  NnShape target;

  if (shape->rank == 2)
    {
      target = nn_shape_3 (shape->dim[0], shape->dim[1], 1);
      draft = nn_bench_draft (bench);
      nn_draft_insert (draft, bench->position, new_reshape (&target));
      nn_bench_offer (bench, draft, "Add the axis it needs");
    }
  else if (check->passes[bench->position].in.rank == 3)
    {
      const NnShape *in = &check->passes[bench->position].in;

      target = nn_shape_2 (in->dim[0], in->dim[1] * in->dim[2]);
      draft = nn_bench_draft (bench);
      nn_draft_insert (draft, bench->position, new_reshape (&target));
      nn_bench_offer (bench, draft, "Make one axis of the last two");
    }
  if (!bench->contract)
    {
      offer_sibling (bench);
      offer_time_distributed (bench);
      return;
    }
  if (shape->rank == 3)
    {
      target = nn_shape_2 (shape->dim[0], shape->dim[1] * shape->dim[2]);
      draft = nn_bench_draft (bench);
      nn_draft_insert (draft, check->n_blocks, new_reshape (&target));
      nn_bench_offer (bench, draft, "Make one axis of the last two");
    }
}

static void
offer_short_kernel (NnBench      *bench,
                    const char *name)
{
  const NnPass *pass = &bench->check->passes[bench->position];
  const NnKind *kind = nn_block_get_kind (pass->block);
  int arg = nn_kind_find_arg (kind, name), dilation = nn_kind_find_arg (kind, "dilation_rate");
  g_autofree char *text = NULL;
  g_autofree char *what = NULL;
  NnDraft *draft;
  NnValue value;

  if (arg < 0)
    return;
  value = *nn_block_get_arg (pass->block, arg);
  for (int i = 0; i < value.n && i < pass->in.rank; i++)
    {
      gint64 apart = dilation >= 0 ? nn_block_get_arg (pass->block, dilation)->whole[i] : 1;

      value.whole[i] = MIN (value.whole[i], (pass->in.dim[i] - 1) / apart + 1);
    }
  text = nn_arg_value_to_text (&kind->args[arg], &value);
  what = g_strdup_printf ("%s %s", kind->args[arg].label, text);
  draft = nn_bench_draft (bench);
  nn_draft_replace (draft, bench->position, nn_block_with_arg (pass->block, arg, &value), what);
  nn_bench_offer (bench, draft, "Make it fit");
}

void
nn_bench_repair_length (NnBench *bench)
{
  const NnCheck *check = bench->check;
  NnDraft *draft = nn_bench_draft (bench);

  nn_draft_set_choice (draft, bench->position, "padding", "same");
  nn_bench_offer (bench, draft, "Add zeros at the ends");
  offer_short_kernel (bench, "kernel_size");
  offer_short_kernel (bench, "pool_size");

  draft = nn_bench_draft (bench);
  if (nn_block_has_arg (check->passes[bench->position].block, "pool_size"))
    nn_draft_remove (draft, bench->position);
  nn_bench_offer (bench, draft, "Pool once less");

  for (int i = 0; i < bench->position; i++)
    if (check->passes[i].inferred.stride > 1)
      {
        draft = nn_bench_draft (bench);
        nn_design_unref (draft->design);
        draft->design = nn_design_with_moved (check->design, bench->position, i);
        g_string_append_printf (draft->changes, "before block %d (%s)", i + 1, nn_block_get_kind (check->passes[i].block)->name);
        nn_bench_offer (bench, draft, "Move it to where there are more steps");
        break;
      }
}
