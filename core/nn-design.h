/* nn-design.h: the immutable description of a network: an input shape and an ordered list of blocks
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-kind.h"

G_BEGIN_DECLS

/* A design and its blocks are immutable and atomically ref-counted: share them
 * between threads freely; every edit returns a new design (transfer full) that shares
 * the untouched blocks. Undo is keeping the old one. A design may be wrong: that is
 * what nn_check_new() is for. */

/* --- one block ------------------------------------------------------------------ */

/* A new block with the kind's fallback arguments. A kind that wraps gets a Dense inside, or the first kind it accepts. */
NnBlock        *nn_block_new          (const NnKind *kind) G_GNUC_WARN_UNUSED_RESULT;
NnBlock        *nn_block_ref          (const NnBlock *self);
void            nn_block_unref        (NnBlock *self);

NnBlockId       nn_block_get_id       (const NnBlock *self); /* 0 outside a design */
const NnKind   *nn_block_get_kind     (const NnBlock *self);
const NnValue  *nn_block_get_arg      (const NnBlock *self, guint i);
const NnBlock  *nn_block_get_inner    (const NnBlock *self); /* (nullable): what a block that wraps holds */
const NnValue  *nn_block_get_sources  (const NnBlock *self); /* (nullable): ids of the earlier blocks that a merge reads too */

/* By name; programmer error where the kind has no such argument. */
gint64          nn_block_get_whole    (const NnBlock *self, const char *name);
double          nn_block_get_real     (const NnBlock *self, const char *name);
const char     *nn_block_get_choice   (const NnBlock *self, const char *name);

/* Copies with one thing changed (transfer full). The value need not be in range: the check says so. */
NnBlock        *nn_block_with_arg     (const NnBlock *self, guint i, const NnValue *value) G_GNUC_WARN_UNUSED_RESULT;
NnBlock        *nn_block_with_whole   (const NnBlock *self, const char *name, gint64 value) G_GNUC_WARN_UNUSED_RESULT;
NnBlock        *nn_block_with_choice  (const NnBlock *self, const char *name, const char *choice) G_GNUC_WARN_UNUSED_RESULT;
NnBlock        *nn_block_with_inner   (const NnBlock *self, const NnBlock *inner) G_GNUC_WARN_UNUSED_RESULT;

/* Kind, arguments, inner; not the id. Earlier blocks that are named are compared by their ids. */
gboolean        nn_block_equal        (const NnBlock *a, const NnBlock *b);

/* "Conv1D 32, kernel 8, same, relu": the kind and the arguments that matter most; without the earlier blocks that it names. */
char           *nn_block_to_text      (const NnBlock *self) G_GNUC_WARN_UNUSED_RESULT;

/* --- the design ----------------------------------------------------------------- */

/* An empty stack on windows of `input`: (steps, channels) of a recording; arrays may have 1 to NN_MAX_RANK axes. */
NnDesign       *nn_design_new         (const NnShape *input) G_GNUC_WARN_UNUSED_RESULT;
NnDesign       *nn_design_ref         (const NnDesign *self);
void            nn_design_unref       (NnDesign *self);

const NnShape  *nn_design_get_input   (const NnDesign *self);
const char     *nn_design_get_name    (const NnDesign *self); /* never NULL; "" when it has none */
guint           nn_design_get_n_blocks (const NnDesign *self);
const NnBlock  *nn_design_get_block   (const NnDesign *self, guint position);
int             nn_design_find_block  (const NnDesign *self, NnBlockId id); /* its position, -1 if absent */

/* Input and blocks; not ids, not name. Earlier blocks that are named are compared by their places. */
gboolean        nn_design_equal       (const NnDesign *a, const NnDesign *b);

/* Where a block that a merge names stands: 0 is the Input (id 0), n the n-th block; -1: no such block is here any longer. */
int             nn_design_find_source (const NnDesign *self, gint64 id);

/* The same in words: "the Input", "block 2 (Conv1D)", "a block that is gone". */
char           *nn_design_name_source (const NnDesign *self, gint64 id) G_GNUC_WARN_UNUSED_RESULT;

/* nn_block_to_text() of the block at `position`, with the earlier blocks that it names: "Add with block 2 (Conv1D)". */
char           *nn_design_block_to_text (const NnDesign *self, guint position) G_GNUC_WARN_UNUSED_RESULT;

NnDesign       *nn_design_with_input  (const NnDesign *self, const NnShape *input) G_GNUC_WARN_UNUSED_RESULT;
NnDesign       *nn_design_with_name   (const NnDesign *self, const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Inserts `block` before `position` (0 .. n_blocks); it gets a new id, stored in `*id` (nullable). Ids are counted from 1: in a
 * design that was only ever added to at its end, the n-th block has id n. Edits leave the ids that merges name as they are,
 * wherever those blocks go; the check says where one cannot be read. NULL with NN_ERROR_RANGE where the design would exceed
 * NN_MAX_BLOCKS. */
NnDesign       *nn_design_with_block  (const NnDesign *self, guint position, const NnBlock *block, NnBlockId *id,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
NnDesign       *nn_design_with_replaced (const NnDesign *self, guint position,
                                         const NnBlock *block) G_GNUC_WARN_UNUSED_RESULT; /* keeps the id */
NnDesign       *nn_design_without_block (const NnDesign *self, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the block at `from` to the gap before the block now at `gap` (0 .. n_blocks). */
NnDesign       *nn_design_with_moved  (const NnDesign *self, guint from, guint gap) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnBlock, nn_block_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDesign, nn_design_unref)

G_END_DECLS
