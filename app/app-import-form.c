/* app-import-form.c: the controls that say how a file is to be read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-import-form.h"

#include "app-import-rows.h"
#include "wb-widgets.h"

#include <math.h>

struct _AppImportForm
{
  AppImportFormFunc changed;
  gpointer          user_data;
  gboolean          filling; /* what changes was not changed by the user */

  GtkWidget        *box;
  GtkStack         *kinds;

  GtkDropDown      *separator, *numbers;
  GtkSwitch        *header, *ragged;
  GtkSpinButton    *skip;
  GtkEntry         *table_rate;

  GtkDropDown      *scalar, *order, *layout;
  GtkSpinButton    *bytes, *channels;
  GtkEntry         *raw_rate;

  AppImportRows    *rows;
  GtkLabel         *outcome;
};

/* --- the choices -------------------------------------------------------------------- */

static const struct
{
  const char *name;
  char        separator;
} separators[] = { { "Comma", ',' }, { "Semicolon", ';' }, { "Tab", '\t' }, { "Vertical Bar", '|' }, { "Blanks", ' ' } };

static const struct
{
  const char *name;
  char        decimal, grouping;
} number_styles[] = {
  { "1234.5 – decimal point", '.', '\0' },
  { "1234,5 – decimal comma", ',', '\0' },
  { "1,234.5 – comma between thousands", '.', ',' },
  { "1.234,5 – point between thousands", ',', '.' },
};

static const struct
{
  const char   *name;
  SigScalarKind kind;
} scalars[] = {
  { "Float, 32 bits", SIG_SCALAR_F32 },  { "Float, 64 bits", SIG_SCALAR_F64 },  { "Float, 16 bits", SIG_SCALAR_F16 },
  { "Integer, 8 bits", SIG_SCALAR_I8 },  { "Integer, 16 bits", SIG_SCALAR_I16 }, { "Integer, 24 bits", SIG_SCALAR_I24 },
  { "Integer, 32 bits", SIG_SCALAR_I32 }, { "Integer, 64 bits", SIG_SCALAR_I64 }, { "Unsigned, 8 bits", SIG_SCALAR_U8 },
  { "Unsigned, 16 bits", SIG_SCALAR_U16 }, { "Unsigned, 32 bits", SIG_SCALAR_U32 },
};

/* --- controls ------------------------------------------------------------------------ */

static void
tell (AppImportForm *self)
{
  if (!self->filling)
    self->changed (self->user_data, FALSE);
}

static void
tell_rate (AppImportForm *self)
{
  if (!self->filling)
    self->changed (self->user_data, TRUE);
}

/* A row of the form: a label and its control side by side. */
static void
add_row (GtkGrid *grid, int column, int row, const char *name, GtkWidget *control)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (name);

  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), control);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_halign (control, GTK_IS_SWITCH (control) ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_grid_attach (grid, label, 2 * column, row, 1, 1);
  gtk_grid_attach (grid, control, 2 * column + 1, row, 1, 1);
}

static GtkDropDown *
new_list (AppImportForm *self, gconstpointer first_name, gsize stride, guint n)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *list;

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (names, *(const char *const *) ((const char *) first_name + i * stride));
  list = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)), NULL);
  g_signal_connect_swapped (list, "notify::selected", G_CALLBACK (tell), self);

  return GTK_DROP_DOWN (list);
}

#define NEW_LIST(self, table) new_list (self, &(table)[0].name, sizeof (table)[0], G_N_ELEMENTS (table))

static GtkSwitch *
new_switch (AppImportForm *self)
{
  GtkWidget *toggle = gtk_switch_new ();

  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (tell), self);

  return GTK_SWITCH (toggle);
}

static GtkSpinButton *
new_number (AppImportForm *self, double least, double most)
{
  GtkWidget *number = gtk_spin_button_new_with_range (least, most, 1);

  gtk_editable_set_width_chars (GTK_EDITABLE (number), 6);
  g_signal_connect_swapped (number, "value-changed", G_CALLBACK (tell), self);

  return GTK_SPIN_BUTTON (number);
}

static GtkEntry *
new_rate (AppImportForm *self, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 16);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (tell_rate), self);

  return GTK_ENTRY (entry);
}

static GtkWidget *
new_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);

  return grid;
}

