/* nn-check-draft.h: a repair being made: a changed design, and the words for what was changed
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check-private.h"

G_BEGIN_DECLS

/* Private to the repairs. One owner; every edit changes `design` and adds to `changes`. Blocks are named as the
 * user sees them now: by their place in the design that is being repaired. */
typedef struct
{
  const NnCheck *check;   /* of the design to repair; borrowed */
  gint64        *budget;  /* blocks that may still be walked for all repairs together */
  NnDesign      *design;
  GString       *changes; /* "same padding in block 1 (Conv1D), without block 2 (MaxPooling1D)" */
} NnDraft;

NnDraft *nn_draft_new            (const NnCheck *check, gint64 *budget) G_GNUC_WARN_UNUSED_RESULT;
void     nn_draft_free           (NnDraft *self);

/* One edit each; `block` is consumed, `what` is what the change is called, before " in block n (…)". */
void     nn_draft_replace        (NnDraft *self, guint position, NnBlock *block, const char *what);
void     nn_draft_remove         (NnDraft *self, guint position);
void     nn_draft_insert         (NnDraft *self, guint position, NnBlock *block);

/* Argument `name` of the block, or of the one it holds: a whole number, or a choice. Nothing happens where it already is so, or
 * there is no such argument, or the choice is not among those the argument has. */
void     nn_draft_set_whole      (NnDraft *self, guint position, const char *name, gint64 value);
void     nn_draft_set_choice     (NnDraft *self, guint position, const char *name, const char *choice);

/* Edits of the whole stack, for what time needs. */
void     nn_draft_keep_time      (NnDraft *self); /* blocks that lose it return sequences, or go */
void     nn_draft_pad            (NnDraft *self, const char *choice); /* blocks that trim the ends get this padding */
void     nn_draft_undo_coarser   (NnDraft *self); /* pooling and upsampling go, strides become 1 */
void     nn_draft_pool_each_step (NnDraft *self); /* pools move one step at a time, with same padding */
void     nn_draft_stretch        (NnDraft *self, gint64 n_steps); /* an UpSampling1D before the last block */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnDraft, nn_draft_free)

G_END_DECLS
