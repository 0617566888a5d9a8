/* nn-layer.h: one row of the layer table: everything the core knows about one kind of block
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"
#include "nn-shape.h"

G_BEGIN_DECLS

/* Private to the core. A row is static data; core_layers in meson.build is the only list of rows, and nn-layer-*.c are the
 * only files that know a kind by name. Adding a layer is one row in one file and one line in that list: see README.md. */

typedef struct _NnLayer    NnLayer;
typedef struct _NnLayerOps NnLayerOps; /* the compute half: nn-ops.h */

/* Why a block cannot run on an input, for the rules of the check. */
typedef enum
{
  NN_REFUSAL_ARGS,   /* its arguments do not fit each other or the input */
  NN_REFUSAL_RANK,   /* it needs another number of axes: NnInferred.needs_rank */
  NN_REFUSAL_LENGTH, /* its kernel is longer than the axis */
  NN_REFUSAL_SIZE,   /* its output would be too large */
  NN_REFUSAL_SOURCE, /* a block that it names is not above it, or it names none */
  NN_REFUSAL_SHAPES, /* what it joins does not fit together */
} NnRefusal;

/* What a row says of a block on a given input. */
typedef struct
{
  NnShape  output;      /* where infer says FALSE: the shape to assume below, or rank 0 */
  gboolean keeps_time;  /* axis 0 of the output is time, if axis 0 of the input was */
  gint64   n_macs;      /* multiply-adds of one window, forward */

  /* How one output step depends on input steps, along time: output t sees the input steps
   * t · stride / upsample - before … + (kernel - 1) · dilation. All 1 (before 0) for blocks that work step by step. */
  gint64   kernel, stride, dilation, upsample, before;
  gboolean sees_all;    /* recurrent, or time is mixed in other ways: sees the whole window */

  NnRefusal refusal;    /* where infer says FALSE */
  int       needs_rank;
} NnInferred;

/* Keras' initialisers: the indices of nn_initializer_choices. */
typedef enum
{
  NN_INIT_ZEROS,
  NN_INIT_ONES,
  NN_INIT_GLOROT_UNIFORM,
  NN_INIT_GLOROT_NORMAL,
  NN_INIT_HE_UNIFORM,
  NN_INIT_HE_NORMAL,
  NN_INIT_LECUN_UNIFORM,
  NN_INIT_LECUN_NORMAL,
  NN_INIT_ORTHOGONAL,
} NnInit;

#define NN_MAX_TENSORS  16
#define NN_MAX_ELEMENTS (G_GINT64_CONSTANT (1) << 40) /* in the output of one block for one window */

/* One weight tensor of a block, in Keras' order and with Keras' name and shape. */
typedef struct
{
  const char *name;    /* "kernel", "recurrent_kernel", "bias" */
  NnShape     shape;
  NnInit      init;
  gboolean    unit_forget; /* of four equal parts the second begins at 1, whatever `init` says */
  gboolean    frozen;      /* no optimiser touches it: the block does not learn, or this in other ways, as moving means */
  double      l1, l2;      /* the loss grows by l1 Σ|w| + l2 Σw², as Keras' regularisers say */
} NnTensor;

struct _NnLayer
{
  NnKind kind; /* must be first: an NnKind of the table is an NnLayer */
  gboolean spreads; /* of probabilities it makes numbers that are none, such as sums: an activation above it does not count as
                     * the last */

  /* Called through nn_layer_infer(). Arguments are already in range; `out` starts as a block that works step by step. TRUE with
   * everything in `out` filled; FALSE with a sentence in `*why` (transfer full) that says with the numbers why the block cannot
   * run on `in`, and out->output what may be assumed below. */
  gboolean (*infer)   (const NnBlock *block, const NnShape *in, NnInferred *out, char **why);

  /* The same for a merge, which has this instead: the shapes of the block above and of those it names, in Keras' order; at least
   * two. Called through nn_layer_infer_merge(). */
  gboolean (*infer_merge) (const NnBlock *block, const NnShape *ins, guint n_ins, NnInferred *out, char **why);

  /* Called through nn_layer_list_tensors(). NULL: none. */
  guint    (*tensors) (const NnBlock *block, const NnShape *in, NnTensor *tensors);

  const NnLayerOps *ops;
  gconstpointer     variant; /* (nullable): for kinds that share these functions, what tells them apart; theirs to read */
};

/* Rows in palette order; NULL past the end. */
const NnLayer *nn_layer_nth (guint i);

/* Asks the block's row; besides what the row refuses, an output of more than NN_MAX_ELEMENTS numbers is refused. */
gboolean nn_layer_infer        (const NnBlock *block, const NnShape *in, NnInferred *out, char **why);

/* The same for a block of any kind; one that is no merge looks at the first shape. */
gboolean nn_layer_infer_merge  (const NnBlock *block, const NnShape *ins, guint n_ins, NnInferred *out, char **why);

/* Lists the weights of a block that can run on `in`; returns how many (0 to NN_MAX_TENSORS). */
guint    nn_layer_list_tensors (const NnBlock *block, const NnShape *in, NnTensor *tensors);

static inline const NnLayer *
nn_layer_of (const NnBlock *block)
{
  return (const NnLayer *) nn_block_get_kind (block);
}

G_END_DECLS
