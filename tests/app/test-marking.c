/* test-marking.c: what is done to labels, as a table: the labels afterwards and the words of the undo
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-marking.h"

#include "t-app.h"

#include <string.h>

#define N_STEPS 1000

/* "0-300 a, 300-600 b", with borders. */
static char *
describe (const SigLabels *labels)
{
  GString *text = g_string_new (NULL);
  gsize n = 0;
  const SigSpan *spans = labels != NULL ? sig_labels_get_spans (labels, &n) : NULL;

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%s%d-%d %s", i > 0 ? ", " : "", (int) spans[i].start, (int) spans[i].end,
                            spans[i].klass < 0 ? "?" : sig_labels_get_name (labels, spans[i].klass));

  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *command;  /* of apply() */
  gint64      x, y, z;
  const char *labels;   /* afterwards */
  const char *undo;     /* afterwards; or the beginning of the error, which changes nothing */
} Line;

static const Line lines[] = {
  { "digit",  0, 0, 1, "", "Select a span first" },
  { "digit",  10, 130, 3, "10-130 3", "Mark 120 steps as 3" }, /* makes the class */
  { "digit",  200, 201, 1, "10-130 3, 200-201 1", "Mark 1 step as 1" },
  { "digit",  200, 201, 1, "10-130 3, 200-201 1", "These steps are marked so already" },
  { "digit",  50, 60, 0, "10-50 3, 60-130 3, 200-201 1", "Erase 10 steps" },
  { "new",    1, 1, 0, "10-50 3, 60-130 3, 200-201 1", "Select a span first" },
  { "new",    400, 410, 0, "10-50 3, 60-130 3, 200-201 1, 400-410 jump", "Mark 10 steps as jump" }, /* makes the class */
  { "new",    410, 420, 0, "10-50 3, 60-130 3, 200-201 1, 400-420 jump", "Mark 10 steps as jump" },
  { "digit",  400, 420, 0, "10-50 3, 60-130 3, 200-201 1", "Erase 20 steps" },
  { "remove", 2, SIG_UNLABELLED, 0, "10-50 3, 60-130 3, 200-201 1", "Remove class jump" },
  { "dunno",  900, 9999, 0, "10-50 3, 60-130 3, 200-201 1, 900-1000 ?", "Mark 100 steps as don’t know" },
  { "fill",   0, 0, 11, "10-130 3, 200-201 1, 900-1000 ?", "Fill gaps shorter than 11 steps" },
  { "fill",   0, 0, 11, "10-130 3, 200-201 1, 900-1000 ?", "There is no gap that short" },
  { "digit",  50, 60, 0, "10-50 3, 60-130 3, 200-201 1, 900-1000 ?", "Erase 10 steps" },
  { "fill-all", 51, 60, 0, "10-50 3, 60-130 3, 200-201 1, 900-1000 ?", "There is no whole gap" },
  { "fill-all", 50, 60, 0, "10-130 3, 200-201 1, 900-1000 ?", "Fill gaps in 10 steps" }, /* just the gap */
  { "fill-all", 9, 9, 0, "10-130 3, 200-201 1, 900-1000 ?", "Select a span first" },
  { "split",  70, 0, 0, "10-70 3, 70-130 3, 200-201 1, 900-1000 ?", "Split 3 at step 70" },
  { "split",  70, 0, 0, "10-70 3, 70-130 3, 200-201 1, 900-1000 ?", "There is no label to split" },
  { "move",   70, 80, 0, "10-80 3, 80-130 3, 200-201 1, 900-1000 ?", "Move edge to step 80" },
  { "move",   71, 80, 0, "10-80 3, 80-130 3, 200-201 1, 900-1000 ?", "There is no edge" },
  { "bring",  150, 0, 0, "10-80 3, 80-150 3, 200-201 1, 900-1000 ?", "Move edge to step 150" },
  { "merge",  10, 100, 0, "10-150 3, 200-201 1, 900-1000 ?", "Merge 2 labels" },
  { "drop",   0, 0, 5, "10-150 3, 900-1000 ?", "Drop labels shorter than 5 steps" },
  { "drop",   0, 0, 5, "10-150 3, 900-1000 ?", "There is no label that short" },
  { "rename", 0, 0, 0, "10-150 walk, 900-1000 ?", "Rename class 3 to walk" },
  { "rename", 1, 0, 0, "10-150 walk, 900-1000 ?", "Another class has this name" },
  { "rest",   0, 0, 1, "0-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "Mark what is unlabelled as 1" },
  { "digit",  0, 5, 3, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "Mark 5 steps as walk" },
  { "key",    0, 7, 0, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "Key of walk" },
  { "key",    0, 7, 0, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "It is so already" },
  { "digit",  0, 5, 7, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "These steps are marked so" },
  { "color",  0, 11, 0, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "Colour of walk" },
  { "class",  0, 0, 0, "0-5 walk, 5-10 1, 10-150 walk, 150-900 1, 900-1000 ?", "Another class has this name" },
  { "remove", 0, 1, 0, "0-900 1, 900-1000 ?", "Merge class walk into 1" },
  { "class",  0, 0, 0, "0-900 1, 900-1000 ?", "Add class walk" },
  { "remove", 0, SIG_UNLABELLED, 0, "900-1000 ?", "Remove class 1" },
  { "accept", 0, 0, 0, "900-1000 ?", "There are no predictions yet" },
  { "track",  0, 0, 0, "", "Add track Ben" },
  { "choose", 1, 0, 0, "", "It is chosen already" },
  { "choose", 0, 0, 0, "900-1000 ?", "Choose track Labels" },
  { "copy",   0, 0, 0, "900-1000 ?", "Copy track Labels" },
  { "digit",  0, 9, 4, "0-9 4, 900-1000 ?", "Mark 9 steps as 4" },
  { "shift",  1, 0, 0, "0-9 4, 900-1000 ?", "It is the last track already" },
  { "shift",  -1, 0, 0, "0-9 4, 900-1000 ?", "Move track Labels 2 up" },
  { "choose", 2, 0, 0, "", "Choose track Ben" },
  { "shift",  -1, 0, 0, "", "Move track Ben up" },
  { "shift",  1, 0, 0, "", "Move track Ben down" },
  { "shift",  -1, 0, 0, "", "Move track Ben up" },
  { "choose", 0, 0, 0, "900-1000 ?", "Choose track Labels" },
  { "shift",  -1, 0, 0, "900-1000 ?", "It is the first track already" },
  { "call",   0, 0, 0, "900-1000 ?", "Rename track Labels to Ben 2" },
  { "drop-track", 0, 0, 0, "", "Remove track Ben 2" },
};

static gboolean
apply (AppDocument *document, const Line *line, GError **error)
{
  const char *command = line->command;

  if (g_str_equal (command, "digit"))
    return app_marking_press_digit (document, line->x, line->y, (int) line->z, error);
  if (g_str_equal (command, "new"))
    return app_marking_set_new (document, line->x, line->y, " jump ", error);
  if (g_str_equal (command, "dunno"))
    return app_marking_set (document, line->x, line->y, SIG_DONT_KNOW, error);
  if (g_str_equal (command, "rest"))
    return app_marking_set_rest (document, line->x, line->y, (int) line->z, error);
  if (g_str_equal (command, "split"))
    return app_marking_split (document, line->x, error);
  if (g_str_equal (command, "move"))
    return app_marking_move_edge (document, line->x, line->y, error);
  if (g_str_equal (command, "bring"))
    return app_marking_bring_edge (document, line->x, error);
  if (g_str_equal (command, "merge"))
    return app_marking_merge (document, line->x, line->y, error);
  if (g_str_equal (command, "fill"))
    return app_marking_fill_gaps (document, line->x, line->y, line->z, error);
  if (g_str_equal (command, "fill-all"))
    return app_marking_fill_all (document, line->x, line->y, error);
  if (g_str_equal (command, "drop"))
    return app_marking_drop_runs (document, line->x, line->y, line->z, error);
  if (g_str_equal (command, "accept"))
    return app_marking_accept (document, line->x, line->y, error);
  if (g_str_equal (command, "class"))
    return app_marking_add_class (document, " walk ", error);
  if (g_str_equal (command, "rename"))
    return app_marking_rename_class (document, (int) line->x, "walk", error);
  if (g_str_equal (command, "color"))
    return app_marking_set_color (document, (int) line->x, (int) line->y, error);
  if (g_str_equal (command, "key"))
    return app_marking_set_key (document, (int) line->x, (int) line->y, error);
  if (g_str_equal (command, "remove"))
    return app_marking_remove_class (document, (int) line->x, (int) line->y, error);
  if (g_str_equal (command, "track"))
    return app_marking_add_track (document, "Ben", error);
  if (g_str_equal (command, "copy"))
    return app_marking_copy_track (document, error);
  if (g_str_equal (command, "shift"))
    return app_marking_move_track (document, (int) line->x, error);
  if (g_str_equal (command, "call"))
    return app_marking_rename_track (document, "Ben", error);
  if (g_str_equal (command, "drop-track"))
    return app_marking_remove_track (document, error);
  if (g_str_equal (command, "choose"))
    return app_marking_choose_track (document, (guint) line->x, error);
  g_assert_not_reached ();
}

static void
assert_labels (AppDocument *document, const char *expected)
{
  g_autofree char *text = describe (app_document_get_labels (document));

  g_assert_cmpstr (text, ==, expected);
}

/* Each line; then all of it back, and forth again. */
static void
test_table (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (N_STEPS);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func (g_free);
  guint n;

  app_document_set_recording (document, four, NULL);
  g_ptr_array_add (versions, g_strdup (""));
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("line %u: %s", i, lines[i].command);
      if (apply (document, &lines[i], &error))
        {
          g_assert_cmpstr (app_document_get_undo (document), ==, lines[i].undo);
          g_ptr_array_add (versions, g_strdup (lines[i].labels));
        }
      else
        {
          g_assert_error (error, APP_MARKING_ERROR, APP_MARKING_ERROR_NOTHING);
          g_assert_true (g_str_has_prefix (error->message, lines[i].undo));
        }
      assert_labels (document, lines[i].labels);
    }

  for (n = versions->len - 1; app_document_get_undo (document) != NULL; n--)
    {
      assert_labels (document, versions->pdata[n]);
      app_document_undo (document);
    }
  g_assert_cmpuint (n, ==, 0);
  for (; app_document_get_redo (document) != NULL; n++)
    {
      assert_labels (document, versions->pdata[n]);
      app_document_redo (document);
    }
  g_assert_cmpuint (n, ==, versions->len - 1);
}

