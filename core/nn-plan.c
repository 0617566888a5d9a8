/* nn-plan.c: a checked design as a list of ops with a place in memory for everything they need
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-plan.h"

#include "nn-error.h"
#include "nn-layer-args.h"

/* Takes `n` floats, in whole cache lines, from an arena and says where they begin. */
static gint64
take (gint64 *total, gint64 n)
{
  gint64 at = *total;

  *total = nn_size_add (*total, nn_size_fill_up (n));
  return at;
}

static gint64
count_output (const NnOp *op)
{
  return NN_PRODUCT (op->rows, nn_shape_size (&op->out));
}

/* The outputs that an op reads. */
static void
link_inputs (NnPlan *self, NnOp *op)
{
  op->n_inputs = nn_check_get_inputs (self->check, op->serial, op->inputs);
  for (guint i = 0; i < op->n_inputs; i++)
    {
      NnOp *input = op->inputs[i] >= 0 ? &self->ops[op->inputs[i]] : NULL;

      op->ins[i] = input != NULL ? input->out : self->in;
      if (input == NULL)
        self->n_readers++;
      else
        input->n_readers++;
      op->learns |= input != NULL && input->learns;
    }
  op->in = op->ins[0];
}

/* Whether it has weights that an optimiser may move. */
static gboolean
has_slopes (const NnOp *op)
{
  NnTensor tensors[NN_MAX_TENSORS];
  guint n = nn_layer_list_tensors (op->block, &op->in, tensors);

  for (guint i = 0; i < n; i++)
    if (!tensors[i].frozen)
      return TRUE;
  return FALSE;
}

static void
make_ops (NnPlan *self)
{
  const NnDesign *design = nn_check_get_design (self->check);

  self->n_ops = nn_design_get_n_blocks (design);
  self->ops = g_new0 (NnOp, self->n_ops);
  self->in = *nn_design_get_input (design);
  self->out = self->in;
  for (guint i = 0; i < self->n_ops; i++)
    {
      NnOp *op = &self->ops[i];

      op->block = nn_design_get_block (design, i);
      op->ops = nn_layer_of (op->block)->ops;
      op->out = nn_check_get_block (self->check, i)->output;
      op->serial = i;
      op->rows = NN_SHARD_ROWS;
      op->n_turns = 1;
      link_inputs (self, op);
      if (op->ops->prepare != NULL)
        op->ops->prepare (op);
      op->learns |= has_slopes (op);
      op->params_at = take (&self->n_floats, op->n_params);
      op->derived_at = take (&self->n_derived, op->n_derived);
      op->meet_at = self->n_meet;
      self->n_meet = nn_size_add (self->n_meet, op->n_meet);
      self->out = op->out;
    }
}

static void
list_tensors (NnPlan *self)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (NnPlanTensor));

  for (guint i = 0; i < self->n_ops; i++)
    {
      NnTensor tensors[NN_MAX_TENSORS];
      guint n = nn_layer_list_tensors (self->ops[i].block, &self->ops[i].in, tensors);

      for (guint j = 0; j < n; j++)
        {
          NnPlanTensor item = { i, tensors[j], self->n_params };

          g_array_append_val (list, item);
          self->n_params = nn_size_add (self->n_params, nn_shape_size (&tensors[j].shape));
        }
    }
  self->n_tensors = list->len;
  self->tensors = (NnPlanTensor *) (void *) g_array_free (g_steal_pointer (&list), FALSE);
}

/* An op that only gives its numbers another shape leaves them where its input is, if that is one place for both: nobody else
 * reads either. */
static gboolean
shares_place (const NnPlan *self, const NnOp *op)
{
  guint n_readers = op->inputs[0] < 0 ? self->n_readers : self->ops[op->inputs[0]].n_readers;

  return op->in_place && n_readers == 1 && op->n_readers <= 1;
}

/* Two buffers take turns for what only the next op wants. What a merge further down wants too has a place of its own: an output
 * in inference, and the slope by it, which is added up from all that read it, in training. */
