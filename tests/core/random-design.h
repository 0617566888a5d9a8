/* random-design.h: designs drawn at random, sound ones and broken ones
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"

G_BEGIN_DECLS

/* Draws up to `most_blocks` blocks of any kind. Arguments are small; where `wild`, some are far out of range. */
NnDesign *random_design (GRand *rand, guint most_blocks, gboolean wild) G_GNUC_WARN_UNUSED_RESULT;

/* A block of any kind to put at the end of a design; its arguments are in range, but it need not fit. */
NnBlock  *random_block  (GRand *rand, const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a plain block of that kind at the end; consumes `design`. */
NnDesign *append_kind   (NnDesign *design, const char *kind) G_GNUC_WARN_UNUSED_RESULT;

/* The design with one argument of the block at `position` changed; consumes `design`. */
NnDesign *change_whole  (NnDesign *design, guint position, const char *name, gint64 value) G_GNUC_WARN_UNUSED_RESULT;
NnDesign *change_choice (NnDesign *design, guint position, const char *name, const char *choice) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
