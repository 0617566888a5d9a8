/* wb-stack-drag.c: dragging into, within and out of the stack, with what a drop would give shown before it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-private.h"

#include "wb-block-card.h"
#include "wb-drag-chip.h"
#include "wb-stack-layout.h"
#include "wb-text.h"
#include "wb-widgets.h"

void
wb_stack_drag_forget (WbStack *self)
{
  WbStackDrag *drag = &self->drag;

  drag->gap = -1;
  drag->over_bin = FALSE;
  drag->placed = 0;
  g_clear_pointer (&drag->outcome, nn_design_unref);
  g_clear_pointer (&drag->what, g_free);
  wb_stack_column_set_gap (WB_STACK_COLUMN (self->column), -1);
  gtk_widget_remove_css_class (self->bin, "target");
  gtk_widget_remove_css_class (self->guidance, "target");
}

/* --- what a drop would do --------------------------------------------------------- */

/* Palette entries carry a kind, blocks of this stack their id; ids of another window's stack mean nothing here. */
static const NnKind *
carried_kind (const GValue *value)
{
  return value != NULL && G_VALUE_HOLDS (value, G_TYPE_POINTER) ? g_value_get_pointer (value) : NULL;
}

static int
carried_position (WbStack *self, const GValue *value)
{
  if (value == NULL || !G_VALUE_HOLDS (value, G_TYPE_UINT) || g_value_get_uint (value) != self->drag.carried)
    return -1;
  return nn_design_find_block (nn_check_get_design (self->check), self->drag.carried);
}

static void
plan_new_block (WbStack *self, const NnKind *kind, char **refusal)
{
  WbStackDrag *drag = &self->drag;
  g_autoptr(NnBlock) block = NULL;
  g_autoptr(GError) error = NULL;

  drag->what = g_strdup_printf ("Add %s", kind->name);
  if (drag->over_bin)
    {
      *refusal = g_strdup ("Not in the stack");
      return;
    }
  block = nn_check_new_block (self->check, drag->gap, kind);
  drag->outcome = nn_design_with_block (nn_check_get_design (self->check), drag->gap, block, &drag->placed, &error);
  if (drag->outcome == NULL)
    *refusal = g_strdup (error->message);
}

static void
plan_own_block (WbStack *self, guint position)
{
  WbStackDrag *drag = &self->drag;
  const NnDesign *design = nn_check_get_design (self->check);
  const char *name = nn_block_get_kind (nn_design_get_block (design, position))->name;

  drag->what = g_strdup_printf ("%s %s", drag->over_bin ? "Remove" : "Move", name);
  if (drag->over_bin)
    {
      drag->outcome = nn_design_without_block (design, position);
    }
  else if (wb_stack_layout_is_move (position, drag->gap))
    {
      drag->outcome = nn_design_with_moved (design, position, drag->gap);
      drag->placed = drag->carried;
    }
}

static char *
words_of_outcome (WbStack *self, const NnCheck *check, WbTone *tone)
{
  int position = nn_design_find_block (self->drag.outcome, self->drag.placed);
  const NnBlockReport *report;
  const NnProblem *problem;
  g_autofree char *shape = NULL;
  g_autofree char *params = NULL;

  *tone = WB_TONE_PLAIN;
  if (position < 0)
    return g_strdup ("Remove");

  report = nn_check_get_block (check, position);
  problem = wb_text_gravest (check, self->drag.placed, NN_SEVERITY_WARNING);
  if (problem != NULL)
    {
      *tone = wb_tone_of_severity (problem->severity);
      return g_strdup_printf ("%s: %s", wb_text_severity_word (problem->severity), problem->title);
    }
  shape = nn_shape_to_text (&report->output);
  params = wb_text_params (report->n_params);
  return g_strdup_printf ("gives %s, %s", shape, params);
}

static void
show_plan (WbStack *self, GdkDrag *carrier, const char *refusal)
{
  WbStackDrag *drag = &self->drag;
  g_autoptr(NnCheck) check = NULL;
  g_autofree char *words = NULL;
  WbTone tone = WB_TONE_ERROR;

  if (drag->outcome == NULL)
    {
      wb_stack_show_check (self, self->check, FALSE);
      wb_drag_chip_set_note (carrier, tone, refusal);
      return;
    }
  check = nn_check_new (drag->outcome, &self->labels);
  wb_stack_show_check (self, check, TRUE);
  words = words_of_outcome (self, check, &tone);
  wb_drag_chip_set_note (carrier, tone, words);
}

/* --- where the pointer is --------------------------------------------------------- */

static gboolean
is_over (WbStack *self, GtkWidget *widget)
{
  double x, y;

  return gtk_widget_translate_coordinates (GTK_WIDGET (self), widget, self->drag.x, self->drag.y, &x, &y)
         && gtk_widget_contains (widget, x, y);
}

static int
gap_under_pointer (WbStack *self)
{
  double x, y;
  guint n_blocks = self->cards->len;

  gtk_widget_translate_coordinates (GTK_WIDGET (self), self->column, self->drag.x, self->drag.y, &x, &y);

  /* The guidance of an empty stack is a row too, but there is only one gap. */
  return MIN (wb_stack_column_gap_at (WB_STACK_COLUMN (self->column), y), n_blocks);
}

/* (nullable): the drag over the target, where it comes from this program. */
static GdkDrag *
carrier_of (GtkDropTarget *target)
{
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  return drop != NULL ? gdk_drop_get_drag (drop) : NULL;
}

