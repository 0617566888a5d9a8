/* test-reader-npy.c: NPY arrays of every shape, order and type, and the y beside an X
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "spans.h"

/* An array of whole numbers: item i of C order holds i, written in the order asked for. */
static GByteArray *
make_array (const char *descr, gsize item, gboolean fortran, guint rank, const int *shape)
{
  g_autoptr (GString) dictionary = g_string_new (NULL);
  int n_items = 1;

  g_string_append_printf (dictionary, "{'descr': '%s', 'fortran_order': %s, 'shape': (", descr, fortran ? "True" : "False");
  for (guint i = 0; i < rank; i++)
    {
      g_string_append_printf (dictionary, "%d,", shape[i]);
      n_items *= shape[i];
    }
  g_string_append (dictionary, ")}");

  GByteArray *bytes = fixture_npy (dictionary->str, 0);

  for (int k = 0; k < n_items; k++)
    {
      int value = k, rest = k, index[4] = { 0 };

      if (fortran)
        {
          value = 0;
          for (guint i = 0; i < rank; i++)
            {
              index[i] = rest % shape[i];
              rest /= shape[i];
            }
          for (guint i = 0; i < rank; i++)
            value = value * shape[i] + index[i];
        }
      if (strcmp (descr + 1, "f8") == 0)
        fixture_put_f64 (bytes, value, *descr == '>');
      else if (strcmp (descr + 1, "f4") == 0)
        fixture_put_f32 (bytes, (float) value);
      else
        fixture_put (bytes, (guint64) value, (guint) item, *descr == '>');
    }
  return bytes;
}

/* Every type, order and byte order gives the same recording. */
static void
test_types (void)
{
  static const struct
  {
    const char *descr;
    gsize       item;
  } types[] = { { "<f4", 4 }, { "<f8", 8 }, { ">f8", 8 }, { "<i1", 1 }, { "|u1", 1 }, { "<i2", 2 }, { ">u2", 2 },
                { "<i4", 4 }, { ">i4", 4 }, { "<u4", 4 }, { "<i8", 8 }, { ">u8", 8 } };
  const int shape[] = { 3, 5, 2 };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    for (int fortran = 0; fortran < 2; fortran++)
      {
        g_auto (FixtureResult) result = fixture_open ("X.npy", make_array (types[i].descr, types[i].item, fortran, 3, shape));

        g_test_message ("%s %d", types[i].descr, fortran);
        fixture_assert_loaded (&result, NULL);
        g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 2);
        g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 15);
        g_assert_cmpint (sig_recording_get_page (result.content.recording), ==, 5);
        g_assert_false (sig_recording_has_rate (result.content.recording));
        for (int t = 0; t < 15; t++)
          for (int c = 0; c < 2; c++)
            g_assert_cmpfloat (fixture_sample (&result, (guint) c, t), ==, 2 * t + c);
      }
}

static void
test_shapes (void)
{
  for (int fortran = 0; fortran < 2; fortran++)
    {
      const int steps_first[] = { 100, 4 }, channels_first[] = { 4, 100 }, small[] = { 4, 20 },
                flat[] = { 50 }, ones[] = { 2, 30, 3, 1 };
      g_auto (FixtureResult) a = fixture_open ("a.npy", make_array ("<f4", 4, fortran, 2, steps_first));
      g_auto (FixtureResult) b = fixture_open ("a.npy", make_array ("<f4", 4, fortran, 2, channels_first));
      g_auto (FixtureResult) c = fixture_open ("a.npy", make_array ("<f4", 4, fortran, 2, small));
      g_auto (FixtureResult) d = fixture_open ("a.npy", make_array ("<f4", 4, fortran, 1, flat));
      g_auto (FixtureResult) e = fixture_open ("a.npy", make_array ("<f4", 4, fortran, 4, ones));

      fixture_assert_loaded (&a, NULL);
      g_assert_cmpuint (sig_recording_get_n_channels (a.content.recording), ==, 4);
      g_assert_cmpfloat (fixture_sample (&a, 3, 50), ==, 203);
      fixture_assert_loaded (&b, "(4, 100) was read as (channels, steps)");
      g_assert_cmpuint (sig_recording_get_n_channels (b.content.recording), ==, 4);
      g_assert_cmpfloat (fixture_sample (&b, 3, 50), ==, 350);
      fixture_assert_loaded (&c, NULL);
      g_assert_cmpuint (sig_recording_get_n_channels (c.content.recording), ==, 20);
      g_assert_cmpfloat (fixture_sample (&c, 19, 1), ==, 39);
      fixture_assert_loaded (&d, NULL);
      g_assert_cmpuint (sig_recording_get_n_channels (d.content.recording), ==, 1);
      g_assert_cmpfloat (fixture_sample (&d, 0, 49), ==, 49);
      fixture_assert_loaded (&e, NULL);
      g_assert_cmpint (sig_recording_get_page (e.content.recording), ==, 30);
      g_assert_cmpfloat (fixture_sample (&e, 2, 31), ==, 95);
    }

  const int wide[] = { 2, 3, 1025 };
  g_auto (FixtureResult) result = fixture_open ("a.npy", make_array ("<f4", 4, FALSE, 3, wide));

  fixture_assert_refused (&result, "a.npy", "has 1025 channels (shape (2, 3, 1025), channels last), at most 1024");
}

