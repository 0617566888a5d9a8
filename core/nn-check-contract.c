/* nn-check-contract.c: the rules that the output must keep towards the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"

#include <string.h>

gboolean
nn_check_is_time_rule (const char *rule)
{
  static const char *const rules[] = { "D1", "D2", "D3", "D7", "D10", NULL };

  return g_strv_contains (rules, rule);
}

NnReading
nn_check_read_output (const NnShape *output,
                      gint64         n_steps,
                      int            n_classes)
{
  gboolean two = n_classes == 0 || n_classes == 2;

  if (output->rank == 1 && n_steps == 1 && n_classes > 1 && output->dim[0] == n_classes)
    return NN_READING_CLASSES;
  if (output->rank == 0 || output->rank > 2 || output->dim[0] != n_steps)
    return NN_READING_NONE;
  if (output->rank == 1 || output->dim[1] == 1)
    return two ? NN_READING_BINARY : NN_READING_NONE;
  return n_classes == 0 || output->dim[1] == n_classes ? NN_READING_CLASSES : NN_READING_NONE;
}

int
nn_check_find_time_loss (const NnCheck *self)
{
  int loss = -1;

  for (guint i = 0; i < self->n_blocks && self->reports[i].output.rank > 0; i++)
    if (self->reports[i].keeps_time && self->passes[i].n_inputs > 1)
      loss = -1; /* What has no time was joined with what has. */
    else if (!self->reports[i].keeps_time && loss < 0)
      loss = i;
  return loss;
}

/* Softmax along the channels is the activation of that name. */
static gboolean
is_softmax (const NnCheck *self,
            guint          position,
            const NnBlock *core)
{
  int axis = nn_kind_find_arg (nn_block_get_kind (core), "axis");

  return strcmp (nn_block_get_kind (core)->name, "Softmax") == 0
         && (nn_block_get_arg (core, axis)->whole[0] == -1
             || nn_block_get_arg (core, axis)->whole[0] == self->reports[position].output.rank);
}

/* (nullable): what the output is bent by last, and the block that does it. */
static const char *
find_activation (const NnCheck *self,
                 int           *position)
{
  for (guint i = self->n_blocks; i-- > 0; )
    {
      const NnBlock *core = nn_block_get_core (self->passes[i].block);

      *position = (int) i;
      if (nn_block_has_arg (core, "activation"))
        return nn_block_get_choice (core, "activation");
      if (is_softmax (self, i, core))
        return "softmax";
    }
  return NULL;
}

/* T outputs without a unit axis stand for T steps; there is then no number of units to judge. */
static gboolean
stands_for_steps (const NnCheck *self)
{
  return self->output.rank == 1 && self->labels.n_steps > 1 && self->output.dim[0] == self->labels.n_steps
         && self->labels.n_classes == 2;
}

gint64
nn_check_wanted_units (const NnCheck *self)
{
  gboolean two_units = self->labels.n_classes == 2 && self->output.rank > 0 && self->output.dim[self->output.rank - 1] == 2;

  return self->labels.n_classes == 2 && !two_units ? 1 : self->labels.n_classes;
}

const char *
nn_check_wanted_activation (const NnCheck *self)
{
  return stands_for_steps (self) || nn_check_wanted_units (self) == 1 ? "sigmoid" : "softmax";
}

/* --- time ------------------------------------------------------------------------ */

/* How a block that loses time does so. */
static const char *
word_loss (const NnBlock *block)
{
  const char *name = nn_block_get_kind (block)->name;

  if (nn_block_has_arg (block, "return_sequences"))
    return "gives only its last state";
  if (g_str_has_prefix (name, "Global"))
    return "makes one step of all";
  if (strcmp (name, "Permute") == 0)
    return "puts another axis in front of the steps";
  return "lays all steps out in one row";
}

