/* mutate.h: damage at random to the bytes of a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Flips a bit, cuts, repeats, takes out, or writes a number that breaks sums, most often near the beginning. */
void   mutate          (GRand *rand, GByteArray *bytes);

/* How long one input may take: a second, times what LAMINA_SLOW says, of the thread's own time: others may want the processor. */
gint64 mutate_limit_us (void);
gint64 mutate_clock_us (void);

G_END_DECLS
