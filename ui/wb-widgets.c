/* wb-widgets.c: the small steps that every widget of the design half takes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-widgets.h"

#define NATURAL_CHARS 24 /* what a line asks for; it takes more where there is room */

/* What is cut off can be read in the tooltip. */
static gboolean
query_tooltip_cb (GtkLabel *label, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip, gpointer user_data)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));
  return TRUE;
}

static GtkWidget *
new_line (const char *css_class, float xalign, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "accessible-role", role,
                                   "ellipsize", PANGO_ELLIPSIZE_END,
                                   "has-tooltip", TRUE,
                                   "max-width-chars", NATURAL_CHARS,
                                   "xalign", xalign,
                                   NULL);

  g_signal_connect (label, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
wb_label_new (const char *css_class, float xalign)
{
  return new_line (css_class, xalign, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

GtkWidget *
wb_label_new_read (const char *css_class)
{
  return new_line (css_class, 0, GTK_ACCESSIBLE_ROLE_LABEL);
}

GtkWidget *
wb_label_new_wrapped (const char *css_class, const char *text)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL,
                                   "label", text,
                                   "wrap", TRUE,
                                   "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                   "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                                   "xalign", 0.0f,
                                   NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

void
wb_widget_set_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

void
wb_widget_set_tone (GtkWidget *widget, WbTone tone)
{
  for (WbTone other = WB_TONE_OK; other <= WB_TONE_ERROR; other++)
    wb_widget_set_class (widget, wb_tone_class (other), other == tone);
}

void
wb_image_set_tone (GtkImage *image, WbTone tone)
{
  gtk_image_set_from_icon_name (image, wb_tone_icon (tone));
  gtk_widget_set_visible (GTK_WIDGET (image), tone != WB_TONE_PLAIN);
}

void
wb_widget_set_spoken (GtkWidget *widget, const char *label)
{
  /* Later GTK (seen in 4.18) lets a drop-down be named by what it shows, and that goes before its own name. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
wb_button_new_with_mnemonic (const char *label)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  wb_widget_set_spoken (button, gtk_label_get_text (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)))));
  return button;
}

/* --- the focus ------------------------------------------------------------------ */

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
shown_cb (GtkWidget *popover, GWeakRef *before)
{
  GtkRoot *root = gtk_widget_get_root (popover);

  g_weak_ref_set (before, root != NULL ? gtk_root_get_focus (root) : NULL);
}

static void
closed_cb (GtkWidget *popover, GWeakRef *before)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (before);

  g_weak_ref_set (before, NULL);
  if (widget != NULL && gtk_widget_get_mapped (widget))
    gtk_widget_grab_focus (widget);
}

void
wb_popover_give_focus_back (GtkPopover *popover)
{
  GWeakRef *before = g_new (GWeakRef, 1);

  g_weak_ref_init (before, NULL);
  g_object_set_data_full (G_OBJECT (popover), "wb-focus-before", before, weak_free);
  g_signal_connect (popover, "map", G_CALLBACK (shown_cb), before);
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), before);
}

/* What the popover does not take itself may be a key of its window. */
static gboolean
key_pressed_cb (GtkEventControllerKey *keys)
{
  GtkWidget *popover = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));
  gboolean taken = gtk_event_controller_key_forward (keys, GTK_WIDGET (gtk_widget_get_root (popover)));

  if (taken)
    gtk_popover_popdown (GTK_POPOVER (popover));
  return taken;
}

/* An open popover is given the presses beside it too. */
static gboolean
event_cb (GtkEventController *events,
          GdkEvent           *event)
{
  GtkWidget *popover = gtk_event_controller_get_widget (events);
  GtkNative *window = gtk_widget_get_native (gtk_widget_get_parent (popover));

  if (gdk_event_get_event_type (event) == GDK_BUTTON_PRESS && gdk_event_get_surface (event) == gtk_native_get_surface (window))
    gtk_popover_popdown (GTK_POPOVER (popover));
  return GDK_EVENT_PROPAGATE;
}

void
wb_popover_hear_window (GtkPopover *popover)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *events = gtk_event_controller_legacy_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (popover), keys);
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (event_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (popover), events);
}

void
wb_menu_button_keep_focus (GtkMenuButton *button)
{
  gtk_widget_set_focus_on_click (gtk_widget_get_first_child (GTK_WIDGET (button)), FALSE);
  wb_popover_give_focus_back (gtk_menu_button_get_popover (button));
}

void
wb_box_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}