/* Predictions become labels, where there are some. */
static void
test_accept (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (N_STEPS);
  const char *names[] = { "a", "b" };
  g_autoptr (SigLabels) labels = sig_labels_new (N_STEPS, NULL, 0, names, 2);
  float *probabilities = g_new0 (float, 2 * 100);
  g_autoptr (SigTrack) track = NULL;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 100; i++)
    probabilities[100 * (i >= 50) + i] = 1;
  track = sig_track_new_take (100, 100, 2, probabilities);
  app_document_set_recording (document, four, labels);
  app_document_set_prediction (document, track, app_document_get_design (document), labels);

  g_assert_true (app_marking_accept (document, 140, 160, &error));
  assert_labels (document, "140-150 a, 150-160 b");
  g_assert_cmpstr (app_document_get_undo (document), ==, "Accept predictions on 20 steps");
  g_assert_true (app_marking_accept (document, 0, 0, &error));
  assert_labels (document, "100-150 a, 150-200 b");
  g_assert_false (app_marking_accept (document, 0, 0, &error));
  g_assert_cmpstr (error->message, ==, "The labels are what was predicted already.");
  g_clear_error (&error);

  /* A track that began with the same classes takes them; once one went, the numbers mean others. */
  g_assert_true (app_marking_add_track (document, "second", &error));
  g_assert_true (app_marking_rename_class (document, 1, "bee", &error));
  g_assert_true (app_marking_accept (document, 140, 160, &error));
  assert_labels (document, "140-150 a, 150-160 bee");
  g_assert_true (app_marking_remove_class (document, 0, SIG_DONT_KNOW, &error));
  g_assert_true (app_marking_add_class (document, "c", &error));
  g_assert_false (app_marking_accept (document, 0, 0, &error));
  g_assert_nonnull (strstr (error->message, "other classes than this track has"));
  assert_labels (document, "140-150 ?, 150-160 bee");
  g_clear_error (&error);
  g_assert_true (app_marking_choose_track (document, 0, &error));
  g_assert_true (app_marking_set (document, 0, 200, SIG_DONT_KNOW, &error));
  g_assert_true (app_marking_accept (document, 90, 110, &error));
  assert_labels (document, "0-100 ?, 100-110 a, 110-200 ?");
}

