/* test-foreign.c: files that are not read are told apart by what they hold, and each says what to do
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "sig-foreign.h"

static const char *
find (const char *start, gsize n)
{
  g_autoptr (GBytes) bytes = g_bytes_new (start, n);
  g_autoptr (SigFile) file = sig_file_new_bytes ("a", bytes);

  return sig_foreign_find (file);
}

static void
test_known (void)
{
  static const struct
  {
    const char *start;
    gsize       n;
    const char *words;
  } rows[] = {
    { "MATLAB 7.3 MAT-file", 19, "MATLAB file of version 7.3 (HDF5)" },
    { "MATLAB 5.0 MAT-file", 19, "scipy.io.loadmat" },
    { "\0\0\0 ftypM4A ", 12, "convert it to FLAC or WAV" },
    { "\0\0\0\x64\0\0\0\x1F\0\0\0\x14", 12, "a FIF file of MNE" },
    { "XDF:\1", 5, "an XDF file" },
    { "PAR1\x15", 5, "a Parquet file" },
    { "\0\0\0\0\5\0\0\0\3\0\0\0\0\0\0\0\3\0\0\0x1\0....", 27, "scipy.io.loadmat" },
    { "\x80\2}q\0", 5, "Python pickle" },
    { "\x80\2cnumpy\n", 9, "Python pickle" },
    { "\x80\3cnumpy\n", 9, "Python pickle" },
    { "BrainVision Data Exchange Header File Version 1.0\r\n", 51, "convert it to EDF or BDF" },
    { "\x80\x04\x95\1\0", 5, "Python pickle" },
    { "{\"fs\": 250, \"x\": [1, 2]}", 24, "a JSON file" },
    { "[[1, 2], [3, 4]]", 16, "a JSON file" },
    { "[\n  0.5,\n", 9, "a JSON file" },
    { "100 2 360 650000\n100.dat 212 200 11 1024 995 -22131 0 MLII\n", 59, "a header of WFDB" },
    { "# made by hand\ns1 1 250\ns1.dat 16\n", 34, "a header of WFDB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *what = find (rows[i].start, rows[i].n);

      g_test_message ("%s", rows[i].words);
      g_assert_nonnull (what);
      g_assert_nonnull (strstr (what, rows[i].words));
    }
}

/* Of a C3D only two bytes are at its beginning. */
static void
test_c3d (void)
{
  guint8 bytes[1024] = { 2, 0x50, [512] = 1, 0x50, 3, 84 };

  g_assert_nonnull (strstr (find ((const char *) bytes, sizeof bytes), "a C3D file of motion capture"));
  bytes[515] = 1;
  g_assert_null (find ((const char *) bytes, sizeof bytes));
}

/* Texts and sounds that begin alike are left to their readers. */
static void
test_others (void)
{
  static const char *const texts[]
      = { "[header]\nx,y\n1,2\n", "1 2 3\n4 5 6\n", "a b 250\na.b 16 x\n", "1974 336\n1974.08 336\n",
          "{0 1.5, 1 2}\n", "Brain,Vision\n1,2\n", "x" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (find (texts[i], strlen (texts[i])));
  g_assert_null (find ("\x02P, and more", 11));
  g_assert_null (find ("RIFF\0\0\0\0WAVEfmt ", 16));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/known", test_known);
  g_test_add_func ("/foreign/c3d", test_c3d);
  g_test_add_func ("/foreign/others", test_others);
  return g_test_run ();
}
