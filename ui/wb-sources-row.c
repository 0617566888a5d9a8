/* wb-sources-row.c: the earlier blocks that a merge joins, to be ticked in a list of those above it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-sources-row.h"

#include "nn-shape.h"
#include "wb-widgets.h"

#define MOST_HEIGHT 210 /* pixels of the list: a longer one scrolls */

struct _WbSourcesRow
{
  GtkWidget    parent_instance;

  const NnArg *arg;
  NnValue      value;
  gboolean     updating; /* the buttons follow the value, not the other way round */
  GArray      *ids;      /* of gint64, as listed */
  GPtrArray   *buttons;  /* borrowed, as long as ids */
  GPtrArray   *shapes;   /* labels, borrowed */

  GtkWidget   *content;
  GtkWidget   *list;
  GtkWidget   *order;
};

G_DEFINE_FINAL_TYPE (WbSourcesRow, wb_sources_row, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

const NnValue *
wb_sources_row_get_value (WbSourcesRow *self)
{
  g_return_val_if_fail (WB_IS_SOURCES_ROW (self), NULL);

  return &self->value;
}

static gboolean
names (const NnValue *value, gint64 id)
{
  for (int i = 0; i < value->n; i++)
    if (value->whole[i] == id)
      return TRUE;
  return FALSE;
}

/* --- ticking -------------------------------------------------------------------------------- */

static void
toggled_cb (GtkCheckButton *button, gpointer user_data)
{
  WbSourcesRow *self = WB_SOURCES_ROW (user_data);
  NnValue value = { 0 };
  gint64 id;
  guint at;

  if (self->updating || !g_ptr_array_find (self->buttons, button, &at))
    return;
  id = g_array_index (self->ids, gint64, at);
  for (int i = 0; i < self->value.n; i++)
    if (self->value.whole[i] != id)
      value.whole[value.n++] = self->value.whole[i];
  if (gtk_check_button_get_active (button) && value.n < NN_MAX_RANK)
    value.whole[value.n++] = id;
  self->value = value;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the list ------------------------------------------------------------------------------- */

/* What is to be listed: the blocks above but for the nearest, which is joined in any case, then what is named and cannot be read.
 */
static GArray *
list_ids (const NnDesign *design, guint position, const NnValue *value)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id;

  for (int i = (int) position - 2; i >= -1; i--)
    {
      id = i >= 0 ? nn_block_get_id (nn_design_get_block (design, i)) : 0;
      g_array_append_val (ids, id);
    }
  for (int i = 0; i < value->n; i++)
    {
      gboolean listed = FALSE;

      for (guint j = 0; j < ids->len; j++)
        listed |= g_array_index (ids, gint64, j) == value->whole[i];
      if (!listed)
        g_array_append_val (ids, value->whole[i]);
    }
  return ids;
}

static gboolean
same_ids (const GArray *a, const GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (gint64)) == 0);
}

static void
add_line (WbSourcesRow *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_check_button_new_with_label ("");
  GtkWidget *shape = wb_label_new ("dim", 1);

  gtk_widget_set_hexpand (button, TRUE);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (line), shape);
  gtk_box_append (GTK_BOX (self->list), line);
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, 0);
  g_ptr_array_add (self->buttons, button);
  g_ptr_array_add (self->shapes, shape);
}

static void
list_lines (WbSourcesRow *self, GArray *ids)
{
  if (!same_ids (self->ids, ids))
    {
      wb_box_clear (GTK_BOX (self->list));
      g_ptr_array_set_size (self->buttons, 0);
      g_ptr_array_set_size (self->shapes, 0);
      for (guint i = 0; i < ids->len; i++)
        add_line (self);
    }
  g_array_unref (self->ids);
  self->ids = ids;
}

static char *
word_shape (const NnCheck *check, guint position, gint64 id)
{
  const NnDesign *design = nn_check_get_design (check);
  int place = nn_design_find_source (design, id);

  if (place < 0)
    return g_strdup ("removed");
  if (place > (int) position)
    return g_strdup ("is below");
  return nn_shape_to_text (place == 0 ? nn_design_get_input (design) : &nn_check_get_block (check, place - 1)->output);
}

