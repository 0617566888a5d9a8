/* wb-class-picker.c: all classes of a label track, found by a few letters, to mark the selection with
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-class-picker.h"

#include "wb-swatch.h"
#include "wb-widgets.h"

#include <string.h>

#define MAX_HEIGHT 360
#define NEW_CLASS  (-1) /* of the row that makes a class */

struct _WbClassPicker
{
  GtkWidget      parent_instance;
  GtkWidget     *box, *search, *scroll, *list, *new_row, *new_name;
  SigClassTable *classes; /* (nullable) */
  SigClassTable *listed;  /* (nullable): those that have rows */
  char          *wanted;  /* what was typed, folded */
};

G_DEFINE_FINAL_TYPE (WbClassPicker, wb_class_picker, GTK_TYPE_WIDGET)

/* --- rows --------------------------------------------------------------------------- */

static int
get_class (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "class"));
}

static const char *
get_folded (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "folded");
}

/* `label` (transfer floating), behind a swatch or a sign. */
static GtkWidget *
make_row (int        klass,
          GtkWidget *sign,
          GtkWidget *label)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), sign);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "class", GINT_TO_POINTER (klass));
  return row;
}

static GtkWidget *
make_class_row (const SigClass *class,
                int             klass)
{
  GtkWidget *label = wb_label_new (NULL, 0), *row = make_row (klass, wb_swatch_new (class->color), label);
  g_autofree char *spoken = class->key > 0 ? g_strdup_printf ("%s, key %d", class->name, class->key) : g_strdup (class->name);

  gtk_label_set_text (GTK_LABEL (label), class->name);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (class->key > 0)
    {
      char key[2] = { (char) ('0' + class->key), '\0' };
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "key");
      gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row))), hint);
    }
  g_object_set_data_full (G_OBJECT (row), "folded", g_utf8_casefold (class->name, -1), g_free);
  wb_widget_set_spoken (row, spoken);
  return row;
}

static GtkListBoxRow *
get_row (WbClassPicker *self,
         int            i)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i);
}

static void
fill (WbClassPicker *self)
{
  GtkListBoxRow *row;

  if (self->listed == self->classes)
    return;
  while ((row = get_row (self, 0)) != NULL && GTK_WIDGET (row) != self->new_row)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  g_clear_pointer (&self->listed, sig_class_table_unref);
  self->listed = self->classes != NULL ? sig_class_table_ref (self->classes) : NULL;
  for (int k = 0; self->listed != NULL && k < sig_class_table_get_n (self->listed); k++)
    gtk_list_box_insert (GTK_LIST_BOX (self->list), make_class_row (sig_class_table_get (self->listed, k), k), k);
}

/* --- finding ------------------------------------------------------------------------ */

/* What would be the name of a new class; NULL: nothing was typed, or a class is called so. */
static char *
dup_new_name (WbClassPicker *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  if (*name == '\0' || (self->listed != NULL && sig_class_table_find_name (self->listed, name) >= 0))
    return NULL;
  return g_steal_pointer (&name);
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       user_data)
{
  WbClassPicker *self = user_data;

  return get_class (row) == NEW_CLASS || strstr (get_folded (row), self->wanted) != NULL;
}

static gboolean
is_offered (GtkListBoxRow *row)
{
  return gtk_widget_get_visible (GTK_WIDGET (row)) && gtk_widget_get_child_visible (GTK_WIDGET (row));
}

/* The list scrolls to a row that has the focus by itself; here the focus stays in the field. */
static void
choose (WbClassPicker *self,
        GtkListBoxRow *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroll));
  graphene_rect_t bounds;

  gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  if (row != NULL && gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y, bounds.origin.y + bounds.size.height);
}

/* The next one that is offered from row `i` on; NULL: none. */
static GtkListBoxRow *
find_offered (WbClassPicker *self,
              int            i,
              int            direction)
{
  GtkListBoxRow *row = NULL;

  while (i >= 0 && (row = get_row (self, i)) != NULL && !is_offered (row))
    i += direction;
  return i >= 0 ? row : NULL;
}

/* The class that is called what was typed comes first, then the first that holds it. */
static GtkListBoxRow *
find_best (WbClassPicker *self)
{
  GtkListBoxRow *row;

  for (int i = 0; *self->wanted != '\0' && (row = get_row (self, i)) != NULL; i++)
    if (get_class (row) != NEW_CLASS && strcmp (get_folded (row), self->wanted) == 0)
      return row;
  return find_offered (self, 0, 1);
}

