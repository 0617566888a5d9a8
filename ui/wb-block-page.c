/* wb-block-page.c: the inspector's page for what is chosen in the stack: a block, the input or the labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-block-page.h"

#include "wb-arg-row.h"
#include "wb-block-form.h"
#include "wb-problem-row.h"
#include "wb-text.h"
#include "wb-widgets.h"

#define LABELS_TEXT \
  "The labels say which class each step of the recording belongs to. The last block must give as many answers as a " \
  "window has labels:\n\n" \
  "• two classes: one number at each step (steps × 1) with a sigmoid: the probability of the second class;\n" \
  "• more classes: one number per class at each step (steps × classes) with a softmax.\n\n" \
  "A last Dense with as many units as there are steps (400 for 400) is read as one probability per step as well."

/* The input's two extents, described like arguments so that the same rows serve. */
static const NnArg length_arg = {
  .name = "length", .label = "Window length", .help = "How many steps of the recording the network sees at once.",
  .type = NN_ARG_INT, .fallback = { 1, { 400 }, 0 }, .min = 1, .max = 1000000,
};
static const NnArg channels_arg = {
  .name = "channels", .label = "Channels",
  .help = "How many signals are recorded side by side. An open recording says it itself.",
  .type = NN_ARG_INT, .fallback = { 1, { 16 }, 0 }, .min = 1, .max = 4096,
};

struct _WbBlockPage
{
  GtkWidget  parent_instance;

  NnCheck   *check;    /* (nullable) before the first wb_block_page_set_check() */
  guint      selected;

  GtkWidget *content;
  GtkWidget *icon;
  GtkWidget *title;
  GtkWidget *summary;
  GtkWidget *form;
  GtkWidget *input;    /* holds the two rows below */
  GtkWidget *length;
  GtkWidget *channels;
  GtkWidget *figures;  /* a grid: words left, numbers right */
  GtkWidget *problems;
};

G_DEFINE_FINAL_TYPE (WbBlockPage, wb_block_page, GTK_TYPE_WIDGET)

enum { EDIT, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- edits -------------------------------------------------------------------------------- */

static void
block_edit_cb (WbBlockForm *form, NnBlock *block, const char *label, gpointer user_data)
{
  WbBlockPage *self = WB_BLOCK_PAGE (user_data);
  const NnDesign *design = nn_check_get_design (self->check);
  int position = nn_design_find_block (design, self->selected);
  g_autoptr(NnDesign) changed = NULL;
  g_autofree char *what = NULL;

  if (position < 0)
    return;
  changed = nn_design_with_replaced (design, position, block);
  what = g_strdup_printf ("Change %s: %s", nn_block_get_kind (block)->name, label);
  g_signal_emit (self, signals[EDIT], 0, changed, what);
}

static void
input_changed_cb (WbArgRow *row, gpointer user_data)
{
  WbBlockPage *self = WB_BLOCK_PAGE (user_data);
  NnShape input = nn_shape_2 (wb_arg_row_get_value (WB_ARG_ROW (self->length))->whole[0],
                              wb_arg_row_get_value (WB_ARG_ROW (self->channels))->whole[0]);
  g_autoptr(NnDesign) changed = nn_design_with_input (nn_check_get_design (self->check), &input);
  gboolean is_length = GTK_WIDGET (row) == self->length;

  g_signal_emit (self, signals[EDIT], 0, changed, is_length ? "Change input: Window length" : "Change input: Channels");
}

/* --- figures ------------------------------------------------------------------------------ */

static void
clear_figures (WbBlockPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->figures)) != NULL)
    gtk_grid_remove (GTK_GRID (self->figures), child);
}

static void
add_figure (WbBlockPage *self, int line, const char *word, const char *number)
{
  GtkWidget *left = wb_label_new ("dim", 0);
  GtkWidget *right = gtk_label_new (number);

  gtk_label_set_label (GTK_LABEL (left), word);
  gtk_label_set_xalign (GTK_LABEL (right), 1);
  gtk_label_set_wrap (GTK_LABEL (right), TRUE);
  gtk_label_set_justify (GTK_LABEL (right), GTK_JUSTIFY_RIGHT);
  gtk_widget_set_hexpand (right, TRUE);
  gtk_widget_set_valign (left, GTK_ALIGN_START);
  gtk_grid_attach (GTK_GRID (self->figures), left, 0, line, 1, 1);
  gtk_grid_attach (GTK_GRID (self->figures), right, 1, line, 1, 1);
}

static void
show_figures (WbBlockPage *self, const NnBlockReport *report)
{
  g_autofree char *shape = nn_shape_to_text (&report->output);
  g_autofree char *output = report->assumed ? g_strdup_printf ("assumed %s", shape) : g_strdup (shape);
  g_autofree char *params = wb_text_count (report->n_params);
  g_autofree char *macs = wb_text_rough (report->n_macs);
  g_autofree char *seen = wb_text_count (report->receptive);
  g_autofree char *field = g_strdup_printf (report->receptive == 1 ? "%s step" : "%s steps", seen);

  clear_figures (self);
  add_figure (self, 0, "Output", output);
  add_figure (self, 1, "Parameters", params);
  add_figure (self, 2, "Multiply-adds", macs);
  add_figure (self, 3, "Receptive field", field);
  add_figure (self, 4, "Time axis", report->keeps_time ? "kept" : "lost");
}

