/* wb-block-form.c: the arguments of one block
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-block-form.h"

#include "wb-arg-row.h"
#include "wb-sources-row.h"
#include "wb-widgets.h"

struct _WbBlockForm
{
  GtkWidget  parent_instance;

  NnBlock   *block;      /* (nullable) */
  GPtrArray *rows;       /* of WbArgRow or WbSourcesRow, borrowed: one an argument */
  GtkWidget *content;
  GtkWidget *more;       /* (nullable): the box for arguments that few need */
  NnArg      inner_arg;  /* which kinds can be wrapped; its choices are the form's own */
  GtkWidget *inner_kind; /* (nullable): the row that chooses what is wrapped */
  GtkWidget *inner_form; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (WbBlockForm, wb_block_form, GTK_TYPE_WIDGET)

enum { EDIT, N_SIGNALS };

static guint signals[N_SIGNALS];

/* --- what can be wrapped ------------------------------------------------------------------ */

/* A descriptor like those of the kinds' own arguments, so that the same row serves. */
static void
set_accepted (WbBlockForm *self, const NnKind *kind)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < nn_kind_count (); i++)
    if (nn_kind_accepts (kind, nn_kind_nth (i)))
      g_ptr_array_add (names, (gpointer) nn_kind_nth (i)->name);
  g_ptr_array_add (names, NULL);
  g_free ((gpointer) self->inner_arg.choices);
  self->inner_arg = (NnArg) {
    .name = "layer", .label = "Inner block", .help = "The block that this one holds.", .type = NN_ARG_CHOICE,
    .fallback = { .n = 1 }, .choices = (const char *const *) g_ptr_array_free (names, FALSE),
  };
}

static NnValue
value_of_kind (WbBlockForm *self, const NnKind *kind)
{
  const char *const *choices = self->inner_arg.choices;
  gint64 i = 0;

  while (choices[i] != NULL && !g_str_equal (choices[i], kind->name))
    i++;
  return nn_value_whole (i);
}

/* --- edits -------------------------------------------------------------------------------- */

static void
row_changed_cb (GtkWidget *row, gpointer user_data)
{
  WbBlockForm *self = WB_BLOCK_FORM (user_data);
  g_autoptr(NnBlock) block = NULL;
  guint i;

  if (!g_ptr_array_find (self->rows, row, &i))
    return;
  block = nn_block_with_arg (self->block, i, WB_IS_SOURCES_ROW (row) ? wb_sources_row_get_value (WB_SOURCES_ROW (row))
                                                                     : wb_arg_row_get_value (WB_ARG_ROW (row)));
  g_signal_emit (self, signals[EDIT], 0, block, nn_block_get_kind (block)->args[i].label);
}

static void
emit_with_inner (WbBlockForm *self, const NnBlock *inner, const char *what)
{
  g_autoptr(NnBlock) block = nn_block_with_inner (self->block, inner);

  g_signal_emit (self, signals[EDIT], 0, block, what);
}

static void
inner_kind_changed_cb (WbArgRow *row, gpointer user_data)
{
  WbBlockForm *self = WB_BLOCK_FORM (user_data);
  const NnKind *kind = nn_kind_find (self->inner_arg.choices[wb_arg_row_get_value (row)->whole[0]]);
  g_autoptr(NnBlock) inner = nn_block_new (kind);

  emit_with_inner (self, inner, self->inner_arg.label);
}

static void
inner_edit_cb (WbBlockForm *form, NnBlock *inner, const char *what, gpointer user_data)
{
  emit_with_inner (WB_BLOCK_FORM (user_data), inner, what);
}

/* --- rows --------------------------------------------------------------------------------- */

static void
clear_rows (WbBlockForm *self)
{
  wb_box_clear (GTK_BOX (self->content));
  g_ptr_array_set_size (self->rows, 0);
  self->inner_kind = self->inner_form = self->more = NULL;
}

/* The box behind "More", made when the first row needs it. */
static GtkBox *
need_more (WbBlockForm *self)
{
  if (self->more == NULL)
    {
      GtkWidget *expander = gtk_expander_new ("More");

      wb_widget_set_spoken (expander, "More arguments");
      self->more = gtk_box_new (GTK_ORIENTATION_VERTICAL, gtk_box_get_spacing (GTK_BOX (self->content)));
      gtk_widget_set_margin_top (self->more, gtk_box_get_spacing (GTK_BOX (self->content)));
      gtk_expander_set_child (GTK_EXPANDER (expander), self->more);
      gtk_box_append (GTK_BOX (self->content), expander);
    }
  return GTK_BOX (self->more);
}

