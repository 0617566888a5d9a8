/* wb-chip-row.c: as many chips as fit into two rows, between what begins and what ends them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-chip-row.h"

#define SPACING  4
#define MAX_ROWS 2

struct _WbChipRow
{
  GtkWidget  parent_instance;
  GPtrArray *chips; /* of GtkWidget *, children of the row */
  GtkWidget *head, *more, *tail;
  guint      n_hidden;
  guint      notifying; /* waits until the row has been laid out */
};

enum { PROP_0, PROP_N_HIDDEN, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (WbChipRow, wb_chip_row, GTK_TYPE_WIDGET)

/* Where the next child goes. */
typedef struct
{
  int x, row, width, height, tail_width; /* height: of a row; tail_width: of what comes after the chips */
} Pen;

static int
measure (GtkWidget      *child,
         GtkOrientation  orientation)
{
  int natural;

  gtk_widget_measure (child, orientation, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static int
get_width (GtkWidget *child)
{
  return measure (child, GTK_ORIENTATION_HORIZONTAL);
}

static int
get_least_width (GtkWidget *child)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
get_height (WbChipRow *self)
{
  int highest = MAX (measure (self->head, GTK_ORIENTATION_VERTICAL), measure (self->tail, GTK_ORIENTATION_VERTICAL));

  for (guint i = 0; i < self->chips->len; i++)
    highest = MAX (highest, measure (self->chips->pdata[i], GTK_ORIENTATION_VERTICAL));
  return highest;
}

/* Goes on to the next row where need be; FALSE: there is no place for a chip of that width. Chips of the last row leave room for
 * the tail. */
static gboolean
find_place (Pen *pen,
            int  width)
{
  while (pen->row < MAX_ROWS - 1)
    {
      if (pen->x + width <= pen->width)
        return TRUE;
      pen->row++;
      pen->x = 0;
    }
  return pen->x + width + SPACING + pen->tail_width <= pen->width;
}

/* It has its place behind the last chip, at the latest in the last row. */
static void
find_place_of_tail (Pen *pen)
{
  if (pen->row < MAX_ROWS - 1 && pen->x + pen->tail_width > pen->width)
    {
      pen->row++;
      pen->x = 0;
    }
}

/* Places as many chips as it can from behind the head on; the number of them. */
static guint
place_chips (WbChipRow *self,
             Pen       *pen,
             void     (*place) (GtkWidget *chip, const Pen *pen, int width))
{
  guint n = 0;

  pen->x = get_width (self->head) + SPACING;
  pen->row = 0;
  for (; n < self->chips->len; n++)
    {
      int width = get_width (self->chips->pdata[n]);

      if (!find_place (pen, width))
        break;
      if (place != NULL)
        place (self->chips->pdata[n], pen, width);
      pen->x += width + SPACING;
    }
  return n;
}

/* Ready to place what fits into a width: with "more" where not all chips do. Where the tail goes is found too. */
static Pen
plan (WbChipRow *self,
      int        width,
      gboolean  *has_more)
{
  Pen pen = { .width = width, .height = get_height (self), .tail_width = get_least_width (self->tail) };

  *has_more = place_chips (self, &pen, NULL) < self->chips->len;
  if (*has_more)
    {
      pen.tail_width += get_width (self->more) + SPACING;
      place_chips (self, &pen, NULL);
    }
  find_place_of_tail (&pen);
  return pen;
}

static GtkSizeRequestMode
wb_chip_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
wb_chip_row_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  WbChipRow *self = WB_CHIP_ROW (widget);
  gboolean has_more;

  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int n_rows = for_size >= 0 ? plan (self, for_size, &has_more).row + 1 : 1;

      *minimum = *natural = n_rows * get_height (self) + (n_rows - 1) * SPACING;
      return;
    }
  *minimum = MAX (get_least_width (self->head), get_width (self->more) + SPACING + get_least_width (self->tail));
  *natural = get_width (self->head) + SPACING + get_width (self->tail);
  for (guint i = 0; i < self->chips->len; i++)
    *natural += get_width (self->chips->pdata[i]) + SPACING;
}

static gboolean
notify_cb (gpointer user_data)
{
  WbChipRow *self = user_data;

  self->notifying = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_HIDDEN]);
  return G_SOURCE_REMOVE;
}

