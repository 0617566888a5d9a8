/* wb-text.h: numbers, counts and shapes in words, the same in every widget
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-shape.h"

G_BEGIN_DECLS

/* "12,481": groups of three whatever the locale. */
char       *wb_text_count    (gint64 n) G_GNUC_WARN_UNUSED_RESULT;

/* "0.25", "-3.5", "12,000", "2e-5", "3.4e9": so many figures at most, but a whole number below 10⁹ with all of its own. For what
 * may be of any size, such as samples; "no value" where it is not finite. */
char       *wb_text_value    (double value, int figures) G_GNUC_WARN_UNUSED_RESULT;

/* "12,481 parameters", "1 parameter", "no parameters". */
char       *wb_text_params   (gint64 n) G_GNUC_WARN_UNUSED_RESULT;

/* "640", "5.1 million", "2.4 billion": two figures are enough to compare costs. */
char       *wb_text_rough    (gint64 n) G_GNUC_WARN_UNUSED_RESULT;

/* "400 × 1, 12,481 parameters": what a design comes to. */
char       *wb_text_outcome  (const NnCheck *check) G_GNUC_WARN_UNUSED_RESULT;

/* "Labels: 400 × 1, 2 classes"; "Labels: none yet" for NULL or no classes. */
char       *wb_text_contract (const NnContract *labels) G_GNUC_WARN_UNUSED_RESULT;

/* What the text of a design's block says after its kind's name: "32, kernel 8, same, relu", "with block 2 (Conv1D)"; "" when
 * there is nothing more. */
char       *wb_text_block_args (const NnDesign *design, guint position) G_GNUC_WARN_UNUSED_RESULT;

/* The icon of a kind: "lamina-conv1d-symbolic". */
char       *wb_text_kind_icon (const NnKind *kind) G_GNUC_WARN_UNUSED_RESULT;

/* The name of a kind, with a place to break it invisibly between its words: "Global|Max|Pooling1D". */
char       *wb_text_kind_name (const NnKind *kind) G_GNUC_WARN_UNUSED_RESULT;

/* Static: "Error", "Warning", "Note". */
const char *wb_text_severity_word (NnSeverity severity);

/* (nullable): the gravest problem of that block (0: of the design as a whole) that is at least `least` grave; the
 * first of equals. */
const NnProblem *wb_text_gravest (const NnCheck *check, NnBlockId block, NnSeverity least);

G_END_DECLS
