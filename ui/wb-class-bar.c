/* wb-class-bar.c: the tracks and classes that labels are marked with, in one row
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-class-bar.h"

#include "wb-chip-row.h"
#include "wb-class-list.h"
#include "wb-class-picker.h"
#include "wb-swatch.h"
#include "wb-widgets.h"

#define LONGEST_NAME 16 /* characters of a chip */
#define MAX_CHIPS    200 /* more never fit; they are marked by the list alone */

struct _WbClassBar
{
  GtkWidget      parent_instance;
  GtkWidget     *chips, *track, *unknown, *hint, *space, *classes_button, *list;
  GtkWidget     *more, *more_label, *picker, *picker_popover;
  SigClassTable *classes; /* (nullable): of the chips */
  GtkWidget     *edits;
};

G_DEFINE_FINAL_TYPE (WbClassBar, wb_class_bar, GTK_TYPE_WIDGET)

/* --- chips -------------------------------------------------------------------------- */

static GtkWidget *
make_chip (const char        *name,
           int                color,
           const char        *key,
           PangoEllipsizeMode cut)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = wb_label_new (NULL, 0);
  g_autofree char *tip = *key != '\0' ? g_strdup_printf ("Mark the selection as %s (key %s)", name, key)
                                      : g_strdup_printf ("Mark the selection as %s", name);

  gtk_box_append (GTK_BOX (box), wb_swatch_new (color));
  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), cut);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST_NAME);
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
  GtkWidget *chip = make_chip (class->name, class->color, key, PANGO_ELLIPSIZE_MIDDLE);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (chip), "i", klass);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (chip), "mark.class");
  wb_chip_row_append (WB_CHIP_ROW (self->chips), chip);
}

static int
count_classes (WbClassBar *self)
{
  return self->classes != NULL ? sig_class_table_get_n (self->classes) : 0;
}

/* How many classes have no chip in sight. */
static void
update_more (WbClassBar *self)
{
  int n_chips = MIN (count_classes (self), MAX_CHIPS);
  int n_hidden = count_classes (self) - n_chips + (int) wb_chip_row_get_n_hidden (WB_CHIP_ROW (self->chips));
  g_autofree char *text = g_strdup_printf ("+%d", n_hidden);

  gtk_label_set_text (GTK_LABEL (self->more_label), text);
}

static void
update_chips (WbClassBar      *self,
              const SigLabels *labels)
{
  const SigClassTable *classes = labels != NULL ? sig_labels_get_classes (labels) : NULL;
  int n = classes != NULL ? sig_class_table_get_n (classes) : 0;

  gtk_widget_set_visible (self->hint, n == 0);
  gtk_widget_set_visible (self->unknown, n > 0);
  gtk_widget_set_visible (self->space, n > 0);
  if (classes == self->classes)
    return;
  g_clear_pointer (&self->classes, sig_class_table_unref);
  self->classes = classes != NULL ? sig_class_table_ref (classes) : NULL;
  wb_chip_row_clear (WB_CHIP_ROW (self->chips));
  for (int k = 0; k < MIN (n, MAX_CHIPS); k++)
    add_chip (self, sig_class_table_get (classes, k), k);
  gtk_label_set_width_chars (GTK_LABEL (self->more_label), n >= 100 ? 4 : 3);
  update_more (self);
  wb_class_picker_set_classes (WB_CLASS_PICKER (self->picker), classes);
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

void
wb_class_bar_pick_class (WbClassBar *self)
{
  GtkWidget *anchor;
  graphene_rect_t box;

  g_return_if_fail (WB_IS_CLASS_BAR (self));
  if (count_classes (self) == 0)
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (self->classes_button));
      return;
    }
  anchor = gtk_widget_get_mapped (self->more) ? self->more : self->unknown;
  if (gtk_widget_compute_bounds (anchor, GTK_WIDGET (self), &box))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->picker_popover),
                                 &(GdkRectangle) { (int) box.origin.x, (int) box.origin.y, (int) box.size.width,
                                                   (int) box.size.height });
  gtk_popover_popup (GTK_POPOVER (self->picker_popover));
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
  wb_widget_set_spoken (button, label);
  gtk_widget_set_focus_on_click (gtk_widget_get_first_child (button), FALSE); /* it leaves it where it gives it back to */
  return button;
}

