/* wb-stack-column.c: the rows of the stack one under another, with connectors and the insertion line
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-column.h"

#include "wb-block-card.h"

#define CONNECTOR_WIDTH 2
#define LINE_HEIGHT     4
#define BEND            5 /* radius of a link's corners */
#define ARROW           4

struct _WbStackColumn
{
  GtkWidget  parent_instance;

  GPtrArray *rows;   /* of GtkWidget, borrowed: they are children */
  GArray    *places; /* of WbStackRow, as long as rows */
  GArray    *links;  /* of WbStackLink */
  int        gutter; /* pixels left of the cards, for the links */
  int        gap;
};

G_DEFINE_FINAL_TYPE (WbStackColumn, wb_stack_column, GTK_TYPE_WIDGET)

static WbStackRow *
places_of (WbStackColumn *self)
{
  return &g_array_index (self->places, WbStackRow, 0);
}

void
wb_stack_column_set_rows (WbStackColumn *self, GPtrArray *rows)
{
  GtkWidget *previous = NULL;

  g_return_if_fail (WB_IS_STACK_COLUMN (self));
  g_return_if_fail (rows != NULL);

  for (guint i = 0; i < self->rows->len; i++)
    if (!g_ptr_array_find (rows, self->rows->pdata[i], NULL))
      gtk_widget_unparent (self->rows->pdata[i]);

  g_ptr_array_set_size (self->rows, 0);
  g_array_set_size (self->places, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      gtk_widget_insert_after (rows->pdata[i], GTK_WIDGET (self), previous);
      previous = rows->pdata[i];
      g_ptr_array_add (self->rows, previous);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
wb_stack_column_set_links (WbStackColumn *self, const WbStackLink *links, guint n_links)
{
  guint n_lanes;

  g_return_if_fail (WB_IS_STACK_COLUMN (self));

  g_array_set_size (self->links, 0);
  if (n_links > 0)
    g_array_append_vals (self->links, links, n_links);
  n_lanes = wb_stack_layout_link ((WbStackLink *) (gpointer) self->links->data, n_links);
  self->gutter = n_lanes > 0 ? n_lanes * WB_STACK_LANE + ARROW : 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
wb_stack_column_gap_at (WbStackColumn *self, double y)
{
  g_return_val_if_fail (WB_IS_STACK_COLUMN (self), 0);

  return wb_stack_layout_gap_at (places_of (self), self->places->len, y);
}

void
wb_stack_column_set_gap (WbStackColumn *self, int gap)
{
  g_return_if_fail (WB_IS_STACK_COLUMN (self));

  if (self->gap == gap)
    return;
  self->gap = gap;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
wb_stack_column_get_extent (WbStackColumn *self, GtkWidget *row, int *top, int *height)
{
  guint i;

  g_return_val_if_fail (WB_IS_STACK_COLUMN (self), FALSE);

  if (!g_ptr_array_find (self->rows, row, &i))
    return FALSE;
  *top = places_of (self)[i].top;
  *height = places_of (self)[i].height;
  return TRUE;
}

static void
wb_stack_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  WbStackColumn *self = WB_STACK_COLUMN (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? self->gutter : 0;
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size - self->gutter, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      int least, wanted;

      gtk_widget_measure (self->rows->pdata[i], orientation, for_size, &least, &wanted, NULL, NULL);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        {
          *minimum = MAX (*minimum, least + self->gutter);
          *natural = MAX (*natural, wanted + self->gutter);
        }
      else
        {
          /* A row always gets its natural height: the scrolled window shows what does not fit. */
          *minimum += wanted + WB_STACK_SPACING;
          *natural += wanted + WB_STACK_SPACING;
        }
    }
}

static void
wb_stack_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WbStackColumn *self = WB_STACK_COLUMN (widget);
  WbStackRow *places = places_of (self);

  width = MAX (width - self->gutter, 0);
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_measure (self->rows->pdata[i], GTK_ORIENTATION_VERTICAL, width, NULL, &places[i].height, NULL, NULL);
  wb_stack_layout_place (places, self->places->len);

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkAllocation box = { self->gutter, places[i].top, width, places[i].height };
      gtk_widget_size_allocate (self->rows->pdata[i], &box, -1);
    }
}

static void
draw_connector (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, gboolean dashed)
{
  float dash = dashed ? 2 : WB_STACK_SPACING;

  for (float at = 0; at < WB_STACK_SPACING; at += 2 * dash)
    {
      graphene_rect_t box = GRAPHENE_RECT_INIT (x - CONNECTOR_WIDTH / 2.0f, y + at, CONNECTOR_WIDTH, dash);
      gtk_snapshot_append_color (snapshot, color, &box);
    }
}

/* From the lower half of one card to the upper half of another: a block that is joined and joins has its lines apart. */
static void
draw_link (WbStackColumn *self, cairo_t *cr, const WbStackLink *link)
{
  const WbStackRow *from = &places_of (self)[link->from], *to = &places_of (self)[link->to];
  double x = self->gutter - ARROW - link->lane * WB_STACK_LANE - WB_STACK_LANE / 2.0;
  double top = from->top + from->height * 0.65, bottom = to->top + to->height * 0.35;

  cairo_move_to (cr, self->gutter, top);
  cairo_arc_negative (cr, x + BEND, top + BEND, BEND, -G_PI_2, -G_PI);
  cairo_arc_negative (cr, x + BEND, bottom - BEND, BEND, G_PI, G_PI_2);
  cairo_line_to (cr, self->gutter - ARROW, bottom);
  cairo_stroke (cr);

  cairo_move_to (cr, self->gutter, bottom);
  cairo_line_to (cr, self->gutter - ARROW - 1, bottom - ARROW);
  cairo_line_to (cr, self->gutter - ARROW - 1, bottom + ARROW);
  cairo_fill (cr);
}

static void
draw_links (WbStackColumn *self, GtkSnapshot *snapshot, const GdkRGBA *color)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, self->gutter, gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cr;

  if (self->gutter == 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &box);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, CONNECTOR_WIDTH);
  for (guint i = 0; i < self->links->len; i++)
    {
      const WbStackLink *link = &g_array_index (self->links, WbStackLink, i);

      if (link->from < link->to && link->to < self->places->len)
        draw_link (self, cr, link);
    }
  cairo_destroy (cr);
}

