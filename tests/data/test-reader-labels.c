/* test-reader-labels.c: label files onto a recording; rows 81 to 88 of the catalogue of bad inputs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "spans.h"

/* What reading labels gave: their spans or the error after "!", and the notes. */
typedef struct
{
  char *text;
  char *notes;
} Read;

static void
read_clear (Read *self)
{
  g_free (self->text);
  g_free (self->notes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, read_clear)

static Read
read_labels (const char *content, gsize n, gint64 n_steps)
{
  g_autoptr (SigRecording) recording = spans_recording (n_steps, 10.0);
  Read read = { 0 };

  read.text = spans_read ("l.txt", content, n, recording, &read.notes);
  return read;
}

static void
test_audacity (void)
{
  static const struct
  {
    const char *text;
    const char *spans;  /* or a part of the error after "!" */
    const char *notes;  /* a part; NULL: none */
  } rows[] = {
    { "0.0\t1.0\twalk\n2.0\t3.5\trest\n", "0-10:walk 20-35:rest", NULL },
    { "\xEF\xBB\xBF"
      "0.0\t1.0\twalk\r\n2.0\t3.5\trest",
      "0-10:walk 20-35:rest", NULL },
    { "2.0\t3.5\trest\n0.0\t1.0\twalk\n", "0-10:walk 20-35:rest", NULL },
    { "0,5\t1,5\twalk\n", "5-15:walk", NULL },
    { "0.5\t0.5\tpoint\n", "5-6:point", "1 label is a point without a length; it became one step" },
    { "0.5\t0.51\tshort\n", "5-6:short", NULL },
    { "0.0\t1.0\twalk\n\\\t100.0\t200.0\n1.0\t2.0\twalk\n", "0-10:walk 10-20:walk", NULL },
    { "0.0\t1.0\t1\n1.0\t2.0\t2\n", "0-10:1 10-20:2", NULL },
    { "0.0\t1.0\t\n1.0\t2.0\tb\n", "0-10:unnamed 10-20:b", NULL },
    { "0.0\t1.0\t a \n1.0\t2.0\tA\n", "0-10:a 10-20:A", "“a” and “A” differ only in spelling" },
    { "0.0\t2.0\ta\n1.0\t3.0\tb\n0.5\t0.7\tb\n", "0-5:a 5-7:b 7-10:a 10-30:b",
      "1 label overlaps a later one; the later line won" },
    { "0.0\t1.0\ta\n3.0\t2.0\tb\n-1.0\t1.0\tc\nnan\t1.0\td\nx\t1\te\n2\t3\ta\n4\t5\ta\n6\t7\ta\n",
      "0-10:a 20-30:a 40-50:a 60-70:a", "4 labels were left out: line 2 ends before it starts" },
    { "9.0\t12.0\ta\n", "90-100:a", "The last label ends at 1.2 times" },
    { "0.0\t1.0\ta\n11.0\t12.0\tb\n", "0-10:a", "1 label lies outside the recording" },
    { "0\t1000\ta\n5000\t10000\tb\n", "0-100:a",
      "The last label ends at 1,000 times the length of the recording" },
    { "11.0\t12.0\ta\n",
      "!no label lies inside the recording (10.000 s long; the labels run from 11.000 s to 12.000 s)", NULL },
    { "0.5\t1e999\ta\n", "!", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (Read) read = read_labels (rows[i].text, strlen (rows[i].text), 100);

      g_test_message ("%s", rows[i].text);
      if (rows[i].spans[0] == '!')
        {
          g_assert_true (read.text[0] == '!');
          g_assert_nonnull (strstr (read.text, rows[i].spans + 1));
          continue;
        }
      g_assert_cmpstr (read.text, ==, rows[i].spans);
      if (rows[i].notes == NULL)
        g_assert_cmpstr (read.notes, ==, "");
      else
        g_assert_nonnull (strstr (read.notes, rows[i].notes));
    }
}

static void
test_per_step (void)
{
  g_auto (Read) numbers = read_labels ("0\n0\n1\n1\n", 8, 4), named = read_labels ("stage\nW\nW\nR\nR", 13, 4);
  g_auto (Read) column = read_labels ("a,label\n1.5,x\n2,x\n3,y\n", 22, 3), one_class = read_labels ("1\n1\n1\n", 6, 3);
  g_auto (Read) few = read_labels ("0\n1\n", 4, 3), halves = read_labels ("0.5\n1\n0.25\n", 11, 3);
  g_auto (Read) none = read_labels ("a,b\n1.5,2\n2,3.5\n", 16, 2);

  g_assert_cmpstr (numbers.text, ==, "0-2:0 2-4:1");
  g_assert_cmpstr (named.text, ==, "0-2:W 2-4:R");
  g_assert_cmpstr (column.text, ==, "0-2:x 2-3:y");
  g_assert_cmpstr (one_class.text, ==, "0-3:1");
  g_assert_cmpstr (few.text, ==, "!l.txt: has 2 labels, the recording has 3 steps; one label per step is needed");
  g_assert_cmpstr (halves.text, ==, "!l.txt: channel “Ch 1”: holds 0.5 at step 0; classes must be whole numbers");
  g_assert_nonnull (strstr (none.text, "has no column of labels"));
}

static void
test_npy (void)
{
  GByteArray *bytes = fixture_npy ("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3, 1)}", 0);

  g_byte_array_append (bytes, (const guint8 *) "\0\0\1\1\1\2", 6);

  g_auto (Read) flat = read_labels ((const char *) bytes->data, bytes->len, 6);

  g_assert_nonnull (strstr (flat.text, "has the shape (2, 3, 1), X has (6, 1); a label for each step"));
  g_byte_array_unref (bytes);
  bytes = fixture_npy ("{'descr': '|i1', 'fortran_order': False, 'shape': (6, 1)}", 0);
  g_byte_array_append (bytes, (const guint8 *) "\0\0\1\1\1\2", 6);

  g_auto (Read) good = read_labels ((const char *) bytes->data, bytes->len, 6);

  g_assert_cmpstr (good.text, ==, "0-2:0 2-5:1 5-6:2");
  g_byte_array_unref (bytes);
}

/* Row 87: a million labels in a few seconds; a class too many is refused. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double limit_s = 5 * fixture_slowness ();
  gint64 before;

  for (int i = 0; i < 1000000; i++)
    g_string_append_printf (text, "%d.%d\t%d.%d\tc%d\n", i / 10, i % 10, (i + 1) / 10, (i + 1) % 10, i % 7);
  before = g_get_monotonic_time ();

  g_auto (Read) many = read_labels (text->str, text->len, 1000000);

  g_assert_true (g_str_has_prefix (many.text, "0-1:c0 1-2:c1 "));
  g_test_message ("a million labels: %.2f s", (double) (g_get_monotonic_time () - before) / 1e6);
  g_assert_cmpfloat ((double) (g_get_monotonic_time () - before) / 1e6, <, limit_s);

  g_string_truncate (text, 0);
  for (int i = 0; i < 2000; i++)
    g_string_append_printf (text, "%d\t%d\tc%d\n", i, i + 1, i);

  g_auto (Read) classes = read_labels (text->str, text->len, 100000);

  g_assert_cmpstr (classes.text, ==, "!l.txt: line 1025 brings one class too many: at most 1024 are read");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-labels/audacity", test_audacity);
  g_test_add_func ("/reader-labels/per-step", test_per_step);
  g_test_add_func ("/reader-labels/npy", test_npy);
  g_test_add_func ("/reader-labels/many", test_many);
  return g_test_run ();
}
