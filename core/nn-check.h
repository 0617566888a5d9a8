/* nn-check.h: what a design gives: a shape, a cost and a receptive field for every block, and worded problems with repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"
#include "nn-problem.h"

G_BEGIN_DECLS

/* What the labels ask of a network. A plain value. n_classes 0: no labels are there yet. */
typedef struct
{
  gint64 n_steps;   /* labels in one window; 1 where a window has a single label */
  int    n_classes; /* >= 2 where labels are there */
  gint64 event_steps; /* half of the labelled events last as long or longer; 0: not known */
  gboolean fitted;  /* where the network gives fewer steps, labels are taken at those steps alone: see nn_check_get_places() */
} NnContract;

/* How the last block's output is read against the labels. */
typedef enum
{
  NN_READING_NONE,       /* it cannot be */
  NN_READING_BINARY,     /* (T, 1), or (T) where T outputs stand for T steps: probability of class 1 */
  NN_READING_CLASSES,    /* (T, K), or (K) where a window has a single label: one probability per class */
} NnReading;

/* What one block does. */
typedef struct
{
  NnShape  output;       /* rank 0 where nothing could be said */
  gboolean broken;       /* the block cannot run on what comes in */
  gboolean assumed;      /* output is a guess that lets the blocks below be checked */
  gboolean keeps_time;   /* axis 0 of the output still is time */
  gint64   n_params;
  gint64   n_macs;       /* multiply-adds of one window, forward */
  gint64   receptive;    /* input steps one output step can see; the whole window after a recurrent block */
  double   offset;       /* input step at the centre of output step 0's receptive field (feed-forward part) */
  gint64   jump;         /* input steps between neighbouring output steps, rounded; 0 where time is lost */
} NnBlockReport;

/* The result of a check. Immutable and atomically ref-counted. */

/* Checks `design` against `labels` (nullable: no labels known). Pure, under 1 ms for
 * any design, never fails: whatever is wrong is in the problems. */
NnCheck             *nn_check_new             (const NnDesign *design, const NnContract *labels) G_GNUC_WARN_UNUSED_RESULT;
NnCheck             *nn_check_ref             (const NnCheck *self);
void                 nn_check_unref           (NnCheck *self);

const NnDesign      *nn_check_get_design      (const NnCheck *self);
const NnBlockReport *nn_check_get_block       (const NnCheck *self, guint position);
const NnShape       *nn_check_get_output      (const NnCheck *self); /* of the last block; the input's for an empty stack */
NnReading            nn_check_get_reading     (const NnCheck *self);

/* The steps of a window whose labels the output is held against: all of them, or where the contract is fitted and time is
 * thinned or cropped, the steps in the middle of what each step of the output sees. */
NnPlaces             nn_check_get_places      (const NnCheck *self);
gint64               nn_check_get_n_params    (const NnCheck *self); /* in total */
gint64               nn_check_get_n_macs      (const NnCheck *self);

/* What the block at `position` reads, in Keras' order: `inputs` gets up to NN_MAX_INPUTS positions, -1 for the windows. That is
 * the block above, and for a merge those that it names too, as far as they are above it. Returns how many. */
guint                nn_check_get_inputs      (const NnCheck *self, guint position, int *inputs);

/* A new block of `kind` for the gap before `position` (0 .. n_blocks), with its fallbacks. A merge gets the nearest block above
 * that the one just above the gap can be joined with: of the same shape, or for Concatenate one that fits; none where there is
 * none. */
NnBlock             *nn_check_new_block       (const NnCheck *self, guint position, const NnKind *kind) G_GNUC_WARN_UNUSED_RESULT;

/* Bytes that training takes beyond the data: weights, moments, gradients, activations and
 * workspace for mini-batches of `batch_size`; G_MAXINT64 where the sum does not fit, 0 where the design cannot be run. */
gint64               nn_check_get_plan_bytes  (const NnCheck *self, int batch_size);

guint                nn_check_get_n_problems  (const NnCheck *self);
const NnProblem     *nn_check_get_problem     (const NnCheck *self, guint i);

/* Whether the design can be run / can be trained on those labels (no problem of severity ERROR). */
gboolean             nn_check_is_runnable     (const NnCheck *self);
gboolean             nn_check_is_trainable    (const NnCheck *self);

/* The first problem of the gravest severity, as one line for a status bar; NULL when there is none. */
char                *nn_check_dup_headline    (const NnCheck *self) G_GNUC_WARN_UNUSED_RESULT;

/* A Keras-like table: "Layer (type)", "Output Shape", "Param #", with the totals under it. */
char                *nn_check_to_summary      (const NnCheck *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnCheck, nn_check_unref)

G_END_DECLS