/* Row 70: precision, and row 71: what follows. */
static void
test_notes (void)
{
  GByteArray *large = fixture_npy ("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1)}", 0);
  GByteArray *longer = fixture_npy ("{'descr': '|b1', 'fortran_order': False, 'shape': (3, 2)}", 0);

  fixture_put (large, 16777217, 8, FALSE);
  fixture_put (large, 1, 8, FALSE);
  g_byte_array_append (longer, (const guint8 *) "\0\1\1\7\0\0tail", 10);

  g_auto (FixtureResult) rounded = fixture_open ("a.npy", large);
  g_auto (FixtureResult) trailing = fixture_open ("a.npy", longer);
  g_auto (FixtureResult) zip = fixture_open_text ("a.npz", "PK\x03\x04 and so on");

  fixture_assert_loaded (&rounded, "above 16,777,216 were rounded");
  fixture_assert_loaded (&trailing, "4 bytes after the array were left out");
  g_assert_cmpfloat (fixture_sample (&trailing, 1, 1), ==, 1);
  fixture_assert_refused (&zip, "a.npz", "is a damaged zip archive");
}

/* Writes an array of classes 0 and 1. */
static void
write_y (const char *folder, const char *name, const char *descr, guint rank, const int *shape)
{
  g_autoptr (GByteArray) bytes = make_array (descr, 1, FALSE, rank, shape);
  gsize header = 10 + bytes->data[8];

  for (gsize i = header; strcmp (descr, "|u1") == 0 && i < bytes->len; i++)
    bytes->data[i] = i % 3 == 0;
  g_free (fixture_write (folder, name, bytes->data, bytes->len));
}

static void
write_x (const char *folder, const char *name, guint rank, const int *shape)
{
  g_autoptr (GByteArray) bytes = make_array ("<f4", 4, FALSE, rank, shape);

  g_free (fixture_write (folder, name, bytes->data, bytes->len));
}

/* Opens X of (4, 6, 2) with a y of that shape beside it, or X of (24, 2). */
static void
assert_pair (const char *x_name, const char *y_name, gboolean paged, guint rank, const int *shape, const char *expected)
{
  const int pages[] = { 4, 6, 2 }, flat[] = { 24, 2 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, x_name, NULL);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  write_x (folder, x_name, paged ? 3 : 2, paged ? pages : flat);
  write_y (folder, y_name, "|u1", rank, shape);
  if (expected == NULL)
    {
      g_assert_true (sig_reader_open (path, NULL, &content, &error));
      g_assert_no_error (error);
      g_assert_nonnull (content.labels);
      g_assert_cmpint (sig_labels_get_n_steps (content.labels), ==, 24);
      g_assert_cmpint (sig_labels_get_n_classes (content.labels), ==, 2);
    }
  else
    {
      g_assert_false (sig_reader_open (path, NULL, &content, &error));
      g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
      g_assert_nonnull (strstr (error->message, expected));
      g_assert_null (content.recording);
    }
  fixture_remove (folder);
}

static void
test_pairs (void)
{
  const int a[] = { 4, 6 }, b[] = { 4, 6, 1 }, c[] = { 24 }, d[] = { 24, 1 }, e[] = { 4, 5 }, f[] = { 4 },
            g[] = { 4, 1 };

  assert_pair ("X.npy", "y.npy", TRUE, 2, a, NULL);
  assert_pair ("X.npy", "y.npy", TRUE, 3, b, NULL);
  assert_pair ("X.npy", "y.npy", TRUE, 1, c, NULL);
  assert_pair ("foo_X.npy", "foo_y.npy", TRUE, 2, d, NULL);
  assert_pair ("x_train.npy", "y_train.npy", FALSE, 1, c, NULL);
  assert_pair ("box_X.npy", "box_y.npy", FALSE, 2, d, NULL);
  assert_pair ("X.npy", "y.npy", TRUE, 2, e, "y.npy: has the shape (4, 5), X has (4, 6, 2); a label for each step, or each");
  assert_pair ("X.npy", "y.npy", TRUE, 1, f, NULL);
  assert_pair ("X.npy", "y.npy", TRUE, 2, g, NULL);
  assert_pair ("X.npy", "y.npy", FALSE, 2, a, "y.npy: has the shape (4, 6), X has (24, 2)");
}

