/* nn-check-walk.c: follows shapes and costs through a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#include <math.h>

#define MAX_EXTENT 1000000000

/* --- arguments brought into range ----------------------------------------------- */

static gint64
clamp_whole (const NnArg *arg,
             gint64       x)
{
  if (arg->type == NN_ARG_BOOL)
    return x != 0;
  if (arg->type == NN_ARG_CHOICE)
    return CLAMP (x, 0, (gint64) g_strv_length ((char **) arg->choices) - 1);
  return CLAMP (x, (gint64) arg->min, (gint64) arg->max);
}

NnValue
nn_check_clamp_value (const NnArg   *arg,
                      const NnValue *value)
{
  gboolean list = arg->type == NN_ARG_INT_LIST || arg->type == NN_ARG_BLOCK_LIST;
  int least = arg->type == NN_ARG_BLOCK_LIST ? 0 : 1, most = list ? NN_MAX_RANK : 1;
  NnValue near = *value;

  if (arg->type == NN_ARG_REAL)
    return nn_value_real (isfinite (value->real) ? CLAMP (value->real, arg->min, arg->max) : arg->fallback.real);
  if (arg->type == NN_ARG_INT_PAIR && value->n < 2)
    near.whole[1] = near.whole[0];
  near.n = arg->type == NN_ARG_INT_PAIR ? 2 : CLAMP (value->n, least, most);
  for (int i = 0; i < near.n; i++)
    near.whole[i] = clamp_whole (arg, near.whole[i]);
  return near;
}

/* The block itself where all is in range (transfer full). */
static NnBlock *
bring_into_range (const NnBlock *block)
{
  const NnKind *kind = nn_block_get_kind (block);
  g_autoptr (NnBlock) near = nn_block_ref (block);

  for (guint i = 0; i < kind->n_args; i++)
    if (!nn_arg_check_value (&kind->args[i], nn_block_get_arg (near, i), NULL))
      {
        NnValue value = nn_check_clamp_value (&kind->args[i], nn_block_get_arg (near, i));
        NnBlock *next = nn_block_with_arg (near, i, &value);

        nn_block_unref (near);
        near = next;
      }

  if (nn_block_get_inner (near) != NULL)
    {
      g_autoptr (NnBlock) inner = bring_into_range (nn_block_get_inner (near));

      if (inner != nn_block_get_inner (near))
        return nn_block_with_inner (near, inner);
    }
  return g_steal_pointer (&near);
}

/* --- shapes ---------------------------------------------------------------------- */

/* A block that takes another number of axes: as if the missing axis were there, or the last two were one. `time` is how many
 * steps there were before time was lost. */
static gboolean
guess_input (const NnShape *in,
             int            needs_rank,
             gint64         time,
             NnShape       *guess)
{
  if (needs_rank == 2 && in->rank == 1)
    *guess = nn_shape_2 (time, in->dim[0]);
  else if (needs_rank == 2 && in->rank == 3)
    *guess = nn_shape_2 (in->dim[0], in->dim[1] * in->dim[2]);
  else if (needs_rank == 3 && in->rank == 2)
    *guess = nn_shape_3 (in->dim[0], in->dim[1], 1);
  else if (needs_rank == 3 && in->rank == 1)
    *guess = nn_shape_3 (time, in->dim[0], 1);
  else
    return FALSE;
  return nn_shape_size (guess) > 0 && nn_shape_size (guess) <= NN_MAX_ELEMENTS;
}

static gint64
count_params (const NnBlock *block,
              const NnShape *in)
{
  NnTensor tensors[NN_MAX_TENSORS];
  guint n = nn_layer_list_tensors (block, in, tensors);
  gint64 sum = 0;

  for (guint i = 0; i < n; i++)
    {
      gint64 size = nn_shape_size (&tensors[i].shape);

      if (size < 0 || __builtin_add_overflow (sum, size, &sum))
        return G_MAXINT64;
    }
  return sum;
}

static gint64
add_saturating (gint64 a,
                gint64 b)
{
  return a > G_MAXINT64 - b ? G_MAXINT64 : a + b;
}

/* Axis 0 still is time where it was in what came in; of a merge's inputs those count whose steps are as many as come out, and not
 * those that are the same at every step. */
