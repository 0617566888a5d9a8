/* wb-marks-keys.c: marking labels in the traces, by keyboard
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-gutter-paint.h"

#include <math.h>

#define MARGIN .1 /* of the visible span, beside what is brought into it */

typedef enum { BY_PIXEL, BY_STEP, TO_END, TO_MIDDLE } Move;

const SigSpan *
wb_traces_get_label_at (WbTraces *self,
                        double    step)
{
  gsize n, i;
  const SigSpan *spans;

  if (self->scene.truth == NULL)
    return NULL;
  spans = sig_labels_get_spans (self->scene.truth, &n);
  i = sig_labels_find (self->scene.truth, (gint64) step);
  return i < n && spans[i].start <= step ? &spans[i] : NULL;
}

/* Pans as far as it takes to see the steps, from the beginning where they are too many. */
static void
bring_into_sight (WbTraces *self,
                  gint64    from,
                  gint64    to)
{
  double start, end, margin;

  wb_view_span_get_visible (self->span, &start, &end);
  margin = MARGIN * (end - start);
  if (from < start || to - from > end - start)
    wb_view_span_pan (self->span, from - margin - start);
  else if (to > end)
    wb_view_span_pan (self->span, to + margin - end);
}

static void
start_anywhere (WbTraces *self)
{
  double start, end;

  if (wb_marks_get_cursor (self->marks) >= 0)
    return;
  wb_view_span_get_visible (self->span, &start, &end);
  wb_marks_set_cursor (self->marks, (gint64) floor ((start + end) / 2));
}

/* Where the cursor goes. */
static gint64
find_target (WbTraces *self,
             Move      move,
             int       direction)
{
  double start, end, pixel;
  gint64 cursor = wb_marks_get_cursor (self->marks);

  wb_view_span_get_visible (self->span, &start, &end);
  pixel = (end - start) / MAX (1, self->layout.plot_width);
  switch (move)
    {
    case BY_PIXEL:
      return cursor + direction * (gint64) MAX (1, floor (pixel + .5));
    case BY_STEP:
      return cursor + direction;
    case TO_END:
      return direction < 0 ? 0 : wb_marks_get_n_steps (self->marks);
    case TO_MIDDLE:
    default:
      return (gint64) floor ((start + end) / 2);
    }
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  int move, direction, extends;
  gint64 target;

  if (self->layout.n_lanes == 0)
    return FALSE;
  g_variant_get (args, "(iii)", &move, &direction, &extends);
  start_anywhere (self);
  target = MAX (0, find_target (self, (Move) move, direction));
  if (extends)
    wb_marks_extend (self->marks, target);
  else
    wb_marks_set_cursor (self->marks, target);
  target = wb_marks_get_cursor (self->marks);
  bring_into_sight (self, target, target);
  return TRUE;
}

/* What a pointer does near an edge, a window's border or a zero crossing, from as far as one sees; zero crossings are those of
 * the chosen channel, else of the first. With a selection its end goes there. */
static gboolean
snap_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  int channel = self->scene.view != NULL ? wb_lane_view_get_selected (self->scene.view) : -1;
  double first, last;
  gint64 start, end, cursor, target;

  if (self->layout.n_lanes == 0)
    return FALSE;
  start_anywhere (self);
  cursor = wb_marks_get_cursor (self->marks);
  if (channel < 0)
    channel = wb_gutter_get_at (&self->scene, &self->layout, self->layout.lanes_y);
  wb_view_span_get_visible (self->span, &first, &last);
  target = wb_traces_snap_step (self, (double) cursor, channel, last - first);
  if (target == cursor)
    gtk_widget_error_bell (widget);
  else if (wb_marks_get_selection (self->marks, &start, &end))
    wb_marks_extend (self->marks, target);
  else
    wb_marks_set_cursor (self->marks, target);
  bring_into_sight (self, target, target);
  return TRUE;
}

/* The next label after the selection or the cursor, or the last one before it. */
static gboolean
next_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  int direction;
  gint64 start, end;
  gsize n, i;
  const SigSpan *spans;

  if (self->scene.truth == NULL)
    return FALSE;
  g_variant_get (args, "(i)", &direction);
  start_anywhere (self);
  wb_marks_get_selection (self->marks, &start, &end);
  spans = sig_labels_get_spans (self->scene.truth, &n);
  i = sig_labels_find (self->scene.truth, start);
  if (direction > 0)
    while (i < n && spans[i].start < end)
      i++;
  else
    i = i > 0 ? i - 1 : n;
  if (i >= n)
    {
      gtk_widget_error_bell (widget);
      return TRUE;
    }
  wb_marks_select (self->marks, spans[i].start, spans[i].end);
  bring_into_sight (self, spans[i].start, spans[i].end);
  return TRUE;
}

static gboolean
select_all_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);

  wb_marks_select (self->marks, 0, wb_marks_get_n_steps (self->marks));
  return TRUE;
}

/* First what is dragged, then the selection. */
static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  gint64 start, end;

  if (wb_traces_cancel_grab (self))
    return TRUE;
  if (!wb_marks_get_selection (self->marks, &start, &end))
    return FALSE;
  wb_marks_clear (self->marks);
  return TRUE;
}

