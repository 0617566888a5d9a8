/* wb-gutter-input.c: choosing, moving and scaling channels at their names
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-gutter-paint.h"
#include "wb-widgets.h"

#define DRAG_SLOP   6.0
#define N_CHANNELS_A_NOTCH 3

static gboolean
is_in_gutter (WbTraces *self,
              double    x,
              double    y)
{
  return self->layout.n_lanes > 0 && x >= 0 && x < self->layout.plot_x && y >= self->layout.lanes_y
         && y < self->layout.lanes_y + self->layout.lanes_height;
}

/* The channel whose lane's lower edge is under the pointer; -1: none. */
static int
find_edge (WbTraces *self,
           double    x,
           double    y,
           double   *edge)
{
  if (self->scene.view == NULL || !is_in_gutter (self, x, y))
    return -1;
  return wb_gutter_find_edge (&self->scene, &self->layout, y, edge);
}

const char *
wb_traces_get_gutter_cursor (WbTraces *self)
{
  double edge;

  return self->resized >= 0 || find_edge (self, self->pointer_x, self->pointer_y, &edge) >= 0 ? "ns-resize" : NULL;
}

static void
select_at (WbTraces *self,
           double    y)
{
  int channel = wb_gutter_get_at (&self->scene, &self->layout, y);

  if (channel >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.select", "i", channel);
}

/* --- the menu of a channel ---------------------------------------------------------- */

static GMenuModel *
make_colors_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_menu_append (menu, "Its Own", "view.color(-1)");
  for (guint i = 0; i < WB_N_LANE_COLORS; i++)
    {
      g_autofree char *action = g_strdup_printf ("view.color(%u)", i);

      g_menu_append (menu, wb_colors_get_lane_name (i), action);
    }
  return G_MENU_MODEL (menu);
}

static void
append_section (GMenu             *menu,
                const char *const *items)
{
  g_autoptr (GMenu) section = g_menu_new ();

  for (guint i = 0; items[i] != NULL; i += 2)
    g_menu_append (section, items[i], items[i + 1]);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenuModel *
make_menu (void)
{
  static const char *const sizes[] = { "Larger", "view.larger", "Smaller", "view.smaller", "Raise", "view.raise",
                                       "Lower", "view.lower", "Fit to What Is Seen", "view.fit", NULL };
  static const char *const heights[] = { "Taller Lane", "view.lane-taller", "Shorter Lane", "view.lane-shorter",
                                         "Usual Height", "view.lane-usual", NULL };
  static const char *const places[] = { "Move Up", "view.move-up", "Move Down", "view.move-down", NULL };
  static const char *const shown[] = { "Hide", "view.hide", "Only This", "view.only", "Show All", "view.show-all",
                                       "Spectrogram", "view.spectrogram", NULL };
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuModel) colors = make_colors_menu ();

  append_section (menu, sizes);
  append_section (menu, heights);
  append_section (menu, places);
  append_section (menu, shown);
  g_menu_append_submenu (menu, "Colour", colors);
  return G_MENU_MODEL (menu);
}