static void
add_time_lost (NnCheck *self,
               gint64   n)
{
  int loss = nn_check_find_time_loss (self);
  g_autofree char *got = nn_shape_to_text (&self->output);
  g_autofree char *cause = nn_check_name_block (self->design, loss);
  gboolean last_state = nn_block_has_arg (self->passes[loss].block, "return_sequences");

  nn_check_add_problem (self, last_state ? "D1" : "D10", loss, "Time is lost here",
                        "The labels are one per step (%" G_GINT64_FORMAT " × 1), but the network gives one answer per window "
                        "(%s): %s %s, and time is lost there.",
                        n, got, cause, word_loss (self->passes[loss].block));
}

static void
append_place (const NnCheck *self,
              GString       *text,
              int            position,
              const char    *what)
{
  g_autofree char *place = NULL;

  if (position < 0)
    return;
  place = nn_check_name_block (self->design, position);
  g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", place, what);
}

gboolean
nn_check_can_be_thinned (const NnCheck *self)
{
  const NnBlockReport *last = self->n_blocks > 0 ? &self->reports[self->n_blocks - 1] : NULL;

  if (last == NULL || !last->keeps_time || last->output.rank != 2 || last->output.dim[0] >= self->input.dim[0]
      || (self->labels.n_classes >= 2 && self->labels.n_steps != self->input.dim[0]))
    return FALSE;
  for (guint i = 0; i < self->n_blocks; i++)
    if (self->reports[i].broken || self->passes[i].inferred.upsample > 1)
      return FALSE;
  return TRUE;
}

gboolean
nn_check_is_thinned (const NnCheck *self)
{
  return self->labels.fitted && nn_check_can_be_thinned (self);
}

/* Blocks that change the number of steps, by how: the first that trims the ends, the first that makes time coarser, the first
 * that does so with steps left over, and the last that repeats steps; -1 each where there is none. */
typedef struct
{
  int trims, coarsens, leaves_rest, repeats;
} TimeChanges;

static TimeChanges
find_time_changes (const NnCheck *self)
{
  TimeChanges changes = { -1, -1, -1, -1 };

  for (guint i = self->n_blocks; i-- > 0; )
    {
      const NnInferred *block = &self->passes[i].inferred;
      gint64 n_in = self->passes[i].in.rank > 0 ? self->passes[i].in.dim[0] : 0;

      if (block->upsample > 1 && changes.repeats < 0)
        changes.repeats = i;
      if (block->stride > 1)
        changes.coarsens = i;
      if (block->stride > 1 && n_in % block->stride != 0)
        changes.leaves_rest = i;
      if (block->stride == 1 && block->upsample == 1 && self->reports[i].output.rank > 0 && self->reports[i].output.dim[0] < n_in)
        changes.trims = i;
    }
  return changes;
}

static void
add_other_length (NnCheck *self,
                  gint64   wanted,
                  gint64   found)
{
  TimeChanges changes = find_time_changes (self);
  g_autoptr (GString) cause = g_string_new (NULL);
  const char *rule = changes.repeats >= 0 ? "D7" : changes.coarsens >= 0 ? "D2" : "D3";
  const char *title = changes.repeats >= 0 ? "The steps do not come back to the labels"
                      : changes.coarsens >= 0 ? "Time gets coarser than the labels" : "Steps are lost at the ends";
  int position = changes.repeats >= 0 && changes.leaves_rest >= 0 ? changes.leaves_rest
                 : changes.repeats >= 0 ? changes.repeats
                 : changes.coarsens >= 0 ? changes.coarsens : changes.trims;

  append_place (self, cause, changes.trims, "drops steps at the ends (valid padding)");
  append_place (self, cause, changes.coarsens, "makes time coarser");
  if (changes.repeats >= 0)
    append_place (self, cause, changes.leaves_rest, "has steps left over");
  append_place (self, cause, changes.repeats, "repeats steps");
  if (cause->len == 0)
    g_string_append (cause, "the blocks read the steps in another shape");
  nn_check_add_problem (self, rule, position, title,
                        "The labels have %" G_GINT64_FORMAT " steps, the network gives %" G_GINT64_FORMAT ": %s.",
                        wanted, found, cause->str);
}

