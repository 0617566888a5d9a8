/* wb-class-list.c: the classes of a label track as a list: colour, key, name, count
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-class-list.h"

#include "wb-ribbons-paint.h"
#include "wb-swatch.h"
#include "wb-widgets.h"

#define N_KEYS      10
#define MAX_HEIGHT  360
#define MAX_TARGETS 32 /* classes that another one can be merged into by its menu */

/* The widgets of one class. */
typedef struct
{
  GtkWidget *box, *color, *keys, *name, *count, *remove;
} Row;

struct _WbClassList
{
  GtkWidget  parent_instance;
  GtkWidget *box, *scroll, *rows_box, *entry;
  GArray    *rows;     /* of Row */
  SigLabels *labels;   /* (nullable) */
  guint      rebuilding; /* waits until no row's widget is at work */
};

G_DEFINE_FINAL_TYPE (WbClassList, wb_class_list, GTK_TYPE_WIDGET)

/* (nullable): the classes that are to be seen. */
static const SigClassTable *
get_classes (WbClassList *self)
{
  return self->labels != NULL ? sig_labels_get_classes (self->labels) : NULL;
}

static int
count_classes (WbClassList *self)
{
  return self->labels != NULL ? sig_labels_get_n_classes (self->labels) : 0;
}

/* Which class a row's widget is about. */
static int
get_class (gpointer widget)
{
  return GPOINTER_TO_INT (g_object_get_data (widget, "class"));
}

static void
set_class (gpointer widget,
           int      klass)
{
  g_object_set_data (widget, "class", GINT_TO_POINTER (klass));
}

/* --- colour ------------------------------------------------------------------------- */

static void
color_clicked_cb (GtkButton *button)
{
  int color = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "color"));
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);

  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_activate_action (GTK_WIDGET (button), "mark.color", "(ii)", get_class (button), color);
}

static GtkWidget *
make_palette (int klass)
{
  GtkWidget *grid = gtk_grid_new ();

  for (int i = 0; i < SIG_N_CLASS_COLORS; i++)
    {
      GtkWidget *button = gtk_button_new ();
      g_autofree char *name = wb_ribbon_dup_color_name (i);

      set_class (button, klass);
      g_object_set_data (G_OBJECT (button), "color", GINT_TO_POINTER (i));
      gtk_button_set_child (GTK_BUTTON (button), wb_swatch_new (i));
      gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
      gtk_widget_set_tooltip_text (button, name);
      wb_widget_set_spoken (button, name);
      g_signal_connect (button, "clicked", G_CALLBACK (color_clicked_cb), NULL);
      gtk_grid_attach (GTK_GRID (grid), button, i % SIG_N_CLASS_TONES, i / SIG_N_CLASS_TONES, 1, 1);
    }
  return grid;
}

/* Only of those classes whose palettes somebody opens: there are up to a thousand. */
static void
make_popover_cb (GtkMenuButton *button,
                 gpointer       user_data)
{
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), make_palette (get_class (button)));
  gtk_menu_button_set_popover (button, popover);
}

static GtkWidget *
make_color_button (int klass)
{
  GtkWidget *button = gtk_menu_button_new ();

  set_class (button, klass);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_popover_cb, NULL, NULL);
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, "Colour");
  return button;
}

/* --- key ---------------------------------------------------------------------------- */

static void
key_selected_cb (GtkDropDown *keys)
{
  gtk_widget_activate_action (GTK_WIDGET (keys), "mark.key", "(ii)", get_class (keys), (int) gtk_drop_down_get_selected (keys));
}

static GtkWidget *
make_keys (int klass)
{
  static const char *const words[N_KEYS + 1] = { "–", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL };
  GtkWidget *keys = gtk_drop_down_new_from_strings (words);

  set_class (keys, klass);
  gtk_widget_set_tooltip_text (keys, "The digit that marks the selection as this class");
  g_signal_connect (keys, "notify::selected", G_CALLBACK (key_selected_cb), NULL);
  return keys;
}

/* --- name --------------------------------------------------------------------------- */

