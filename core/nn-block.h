/* nn-block.h: what the design may do with a block and others may not
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* Private to nn-block.c and nn-design.c. */

/* A copy of `self` with that id (transfer full). */
NnBlock *nn_block_copy_with_id (const NnBlock *self, NnBlockId id) G_GNUC_WARN_UNUSED_RESULT;

/* As nn_block_equal() and nn_block_to_text(), but the blocks that a merge names are those of its design. */
gboolean nn_block_equal_in     (const NnBlock *a, const NnDesign *design_a, const NnBlock *b, const NnDesign *design_b);
char    *nn_block_to_text_in   (const NnBlock *self, const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
