/* test-inspector.c: pages that follow the choice, edits of blocks and input, the settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-inspector.h"

#include "t-ui.h"
#include "wb-arg-row.h"
#include "wb-block-page.h"

typedef struct
{
  GtkWidget *inspector;
  GtkWidget *window;
  NnCheck   *check;
  TEdit      edit;
} Fixture;

static void
set_up (Fixture *f, gconstpointer template_id)
{
  f->inspector = wb_inspector_new ();
  f->check = t_check (template_id);
  wb_inspector_set_check (WB_INSPECTOR (f->inspector), f->check, 0);
  t_edit_watch (&f->edit, f->inspector);
  f->window = t_ui_show (f->inspector, 300, 700);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->inspector);
  nn_check_unref (f->check);
  t_edit_clear (&f->edit);
}

static GtkWidget *
page (Fixture *f)
{
  return t_ui_find (f->inspector, WB_TYPE_BLOCK_PAGE, 0);
}

static GtkWidget *
editor (GtkWidget *root, const char *label, GType type)
{
  GtkWidget *text = t_ui_find_text (root, label);

  g_assert_nonnull (text);
  return t_ui_find (gtk_widget_get_ancestor (text, WB_TYPE_ARG_ROW), type, 0);
}

static void
test_input (Fixture *f, gconstpointer unused)
{
  GtkWidget *channels = editor (page (f), "Channels", GTK_TYPE_SPIN_BUTTON);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (editor (page (f), "Window length", GTK_TYPE_SPIN_BUTTON)), 512);
  g_assert_cmpint (nn_design_get_input (f->edit.design)->dim[0], ==, 512);
  g_assert_cmpint (nn_design_get_input (f->edit.design)->dim[1], ==, 16);
  g_assert_cmpstr (f->edit.what, ==, "Change input: Window length");

  g_assert_true (gtk_widget_is_sensitive (channels));
  wb_inspector_set_channels_known (WB_INSPECTOR (f->inspector), TRUE);
  g_assert_false (gtk_widget_is_sensitive (channels));
}

static void
test_block (Fixture *f, gconstpointer unused)
{
  wb_inspector_set_check (WB_INSPECTOR (f->inspector), f->check, t_id (f->check, 1));
  g_assert_nonnull (t_ui_find_text (page (f), "LSTM"));
  g_assert_nonnull (t_ui_find_text (page (f), "400 × 32"));
  g_assert_nonnull (t_ui_find_text (page (f), "8,320"));
  g_assert_nonnull (t_ui_find_text (page (f), "kept"));

  gtk_switch_set_active (GTK_SWITCH (editor (page (f), "Return sequences", GTK_TYPE_SWITCH)), FALSE);
  g_assert_cmpint (nn_block_get_whole (nn_design_get_block (f->edit.design, 1), "return_sequences"), ==, 0);
  g_assert_cmpuint (nn_block_get_id (nn_design_get_block (f->edit.design, 1)), ==, t_id (f->check, 1));
  g_assert_cmpstr (f->edit.what, ==, "Change LSTM: Return sequences");
}

/* R0's LSTM has its problem on its page, in words. */
static void
test_problem (Fixture *f, gconstpointer unused)
{
  g_autoptr(NnCheck) broken = t_check ("R0");

  wb_inspector_set_check (WB_INSPECTOR (f->inspector), broken, t_id (broken, 2));
  g_assert_nonnull (t_ui_find_text (page (f), "Error: Time is lost here"));
  g_assert_nonnull (t_ui_find_text (page (f), "lost"));
}

static void
test_labels (Fixture *f, gconstpointer unused)
{
  wb_inspector_set_check (WB_INSPECTOR (f->inspector), f->check, G_MAXUINT);
  g_assert_nonnull (t_ui_find_text (page (f), "Labels"));
  g_assert_false (gtk_widget_get_mapped (t_ui_find (page (f), GTK_TYPE_SPIN_BUTTON, 0)));
}

/* A row that only changes its value keeps the focus. */
static void
test_focus (Fixture *f, gconstpointer unused)
{
  NnBlockId id = t_id (f->check, 0);
  GtkWidget *spin, *focus;
  g_autoptr(NnCheck) changed = NULL;

  wb_inspector_set_check (WB_INSPECTOR (f->inspector), f->check, id);
  spin = editor (page (f), "Filters", GTK_TYPE_SPIN_BUTTON);
  gtk_widget_grab_focus (spin);
  focus = gtk_root_get_focus (gtk_widget_get_root (spin));
  g_assert_true (gtk_widget_is_ancestor (focus, spin));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 33);
  changed = nn_check_new (f->edit.design, &t_labels);
  wb_inspector_set_check (WB_INSPECTOR (f->inspector), changed, id);
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (spin)) == focus);
  g_assert_cmpint (gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin)), ==, 33);
}

static void
count_cb (GtkWidget *inspector, guint *count)
{
  (*count)++;
}

static void
test_training (Fixture *f, gconstpointer unused)
{
  WbInspector *inspector = WB_INSPECTOR (f->inspector);
  GtkStack *pages = GTK_STACK (t_ui_find (f->inspector, GTK_TYPE_STACK, 0));
  NnSettings settings = nn_settings_default ();
  guint count = 0;

  settings.epochs = 7;
  g_signal_connect (inspector, "settings-changed", G_CALLBACK (count_cb), &count);
  wb_inspector_set_settings (inspector, &settings);
  g_assert_cmpuint (count, ==, 0);
  gtk_stack_set_visible_child_name (pages, "training");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (editor (GTK_WIDGET (pages), "Epochs", GTK_TYPE_SPIN_BUTTON)), 9);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (wb_inspector_get_settings (inspector)->epochs, ==, 9);

  wb_inspector_set_plan (inspector, "29 windows for training");
  g_assert_nonnull (t_ui_find_text (GTK_WIDGET (pages), "29 windows for training"));
  wb_inspector_set_plan (inspector, NULL);
  g_assert_null (t_ui_find_text (GTK_WIDGET (pages), "29 windows for training"));

  /* Another check of the same choice leaves the page; choosing a block shows it. */
  wb_inspector_set_check (inspector, f->check, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, "training");
  wb_inspector_set_check (inspector, f->check, t_id (f->check, 2));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (pages), ==, "block");
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *f, gconstpointer unused); } tests[] = {
    { "/inspector/input", test_input },   { "/inspector/block", test_block }, { "/inspector/problem", test_problem },
    { "/inspector/labels", test_labels }, { "/inspector/focus", test_focus }, { "/inspector/training", test_training },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, "R1", set_up, tests[i].test, tear_down);
  return t_ui_run ();
}
