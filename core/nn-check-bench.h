/* nn-check-bench.h: the work on one problem, and the one way to offer a repair for it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check-draft.h"

G_BEGIN_DECLS

/* Private to nn-check-repairs*.c. */
typedef struct
{
  const NnCheck *check;
  NnProblem     *problem;
  int            position; /* of the problem's block; -1: the design as a whole */
  gboolean       contract; /* about the output, not about what the block itself can do */
  gint64        *budget;   /* blocks that may still be checked */
} NnBench;

/* The design as it is, to be edited. */
NnDraft *nn_bench_draft (NnBench *self) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the draft; adds it to the problem's repairs where it is new, removes the problem and brings no other. The format gives
 * the sentence up to the colon. */
void nn_bench_offer (NnBench *self, NnDraft *draft, const char *format, ...) G_GNUC_PRINTF (3, 4);

void nn_bench_repair_time       (NnBench *self); /* the output has other steps than the labels */
void nn_bench_repair_values     (NnBench *self); /* arguments out of range or at odds */
void nn_bench_repair_axes       (NnBench *self); /* an axis too many or too few */
void nn_bench_repair_length     (NnBench *self); /* a kernel or pool longer than what comes in */
void nn_bench_repair_sources    (NnBench *self); /* a merge lacks a block to join with */
void nn_bench_repair_shapes     (NnBench *self); /* a merge joins shapes that do not fit */
void nn_bench_repair_units      (NnBench *self); /* units and classes differ */
void nn_bench_repair_activation (NnBench *self); /* activation and loss disagree */
void nn_bench_repair_time_across (NnBench *bench); /* steps and channels look swapped */
void nn_bench_repair_short_view (NnBench *bench); /* an output step sees less than an event */

G_END_DECLS