static gint64
take_turns (const NnOp *op, const gint64 *buffers, guint turn, gint64 *total)
{
  return op->n_readers > 1 ? take (total, count_output (op)) : buffers[turn % 2];
}

/* `turn` counts the places that were taken. */
static void
lay_out_op (NnPlan *self, NnOp *op, const gint64 *slopes, const gint64 *outputs, guint *turn)
{
  const NnOp *input = op->inputs[0] >= 0 ? &self->ops[op->inputs[0]] : NULL;

  if (shares_place (self, op))
    {
      op->training.y = input != NULL ? input->training.y : self->training.x;
      op->inference.y = input != NULL ? input->inference.y : self->inference.x;
    }
  else
    {
      op->training.y = take (&self->training.total, count_output (op));
      op->inference.y = take_turns (op, outputs, ++*turn, &self->inference.total);
    }
  op->training.cache = take (&self->training.total, op->n_cache);
  op->training.dy = take_turns (op, slopes, *turn, &self->training.total);
}

/* Training keeps every output and whatever an op wants back, but of slopes only those still to be passed on. Inference keeps
 * nothing. */
static void
lay_out (NnPlan *self)
{
  gint64 n_in = nn_shape_size (&self->in), most = NN_PRODUCT (NN_SHARD_ROWS, n_in), scratch = 0, spare = 0;
  gint64 slopes[2], outputs[2];
  guint turn = 0;

  if (self->n_readers > 1)
    spare = most;
  for (guint i = 0; i < self->n_ops; i++)
    {
      most = MAX (most, count_output (&self->ops[i]));
      scratch = MAX (scratch, self->ops[i].n_scratch);
      if (self->ops[i].n_readers > 1)
        spare = MAX (spare, count_output (&self->ops[i]));
    }

  self->training.window = take (&self->training.total, n_in);
  self->training.x = take (&self->training.total, NN_PRODUCT (NN_SHARD_ROWS, n_in));
  self->training.scratch = take (&self->training.total, scratch);
  self->inference = self->training;
  for (guint i = 0; i < 2; i++)
    {
      slopes[i] = take (&self->training.total, most);
      outputs[i] = take (&self->inference.total, most);
    }
  for (guint i = 0; i < self->n_ops; i++)
    lay_out_op (self, &self->ops[i], slopes, outputs, &turn);
  self->training.spare = take (&self->training.total, spare);
  self->training.dx = self->n_readers > 1 ? take (&self->training.total, NN_PRODUCT (NN_SHARD_ROWS, n_in)) : slopes[0];
}

NnPlan *
nn_plan_new (const NnCheck *check, GError **error)
{
  g_autoptr (NnPlan) self = NULL;

  g_return_val_if_fail (check != NULL, NULL);

  if (!nn_check_is_runnable (check))
    {
      g_autofree char *headline = nn_check_dup_headline (check);

      g_set_error (error, NN_ERROR, NN_ERROR_DESIGN, "The design cannot be run: %s",
                   headline != NULL ? headline : "it does not check.");
      return NULL;
    }

  self = g_new0 (NnPlan, 1);
  g_atomic_ref_count_init (&self->n_refs);
  self->check = nn_check_ref (check);
  make_ops (self);
  list_tensors (self);
  lay_out (self);

  /* A quarter of the address space leaves room for sums with these. */
  if (MAX (MAX (self->n_floats, self->n_derived), MAX (self->n_meet, self->training.total)) > G_MAXINT64 / 64)
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_TOO_LARGE, "The design needs more memory than can be addressed.");
      return NULL;
    }
  return g_steal_pointer (&self);
}

NnPlan *
nn_plan_ref (NnPlan *self)
{
  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

void
nn_plan_unref (NnPlan *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->n_refs))
    return;

  for (guint i = 0; i < self->n_ops; i++)
    nn_op_clear (&self->ops[i]);
  g_free (self->ops);
  g_free (self->tensors);
  nn_check_unref (self->check);
  g_free (self);
}

/* Fills `list` with pointers to the tensors of op `op` in `params`; returns the index of the next op's first. */
static guint
find_tensors (const NnPlan *plan, guint op, guint from, float *params, float **list)
{
  guint n = 0;

  for (; from < plan->n_tensors && plan->tensors[from].op == op; from++)
    list[n++] = params + plan->tensors[from].offset;
  return from;
}

