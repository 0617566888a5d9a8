/* sig-bytes.h: a bounds-checked cursor over bytes that came from a file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The only way readers take numbers out of a header. A plain value that borrows `data`; every
 * function returns FALSE and moves nothing when the bytes end too early. */
typedef struct
{
  const guint8 *data;
  gsize         size;
  gsize         at;
  gboolean      big_endian;
} SigBytes;

/* Bytes that are left. */
gsize    sig_bytes_left     (const SigBytes *self);

gboolean sig_bytes_skip     (SigBytes *self, gsize n);
gboolean sig_bytes_get_u8   (SigBytes *self, guint8 *out);
gboolean sig_bytes_get_u16  (SigBytes *self, guint16 *out);
gboolean sig_bytes_get_u32  (SigBytes *self, guint32 *out);
gboolean sig_bytes_get_u64  (SigBytes *self, guint64 *out);
gboolean sig_bytes_get_f64  (SigBytes *self, double *out);

/* Copies `n` bytes as they stand. */
gboolean sig_bytes_copy     (SigBytes *self, gsize n, guint8 *out);

/* TRUE, and moves past them, when the next bytes are those of `text`. */
gboolean sig_bytes_match    (SigBytes *self, const char *text);

G_END_DECLS
