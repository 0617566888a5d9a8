/* nn-keras-graph.h: the graph of a Functional model of Keras as a stack whose merges name earlier blocks, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-keras-private.h"

G_BEGIN_DECLS

/* Private to nn-keras*.c. */

#define NN_KERAS_INPUT (-1) /* a source: what comes into the model */

/* One layer's place in the stack. */
typedef struct
{
  guint layer;                     /* its index among the file's */
  guint n_sources;                 /* 1 for all but merges */
  int   sources[NN_MAX_INPUTS];    /* places in the stack, in the order in which Keras hands them over; NN_KERAS_INPUT */
} NnKerasPlace;

/* Orders the layers of a Functional model's config so that each takes what the one before it gives, and only merges reach further
 * up (transfer full): an array of NnKerasPlace, without the InputLayer, whose index is stored in `*input`. NULL with
 * NN_ERROR_SYNTAX or NN_ERROR_UNKNOWN and the name of the layer that stands in the way. */
GArray  *nn_keras_graph_order (json_t *config, const NnKerasLayer *layers, guint n, guint *input,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The block with what its sources ask for (transfer full): a merge gets the ids of those that are not the block above. `place` is
 * the block's in the stack. NULL where it is no merge but has several sources, or the other way round. */
NnBlock *nn_keras_graph_join  (const NnBlock *block, const NnKerasLayer *layer, const NnKerasPlace *found, guint place,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a design needs a Functional model. */
gboolean nn_keras_graph_has_merges (const NnDesign *design);

/* Adds "name" and "inbound_nodes" to the layer object of the block at `position`; groups[i] is the name of block i. */
void     nn_keras_graph_link  (json_t *layer, const NnCheck *check, guint position, char **groups);

G_END_DECLS
