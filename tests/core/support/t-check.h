/* t-check.h: what a check says, for the core's tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"

G_BEGIN_DECLS

/* The first problem of that rule; NULL where there is none. */
const NnProblem *t_find_problem (const NnCheck *check, const char *rule);

/* Whether one of the problem's repairs leads to that very design. */
gboolean         t_offers       (const NnProblem *problem, const NnDesign *design);

G_END_DECLS
