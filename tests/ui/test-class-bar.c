/* test-class-bar.c: the buttons of the classes, and what they say while there are none
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"
#include "wb-chip-row.h"
#include "wb-class-bar.h"

static void
class_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  *(int *) user_data = parameter != NULL ? g_variant_get_int32 (parameter) : -2;
}

static void
test_chips (void)
{
  static const GActionEntry entries[] = { { "class", class_cb, "i" }, { "dont-know", class_cb } };
  static const char *const names[] = { "rest", "grasp" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) tracks = g_menu_new (), edits = g_menu_new ();
  g_autoptr (SigLabels) labels = sig_labels_new (100, NULL, 0, names, 2);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) set = sig_label_set_with_added (empty, "Anna", labels);
  GtkWidget *bar = wb_class_bar_new (G_MENU_MODEL (tracks), G_MENU_MODEL (edits)), *window, *grasp;
  int marked = -9;

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), &marked);
  gtk_widget_insert_action_group (bar, "mark", G_ACTION_GROUP (group));
  wb_class_bar_set_tracks (WB_CLASS_BAR (bar), empty);
  window = t_ui_show (bar, 700, 60);
  g_assert_nonnull (t_ui_find_text (bar, "Drag over the traces to select a span, then press 1 to 9"));
  g_assert_nonnull (t_ui_find_text (bar, "No labels"));

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_ancestor (t_ui_find_text (bar, "Classes"),
                                                                                 GTK_TYPE_MENU_BUTTON)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Classes");
  wb_class_bar_set_tracks (WB_CLASS_BAR (bar), set);
  t_ui_settle ();
  g_assert_null (t_ui_find_text (bar, "Drag over the traces to select a span, then press 1 to 9"));
  g_assert_nonnull (t_ui_find_text (bar, "Anna"));
  g_assert_nonnull (t_ui_find_text (bar, "don’t know"));
  grasp = gtk_widget_get_ancestor (t_ui_find_text (bar, "grasp"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_get_focus_on_click (grasp));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (grasp), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Mark the selection as grasp (key 2)");
  g_signal_emit_by_name (grasp, "clicked");
  g_assert_cmpint (marked, ==, 1);
  g_signal_emit_by_name (gtk_widget_get_ancestor (t_ui_find_text (bar, "don’t know"), GTK_TYPE_BUTTON), "clicked");
  g_assert_cmpint (marked, ==, -2);
  t_ui_close (window, bar);
}

/* A name of several lines has one in its chip and in the list. */
static void
test_lines (void)
{
  static const char *const names[] = { "rest", "new\nline\rof it" };
  g_autoptr (GMenu) tracks = g_menu_new (), edits = g_menu_new ();
  g_autoptr (SigLabels) labels = sig_labels_new (100, NULL, 0, names, 2);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) set = sig_label_set_with_added (empty, "Anna", labels);
  GtkWidget *bar = wb_class_bar_new (G_MENU_MODEL (tracks), G_MENU_MODEL (edits)), *window = t_ui_show (bar, 700, 60);

  wb_class_bar_set_tracks (WB_CLASS_BAR (bar), set);
  wb_class_bar_pick_class (WB_CLASS_BAR (bar));
  t_ui_settle ();
  for (int list = FALSE; list <= TRUE; list++)
    {
      GType type = list ? GTK_TYPE_LIST_BOX_ROW : GTK_TYPE_BUTTON;
      GtkWidget *rows[2];
      int height[2];

      for (int k = 0; k < 2; k++)
        {
          GtkWidget *part = t_ui_find (bar, list ? GTK_TYPE_LIST_BOX : WB_TYPE_CHIP_ROW, 0);

          rows[k] = gtk_widget_get_ancestor (t_ui_find_text (part, names[k]), type);
          gtk_widget_measure (rows[k], GTK_ORIENTATION_VERTICAL, -1, NULL, &height[k], NULL, NULL);
        }
      g_assert_cmpint (height[1], ==, height[0]);
    }
  t_ui_close (window, bar);
}

/* What does not fit is counted, and found in the list. */
static void
test_many (void)
{
  g_autoptr (GMenu) tracks = g_menu_new (), edits = g_menu_new ();
  const char *names[30];
  char room[30][16];
  g_autoptr (SigLabels) labels = NULL;
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) set = NULL;
  GtkWidget *bar = wb_class_bar_new (G_MENU_MODEL (tracks), G_MENU_MODEL (edits)), *window;
  guint n_seen = 0;
  g_autofree char *text = NULL;

  for (int k = 0; k < 30; k++)
    {
      g_snprintf (room[k], sizeof room[k], "activity %02d", k);
      names[k] = room[k];
    }
  labels = sig_labels_new (100, NULL, 0, names, 30);
  set = sig_label_set_with_added (empty, "Anna", labels);
  wb_class_bar_set_tracks (WB_CLASS_BAR (bar), set);
  window = t_ui_show (bar, 620, 100);
  for (int k = 0; k < 30; k++)
    {
      GtkWidget *chip = gtk_widget_get_ancestor (t_ui_find_text (bar, names[k]), GTK_TYPE_BUTTON);

      n_seen += gtk_widget_get_child_visible (chip);
    }
  g_assert_cmpuint (n_seen, >=, 4);
  g_assert_cmpuint (n_seen, <, 12);
  text = g_strdup_printf ("+%u", 30 - n_seen);
  g_assert_nonnull (t_ui_find_text (bar, text));

  wb_class_bar_pick_class (WB_CLASS_BAR (bar));
  t_ui_settle ();
  g_assert_true (gtk_widget_get_mapped (t_ui_find (bar, GTK_TYPE_SEARCH_ENTRY, 0)));
  t_ui_close (window, bar);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/class-bar/chips", test_chips);
  g_test_add_func ("/class-bar/lines", test_lines);
  g_test_add_func ("/class-bar/many", test_many);
  return t_ui_run ();
}