/* What a break parts stays two labels, and that is said. */
static void
test_merge_over_break (void)
{
  const SigSegment halves[] = { { 0, 500 }, { 500, N_STEPS } };
  const SigSpan spans[] = { { 300, 490, 0 }, { 500, 600, 0 }, { 700, 800, 0 } };
  const char *names[] = { "a" };
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (N_STEPS);
  g_autoptr (SigRecording) parted = sig_recording_with_segments (sig_pyramid_get_recording (four), halves, 2);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (parted);
  g_autoptr (SigLabels) labels = sig_labels_new (N_STEPS, spans, G_N_ELEMENTS (spans), names, 1);
  g_autoptr (GError) error = NULL;

  app_document_set_recording (document, pyramid, labels);
  g_assert_false (app_marking_merge (document, 400, 550, &error));
  g_assert_error (error, APP_MARKING_ERROR, APP_MARKING_ERROR_NOTHING);
  g_assert_true (g_str_has_prefix (error->message, "The recording breaks off between these labels"));
  assert_labels (document, "300-490 a, 500-600 a, 700-800 a");
  g_assert_true (app_marking_merge (document, 550, 750, NULL));
  assert_labels (document, "300-490 a, 500-800 a");
}

/* Without a recording nothing is marked, and it is said. */
static void
test_closed (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (app_marking_press_digit (document, 0, 10, 1, &error));
  g_assert_cmpstr (error->message, ==, "Open a recording first.");
}

