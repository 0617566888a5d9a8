/* test-class-list.c: the rows of the classes, and what they ask for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "wb-class-list.h"

#include "sig-label-edit.h"

/* A list in a window, and the actions that it asked for, as text. */
typedef struct
{
  GtkWidget *list, *window;
  SigLabels *labels;
  GString   *asked;
} Fixture;

static void
action_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  Fixture *fixture = user_data;
  g_autofree char *text = g_variant_print (parameter, FALSE);

  g_string_append_printf (fixture->asked, "%s %s;", g_action_get_name (G_ACTION (action)), text);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  static const GActionEntry entries[] = {
    { "add-class", action_cb, "s" }, { "color", action_cb, "(ii)" },         { "key", action_cb, "(ii)" },
    { "rename-class", action_cb, "(is)" }, { "remove-class", action_cb, "(ii)" },
  };
  static const char *const names[] = { "rest", "grasp" };
  const SigSpan spans[] = { { 0, 10, 0 }, { 20, 30, 1 }, { 40, 50, 1 } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  fixture->asked = g_string_new (NULL);
  fixture->labels = sig_labels_new (100, spans, 3, names, 2);
  fixture->list = wb_class_list_new ();
  wb_class_list_set_labels (WB_CLASS_LIST (fixture->list), fixture->labels);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), fixture);
  gtk_widget_insert_action_group (fixture->list, "mark", G_ACTION_GROUP (group));
  fixture->window = t_ui_show (fixture->list, 500, 300);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  t_ui_close (fixture->window, fixture->list);
  sig_labels_unref (fixture->labels);
  g_string_free (fixture->asked, TRUE);
}

static void
assert_asked (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpstr (fixture->asked->str, ==, expected);
  g_string_set_size (fixture->asked, 0);
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
  assert_asked (fixture, "");
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
  assert_asked (fixture, "rename-class (1, 'hold');");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, "grasp");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (key), 7);
  assert_asked (fixture, "key (0, 7);");
  gtk_editable_set_text (GTK_EDITABLE (entry), "turn");
  g_signal_emit_by_name (entry, "activate");
  assert_asked (fixture, "add-class 'turn';");
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
  assert_asked (fixture, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  #define ADD(name, func) g_test_add ("/class-list/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("rows", test_rows);
  ADD ("asks", test_asks);
  ADD ("follows", test_follows);
  #undef ADD
  return t_ui_run ();
}
