/* nn-check-private.h: what the files of the check share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-layer.h"

G_BEGIN_DECLS

/* Private to nn-check*.c. A check is made in five passes: the walk fills shapes and costs, the rules turn what is wrong into
 * problems, the look at times fills receptive fields and offsets, the notes tell what is not wrong but worth a word, the repairs
 * add to each problem the designs that remove it. The first two are a "bare" check: what the repairs use to verify a design
 * before they offer it, where it takes no more than that. */

/* What the walk found at one block. */
typedef struct
{
  NnBlock   *block;    /* a ref: the block, or a copy with its arguments brought into range */
  NnShape    in;       /* what comes in, from the block above; rank 0 where nothing is known */
  int        inputs[NN_MAX_INPUTS]; /* what it reads, in Keras' order: a position, -1 for the windows */
  guint      n_inputs;
  NnInferred inferred;
  char      *why;      /* NULL where the block can run on `in` */
} NnPass;

struct _NnCheck
{
  gatomicrefcount refs;
  NnDesign       *design;
  NnContract      labels; /* n_classes 0: none are known */
  NnShape         input;  /* the design's, or the nearest usable one */
  NnShape         output;
  NnReading       reading;
  gint64          n_params, n_macs;
  GArray         *problems; /* of NnProblem */
  guint           n_blocks;
  NnPass         *passes;
  NnBlockReport  *reports;
};

/* A check without receptive fields, offsets and repairs. */
NnCheck   *nn_check_new_bare      (const NnDesign *design, const NnContract *labels) G_GNUC_WARN_UNUSED_RESULT;

/* The passes, in order. */
void       nn_check_walk          (NnCheck *self);
void       nn_check_apply_rules   (NnCheck *self);  /* of single blocks, then of the contract */
void       nn_check_apply_contract (NnCheck *self);
void       nn_check_measure_jumps (NnCheck *self);  /* the end of the walk */
void       nn_check_look_at_times (NnCheck *self);
void       nn_check_apply_notes   (NnCheck *self);
void       nn_check_add_repairs   (NnCheck *self);

/* The value nearest to `value` that the argument allows. */
NnValue    nn_check_clamp_value   (const NnArg *arg, const NnValue *value);

/* What position `i` gives (-1: the windows); whether axis 0 of it is time. */
static inline const NnShape *
nn_check_get_shape (const NnCheck *self,
                    int            i)
{
  return i < 0 ? &self->input : &self->reports[i].output;
}

static inline gboolean
nn_check_keeps_time (const NnCheck *self,
                     int            i)
{
  return i < 0 || self->reports[i].keeps_time;
}

/* Fills the inputs of a block from what it names; the first name that cannot be read, as an index into the list; -1: all can. */
int        nn_check_find_inputs   (NnCheck *self, guint position);

/* The nearest position above, the one just above left out, that `block` before `position` can be joined with; -1: the windows. */
#define NN_CHECK_NO_PARTNER (-2)
int        nn_check_find_partner  (const NnCheck *self, guint position, const NnBlock *block);

/* What a merge would write for a position: its id, 0 for the windows (-1). And whether the block at `position` can read an id. */
gint64     nn_check_get_source_id (const NnCheck *self, int position);
gboolean   nn_check_can_read      (const NnCheck *self, guint position, gint64 id);

/* FALSE, and a problem, where the block names others that it cannot read. */
gboolean   nn_check_apply_source_rule (NnCheck *self, guint position);

/* "Block 3 (Conv1D) gives 400 × 32 and the Input gives 400 × 16" */
char      *nn_check_name_inputs   (const NnCheck *self, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a problem at `position` (-1: the design as a whole); the format gives its text. */
void       nn_check_add_note      (NnCheck *self, NnSeverity severity, const char *rule, int position, const char *title,
                                   const char *format, ...) G_GNUC_PRINTF (6, 7);

/* The same for an error: rule, position, title, format, … */
#define nn_check_add_problem(self, ...) nn_check_add_note (self, NN_SEVERITY_ERROR, __VA_ARGS__)

/* "block 3 (LSTM)" */
char      *nn_check_name_block    (const NnDesign *design, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* The first block after which axis 0 is no longer time; -1 where there is none. */
int        nn_check_find_time_loss (const NnCheck *self);

/* How the output is read, by its shape alone. */
NnReading  nn_check_read_output   (const NnShape *output, gint64 n_steps, int n_classes);

/* Whether the output has fewer steps than the labels because blocks drop or join neighbouring ones, so that each of its steps
 * stands for one of the window; and whether the labels are to be taken at those. */
gboolean   nn_check_can_be_thinned (const NnCheck *self);
gboolean   nn_check_is_thinned     (const NnCheck *self);

/* Units and activation that the labels ask of the last block. */
gint64     nn_check_wanted_units  (const NnCheck *self);
const char *nn_check_wanted_activation (const NnCheck *self);

/* Whether a rule is about time in the output, so that a repair must satisfy all of them. */
gboolean   nn_check_is_time_rule  (const char *rule);

guint      nn_check_count_errors  (const NnCheck *self);

/* Weights that no optimiser touches, such as moving means. */
gint64     nn_check_count_frozen  (const NnCheck *self);

static inline gboolean
nn_block_has_arg (const NnBlock *block,
                  const char    *name)
{
  return nn_kind_find_arg (nn_block_get_kind (block), name) >= 0;
}

/* The innermost of blocks that hold each other. */
static inline const NnBlock *
nn_block_get_core (const NnBlock *block)
{
  while (nn_block_get_inner (block) != NULL)
    block = nn_block_get_inner (block);
  return block;
}

/* `block` with `changed` in the place of `held`: itself, or a block that it holds at any depth. */
NnBlock *nn_block_with_held (const NnBlock *block, const NnBlock *held, const NnBlock *changed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
