/* sig-columns-private.h: what a column of a table may be, by its name and its numbers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-columns.h"

G_BEGIN_DECLS

/* TRUE when the name is one of `words` (NULL-terminated), or begins with one and goes on with something that is no letter. */
gboolean sig_column_is_named (const char *name, const char *const *words);

/* Whether it is a time. `first`: it is the table's first column. */
gboolean sig_column_is_time  (const SigTableColumn *column, gboolean first, gboolean has_header);

/* Seconds that one unit of a column of time is worth. */
double   sig_column_time_unit (const SigTableColumn *column);

/* Seconds from one row of a column of time to the next, 0 where they are not regular: all lie within 5 % of their mean, or within
 * one unit of the last digit written, but for jumps ahead that come now and then. */
double   sig_column_even_step (const SigTableColumn *column);

/* The rate, as a whole number where it is one within 0.01 %. */
double   sig_column_rate_of_step (double step_s);

/* Parts the recording where its time jumps ahead: sets `segments`, and puts rows without values into the gaps, unless these are
 * too long. FALSE when there is no memory. */
gboolean sig_columns_part (SigColumns *self, guint n_channels, const SigFile *file, SigReading *reading, GError **error);

/* Where groups of channels each follow a column of time of their own, and these differ: sets `paces`, and the highest rate where
 * none is known. */
void     sig_columns_find_paces (SigColumns *self);

G_END_DECLS