static void
searched_cb (WbClassPicker *self)
{
  g_autofree char *stripped = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autofree char *name = dup_new_name (self);

  g_free (self->wanted);
  self->wanted = g_utf8_casefold (stripped, -1);
  gtk_widget_set_visible (self->new_row, name != NULL);
  if (name != NULL)
    {
      g_autofree char *text = g_strdup_printf ("New class “%s”", name);

      gtk_label_set_text (GTK_LABEL (self->new_name), text);
      wb_widget_set_spoken (self->new_row, text);
    }
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
  choose (self, find_best (self));
}

/* --- choosing ----------------------------------------------------------------------- */

static void
leave (WbClassPicker *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
row_activated_cb (WbClassPicker *self,
                  GtkListBoxRow *row)
{
  g_autofree char *name = dup_new_name (self);
  int klass = get_class (row);

  leave (self);
  if (klass != NEW_CLASS)
    gtk_widget_activate_action (GTK_WIDGET (self), "mark.class", "i", klass);
  else if (name != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "mark.new-class", "s", name);
}

static void
entered_cb (WbClassPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (row != NULL)
    row_activated_cb (self, row);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* The field keeps the focus while the list is gone through. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                WbClassPicker         *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int direction = key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : key == GDK_KEY_Up || key == GDK_KEY_KP_Up ? -1 : 0;

  g_assert (WB_IS_CLASS_PICKER (self));
  if (direction == 0)
    return FALSE;
  row = find_offered (self, row != NULL ? gtk_list_box_row_get_index (row) + direction : 0, direction);
  if (row != NULL)
    choose (self, row);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

/* --- the whole ---------------------------------------------------------------------- */

void
wb_class_picker_set_classes (WbClassPicker       *self,
                             const SigClassTable *classes)
{
  SigClassTable *held;

  g_return_if_fail (WB_IS_CLASS_PICKER (self));

  held = classes != NULL ? sig_class_table_ref (classes) : NULL;
  g_clear_pointer (&self->classes, sig_class_table_unref);
  self->classes = held;
}

static void
wb_class_picker_map (GtkWidget *widget)
{
  WbClassPicker *self = WB_CLASS_PICKER (widget);

  fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  searched_cb (self);
  GTK_WIDGET_CLASS (wb_class_picker_parent_class)->map (widget);
}

static void
wb_class_picker_dispose (GObject *object)
{
  WbClassPicker *self = WB_CLASS_PICKER (object);

  g_clear_pointer (&self->classes, sig_class_table_unref);
  g_clear_pointer (&self->listed, sig_class_table_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_class_picker_parent_class)->dispose (object);
}

static void
wb_class_picker_finalize (GObject *object)
{
  g_free (WB_CLASS_PICKER (object)->wanted);
  G_OBJECT_CLASS (wb_class_picker_parent_class)->finalize (object);
}

static void
wb_class_picker_class_init (WbClassPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_class_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_class_picker_finalize;
  widget_class->map = wb_class_picker_map;
  gtk_widget_class_set_css_name (widget_class, "classpicker");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
make_search (WbClassPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", "Find a class, or name a new one", NULL);
  wb_widget_set_spoken (self->search, "Find a class, or name a new one");
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (self->search, keys);
  g_signal_connect_swapped (self->search, "changed", G_CALLBACK (searched_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (entered_cb), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (leave), self);
}

static void
make_list (WbClassPicker *self)
{
  self->list = gtk_list_box_new ();
  self->new_name = wb_label_new (NULL, 0);
  self->new_row = make_row (NEW_CLASS, gtk_image_new_from_icon_name ("list-add-symbolic"), self->new_name);
  self->scroll = gtk_scrolled_window_new ();
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->new_row);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), filter_cb, self, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  wb_widget_set_spoken (self->list, "Mark the selection as");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroll), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroll), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroll), self->list);
}

static void
wb_class_picker_init (WbClassPicker *self)
{
  self->wanted = g_strdup ("");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  make_search (self);
  make_list (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), self->scroll);
  wb_widget_set_spoken (GTK_WIDGET (self), "All classes");
}

GtkWidget *
wb_class_picker_new (void)
{
  return g_object_new (WB_TYPE_CLASS_PICKER, NULL);
}
