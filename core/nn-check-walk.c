/* nn-check-walk.c: follows shape, cost and view of time through a design
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#include <math.h>

#define MAX_EXTENT       1000000000
#define MAX_POSITION     (G_GINT64_CONSTANT (1) << 40) /* where the view of time saturates */
#define MAX_PHASE_VISITS 512

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
  int most = arg->type == NN_ARG_INT_LIST ? NN_MAX_RANK : 1;
  NnValue near = *value;

  if (arg->type == NN_ARG_REAL)
    return nn_value_real (isfinite (value->real) ? CLAMP (value->real, arg->min, arg->max) : arg->fallback.real);
  if (arg->type == NN_ARG_INT_PAIR && value->n < 2)
    near.whole[1] = near.whole[0];
  near.n = arg->type == NN_ARG_INT_PAIR ? 2 : CLAMP (value->n, 1, most);
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

/* A block that takes another number of axes: as if the missing axis were there, or the last two were one. `time` is how many steps
 * there were before time was lost. */
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

static void
pass_block (NnCheck *self,
            guint    i,
            gint64   time)
{
  NnPass *pass = &self->passes[i];
  NnBlockReport *report = &self->reports[i];
  NnShape in = pass->in;
  gboolean before = i == 0 || self->reports[i - 1].keeps_time;

  if (!nn_layer_infer (pass->block, &in, &pass->inferred, &pass->why)
      && pass->inferred.refusal == NN_REFUSAL_RANK
      && guess_input (&pass->in, pass->inferred.needs_rank, time, &in))
    {
      NnInferred guessed;
      g_autofree char *why = NULL;

      nn_layer_infer (pass->block, &in, &guessed, &why);
      guessed.refusal = pass->inferred.refusal;
      guessed.needs_rank = pass->inferred.needs_rank;
      pass->inferred = guessed;
      before = TRUE; /* The loss of time is told once, at this block. */
    }

  report->output = pass->inferred.output;
  if (nn_shape_size (&report->output) <= 0 || nn_shape_size (&report->output) > NN_MAX_ELEMENTS)
    report->output.rank = 0;
  report->keeps_time = report->output.rank > 0 && before && pass->inferred.keeps_time;
  report->n_macs = pass->inferred.n_macs;
  if (pass->why == NULL || report->output.rank > 0)
    report->n_params = count_params (pass->block, &in);
}

/* --- the view of time ------------------------------------------------------------ */

static gint64
divide_down (gint64 a,
             gint64 b)
{
  return a / b - (a % b != 0 && a < 0);
}

/* One edge of the view, one block further up; saturates, since a design may be absurd. */
static gint64
step_up (gint64            position,
         gint64            beside,
         const NnInferred *block)
{
  gint64 up = divide_down (position * block->stride, block->upsample) - block->before + beside;

  return CLAMP (up, -MAX_POSITION, MAX_POSITION);
}

/* The input steps [*low, *high] that step `t` after block `last` sees. Where `widest`, the view is that of the worst phase of each
 * upsampling: no step of the output sees more. */
static void
look_back (const NnCheck *self,
           guint          last,
           gint64         t,
           gboolean       widest,
           gint64        *low,
           gint64        *high)
{
  *low = *high = t;
  for (guint i = last + 1; i-- > 0; )
    {
      const NnInferred *block = &self->passes[i].inferred;
      gint64 width = *high - *low;

      *low = step_up (*low, 0, block);
      *high = step_up (*high, (block->kernel - 1) * block->dilation, block);
      if (widest && block->upsample > 1)
        *high = MAX (*high, *low + (width + block->upsample - 1) / block->upsample);
    }
}

/* How much an output step sees depends on its phase in the upsamplings: with `n_phases` of them all are tried. */
static void
look_at_time (NnCheck *self,
              guint    i,
              gint64   n_phases)
{
  NnBlockReport *report = &self->reports[i];
  gboolean widest = n_phases > MAX_PHASE_VISITS / (i + 1);
  gint64 low, high;

  look_back (self, i, 0, FALSE, &low, &high);
  report->offset = (low + high) / 2.0;

  for (gint64 t = 0; t < (widest ? 1 : MIN (n_phases, report->output.dim[0])); t++)
    {
      look_back (self, i, t, widest, &low, &high);
      report->receptive = MAX (report->receptive, high - low + 1);
    }
  report->receptive = MIN (report->receptive, self->input.dim[0]);
}

void
nn_check_look_at_times (NnCheck *self)
{
  gboolean sees_all = FALSE;
  gint64 n_phases = 1;

  for (guint i = 0; i < self->n_blocks && self->reports[i].output.rank > 0; i++)
    {
      const NnInferred *block = &self->passes[i].inferred;
      NnBlockReport *report = &self->reports[i];

      n_phases = MIN (n_phases * block->upsample, MAX_EXTENT);
      sees_all |= block->sees_all;
      if (report->keeps_time)
        look_at_time (self, i, n_phases);
      if (sees_all || !report->keeps_time)
        report->receptive = self->input.dim[0];
    }
}

static void
measure_jumps (NnCheck *self)
{
  double jump = 1;

  for (guint i = 0; i < self->n_blocks && self->reports[i].output.rank > 0; i++)
    {
      jump = jump * self->passes[i].inferred.stride / self->passes[i].inferred.upsample;
      if (self->reports[i].keeps_time)
        self->reports[i].jump = MAX (1, (gint64) (MIN (jump, MAX_POSITION) + 0.5));
    }
}

/* --- the walk -------------------------------------------------------------------- */

static NnShape
usable_input (const NnShape *input)
{
  NnShape near = nn_shape_2 (1, 1);

  for (int i = 0; i < MIN (input->rank, 2); i++)
    near.dim[i] = CLAMP (input->dim[i], 1, MAX_EXTENT);
  if (nn_shape_size (&near) > NN_MAX_ELEMENTS)
    near.dim[0] = NN_MAX_ELEMENTS / near.dim[1];
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

      self->passes[i].block = bring_into_range (block);
      self->passes[i].in = self->output;
      if (self->output.rank > 0)
        pass_block (self, i, time);
      report->broken = self->passes[i].why != NULL || self->passes[i].block != block;
      guessed |= report->broken;
      report->assumed = guessed;
      self->output = report->output;
      if (report->keeps_time)
        time = report->output.dim[0];
      self->n_params = add_saturating (self->n_params, report->n_params);
      self->n_macs = add_saturating (self->n_macs, report->n_macs);
    }
  measure_jumps (self);
}
