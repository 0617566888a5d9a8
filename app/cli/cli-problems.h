/* cli-problems.h: what is wrong with a design, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

G_BEGIN_DECLS

/* A paragraph for each problem with a line for each repair; "" where nothing is wrong. */
char *cli_problems_to_text (const NnCheck *check) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