/* When it is finished: with Return, or by going elsewhere. What is refused is put back. */
static void
finish_name (GtkWidget *entry)
{
  WbClassList *self = WB_CLASS_LIST (gtk_widget_get_ancestor (entry, WB_TYPE_CLASS_LIST));
  int klass = get_class (entry);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (self == NULL || klass >= count_classes (self) || g_str_equal (text, sig_labels_get_name (self->labels, klass)))
    return;
  gtk_widget_activate_action (entry, "mark.rename-class", "(is)", klass, text);
  if (klass < count_classes (self))
    gtk_editable_set_text (GTK_EDITABLE (entry), sig_labels_get_name (self->labels, klass));
}

static void
name_left_cb (GtkEventControllerFocus *focus)
{
  finish_name (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus)));
}

static GtkWidget *
make_name (int klass)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  set_class (entry, klass);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 14);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect (entry, "activate", G_CALLBACK (finish_name), NULL);
  g_signal_connect (focus, "leave", G_CALLBACK (name_left_cb), NULL);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

/* --- removing ----------------------------------------------------------------------- */

static void
append_removal (GMenu      *menu,
                const char *label,
                int         klass,
                int         into)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "mark.remove-class", "(ii)", klass, into);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_removals (const SigClassTable *classes,
               int                  klass)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) away = g_menu_new (), merge = g_menu_new ();

  append_removal (away, "Remove, its labels become unlabelled", klass, SIG_UNLABELLED);
  append_removal (away, "Remove, its labels become “don’t know”", klass, SIG_DONT_KNOW);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  for (int k = 0; k < MIN (MAX_TARGETS, sig_class_table_get_n (classes)); k++)
    if (k != klass)
      append_removal (merge, sig_class_table_get (classes, k)->name, klass, k);
  if (g_menu_model_get_n_items (G_MENU_MODEL (merge)) > 0)
    g_menu_append_section (menu, "Merge into", G_MENU_MODEL (merge));
  return G_MENU_MODEL (menu);
}

/* As the palettes: when it is opened. */
static void
make_menu_cb (GtkMenuButton *button,
              gpointer       user_data)
{
  WbClassList *self = WB_CLASS_LIST (gtk_widget_get_ancestor (GTK_WIDGET (button), WB_TYPE_CLASS_LIST));
  g_autoptr (GMenuModel) removals = make_removals (get_classes (self), get_class (button));

  gtk_menu_button_set_menu_model (button, removals);
}

static GtkWidget *
make_remove (int klass)
{
  GtkWidget *button = gtk_menu_button_new ();

  set_class (button, klass);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), make_menu_cb, NULL, NULL);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "user-trash-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, "Remove or merge");
  return button;
}

/* --- rows --------------------------------------------------------------------------- */

static void
add_row (WbClassList *self)
{
  int klass = (int) self->rows->len;
  Row row = { gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), make_color_button (klass), make_keys (klass),
              make_name (klass), gtk_label_new (NULL), make_remove (klass) };
  GtkWidget *parts[] = { row.color, row.keys, row.name, row.count, row.remove };

  gtk_label_set_width_chars (GTK_LABEL (row.count), 9);
  gtk_label_set_xalign (GTK_LABEL (row.count), 1);
  gtk_widget_add_css_class (row.count, "dim");
  gtk_widget_add_css_class (row.count, "numeric");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    gtk_box_append (GTK_BOX (row.box), parts[i]);
  gtk_box_append (GTK_BOX (self->rows_box), row.box);
  g_array_append_val (self->rows, row);
}

static void
speak (GtkWidget  *widget,
       const char *format,
       const char *name)
{
  g_autofree char *spoken = g_strdup_printf (format, name);

  wb_widget_set_spoken (widget, spoken);
}

