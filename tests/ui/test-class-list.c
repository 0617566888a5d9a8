/* test-class-list.c: the rows of the classes, and what they ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "wb-class-list.h"

#include "sig-label-edit.h"

/* A list in a window, and the actions that it asked for. */
typedef struct
{
  GtkWidget *list, *window;
  SigLabels *labels;
  TAsked     asked;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const char *const actions[] = {
    "add-class s", "color (ii)", "key (ii)", "rename-class (is)", "remove-class (ii)", NULL,
  };
  static const char *const names[] = { "rest", "grasp" };
  const SigSpan spans[] = { { 0, 10, 0 }, { 20, 30, 1 }, { 40, 50, 1 } };

  fixture->labels = sig_labels_new (100, spans, 3, names, 2);
  fixture->list = wb_class_list_new ();
  wb_class_list_set_labels (WB_CLASS_LIST (fixture->list), fixture->labels);
  t_asked_watch (&fixture->asked, fixture->list, "mark", actions);
  fixture->window = t_ui_show (fixture->list, 500, 300);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->list);
  sig_labels_unref (fixture->labels);
  t_asked_clear (&fixture->asked);
}

static void
test_rows (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *name = t_ui_find (fixture->list, GTK_TYPE_ENTRY, 1), *key = t_ui_find (fixture->list, GTK_TYPE_DROP_DOWN, 1);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "grasp");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (key)), ==, 2);
  g_assert_nonnull (t_ui_find_text (fixture->list, "1 label"));
  g_assert_nonnull (t_ui_find_text (fixture->list, "2 labels"));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (name), GTK_ACCESSIBLE_PROPERTY_LABEL, "Name of grasp");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (key), GTK_ACCESSIBLE_PROPERTY_LABEL, "Key of grasp");
  t_asked_assert (&fixture->asked, "");
}

/* What is asked for and refused is put back. */
static void
test_asks (Fixture      *fixture,
           gconstpointer data)
{
  GtkWidget *name = t_ui_find (fixture->list, GTK_TYPE_ENTRY, 1), *key = t_ui_find (fixture->list, GTK_TYPE_DROP_DOWN, 0);
  GtkWidget *entry = t_ui_find (fixture->list, GTK_TYPE_ENTRY, 2);

  gtk_editable_set_text (GTK_EDITABLE (name), "hold");
  g_signal_emit_by_name (name, "activate");
  t_asked_assert (&fixture->asked, "rename-class (1, 'hold');");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "grasp");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (key), 7);
  t_asked_assert (&fixture->asked, "key (0, 7);");
  gtk_editable_set_text (GTK_EDITABLE (entry), "turn");
  g_signal_emit_by_name (entry, "activate");
  t_asked_assert (&fixture->asked, "add-class 'turn';");
}

/* Palettes and menus are there once they are opened: a thousand classes would take a minute for them. */
static void
test_popovers (Fixture      *fixture,
               gconstpointer data)
{
  GtkMenuButton *color = GTK_MENU_BUTTON (t_ui_find (fixture->list, GTK_TYPE_MENU_BUTTON, 2));
  GtkMenuButton *remove = GTK_MENU_BUTTON (t_ui_find (fixture->list, GTK_TYPE_MENU_BUTTON, 3));
  GtkWidget *palette;

  g_assert_null (gtk_menu_button_get_popover (color));
  g_assert_null (gtk_menu_button_get_popover (remove));
  gtk_menu_button_popup (color);
  t_ui_settle ();
  palette = GTK_WIDGET (gtk_menu_button_get_popover (color));
  g_assert_nonnull (t_ui_find (palette, GTK_TYPE_BUTTON, SIG_N_CLASS_COLORS - 1));
  g_signal_emit_by_name (t_ui_find (palette, GTK_TYPE_BUTTON, 14), "clicked");
  t_asked_assert (&fixture->asked, "color (1, 14);");

  gtk_menu_button_popup (remove);
  t_ui_settle ();
  g_assert_true (GTK_IS_POPOVER_MENU (gtk_menu_button_get_popover (remove)));
  g_assert_cmpint (g_menu_model_get_n_items (gtk_menu_button_get_menu_model (remove)), ==, 2);
  gtk_menu_button_popdown (remove);
  t_ui_settle ();
}

/* Other labels: values change in place, rows come and go. */
static void
test_follows (Fixture      *fixture,
              gconstpointer data)
{
  GtkWidget *name = t_ui_find (fixture->list, GTK_TYPE_ENTRY, 0);
  g_autoptr (SigClassTable) renamed = sig_class_table_with_name (sig_labels_get_classes (fixture->labels), 0, "still");
  g_autoptr (SigClassTable) added = sig_class_table_with_added (renamed, "turn", 0);
  g_autoptr (SigLabels) still = sig_label_edit_with_classes (fixture->labels, renamed);
  g_autoptr (SigLabels) three = sig_label_edit_with_classes (still, added);

  wb_class_list_set_labels (WB_CLASS_LIST (fixture->list), still);
  g_assert_true (t_ui_find (fixture->list, GTK_TYPE_ENTRY, 0) == name);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "still");
  wb_class_list_set_labels (WB_CLASS_LIST (fixture->list), three);
  t_ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (t_ui_find (fixture->list, GTK_TYPE_ENTRY, 2))), ==, "turn");
  wb_class_list_set_labels (WB_CLASS_LIST (fixture->list), NULL);
  t_ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (t_ui_find (fixture->list, GTK_TYPE_ENTRY, 0))), ==, "");
  t_asked_assert (&fixture->asked, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  #define ADD(name, func) g_test_add ("/class-list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("asks", test_asks);
  ADD ("popovers", test_popovers);
  ADD ("follows", test_follows);
  #undef ADD
  return t_ui_run ();
}