static void
check_time (NnCheck *self)
{
  gint64 wanted = self->labels.n_steps, found = self->output.dim[0];
  gboolean time_is_left = nn_check_find_time_loss (self) < 0;
  g_autofree char *got = nn_shape_to_text (&self->output);

  if (self->output.rank > 2)
    nn_check_add_problem (self, "D8", self->n_blocks - 1, "There is an axis too many",
                          "The labels are one per step (%" G_GINT64_FORMAT " × 1), but the output %s still has an axis between "
                          "steps and units.", wanted, got);
  else if (wanted == 1 && self->output.rank == 2 && found > 1)
    nn_check_add_problem (self, "D1", self->n_blocks - 1, "The labels are one per window",
                          "Each window has a single label, but the network gives %" G_GINT64_FORMAT " (%s).", found, got);
  else if (wanted == 1 || found == wanted || nn_check_is_thinned (self))
    return;
  else if (!time_is_left)
    add_time_lost (self, wanted);
  else
    add_other_length (self, wanted, found);
}

/* --- units and activation --------------------------------------------------------- */

static gboolean
check_units (NnCheck *self)
{
  gint64 units = self->output.dim[self->output.rank - 1], wanted = nn_check_wanted_units (self);
  int last = self->n_blocks - 1;

  if (stands_for_steps (self) || units == wanted)
    return TRUE;
  if (self->labels.n_classes == 2)
    nn_check_add_problem (self, "D4", last, "The units do not fit the labels",
                          "The network ends with %" G_GINT64_FORMAT " units; two classes need 1 with sigmoid, or 2 with softmax.",
                          units);
  else
    nn_check_add_problem (self, "D4", last, "The units do not fit the classes",
                          "The network ends with %" G_GINT64_FORMAT " %s, but the labels have %d classes: one unit for each "
                          "is needed.",
                          units, units == 1 ? "unit" : "units", self->labels.n_classes);
  return FALSE;
}

static void
check_activation (NnCheck *self)
{
  const char *wanted = nn_check_wanted_activation (self), *found;
  int position = -1;

  found = find_activation (self, &position);
  if (found == NULL)
    {
      nn_check_add_problem (self, "D5", self->n_blocks - 1, "Activation and loss do not fit",
                            "There is no activation at the end; the output must be a probability, so %s is needed.", wanted);
      return;
    }

  if (strcmp (found, wanted) == 0)
    return;
  if (strcmp (wanted, "sigmoid") == 0 && strcmp (found, "softmax") == 0)
    nn_check_add_problem (self, "D5", position, "Activation and loss do not fit",
                          stands_for_steps (self)
                            ? "softmax makes all outputs share 1, but each step has its own yes or no: sigmoid is needed."
                            : "softmax over a single unit is always 1, so nothing could be learnt: sigmoid is needed.");
  else if (strcmp (found, "sigmoid") == 0)
    nn_check_add_problem (self, "D5", position, "Activation and loss do not fit",
                          "The %d classes exclude each other, but sigmoid gives each its own yes or no: softmax is needed.",
                          self->labels.n_classes);
  else
    nn_check_add_problem (self, "D5", position, "Activation and loss do not fit",
                          "The last activation is %s; the output must be a probability, so %s is needed.", found, wanted);
}

void
nn_check_apply_contract (NnCheck *self)
{
  gboolean known = self->labels.n_classes >= 2;
  gint64 n_steps = nn_check_is_thinned (self) ? self->output.dim[0] : known ? self->labels.n_steps : self->input.dim[0];

  self->reading = nn_check_read_output (&self->output, n_steps, known ? self->labels.n_classes : 0);
  if (!known || self->output.rank == 0)
    return;
  if (self->n_blocks == 0)
    {
      nn_check_add_problem (self, "D4", -1, "The stack is empty",
                            "No block turns %" G_GINT64_FORMAT " channels into labels yet.",
                            self->input.dim[self->input.rank - 1]);
      return;
    }
  check_time (self);
  if (check_units (self))
    check_activation (self);
}