/* More labels than anybody makes by hand: what an edit costs, and that all are undone. */
static void
test_many (void)
{
  enum { N_EDITS = 1000, N_SPANS = 5000, STEPS = 400 * N_SPANS };
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (STEPS);
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  const char *names[] = { "a", "b", "c" };
  g_autoptr (SigLabels) labels = NULL;
  gint64 began;
  guint n = 0;

  for (int i = 0; i < N_SPANS; i++)
    g_array_append_val (spans, ((SigSpan) { 400 * i, 400 * i + 200, i % 3 }));
  labels = sig_labels_new (STEPS, (const SigSpan *) (gpointer) spans->data, spans->len, names, 3);
  app_document_set_recording (document, four, labels);

  began = g_get_monotonic_time ();
  for (int i = 0; i < N_EDITS; i++)
    g_assert_true (app_marking_press_digit (document, 1999 * i, 1999 * i + 250, 1 + i % 3, NULL));
  g_test_message ("%d edits among %d labels: %.2f ms each", N_EDITS, N_SPANS,
                  (double) (g_get_monotonic_time () - began) / 1000 / N_EDITS);
  for (; app_document_get_undo (document) != NULL; n++)
    app_document_undo (document);
  g_assert_cmpuint (n, ==, N_EDITS);
  g_assert_true (sig_labels_equal (app_document_get_labels (document), labels));
}

/* Row 85: classes that differ in case, blanks or composition become one, in one step. */
static void
test_alike (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (100);
  const char *names[] = { "caf\xC3\xA9", "rest", "cafe\xCC\x81", "REST", "rest  area" };
  SigSpan spans[] = { { 0, 10, 0 }, { 10, 20, 1 }, { 20, 30, 2 }, { 30, 40, 3 }, { 50, 60, 4 } };
  g_autoptr (SigLabels) labels = sig_labels_new (100, spans, 5, names, 5);
  g_autoptr (GError) error = NULL;

  app_document_set_recording (document, four, labels);
  g_assert_true (app_marking_has_alike (document));
  g_assert_true (app_marking_merge_alike (document, &error));
  labels = (sig_labels_unref (labels), sig_labels_ref ((SigLabels *) app_document_get_labels (document)));
  g_assert_cmpint (sig_labels_get_n_classes (labels), ==, 3);
  g_assert_cmpint (sig_labels_get (labels, 25), ==, 0);
  g_assert_cmpint (sig_labels_get (labels, 35), ==, 1);
  g_assert_cmpint (sig_labels_get (labels, 55), ==, 2);
  g_assert_false (app_marking_merge_alike (document, &error));
  g_assert_error (error, APP_MARKING_ERROR, APP_MARKING_ERROR_NOTHING);
  app_document_undo (document);
  g_assert_cmpint (sig_labels_get_n_classes (app_document_get_labels (document)), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/marking/table", test_table);
  g_test_add_func ("/marking/accept", test_accept);
  g_test_add_func ("/marking/merge-over-break", test_merge_over_break);
  g_test_add_func ("/marking/closed", test_closed);
  g_test_add_func ("/marking/many", test_many);
  g_test_add_func ("/marking/alike", test_alike);

  return g_test_run ();
}