static void
show_lines (WbSourcesRow *self, const NnCheck *check, guint position)
{
  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);
      g_autofree char *name = nn_design_name_source (nn_check_get_design (check), id);
      g_autofree char *shape = word_shape (check, position, id);
      g_autofree char *spoken = g_strdup_printf ("Join with %s, %s", name, shape);
      gboolean ticked = names (&self->value, id);

      name[0] = g_ascii_toupper (name[0]);
      gtk_check_button_set_label (GTK_CHECK_BUTTON (self->buttons->pdata[i]), name);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->buttons->pdata[i]), ticked);
      gtk_widget_set_sensitive (self->buttons->pdata[i], ticked || self->value.n < NN_MAX_RANK);
      gtk_label_set_label (GTK_LABEL (self->shapes->pdata[i]), shape);
      wb_widget_set_spoken (self->buttons->pdata[i], spoken);
    }
}

static void
show_order (WbSourcesRow *self, const NnCheck *check, guint position)
{
  const NnDesign *design = nn_check_get_design (check);
  g_autoptr(GString) text = g_string_new ("Joined in this order: ");
  int inputs[NN_MAX_INPUTS];
  guint n = nn_check_get_inputs (check, position, inputs);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = inputs[i] >= 0 ? nn_block_get_id (nn_design_get_block (design, inputs[i])) : 0;
      g_autofree char *name = nn_design_name_source (design, id);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", name);
    }
  gtk_label_set_label (GTK_LABEL (self->order), text->str);
  gtk_widget_set_visible (self->order, n > 1);
}

void
wb_sources_row_set_block (WbSourcesRow *self, const NnCheck *check, guint position)
{
  const NnValue *value;

  g_return_if_fail (WB_IS_SOURCES_ROW (self));
  g_return_if_fail (check != NULL);

  value = nn_block_get_sources (nn_design_get_block (nn_check_get_design (check), position));
  g_return_if_fail (value != NULL);

  self->value = *value;
  self->updating = TRUE;
  list_lines (self, list_ids (nn_check_get_design (check), position, value));
  show_lines (self, check, position);
  show_order (self, check, position);
  self->updating = FALSE;
}

/* --- life ----------------------------------------------------------------------------------- */

static void
wb_sources_row_dispose (GObject *object)
{
  WbSourcesRow *self = WB_SOURCES_ROW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_sources_row_parent_class)->dispose (object);
}

static void
wb_sources_row_finalize (GObject *object)
{
  WbSourcesRow *self = WB_SOURCES_ROW (object);

  g_array_unref (self->ids);
  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->shapes);
  G_OBJECT_CLASS (wb_sources_row_parent_class)->finalize (object);
}

static void
wb_sources_row_class_init (WbSourcesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_sources_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_sources_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "sourcesrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_sources_row_init (WbSourcesRow *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->buttons = g_ptr_array_new ();
  self->shapes = g_ptr_array_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

static GtkWidget *
new_scroller (WbSourcesRow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MOST_HEIGHT);
  return scroller;
}

GtkWidget *
wb_sources_row_new (const NnArg *arg)
{
  WbSourcesRow *self;
  GtkWidget *label = wb_label_new (NULL, 0);

  g_return_val_if_fail (arg != NULL && arg->type == NN_ARG_BLOCK_LIST, NULL);

  self = g_object_new (WB_TYPE_SOURCES_ROW, NULL);
  self->arg = arg;
  self->value = arg->fallback;
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->order = wb_label_new_wrapped ("help", "");
  gtk_label_set_label (GTK_LABEL (label), arg->label);
  gtk_box_append (GTK_BOX (self->content), label);
  gtk_box_append (GTK_BOX (self->content), new_scroller (self));
  gtk_box_append (GTK_BOX (self->content), self->order);
  gtk_box_append (GTK_BOX (self->content), wb_label_new_wrapped ("help", arg->help));
  wb_widget_set_spoken (GTK_WIDGET (self), arg->label);
  return GTK_WIDGET (self);
}
