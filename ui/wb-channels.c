/* wb-channels.c: all channels of a recording in a list: shown, colour, scale, order
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-channels.h"

#include "wb-channels-private.h"
#include "wb-scene-refs.h"
#include "wb-trace-list.h"
#include "wb-widgets.h"

#include <math.h>
#include <string.h>

#define FEW         12 /* channels are found without a search */
#define LIST_HEIGHT 420
#define LIST_WIDTH  340

struct _WbChannels
{
  GtkWidget  parent_instance;

  WbScene    scene; /* its models are held */
  GtkWidget *content;
  GtkWidget *search, *list, *found;

  GtkSizeGroup *units;   /* of one width, so that the numbers before them stand below each other */
  GPtrArray    *rows;    /* GtkListBoxRow by channel, not owned */
  gboolean      filling; /* signals of rows are ours then */
};

G_DEFINE_FINAL_TYPE (WbChannels, wb_channels, GTK_TYPE_WIDGET)

/* --- what rows ask for -------------------------------------------------------------- */

static void
toggled_cb (GtkCheckButton *check,
            WbChannels     *self)
{
  g_assert (WB_IS_CHANNELS (self));
  if (!self->filling)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.set-hidden", "(ib)", (int) wb_channel_row_get_channel (check),
                                !gtk_check_button_get_active (check));
}

/* The values that the lane of each channel is high; 0 where one has none. */
static double *
get_spans (WbChannels *self)
{
  g_auto (WbTraceList) list = { 0 };
  double *spans = g_new0 (double, wb_lane_view_get_n_channels (self->scene.view));

  wb_trace_list_init (&list, &self->scene);
  for (guint i = 0; i < list.n_traces; i++)
    spans[list.traces[i].channel] = (double) list.traces[i].high - list.traces[i].low;
  return spans;
}

/* What is no height leaves the one there was. */
static void
scale_activate_cb (GtkEntry   *entry,
                   WbChannels *self)
{
  g_autofree double *spans = NULL;
  g_autofree char *text = NULL;
  guint channel = wb_channel_row_get_channel (entry);
  double span, wanted;
  char *end;

  g_assert (WB_IS_CHANNELS (self));
  spans = get_spans (self);
  span = spans[channel];
  text = g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))), ",", '.');
  wanted = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (wanted) && wanted > 0 && span > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.multiply", "(id)", (int) channel, span / wanted);
  else
    wb_channel_row_show_span (wb_channel_row_get (g_ptr_array_index (self->rows, channel)), span);
}

static void
row_selected_cb (GtkListBox    *list,
                 GtkListBoxRow *row,
                 WbChannels    *self)
{
  g_assert (WB_IS_CHANNELS (self));
  if (!self->filling && row != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.select", "i", (int) wb_channel_row_get_channel (row));
}

/* --- order and search --------------------------------------------------------------- */

static int
compare_places (GtkListBoxRow *a,
                GtkListBoxRow *b,
                gpointer       user_data)
{
  guint x = wb_channel_row_get (a)->place, y = wb_channel_row_get (b)->place;

  return (x > y) - (x < y);
}

static gboolean
is_found (GtkListBoxRow *row,
          gpointer       user_data)
{
  g_autofree char *needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (((WbChannels *) user_data)->search)), -1);

  return strstr (wb_channel_row_get (row)->key, g_strstrip (needle)) != NULL;
}

static void
search_changed_cb (WbChannels *self)
{
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n_found = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n_found += is_found (g_ptr_array_index (self->rows, i), self);
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  gtk_widget_set_sensitive (self->found, *wanted != '\0' && n_found > 0);
}

/* Return chooses the first that is found, whose row can then be worked with. */
static void
search_activate_cb (WbChannels *self)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);

      if (row == NULL)
        return;
      if (is_found (row, self))
        {
          gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
          gtk_widget_grab_focus (GTK_WIDGET (row));
          return;
        }
    }
}

static void
show_found_cb (WbChannels *self)
{
  GVariantBuilder channels;

  g_variant_builder_init (&channels, G_VARIANT_TYPE ("ai"));
  for (guint i = 0; i < self->rows->len; i++)
    if (is_found (g_ptr_array_index (self->rows, i), self))
      g_variant_builder_add (&channels, "i", (int) i);
  gtk_widget_activate_action_variant (GTK_WIDGET (self), "view.only-these", g_variant_builder_end (&channels));
}

