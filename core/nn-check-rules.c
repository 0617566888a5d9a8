/* nn-check-rules.c: the rules that each block must keep by itself
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#include <stdarg.h>

char *
nn_check_name_block (const NnDesign *design,
                     guint           position)
{
  return g_strdup_printf ("block %u (%s)", position + 1, nn_block_get_kind (nn_design_get_block (design, position))->name);
}

void
nn_check_add_note (NnCheck *self, NnSeverity severity, const char *rule, int position, const char *title, const char *format, ...)
{
  NnBlockId block = position >= 0 ? nn_block_get_id (nn_design_get_block (self->design, position)) : 0;
  NnProblem problem;
  va_list args;

  va_start (args, format);
  problem = nn_problem_make (rule, severity, block, g_strdup (title), g_strdup_vprintf (format, args));
  va_end (args);
  g_array_append_val (self->problems, problem);
}

static void
check_input (NnCheck *self)
{
  g_autofree char *got = nn_shape_to_text (nn_design_get_input (self->design));

  if (!nn_shape_equal (&self->input, nn_design_get_input (self->design)))
    nn_check_add_problem (self, "A", -1, "The windows have no usable shape",
                          "Windows are steps × channels, or have 1 to 4 axes, each 1 to a thousand million; this design says %s.",
                          got);
}

static void
check_args (NnCheck       *self,
            guint          position,
            const NnBlock *block)
{
  const NnKind *kind = nn_block_get_kind (block);

  for (guint i = 0; i < kind->n_args; i++)
    {
      g_autofree char *message = NULL;

      if (!nn_arg_check_value (&kind->args[i], nn_block_get_arg (block, i), &message))
        nn_check_add_problem (self, "A", position, "A value is out of range", "%s: %s", kind->name, message);
    }
  if (nn_block_get_inner (block) != NULL)
    check_args (self, position, nn_block_get_inner (block));
}

static void
add_time_lost_before (NnCheck *self,
                      guint    position)
{
  int loss = -1;
  g_autofree char *cause = NULL;

  for (guint i = 0; i < position; i++)
    if (!self->reports[i].keeps_time && (i == 0 || self->reports[i - 1].keeps_time))
      loss = i;
  cause = loss >= 0 ? nn_check_name_block (self->design, loss) : g_strdup ("a block above");
  nn_check_add_problem (self, "D1", position, "No time is left here", "%s Time is lost in %s.",
                        self->passes[position].why, cause);
}

static void
check_fit (NnCheck *self,
           guint    position)
{
  const NnPass *pass = &self->passes[position];
  g_autofree char *inputs = NULL;

  switch (pass->inferred.refusal)
    {
    case NN_REFUSAL_RANK:
      if (pass->in.rank == 1)
        add_time_lost_before (self, position);
      else
        nn_check_add_problem (self, "D8", position, "Another number of axes is needed", "%s", pass->why);
      break;

    case NN_REFUSAL_LENGTH:
      if (nn_block_has_arg (pass->block, "pool_size"))
        nn_check_add_problem (self, "D7", position, "Too few steps are left to pool", "%s", pass->why);
      else
        nn_check_add_problem (self, "D6", position, "The kernel is too long", "%s", pass->why);
      break;

    case NN_REFUSAL_ARGS:
      nn_check_add_problem (self, "A", position, "The values do not fit", "%s", pass->why);
      break;

    case NN_REFUSAL_SIZE:
      nn_check_add_problem (self, "A", position, "The output is too large", "%s", pass->why);
      break;

    case NN_REFUSAL_SOURCE:
      nn_check_add_problem (self, "M1", position, "A block to join with is missing", "%s", pass->why);
      break;

    case NN_REFUSAL_SHAPES:
      inputs = nn_check_name_inputs (self, position);
      nn_check_add_problem (self, "M2", position, "The shapes do not fit together", "%s %s.", pass->why, inputs);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
nn_check_apply_rules (NnCheck *self)
{
  check_input (self);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      const NnBlock *block = nn_design_get_block (self->design, i);

      if (self->passes[i].block != block)
        check_args (self, i, block);
      if (nn_check_apply_source_rule (self, i) && self->passes[i].why != NULL)
        check_fit (self, i);
    }
}
