/* wb-training-form.c: the training settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-training-form.h"

#include "wb-arg-row.h"
#include "wb-widgets.h"

struct _WbTrainingForm
{
  GtkWidget  parent_instance;

  NnSettings settings;
  GtkWidget *content;
  GPtrArray *rows; /* of WbArgRow, borrowed: one a setting */
};

G_DEFINE_FINAL_TYPE (WbTrainingForm, wb_training_form, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

const NnSettings *
wb_training_form_get_settings (WbTrainingForm *self)
{
  g_return_val_if_fail (WB_IS_TRAINING_FORM (self), NULL);

  return &self->settings;
}

static void
show_settings (WbTrainingForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const NnSetting *setting = nn_setting_nth (i);
      NnValue value = nn_setting_get (setting, &self->settings);

      wb_arg_row_set_value (self->rows->pdata[i], &value);
      gtk_widget_set_visible (self->rows->pdata[i], nn_setting_counts (setting, &self->settings));
    }
}

void
wb_training_form_set_settings (WbTrainingForm *self, const NnSettings *settings)
{
  g_return_if_fail (WB_IS_TRAINING_FORM (self));
  g_return_if_fail (settings != NULL);

  self->settings = *settings;
  show_settings (self);
}

static void
row_changed_cb (WbArgRow *row, gpointer user_data)
{
  WbTrainingForm *self = WB_TRAINING_FORM (user_data);
  guint i;

  if (!g_ptr_array_find (self->rows, row, &i))
    return;
  nn_setting_set (nn_setting_nth (i), &self->settings, wb_arg_row_get_value (row));
  show_settings (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_training_form_dispose (GObject *object)
{
  WbTrainingForm *self = WB_TRAINING_FORM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_training_form_parent_class)->dispose (object);
}

static void
wb_training_form_class_init (WbTrainingFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_training_form_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "trainingform");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_training_form_init (WbTrainingForm *self)
{
  GtkWidget *expander = gtk_expander_new ("More");
  GtkWidget *more = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  wb_widget_set_spoken (expander, "More settings");
  self->settings = nn_settings_default ();
  self->rows = g_ptr_array_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  for (guint i = 0; nn_setting_nth (i) != NULL; i++)
    {
      GtkWidget *row = wb_arg_row_new (&nn_setting_nth (i)->arg);

      g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self, 0);
      g_ptr_array_add (self->rows, row);
      gtk_box_append (GTK_BOX (nn_setting_nth (i)->arg.advanced ? more : self->content), row);
    }
  gtk_widget_set_margin_top (more, 12);
  gtk_expander_set_child (GTK_EXPANDER (expander), more);
  gtk_box_append (GTK_BOX (self->content), expander);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  show_settings (self);
}

GtkWidget *
wb_training_form_new (void)
{
  return g_object_new (WB_TYPE_TRAINING_FORM, NULL);
}
