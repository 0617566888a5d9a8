/* nn-recurrent.h: what LSTM, GRU and SimpleRNN share: arguments, shapes, weights, masks and the walk along the steps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-layer-args.h"
#include "nn-ops.h"

G_BEGIN_DECLS

/* Private to the rows. A kind says what one step does, as an NnCell; the walk calls it step by step.
 *
 * A unit has `gates` columns in Keras' kernels, and `slots` numbers in a row of gates: the sums by the inputs go into the slots
 * from 0 on, those by the units' last outputs into the slots from `unit_slot` on. Where they meet they add up. Units come in
 * blocks, see NnKRecurrent: a row of gates is [blocks][slots][width], and so are the columns of the weights,
 * [blocks][gates][width], packed in panels with inputs + units rows each. */

/* --- arguments ------------------------------------------------------------------------ */

#define NN_RECURRENT_ACTIVATION_ROW(help) \
  { "activation", "Activation", help, NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_TANH), 0, 0, nn_activation_choices, .quiet = TRUE }

#define NN_RECURRENT_GATES_ROW \
  { "recurrent_activation", "Recurrent activation", "What is done to the gates.", \
    NN_ARG_CHOICE, NN_WHOLE (NN_ACTIVATION_SIGMOID), 0, 0, nn_activation_choices, .quiet = TRUE }

#define NN_RECURRENT_SEQUENCES_ROW \
  { "return_sequences", "Return sequences", "Give the state at every step; else only the last one, and time is lost.", \
    NN_ARG_BOOL, NN_WHOLE (0), 0, 1 }

/* How it walks, what it forgets, and all about its weights: the last rows of each kind. */
#define NN_RECURRENT_COMMON_ROWS \
  { "go_backwards", "Go backwards", "Walk from the last step to the first, and answer in that order.", \
    NN_ARG_BOOL, NN_WHOLE (0), 0, 1, .quiet = TRUE, .advanced = TRUE }, \
  { "dropout", "Dropout", "The share of the inputs that is set to 0 while training: the same ones at each step.", \
    NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 0.99, .quiet = TRUE, .advanced = TRUE }, \
  { "recurrent_dropout", "Recurrent dropout", \
    "The share of its own last outputs that is set to 0 while training: the same ones at each step.", \
    NN_ARG_REAL, { 1, { 0 }, 0.0 }, 0, 0.99, .quiet = TRUE, .advanced = TRUE }, \
  NN_ARG_INITIALIZER_ROW ("kernel", "Kernel", NN_INIT_GLOROT_UNIFORM), \
  NN_ARG_INITIALIZER_ROW ("recurrent", "Recurrent", NN_INIT_ORTHOGONAL), \
  NN_ARG_BIAS_INITIALIZER_ROW ("bias", "Bias"), \
  NN_ARG_L1_ROW ("kernel", "Kernel"), \
  NN_ARG_L2_ROW ("kernel", "Kernel"), \
  NN_ARG_L1_ROW ("recurrent", "Recurrent"), \
  NN_ARG_L2_ROW ("recurrent", "Recurrent"), \
  NN_ARG_L1_ROW ("bias", "Bias"), \
  NN_ARG_L2_ROW ("bias", "Bias"), \
  NN_ARG_TRAINABLE_ROW

#define NN_MAX_GATES 4

/* --- one step --------------------------------------------------------------------------- */

typedef struct _NnRecurrent NnRecurrent;
typedef struct _NnStep      NnStep;

typedef struct
{
  guint gates, slots, unit_slot;
  guint input_turn; /* Keras' gate g is the input weights' gate (g + input_turn) % gates */
  guint n_states;   /* numbers that a unit keeps of each step beside its row of gates */
  guint n_slopes;   /* and slopes, where an activation does not tell them by its value */

  /* One step forward, and back through its gates: dz is filled, `carry` is taken a step on, and `dh`, which comes as the loss's
   * slope by this step's output that later steps give, goes as that by the output before. */
  void (*step)      (const NnRecurrent *self, const NnStep *step);
  void (*step_back) (const NnRecurrent *self, const NnStep *step);
} NnCell;

