/* wb-block-card.c: one card of the stack: the input, a block or the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-block-card.h"

#include "wb-widgets.h"

#define ICON_COLUMN 20
#define COLUMN_GAP  12

struct _WbBlockCard
{
  GtkWidget  parent_instance;

  guint      id;
  gboolean   keeps_time;
  gboolean   has_remark; /* outside previews: whether the third line is there */
  char      *own_shape;  /* outside previews: what the shape and the cost say */
  char      *own_cost;

  GtkWidget *content;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *detail;
  GtkWidget *shape;
  GtkWidget *cost;
  GtkWidget *remark_row;
  GtkWidget *remark_icon;
  GtkWidget *remark;
};

G_DEFINE_FINAL_TYPE (WbBlockCard, wb_block_card, GTK_TYPE_WIDGET)

guint
wb_block_card_get_id (WbBlockCard *self)
{
  g_return_val_if_fail (WB_IS_BLOCK_CARD (self), 0);

  return self->id;
}

gboolean
wb_block_card_get_keeps_time (WbBlockCard *self)
{
  g_return_val_if_fail (WB_IS_BLOCK_CARD (self), TRUE);

  return self->keeps_time;
}

static void
set_optional_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

/* What a face and a preview have in common: everything but the detail and the remark. */
static void
set_figures (WbBlockCard *self, const WbCardFace *face)
{
  g_autofree char *shape = face->assumed ? g_strdup_printf ("assumed %s", face->shape) : g_strdup (face->shape);

  set_optional_text (self->shape, shape);
  set_optional_text (self->cost, face->cost);
  wb_widget_set_class (self->shape, "assumed", face->assumed);
  self->keeps_time = face->keeps_time;
}

static void
set_remark (WbBlockCard *self, const WbCardFace *face)
{
  gtk_label_set_label (GTK_LABEL (self->remark), face->remark);
  wb_widget_set_tone (self->remark_row, face->tone);
  wb_image_set_tone (GTK_IMAGE (self->remark_icon), face->tone);
}

void
wb_block_card_set_face (WbBlockCard *self, const WbCardFace *face)
{
  g_return_if_fail (WB_IS_BLOCK_CARD (self));
  g_return_if_fail (face != NULL);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), face->icon);
  gtk_label_set_label (GTK_LABEL (self->title), face->title);
  set_optional_text (self->detail, face->detail);
  set_figures (self, face);
  set_remark (self, face);
  wb_widget_set_tone (self->detail, WB_TONE_PLAIN);

  g_free (self->own_shape);
  g_free (self->own_cost);
  self->own_shape = g_strdup (face->shape);
  self->own_cost = g_strdup (face->cost);
  self->has_remark = face->remark[0] != '\0';
  gtk_widget_set_visible (self->remark_row, self->has_remark);
  gtk_widget_set_opacity (self->remark_row, 1);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "preview");
  wb_widget_set_class (GTK_WIDGET (self), "broken", face->tone == WB_TONE_ERROR);

  gtk_widget_set_tooltip_text (GTK_WIDGET (self), face->more[0] != '\0' ? face->more : NULL);
  wb_widget_set_spoken (GTK_WIDGET (self), face->spoken);
}

void
wb_block_card_set_preview (WbBlockCard *self, const WbCardFace *face)
{
  gboolean speaks;

  g_return_if_fail (WB_IS_BLOCK_CARD (self));
  g_return_if_fail (face != NULL);

  speaks = face->remark[0] != '\0';
  set_figures (self, face);
  if (self->has_remark)
    {
      set_remark (self, face);
      gtk_widget_set_opacity (self->remark_row, speaks ? 1 : 0);
    }
  else if (face->detail[0] != '\0')
    {
      gtk_label_set_label (GTK_LABEL (self->detail), speaks ? face->remark : face->detail);
      wb_widget_set_tone (self->detail, speaks ? face->tone : WB_TONE_PLAIN);
    }
  wb_widget_set_class (GTK_WIDGET (self), "preview",
                       g_strcmp0 (face->shape, self->own_shape) != 0 || g_strcmp0 (face->cost, self->own_cost) != 0);
  wb_widget_set_class (GTK_WIDGET (self), "broken", face->tone == WB_TONE_ERROR);
}

void
wb_block_card_set_selected (WbBlockCard *self, gboolean selected)
{
  g_return_if_fail (WB_IS_BLOCK_CARD (self));

  if (selected)
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_SELECTED);
  gtk_widget_set_focusable (GTK_WIDGET (self), selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}

static void
wb_block_card_dispose (GObject *object)
{
  WbBlockCard *self = WB_BLOCK_CARD (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_block_card_parent_class)->dispose (object);
}

static void
wb_block_card_finalize (GObject *object)
{
  WbBlockCard *self = WB_BLOCK_CARD (object);

  g_free (self->own_shape);
  g_free (self->own_cost);
  G_OBJECT_CLASS (wb_block_card_parent_class)->finalize (object);
}

static void
wb_block_card_class_init (WbBlockCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_block_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_block_card_finalize;
  gtk_widget_class_set_css_name (widget_class, "blockcard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

/* What is on the left takes the room that what is on the right leaves; that stays at the end even where nothing is on the
 * left. */
static GtkWidget *
new_row (GtkWidget *left, GtkWidget *right)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_GAP);

  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_halign (right, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), left);
  gtk_box_append (GTK_BOX (box), right);
  return box;
}

static GtkWidget *
new_column (GtkWidget *upper, GtkWidget *lower)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), upper);
  gtk_box_append (GTK_BOX (box), lower);
  return box;
}

static void
wb_block_card_init (WbBlockCard *self)
{
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_GAP);

  self->keeps_time = TRUE;
  self->icon = gtk_image_new ();
  self->title = wb_label_new ("title", 0);
  self->detail = wb_label_new ("dim", 0);
  self->shape = wb_label_new ("shape", 1);
  self->cost = wb_label_new ("dim", 1);
  self->remark_icon = gtk_image_new ();
  self->remark = wb_label_new (NULL, 0);
  gtk_widget_set_hexpand (self->remark, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (self->shape), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_ellipsize (GTK_LABEL (self->cost), PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (self->icon, "kind");
  gtk_widget_set_size_request (self->icon, ICON_COLUMN, -1);
  gtk_widget_set_size_request (self->remark_icon, ICON_COLUMN, -1);

  gtk_box_append (GTK_BOX (upper), self->icon);
  gtk_box_append (GTK_BOX (upper), new_column (new_row (self->title, self->shape), new_row (self->detail, self->cost)));

  self->remark_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, COLUMN_GAP);
  gtk_widget_add_css_class (self->remark_row, "remark");
  gtk_box_append (GTK_BOX (self->remark_row), self->remark_icon);
  gtk_box_append (GTK_BOX (self->remark_row), self->remark);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), upper);
  gtk_box_append (GTK_BOX (self->content), self->remark_row);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_block_card_new (guint id)
{
  WbBlockCard *self = g_object_new (WB_TYPE_BLOCK_CARD, NULL);

  self->id = id;
  return GTK_WIDGET (self);
}
