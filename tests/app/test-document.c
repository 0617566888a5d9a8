/* test-document.c: what follows a recording, what an edit notifies, what keeps from training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document.h"

#include "nn-template.h"
#include "sig-derive.h"
#include "t-app.h"

#include <string.h>

static void
count_cb (int *n)
{
  (*n)++;
}

static const NnShape *
input (AppDocument *document)
{
  return nn_design_get_input (app_document_get_design (document));
}

static void
test_recording (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  g_autoptr (SigPyramid) four = t_four (1000);
  int n_recording = 0, n_check = 0;

  g_signal_connect_swapped (document, "notify::recording", G_CALLBACK (count_cb), &n_recording);
  g_signal_connect_swapped (document, "notify::check", G_CALLBACK (count_cb), &n_check);
  g_assert_cmpstr (nn_design_get_name (app_document_get_design (document)), ==, "R1");

  app_document_set_recording (document, demo, labels);
  g_assert_cmpint (n_recording, ==, 1);
  g_assert_cmpint (n_check, ==, 1);
  g_assert_cmpint (input (document)->dim[1], ==, 16);
  g_assert_cmpint (app_document_get_contract (document).n_classes, ==, 2);
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));

  app_document_set_recording (document, four, NULL);
  g_assert_cmpint (n_recording, ==, 2);
  g_assert_cmpint (input (document)->dim[1], ==, 4);
  g_assert_null (app_document_get_labels (document));
  g_assert_true (app_document_get_pyramid (document) == four);
  g_assert_false (app_document_is_modified (document)); /* it was fitted, not edited */

  g_assert_finalize_object (g_steal_pointer (&document));
}

static SigLabels *
make_three_classes (void)
{
  const char *names[] = { "a", "b", "c" };
  SigSpan spans[] = { { 0, 300, 0 }, { 300, 600, 1 }, { 600, 1000, 2 } };

  return sig_labels_new (1000, spans, 3, names, 3);
}

static void
test_classes (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigLabels) labels = make_three_classes ();
  g_autoptr (NnDesign) touched = NULL;

  g_test_summary ("A template nobody touched is built anew for the classes; a design of one's own is left alone.");

  app_document_set_recording (document, four, labels);
  g_assert_cmpint (nn_check_get_output (app_document_get_check (document))->dim[1], ==, 3);

  touched = nn_design_without_block (app_document_get_design (document), 0);
  app_document_edit (document, touched, "Remove Conv1D");
  g_assert_true (app_document_set_labels (document, NULL, NULL));
  g_assert_cmpuint (nn_design_get_n_blocks (app_document_get_design (document)), ==,
                    nn_design_get_n_blocks (touched));
  g_assert_true (nn_design_equal (app_document_get_design (document), touched));
}

static void
test_reread (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigRecording) three = sig_derive_subset (sig_pyramid_get_recording (four), (const guint[]) { 0, 1, 3 }, 3, NULL);
  g_autoptr (SigPyramid) fewer = sig_pyramid_new (three);
  const char *names[] = { "a", "b" };
  SigSpan span = { 0, 900, 0 };
  g_autoptr (SigLabels) labels = sig_labels_new (1000, &span, 1, names, 2);

  g_test_summary ("Read in another way, a recording keeps what was marked, which can be undone; the design follows it.");

  app_document_set_recording (document, four, NULL);
  g_assert_true (app_document_edit_labels (document, labels, "Mark"));
  app_document_reread (document, fewer);
  g_assert_true (app_document_get_recording (document) == three);
  g_assert_true (sig_labels_equal (app_document_get_labels (document), labels));
  g_assert_true (app_document_is_labels_modified (document));
  g_assert_cmpint (input (document)->dim[1], ==, 3);
  app_document_undo (document);
  g_assert_null (app_document_get_labels (document));
  g_assert_cmpint (input (document)->dim[1], ==, 3);
}

