/* cli-problems.h: what is wrong with a design, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "sig.h"

G_BEGIN_DECLS

/* A paragraph for each problem with a line for each repair; "" where nothing is wrong. */
char *cli_problems_to_text (const NnCheck *check) G_GNUC_WARN_UNUSED_RESULT;

/* The same of classes that training on windows of `length` steps would not see, as what it holds back by default has all of them;
 * "" where there are none. SIG_ERROR_MISMATCH where nothing can be held back. */
char *cli_problems_of_split (const SigRecording *recording, const SigLabels *labels, gint64 length, GError **error)
                             G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
