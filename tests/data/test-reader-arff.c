/* test-reader-arff.c: ARFF: attributes, nominal classes, quotes, what is refused
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>

#include "fixture.h"

static void
test_read (void)
{
  g_auto (FixtureResult) result = fixture_open_text ("a.arff",
    "% a comment\r\n@RELATION 'two words'\r\n\r\n@attribute 'left hand' NUMERIC\r\n@ATTRIBUTE right real\r\n"
    "@attribute note string\r\n@attribute gait {walk, 'stand still', run}\r\n@DATA\r\n"
    "1.5,2,'a, b',run\r\n% between\r\n3,?,c,walk\r\n4,5,d,'stand still'\r\n5,6,e,?\r\n");
  const SigLabels *labels = result.content.labels;

  fixture_assert_loaded (&result, "note (text)|1 sample is missing");
  g_assert_cmpuint (sig_recording_get_n_channels (result.content.recording), ==, 2);
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 4);
  g_assert_cmpstr (sig_recording_get_channel_name (result.content.recording, 0), ==, "left hand");
  g_assert_cmpfloat (fixture_sample (&result, 1, 3), ==, 6);

  /* Classes stand in the order in which they were declared. */
  g_assert_cmpint (sig_labels_get_n_classes (labels), ==, 3);
  g_assert_cmpstr (sig_labels_get_name (labels, 0), ==, "walk");
  g_assert_cmpstr (sig_labels_get_name (labels, 1), ==, "stand still");
  g_assert_cmpint (sig_labels_get (labels, 0), ==, 2);
  g_assert_cmpint (sig_labels_get (labels, 1), ==, 0);
  g_assert_cmpint (sig_labels_get (labels, 3), ==, SIG_UNLABELLED);
}

static void
test_numbers_as_classes (void)
{
  g_auto (FixtureResult) result = fixture_open_text (
      "a.arff", "@relation r\n@attribute a numeric\n@attribute eye {0.0,1.0}\n@data\n1.5,1\n2,0.0\n");

  fixture_assert_loaded (&result, NULL);
  g_assert_cmpint (sig_labels_get_n_classes (result.content.labels), ==, 2);
  g_assert_cmpint (sig_labels_get (result.content.labels, 0), ==, 1);
}

#define SPARSE                                                                                                         \
  "@relation r\n@attribute a numeric\n@attribute b real\n@attribute c numeric\n"                     \
  "@attribute gait {walk, 'stand still'}\n@data\n"

/* Rows of index and value, among rows that are written out; what is left out is 0, or the first value. */
static void
test_sparse (void)
{
  g_auto (FixtureResult) result = fixture_open_text (
      "a.arff", SPARSE "{0 1.5, 2 -2}\n% between\n{ 3 'stand still' , 1  7 }\n{}\n9,8,?,walk\n{2 ?,3 \"walk\"}\n");
  static const float expected[3][5] = { { 1.5f, 0, 0, 9, 0 }, { 0, 7, 0, 8, 0 }, { -2, 0, 0, NAN, NAN } };
  static const int classes[5] = { 0, 1, 0, 0, 0 };

  fixture_assert_loaded (&result, "2 samples are missing");
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 5);
  for (guint c = 0; c < 3; c++)
    for (gint64 t = 0; t < 5; t++)
      if (isnan (expected[c][t]))
        g_assert_true (isnan (fixture_sample (&result, c, t)));
      else
        g_assert_cmpfloat (fixture_sample (&result, c, t), ==, expected[c][t]);
  for (gint64 t = 0; t < 5; t++)
    g_assert_cmpint (sig_labels_get (result.content.labels, t), ==, classes[t]);
}

/* Quotes behind an index hold commas and braces. */
static void
test_sparse_quoted (void)
{
  g_auto (FixtureResult) result = fixture_open_text (
      "a.arff", "@relation r\n@attribute a numeric\n@attribute t string\n@attribute b numeric\n@data\n"
                "{0 1.5, 1 'it is, a {word}, still', 2 4}\n{1 \"a, b}\"}\n{0 2, 1 'plain', 2 5}\n");

  fixture_assert_loaded (&result, "Not read as channels: t (text)");
  g_assert_cmpint (sig_recording_get_n_steps (result.content.recording), ==, 3);
  g_assert_cmpfloat (fixture_sample (&result, 1, 0), ==, 4.0f);
  g_assert_cmpfloat (fixture_sample (&result, 0, 1), ==, 0.0f);
  g_assert_cmpfloat (fixture_sample (&result, 1, 2), ==, 5.0f);
}