static GtkWidget *
table_page (AppImportForm *self)
{
  GtkWidget *grid = new_grid ();

  self->separator = NEW_LIST (self, separators);
  self->numbers = NEW_LIST (self, number_styles);
  self->table_rate = new_rate (self, "from the file");
  self->header = new_switch (self);
  self->skip = new_number (self, 0, SIG_MAX_SKIPPED_LINES);
  self->ragged = new_switch (self);
  add_row (GTK_GRID (grid), 0, 0, "_Separator", GTK_WIDGET (self->separator));
  add_row (GTK_GRID (grid), 0, 1, "_Numbers", GTK_WIDGET (self->numbers));
  add_row (GTK_GRID (grid), 0, 2, "_Rate in Hz", GTK_WIDGET (self->table_rate));
  add_row (GTK_GRID (grid), 1, 0, "First row names the colu_mns", GTK_WIDGET (self->header));
  add_row (GTK_GRID (grid), 1, 1, "S_kip lines before it", GTK_WIDGET (self->skip));
  add_row (GTK_GRID (grid), 1, 2, "Leave out rows of another _length", GTK_WIDGET (self->ragged));

  return grid;
}

static GtkWidget *
raw_page (AppImportForm *self)
{
  static const struct
  {
    const char *name;
  } orders[] = { { "Least significant first (PC)" }, { "Most significant first" } },
    layouts[] = { { "All channels of a step together" }, { "One channel after another" } };
  GtkWidget *grid = new_grid ();

  self->scalar = NEW_LIST (self, scalars);
  self->order = NEW_LIST (self, orders);
  self->layout = NEW_LIST (self, layouts);
  self->channels = new_number (self, 1, SIG_MAX_CHANNELS);
  self->bytes = new_number (self, 0, 1e9);
  self->raw_rate = new_rate (self, "not known");
  add_row (GTK_GRID (grid), 0, 0, "_Type", GTK_WIDGET (self->scalar));
  add_row (GTK_GRID (grid), 0, 1, "_Bytes", GTK_WIDGET (self->order));
  add_row (GTK_GRID (grid), 0, 2, "_Order", GTK_WIDGET (self->layout));
  add_row (GTK_GRID (grid), 1, 0, "_Channels", GTK_WIDGET (self->channels));
  add_row (GTK_GRID (grid), 1, 1, "S_kip bytes before them", GTK_WIDGET (self->bytes));
  add_row (GTK_GRID (grid), 1, 2, "_Rate in Hz", GTK_WIDGET (self->raw_rate));

  return grid;
}

AppImportForm *
app_import_form_new (AppImportFormFunc changed, gpointer user_data)
{
  AppImportForm *self = g_new0 (AppImportForm, 1);
  GtkWidget *kinds = gtk_stack_new (), *switcher = gtk_stack_switcher_new ();

  self->changed = changed;
  self->user_data = user_data;
  self->rows = app_import_rows_new (changed, user_data);
  self->filling = TRUE;
  self->kinds = GTK_STACK (kinds);
  gtk_stack_set_vhomogeneous (self->kinds, TRUE);
  gtk_stack_add_titled (self->kinds, table_page (self), "table", "Table of Text");
  gtk_stack_add_titled (self->kinds, raw_page (self), "raw", "Raw Numbers");
  gtk_stack_switcher_set_stack (GTK_STACK_SWITCHER (switcher), self->kinds);
  gtk_widget_set_halign (switcher, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (kinds, "notify::visible-child", G_CALLBACK (tell), self);

  self->outcome = GTK_LABEL (wb_label_new_wrapped (NULL, ""));
  gtk_label_set_lines (self->outcome, 3);
  gtk_label_set_ellipsize (self->outcome, PANGO_ELLIPSIZE_END);
  gtk_widget_set_size_request (GTK_WIDGET (self->outcome), -1, 54);
  gtk_widget_set_valign (GTK_WIDGET (self->outcome), GTK_ALIGN_START);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_margin_start (self->box, 18);
  gtk_widget_set_margin_end (self->box, 18);
  gtk_widget_set_margin_top (self->box, 18);
  gtk_widget_set_margin_bottom (self->box, 6);
  gtk_box_append (GTK_BOX (self->box), switcher);
  gtk_box_append (GTK_BOX (self->box), kinds);
  gtk_box_append (GTK_BOX (self->box), app_import_rows_get (self->rows));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->outcome));
  self->filling = FALSE;

  return self;
}

void
app_import_form_free (AppImportForm *self)
{
  app_import_rows_free (self->rows);
  g_free (self);
}

GtkWidget *
app_import_form_get (AppImportForm *self)
{
  return self->box;
}

AppImportKind
app_import_form_get_kind (AppImportForm *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->kinds), "raw") ? APP_IMPORT_RAW : APP_IMPORT_TABLE;
}

/* --- values ---------------------------------------------------------------------------- */

