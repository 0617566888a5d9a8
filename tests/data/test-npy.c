/* test-npy.c: NPY headers by their grammar, sizes checked before anything is allocated
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "sig-npy.h"

#define DICTIONARY(descr, fortran, shape) "{'descr': '" descr "', 'fortran_order': " fortran ", 'shape': " shape ", }"

/* Rows 64 to 69 and 71: what is refused, and with which words. */
static void
test_refused (void)
{
  static const struct
  {
    const char *dictionary;
    const char *expected;
  } rows[] = {
    { DICTIONARY ("|O", "False", "(4,)"), "contains Python objects|not loaded for safety" },
    { DICTIONARY ("|O8", "False", "(4,)"), "contains Python objects" },
    { DICTIONARY ("<c16", "False", "(4,)"), "complex numbers" },
    { DICTIONARY ("<U5", "False", "(4,)"), "holds text" },
    { DICTIONARY ("|S5", "False", "(4,)"), "holds text" },
    { DICTIONARY ("<f16", "False", "(4,)"), "type that is not read|“<f16”" },
    { DICTIONARY ("<M8[ns]", "False", "(4,)"), "type that is not read" },
    { "__import__('os').system('true')", "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), 'x': 1}",
      "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': False, 'fortran_order': False, 'shape': (4,)}",
      "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': False}", "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': 0, 'shape': (4,)}", "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': ((4),)}", "a header that is not the dictionary" },
    { "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)} + [1]",
      "a header that is not the dictionary" },
    { "{'descr': 'a long type that goes on and on and on and on and on and on and on', 'fortran_order': False, 'shape': (4,)}",
      "not the dictionary" },
    { DICTIONARY ("<f4", "False", "(65536, 65536)"),
      "declares 16.0|GiB|(65536, 65536)|the file has 64 bytes" },
    { DICTIONARY ("<f8", "False", "(4294967296, 4294967296)"), "more than 16 EiB" },
    { DICTIONARY ("<f4", "False", "(9223372036854775808,)"), "a header that is not the dictionary" },
    { DICTIONARY ("<f4", "False", "(-1, 4)"), "a header that is not the dictionary" },
    { DICTIONARY ("<f4", "False", "(-0,)"), "a header that is not the dictionary" },
    { DICTIONARY ("<f4", "False", "(1e3,)"), "a header that is not the dictionary" },
    { DICTIONARY ("<f4", "False", "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1)"),
      "not the dictionary" },
    { DICTIONARY ("<f4", "False", "()"), "has no samples|()" },
    { DICTIONARY ("<f4", "False", "(0, 5)"), "has no samples|(0, 5)" },
    { DICTIONARY ("<f4", "False", "(0, 900000000000000000)"), "has no samples" },
    { DICTIONARY ("<f4", "False", "(1, 2, 2, 4)"), "(1, 2, 2, 4)|(windows, steps, channels)" },
    { DICTIONARY ("|u1", "False", "(1, 2, 2000)"), "declares" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (FixtureResult) result = fixture_open ("x.npy", fixture_npy (rows[i].dictionary, 64));

      g_test_message ("%s", rows[i].dictionary);
      fixture_assert_refused (&result, "x.npy", rows[i].expected);
    }
}

/* Row 66: ten thousand brackets. */
static void
test_nested (void)
{
  g_autofree char *brackets = g_strnfill (10000, '(');
  g_autofree char *dictionary = g_strconcat ("{'descr': '<f4', 'fortran_order': False, 'shape': ", brackets, "}", NULL);
  g_auto (FixtureResult) result = fixture_open ("x.npy", fixture_npy (dictionary, 64));

  fixture_assert_refused (&result, "x.npy", "a header that is not the dictionary");
}

/* Row 65: lengths of the header. */
static void
test_preamble (void)
{
  static const struct
  {
    const char *bytes;
    gsize       n;
    const char *expected;
  } rows[] = {
    { "\x93NUMPY", 6, "ends inside the header" },
    { "\x93NUMPY\x01\x00\xFF\xFF{}", 12, "ends inside the header (65535 bytes declared" },
    { "\x93NUMPY\x02\x00\xFF\xFF\xFF\xFF{}", 14, "ends inside the header" },
    { "\x93NUMPY\x04\x00\x02\x00{}", 12, "NPY version 4" },
    { "\x93NUMPY\x00\x00\x02\x00{}", 12, "NPY version 0" },
  };
  GByteArray *large = g_byte_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GByteArray *bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *) rows[i].bytes, (guint) rows[i].n);

      g_auto (FixtureResult) result = fixture_open ("x.npy", bytes);

      fixture_assert_refused (&result, "x.npy", rows[i].expected);
    }
  g_byte_array_append (large, (const guint8 *) "\x93NUMPY\x02\x00", 8);
  fixture_put (large, 70000, 4, FALSE);
  for (int i = 0; i < 70000; i++)
    fixture_put_text (large, " ");

  g_auto (FixtureResult) result = fixture_open ("x.npy", large);

  fixture_assert_refused (&result, "x.npy", "a header of 70000 bytes, at most 65536");
}

static void
assert_shape (const char *dictionary, guint rank, gint64 n_items, const char *shape)
{
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (fixture_npy (dictionary, (gsize) n_items * 8));
  g_autoptr (SigFile) file = sig_file_new_bytes ("x.npy", bytes);
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;
  SigNpy npy;

  sig_reading_init (&reading, NULL);
  g_assert_true (sig_npy_parse (file, &reading, &npy, &error));
  g_assert_no_error (error);

  g_autofree char *shown = sig_npy_dup_shape (&npy);

  g_assert_cmpuint (npy.rank, ==, rank);
  g_assert_cmpint (npy.n_items, ==, n_items);
  g_assert_cmpstr (shown, ==, shape);
}

static void
test_spellings (void)
{
  assert_shape (DICTIONARY ("<f8", "False", "(2, 3)"), 2, 6, "(2, 3)");
  assert_shape (DICTIONARY ("<f8", "False", "(2L, 3L,)"), 2, 6, "(2, 3)");
  assert_shape (DICTIONARY ("<f8", "True", "(7,)"), 1, 7, "(7,)");
  assert_shape ("{\"shape\":(2,),\"fortran_order\":False,\"descr\":\"<f8\"}", 1, 2, "(2,)");
  assert_shape ("  { 'descr' : '=f8' , 'fortran_order' : True , 'shape' : ( 2 , 3 ) } \n", 2, 6, "(2, 3)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/npy/refused", test_refused);
  g_test_add_func ("/npy/nested", test_nested);
  g_test_add_func ("/npy/preamble", test_preamble);
  g_test_add_func ("/npy/spellings", test_spellings);
  return g_test_run ();
}