void
nn_plan_save (const NnPlan *self, const float *floats, float *params)
{
  float *list[NN_MAX_TENSORS];
  guint next = 0;

  for (guint i = 0; i < self->n_ops; i++)
    {
      const NnOp *op = &self->ops[i];

      next = find_tensors (self, i, next, params, list);
      if (op->n_params > 0)
        op->ops->save (op, floats + op->params_at, list);
    }
}

void
nn_plan_load (const NnPlan *self, const float *params, float *floats)
{
  float *list[NN_MAX_TENSORS];
  guint next = 0;

  for (guint i = 0; i < self->n_ops; i++)
    {
      const NnOp *op = &self->ops[i];

      next = find_tensors (self, i, next, (float *) params, list);
      if (op->n_params > 0)
        op->ops->load (op, (const float *const *) list, floats + op->params_at);
    }
}

void
nn_plan_get_labels (const NnPlan *self, gint64 *n_labels, int *n_outputs)
{
  gboolean one = self->out.rank == 1 && nn_check_get_reading (self->check) == NN_READING_CLASSES;

  *n_labels = one ? 1 : self->out.dim[0];
  *n_outputs = one || self->out.rank == 2 ? (int) MIN (nn_shape_last (&self->out), G_MAXINT) : 1;
}

gboolean
nn_plan_check_source (const NnPlan *self, const NnBatchSource *source, GError **error)
{
  NnShape given = nn_shape_2 (source->n_steps, source->n_channels);
  gint64 outer = nn_shape_outer (&self->in);
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  if (source->n_steps == outer && source->n_channels == nn_shape_size (&self->in) / outer)
    return TRUE;

  found = nn_shape_to_text (&given);
  wanted = nn_shape_to_text (&self->in);
  g_set_error (error, NN_ERROR, NN_ERROR_DATA,
               "The windows are %s (steps × channels), the network was made for %s.", found, wanted);
  return FALSE;
}

static gint64
count_shards (gint64 n_windows)
{
  return (n_windows + NN_SHARD_ROWS - 1) / NN_SHARD_ROWS;
}

guint
nn_plan_next_meeting (const NnPlan *self, guint from)
{
  while (from < self->n_ops && self->ops[from].n_meet == 0)
    from++;
  return from;
}

guint
nn_plan_last_meeting (const NnPlan *self, guint to)
{
  while (to > 0 && self->ops[to - 1].n_meet == 0)
    to--;
  return to;
}

gint64
nn_plan_count_arenas (const NnPlan *self, gint64 n_windows, guint n_threads)
{
  return self->n_meet > 0 ? MAX (count_shards (n_windows), n_threads) : n_threads;
}

guint
nn_plan_count_parts (gint64 n_windows)
{
  return (guint) MIN (count_shards (n_windows), NN_MAX_PARTS);
}

gint64
nn_plan_count_bytes (const NnCheck *check, int batch_size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NnPlan) plan = NULL;
  gint64 parts = nn_plan_count_parts (batch_size), arenas, floats;

  g_return_val_if_fail (check != NULL && batch_size > 0, 0);

  plan = nn_plan_new (check, &error);
  if (plan == NULL)
    return g_error_matches (error, NN_ERROR, NN_ERROR_TOO_LARGE) ? G_MAXINT64 : 0;

  /* Weights, the best and the last good ones, at most three moments; then the gradients of each part, and an arena for each
   * thread. */
  floats = NN_PRODUCT (plan->n_floats, 6 + parts);
  floats = nn_size_add (floats, plan->n_derived);
  arenas = nn_plan_count_arenas (plan, batch_size, MIN (parts, g_get_num_processors ()));
  floats = nn_size_add (floats, NN_PRODUCT (plan->training.total, arenas));
  floats = nn_size_add (floats, NN_PRODUCT (plan->n_meet, sizeof (double) / sizeof (float), 2, arenas + 1));
  return NN_PRODUCT (floats, sizeof (float));
}