/* Whether a drop of `value` here would be taken. */
static gboolean
follow_pointer (WbStack *self, GtkDropTarget *target, const GValue *value)
{
  WbStackDrag *drag = &self->drag;
  const NnKind *kind = carried_kind (value);
  int position = carried_position (self, value);
  gboolean over_bin = is_over (self, self->bin);
  int gap = over_bin ? -1 : gap_under_pointer (self);
  g_autofree char *refusal = NULL;

  if (kind == NULL && position < 0)
    return FALSE;
  if (drag->what != NULL && drag->gap == gap && drag->over_bin == over_bin)
    return drag->outcome != NULL;

  wb_stack_drag_forget (self);
  drag->gap = gap;
  drag->over_bin = over_bin;
  if (kind != NULL)
    plan_new_block (self, kind, &refusal);
  else
    plan_own_block (self, position);

  wb_stack_column_set_gap (WB_STACK_COLUMN (self->column), drag->outcome != NULL ? gap : -1);
  wb_widget_set_class (self->bin, "target", over_bin && drag->outcome != NULL);
  wb_widget_set_class (self->guidance, "target", drag->outcome != NULL);
  show_plan (self, carrier_of (target), refusal);
  return drag->outcome != NULL;
}

/* --- scrolling at the edges --------------------------------------------------------- */

static gboolean
scroll_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbStack *self = WB_STACK (widget);
  GtkDropTarget *target = GTK_DROP_TARGET (user_data);
  WbStackDrag *drag = &self->drag;
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double before = gtk_adjustment_get_value (scroll);
  double page = gtk_widget_get_height (self->scroller);
  double x, y, speed;

  gtk_widget_translate_coordinates (widget, self->scroller, drag->x, drag->y, &x, &y);
  speed = y <= page ? wb_stack_layout_scroll_speed (y, page) : 0;
  if (drag->scroll_time != 0 && speed != 0)
    {
      gtk_adjustment_set_value (scroll, before + speed * (now - drag->scroll_time) / G_USEC_PER_SEC);
      if (gtk_adjustment_get_value (scroll) != before)
        follow_pointer (self, target, gtk_drop_target_get_value (target));
    }
  drag->scroll_time = now;
  return G_SOURCE_CONTINUE;
}

static void
stop_scrolling (WbStack *self)
{
  if (self->drag.scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->drag.scroll_tick);
  self->drag.scroll_tick = 0;
  self->drag.scroll_time = 0;
}

/* --- the drop target ---------------------------------------------------------------- */

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);
  GdkDragAction offered = gdk_drop_get_actions (gtk_drop_target_get_current_drop (target));
  GdkDragAction action = offered & GDK_ACTION_COPY ? GDK_ACTION_COPY : GDK_ACTION_MOVE;
  const GValue *value = gtk_drop_target_get_value (target);

  if (self->check == NULL)
    return 0;
  self->drag.x = x;
  self->drag.y = y;
  if (self->drag.scroll_tick == 0)
    self->drag.scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_tick_cb, target, NULL);

  /* Before the value is there nothing can be refused yet. */
  if (value == NULL)
    return action;
  return follow_pointer (self, target, value) ? action : 0;
}

static void
value_cb (GtkDropTarget *target, GParamSpec *property, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);
  const GValue *value = gtk_drop_target_get_value (target);

  if (self->check != NULL && value != NULL && self->drag.scroll_tick != 0)
    follow_pointer (self, target, value);
}

static void
leave_cb (GtkDropTarget *target, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);

  stop_scrolling (self);
  wb_stack_drag_forget (self);
  wb_drag_chip_set_note (carrier_of (target), WB_TONE_PLAIN, NULL);
  if (self->check != NULL)
    wb_stack_show_check (self, self->check, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);
  g_autoptr(NnDesign) outcome = NULL;
  g_autofree char *what = NULL;
  NnBlockId placed;

  if (self->check == NULL)
    return FALSE;
  self->drag.x = x;
  self->drag.y = y;
  follow_pointer (self, target, value);
  outcome = g_steal_pointer (&self->drag.outcome);
  what = g_steal_pointer (&self->drag.what);
  placed = self->drag.placed;
  leave_cb (target, self);
  if (outcome == NULL)
    return FALSE;
  wb_stack_request (self, outcome, placed, what);
  return TRUE;
}

void
wb_stack_drag_init (WbStack *self)
{
  GType types[] = { G_TYPE_POINTER, G_TYPE_UINT };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY | GDK_ACTION_MOVE);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_drop_target_set_preload (target, TRUE);
  g_signal_connect (target, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect (target, "notify::value", G_CALLBACK (value_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  self->drag.gap = -1;
}

/* --- a block's card as a source ------------------------------------------------------- */

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (G_TYPE_UINT, wb_block_card_get_id (WB_BLOCK_CARD (card)));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  const NnDesign *design = nn_check_get_design (self->check);
  int position;

  self->drag.carried = wb_block_card_get_id (WB_BLOCK_CARD (card));
  position = nn_design_find_block (design, self->drag.carried);
  gtk_widget_add_css_class (card, "dragged");
  if (position >= 0)
    wb_drag_chip_attach (drag, nn_block_get_kind (nn_design_get_block (design, position)));
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete_data, gpointer user_data)
{
  WbStack *self = WB_STACK (user_data);
  GtkWidget *card = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  self->drag.carried = 0;
  if (card != NULL)
    gtk_widget_remove_css_class (card, "dragged");
}

void
wb_stack_drag_add_source (WbStack *self, GtkWidget *card)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (prepare_cb), self, 0);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (drag_begin_cb), self, 0);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (source));
}