/* All rows there may be, in no order yet. */
static void
make_rows (WbChannels *self)
{
  GtkListBoxRow *old;
  guint n = self->scene.pyramid != NULL && self->scene.view != NULL ? wb_lane_view_get_n_channels (self->scene.view) : 0;

  self->filling = TRUE;
  g_ptr_array_set_size (self->rows, 0);
  while ((old = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (old));
  for (guint i = 0; i < n; i++)
    {
      GtkWidget *made = wb_channel_row_new (sig_pyramid_get_recording (self->scene.pyramid), i);
      WbChannelRow *row = wb_channel_row_get (made);

      row->place = i;
      g_signal_connect (row->check, "toggled", G_CALLBACK (toggled_cb), self);
      g_signal_connect (row->scale, "activate", G_CALLBACK (scale_activate_cb), self);
      gtk_size_group_add_widget (self->units, row->unit);
      g_ptr_array_add (self->rows, made);
      gtk_list_box_append (GTK_LIST_BOX (self->list), made);
    }
  self->filling = FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_set_visible (self->search, n > FEW);
  gtk_widget_set_visible (self->found, n > FEW);
}

/* Rows have one height: where the chosen one is going to be is known before it is there. */
static void
scroll_to (WbChannels *self,
           GtkWidget  *row)
{
  GtkAdjustment *adjustment = gtk_list_box_get_adjustment (GTK_LIST_BOX (self->list));
  double height = gtk_widget_get_height (row), top = wb_channel_row_get (row)->place * height;

  if (adjustment != NULL && gtk_widget_get_child_visible (row) && *gtk_editable_get_text (GTK_EDITABLE (self->search)) == '\0')
    gtk_adjustment_clamp_page (adjustment, top, top + height);
}

/* Rows stay: what is in sight and what has the focus does, too, but for the chosen row, which is followed where it moves. */
static void
show_lanes (WbChannels *self)
{
  const WbLane *lanes = wb_lane_view_get_lanes (self->scene.view);
  int selected = wb_lane_view_get_selected (self->scene.view);
  g_autofree double *spans = get_spans (self);
  GtkWidget *chosen = selected >= 0 ? g_ptr_array_index (self->rows, selected) : NULL;
  gboolean moved = FALSE;

  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      WbChannelRow *row = wb_channel_row_get (g_ptr_array_index (self->rows, lanes[i].channel));

      moved |= row->place != i;
      row->place = i;
      wb_channel_row_show (row, sig_pyramid_get_recording (self->scene.pyramid), &lanes[i], spans[lanes[i].channel]);
    }
  if (moved)
    gtk_list_box_invalidate_sort (GTK_LIST_BOX (self->list));
  if (chosen != NULL)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (chosen));
  if (chosen != NULL && moved)
    scroll_to (self, chosen);
  self->filling = FALSE;
}

/* The chosen row has the focus when the list is opened. */
static void
fill (WbChannels *self)
{
  int selected;

  make_rows (self);
  if (self->rows->len == 0)
    return;
  show_lanes (self);
  selected = wb_lane_view_get_selected (self->scene.view);
  if (selected >= 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, selected));
}

void
wb_channels_set_scene (WbChannels    *self,
                       const WbScene *scene)
{
  gboolean same_rows, same_lanes;

  g_return_if_fail (WB_IS_CHANNELS (self));

  same_rows = self->scene.pyramid == scene->pyramid && (self->scene.view == NULL) == (scene->view == NULL);
  same_lanes = same_rows && self->scene.view == scene->view;
  (void) wb_scene_hold (&self->scene, scene);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || same_lanes)
    return;
  if (same_rows)
    show_lanes (self);
  else
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
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->units);
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

  if (action != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
wb_channels_init (WbChannels *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->rows = g_ptr_array_new ();
  self->units = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", "Find a channel", NULL);
  wb_widget_set_spoken (self->search, "Find a channel");
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_sort_func (GTK_LIST_BOX (self->list), compare_places, NULL, NULL);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), is_found, self, NULL);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), wb_label_new_wrapped ("dim", "No channel is called that"));
  wb_widget_set_spoken (self->list, "Channels");
  g_signal_connect (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->found = make_button ("Show Only These", NULL);
  gtk_widget_set_sensitive (self->found, FALSE);
  g_signal_connect_object (self->found, "clicked", G_CALLBACK (show_found_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (buttons), self->found);
  gtk_box_append (GTK_BOX (buttons), make_button ("Show All", "view.show-all"));
  gtk_box_append (GTK_BOX (buttons), make_button ("Reset", "view.reset"));

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_size_request (self->content, LIST_WIDTH, -1);
  gtk_box_append (GTK_BOX (self->content),
                  wb_label_new_wrapped ("dim", "Drag a row to move its lane, or use Alt+Up and Alt+Down. "
                                               "The number is what a lane is high."));
  gtk_box_append (GTK_BOX (self->content), self->search);
  gtk_box_append (GTK_BOX (self->content), scroller);
  gtk_box_append (GTK_BOX (self->content), buttons);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_channels_new (void)
{
  return g_object_new (WB_TYPE_CHANNELS, NULL);
}
