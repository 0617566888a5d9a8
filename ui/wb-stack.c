/* wb-stack.c: the design as a stack of blocks with live shapes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-private.h"

#include "wb-block-card.h"
#include "wb-stack-layout.h"
#include "wb-text.h"
#include "wb-widgets.h"

G_DEFINE_FINAL_TYPE (WbStack, wb_stack, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SELECTED, N_PROPS };
enum { EDIT, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- what is chosen ------------------------------------------------------------------- */

/* Cards from top to bottom: 0 is the input, then the blocks, the last is the labels. */
static GtkWidget *
nth_card (WbStack *self, guint i)
{
  return i == 0 ? self->input_card : i <= self->cards->len ? self->cards->pdata[i - 1] : self->labels_card;
}

static guint
index_of_selected (WbStack *self)
{
  for (guint i = 0; i <= self->cards->len + 1; i++)
    if (wb_block_card_get_id (WB_BLOCK_CARD (nth_card (self, i))) == self->selected)
      return i;
  return 0;
}

static void
mark_selected (WbStack *self)
{
  guint chosen = index_of_selected (self);

  for (guint i = 0; i <= self->cards->len + 1; i++)
    wb_block_card_set_selected (WB_BLOCK_CARD (nth_card (self, i)), i == chosen);
  gtk_widget_set_sensitive (self->bin, chosen > 0 && chosen <= self->cards->len);
}

/* A card that has just come has no place yet: one frame lays it out, the next can scroll to it. */
static gboolean
reveal_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WbStack *self = WB_STACK (widget);
  GtkAdjustment *scroll = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gboolean *waited = user_data;
  int top, height;

  if (!*waited)
    {
      *waited = TRUE;
      gtk_widget_queue_draw (widget);
      return G_SOURCE_CONTINUE;
    }
  if (wb_stack_column_get_extent (WB_STACK_COLUMN (self->column), nth_card (self, index_of_selected (self)), &top, &height))
    gtk_adjustment_clamp_page (scroll, top, top + height + WB_STACK_SPACING);
  self->reveal_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
reveal_selected (WbStack *self)
{
  if (self->reveal_tick == 0)
    self->reveal_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_tick_cb, g_new0 (gboolean, 1), g_free);
}

void
wb_stack_set_selected (WbStack *self, guint id)
{
  g_return_if_fail (WB_IS_STACK (self));

  if (self->selected == id)
    return;
  self->selected = id;
  mark_selected (self);
  reveal_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

guint
wb_stack_get_selected (WbStack *self)
{
  g_return_val_if_fail (WB_IS_STACK (self), 0);

  return self->selected;
}

static void
choose_card (WbStack *self, GtkWidget *card)
{
  wb_stack_set_selected (self, wb_block_card_get_id (WB_BLOCK_CARD (card)));
  gtk_widget_grab_focus (card);
}

static void
card_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, gpointer user_data)
{
  choose_card (WB_STACK (user_data), gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click)));
}

static GtkWidget *
new_card (WbStack *self, guint id)
{
  GtkWidget *card = wb_block_card_new (id);
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "pressed", G_CALLBACK (card_pressed_cb), self, 0);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (click));
  return card;
}

/* --- what is shown -------------------------------------------------------------------- */

static void
show_face (GtkWidget *card, WbCardFace *face, gboolean preview)
{
  if (preview)
    wb_block_card_set_preview (WB_BLOCK_CARD (card), face);
  else
    wb_block_card_set_face (WB_BLOCK_CARD (card), face);
  wb_card_face_free (face);
}

static void
show_totals (WbStack *self, const NnCheck *check, gboolean preview)
{
  const NnDesign *design = nn_check_get_design (check);
  guint n = nn_design_get_n_blocks (design);
  g_autofree char *params = wb_text_params (nn_check_get_n_params (check));
  g_autofree char *macs = wb_text_rough (nn_check_get_n_macs (check));
  g_autofree char *seen = wb_text_count (n > 0 ? nn_check_get_block (check, n - 1)->receptive : 1);
  g_autofree char *all = wb_text_count (nn_design_get_input (design)->dim[0]);
  g_autofree char *cost = g_strdup_printf ("%s multiply-adds, sees %s of %s steps", macs, seen, all);

  params[0] = g_ascii_toupper (params[0]);
  gtk_label_set_label (GTK_LABEL (self->totals), params);
  gtk_label_set_label (GTK_LABEL (self->cost), cost);
  wb_widget_set_class (self->totals, "preview",
                       preview && nn_check_get_n_params (check) != nn_check_get_n_params (self->check));
}

