/* wb-problem-row.c: one problem in words, with its repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-problem-row.h"

#include "wb-text.h"
#include "wb-widgets.h"

struct _WbProblemRow
{
  GtkWidget  parent_instance;

  NnBlockId  block;
  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (WbProblemRow, wb_problem_row, GTK_TYPE_WIDGET)

enum { REPAIR, ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
repair_cb (GtkButton *button, gpointer user_data)
{
  /* The row may go while the edit is carried out. */
  g_autoptr(WbProblemRow) self = g_object_ref (user_data);
  g_autoptr(NnRepair) repair = nn_repair_copy (g_object_get_data (G_OBJECT (button), "repair"));

  g_signal_emit (self, signals[REPAIR], 0, repair);
}

/* What the design would come to; or where what is changed is to be found. */
static char *
preview_repair (const NnRepair *repair)
{
  g_autoptr(NnCheck) check = NULL;
  g_autofree char *outcome = NULL;

  if (repair->setting != NULL)
    {
      g_autofree char *value = nn_arg_value_to_text (&repair->setting->arg, &repair->value);

      return g_strdup_printf ("sets %s to %s in Training", repair->setting->arg.label, value);
    }
  if (repair->design == NULL)
    return g_strdup ("changes the labels");
  check = nn_check_new (repair->design, NULL);
  outcome = wb_text_outcome (check);
  return g_strdup_printf ("gives %s", outcome);
}

static void
activate_cb (WbProblemRow *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0, self->block);
}

static GtkWidget *
new_repair (WbProblemRow *self, const NnRepair *repair)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *sentence = wb_label_new_wrapped (NULL, repair->sentence);
  g_autofree char *preview = preview_repair (repair);
  GtkWidget *gives = wb_label_new ("dim", 0);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", repair->sentence, preview);

  gtk_label_set_label (GTK_LABEL (gives), preview);
  gtk_box_append (GTK_BOX (words), sentence);
  gtk_box_append (GTK_BOX (words), gives);
  gtk_button_set_child (GTK_BUTTON (button), words);
  gtk_widget_add_css_class (button, "repair");
  gtk_widget_set_tooltip_text (button, spoken);
  wb_widget_set_spoken (button, spoken);
  g_object_set_data_full (G_OBJECT (button), "repair", nn_repair_copy (repair), (GDestroyNotify) nn_repair_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (repair_cb), self, 0);
  return button;
}

static GtkWidget *
new_headline (WbProblemRow *self, const NnProblem *problem, gboolean brief)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();
  g_autofree char *words = g_strdup_printf ("%s: %s", wb_text_severity_word (problem->severity), problem->title);
  GtkWidget *title = wb_label_new_wrapped ("title", words);
  WbTone tone = wb_tone_of_severity (problem->severity);

  wb_image_set_tone (GTK_IMAGE (icon), tone);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  wb_widget_set_tone (icon, tone);
  wb_widget_set_tone (title, tone);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), title);
  if (problem->block != 0 && !brief)
    {
      GtkWidget *jump = gtk_button_new_with_label ("Show block");

      gtk_button_set_has_frame (GTK_BUTTON (jump), FALSE);
      gtk_widget_add_css_class (jump, "jump");
      g_signal_connect_object (jump, "clicked", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (line), jump);
    }
  return line;
}

static void
wb_problem_row_dispose (GObject *object)
{
  WbProblemRow *self = WB_PROBLEM_ROW (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_problem_row_parent_class)->dispose (object);
}

static void
wb_problem_row_class_init (WbProblemRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_problem_row_dispose;
  signals[REPAIR] = g_signal_new ("repair", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "problemrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_problem_row_init (WbProblemRow *self)
{
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
}

GtkWidget *
wb_problem_row_new (const NnProblem *problem, gboolean brief)
{
  WbProblemRow *self;

  g_return_val_if_fail (problem != NULL, NULL);

  self = g_object_new (WB_TYPE_PROBLEM_ROW, NULL);
  self->block = problem->block;
  wb_widget_set_spoken (GTK_WIDGET (self), problem->title);
  gtk_box_append (GTK_BOX (self->content), new_headline (self, problem, brief));
  gtk_box_append (GTK_BOX (self->content), wb_label_new_wrapped (NULL, problem->text));
  if (brief)
    return GTK_WIDGET (self);

  for (guint i = 0; i < problem->n_repairs; i++)
    gtk_box_append (GTK_BOX (self->content), new_repair (self, &problem->repairs[i]));
  if (problem->block != 0)
    {
      GtkGesture *click = gtk_gesture_click_new ();

      g_signal_connect_object (click, "released", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
    }
  return GTK_WIDGET (self);
}