/* What a rate entry says: 0 when it is empty, NaN for what is no number. */
static double
read_rate (GtkEntry *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  char *end;
  double rate = g_ascii_strtod (stripped, &end);

  return *stripped == '\0' ? 0.0 : end != stripped && *end == '\0' && rate != 0.0 ? rate : NAN;
}

static void
fill_rate (GtkEntry *entry, double rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (rate > 0.0)
    gtk_editable_set_text (GTK_EDITABLE (entry), g_ascii_formatd (text, sizeof text, "%.9g", rate));
}

AppImport *
app_import_form_read (AppImportForm *self, gboolean with_roles)
{
  AppImport *import = g_new0 (AppImport, 1);
  guint n_columns;
  const SigRole *roles = app_import_rows_get_roles (self->rows, &n_columns);
  guint style = gtk_drop_down_get_selected (self->numbers);

  import->kind = app_import_form_get_kind (self);
  import->table.separator = separators[gtk_drop_down_get_selected (self->separator)].separator;
  import->table.style.decimal = number_styles[style].decimal;
  import->table.style.grouping = number_styles[style].grouping;
  import->table.style.skip_ragged = gtk_switch_get_active (self->ragged);
  import->table.has_header = gtk_switch_get_active (self->header);
  import->table.skip_lines = gtk_spin_button_get_value_as_int (self->skip);
  import->table.rate_hz = read_rate (self->table_rate);
  if (with_roles && n_columns > 0)
    {
      import->roles = g_memdup2 (roles, n_columns * sizeof (SigRole));
      import->table.roles = import->roles;
      import->table.n_columns = n_columns;
    }
  import->raw.kind = scalars[gtk_drop_down_get_selected (self->scalar)].kind;
  import->raw.big_endian = gtk_drop_down_get_selected (self->order) == 1;
  import->raw.planar = gtk_drop_down_get_selected (self->layout) == 1;
  import->raw.n_channels = (guint) gtk_spin_button_get_value_as_int (self->channels);
  import->raw.header_bytes = gtk_spin_button_get_value_as_int (self->bytes);
  import->raw.rate_hz = read_rate (self->raw_rate);

  return import;
}

static void
fill_table (AppImportForm *self, const SigTableFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i].separator == format->separator)
      gtk_drop_down_set_selected (self->separator, i);
  for (guint i = 0; i < G_N_ELEMENTS (number_styles); i++)
    if (number_styles[i].decimal == format->style.decimal && number_styles[i].grouping == format->style.grouping)
      gtk_drop_down_set_selected (self->numbers, i);
  gtk_switch_set_active (self->header, format->has_header);
  gtk_switch_set_active (self->ragged, format->style.skip_ragged);
  gtk_spin_button_set_value (self->skip, (double) format->skip_lines);
  fill_rate (self->table_rate, format->rate_hz);
}

static void
fill_raw (AppImportForm *self, const SigRawFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (scalars); i++)
    if (scalars[i].kind == format->kind)
      gtk_drop_down_set_selected (self->scalar, i);
  gtk_drop_down_set_selected (self->order, format->big_endian ? 1 : 0);
  gtk_drop_down_set_selected (self->layout, format->planar ? 1 : 0);
  gtk_spin_button_set_value (self->channels, format->n_channels);
  gtk_spin_button_set_value (self->bytes, (double) format->header_bytes);
  fill_rate (self->raw_rate, format->rate_hz);
}

void
app_import_form_fill (AppImportForm *self, AppImportKind kind, const SigPreview *preview)
{
  self->filling = TRUE;
  gtk_stack_set_visible_child_name (self->kinds, kind == APP_IMPORT_RAW ? "raw" : "table");
  if (kind == APP_IMPORT_RAW)
    fill_raw (self, &preview->raw);
  else
    fill_table (self, &preview->format);
  self->filling = FALSE;
}

void
app_import_form_show (AppImportForm *self, AppImportKind kind, const SigPreview *preview)
{
  const char *ambiguous = "Numbers such as 1,234 may mean 1.234 or 1234: choose above how they are written.";
  const char *text = preview->ambiguous         ? ambiguous
                   : preview->problem != NULL ? preview->problem
                                              : preview->summary;
  WbTone tone = preview->ambiguous ? WB_TONE_WARNING : preview->problem != NULL ? WB_TONE_ERROR : WB_TONE_PLAIN;

  app_import_rows_show (self->rows, kind, preview);
  gtk_label_set_text (self->outcome, text);
  wb_widget_set_tone (GTK_WIDGET (self->outcome), tone);
}