void
wb_stack_show_check (WbStack *self, const NnCheck *check, gboolean preview)
{
  const NnDesign *design = nn_check_get_design (check);

  show_face (self->input_card, wb_card_face_new_input (check), preview);
  for (guint i = 0; i < self->cards->len; i++)
    {
      int position = nn_design_find_block (design, wb_block_card_get_id (self->cards->pdata[i]));

      if (position >= 0)
        show_face (self->cards->pdata[i], wb_card_face_new_block (check, position), preview);
    }
  show_face (self->labels_card, wb_card_face_new_labels (check, &self->labels), preview);
  show_totals (self, check, preview);
  gtk_widget_queue_draw (self->column);
}

static GtkWidget *
take_card (WbStack *self, GPtrArray *old, NnBlockId id)
{
  GtkWidget *card;

  for (guint i = 0; i < old->len; i++)
    if (wb_block_card_get_id (old->pdata[i]) == id)
      return g_object_ref (old->pdata[i]);
  card = new_card (self, id);
  wb_stack_drag_add_source (self, card);
  return g_object_ref_sink (card);
}

/* A line for each block that a merge names, above it; the input is row 0. */
static void
arrange_links (WbStack *self)
{
  g_autoptr(GArray) links = g_array_new (FALSE, FALSE, sizeof (WbStackLink));

  for (guint i = 0; i < self->cards->len; i++)
    {
      int inputs[NN_MAX_INPUTS];
      guint n = nn_check_get_inputs (self->check, i, inputs);

      for (guint j = 0; j < n; j++)
        {
          WbStackLink link = { inputs[j] + 1, i + 1, 0 };

          if (inputs[j] + 1 < (int) i)
            g_array_append_val (links, link);
        }
    }
  wb_stack_column_set_links (WB_STACK_COLUMN (self->column), (const WbStackLink *) (gpointer) links->data, links->len);
}

static void
arrange_cards (WbStack *self)
{
  const NnDesign *design = nn_check_get_design (self->check);
  g_autoptr(GPtrArray) old = g_steal_pointer (&self->cards);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  self->cards = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (rows, self->input_card);
  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    {
      GtkWidget *card = take_card (self, old, nn_block_get_id (nn_design_get_block (design, i)));

      g_ptr_array_add (self->cards, card);
      g_ptr_array_add (rows, card);
    }
  if (self->cards->len == 0)
    g_ptr_array_add (rows, self->guidance);
  wb_stack_column_set_rows (WB_STACK_COLUMN (self->column), rows);
  arrange_links (self);
}

/* After a block has gone, the one that took its place is chosen, so that Delete can be pressed again. */
static guint
id_to_choose (WbStack *self, guint was)
{
  const NnDesign *design = nn_check_get_design (self->check);

  if (self->awaited != 0 && nn_design_find_block (design, self->awaited) >= 0)
    return self->awaited;
  if (self->selected == 0 || self->selected == G_MAXUINT || nn_design_find_block (design, self->selected) >= 0)
    return self->selected;
  return wb_block_card_get_id (WB_BLOCK_CARD (nth_card (self, MIN (was, self->cards->len))));
}

static gboolean
has_focus (WbStack *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && WB_IS_BLOCK_CARD (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

void
wb_stack_set_check (WbStack *self, const NnCheck *check, const NnContract *labels)
{
  g_autoptr(NnCheck) old = NULL;
  gboolean focused;
  guint was, chosen;

  g_return_if_fail (WB_IS_STACK (self));
  g_return_if_fail (check != NULL);

  focused = has_focus (self);
  was = index_of_selected (self);
  old = g_steal_pointer (&self->check);
  self->check = nn_check_ref (check);
  self->labels = labels != NULL ? *labels : (NnContract) { 0 };

  wb_stack_drag_forget (self);
  arrange_cards (self);
  wb_stack_show_check (self, self->check, FALSE);

  chosen = id_to_choose (self, was);
  self->awaited = 0;
  if (chosen != self->selected)
    wb_stack_set_selected (self, chosen);
  else
    mark_selected (self);
  if (focused)
    gtk_widget_grab_focus (nth_card (self, index_of_selected (self)));
}

/* --- edits and keys --------------------------------------------------------------------- */

void
wb_stack_request (WbStack *self, NnDesign *design, NnBlockId awaited, const char *what)
{
  self->awaited = awaited;
  g_signal_emit (self, signals[EDIT], 0, design, what);
}

static gboolean
remove_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  wb_stack_remove_selected (WB_STACK (widget));
  return GDK_EVENT_STOP;
}

static gboolean
shift_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  wb_stack_shift_selected (WB_STACK (widget), g_variant_get_int32 (args));
  return GDK_EVENT_STOP;
}

