/* test-class-picker.c: a class is found by a few letters, or made
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "wb-class-picker.h"

/* What was asked for last: "3", or a new name. */
static char *asked;

static void
class_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_free (asked);
  asked = g_variant_is_of_type (parameter, G_VARIANT_TYPE_STRING) ? g_variant_dup_string (parameter, NULL)
                                                                   : g_strdup_printf ("%d", g_variant_get_int32 (parameter));
}

/* The rows that are offered, the chosen one in brackets. */
static char *
describe (GtkWidget *picker)
{
  GtkListBox *list = GTK_LIST_BOX (t_ui_find (picker, GTK_TYPE_LIST_BOX, 0));
  GString *text = g_string_new (NULL);
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)) && gtk_widget_get_child_visible (GTK_WIDGET (row)))
      g_string_append_printf (text, gtk_list_box_row_is_selected (row) ? "%s[%s]" : "%s%s", text->len > 0 ? " " : "",
                              gtk_label_get_text (GTK_LABEL (t_ui_find (GTK_WIDGET (row), GTK_TYPE_LABEL, 0))));
  return g_string_free (text, FALSE);
}

static GtkWidget *
get_search (GtkWidget *picker)
{
  return t_ui_find (picker, GTK_TYPE_SEARCH_ENTRY, 0);
}

static void
type (GtkWidget  *picker,
      const char *text,
      const char *expected)
{
  g_autofree char *seen = NULL;

  gtk_editable_set_text (GTK_EDITABLE (get_search (picker)), text);
  g_signal_emit_by_name (get_search (picker), "changed");
  t_ui_settle ();
  seen = describe (picker);
  g_assert_cmpstr (seen, ==, expected);
}

static void
press (GtkWidget  *picker,
       guint       key,
       const char *expected)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (get_search (picker));
  g_autofree char *seen = NULL;
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }
  seen = describe (picker);
  g_assert_cmpstr (seen, ==, expected);
}

static void
assert_asked (GtkWidget  *picker,
              const char *expected)
{
  g_clear_pointer (&asked, g_free);
  g_signal_emit_by_name (get_search (picker), "activate");
  g_assert_cmpstr (asked, ==, expected);
}

static void
test_find (void)
{
  static const GActionEntry entries[] = { { "class", class_cb, "i" }, { "new-class", class_cb, "s" } };
  static const char *const names[] = { "rest", "walk slowly", "Walk", "Überholen", "sit" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (SigClassTable) classes = sig_class_table_new (names, G_N_ELEMENTS (names));
  GtkWidget *picker = wb_class_picker_new (), *window;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), NULL);
  gtk_widget_insert_action_group (picker, "mark", G_ACTION_GROUP (group));
  wb_class_picker_set_classes (WB_CLASS_PICKER (picker), classes);
  window = t_ui_show (picker, 300, 400);

  type (picker, "", "[rest] walk slowly Walk Überholen sit");
  type (picker, "s", "[rest] walk slowly sit New class “s”");
  press (picker, GDK_KEY_Down, "rest [walk slowly] sit New class “s”");
  press (picker, GDK_KEY_Down, "rest walk slowly [sit] New class “s”");
  press (picker, GDK_KEY_Up, "rest [walk slowly] sit New class “s”");
  assert_asked (picker, "1");
  type (picker, "walk", "walk slowly [Walk] New class “walk”"); /* called so, but for the case */
  assert_asked (picker, "2");
  type (picker, " über ", "[Überholen] New class “über”");
  assert_asked (picker, "3");
  type (picker, "sit", "[sit]");
  type (picker, " run ", "[New class “run”]");
  press (picker, GDK_KEY_Down, "[New class “run”]");
  assert_asked (picker, "run");
  g_clear_pointer (&asked, g_free);
  t_ui_close (window, picker);
}

static void
test_spoken (void)
{
  static const char *const names[] = { "rest", "grasp" };
  g_autoptr (SigClassTable) classes = sig_class_table_new (names, 2);
  g_autoptr (SigClassTable) fewer = sig_class_table_without (classes, 0);
  GtkWidget *picker = wb_class_picker_new (), *window;
  g_autofree char *seen = NULL;

  wb_class_picker_set_classes (WB_CLASS_PICKER (picker), classes);
  window = t_ui_show (picker, 300, 400);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (t_ui_find_text (picker, "grasp"),
                                                                                 GTK_TYPE_LIST_BOX_ROW)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "grasp, key 2");
  wb_class_picker_set_classes (WB_CLASS_PICKER (picker), fewer);
  gtk_widget_unmap (picker);
  gtk_widget_map (picker);
  seen = describe (picker);
  g_assert_cmpstr (seen, ==, "[grasp]");
  t_ui_close (window, picker);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class-picker/find", test_find);
  g_test_add_func ("/class-picker/spoken", test_spoken);
  return t_ui_run ();
}