static void
test_page (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigRecording) paged = sig_recording_with_page (sig_pyramid_get_recording (four), 100);
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (paged);

  g_test_summary ("Windows that someone cut on purpose are taken whole.");

  app_document_set_recording (document, pyramid, NULL);
  g_assert_cmpint (input (document)->dim[0], ==, 100);
}

static void
test_labels (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  const char *names[] = { "a", "b" };
  SigSpan span = { 0, 900, 0 };
  g_autoptr (SigLabels) short_ones = sig_labels_new (900, &span, 1, names, 2);
  g_autoptr (GError) error = NULL;

  app_document_set_recording (document, four, NULL);
  g_assert_false (app_document_set_labels (document, short_ones, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "900"));
  g_assert_nonnull (strstr (error->message, "1,000"));
  g_assert_null (app_document_get_labels (document));
}

static void
assert_obstacle (AppDocument *document, const char *part)
{
  g_autofree char *obstacle = app_document_dup_obstacle (document);

  if (part == NULL)
    g_assert_cmpstr (obstacle, ==, NULL);
  else
    g_assert_nonnull (obstacle != NULL ? strstr (obstacle, part) : NULL);
}

static void
test_obstacle (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  g_autoptr (NnDesign) empty = nn_design_new (input (document));
  g_autoptr (NnDesign) huge = NULL;
  NnShape wide = nn_shape_2 (1000000000, 16);
  g_autofree char *headline = NULL;

  assert_obstacle (document, "Open a recording");
  app_document_set_recording (document, demo, NULL);
  assert_obstacle (document, "no labels");
  g_assert_true (app_document_set_labels (document, labels, NULL));
  assert_obstacle (document, NULL);

  huge = nn_design_with_input (app_document_get_design (document), &wide);
  app_document_edit (document, huge, "Window length");
  assert_obstacle (document, "");
  app_document_undo (document);
  assert_obstacle (document, NULL);

  app_document_edit (document, empty, "Empty stack");
  headline = nn_check_dup_headline (app_document_get_check (document));
  g_assert_nonnull (headline);
  assert_obstacle (document, headline);
}

static void
edit_filters (AppDocument *document, guint position, int filters, const char *what)
{
  const NnDesign *design = app_document_get_design (document);
  g_autoptr (NnBlock) block = nn_block_with_whole (nn_design_get_block (design, position),
                                                   position == 0 ? "filters" : "units", filters);
  g_autoptr (NnDesign) edited = nn_design_with_replaced (design, position, block);

  app_document_edit (document, edited, what);
}

static int
filters (AppDocument *document)
{
  return nn_block_get_whole (nn_design_get_block (app_document_get_design (document), 0), "filters");
}

static void
test_undo (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  int n_history = 0;

  g_signal_connect_swapped (document, "notify::history", G_CALLBACK (count_cb), &n_history);

  for (int i = 33; i < 40; i++)
    edit_filters (document, 0, i, "Filters");
  g_assert_cmpint (n_history, ==, 7);
  edit_filters (document, 1, 8, "Units");
  g_assert_cmpstr (app_document_get_undo (document), ==, "Units");

  app_document_undo (document);
  g_assert_cmpint (filters (document), ==, 39);
  app_document_undo (document);
  g_assert_cmpint (filters (document), ==, 32); /* the spin was one step */
  g_assert_null (app_document_get_undo (document));
  g_assert_false (app_document_is_modified (document));

  app_document_redo (document);
  g_assert_cmpint (filters (document), ==, 39);
  app_document_seal (document);
  edit_filters (document, 0, 50, "Filters");
  app_document_undo (document);
  g_assert_cmpint (filters (document), ==, 39);

  /* The recording is another one than when that design was made. */
  app_document_set_recording (document, four, NULL);
  app_document_undo (document);
  g_assert_cmpint (filters (document), ==, 32);
  g_assert_cmpint (input (document)->dim[1], ==, 4);
}

