/* wb-channels.c: all channels of a recording in a list: shown, colour, scale, order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-channels.h"

#include "wb-colors.h"
#include "wb-init.h"
#include "wb-scene-refs.h"
#include "wb-trace-list.h"
#include "wb-widgets.h"

#include <math.h>

#define SCALE_CHARS 8
#define LIST_HEIGHT 420
#define LIST_WIDTH  340

struct _WbChannels
{
  GtkWidget  parent_instance;

  WbScene    scene; /* its models are held */
  GtkWidget *content;
  GtkWidget *list;
  gboolean   filling; /* signals of rows are ours then */
};

G_DEFINE_FINAL_TYPE (WbChannels, wb_channels, GTK_TYPE_WIDGET)

static guint
get_channel (gpointer row_or_part)
{
  return GPOINTER_TO_UINT (g_object_get_data (row_or_part, "channel"));
}

static GtkWidget *
with_channel (GtkWidget *part,
              guint      channel)
{
  g_object_set_data (G_OBJECT (part), "channel", GUINT_TO_POINTER (channel));
  return part;
}

/* --- what rows ask for -------------------------------------------------------------- */

static void
toggled_cb (GtkCheckButton *check,
            WbChannels     *self)
{
  g_assert (WB_IS_CHANNELS (self));
  if (!self->filling)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.set-hidden", "(ib)", (int) get_channel (check),
                                !gtk_check_button_get_active (check));
}

/* The values that a lane is high; 0 where the channel has none. */
static double
get_span (WbChannels *self,
          guint       channel)
{
  g_auto (WbTraceList) list = { 0 };
  double span = 0;

  wb_trace_list_init (&list, &self->scene);
  for (guint i = 0; i < list.n_traces; i++)
    if (list.traces[i].channel == channel)
      span = (double) list.traces[i].high - list.traces[i].low;
  return span;
}

static void
show_span (GtkEditable *entry,
           double       span)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  gtk_editable_set_text (entry, span > 0 ? g_ascii_formatd (number, sizeof number, "%.4g", span) : "");
  gtk_widget_set_sensitive (GTK_WIDGET (entry), span > 0);
}

/* What is no height leaves the one there was. */
static void
scale_activate_cb (GtkEntry   *entry,
                   WbChannels *self)
{
  double span, wanted;
  char *end;
  g_autofree char *text = NULL;

  g_assert (WB_IS_CHANNELS (self));
  span = get_span (self, get_channel (entry));
  text = g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))), ",", '.');
  wanted = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (wanted) && wanted > 0 && span > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.multiply", "(id)", (int) get_channel (entry), span / wanted);
  show_span (GTK_EDITABLE (entry), get_span (self, get_channel (entry)));
}

static void
row_selected_cb (GtkListBox    *list,
                 GtkListBoxRow *row,
                 WbChannels    *self)
{
  g_assert (WB_IS_CHANNELS (self));
  if (!self->filling && row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.select", "i", (int) get_channel (row));
}

/* --- dragging ----------------------------------------------------------------------- */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source,
                 double         x,
                 double         y,
                 GtkWidget     *row)
{
  return gdk_content_provider_new_typed (G_TYPE_INT, (int) get_channel (row));
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *row)
{
  return gtk_widget_activate_action (row, "view.move", "(ii)", g_value_get_int (value),
                                     gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
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
      g_autofree char *action = g_strdup_printf ("view.set-color((%u,%d))", get_channel (button), i);

      g_menu_append (menu, i < 0 ? "Its Own" : wb_colors_get_lane_name ((guint) i), action);
    }
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

static GtkWidget *
make_color_button (guint       channel,
                   guint       color,
                   const char *name)
{
  GtkWidget *button = with_channel (gtk_menu_button_new (), channel), *swatch = gtk_drawing_area_new ();
  g_autofree char *spoken = g_strdup_printf ("Colour of %s: %s", name, wb_colors_get_lane_name (color));

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch), 14);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), 14);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb, GUINT_TO_POINTER (color), NULL);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), swatch);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_color_menu, NULL, NULL);
  gtk_widget_set_tooltip_text (button, spoken);
  wb_widget_set_spoken (button, spoken);
  return button;
}

static GtkWidget *
make_check (WbChannels   *self,
            const WbLane *lane,
            const char   *name)
{
  GtkWidget *check = with_channel (gtk_check_button_new (), lane->channel);
  g_autofree char *spoken = g_strdup_printf ("Show %s", name);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !lane->hidden);
  g_signal_connect (check, "toggled", G_CALLBACK (toggled_cb), self);
  wb_widget_set_spoken (check, spoken);
  return check;
}

