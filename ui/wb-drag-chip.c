/* wb-drag-chip.c: what follows the pointer while a block is dragged
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-drag-chip.h"

#include "wb-text.h"
#include "wb-widgets.h"

#define UNTIL_A_STACK "Drop it into the stack"

/* A drag's surface keeps the size it began with: the chip has room for its note from the start. */
#define WIDTH 300

struct _WbDragChip
{
  GtkWidget  parent_instance;

  GtkWidget *content;
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *note;
};

G_DEFINE_FINAL_TYPE (WbDragChip, wb_drag_chip, GTK_TYPE_WIDGET)

void
wb_drag_chip_attach (GdkDrag *drag, const NnKind *kind)
{
  WbDragChip *self = g_object_new (WB_TYPE_DRAG_CHIP, NULL);
  g_autofree char *icon = wb_text_kind_icon (kind);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_label_set_label (GTK_LABEL (self->name), kind->name);
  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)), GTK_WIDGET (self));

  /* Beside the pointer, not under it: the insertion line must stay visible. */
  gdk_drag_set_hotspot (drag, -12, -6);
}

void
wb_drag_chip_set_note (GdkDrag *drag, WbTone tone, const char *text)
{
  GtkWidget *child = drag != NULL ? gtk_drag_icon_get_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag))) : NULL;
  WbDragChip *self;

  if (child == NULL || !WB_IS_DRAG_CHIP (child))
    return;
  self = WB_DRAG_CHIP (child);
  gtk_label_set_label (GTK_LABEL (self->note), text != NULL ? text : UNTIL_A_STACK);
  wb_widget_set_tone (self->note, tone);
}

static void
wb_drag_chip_dispose (GObject *object)
{
  WbDragChip *self = WB_DRAG_CHIP (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_drag_chip_parent_class)->dispose (object);
}

static void
wb_drag_chip_class_init (WbDragChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wb_drag_chip_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "dragchip");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
wb_drag_chip_init (WbDragChip *self)
{
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new ();
  self->name = wb_label_new ("title", 0);
  self->note = wb_label_new ("note", 0);
  gtk_label_set_label (GTK_LABEL (self->note), UNTIL_A_STACK);
  gtk_box_append (GTK_BOX (upper), self->icon);
  gtk_box_append (GTK_BOX (upper), self->name);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), upper);
  gtk_box_append (GTK_BOX (self->content), self->note);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, -1);
}
