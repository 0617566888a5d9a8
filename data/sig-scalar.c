/* sig-scalar.c: the kinds of number a recording file holds, and how each becomes a float
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-scalar.h"

#include <math.h>
#include <string.h>

gsize
sig_scalar_size (SigScalarKind kind)
{
  static const guint8 sizes[] = { 1, 1, 1, 2, 2, 3, 4, 4, 8, 8, 2, 4, 8 };

  g_return_val_if_fail ((gsize) kind < G_N_ELEMENTS (sizes), 0);
  return sizes[kind];
}

gboolean
sig_scalar_is_wide (SigScalarKind kind)
{
  return kind == SIG_SCALAR_U32 || kind == SIG_SCALAR_I32 || kind == SIG_SCALAR_U64 || kind == SIG_SCALAR_I64;
}

static inline guint64
load (const guint8 *p,
      gsize         size,
      gboolean      big_endian)
{
  guint64 v = 0;

  for (gsize i = 0; i < size; i++)
    v = v << 8 | p[big_endian ? i : size - 1 - i];
  return v;
}

/* IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
static double
half_to_double (guint16 h)
{
  int exponent = h >> 10 & 31;
  double fraction = (h & 1023) / 1024.0;
  double magnitude = exponent == 0 ? ldexp (fraction, -14)
                   : exponent == 31 ? (fraction == 0.0 ? INFINITY : NAN)
                   : ldexp (1.0 + fraction, exponent - 15);

  return h & 0x8000 ? -magnitude : magnitude;
}

static inline double
decode_one (SigScalarKind kind,
            guint64       v)
{
  float f;
  double d;
  guint32 word;

  switch (kind)
    {
    case SIG_SCALAR_BOOL:
      return v != 0;
    case SIG_SCALAR_I8:
      return (gint8) v;
    case SIG_SCALAR_I16:
      return (gint16) v;
    case SIG_SCALAR_I24:
      return (gint32) ((guint32) v << 8) >> 8;
    case SIG_SCALAR_I32:
      return (gint32) v;
    case SIG_SCALAR_I64:
      return (double) (gint64) v;
    case SIG_SCALAR_F16:
      return half_to_double ((guint16) v);
    case SIG_SCALAR_F32:
      word = (guint32) v;
      memcpy (&f, &word, sizeof f);
      return f;
    case SIG_SCALAR_F64:
      memcpy (&d, &v, sizeof d);
      return d;
    case SIG_SCALAR_U8:
    case SIG_SCALAR_U16:
    case SIG_SCALAR_U32:
    case SIG_SCALAR_U64:
      break;
    }
  return (double) v;
}

/* The commonest case of all, 16-bit PCM, without a detour through double: the product with a
 * power of two is exact either way. */
static void
decode_i16_le (const SigScalar *self,
               const guint8    *p,
               gsize            stride,
               gsize            n,
               float           *out)
{
  const float scale = (float) self->scale;

  for (gsize i = 0; i < n; i++, p += stride)
    out[i] = (float) (gint16) (guint16) (p[0] | p[1] << 8) * scale;
}

static void
decode_i24_le (const SigScalar *self,
               const guint8    *p,
               gsize            stride,
               gsize            n,
               float           *out)
{
  const float scale = (float) self->scale;

  for (gsize i = 0; i < n; i++, p += stride)
    out[i] = (float) ((gint32) ((guint32) p[0] << 8 | (guint32) p[1] << 16 | (guint32) p[2] << 24) >> 8) * scale;
}

static void
decode_f32_le (const guint8 *p,
               gsize         stride,
               gsize         n,
               float        *out)
{
  for (gsize i = 0; i < n; i++, p += stride)
    {
      guint32 word = (guint32) p[0] | (guint32) p[1] << 8 | (guint32) p[2] << 16 | (guint32) p[3] << 24;

      memcpy (&out[i], &word, sizeof word);
    }
}

void
sig_scalar_decode (const SigScalar *self,
                   const guint8    *bytes,
                   gsize            stride,
                   gsize            n,
                   float           *out)
{
  gsize size = sig_scalar_size (self->kind);
  gboolean plain = !self->big_endian && self->bias == 0.0;

  if (plain && self->kind == SIG_SCALAR_I16)
    decode_i16_le (self, bytes, stride, n, out);
  else if (plain && self->kind == SIG_SCALAR_I24)
    decode_i24_le (self, bytes, stride, n, out);
  else if (plain && self->kind == SIG_SCALAR_F32 && self->scale == 1.0)
    decode_f32_le (bytes, stride, n, out);
  else
    for (gsize i = 0; i < n; i++)
      out[i]
          = (float) ((decode_one (self->kind, load (bytes + i * stride, size, self->big_endian)) + self->bias)
                    * self->scale);
}

double
sig_scalar_decode_double (const SigScalar *self,
                          const guint8    *bytes)
{
  guint64 bits = load (bytes, sig_scalar_size (self->kind), self->big_endian);

  return (decode_one (self->kind, bits) + self->bias) * self->scale;
}
