/* wb-palette.c: the kinds of blocks, to drag into the stack or to click
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-palette.h"

#include "wb-drag-chip.h"
#include "wb-text.h"
#include "wb-widgets.h"

#include <string.h>

#define N_COLUMNS 2

/* A heading and its entries. */
typedef struct
{
  const char *name;
  GtkWidget  *box;     /* holds the heading and the entries */
  GtkWidget  *entries; /* a vertical box of buttons */
  guint       n_entries;
} Group;

struct _WbPalette
{
  GtkWidget  parent_instance;

  GtkWidget *content;
  GtkWidget *search;
  GtkWidget *nothing; /* says that no kind matches */
  GArray    *groups;  /* of Group */
};

G_DEFINE_FINAL_TYPE (WbPalette, wb_palette, GTK_TYPE_WIDGET)

enum { CHOSEN, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- entries ---------------------------------------------------------------------------- */

static const NnKind *
kind_of (gpointer button)
{
  return g_object_get_data (G_OBJECT (button), "kind");
}

static void
clicked_cb (GtkButton *button, gpointer user_data)
{
  g_signal_emit (user_data, signals[CHOSEN], 0, kind_of (button));
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  return gdk_content_provider_new_typed (G_TYPE_POINTER, kind_of (user_data));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  wb_drag_chip_attach (drag, kind_of (user_data));
}

static void
add_drag_source (GtkWidget *button)
{
  GtkDragSource *source = gtk_drag_source_new ();

  /* The button's own click gesture would claim the press first. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (source), GTK_PHASE_CAPTURE);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), button);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), button);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (source));
}

/* A long name takes a second line: shortened, "GlobalMaxPooling1D" and "GlobalMaxPooling2D" would look the same. */
static GtkWidget *
new_name (const NnKind *kind)
{
  g_autofree char *text = wb_text_kind_name (kind);

  return g_object_new (GTK_TYPE_LABEL,
                       "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                       "label", text,
                       "wrap", TRUE,
                       "wrap-mode", PANGO_WRAP_WORD,
                       "natural-wrap-mode", GTK_NATURAL_WRAP_NONE,
                       "xalign", 0.0f,
                       NULL);
}

static GtkWidget *
new_entry (WbPalette *self, const NnKind *kind)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *icon = wb_text_kind_icon (kind);

  g_object_set_data (G_OBJECT (button), "kind", (gpointer) kind);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), new_name (kind));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_set_tooltip_text (button, kind->summary);
  wb_widget_set_spoken (button, kind->name);
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  add_drag_source (button);
  return button;
}

/* --- search ----------------------------------------------------------------------------- */

static gboolean
matches (const NnKind *kind, const char *wanted)
{
  g_autofree char *where = g_strdup_printf ("%s %s %s", kind->name, kind->group, kind->summary);
  g_autofree char *haystack = g_utf8_casefold (where, -1);
  g_autofree char *needle = g_utf8_casefold (wanted, -1);

  return strstr (haystack, g_strstrip (needle)) != NULL;
}

static void
search_changed_cb (WbPalette *self)
{
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n_shown = 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      const Group *group = &g_array_index (self->groups, Group, i);
      guint n = 0;

      for (GtkWidget *entry = gtk_widget_get_first_child (group->entries); entry != NULL;
           entry = gtk_widget_get_next_sibling (entry))
        {
          gboolean shown = matches (kind_of (entry), wanted);

          gtk_widget_set_visible (entry, shown);
          n += shown;
        }
      gtk_widget_set_visible (group->box, n > 0);
      n_shown += n;
    }
  gtk_widget_set_visible (self->nothing, n_shown == 0);
}

/* Return in the search entry takes the first match. */
static void
search_activate_cb (WbPalette *self)
{
  search_changed_cb (self);
  for (guint i = 0; i < self->groups->len; i++)
    {
      GtkWidget *entry = gtk_widget_get_first_child (g_array_index (self->groups, Group, i).entries);

      while (entry != NULL && !gtk_widget_get_visible (entry))
        entry = gtk_widget_get_next_sibling (entry);
      if (entry != NULL)
        {
          g_signal_emit (self, signals[CHOSEN], 0, kind_of (entry));
          return;
        }
    }
}

/* --- life ------------------------------------------------------------------------------- */

static void
wb_palette_dispose (GObject *object)
{
  WbPalette *self = WB_PALETTE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->groups, g_array_unref);
  G_OBJECT_CLASS (wb_palette_parent_class)->dispose (object);
}

static void
wb_palette_class_init (WbPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_palette_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_css_name (widget_class, "palette");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static Group *
find_group (WbPalette *self, const char *name)
{
  GtkWidget *heading;
  Group group = { .name = name };

  for (guint i = 0; i < self->groups->len; i++)
    if (g_str_equal (g_array_index (self->groups, Group, i).name, name))
      return &g_array_index (self->groups, Group, i);

  heading = wb_label_new ("heading", 0);
  gtk_label_set_label (GTK_LABEL (heading), name);
  group.entries = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  group.box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (group.box), heading);
  gtk_box_append (GTK_BOX (group.box), group.entries);
  g_array_append_val (self->groups, group);
  return &g_array_index (self->groups, Group, self->groups->len - 1);
}

/* Groups keep their order and go to whichever column is shorter by then; a heading counts as an entry. */
static void
fill_columns (WbPalette *self, GtkWidget *columns)
{
  GtkWidget *column[N_COLUMNS];
  guint height[N_COLUMNS] = { 0 };

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      column[i] = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      gtk_box_append (GTK_BOX (columns), column[i]);
    }
  for (guint i = 0; i < self->groups->len; i++)
    {
      const Group *group = &g_array_index (self->groups, Group, i);
      guint shortest = 0;

      for (guint c = 1; c < N_COLUMNS; c++)
        if (height[c] < height[shortest])
          shortest = c;
      gtk_box_append (GTK_BOX (column[shortest]), group->box);
      height[shortest] += group->n_entries + 1;
    }
}

static GtkWidget *
new_list (WbPalette *self)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  for (guint i = 0; i < nn_kind_count (); i++)
    {
      const NnKind *kind = nn_kind_nth (i);
      Group *group = find_group (self, kind->group);

      gtk_box_append (GTK_BOX (group->entries), new_entry (self, kind));
      group->n_entries++;
    }
  fill_columns (self, columns);

  self->nothing = wb_label_new_wrapped ("dim", "No block of that name");
  gtk_widget_set_visible (self->nothing, FALSE);
  gtk_box_append (GTK_BOX (list), columns);
  gtk_box_append (GTK_BOX (list), self->nothing);
  return list;
}

static void
wb_palette_init (WbPalette *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->groups = g_array_new (FALSE, TRUE, sizeof (Group));
  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", "Find a block", NULL);
  wb_widget_set_spoken (self->search, "Find a block");
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activate_cb), self, G_CONNECT_SWAPPED);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), new_list (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->content), self->search);
  gtk_box_append (GTK_BOX (self->content), scroller);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  wb_widget_set_spoken (GTK_WIDGET (self), "Blocks");
}

GtkWidget *
wb_palette_new (void)
{
  return g_object_new (WB_TYPE_PALETTE, NULL);
}