static GtkWidget *
make_scale (WbChannels *self,
            guint       channel,
            const char *name)
{
  GtkWidget *entry = with_channel (gtk_entry_new (), channel);
  g_autofree char *spoken = g_strdup_printf ("Height of a lane of %s", name);

  gtk_editable_set_width_chars (GTK_EDITABLE (entry), SCALE_CHARS);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), SCALE_CHARS);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  show_span (GTK_EDITABLE (entry), get_span (self, channel));
  g_signal_connect (entry, "activate", G_CALLBACK (scale_activate_cb), self);
  gtk_widget_set_tooltip_text (entry, spoken);
  wb_widget_set_spoken (entry, spoken);
  return entry;
}

static GtkWidget *
make_row (WbChannels   *self,
          const WbLane *lane)
{
  const SigRecording *recording = sig_pyramid_get_recording (self->scene.pyramid);
  const char *name = sig_recording_get_channel_name (recording, lane->channel);
  guint color = (lane->color >= 0 ? (guint) lane->color : lane->channel) % WB_N_LANE_COLORS;
  GtkWidget *row = with_channel (gtk_list_box_row_new (), lane->channel), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name), *unit = gtk_label_new (sig_recording_get_channel_unit (recording, lane->channel));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (unit), 0);
  gtk_label_set_width_chars (GTK_LABEL (unit), 3);
  gtk_widget_add_css_class (unit, "dim");
  gtk_box_append (GTK_BOX (box), make_check (self, lane, name));
  gtk_box_append (GTK_BOX (box), make_color_button (lane->channel, color, name));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), make_scale (self, lane->channel, name));
  gtk_box_append (GTK_BOX (box), unit);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  make_movable (row);
  return row;
}

/* The chosen row has the focus, wherever it went. */
static void
fill (WbChannels *self)
{
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *row;
  const WbLane *lanes;
  int selected;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  if (self->scene.pyramid != NULL && self->scene.view != NULL)
    {
      lanes = wb_lane_view_get_lanes (self->scene.view);
      selected = wb_lane_view_get_selected (self->scene.view);
      for (guint i = 0; i < wb_lane_view_get_n_channels (self->scene.view); i++)
        {
          GtkWidget *made = make_row (self, &lanes[i]);

          gtk_list_box_append (list, made);
          if ((int) lanes[i].channel == selected)
            {
              gtk_list_box_select_row (list, GTK_LIST_BOX_ROW (made));
              gtk_widget_grab_focus (made);
            }
        }
    }
  self->filling = FALSE;
}

static gboolean
is_same_look (const WbScene *a,
              const WbScene *b)
{
  return a->pyramid == b->pyramid && a->view == b->view;
}

void
wb_channels_set_scene (WbChannels    *self,
                       const WbScene *scene)
{
  gboolean same;

  g_return_if_fail (WB_IS_CHANNELS (self));

  same = is_same_look (&self->scene, scene);
  (void) wb_scene_hold (&self->scene, scene);
  if (!same && gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
}

static void
wb_channels_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wb_channels_parent_class)->map (widget);
  fill (WB_CHANNELS (widget));
}

static void
wb_channels_dispose (GObject *object)
{
  WbChannels *self = WB_CHANNELS (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  wb_scene_hold (&self->scene, NULL);
  G_OBJECT_CLASS (wb_channels_parent_class)->dispose (object);
}

static void
wb_channels_class_init (WbChannelsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_channels_dispose;
  widget_class->map = wb_channels_map;
  gtk_widget_class_set_css_name (widget_class, "channels");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "view.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "view.move-down", NULL);
}

static GtkWidget *
make_button (const char *label,
             const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
wb_channels_init (WbChannels *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->list = gtk_list_box_new ();
  wb_widget_set_spoken (self->list, "Channels");
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_box_append (GTK_BOX (buttons), make_button ("Show All", "view.show-all"));
  gtk_box_append (GTK_BOX (buttons), make_button ("Reset", "view.reset"));

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (self->content, LIST_WIDTH, -1);
  gtk_box_append (GTK_BOX (self->content),
                  wb_label_new_wrapped ("dim", "Drag a row to move its lane, or use Alt+Up and Alt+Down. "
                                               "The number is what a lane is high."));
  gtk_box_append (GTK_BOX (self->content), scroller);
  gtk_box_append (GTK_BOX (self->content), buttons);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_channels_new (void)
{
  return g_object_new (WB_TYPE_CHANNELS, NULL);
}
