/* cli-problems.h: what is wrong with a design or a training, in words for a terminal
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

G_BEGIN_DECLS

/* An empty line and a paragraph for each problem, with a line for each repair, which names the option of train that sets it
 * where it is a setting; "" where nothing is wrong. */
char *cli_problems_to_text      (const NnCheck *check) G_GNUC_WARN_UNUSED_RESULT;

/* The same of an array (nullable) of NnProblem. */
char *cli_problems_list_to_text (const GArray *problems) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