static void
test_prediction (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  g_autoptr (SigTrack) track = sig_track_new_take (0, 10, 2, g_new0 (float, 20));
  int n = 0;

  app_document_set_recording (document, demo, labels);
  g_signal_connect_swapped (document, "notify::prediction", G_CALLBACK (count_cb), &n);
  app_document_set_prediction (document, track, app_document_get_design (document), labels);
  g_assert_cmpint (n, ==, 1);
  g_assert_true (app_document_get_prediction (document) == track);
  g_assert_false (app_document_is_stale (document));

  edit_filters (document, 0, 7, "Filters");
  g_assert_true (app_document_is_stale (document));
  app_document_undo (document);
  g_assert_false (app_document_is_stale (document));

  app_document_set_recording (document, demo, labels);
  g_assert_null (app_document_get_prediction (document));
}

static SigLabels *
without (AppDocument *document, int klass)
{
  return sig_label_edit_without_class (app_document_get_labels (document), klass, SIG_UNLABELLED);
}

/* Design and labels are undone in the order in which they were edited; what labels ask is asked at once. */
static void
test_edit_labels (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigLabels) labels = make_three_classes ();
  g_autoptr (SigLabels) marked = sig_label_edit_set (labels, 100, 120, 2);
  g_autoptr (SigLabels) fewer = NULL;
  int n_check = 0, n_labels = 0;

  app_document_set_recording (document, four, NULL);
  g_assert_null (app_document_get_labels (document));
  g_assert_true (app_document_edit_labels (document, labels, "Mark all"));
  g_assert_cmpstr (sig_label_set_get_name (app_document_get_label_set (document), 0), ==, "Labels");
  g_assert_cmpint (nn_check_get_output (app_document_get_check (document))->dim[1], ==, 3);
  edit_filters (document, 0, 40, "Filters");
  g_assert_true (app_document_edit_labels (document, marked, "Mark some"));
  g_assert_false (app_document_edit_labels (document, marked, "Mark some"));
  g_assert_cmpint (app_document_get_contract (document).event_steps, ==, 180);

  g_signal_connect_swapped (document, "notify::check", G_CALLBACK (count_cb), &n_check);
  g_signal_connect_swapped (document, "notify::labels", G_CALLBACK (count_cb), &n_labels);
  app_document_undo (document);
  g_assert_cmpint (n_labels, ==, 1);
  g_assert_cmpint (n_check, ==, 1); /* the events have another length */
  g_assert_true (sig_labels_equal (app_document_get_labels (document), labels));
  g_assert_cmpint (filters (document), ==, 40);
  app_document_undo (document);
  g_assert_cmpint (filters (document), ==, 32);
  g_assert_cmpint (n_labels, ==, 1);
  app_document_undo (document);
  g_assert_null (app_document_get_labels (document));
  app_document_redo (document);
  app_document_redo (document);
  app_document_redo (document);
  g_assert_true (sig_labels_equal (app_document_get_labels (document), marked));
  g_assert_true (app_document_is_labels_modified (document));
  app_document_mark_labels_saved (document);
  g_assert_false (app_document_is_labels_modified (document));
  g_assert_true (app_document_is_modified (document));

  /* The design is the user's: it stays, and does not fit any more. */
  fewer = without (document, 1);
  g_assert_true (app_document_edit_labels (document, fewer, "Remove class"));
  g_assert_cmpint (app_document_get_contract (document).n_classes, ==, 2);
  g_assert_false (nn_check_is_trainable (app_document_get_check (document)));
  app_document_undo (document);
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));
}

/* A prediction is shown as long as its class numbers mean what they meant, and comes back with its classes. */
static void
test_prediction_of_classes (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  g_autoptr (SigTrack) track = sig_track_new_take (0, 10, 2, g_new0 (float, 20));
  g_autoptr (SigClassTable) renamed = sig_class_table_with_name (sig_labels_get_classes (labels), 1, "hold");
  g_autoptr (SigLabels) hold = sig_label_edit_with_classes (labels, renamed);
  g_autoptr (SigLabels) fewer = NULL;

  app_document_set_recording (document, demo, labels);
  app_document_set_prediction (document, track, app_document_get_design (document), labels);
  g_assert_false (app_document_has_newer_labels (document));
  g_assert_true (app_document_edit_labels (document, hold, "Rename"));
  g_assert_true (app_document_get_prediction (document) == track);
  g_assert_true (app_document_has_newer_labels (document));
  fewer = without (document, 0);
  g_assert_true (app_document_edit_labels (document, fewer, "Remove"));
  g_assert_null (app_document_get_prediction (document));
  app_document_undo (document);
  g_assert_true (app_document_get_prediction (document) == track);
}