static gboolean
menu_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  WbTraces *self = WB_TRACES (widget);
  double left = self->layout.plot_x, x = left + 8;
  gint64 cursor = wb_marks_get_cursor (self->marks);

  if (self->layout.n_lanes == 0)
    return FALSE;
  if (cursor >= 0)
    x = CLAMP (wb_traces_get_x_of (self, (double) cursor), left, left + self->layout.plot_width);
  wb_traces_show_mark_menu (self, x, self->layout.lanes_y + 8);
  return TRUE;
}

/* --- Space, held, pans -------------------------------------------------------------- */

static gboolean
space_pressed_cb (GtkEventControllerKey *controller,
                  guint                  key,
                  guint                  code,
                  GdkModifierType        state,
                  WbTraces              *self)
{
  g_assert (WB_IS_TRACES (self));
  if (key != GDK_KEY_space)
    return FALSE;
  self->pans = TRUE;
  return TRUE;
}

static void
space_released_cb (GtkEventControllerKey *controller,
                   guint                  key,
                   guint                  code,
                   GdkModifierType        state,
                   WbTraces              *self)
{
  g_assert (WB_IS_TRACES (self));
  if (key == GDK_KEY_space)
    self->pans = FALSE;
}

static void
unfocused_cb (GtkEventControllerFocus *controller,
              WbTraces                *self)
{
  g_assert (WB_IS_TRACES (self));
  self->pans = FALSE;
}

void
wb_traces_init_marks_keys (WbTraces *self)
{
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (space_pressed_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (space_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (focus, "leave", G_CALLBACK (unfocused_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/* --- the table ---------------------------------------------------------------------- */

static void
add_moves (GtkWidgetClass *klass)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    Move            move;
    int             direction;
    gboolean        extends;
  } keys[] = {
    { GDK_KEY_Left, GDK_ALT_MASK, BY_PIXEL, -1, FALSE },
    { GDK_KEY_Right, GDK_ALT_MASK, BY_PIXEL, 1, FALSE },
    { GDK_KEY_Left, GDK_SHIFT_MASK, BY_PIXEL, -1, TRUE },
    { GDK_KEY_Right, GDK_SHIFT_MASK, BY_PIXEL, 1, TRUE },
    { GDK_KEY_comma, 0, BY_STEP, -1, FALSE },
    { GDK_KEY_period, 0, BY_STEP, 1, FALSE },
    { GDK_KEY_less, 0, BY_STEP, -1, TRUE },
    { GDK_KEY_greater, 0, BY_STEP, 1, TRUE },
    { GDK_KEY_less, GDK_SHIFT_MASK, BY_STEP, -1, TRUE },
    { GDK_KEY_greater, GDK_SHIFT_MASK, BY_STEP, 1, TRUE },
    { GDK_KEY_semicolon, GDK_SHIFT_MASK, BY_STEP, -1, TRUE }, /* Shift with comma and period on many keyboards */
    { GDK_KEY_colon, GDK_SHIFT_MASK, BY_STEP, 1, TRUE },
    { GDK_KEY_Home, GDK_ALT_MASK, TO_END, -1, FALSE },
    { GDK_KEY_End, GDK_ALT_MASK, TO_END, 1, FALSE },
    { GDK_KEY_Home, GDK_SHIFT_MASK, TO_END, -1, TRUE },
    { GDK_KEY_End, GDK_SHIFT_MASK, TO_END, 1, TRUE },
    { GDK_KEY_c, 0, TO_MIDDLE, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (klass, keys[i].key, keys[i].modifiers, move_cb, "(iii)", (int) keys[i].move,
                                  keys[i].direction, (int) keys[i].extends);
}

void
wb_traces_class_init_marks (GtkWidgetClass *klass)
{
  static const struct
  {
    guint       key;
    const char *action;
  } keys[] = {
    { GDK_KEY_s, "mark.split" },         { GDK_KEY_m, "mark.merge" },      { GDK_KEY_f, "mark.fill" },
    { GDK_KEY_e, "mark.bring-edge" },    { GDK_KEY_d, "mark.dont-know" },  { GDK_KEY_Delete, "mark.erase" },
    { GDK_KEY_KP_Delete, "mark.erase" }, { GDK_KEY_BackSpace, "mark.erase" }, { GDK_KEY_Return, "mark.accept" },
    { GDK_KEY_KP_Enter, "mark.accept" }, { GDK_KEY_l, "mark.pick" },
  };
  static const struct
  {
    guint key;
    int   direction;
  } jumps[] = { { GDK_KEY_bracketright, 1 }, { GDK_KEY_n, 1 }, { GDK_KEY_bracketleft, -1 }, { GDK_KEY_p, -1 } };

  add_moves (klass);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (klass, keys[i].key, 0, keys[i].action, NULL);
  for (int digit = 0; digit <= 9; digit++)
    {
      gtk_widget_class_add_binding_action (klass, GDK_KEY_0 + digit, 0, "mark.digit", "i", digit);
      gtk_widget_class_add_binding_action (klass, GDK_KEY_KP_0 + digit, 0, "mark.digit", "i", digit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++)
    gtk_widget_class_add_binding (klass, jumps[i].key, 0, next_cb, "(i)", jumps[i].direction);
  gtk_widget_class_add_binding (klass, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_x, 0, snap_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_F10, GDK_SHIFT_MASK, menu_cb, NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_Menu, 0, menu_cb, NULL);
}
