/* test-scalar.c: every kind of stored number becomes the float that it means
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>
#include <string.h>

#include "sig-scalar.h"

/* Decodes one number from its bytes, written as one little-endian hexadecimal number. */
static float
decode (SigScalarKind kind, guint64 stored, gboolean big_endian, double scale, double bias)
{
  SigScalar scalar = { kind, big_endian, scale, bias };
  gsize size = sig_scalar_size (kind);
  guint8 bytes[8];
  float out = NAN;

  for (gsize i = 0; i < size; i++)
    bytes[big_endian ? size - 1 - i : i] = (guint8) (stored >> 8 * i);
  sig_scalar_decode (&scalar, bytes, size, 1, &out);
  return out;
}

static void
test_values (void)
{
  for (int big = 0; big < 2; big++)
    {
      g_assert_cmpfloat (decode (SIG_SCALAR_BOOL, 7, big, 1, 0), ==, 1);
      g_assert_cmpfloat (decode (SIG_SCALAR_U8, 255, big, 1.0 / 128, -128), ==, 127.0f / 128);
      g_assert_cmpfloat (decode (SIG_SCALAR_I8, 0x80, big, 1, 0), ==, -128);
      g_assert_cmpfloat (decode (SIG_SCALAR_U16, 0xFFFF, big, 1, 0), ==, 65535);
      g_assert_cmpfloat (decode (SIG_SCALAR_I16, 0x8000, big, 1.0 / 32768, 0), ==, -1);
      g_assert_cmpfloat (decode (SIG_SCALAR_I24, 0x800000, big, 1, 0), ==, -8388608);
      g_assert_cmpfloat (decode (SIG_SCALAR_I24, 0x7FFFFF, big, 1, 0), ==, 8388607);
      g_assert_cmpfloat (decode (SIG_SCALAR_U32, 0xFFFFFFFF, big, 1, 0), ==, 4294967296.0f);
      g_assert_cmpfloat (decode (SIG_SCALAR_I32, 0xFFFFFFFF, big, 1, 0), ==, -1);
      g_assert_cmpfloat (decode (SIG_SCALAR_U64, G_MAXUINT64, big, 1, 0), ==, 18446744073709551616.0f);
      g_assert_cmpfloat (decode (SIG_SCALAR_I64, G_MAXUINT64, big, 1, 0), ==, -1);
      g_assert_cmpfloat (decode (SIG_SCALAR_F32, 0x40490FDB, big, 1, 0), ==, 3.14159274f);
      g_assert_cmpfloat (decode (SIG_SCALAR_F64, G_GUINT64_CONSTANT (0x400921FB54442D18), big, 1, 0), ==, 3.14159274f);
    }
}

/* Half precision: normal, subnormal, the largest, minus zero, infinite, not a number. */
static void
test_half (void)
{
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0x3C00, FALSE, 1, 0), ==, 1);
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0xC000, TRUE, 1, 0), ==, -2);
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0x7BFF, FALSE, 1, 0), ==, 65504);
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0x0001, FALSE, 1, 0), ==, 5.9604644775390625e-8f);
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0x3555, FALSE, 1, 0), ==, 0.333251953125f);
  g_assert_cmpfloat (decode (SIG_SCALAR_F16, 0x8000, FALSE, 1, 0), ==, 0);
  g_assert_true (isinf (decode (SIG_SCALAR_F16, 0xFC00, FALSE, 1, 0)));
  g_assert_true (isnan (decode (SIG_SCALAR_F16, 0x7E00, FALSE, 1, 0)));
}

/* The quick ways for the commonest kinds agree with the general one on every value. */
static void
test_quick_ways (void)
{
  g_autofree guint8 *bytes = g_malloc (65536 * 3);

  for (guint i = 0; i < 65536; i++)
    {
      bytes[3 * i] = (guint8) (i * 7);
      bytes[3 * i + 1] = (guint8) i;
      bytes[3 * i + 2] = (guint8) (i >> 8);
    }
  for (guint i = 0; i < 65536; i++)
    {
      SigScalar i16 = { SIG_SCALAR_I16, FALSE, 1.0 / 32768, 0.0 }, i24 = { SIG_SCALAR_I24, FALSE, 1.0 / 8388608, 0.0 };
      gint16 short_value = (gint16) (bytes[3 * i + 1] | bytes[3 * i + 2] << 8);
      gint32 long_value = short_value * 256 + bytes[3 * i];
      float out[2];

      sig_scalar_decode (&i16, bytes + 3 * i + 1, 2, 1, &out[0]);
      sig_scalar_decode (&i24, bytes + 3 * i, 3, 1, &out[1]);
      g_assert_cmpfloat (out[0], ==, (float) (short_value / 32768.0));
      g_assert_cmpfloat (out[1], ==, (float) (long_value / 8388608.0));
    }
}

static void
test_stride (void)
{
  static const guint8 bytes[] = { 1, 9, 9, 2, 9, 9, 3 };
  SigScalar scalar = { SIG_SCALAR_U8, FALSE, 1.0, 0.0 };
  float out[3];

  sig_scalar_decode (&scalar, bytes, 3, 3, out);
  g_assert_cmpfloat (out[0], ==, 1);
  g_assert_cmpfloat (out[1], ==, 2);
  g_assert_cmpfloat (out[2], ==, 3);
}

/* What a float cannot hold. */
static void
test_double (void)
{
  static const guint8 unix_time[8] = { 0x41, 0xD6, 0xF1, 0x23, 0x45, 0x67, 0x89, 0xAB }, count[8] = { 1, 0, 0, 0, 1 };
  const SigScalar real = { SIG_SCALAR_F64, TRUE, 1.0, 0.0 }, whole = { SIG_SCALAR_I64, FALSE, 0.5, 1.0 };
  const SigScalar small = { SIG_SCALAR_I16, TRUE, 2.0, 0.0 }, wide = { SIG_SCALAR_U32, TRUE, 1.0, 0.0 };
  guint64 bits = G_GUINT64_CONSTANT (0x41D6F123456789AB);
  double expected;

  memcpy (&expected, &bits, sizeof expected);
  g_assert_cmpfloat (sig_scalar_decode_double (&real, unix_time), ==, expected);
  g_assert_cmpfloat (sig_scalar_decode_double (&whole, count), ==, 2147483649.0);
  g_assert_cmpfloat (sig_scalar_decode_double (&wide, unix_time), ==, 0x41D6F123);
  g_assert_cmpfloat (sig_scalar_decode_double (&small, unix_time), ==, 2.0 * 0x41D6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scalar/values", test_values);
  g_test_add_func ("/scalar/half", test_half);
  g_test_add_func ("/scalar/quick-ways", test_quick_ways);
  g_test_add_func ("/scalar/stride", test_stride);
  g_test_add_func ("/scalar/double", test_double);
  return g_test_run ();
}