static void
fill_row (Row                 *row,
          const SigClassTable *classes,
          int                  klass,
          guint                n_labels)
{
  const SigClass *class = sig_class_table_get (classes, klass);
  g_autofree char *count = g_strdup_printf ("%u %s", n_labels, n_labels == 1 ? "label" : "labels");

  gtk_menu_button_set_child (GTK_MENU_BUTTON (row->color), wb_swatch_new (class->color));
  g_signal_handlers_block_by_func (row->keys, key_selected_cb, NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (row->keys), (guint) class->key);
  g_signal_handlers_unblock_by_func (row->keys, key_selected_cb, NULL);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row->name)), class->name))
    gtk_editable_set_text (GTK_EDITABLE (row->name), class->name);
  gtk_label_set_text (GTK_LABEL (row->count), count);
  speak (row->color, "Colour of %s", class->name);
  speak (row->keys, "Key of %s", class->name);
  speak (row->name, "Name of %s", class->name);
  speak (row->remove, "Remove %s", class->name);
}

static void
fill_rows (WbClassList *self)
{
  gsize n;
  const SigSpan *spans;
  g_autofree guint *counts = g_new0 (guint, self->rows->len + 1);

  if (self->labels == NULL)
    return;
  spans = sig_labels_get_spans (self->labels, &n);
  for (gsize i = 0; i < n; i++)
    if (spans[i].klass >= 0)
      counts[spans[i].klass]++;
  for (guint k = 0; k < self->rows->len; k++)
    fill_row (&g_array_index (self->rows, Row, k), get_classes (self), (int) k, counts[k]);
}

static gboolean
rebuild_cb (gpointer user_data)
{
  WbClassList *self = user_data;

  self->rebuilding = 0;
  wb_box_clear (GTK_BOX (self->rows_box));
  g_array_set_size (self->rows, 0);
  for (int k = 0; k < count_classes (self); k++)
    add_row (self);
  fill_rows (self);
  gtk_widget_set_visible (self->scroll, self->rows->len > 0);
  return G_SOURCE_REMOVE;
}

void
wb_class_list_set_labels (WbClassList     *self,
                          const SigLabels *labels)
{
  SigLabels *held;

  g_return_if_fail (WB_IS_CLASS_LIST (self));

  held = labels != NULL ? sig_labels_ref (labels) : NULL;
  g_clear_pointer (&self->labels, sig_labels_unref);
  self->labels = held;
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (count_classes (self) == (int) self->rows->len)
    fill_rows (self);
  else if (self->rebuilding == 0)
    self->rebuilding = g_idle_add (rebuild_cb, self);
}

static void
wb_class_list_map (GtkWidget *widget)
{
  WbClassList *self = WB_CLASS_LIST (widget);

  if (self->rebuilding == 0)
    rebuild_cb (self);
  GTK_WIDGET_CLASS (wb_class_list_parent_class)->map (widget);
}

/* --- adding ------------------------------------------------------------------------- */

static void
add_cb (WbClassList *self)
{
  int n = count_classes (self);

  gtk_widget_activate_action (GTK_WIDGET (self), "mark.add-class", "s", gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (count_classes (self) > n)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static GtkWidget *
make_adder (WbClassList *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *add = gtk_button_new_with_label ("Add Class");

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), "Name of a new class");
  gtk_widget_set_hexpand (self->entry, TRUE);
  wb_widget_set_spoken (self->entry, "Name of a new class");
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (add_cb), self);
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (row), self->entry);
  gtk_box_append (GTK_BOX (row), add);
  return row;
}

static void
wb_class_list_dispose (GObject *object)
{
  WbClassList *self = WB_CLASS_LIST (object);

  g_clear_handle_id (&self->rebuilding, g_source_remove);
  g_clear_pointer (&self->labels, sig_labels_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_class_list_parent_class)->dispose (object);
}

static void
wb_class_list_class_init (WbClassListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_class_list_dispose;
  widget_class->map = wb_class_list_map;
  gtk_widget_class_set_css_name (widget_class, "classlist");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
wb_class_list_init (WbClassList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->rows_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroll), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->rows_box);
  gtk_widget_set_visible (self->scroll, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  gtk_box_append (GTK_BOX (self->box), make_adder (self));
  wb_widget_set_spoken (GTK_WIDGET (self), "Classes");
}

GtkWidget *
wb_class_list_new (void)
{
  return g_object_new (WB_TYPE_CLASS_LIST, NULL);
}