static gboolean
had_time (const NnCheck *self,
          const NnPass  *pass)
{
  const NnShape *out = &pass->inferred.output;
  gboolean any = FALSE;

  if (pass->n_inputs == 1)
    return nn_check_keeps_time (self, pass->inputs[0]);
  for (guint i = 0; i < pass->n_inputs; i++)
    {
      const NnShape *in = nn_check_get_shape (self, pass->inputs[i]);

      if (in->rank != out->rank || in->dim[0] != out->dim[0])
        continue;
      if (!nn_check_keeps_time (self, pass->inputs[i]))
        return FALSE;
      any = TRUE;
    }
  return any;
}

/* What the block's row says of its inputs; where it wants another number of axes, of an input with as many. TRUE where time was
 * there before, or is taken to have been. */
static gboolean
infer_block (NnCheck *self,
             NnPass  *pass,
             gint64   time,
             NnShape *ins)
{
  for (guint i = 0; i < pass->n_inputs; i++)
    ins[i] = *nn_check_get_shape (self, pass->inputs[i]);

  if (!nn_layer_infer_merge (pass->block, ins, pass->n_inputs, &pass->inferred, &pass->why)
      && pass->inferred.refusal == NN_REFUSAL_RANK
      && guess_input (&pass->in, pass->inferred.needs_rank, time, ins))
    {
      NnInferred guessed;
      g_autofree char *why = NULL;

      nn_layer_infer (pass->block, ins, &guessed, &why);
      guessed.refusal = pass->inferred.refusal;
      guessed.needs_rank = pass->inferred.needs_rank;
      pass->inferred = guessed;
      return TRUE; /* The loss of time is told once, at this block. */
    }
  return had_time (self, pass);
}

static void
pass_block (NnCheck *self,
            guint    i,
            gint64   time)
{
  NnPass *pass = &self->passes[i];
  NnBlockReport *report = &self->reports[i];
  NnShape ins[NN_MAX_INPUTS];
  gboolean before = infer_block (self, pass, time, ins);

  report->output = pass->inferred.output;
  if (nn_shape_size (&report->output) <= 0 || nn_shape_size (&report->output) > NN_MAX_ELEMENTS)
    report->output.rank = 0;
  report->keeps_time = report->output.rank > 0 && before && pass->inferred.keeps_time;
  report->n_macs = pass->inferred.n_macs;
  if (pass->why == NULL || report->output.rank > 0)
    report->n_params = count_params (pass->block, ins);
}

static gboolean
knows_inputs (const NnCheck *self,
              const NnPass  *pass)
{
  for (guint i = 0; i < pass->n_inputs; i++)
    if (nn_check_get_shape (self, pass->inputs[i])->rank == 0)
      return FALSE;
  return TRUE;
}

/* --- the walk -------------------------------------------------------------------- */

static NnShape
usable_input (const NnShape *input)
{
  NnShape near = { CLAMP (input->rank, 1, NN_MAX_RANK) };
  gint64 room = NN_MAX_ELEMENTS;

  for (int i = near.rank; i-- > 0; )
    {
      near.dim[i] = i < input->rank ? CLAMP (input->dim[i], 1, MIN (room, MAX_EXTENT)) : 1;
      room /= near.dim[i];
    }
  return near;
}

void
nn_check_walk (NnCheck *self)
{
  gboolean guessed = FALSE;
  gint64 time;

  self->input = usable_input (nn_design_get_input (self->design));
  self->output = self->input;
  time = self->input.dim[0];
  for (guint i = 0; i < self->n_blocks; i++)
    {
      const NnBlock *block = nn_design_get_block (self->design, i);
      NnBlockReport *report = &self->reports[i];
      int bad;

      self->passes[i].block = bring_into_range (block);
      self->passes[i].in = self->output;
      bad = nn_check_find_inputs (self, i);
      if (knows_inputs (self, &self->passes[i]))
        pass_block (self, i, time);
      report->broken = self->passes[i].why != NULL || self->passes[i].block != block || bad >= 0;
      guessed |= report->broken;
      report->assumed = guessed;
      self->output = report->output;
      if (report->keeps_time)
        time = report->output.dim[0];
      self->n_params = add_saturating (self->n_params, report->n_params);
      self->n_macs = add_saturating (self->n_macs, report->n_macs);
    }
  nn_check_measure_jumps (self);
}