/* Between quotes a backslash stands before what would end them, in the header and in rows. */
static void
test_escapes (void)
{
  g_auto (FixtureResult) result = fixture_open_text (
      "a.arff", "@relation r\n@attribute a numeric\n@attribute 'it\\'s' numeric\n@attribute t string\n"
                "@attribute c {'don\\'t, {go}', still there , \"b\\\\c\"}\n@data\n"
                "1,5,'Asia\\'s, \\n U.S.',still there\n2,7,x,'don\\'t, {go}'\n3,9,'it''s',\"b\\\\c\"\n");
  g_autofree char *described = NULL;

  fixture_assert_loaded (&result, "Not read as channels: t (text)");
  described = fixture_describe (&result);
  g_assert_cmpstr (described, ==, "2x3@- a,it's | don't, {go},still there,b\\c");
  g_assert_cmpint (sig_labels_get (result.content.labels, 0), ==, 1);
  g_assert_cmpint (sig_labels_get (result.content.labels, 1), ==, 0);
  g_assert_cmpint (sig_labels_get (result.content.labels, 2), ==, 2);
}

/* A weight may stand behind the attributes of a row, sparse or not. */
static void
test_weights (void)
{
  g_auto (FixtureResult) sparse = fixture_open_text (
      "a.arff", SPARSE "{0 1.5, 2 -2}, {0.5}\n{},{2}\n{1 4}\n1,2,3,walk, {1e-3}\n");
  g_auto (FixtureResult) dense = fixture_open_text (
      "a.arff", "@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1,5,{2}\n2,7\n4,8,{ 0.5 }\n");

  fixture_assert_loaded (&sparse, "Its rows have weights, {…} at their ends, which are not used: each row is one step.");
  g_assert_cmpint (sig_recording_get_n_steps (sparse.content.recording), ==, 4);
  g_assert_cmpfloat (fixture_sample (&sparse, 2, 0), ==, -2);
  g_assert_cmpfloat (fixture_sample (&sparse, 1, 2), ==, 4);
  g_assert_cmpfloat (fixture_sample (&sparse, 2, 3), ==, 3);
  fixture_assert_loaded (&dense, "Its rows have weights");
  g_assert_cmpint (sig_recording_get_n_steps (dense.content.recording), ==, 3);
  g_assert_cmpfloat (fixture_sample (&dense, 1, 2), ==, 8);
}

static void
test_refused (void)
{
  static const FixtureRefusal rows[] = {
    { "@relation r\n@attribute a numeric\n", "without @DATA" },
    { "@relation r\n@data\n1,2\n", "without @ATTRIBUTE" },
    { "@relation r\n@attribute a numeric\n@data\n", "has no rows of data" },
    { "@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1,2\n3\n",
      "line 6 has 1 fields, expected 2" },
    { "@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n1,2\n\n3,x\n",
      "line 7, column 2 (b): “x” is not a number" },
    { SPARSE "{0 1.5, 4 2}\n", "line 7: “4 2}” is no part of a sparse row|attributes from 0 to 3" },
    { SPARSE "{0 1.5, 1 2\n", "line 7: “1 2” is no part" },
    { SPARSE "{0 1.5}\n{0}\n", "line 8: “{0}” is no part" },
    { SPARSE "{0 1},{x}\n", "line 7: “{x}” is no part" },
    { SPARSE "1,2,3,walk,{x}\n", "line 7 has 5 fields, expected 4" },
    { SPARSE "{0 x}\n", "line 7, column 1 (a): “x” is not a number" },
    { "@relation r\n@attribute s relational\n@attribute a numeric\n@end s\n@data\n'1\\n2'\n",
      "an ARFF file with a relational attribute (line 4)" },
  };

  fixture_assert_all_refused ("a.arff", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-arff/read", test_read);
  g_test_add_func ("/reader-arff/numbers-as-classes", test_numbers_as_classes);
  g_test_add_func ("/reader-arff/sparse", test_sparse);
  g_test_add_func ("/reader-arff/sparse-quoted", test_sparse_quoted);
  g_test_add_func ("/reader-arff/escapes", test_escapes);
  g_test_add_func ("/reader-arff/weights", test_weights);
  g_test_add_func ("/reader-arff/refused", test_refused);
  return g_test_run ();
}
