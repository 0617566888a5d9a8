/* wb-banner.c: the one place where a window tells errors and notes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-banner.h"

#include "wb-widgets.h"

#define MAX_LINES 3 /* the rest is in the tooltip: what is told of many files must not push the window out of sight */

struct _WbBanner
{
  GtkWidget  parent_instance;
  GtkWidget *box, *icon, *label, *offer, *offered;
};

G_DEFINE_FINAL_TYPE (WbBanner, wb_banner, GTK_TYPE_WIDGET)

static const char *
spoken_tone (WbTone tone)
{
  switch (tone)
    {
    case WB_TONE_ERROR:
      return "Error";
    case WB_TONE_WARNING:
      return "Warning";
    case WB_TONE_PLAIN:
    case WB_TONE_OK:
    case WB_TONE_NOTE:
    default:
      return "Note";
    }
}

static void
set_text (WbBanner   *self,
          const char *text)
{
  /* One paragraph: GTK 4.8 measures a label of several in two ways that do not agree, and warns of it. */
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n", ' ');

  gtk_label_set_text (GTK_LABEL (self->label), line);
  gtk_widget_set_tooltip_text (self->label, line);
}

void
wb_banner_show (WbBanner   *self,
                WbTone      tone,
                const char *text)
{
  g_return_if_fail (WB_IS_BANNER (self));
  g_return_if_fail (text != NULL);

  set_text (self, text);
  gtk_widget_set_visible (self->offer, FALSE);
  wb_image_set_tone (GTK_IMAGE (self->icon), tone);
  wb_widget_set_tone (GTK_WIDGET (self), tone);
  wb_widget_set_spoken (GTK_WIDGET (self), spoken_tone (tone));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
wb_banner_hide (WbBanner *self)
{
  g_return_if_fail (WB_IS_BANNER (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
wb_banner_offer (WbBanner   *self,
                 const char *label,
                 const char *action)
{
  g_return_if_fail (WB_IS_BANNER (self));
  g_return_if_fail (label != NULL && action != NULL);

  gtk_label_set_text_with_mnemonic (GTK_LABEL (self->offered), label);
  wb_widget_set_spoken (self->offer, gtk_label_get_text (GTK_LABEL (self->offered)));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->offer), action);
  gtk_widget_set_visible (self->offer, TRUE);
}

gboolean
wb_banner_has_offer (WbBanner *self)
{
  g_return_val_if_fail (WB_IS_BANNER (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self)) && gtk_widget_get_visible (self->offer);
}

void
wb_banner_update (WbBanner   *self,
                  const char *text)
{
  g_return_if_fail (WB_IS_BANNER (self));
  g_return_if_fail (text != NULL);

  set_text (self, text);
}

const char *
wb_banner_get_text (WbBanner *self)
{
  g_return_val_if_fail (WB_IS_BANNER (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (GTK_LABEL (self->label)) : NULL;
}

static void
wb_banner_dispose (GObject *object)
{
  WbBanner *self = WB_BANNER (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_banner_parent_class)->dispose (object);
}

static void
wb_banner_class_init (WbBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_banner_dispose;
  gtk_widget_class_set_css_name (widget_class, "banner");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
wb_banner_init (WbBanner *self)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");
  /* It hides the icon's baseline. Where it is not that of the offer's words, GTK 4.8 gives the row more height for a width than
     without one, and warns of it. */
  GtkWidget *end = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->icon = gtk_image_new ();
  gtk_box_append (GTK_BOX (self->box), self->icon);

  self->label = wb_label_new_wrapped (NULL, "");
  gtk_label_set_selectable (GTK_LABEL (self->label), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->label), MAX_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->label);

  self->offer = gtk_button_new ();
  /* A label of its own: one that GtkButton makes is spoken twice in GTK 4.8, once with the underscore of its mnemonic. */
  self->offered = gtk_label_new (NULL);
  gtk_button_set_child (GTK_BUTTON (self->offer), self->offered);
  gtk_widget_add_css_class (self->offer, "text-button");
  gtk_widget_set_valign (self->offer, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->offer, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->offer);

  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_valign (close, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (close, "Close this message");
  wb_widget_set_spoken (close, "Close this message");
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (wb_banner_hide), self);
  gtk_box_append (GTK_BOX (end), close);
  gtk_box_append (GTK_BOX (self->box), end);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
wb_banner_new (void)
{
  return g_object_new (WB_TYPE_BANNER, NULL);
}