/* A y of that shape and those values beside X of (2, 3, 2). */
static void
assert_y (const char *shape, const float *values, gsize n, const char *expected, const char *note)
{
  const int x_shape[] = { 2, 3, 2 };
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "X.npy", NULL);
  g_autofree char *dictionary = g_strdup_printf ("{'descr': '<f4', 'fortran_order': False, 'shape': %s}", shape);
  g_autoptr (GByteArray) bytes = fixture_npy (dictionary, 0);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    fixture_put_f32 (bytes, values[i]);
  write_x (folder, "X.npy", 3, x_shape);
  g_free (fixture_write (folder, "y.npy", bytes->data, bytes->len));
  g_assert_cmpint (sig_reader_open (path, NULL, &content, &error), ==, expected != NULL);
  if (expected != NULL)
    {
      g_autofree char *spans = spans_to_text (content.labels);
      g_autofree char *notes = g_strjoinv ("\n", (char **) sig_recording_get_notes (content.recording));

      g_assert_cmpstr (spans, ==, expected);
      g_assert_nonnull (strstr (notes, note));
    }
  else
    g_assert_nonnull (strstr (error->message, "y.npy: has the shape"));
  fixture_remove (folder);
}

/* One label for a window is that of its steps; of a column for each class the greatest counts, and shares must sum up. */
static void
test_y_windows (void)
{
  static const float one_hot[] = { 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0 }, shares[] = { 0.25f, 0.75f, 0.5f, 0.375f };

  assert_y ("(2,)", (const float[]) { 3, 1 }, 2, "0-3:3 3-6:1", "one label for each window");
  assert_y ("(2, 3, 2)", one_hot, 12, "0-1:0 1-3:1 4-6:0", "a column for each class");
  assert_y ("(6, 2)", one_hot, 12, "0-1:0 1-3:1 4-6:0", "a column for each class");
  assert_y ("(2, 2)", one_hot, 4, "0-3:0 3-6:1", "one label for each window");
  assert_y ("(2, 2)", shares, 4, NULL, NULL);
  assert_y ("(2, 2)", (const float[]) { 0, 2, 1, 0 }, 4, NULL, NULL);
}

/* The order of y is that of X: window by window. A y that is no class, or is broken, is an error and not silence. */
static void
test_y_values (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "X.npy", NULL);
  const int shape[] = { 4, 6, 2 }, y_shape[] = { 4, 6 };
  g_autoptr (GByteArray) classes = make_array ("<f8", 8, TRUE, 2, y_shape);
  GByteArray *halves = fixture_npy ("{'descr': '<f4', 'fortran_order': False, 'shape': (24,)}", 0);
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  write_x (folder, "X.npy", 3, shape);
  g_free (fixture_write (folder, "y.npy", classes->data, classes->len));
  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  for (int t = 0; t < 24; t++)
    g_assert_cmpint (sig_labels_get (content.labels, t), ==, t);
  sig_content_clear (&content);

  for (int t = 0; t < 24; t++)
    fixture_put_f32 (halves, (float) t / 2);
  g_free (fixture_write (folder, "y.npy", halves->data, halves->len));
  g_byte_array_unref (halves);
  g_assert_false (sig_reader_open (path, NULL, &content, &error));
  g_assert_nonnull (strstr (error->message, "y.npy: holds 0.5 at step 1; classes must be whole numbers"));
  g_clear_error (&error);

  g_free (fixture_write (folder, "y.npy", "\x93NUMPY", 6));
  g_assert_false (sig_reader_open (path, NULL, &content, &error));
  g_assert_nonnull (strstr (error->message, "y.npy: ends inside the header"));
  fixture_remove (folder);
}

/* A y by itself is labels without a recording. */
static void
test_alone (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "y.npy", NULL);
  const int shape[] = { 4, 6, 1 };
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  write_y (folder, "y.npy", "|u1", 3, shape);
  g_assert_true (sig_reader_open (path, NULL, &content, &error));
  g_assert_no_error (error);
  g_assert_null (content.recording);
  g_assert_cmpint (sig_labels_get_n_steps (content.labels), ==, 24);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-npy/types", test_types);
  g_test_add_func ("/reader-npy/shapes", test_shapes);
  g_test_add_func ("/reader-npy/notes", test_notes);
  g_test_add_func ("/reader-npy/pairs", test_pairs);
  g_test_add_func ("/reader-npy/y-values", test_y_values);
  g_test_add_func ("/reader-npy/y-windows", test_y_windows);
  g_test_add_func ("/reader-npy/alone", test_alone);
  return g_test_run ();
}
