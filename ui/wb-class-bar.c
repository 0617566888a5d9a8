/* wb-class-bar.c: the tracks and classes that labels are marked with, in one row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-class-bar.h"

#include "wb-class-list.h"
#include "wb-swatch.h"
#include "wb-widgets.h"

#define LONGEST_NAME 16 /* characters of a chip */
#define MAX_CHIPS    48 /* more classes are marked by the list alone */

struct _WbClassBar
{
  GtkWidget      parent_instance;
  GtkWidget     *box, *track, *chips, *hint, *classes_button, *list;
  SigClassTable *classes; /* (nullable): of the chips */
  GtkWidget     *edits;
};

G_DEFINE_FINAL_TYPE (WbClassBar, wb_class_bar, GTK_TYPE_WIDGET)

/* --- chips -------------------------------------------------------------------------- */

static GtkWidget *
make_chip (const char *name,
           int         color,
           const char *key)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = wb_label_new (NULL, 0);
  int n_chars = (int) MIN (g_utf8_strlen (name, -1), LONGEST_NAME);
  g_autofree char *tip = *key != '\0' ? g_strdup_printf ("Mark the selection as %s (key %s)", name, key)
                                      : g_strdup_printf ("Mark the selection as %s", name);

  gtk_box_append (GTK_BOX (box), wb_swatch_new (color));
  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_label_set_width_chars (GTK_LABEL (label), n_chars);
  gtk_box_append (GTK_BOX (box), label);
  if (*key != '\0')
    {
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key");
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, tip);
  wb_widget_set_spoken (button, tip);
  return button;
}

static void
add_chip (WbClassBar     *self,
          const SigClass *class,
          int             klass)
{
  char key[2] = { class->key > 0 ? (char) ('0' + class->key) : '\0', '\0' };
  GtkWidget *chip = make_chip (class->name, class->color, key);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "i", klass);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "mark.class");
  gtk_box_append (GTK_BOX (self->chips), chip);
}

static void
update_chips (WbClassBar      *self,
              const SigLabels *labels)
{
  const SigClassTable *classes = labels != NULL ? sig_labels_get_classes (labels) : NULL;
  int n = classes != NULL ? sig_class_table_get_n (classes) : 0;

  gtk_widget_set_visible (self->hint, n == 0);
  if (classes == self->classes)
    return;
  g_clear_pointer (&self->classes, sig_class_table_unref);
  self->classes = classes != NULL ? sig_class_table_ref (classes) : NULL;
  wb_box_clear (GTK_BOX (self->chips));
  for (int k = 0; k < MIN (n, MAX_CHIPS); k++)
    add_chip (self, sig_class_table_get (classes, k), k);
  if (n > 0)
    {
      GtkWidget *unknown = make_chip ("don’t know", WB_SWATCH_DONT_KNOW, "D");

      gtk_actionable_set_action_name (GTK_ACTIONABLE (unknown), "mark.dont-know");
      gtk_box_append (GTK_BOX (self->chips), unknown);
    }
}

void
wb_class_bar_set_tracks (WbClassBar        *self,
                         const SigLabelSet *tracks)
{
  int active;
  const SigLabels *labels;
  g_autofree char *spoken = NULL;
  const char *name;

  g_return_if_fail (WB_IS_CLASS_BAR (self) && tracks != NULL);

  active = sig_label_set_get_active (tracks);
  labels = sig_label_set_peek_active (tracks);
  name = active >= 0 ? sig_label_set_get_name (tracks, (guint) active) : "No labels";
  spoken = g_strdup_printf ("Track: %s", name);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->track), name);
  wb_widget_set_spoken (self->track, spoken);
  update_chips (self, labels);
  wb_class_list_set_labels (WB_CLASS_LIST (self->list), labels);
}

void
wb_class_bar_edit_classes (WbClassBar *self)
{
  g_return_if_fail (WB_IS_CLASS_BAR (self));
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->classes_button));
}

/* --- the row ------------------------------------------------------------------------ */

static GtkWidget *
make_menu_button (const char *label,
                  const char *tooltip)
{
  GtkWidget *button = gtk_menu_button_new ();

  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, tooltip);
  return button;
}

/* Chips that do not fit are scrolled to. */
static GtkWidget *
make_middle (WbClassBar *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new (), *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  self->hint = wb_label_new_read ("dim");
  gtk_label_set_text (GTK_LABEL (self->hint), "Drag over the traces to select a span, then press 1 to 9");
  gtk_label_set_max_width_chars (GTK_LABEL (self->hint), 60);
  gtk_box_append (GTK_BOX (row), self->chips);
  gtk_box_append (GTK_BOX (row), self->hint);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), row);
  gtk_widget_set_hexpand (scroll, TRUE);
  return scroll;
}

static void
wb_class_bar_dispose (GObject *object)
{
  WbClassBar *self = WB_CLASS_BAR (object);

  g_clear_pointer (&self->classes, sig_class_table_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_class_bar_parent_class)->dispose (object);
}

static void
wb_class_bar_class_init (WbClassBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_class_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "classbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_class_bar_init (WbClassBar *self)
{
  GtkWidget *popover = gtk_popover_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->track = make_menu_button ("No labels", "Choose, add or rename a track of labels");
  self->classes_button = make_menu_button ("Classes", "Rename, colour, add or remove classes");
  self->edits = make_menu_button ("Edit", "Split, merge, fill, accept predictions, snap");
  self->list = wb_class_list_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), self->list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->classes_button), popover);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), self->track);
  gtk_box_append (GTK_BOX (self->box), make_middle (self));
  gtk_box_append (GTK_BOX (self->box), self->classes_button);
  gtk_box_append (GTK_BOX (self->box), self->edits);
  wb_widget_set_spoken (GTK_WIDGET (self), "Labelling");
}

GtkWidget *
wb_class_bar_new (GMenuModel *tracks,
                  GMenuModel *edits)
{
  WbClassBar *self;

  g_return_val_if_fail (G_IS_MENU_MODEL (tracks) && G_IS_MENU_MODEL (edits), NULL);

  self = g_object_new (WB_TYPE_CLASS_BAR, NULL);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->track), tracks);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->edits), edits);
  return GTK_WIDGET (self);
}