static gboolean
step_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WbStack *self = WB_STACK (widget);
  int next = (int) index_of_selected (self) + g_variant_get_int32 (args);

  choose_card (self, nth_card (self, CLAMP (next, 0, (int) self->cards->len + 1)));
  return GDK_EVENT_STOP;
}

/* --- life ------------------------------------------------------------------------------- */

static void
wb_stack_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_SELECTED)
    g_value_set_uint (value, WB_STACK (object)->selected);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
wb_stack_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_SELECTED)
    wb_stack_set_selected (WB_STACK (object), g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
wb_stack_dispose (GObject *object)
{
  WbStack *self = WB_STACK (object);

  if (self->content != NULL)
    {
      wb_stack_drag_forget (self);
      g_clear_pointer (&self->content, gtk_widget_unparent);
    }
  g_clear_pointer (&self->cards, g_ptr_array_unref);
  g_clear_object (&self->guidance);
  g_clear_pointer (&self->check, nn_check_unref);
  G_OBJECT_CLASS (wb_stack_parent_class)->dispose (object);
}

static void
wb_stack_class_init (WbStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wb_stack_get_property;
  object_class->set_property = wb_stack_set_property;
  object_class->dispose = wb_stack_dispose;

  properties[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "blockstack");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, 0, step_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, 0, step_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, step_cb, "i", -NN_MAX_BLOCKS - 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_End, 0, step_cb, "i", NN_MAX_BLOCKS + 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Up, GDK_ALT_MASK, shift_cb, "i", -1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Down, GDK_ALT_MASK, shift_cb, "i", 1);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, remove_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Delete, 0, remove_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_BackSpace, 0, remove_cb, NULL);
}

static GtkWidget *
new_guidance (void)
{
  GtkWidget *label = wb_label_new_wrapped ("guidance", "Drag a block here, or choose a template");

  gtk_label_set_xalign (GTK_LABEL (label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  return g_object_ref_sink (label);
}

static GtkWidget *
new_scroller (WbStack *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->column);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  return scroller;
}

static GtkWidget *
new_foot (WbStack *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->totals = wb_label_new_read ("totals");
  self->cost = wb_label_new_read ("dim");
  gtk_box_append (GTK_BOX (words), self->totals);
  gtk_box_append (GTK_BOX (words), self->cost);
  gtk_widget_set_tooltip_text (words, "What the whole design costs for one window, and how many steps one output can see:"
                                      " its receptive field");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);

  self->bin = gtk_button_new_from_icon_name ("lamina-bin-symbolic");
  gtk_widget_add_css_class (self->bin, "bin");
  gtk_widget_set_valign (self->bin, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->bin, "Drag a block here, or press Delete, to remove it");
  wb_widget_set_spoken (self->bin, "Bin");
  g_signal_connect_object (self->bin, "clicked", G_CALLBACK (wb_stack_remove_selected), self, G_CONNECT_SWAPPED);

  gtk_widget_add_css_class (foot, "foot");
  gtk_box_append (GTK_BOX (foot), words);
  gtk_box_append (GTK_BOX (foot), self->bin);
  return foot;
}

static void
wb_stack_init (WbStack *self)
{
  GtkWidget *rest = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr(GPtrArray) rows = g_ptr_array_new ();

  self->cards = g_ptr_array_new_with_free_func (g_object_unref);
  self->column = wb_stack_column_new ();
  self->input_card = new_card (self, 0);
  self->labels_card = new_card (self, G_MAXUINT);
  self->guidance = new_guidance ();
  g_ptr_array_add (rows, self->input_card);
  g_ptr_array_add (rows, self->guidance);
  wb_stack_column_set_rows (WB_STACK_COLUMN (self->column), rows);
  gtk_widget_set_vexpand (rest, TRUE);

  self->scroller = new_scroller (self);
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), self->scroller);
  gtk_box_append (GTK_BOX (self->content), self->labels_card);
  gtk_box_append (GTK_BOX (self->content), rest);
  gtk_box_append (GTK_BOX (self->content), new_foot (self));
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  wb_stack_drag_init (self);
  mark_selected (self);
  wb_widget_set_spoken (GTK_WIDGET (self), "Network stack");
}

GtkWidget *
wb_stack_new (void)
{
  return g_object_new (WB_TYPE_STACK, NULL);
}
