/* sig-scalar.h: the kinds of number a recording file holds, and how each becomes a float
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SIG_SCALAR_BOOL, /* one byte; anything but 0 is 1 */
  SIG_SCALAR_U8,
  SIG_SCALAR_I8,
  SIG_SCALAR_U16,
  SIG_SCALAR_I16,
  SIG_SCALAR_I24,
  SIG_SCALAR_U32,
  SIG_SCALAR_I32,
  SIG_SCALAR_U64,
  SIG_SCALAR_I64,
  SIG_SCALAR_F16,
  SIG_SCALAR_F32,
  SIG_SCALAR_F64,
} SigScalarKind;

/* A number as stored: its value for us is (stored + bias) · scale. */
typedef struct
{
  SigScalarKind kind;
  gboolean      big_endian;
  double        scale;
  double        bias;
} SigScalar;

/* Bytes of one number: 1, 2, 3, 4 or 8. */
gsize    sig_scalar_size     (SigScalarKind kind);

/* TRUE for kinds that hold whole numbers a float cannot always tell apart (beyond 2^24). */
gboolean sig_scalar_is_wide  (SigScalarKind kind);

/* Decodes `n` numbers that lie `stride` bytes apart from `bytes`; the caller owns
 * (n - 1) · stride + size bytes there. */
void     sig_scalar_decode   (const SigScalar *self, const guint8 *bytes, gsize stride, gsize n, float *out);

/* One number, without the loss of a float: a Unix time needs more than its 24 bits. */
double   sig_scalar_decode_double (const SigScalar *self, const guint8 *bytes);

G_END_DECLS
