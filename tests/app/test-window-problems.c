/* test-window-problems.c: problems that are none of the design's alone, in the real window, and their repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "t-app.h"
#include "t-window.h"

/* The button that holds a label of that text. */
static GtkWidget *
find_worded (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_text (GTK_LABEL (root)), text))
    return gtk_widget_get_ancestor (root, GTK_TYPE_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_worded (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press_repair (AppWindow *window, const char *sentence)
{
  GtkWidget *button = find_worded (GTK_WIDGET (window->problems), sentence);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* D13: a class at the end alone, in a recording of which the end is held back; more blocks show it to training. */
static void
test_unseen (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  gint64 n_steps = sig_recording_get_n_steps (app_document_get_recording (document));
  const SigSpan spans[] = { { 0, n_steps / 2, 0 }, { n_steps / 2, n_steps / 10 * 9, 1 }, { n_steps / 10 * 9, n_steps, 2 } };
  const char *const names[] = { "rest", "grasp", "walk" };
  g_autoptr (SigLabels) labels = sig_labels_new (n_steps, spans, 3, names, 3);
  NnSettings settings = nn_settings_default ();
  guint n_before = wb_problems_get_n (window->problems);

  settings.validation_blocks = 1;
  app_document_set_settings (document, &settings);
  g_assert_true (app_document_edit_labels (document, labels, "Mark"));
  t_wait_until (wb_problems_get_n (window->problems) > n_before, (void) 0);

  press_repair (window, "Hold back the ends of 3 blocks of time instead of 1");
  g_assert_cmpint (app_document_get_settings (document)->validation_blocks, ==, 3);
  g_assert_cmpuint (wb_problems_get_n (window->problems), ==, n_before); /* what was said of one block is gone at once */
  g_assert_cmpstr (app_document_get_undo (document), ==, "Hold back the ends of 3 blocks of time instead of 1");
  t_window_press (window, "win.undo");
  t_wait_until (wb_problems_get_n (window->problems) > n_before, (void) 0);

  press_repair (window, "Merge “walk” into “grasp”");
  g_assert_cmpint (sig_labels_get_n_classes (app_document_get_labels (document)), ==, 2);
  g_assert_true (nn_check_is_trainable (app_document_get_check (document)));
  t_window_close (window);
}

/* D15: the training's problem comes with repairs, of which each goes by one press and is undone by one. */
static void
test_diverged (void)
{
  AppWindow *window = t_window_new ();
  AppDocument *document = app_window_get_document (window);
  const NnShape input = *nn_design_get_input (app_document_get_design (document));
  g_autoptr (NnDesign) empty = nn_design_new (&input);
  g_autoptr (NnBlock) dense = nn_block_new (nn_kind_find ("Dense"));
  g_autoptr (NnBlock) wide = nn_block_with_whole (dense, "units", 64);
  g_autoptr (NnBlock) straight = nn_block_with_choice (wide, "activation", "linear");
  g_autoptr (NnBlock) one = nn_block_with_whole (dense, "units", 1);
  g_autoptr (NnBlock) last = nn_block_with_choice (one, "activation", "sigmoid");
  g_autoptr (NnDesign) design = nn_design_ref (empty);
  NnSettings settings = t_settings (200);
  guint n_before;

  for (guint i = 0; i < 5; i++)
    {
      NnDesign *longer = nn_design_with_block (design, i, i < 4 ? straight : last, NULL, NULL);

      nn_design_unref (design);
      design = longer;
    }
  nn_settings_set_optimizer (&settings, NN_OPTIMIZER_SGD);
  settings.learning_rate = 10;
  app_document_edit (document, design, "Four linear layers");
  app_document_set_settings (document, &settings);
  n_before = wb_problems_get_n (window->problems);
  t_window_press (window, "win.train");
  t_wait_until (!app_window_is_busy (window), (void) 0);
  g_assert_cmpint (app_trainer_get_phase (app_window_get_trainer (window)), ==, APP_PHASE_DIVERGED);
  g_assert_cmpuint (wb_problems_get_n (window->problems), ==, n_before + 1);
  g_assert_cmpint (gtk_notebook_get_current_page (window->pages), ==,
                   gtk_notebook_page_num (window->pages, GTK_WIDGET (window->problems)));

  press_repair (window, "Take shorter steps: learning rate 1 instead of 10");
  g_assert_cmpfloat (app_document_get_settings (document)->learning_rate, ==, 1);
  g_assert_cmpuint (wb_problems_get_n (window->problems), ==, n_before);
  t_window_press (window, "win.undo");
  g_assert_cmpfloat (app_document_get_settings (document)->learning_rate, ==, 10);
  g_assert_cmpuint (wb_problems_get_n (window->problems), ==, n_before + 1); /* it speaks of this again */

  press_repair (window, "Shorten the gradient where it is long: global clip norm 1 instead of 0");
  g_assert_cmpfloat (app_document_get_settings (document)->global_clipnorm, ==, 1);
  t_window_press (window, "win.undo");
  t_window_press (window, "win.train");
  g_assert_cmpuint (wb_problems_get_n (window->problems), ==, n_before); /* another training, and nothing to tell of it yet */
  t_window_close (window);
}

int
main (int argc, char **argv)
{
  if (!t_window_init (&argc, &argv))
    return 0;
  g_test_add_func ("/window-problems/unseen", test_unseen);
  g_test_add_func ("/window-problems/diverged", test_diverged);
  return t_window_run ();
}
