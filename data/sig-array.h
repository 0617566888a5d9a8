/* sig-array.h: the numbers of an NPY file as they stand there, and back
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

#include "sig-error.h"

G_BEGIN_DECLS

#define SIG_ARRAY_MAX_RANK 32

/* For windows and targets that someone else has cut: nothing is taken for time, channels or classes. One owner, who may change
 * the values. */
typedef struct
{
  guint   rank;
  gint64  shape[SIG_ARRAY_MAX_RANK];
  gint64  n_items; /* the product of the extents, at least 1 */
  float  *values;  /* row-major */
} SigArray;

/* Reads the whole file; numbers of every type become float32, as NumPy's astype() makes them. SigError. */
SigArray *sig_array_open    (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void      sig_array_free    (SigArray *self);

/* Whether a file begins as an NPY does; FALSE for all that cannot be read. */
gboolean  sig_array_is      (const char *path);

/* The shape as NumPy writes it: "(146, 400, 14)" (transfer full). */
char     *sig_array_dup_shape (const SigArray *self) G_GNUC_WARN_UNUSED_RESULT;

/* The header of an NPY of little-endian float32 (transfer full): its values follow it. */
GBytes   *sig_array_make_header (const gint64 *shape, guint rank) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigArray, sig_array_free)

G_END_DECLS
