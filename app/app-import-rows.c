/* app-import-rows.c: the first rows of a file that is imported, and what each column is for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-import-rows.h"

#include "wb-widgets.h"

#include <string.h>

#define MAX_SHOWN 48 /* columns: more would take longer to lay out than to read */

struct _AppImportRows
{
  AppImportFormFunc changed;
  gpointer          user_data;
  gboolean          filling; /* what changes was not changed by the user */
  GtkWidget        *pane;
  GtkGrid          *grid;
  GtkDropDown      *role_lists[MAX_SHOWN];
  guint             n_columns;
  SigRole          *roles;
};

static const char *const role_names[] = { "Channel", "Labels", "Time", "Leave out", NULL };
static const SigRole role_choices[] = { SIG_ROLE_CHANNEL, SIG_ROLE_LABEL, SIG_ROLE_TIME, SIG_ROLE_OTHER };

static guint
index_of_role (SigRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_choices); i++)
    if (role_choices[i] == role)
      return i;
  return G_N_ELEMENTS (role_choices) - 1;
}

AppImportRows *
app_import_rows_new (AppImportFormFunc changed, gpointer user_data)
{
  AppImportRows *self = g_new0 (AppImportRows, 1);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *grid = gtk_grid_new ();

  self->changed = changed;
  self->user_data = user_data;
  self->grid = GTK_GRID (grid);
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_set_margin_start (grid, 12);
  gtk_widget_set_margin_end (grid, 12);
  gtk_widget_set_margin_top (grid, 12);
  gtk_widget_set_margin_bottom (grid, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), grid);
  gtk_scrolled_window_set_has_frame (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_set_size_request (scrolled, 720, 352);
  gtk_widget_set_vexpand (scrolled, TRUE);
  wb_widget_set_spoken (scrolled, "First rows");

  self->pane = scrolled;

  return self;
}

void
app_import_rows_free (AppImportRows *self)
{
  g_free (self->roles);
  g_free (self);
}

GtkWidget *
app_import_rows_get (AppImportRows *self)
{
  return self->pane;
}

const SigRole *
app_import_rows_get_roles (AppImportRows *self, guint *n_columns)
{
  *n_columns = self->n_columns;

  return self->roles;
}

/* Labels can be read from one column only: the one before gives way. */
static void
role_cb (GtkDropDown *list, GParamSpec *pspec, AppImportRows *self)
{
  if (self->filling)
    return;
  for (guint i = 0; i < MIN (self->n_columns, MAX_SHOWN); i++)
    if (self->role_lists[i] == list)
      {
        SigRole role = role_choices[gtk_drop_down_get_selected (list)];

        for (guint k = 0; role == SIG_ROLE_LABEL && k < self->n_columns; k++)
          if (self->roles[k] == SIG_ROLE_LABEL)
            self->roles[k] = SIG_ROLE_OTHER;
        self->roles[i] = role;
      }
  self->changed (self->user_data, TRUE);
}

static GtkWidget *
cell (const char *text, const char *css_class, float xalign)
{
  GtkWidget *label = wb_label_new_read (css_class);

  gtk_label_set_text (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_width_chars (GTK_LABEL (label), (int) MIN (g_utf8_strlen (text, -1), 18));
  gtk_label_set_max_width_chars (GTK_LABEL (label), 18);

  return label;
}

static void
add_column (AppImportRows *self, AppImportKind kind, const SigPreview *preview, guint i)
{
  gtk_grid_attach (self->grid, cell (preview->names[i], "heading", 1), (int) i, 0, 1, 1);
  if (kind == APP_IMPORT_TABLE)
    {
      GtkWidget *roles = gtk_drop_down_new_from_strings (role_names);
      g_autofree char *spoken = g_strdup_printf ("Role of %s", preview->names[i]);

      gtk_drop_down_set_selected (GTK_DROP_DOWN (roles), index_of_role (preview->roles[i]));
      wb_widget_set_spoken (roles, spoken);
      g_signal_connect (roles, "notify::selected", G_CALLBACK (role_cb), self);
      self->role_lists[i] = GTK_DROP_DOWN (roles);
      gtk_grid_attach (self->grid, roles, (int) i, 1, 1, 1);
    }
  for (guint r = 0; r < preview->rows->len; r++)
    {
      char **row = g_ptr_array_index (preview->rows, r);

      if (i < g_strv_length (row))
        gtk_grid_attach (self->grid, cell (row[i], "numeric", 1), (int) i, (int) r + 2, 1, 1);
    }
}

/* Where the columns are the same and only their roles were chosen, the control under the user's hand must stay. */
static gboolean
is_shown (AppImportRows *self, AppImportKind kind, const SigPreview *preview)
{
  GtkWidget *name = gtk_grid_get_child_at (self->grid, 0, 0);

  return kind == APP_IMPORT_TABLE && name != NULL && self->n_columns == preview->n_columns && self->role_lists[0] != NULL
      && g_str_equal (gtk_label_get_text (GTK_LABEL (name)), preview->names[0]);
}

static void
fill_rows (AppImportRows *self, AppImportKind kind, const SigPreview *preview)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  memset (self->role_lists, 0, sizeof self->role_lists);
  for (guint i = 0; i < MIN (preview->n_columns, MAX_SHOWN); i++)
    add_column (self, kind, preview, i);
  if (preview->n_columns > MAX_SHOWN)
    {
      g_autofree char *more = g_strdup_printf ("and %u more", preview->n_columns - MAX_SHOWN);

      gtk_grid_attach (self->grid, cell (more, "heading", 0), MAX_SHOWN, 0, 1, 1);
    }
}

void
app_import_rows_show (AppImportRows *self, AppImportKind kind, const SigPreview *preview)
{
  self->filling = TRUE;
  if (!is_shown (self, kind, preview) || preview->problem != NULL)
    fill_rows (self, kind, preview);
  g_free (self->roles);
  self->n_columns = kind == APP_IMPORT_TABLE ? preview->n_columns : 0;
  self->roles = g_memdup2 (preview->roles, self->n_columns * sizeof (SigRole));
  for (guint i = 0; i < MIN (self->n_columns, MAX_SHOWN); i++)
    if (self->role_lists[i] != NULL)
      gtk_drop_down_set_selected (self->role_lists[i], index_of_role (self->roles[i]));
  self->filling = FALSE;
}
