/* wb-problems.c: the list of problems, each with its one-click repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-problems.h"

#include "wb-problem-row.h"
#include "wb-widgets.h"

struct _WbProblems
{
  GtkWidget  parent_instance;

  NnCheck   *check;    /* (nullable) */
  GArray    *more;     /* (nullable): of NnProblem */
  GtkWidget *scroller;
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (WbProblems, wb_problems, GTK_TYPE_WIDGET)

enum { REPAIR, ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
repair_cb (WbProblemRow *row, const NnRepair *repair, gpointer user_data)
{
  g_signal_emit (user_data, signals[REPAIR], 0, repair);
}

static void
activated_cb (WbProblemRow *row, guint block, gpointer user_data)
{
  g_signal_emit (user_data, signals[ACTIVATED], 0, block);
}

static void
append_row (WbProblems *self, const NnProblem *problem)
{
  GtkWidget *row = wb_problem_row_new (problem, FALSE);

  g_signal_connect_object (row, "repair", G_CALLBACK (repair_cb), self, 0);
  g_signal_connect_object (row, "activated", G_CALLBACK (activated_cb), self, 0);
  gtk_box_append (GTK_BOX (self->list), row);
}

static void
append_severity (WbProblems *self, NnSeverity severity)
{
  for (guint i = 0; self->more != NULL && i < self->more->len; i++)
    if (g_array_index (self->more, NnProblem, i).severity == severity)
      append_row (self, &g_array_index (self->more, NnProblem, i));
  for (guint i = 0; self->check != NULL && i < nn_check_get_n_problems (self->check); i++)
    if (nn_check_get_problem (self->check, i)->severity == severity)
      append_row (self, nn_check_get_problem (self->check, i));
}

static GtkWidget *
new_all_well (void)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new ();

  wb_image_set_tone (GTK_IMAGE (icon), WB_TONE_OK);
  wb_widget_set_tone (icon, WB_TONE_OK);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), wb_label_new_wrapped (NULL, "No problems"));
  return line;
}

static gboolean
has_focus (WbProblems *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, self->list);
}

guint
wb_problems_get_n (WbProblems *self)
{
  g_return_val_if_fail (WB_IS_PROBLEMS (self), 0);

  return (self->check != NULL ? nn_check_get_n_problems (self->check) : 0) + (self->more != NULL ? self->more->len : 0);
}

static void
rebuild (WbProblems *self)
{
  gboolean focused = has_focus (self);

  wb_box_clear (GTK_BOX (self->list));
  append_severity (self, NN_SEVERITY_ERROR);
  append_severity (self, NN_SEVERITY_WARNING);
  append_severity (self, NN_SEVERITY_NOTE);
  if (wb_problems_get_n (self) == 0)
    gtk_box_append (GTK_BOX (self->list), new_all_well ());
  if (focused)
    gtk_widget_child_focus (self->list, GTK_DIR_TAB_FORWARD);
}

void
wb_problems_set_check (WbProblems *self, const NnCheck *check)
{
  NnCheck *held;

  g_return_if_fail (WB_IS_PROBLEMS (self));
  g_return_if_fail (check != NULL);

  held = nn_check_ref (check);
  g_clear_pointer (&self->check, nn_check_unref);
  self->check = held;
  rebuild (self);
}

void
wb_problems_set_more (WbProblems *self, GArray *problems)
{
  g_return_if_fail (WB_IS_PROBLEMS (self));

  if (problems != NULL)
    g_array_ref (problems);
  g_clear_pointer (&self->more, g_array_unref);
  self->more = problems;
  rebuild (self);
}

static void
wb_problems_dispose (GObject *object)
{
  WbProblems *self = WB_PROBLEMS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->check, nn_check_unref);
  g_clear_pointer (&self->more, g_array_unref);
  G_OBJECT_CLASS (wb_problems_parent_class)->dispose (object);
}

static void
wb_problems_class_init (WbProblemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_problems_dispose;
  signals[REPAIR] = g_signal_new ("repair", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "problems");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_problems_init (WbProblems *self)
{
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->list, "page");
  gtk_box_append (GTK_BOX (self->list), new_all_well ());

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  wb_widget_set_spoken (GTK_WIDGET (self), "Problems");
}

GtkWidget *
wb_problems_new (void)
{
  return g_object_new (WB_TYPE_PROBLEMS, NULL);
}
