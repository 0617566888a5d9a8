/* nn-check-view.c: which steps of the window each step of a block's output can see
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#define MAX_POSITION     (G_GINT64_CONSTANT (1) << 40) /* where the view of time saturates */
#define MAX_PHASES       1000000000
#define MAX_PHASE_VISITS 512

/* The steps low .. high of one output; none are looked at where low > high. */
typedef struct
{
  gint64 low, high;
} View;

static const View nothing = { G_MAXINT64, G_MININT64 };

static void
widen (View *view,
       View  by)
{
  view->low = MIN (view->low, by.low);
  view->high = MAX (view->high, by.high);
}

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

/* What the steps in `view` of a block's output see of its input. Where `widest`, in the worst phase of an upsampling. */
static View
look_through (const NnInferred *block,
              View              view,
              gboolean          widest)
{
  gint64 width = view.high - view.low;
  View up = { step_up (view.low, 0, block), step_up (view.high, (block->kernel - 1) * block->dilation, block) };

  if (widest && block->upsample > 1)
    up.high = MAX (up.high, up.low + (width + block->upsample - 1) / block->upsample);
  return up;
}

/* Whether input `i` of a block is read step by step: a merge also takes what is the same at every step. */
static gboolean
goes_with_time (const NnCheck *self,
                const NnPass  *pass,
                guint          i)
{
  const NnShape *in = nn_check_get_shape (self, pass->inputs[i]), *out = &pass->inferred.output;

  return pass->n_inputs == 1 || (in->rank == out->rank && in->dim[0] == out->dim[0]);
}

/* The steps of the windows that step `t` after block `last` sees, along all ways that lead there. Where `widest`, the view is
 * that of the worst phase of each upsampling: no step of the output sees more. */
static View
look_back (const NnCheck *self,
           guint          last,
           gint64         t,
           gboolean       widest)
{
  View room[NN_MAX_BLOCKS + 1], *views = room + 1; /* views[-1]: of the windows */

  for (int i = -1; i < (int) last; i++)
    views[i] = nothing;
  views[last] = (View) { t, t };
  for (guint i = last + 1; i-- > 0; )
    {
      const NnPass *pass = &self->passes[i];

      if (views[i].low > views[i].high)
        continue;
      for (guint j = 0; j < pass->n_inputs; j++)
        {
          View up = goes_with_time (self, pass, j) ? look_through (&pass->inferred, views[i], widest) : (View) { 0, 0 };

          widen (&views[pass->inputs[j]], up);
        }
    }
  return views[-1];
}

/* How much an output step sees depends on its phase in the upsamplings: with `n_phases` of them all are tried. */
static void
look_at_time (NnCheck *self,
              guint    i,
              gint64   n_phases)
{
  NnBlockReport *report = &self->reports[i];
  gboolean widest = n_phases > MAX_PHASE_VISITS / (i + 1);
  View first = look_back (self, i, 0, FALSE);

  report->offset = (first.low + first.high) / 2.0;
  for (gint64 t = 0; t < (widest ? 1 : MIN (n_phases, report->output.dim[0])); t++)
    {
      View view = look_back (self, i, t, widest);

      report->receptive = MAX (report->receptive, view.high - view.low + 1);
    }
  report->receptive = MIN (report->receptive, self->input.dim[0]);
}

/* What a step of a merge sees does not depend on its phase in more ways than those of its inputs together. */
static gint64
join_phases (gint64 a,
             gint64 b)
{
  return a % b == 0 ? a : b % a == 0 ? b : MIN (a * b, MAX_PHASES);
}

void
nn_check_look_at_times (NnCheck *self)
{
  gboolean sees_all[NN_MAX_BLOCKS] = { FALSE };
  gint64 n_phases[NN_MAX_BLOCKS];

  for (guint i = 0; i < self->n_blocks && self->reports[i].output.rank > 0; i++)
    {
      const NnPass *pass = &self->passes[i];
      NnBlockReport *report = &self->reports[i];

      n_phases[i] = 1;
      sees_all[i] = pass->inferred.sees_all;
      for (guint j = 0; j < pass->n_inputs; j++)
        {
          int input = pass->inputs[j];

          n_phases[i] = join_phases (n_phases[i], input < 0 ? 1 : n_phases[input]);
          sees_all[i] |= input >= 0 && (sees_all[input] || (pass->n_inputs > 1 && !nn_check_keeps_time (self, input)));
        }
      n_phases[i] = MIN (n_phases[i] * pass->inferred.upsample, MAX_PHASES);
      if (report->keeps_time)
        look_at_time (self, i, n_phases[i]);
      if (sees_all[i] || !report->keeps_time)
        report->receptive = self->input.dim[0];
    }
}

void
nn_check_measure_jumps (NnCheck *self)
{
  double jumps[NN_MAX_BLOCKS];

  for (guint i = 0; i < self->n_blocks && self->reports[i].output.rank > 0; i++)
    {
      const NnPass *pass = &self->passes[i];
      guint main = 0;

      while (main + 1 < pass->n_inputs && !goes_with_time (self, pass, main))
        main++;
      jumps[i] = pass->inputs[main] < 0 ? 1 : jumps[pass->inputs[main]];
      jumps[i] = jumps[i] * pass->inferred.stride / pass->inferred.upsample;
      if (self->reports[i].keeps_time)
        self->reports[i].jump = MAX (1, (gint64) (MIN (jumps[i], MAX_POSITION) + 0.5));
    }
}
