/* wb-inspector.c: the arguments of the chosen block, the input or the training settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-inspector.h"

#include "wb-block-page.h"
#include "wb-filter-form.h"
#include "wb-training-form.h"
#include "wb-widgets.h"

#define FACTS_CHARS 30 /* wide facts must not make the page wide */

struct _WbInspector
{
  GtkWidget  parent_instance;

  guint      selected;
  GtkWidget *content;
  GtkWidget *pages;
  GtkWidget *block;
  GtkWidget *training;
  GtkWidget *plan;
  GtkWidget *facts;
  GtkWidget *filter;
};

G_DEFINE_FINAL_TYPE (WbInspector, wb_inspector, GTK_TYPE_WIDGET)

enum { EDIT, SETTINGS_CHANGED, FILTER_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

void
wb_inspector_set_check (WbInspector *self, const NnCheck *check, guint selected)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));
  g_return_if_fail (check != NULL);

  wb_block_page_set_check (WB_BLOCK_PAGE (self->block), check, selected);
  if (selected != self->selected)
    gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "block");
  self->selected = selected;
}

void
wb_inspector_set_channels_known (WbInspector *self, gboolean known)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  wb_block_page_set_channels_known (WB_BLOCK_PAGE (self->block), known);
}

void
wb_inspector_set_settings (WbInspector *self, const NnSettings *settings)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  wb_training_form_set_settings (WB_TRAINING_FORM (self->training), settings);
}

const NnSettings *
wb_inspector_get_settings (WbInspector *self)
{
  g_return_val_if_fail (WB_IS_INSPECTOR (self), NULL);

  return wb_training_form_get_settings (WB_TRAINING_FORM (self->training));
}

void
wb_inspector_set_plan (WbInspector *self, const char *text)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  gtk_label_set_label (GTK_LABEL (self->plan), text != NULL ? text : "");
  gtk_widget_set_visible (self->plan, text != NULL && text[0] != '\0');
}

void
wb_inspector_set_facts (WbInspector *self, const char *text)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  gtk_label_set_label (GTK_LABEL (self->facts), text);
}

void
wb_inspector_set_filter (WbInspector *self, const SigFilterSpec *filter, gboolean trains)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  wb_filter_form_set_filter (WB_FILTER_FORM (self->filter), filter, trains);
}

const SigFilterSpec *
wb_inspector_get_filter (WbInspector *self, gboolean *trains)
{
  g_return_val_if_fail (WB_IS_INSPECTOR (self) && trains != NULL, NULL);

  *trains = wb_filter_form_get_trains (WB_FILTER_FORM (self->filter));
  return wb_filter_form_get_filter (WB_FILTER_FORM (self->filter));
}

void
wb_inspector_set_filter_wrong (WbInspector *self, const char *sentence)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  wb_filter_form_set_wrong (WB_FILTER_FORM (self->filter), sentence);
}

void
wb_inspector_show_data (WbInspector *self)
{
  g_return_if_fail (WB_IS_INSPECTOR (self));

  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), "data");
  gtk_widget_child_focus (self->filter, GTK_DIR_TAB_FORWARD);
}

static void
edit_cb (WbBlockPage *page, NnDesign *design, const char *what, gpointer user_data)
{
  g_signal_emit (user_data, signals[EDIT], 0, design, what);
}

static void
settings_changed_cb (WbTrainingForm *form, gpointer user_data)
{
  g_signal_emit (user_data, signals[SETTINGS_CHANGED], 0);
}

static void
filter_changed_cb (WbFilterForm *form, gpointer user_data)
{
  g_signal_emit (user_data, signals[FILTER_CHANGED], 0);
}

static void
wb_inspector_dispose (GObject *object)
{
  WbInspector *self = WB_INSPECTOR (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_inspector_parent_class)->dispose (object);
}

static void
wb_inspector_class_init (WbInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_inspector_dispose;
  signals[EDIT] = g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[SETTINGS_CHANGED] = g_signal_new ("settings-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                            NULL, G_TYPE_NONE, 0);
  signals[FILTER_CHANGED] = g_signal_new ("filter-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "inspector");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
add_page (WbInspector *self, GtkWidget *child, const char *name, const char *title)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_widget_add_css_class (child, "page");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_stack_add_titled (GTK_STACK (self->pages), scroller, name, title);
}

static GtkWidget *
make_data_page (WbInspector *self)
{
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->facts = wb_label_new_wrapped (NULL, "No recording is open.");
  gtk_label_set_natural_wrap_mode (GTK_LABEL (self->facts), GTK_NATURAL_WRAP_INHERIT);
  gtk_label_set_max_width_chars (GTK_LABEL (self->facts), FACTS_CHARS);
  self->filter = wb_filter_form_new ();
  gtk_box_append (GTK_BOX (page), wb_label_new_wrapped ("heading", "Recording"));
  gtk_box_append (GTK_BOX (page), self->facts);
  gtk_box_append (GTK_BOX (page), wb_label_new_wrapped ("heading", "Filter"));
  gtk_box_append (GTK_BOX (page), self->filter);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self, 0);
  return page;
}

static void
wb_inspector_init (WbInspector *self)
{
  GtkWidget *switcher = gtk_stack_switcher_new ();
  GtkWidget *training_page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->block = wb_block_page_new ();
  self->training = wb_training_form_new ();
  self->plan = wb_label_new_wrapped ("plan", "");
  gtk_widget_set_visible (self->plan, FALSE);
  gtk_box_append (GTK_BOX (training_page), self->training);
  gtk_box_append (GTK_BOX (training_page), self->plan);

  self->pages = gtk_stack_new ();
  gtk_widget_set_vexpand (self->pages, TRUE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->pages), TRUE);
  add_page (self, self->block, "block", "Block");
  add_page (self, make_data_page (self), "data", "Data");
  add_page (self, training_page, "training", "Training");
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), GTK_STACK (self->pages));
  wb_widget_set_spoken (switcher, "Pages of the inspector");

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (self->content), switcher);
  gtk_box_append (GTK_BOX (self->content), self->pages);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  g_signal_connect_object (self->block, "edit", G_CALLBACK (edit_cb), self, 0);
  g_signal_connect_object (self->training, "changed", G_CALLBACK (settings_changed_cb), self, 0);
  wb_widget_set_spoken (GTK_WIDGET (self), "Inspector");
}

GtkWidget *
wb_inspector_new (void)
{
  return g_object_new (WB_TYPE_INSPECTOR, NULL);
}