/* A block made concrete; the op's detail. */
struct _NnRecurrent
{
  const NnCell *cell;
  gint64        steps, inputs, units, full; /* full: units, filled up */
  NnKActivation activation, recurrent;
  gboolean      use_bias, two_biases;
  gboolean      reset_after; /* FALSE only for a GRU that resets before the product */
  gboolean      sequences;
  gboolean      from_end;    /* walks from the last step to the first */
  gboolean      in_order;    /* its outputs lie in the inputs' order, whichever way it walks */
  double        dropout, recurrent_dropout;
  guint         n_masks;     /* of the inputs, and of the units: 1, or one for each gate */
  gboolean      bends_units; /* an activation bends all units together */
  gboolean      keeps_slopes;
  gint64        bias_at;     /* by the inputs; with a unit_slot another by the units, n_bias on, which stays 0 without
                              * two_biases */
  gint64        n_bias;
  NnKTap        gate_taps[NN_MAX_GATES]; /* where the gates begin in a block of both */
  NnKTap        taps[];      /* where the blocks begin in a row of gates and in transposed weights */
};

/* What a cell sees of one step. */
struct _NnStep
{
  const NnCall *call;
  const float  *h_before;  /* (nullable): [rows][units]; NULL at the first step, as the next two */
  const float  *h_in;      /* h_before, masked where that is asked for */
  gint64        h_apart;   /* from one gate's h_in to the next one's; 0: one for all gates */
  const float  *states_before;
  float        *h;         /* forward only */
  float        *gates;     /* forward: comes with the inputs' sums, and their bias */
  float        *states;    /* [n_states][rows][full] */
  float        *slopes;    /* (nullable): n_slopes · rows · full of them */
  float        *reset;     /* [rows][units], only without reset_after: what the reset gate leaves of h_in */

  /* Backward only. */
  float        *dz;
  float        *carry;     /* [rows][full]; 0 after the last step */
  const float  *dy;        /* (nullable): [rows][units], the slope by h from outside */
  float        *dh;        /* [rows][units]; 0 after the last step */
  float        *by_reset;  /* [rows][units], only without reset_after */
  const float  *masks;     /* (nullable): [n_masks][rows][units], of h_before */
  float        *spare;     /* [rows][units], only with masks */

  float        *row[2];    /* [units] each, only where an activation bends all units together */
};

/* Puts the bias and what h_in, where there is one, gives through the units' gates `first` … `first` + `n` - 1 into their slots;
 * `add`: adds it. */
void     nn_recurrent_push     (const NnRecurrent *self, const NnStep *step, const float *h_in, gint64 h_apart, guint first,
                                guint n, gboolean add);

/* to [rows][units] = (add: to) + what the step's dz, in the units' gates `first` … `first` + `n` - 1, gives back to h_before. */
void     nn_recurrent_pull     (const NnRecurrent *self, const NnStep *step, float *to, guint first, guint n, gboolean add);

/* The sizes for the kernels, which take an activation that bends all units together as linear. */
NnKRecurrent nn_recurrent_size (const NnRecurrent *self, const NnStep *step);

/* Whether a kind is one of these. */
gboolean nn_recurrent_is_kind  (const NnKind *kind);

/* --- activations over all units ------------------------------------------------------------ */

/* Softmax and log_softmax, which no kernel of a step can do unit by unit: a cell calls these before and after its kernel. */
gboolean nn_recurrent_bends_units    (NnKActivation activation);

/* Bends one slot of the step's gates, where the sums are, in place; back, dz's slot goes from the slope by what was bent to that
 * by the sums. Both do nothing for an activation that bends each number by itself. */
void     nn_recurrent_bend_slot      (const NnRecurrent *self, const NnStep *step, guint slot, NnKActivation activation);
void     nn_recurrent_bend_slot_back (const NnRecurrent *self, const NnStep *step, guint slot, NnKActivation activation);

/* Where the number of a unit is, in row r of gates. */
gint64   nn_recurrent_find           (const NnRecurrent *self, gint64 r, guint slot, gint64 unit);

/* Row r of one slot of gates, or of what is laid out as they are, to row [units]. */
void     nn_recurrent_gather         (const NnRecurrent *self, float *row, const float *gates, gint64 r, guint slot);

/* --- the row's functions ------------------------------------------------------------------ */

/* All that a row needs besides its arguments and its NnCell, which is the row's variant. */
gboolean nn_recurrent_infer    (const NnBlock *block, const NnShape *in, NnInferred *out, char **why);
guint    nn_recurrent_tensors  (const NnBlock *block, const NnShape *in, NnTensor *list);

extern const NnLayerOps nn_recurrent_ops;

G_END_DECLS