static void
build_rows (WbBlockForm *self, const NnKind *kind)
{
  clear_rows (self);
  for (guint i = 0; i < kind->n_args; i++)
    {
      const NnArg *arg = &kind->args[i];
      GtkWidget *row = arg->type == NN_ARG_BLOCK_LIST ? wb_sources_row_new (arg) : wb_arg_row_new (arg);

      g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, 0);
      g_ptr_array_add (self->rows, row);
      if (!arg->advanced)
        gtk_box_append (GTK_BOX (self->content), row);
    }
  for (guint i = 0; i < kind->n_args; i++) /* below all others, wherever the kind lists them */
    if (kind->args[i].advanced)
      gtk_box_append (need_more (self), self->rows->pdata[i]);
  if (kind->wraps)
    {
      set_accepted (self, kind);
      self->inner_kind = wb_arg_row_new (&self->inner_arg);
      self->inner_form = wb_block_form_new ();
      gtk_widget_add_css_class (self->inner_form, "nested");
      g_signal_connect_object (self->inner_kind, "changed", G_CALLBACK (inner_kind_changed_cb), self, 0);
      g_signal_connect_object (self->inner_form, "edit", G_CALLBACK (inner_edit_cb), self, 0);
      gtk_box_append (GTK_BOX (self->content), self->inner_kind);
      gtk_box_append (GTK_BOX (self->content), self->inner_form);
    }
}

void
wb_block_form_set_block (WbBlockForm *self, const NnBlock *block)
{
  g_autoptr(NnBlock) old = NULL;
  const NnBlock *inner;

  g_return_if_fail (WB_IS_BLOCK_FORM (self));
  g_return_if_fail (block != NULL);

  old = g_steal_pointer (&self->block);
  self->block = nn_block_ref (block);
  if (old == NULL || nn_block_get_kind (old) != nn_block_get_kind (block))
    build_rows (self, nn_block_get_kind (block));

  for (guint i = 0; i < self->rows->len; i++)
    if (WB_IS_ARG_ROW (self->rows->pdata[i]))
      wb_arg_row_set_value (self->rows->pdata[i], nn_block_get_arg (block, i));
  inner = nn_block_get_inner (block);
  if (inner != NULL && self->inner_form != NULL)
    {
      NnValue kind = value_of_kind (self, nn_block_get_kind (inner));

      wb_arg_row_set_value (WB_ARG_ROW (self->inner_kind), &kind);
      wb_block_form_set_block (WB_BLOCK_FORM (self->inner_form), inner);
    }
}

void
wb_block_form_set_position (WbBlockForm *self, const NnCheck *check, guint position)
{
  g_return_if_fail (WB_IS_BLOCK_FORM (self));
  g_return_if_fail (check != NULL);

  wb_block_form_set_block (self, nn_design_get_block (nn_check_get_design (check), position));
  for (guint i = 0; i < self->rows->len; i++)
    if (WB_IS_SOURCES_ROW (self->rows->pdata[i]))
      wb_sources_row_set_block (self->rows->pdata[i], check, position);
}

/* --- life --------------------------------------------------------------------------------- */

static void
wb_block_form_dispose (GObject *object)
{
  WbBlockForm *self = WB_BLOCK_FORM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->block, nn_block_unref);
  G_OBJECT_CLASS (wb_block_form_parent_class)->dispose (object);
}

static void
wb_block_form_finalize (GObject *object)
{
  g_free ((gpointer) WB_BLOCK_FORM (object)->inner_arg.choices);
  G_OBJECT_CLASS (wb_block_form_parent_class)->finalize (object);
}

static void
wb_block_form_class_init (WbBlockFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_block_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = wb_block_form_finalize;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "blockform");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_block_form_init (WbBlockForm *self)
{
  self->rows = g_ptr_array_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_block_form_new (void)
{
  return g_object_new (WB_TYPE_BLOCK_FORM, NULL);
}