/* Settings are steps of undo, those of one setting in a row one step; labels at the steps of the output are a setting, too. */
static void
test_settings (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigPyramid) demo = t_demo (4000, &labels);
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr (NnDesign) r3 = nn_template_build (nn_template_find ("R3"), &input, 2);
  NnSettings settings = nn_settings_default ();
  int n_settings = 0;

  app_document_set_recording (document, demo, labels);
  g_signal_connect_swapped (document, "notify::settings", G_CALLBACK (count_cb), &n_settings);
  settings.learning_rate = 0.5;
  app_document_set_settings (document, &settings);
  settings.learning_rate = 0.25;
  app_document_set_settings (document, &settings);
  app_document_set_settings (document, &settings); /* nothing changes */
  g_assert_cmpint (n_settings, ==, 2);
  g_assert_cmpstr (app_document_get_undo (document), ==, "Change learning rate");
  app_document_undo (document);
  g_assert_cmpint (n_settings, ==, 3);
  g_assert_cmpfloat (app_document_get_settings (document)->learning_rate, ==, nn_settings_default ().learning_rate);
  g_assert_null (app_document_get_undo (document));
  app_document_redo (document);

  app_document_edit (document, r3, "Template R3");
  g_assert_false (nn_check_is_trainable (app_document_get_check (document)));
  settings.fit_labels = TRUE;
  app_document_edit_settings (document, &settings, "Thin the labels");
  g_assert_cmpstr (app_document_get_undo (document), ==, "Thin the labels");
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));
  app_document_undo (document);
  g_assert_false (nn_check_is_trainable (app_document_get_check (document)));
  g_assert_cmpfloat (app_document_get_settings (document)->learning_rate, ==, 0.25);
}

/* A design of one's own follows the classes that are left, in the same step. */
static void
test_merge_class (void)
{
  g_autoptr (AppDocument) document = app_document_new ();
  g_autoptr (SigPyramid) four = t_four (1000);
  g_autoptr (SigLabels) labels = make_three_classes ();
  g_autoptr (NnDesign) touched = NULL;

  app_document_set_recording (document, four, labels);
  touched = nn_design_without_block (app_document_get_design (document), 0);
  app_document_edit (document, touched, "Remove Conv1D");
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));
  app_document_merge_class (document, 2, 0, "Merge c into a");
  g_assert_cmpint (sig_labels_get_n_classes (app_document_get_labels (document)), ==, 2);
  g_assert_cmpint (sig_labels_get (app_document_get_labels (document), 800), ==, 0);
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));
  g_assert_cmpuint (nn_check_get_n_problems (app_document_get_check (document)), ==, 0);
  g_assert_cmpstr (app_document_get_undo (document), ==, "Merge c into a");
  app_document_undo (document);
  g_assert_true (nn_design_equal (app_document_get_design (document), touched));
  g_assert_true (sig_labels_equal (app_document_get_labels (document), labels));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/document/recording", test_recording);
  g_test_add_func ("/document/classes", test_classes);
  g_test_add_func ("/document/page", test_page);
  g_test_add_func ("/document/reread", test_reread);
  g_test_add_func ("/document/labels", test_labels);
  g_test_add_func ("/document/obstacle", test_obstacle);
  g_test_add_func ("/document/undo", test_undo);
  g_test_add_func ("/document/settings", test_settings);
  g_test_add_func ("/document/merge-class", test_merge_class);
  g_test_add_func ("/document/prediction", test_prediction);
  g_test_add_func ("/document/edit-labels", test_edit_labels);
  g_test_add_func ("/document/prediction-of-classes", test_prediction_of_classes);

  return g_test_run ();
}