static void
show_menu (WbTraces *self,
           double    x,
           double    y)
{
  if (self->menu == NULL)
    {
      g_autoptr (GMenuModel) model = make_menu ();

      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      wb_popover_give_focus_back (GTK_POPOVER (self->menu));
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_pressed_cb (GtkGestureClick *click,
                 int              n_press,
                 double           x,
                 double           y,
                 WbTraces        *self)
{
  g_assert (WB_IS_TRACES (self));
  if (!is_in_gutter (self, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  select_at (self, y);
  show_menu (self, x, y);
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  int selected = self->scene.view != NULL ? wb_lane_view_get_selected (self->scene.view) : -1;

  if (selected < 0)
    return FALSE;
  show_menu (self, self->layout.plot_x - 8, self->layout.lanes_y + 8);
  return TRUE;
}

/* --- choosing and moving ------------------------------------------------------------ */

static void
drag_begin_cb (GtkGestureDrag *drag,
               double          x,
               double          y,
               WbTraces       *self)
{
  double edge;

  g_assert (WB_IS_TRACES (self));
  if (!is_in_gutter (self, x, y))
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->resized = find_edge (self, x, y, &edge);
  if (self->resized >= 0)
    {
      self->resize_from = edge - y;
      return;
    }
  self->moved = wb_gutter_get_at (&self->scene, &self->layout, y);
  select_at (self, y);
}

static void
resize (WbTraces *self,
        double    y)
{
  double height = wb_gutter_get_height (&self->scene, &self->layout, (guint) self->resized, y + self->resize_from);

  gtk_widget_activate_action (GTK_WIDGET (self), "view.set-height", "(id)", self->resized, height);
}

/* The channel goes where the pointer is, at once: what will be is seen. */
static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                WbTraces       *self)
{
  double x, y;
  int over;

  g_assert (WB_IS_TRACES (self));
  if (self->scene.view == NULL || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (self->resized >= 0)
    {
      resize (self, y + dy);
      return;
    }
  if (self->moved < 0 || ABS (dy) < DRAG_SLOP)
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "grabbing");
  over = wb_gutter_get_at (&self->scene, &self->layout, y + dy);
  if (over >= 0 && over != self->moved)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.move", "(ii)", self->moved,
                                (int) wb_lane_view_get_position (self->scene.view, over));
}

static void
drag_end_cb (GtkGestureDrag *drag,
             double          dx,
             double          dy,
             WbTraces       *self)
{
  g_assert (WB_IS_TRACES (self));
  self->moved = self->resized = -1;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
}

/* A double click on a lane's edge gives it the usual height again: once the button is up, as the drag that the press began
   must find the edge where it was seen. */
static void
released_cb (GtkGestureClick *click,
             int              n_press,
             double           x,
             double           y,
             WbTraces        *self)
{
  double edge;
  int channel;

  g_assert (WB_IS_TRACES (self));
  channel = n_press == 2 ? find_edge (self, x, y, &edge) : -1;
  if (channel >= 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "view.set-height", "(id)", channel, 1.);
}

/* Over the names: through the lanes; with Shift and Ctrl anywhere: taller and smaller. */
static gboolean
scroll_cb (GtkEventControllerScroll *scroll,
           double                    dx,
           double                    dy,
           WbTraces                 *self)
{
  const GdkModifierType both = GDK_CONTROL_MASK | GDK_SHIFT_MASK;
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double by = dy != 0 ? dy : dx;

  g_assert (WB_IS_TRACES (self));
  if (self->scene.view == NULL)
    return FALSE;
  if ((state & both) == both)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), by < 0 ? "view.larger" : "view.smaller", NULL);
      return TRUE;
    }
  if (!is_in_gutter (self, self->pointer_x, self->pointer_y) || (state & both) != 0)
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "view.scroll", "i", by < 0 ? -N_CHANNELS_A_NOTCH : N_CHANNELS_A_NOTCH);
  return TRUE;
}

/* Before the gestures of the plot, which would pan. */
static void
add_first (WbTraces           *self,
           GtkEventController *controller)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
wb_traces_init_gutter (WbTraces *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *menu = gtk_gesture_click_new (), *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  self->moved = self->resized = -1;
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  add_first (self, GTK_EVENT_CONTROLLER (drag));
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  add_first (self, GTK_EVENT_CONTROLLER (click));
  gtk_gesture_group (click, drag);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect (menu, "pressed", G_CALLBACK (menu_pressed_cb), self);
  add_first (self, GTK_EVENT_CONTROLLER (menu));

  g_signal_connect (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  add_first (self, scroll);
}

void
wb_traces_class_init_gutter (GtkWidgetClass *klass)
{
  /* Of several keys for one action, menus tell the last. */
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_Up, GDK_SHIFT_MASK, "view.larger" },
    { GDK_KEY_Down, GDK_SHIFT_MASK, "view.smaller" },
    { GDK_KEY_Up, GDK_CONTROL_MASK, "view.raise" },
    { GDK_KEY_Down, GDK_CONTROL_MASK, "view.lower" },
    { GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "view.taller" },
    { GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "view.shorter" },
    { GDK_KEY_plus, GDK_ALT_MASK | GDK_SHIFT_MASK, "view.lane-taller" },
    { GDK_KEY_equal, GDK_ALT_MASK, "view.lane-taller" },
    { GDK_KEY_KP_Add, GDK_ALT_MASK, "view.lane-taller" },
    { GDK_KEY_plus, GDK_ALT_MASK, "view.lane-taller" },
    { GDK_KEY_KP_Subtract, GDK_ALT_MASK, "view.lane-shorter" },
    { GDK_KEY_minus, GDK_ALT_MASK, "view.lane-shorter" },
    { GDK_KEY_u, GDK_ALT_MASK, "view.lane-usual" },
    { GDK_KEY_u, GDK_ALT_MASK | GDK_SHIFT_MASK, "view.equal-heights" },
    { GDK_KEY_Up, GDK_ALT_MASK, "view.previous" },
    { GDK_KEY_Down, GDK_ALT_MASK, "view.next" },
    { GDK_KEY_Up, GDK_ALT_MASK | GDK_SHIFT_MASK, "view.move-up" },
    { GDK_KEY_Down, GDK_ALT_MASK | GDK_SHIFT_MASK, "view.move-down" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Up, GDK_SHIFT_MASK, "view.scroll", "i", -N_CHANNELS_A_NOTCH);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Page_Down, GDK_SHIFT_MASK, "view.scroll", "i", N_CHANNELS_A_NOTCH);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_key_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_key_cb, NULL);
}