static void
draw_insertion_line (GtkSnapshot *snapshot, const GdkRGBA *color, float width, float y)
{
  GskRoundedRect line;
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, y - LINE_HEIGHT / 2.0f, width, LINE_HEIGHT);

  gsk_rounded_rect_init_from_rect (&line, &box, LINE_HEIGHT / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &line);
  gtk_snapshot_append_color (snapshot, color, &box);
  gtk_snapshot_pop (snapshot);
}

static void
wb_stack_column_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WbStackColumn *self = WB_STACK_COLUMN (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  float width = gtk_widget_get_width (widget);
  GdkRGBA link, accent;

  gtk_style_context_get_color (style, &link);
  if (!gtk_style_context_lookup_color (style, "lamina_accent", &accent))
    accent = link;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const WbStackRow *place = &places_of (self)[i];
      GtkWidget *row = self->rows->pdata[i];
      gboolean dashed = WB_IS_BLOCK_CARD (row) && !wb_block_card_get_keeps_time (WB_BLOCK_CARD (row));

      draw_connector (snapshot, &link, (self->gutter + width) / 2, place->top + place->height, dashed);
      gtk_widget_snapshot_child (widget, row, snapshot);
    }
  draw_links (self, snapshot, &link);
  if (self->gap >= 0 && self->gap < self->places->len)
    draw_insertion_line (snapshot, &accent, width, wb_stack_layout_gap_y (places_of (self), self->places->len, self->gap));
}

static void
wb_stack_column_dispose (GObject *object)
{
  WbStackColumn *self = WB_STACK_COLUMN (object);

  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  g_array_set_size (self->places, 0);
  G_OBJECT_CLASS (wb_stack_column_parent_class)->dispose (object);
}

static void
wb_stack_column_finalize (GObject *object)
{
  WbStackColumn *self = WB_STACK_COLUMN (object);

  g_ptr_array_unref (self->rows);
  g_array_unref (self->places);
  g_array_unref (self->links);
  G_OBJECT_CLASS (wb_stack_column_parent_class)->finalize (object);
}

static GtkSizeRequestMode
wb_stack_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_stack_column_class_init (WbStackColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_stack_column_dispose;
  object_class->finalize = wb_stack_column_finalize;
  widget_class->measure = wb_stack_column_measure;
  widget_class->size_allocate = wb_stack_column_size_allocate;
  widget_class->snapshot = wb_stack_column_snapshot;
  widget_class->get_request_mode = wb_stack_column_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "stackcolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_stack_column_init (WbStackColumn *self)
{
  self->rows = g_ptr_array_new ();
  self->places = g_array_new (FALSE, TRUE, sizeof (WbStackRow));
  self->links = g_array_new (FALSE, FALSE, sizeof (WbStackLink));
  self->gap = -1;
}

GtkWidget *
wb_stack_column_new (void)
{
  return g_object_new (WB_TYPE_STACK_COLUMN, NULL);
}