static GtkWidget *
make_popover (WbClassBar *self,
              GtkWidget  *content)
{
  GtkWidget *popover = gtk_popover_new ();

  gtk_popover_set_child (GTK_POPOVER (popover), content);
  wb_popover_give_focus_back (GTK_POPOVER (popover));
  wb_popover_hear_window (GTK_POPOVER (popover));
  return popover;
}

static void
make_more (WbClassBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  self->more = gtk_button_new ();
  self->more_label = gtk_label_new (NULL);
  self->picker = wb_class_picker_new ();
  gtk_box_append (GTK_BOX (box), self->more_label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self->more), box);
  gtk_widget_set_focus_on_click (self->more, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_swapped (self->more, "clicked", G_CALLBACK (wb_class_bar_pick_class), self);
  gtk_widget_set_tooltip_text (self->more, "Mark the selection as any class, or a new one (key L)");
  wb_widget_set_spoken (self->more, "All classes");
  self->picker_popover = make_popover (self, self->picker);
  gtk_popover_set_position (GTK_POPOVER (self->picker_popover), GTK_POS_BOTTOM);
  gtk_widget_set_parent (self->picker_popover, GTK_WIDGET (self));
}

/* Behind the chips: "don't know", which is always at hand, and at the right end what changes them. */
static GtkWidget *
make_tail (WbClassBar *self)
{
  GtkWidget *tail = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->unknown = make_chip ("don’t know", WB_SWATCH_DONT_KNOW, "D", PANGO_ELLIPSIZE_NONE);
  self->hint = wb_label_new_read ("dim");
  self->classes_button = make_menu_button ("Classes", "Rename, colour, add or remove classes");
  self->edits = make_menu_button ("Edit", "Split, merge, fill, accept predictions, snap");
  self->list = wb_class_list_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->classes_button), make_popover (self, self->list));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->unknown), "mark.dont-know");
  gtk_label_set_text (GTK_LABEL (self->hint), "Drag over the traces to select a span, then press 1 to 9");
  gtk_widget_set_hexpand (self->hint, TRUE);
  gtk_widget_set_hexpand (self->space, TRUE);
  gtk_box_append (GTK_BOX (tail), self->unknown);
  gtk_box_append (GTK_BOX (tail), self->hint);
  gtk_box_append (GTK_BOX (tail), self->space);
  gtk_box_append (GTK_BOX (tail), self->classes_button);
  gtk_box_append (GTK_BOX (tail), self->edits);
  return tail;
}

static GtkSizeRequestMode
wb_class_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_class_bar_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  gtk_widget_measure (WB_CLASS_BAR (widget)->chips, orientation, for_size, minimum, natural, NULL, NULL);
}

/* A layout manager would not move the popover along. */
static void
wb_class_bar_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  WbClassBar *self = WB_CLASS_BAR (widget);

  gtk_widget_allocate (self->chips, width, height, -1, NULL);
  gtk_popover_present (GTK_POPOVER (self->picker_popover));
}

static void
wb_class_bar_dispose (GObject *object)
{
  WbClassBar *self = WB_CLASS_BAR (object);

  g_clear_pointer (&self->classes, sig_class_table_unref);
  g_clear_pointer (&self->picker_popover, gtk_widget_unparent);
  g_clear_pointer (&self->chips, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_class_bar_parent_class)->dispose (object);
}

static void
wb_class_bar_class_init (WbClassBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_class_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "classbar");
  widget_class->get_request_mode = wb_class_bar_get_request_mode;
  widget_class->measure = wb_class_bar_measure;
  widget_class->size_allocate = wb_class_bar_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_class_bar_init (WbClassBar *self)
{
  self->track = make_menu_button ("No labels", "Choose, add or rename a track of labels");
  make_more (self);
  self->chips = wb_chip_row_new (self->track, self->more, make_tail (self));
  g_signal_connect_swapped (self->chips, "notify::n-hidden", G_CALLBACK (update_more), self);
  gtk_widget_set_parent (self->chips, GTK_WIDGET (self));
  update_chips (self, NULL);
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
  wb_popover_give_focus_back (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->track)));
  wb_popover_give_focus_back (gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->edits)));
  return GTK_WIDGET (self);
}