static void
place (GtkWidget *child,
       const Pen *pen,
       int        width)
{
  GtkAllocation allocation = { pen->x, pen->row * (pen->height + SPACING), width, pen->height };

  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &allocation, -1);
}

static void
wb_chip_row_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  WbChipRow *self = WB_CHIP_ROW (widget);
  gboolean has_more;
  Pen pen = plan (self, width, &has_more), start = { .height = pen.height };
  guint n;

  place (self->head, &start, get_width (self->head));
  n = place_chips (self, &pen, place);
  for (guint i = n; i < self->chips->len; i++)
    gtk_widget_set_child_visible (self->chips->pdata[i], FALSE);
  find_place_of_tail (&pen);
  gtk_widget_set_child_visible (self->more, has_more);
  if (has_more)
    {
      place (self->more, &pen, get_width (self->more));
      pen.x += get_width (self->more) + SPACING;
    }
  place (self->tail, &pen, MAX (get_least_width (self->tail), width - pen.x));
  if (self->n_hidden != self->chips->len - n)
    {
      self->n_hidden = self->chips->len - n;
      if (self->notifying == 0)
        self->notifying = g_idle_add (notify_cb, self);
    }
}

void
wb_chip_row_append (WbChipRow *self,
                    GtkWidget *chip)
{
  g_return_if_fail (WB_IS_CHIP_ROW (self) && GTK_IS_WIDGET (chip));

  gtk_widget_insert_before (chip, GTK_WIDGET (self), self->more);
  g_ptr_array_add (self->chips, chip);
}

void
wb_chip_row_clear (WbChipRow *self)
{
  g_return_if_fail (WB_IS_CHIP_ROW (self));

  g_ptr_array_set_size (self->chips, 0);
}

guint
wb_chip_row_get_n_hidden (WbChipRow *self)
{
  g_return_val_if_fail (WB_IS_CHIP_ROW (self), 0);
  return self->n_hidden;
}

static void
wb_chip_row_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  if (id == PROP_N_HIDDEN)
    g_value_set_uint (value, WB_CHIP_ROW (object)->n_hidden);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
wb_chip_row_dispose (GObject *object)
{
  WbChipRow *self = WB_CHIP_ROW (object);

  g_clear_handle_id (&self->notifying, g_source_remove);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->head, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  g_clear_pointer (&self->tail, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_chip_row_parent_class)->dispose (object);
}

static void
wb_chip_row_class_init (WbChipRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wb_chip_row_dispose;
  object_class->get_property = wb_chip_row_get_property;
  widget_class->get_request_mode = wb_chip_row_get_request_mode;
  widget_class->measure = wb_chip_row_measure;
  widget_class->size_allocate = wb_chip_row_size_allocate;
  props[PROP_N_HIDDEN] = g_param_spec_uint ("n-hidden", NULL, NULL, 0, G_MAXUINT, 0,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "chiprow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_chip_row_init (WbChipRow *self)
{
  self->chips = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
}

GtkWidget *
wb_chip_row_new (GtkWidget *head,
                 GtkWidget *more,
                 GtkWidget *tail)
{
  WbChipRow *self;

  g_return_val_if_fail (GTK_IS_WIDGET (head) && GTK_IS_WIDGET (more) && GTK_IS_WIDGET (tail), NULL);

  self = g_object_new (WB_TYPE_CHIP_ROW, NULL);
  self->head = head;
  self->more = more;
  self->tail = tail;
  gtk_widget_set_parent (head, GTK_WIDGET (self));
  gtk_widget_set_parent (more, GTK_WIDGET (self));
  gtk_widget_set_parent (tail, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
