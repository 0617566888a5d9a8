/* wb-channels-row.c: a row of the list of channels: shown, colour, name, scale; and how it is dragged
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-channels-private.h"

#include "wb-colors.h"
#include "wb-init.h"
#include "wb-widgets.h"

#define SCALE_CHARS 8

guint
wb_channel_row_get_channel (gpointer row_or_part)
{
  return GPOINTER_TO_UINT (g_object_get_data (row_or_part, "channel"));
}

WbChannelRow *
wb_channel_row_get (gpointer row)
{
  return g_object_get_data (row, "row");
}

static void
row_free (gpointer row)
{
  g_free (((WbChannelRow *) row)->key);
  g_free (row);
}

static GtkWidget *
with_channel (GtkWidget *part,
              guint      channel)
{
  g_object_set_data (G_OBJECT (part), "channel", GUINT_TO_POINTER (channel));
  return part;
}

void
wb_channel_row_show_span (WbChannelRow *self,
                          double        span)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  gtk_editable_set_text (GTK_EDITABLE (self->scale), span > 0 ? g_ascii_formatd (number, sizeof number, "%.4g", span) : "");
  gtk_widget_set_sensitive (self->scale, span > 0);
  self->span = span;
}

/* --- dragging ----------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *row)
{
  return gdk_content_provider_new_typed (G_TYPE_INT, (int) wb_channel_row_get_channel (row));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *row)
{
  return gtk_widget_activate_action (row, "view.move", "(ii)", g_value_get_int (value),
                                     (int) wb_channel_row_get (row)->place);
}

static void
make_movable (GtkWidget *row)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INT, GDK_ACTION_COPY);

  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

/* --- rows --------------------------------------------------------------------------- */

static void
draw_swatch_cb (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  const WbColor *color = &wb_colors_get (wb_is_dark ())->lanes[GPOINTER_TO_UINT (user_data)];

  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

/* Made when it is opened: a thousand channels have a thousand buttons, and seldom a menu. */
static void
make_color_menu (GtkMenuButton *button,
                 gpointer       user_data)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (int i = -1; i < WB_N_LANE_COLORS; i++)
    {
      g_autofree char *action = g_strdup_printf ("view.set-color((%u,%d))", wb_channel_row_get_channel (button), i);

      g_menu_append (menu, i < 0 ? "Its Own" : wb_colors_get_lane_name ((guint) i), action);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static void
make_color_button (WbChannelRow *row)
{
  row->picker = with_channel (gtk_menu_button_new (), row->channel);
  row->swatch = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (row->swatch), 14);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (row->swatch), 14);
  gtk_widget_set_valign (row->swatch, GTK_ALIGN_CENTER);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (row->picker), row->swatch);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (row->picker), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (row->picker), make_color_menu, NULL, NULL);
}

static void
make_check (WbChannelRow *row,
            const char   *name)
{
  g_autofree char *spoken = g_strdup_printf ("Show %s", name);

  row->check = with_channel (gtk_check_button_new (), row->channel);
  wb_widget_set_spoken (row->check, spoken);
}

static void
make_scale (WbChannelRow *row,
            const char   *name)
{
  g_autofree char *spoken = g_strdup_printf ("Height of a lane of %s", name);

  row->scale = with_channel (gtk_entry_new (), row->channel);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->scale), SCALE_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (row->scale), SCALE_CHARS);
  gtk_entry_set_alignment (GTK_ENTRY (row->scale), 1);
  gtk_widget_set_tooltip_text (row->scale, spoken);
  wb_widget_set_spoken (row->scale, spoken);
}

GtkWidget *
wb_channel_row_new (const SigRecording *recording,
                    guint               channel)
{
  const char *name = sig_recording_get_channel_name (recording, channel);
  GtkWidget *made = with_channel (gtk_list_box_row_new (), channel), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  WbChannelRow *row = g_new0 (WbChannelRow, 1);

  row->channel = channel;
  row->key = g_utf8_casefold (name, -1);
  row->color = -1;
  row->span = -1;
  make_check (row, name);
  make_color_button (row);
  make_scale (row, name);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  row->unit = gtk_label_new (sig_recording_get_channel_unit (recording, channel));
  gtk_label_set_xalign (GTK_LABEL (row->unit), 0);
  gtk_label_set_width_chars (GTK_LABEL (row->unit), 3);
  gtk_widget_add_css_class (row->unit, "dim");
  gtk_box_append (GTK_BOX (box), row->check);
  gtk_box_append (GTK_BOX (box), row->picker);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), row->scale);
  gtk_box_append (GTK_BOX (box), row->unit);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (made), box);
  g_object_set_data_full (G_OBJECT (made), "row", row, row_free);
  wb_widget_set_spoken (made, name);
  make_movable (made);
  return made;
}

void
wb_channel_row_show (WbChannelRow       *self,
                     const SigRecording *recording,
                     const WbLane       *lane,
                     double              span)
{
  guint color = (lane->color >= 0 ? (guint) lane->color : lane->channel) % WB_N_LANE_COLORS;

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), !lane->hidden);
  if (self->color != (int) color)
    {
      g_autofree char *spoken = g_strdup_printf ("Colour of %s: %s", sig_recording_get_channel_name (recording, lane->channel),
                                                 wb_colors_get_lane_name (color));

      gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->swatch), draw_swatch_cb, GUINT_TO_POINTER (color), NULL);
      gtk_widget_set_tooltip_text (self->picker, spoken);
      wb_widget_set_spoken (self->picker, spoken);
      self->color = (int) color;
    }
  if (self->span != span)
    wb_channel_row_show_span (self, span);
}