static void
show_problems (WbBlockPage *self, NnBlockId block)
{
  wb_box_clear (GTK_BOX (self->problems));
  for (guint i = 0; i < nn_check_get_n_problems (self->check); i++)
    {
      const NnProblem *problem = nn_check_get_problem (self->check, i);

      if (problem->block == block)
        gtk_box_append (GTK_BOX (self->problems), wb_problem_row_new (problem, TRUE));
    }
}

/* --- the three kinds of page -------------------------------------------------------------- */

static void
show_head (WbBlockPage *self, const char *icon, const char *title, const char *summary)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  gtk_label_set_label (GTK_LABEL (self->summary), summary);
}

static void
show_block (WbBlockPage *self, guint position)
{
  const NnBlock *block = nn_design_get_block (nn_check_get_design (self->check), position);
  const NnKind *kind = nn_block_get_kind (block);
  g_autofree char *icon = wb_text_kind_icon (kind);

  show_head (self, icon, kind->name, kind->summary);
  wb_block_form_set_position (WB_BLOCK_FORM (self->form), self->check, position);
  show_figures (self, nn_check_get_block (self->check, position));
  show_problems (self, nn_block_get_id (block));
}

static void
show_input (WbBlockPage *self)
{
  const NnShape *input = nn_design_get_input (nn_check_get_design (self->check));
  NnValue length = nn_value_whole (input->dim[0]);
  NnValue channels = nn_value_whole (input->rank > 1 ? input->dim[1] : 1);

  show_head (self, "lamina-input-symbolic", "Input", "One window of the recording: steps × channels.");
  wb_arg_row_set_value (WB_ARG_ROW (self->length), &length);
  wb_arg_row_set_value (WB_ARG_ROW (self->channels), &channels);
  show_problems (self, 0);
}

void
wb_block_page_set_check (WbBlockPage *self, const NnCheck *check, guint selected)
{
  g_autoptr(NnCheck) old = NULL;
  int position;

  g_return_if_fail (WB_IS_BLOCK_PAGE (self));
  g_return_if_fail (check != NULL);

  old = g_steal_pointer (&self->check);
  self->check = nn_check_ref (check);
  position = selected != 0 && selected != G_MAXUINT ? nn_design_find_block (nn_check_get_design (check), selected) : -1;
  self->selected = selected != G_MAXUINT && position < 0 ? 0 : selected;

  gtk_widget_set_visible (self->form, position >= 0);
  gtk_widget_set_visible (self->figures, position >= 0);
  gtk_widget_set_visible (self->input, self->selected == 0 && nn_design_get_input (nn_check_get_design (check))->rank == 2);
  if (position >= 0)
    {
      show_block (self, position);
    }
  else if (self->selected == 0)
    {
      show_input (self);
    }
  else
    {
      show_head (self, "lamina-labels-symbolic", "Labels", LABELS_TEXT);
      show_problems (self, 0);
    }
  gtk_widget_set_visible (self->problems, gtk_widget_get_first_child (self->problems) != NULL);
}

void
wb_block_page_set_channels_known (WbBlockPage *self, gboolean known)
{
  g_return_if_fail (WB_IS_BLOCK_PAGE (self));

  gtk_widget_set_sensitive (self->channels, !known);
}

/* --- life --------------------------------------------------------------------------------- */

static void
wb_block_page_dispose (GObject *object)
{
  WbBlockPage *self = WB_BLOCK_PAGE (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->check, nn_check_unref);
  G_OBJECT_CLASS (wb_block_page_parent_class)->dispose (object);
}

static void
wb_block_page_class_init (WbBlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_block_page_dispose;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "blockpage");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
new_input_row (WbBlockPage *self, const NnArg *arg)
{
  GtkWidget *row = wb_arg_row_new (arg);

  g_signal_connect_object (row, "changed", G_CALLBACK (input_changed_cb), self, 0);
  gtk_box_append (GTK_BOX (self->input), row);
  return row;
}

static GtkWidget *
new_head (WbBlockPage *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->icon = gtk_image_new ();
  self->title = wb_label_new ("title", 0);
  gtk_box_append (GTK_BOX (head), self->icon);
  gtk_box_append (GTK_BOX (head), self->title);
  gtk_widget_add_css_class (head, "summary");
  return head;
}

static void
wb_block_page_init (WbBlockPage *self)
{
  self->summary = wb_label_new_wrapped (NULL, "");
  self->form = wb_block_form_new ();
  g_signal_connect_object (self->form, "edit", G_CALLBACK (block_edit_cb), self, 0);
  self->input = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->length = new_input_row (self, &length_arg);
  self->channels = new_input_row (self, &channels_arg);
  self->figures = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->figures), 12);
  gtk_grid_set_row_spacing (GTK_GRID (self->figures), 3);
  gtk_widget_add_css_class (self->figures, "figures");
  self->problems = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_box_append (GTK_BOX (self->content), new_head (self));
  gtk_box_append (GTK_BOX (self->content), self->summary);
  gtk_box_append (GTK_BOX (self->content), self->form);
  gtk_box_append (GTK_BOX (self->content), self->input);
  gtk_box_append (GTK_BOX (self->content), self->problems);
  gtk_box_append (GTK_BOX (self->content), self->figures);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_block_page_new (void)
{
  return g_object_new (WB_TYPE_BLOCK_PAGE, NULL);
}
