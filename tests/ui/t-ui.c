/* t-ui.c: what the tests of widgets share: windows, waiting, finding, keys, recorded signals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "t-ui.h"

#include "t-slow.h"
#include "wb-init.h"

#define DEADLINE_US (20 * T_SLOW * G_USEC_PER_SEC)

const NnContract t_labels = { .n_steps = 400, .n_classes = 2 };

int
t_ui_run (void)
{
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP there is no display\n");
      return 0;
    }
  wb_init ();
  return g_test_run ();
}

void
t_ui_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
after_paint_cb (GdkFrameClock *clock, guint *n_frames)
{
  (*n_frames)++;
}

GtkWidget *
t_ui_show (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();
  gint64 start = g_get_monotonic_time ();
  guint n_frames = 0;

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), &n_frames);
  while (n_frames < 2)
    {
      gtk_widget_queue_draw (window);
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time () - start, <, DEADLINE_US);
    }
  g_signal_handlers_disconnect_by_func (gtk_widget_get_frame_clock (window), after_paint_cb, &n_frames);
  t_ui_settle ();
  return window;
}

void
t_ui_close (GtkWidget *window, GtkWidget *child)
{
  gpointer watched = child;

  g_object_add_weak_pointer (G_OBJECT (child), &watched);
  gtk_window_destroy (GTK_WINDOW (window));
  t_ui_settle ();
  g_assert_null (watched);
}

static GtkWidget *
find (GtkWidget *root, GType type, guint *n)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *deeper;

      if (g_type_is_a (G_OBJECT_TYPE (child), type) && (*n)-- == 0)
        return child;
      deeper = find (child, type, n);
      if (deeper != NULL)
        return deeper;
    }
  return NULL;
}

GtkWidget *
t_ui_find (GtkWidget *root, GType type, guint n)
{
  return find (root, type, &n);
}

GtkWidget *
t_ui_find_text (GtkWidget *root, const char *text)
{
  GtkWidget *label;

  for (guint n = 0; (label = t_ui_find (root, GTK_TYPE_LABEL, n)) != NULL; n++)
    {
      g_auto(GStrv) parts = g_strsplit (gtk_label_get_label (GTK_LABEL (label)), "\u200b", -1);
      g_autofree char *seen = g_strjoinv ("", parts); /* without places to break a line */

      if (g_str_equal (seen, text) && gtk_widget_get_visible (label))
        return label;
    }
  return NULL;
}

static gboolean
press_in (GListModel *shortcuts, GtkWidget *widget, const char *wanted)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      g_autofree char *trigger = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

      if (g_str_equal (trigger, wanted))
        {
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                        gtk_shortcut_get_arguments (shortcut));
          return TRUE;
        }
    }
  return FALSE;
}

void
t_ui_press (GtkWidget *widget, const char *trigger)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean pressed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !pressed; i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      pressed = GTK_IS_SHORTCUT_CONTROLLER (controller) && press_in (G_LIST_MODEL (controller), widget, trigger);
    }
  g_assert_true (pressed);
  t_ui_settle ();
}

static void
edit_cb (gpointer object, NnDesign *design, const char *what, TEdit *self)
{
  g_assert_nonnull (design);
  g_assert_nonnull (what);
  t_edit_clear (self);
  self->n++;
  self->design = nn_design_ref (design);
  self->what = g_strdup (what);
}

void
t_edit_watch (TEdit *self, gpointer object)
{
  g_signal_connect (object, "edit", G_CALLBACK (edit_cb), self);
}

void
t_edit_clear (TEdit *self)
{
  g_clear_pointer (&self->design, nn_design_unref);
  g_clear_pointer (&self->what, g_free);
}

static void
asked_cb (GSimpleAction *action, GVariant *parameter, TAsked *self)
{
  g_autofree char *text = parameter != NULL ? g_variant_print (parameter, FALSE) : NULL;

  g_string_append_printf (self->text, "%s%s%s;", g_action_get_name (G_ACTION (action)), text != NULL ? " " : "",
                          text != NULL ? text : "");
}

GActionMap *
t_asked_watch (TAsked *self, GtkWidget *widget, const char *name, const char *const *actions)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->text = g_string_new (NULL);
  for (; *actions != NULL; actions++)
    {
      g_auto (GStrv) words = g_strsplit (*actions, " ", 2);
      g_autoptr (GVariantType) type = words[1] != NULL ? g_variant_type_new (words[1]) : NULL;
      g_autoptr (GSimpleAction) action = g_simple_action_new (words[0], type);

      g_signal_connect (action, "activate", G_CALLBACK (asked_cb), self);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (widget, name, G_ACTION_GROUP (group));

  return G_ACTION_MAP (group);
}

void
t_asked_assert (TAsked *self, const char *expected)
{
  g_assert_cmpstr (self->text->str, ==, expected);
  g_string_truncate (self->text, 0);
}

void
t_asked_clear (TAsked *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  self->text = NULL;
}

NnCheck *
t_check (const char *template_id)
{
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr(NnDesign) design = nn_template_build (nn_template_find (template_id), &input, t_labels.n_classes);

  return nn_check_new (design, &t_labels);
}

NnBlockId
t_id (const NnCheck *check, guint position)
{
  return nn_block_get_id (nn_design_get_block (nn_check_get_design (check), position));
}
