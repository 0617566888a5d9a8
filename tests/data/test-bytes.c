/* test-bytes.c: the cursor gives what is there and nothing beyond it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-bytes.h"

static void
test_orders (void)
{
  static const guint8 data[] = { 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08 };
  SigBytes little = { .data = data, .size = sizeof data }, big = { .data = data, .size = sizeof data, .big_endian = TRUE };
  guint8 u8;
  guint16 u16;
  guint32 u32;
  guint64 u64;

  g_assert_true (sig_bytes_get_u16 (&little, &u16) && sig_bytes_get_u16 (&big, &u16));
  g_assert_cmphex (u16, ==, 0x0102);
  g_assert_true (sig_bytes_get_u32 (&little, &u32));
  g_assert_cmphex (u32, ==, 0x06050403);
  g_assert_true (sig_bytes_get_u32 (&big, &u32));
  g_assert_cmphex (u32, ==, 0x03040506);
  g_assert_true (sig_bytes_get_u8 (&big, &u8));
  g_assert_cmphex (u8, ==, 0x07);

  little.at = 0;
  g_assert_true (sig_bytes_get_u64 (&little, &u64));
  g_assert_cmphex (u64, ==, G_GUINT64_CONSTANT (0x0807060504030201));
}

static void
test_end (void)
{
  static const guint8 data[] = { 'a', 'b', 'c' };
  SigBytes bytes = { .data = data, .size = sizeof data };
  guint8 copy[4];
  guint32 u32 = 7;
  double f64 = 7.0;

  g_assert_false (sig_bytes_get_u32 (&bytes, &u32));
  g_assert_false (sig_bytes_get_f64 (&bytes, &f64));
  g_assert_false (sig_bytes_copy (&bytes, 4, copy));
  g_assert_false (sig_bytes_skip (&bytes, 4));
  g_assert_false (sig_bytes_skip (&bytes, G_MAXSIZE));
  g_assert_false (sig_bytes_match (&bytes, "abcd"));
  g_assert_false (sig_bytes_match (&bytes, "b"));
  g_assert_cmpuint (bytes.at, ==, 0);
  g_assert_cmpuint (u32, ==, 7);

  g_assert_true (sig_bytes_match (&bytes, "ab"));
  g_assert_true (sig_bytes_copy (&bytes, 1, copy));
  g_assert_cmpint (copy[0], ==, 'c');
  g_assert_cmpuint (sig_bytes_left (&bytes), ==, 0);
  g_assert_false (sig_bytes_get_u8 (&bytes, copy));

  bytes.at = 100;
  g_assert_cmpuint (sig_bytes_left (&bytes), ==, 0);
  g_assert_false (sig_bytes_get_u8 (&bytes, copy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bytes/orders", test_orders);
  g_test_add_func ("/bytes/end", test_end);
  return g_test_run ();
}
