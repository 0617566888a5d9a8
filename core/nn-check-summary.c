/* nn-check-summary.c: a design as Keras' summary prints it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-private.h"
#include "nn-layer-name.h"

#include <string.h>

enum { LAYER, SHAPE, PARAMS, N_COLUMNS };

/* Thousands apart, as Keras has them whatever the locale. */
static char *
group_digits (gint64 n)
{
  g_autofree char *plain = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  gsize length = strlen (plain);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, plain[i]);
    }
  return g_string_free (text, FALSE);
}

static char *
bytes_to_text (gint64 n_params)
{
  static const char *const units[] = { "B", "KB", "MB", "GB", "TB", "PB" };
  double size = n_params * 4.0;
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  guint unit = 0;

  for (; size >= 1024 && unit + 1 < G_N_ELEMENTS (units); unit++)
    size /= 1024;
  return g_strdup_printf ("%s %s", g_ascii_formatd (number, sizeof number, "%.2f", size), units[unit]);
}

static void
append_line (GString     *text,
             const gsize *widths,
             const char  *left,
             const char  *stroke,
             const char  *cross,
             const char  *right)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      g_string_append (text, column == 0 ? left : cross);
      for (gsize i = 0; i < widths[column] + 2; i++)
        g_string_append (text, stroke);
    }
  g_string_append_printf (text, "%s\n", right);
}

static void
append_row (GString           *text,
            const gsize       *widths,
            const char        *bar,
            const char *const *cells)
{
  for (guint column = 0; column < N_COLUMNS; column++)
    {
      gsize gap = widths[column] - g_utf8_strlen (cells[column], -1);

      g_string_append_printf (text, "%s ", bar);
      if (column == PARAMS)
        g_string_append_printf (text, "%*s%s ", (int) gap, "", cells[column]);
      else
        g_string_append_printf (text, "%s%*s ", cells[column], (int) gap, "");
    }
  g_string_append_printf (text, "%s\n", bar);
}

static void
append_table (const NnCheck *self,
              char        *(*cells)[N_COLUMNS],
              GString       *text)
{
  static const char *const titles[] = { "Layer (type)", "Output Shape", "Param #" };
  gsize widths[N_COLUMNS] = { 31, 22, 13 };

  for (guint i = 0; i < self->n_blocks; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      widths[column] = MAX (widths[column], (gsize) g_utf8_strlen (cells[i][column], -1));

  append_line (text, widths, "┏", "━", "┳", "┓");
  append_row (text, widths, "┃", titles);
  append_line (text, widths, "┡", "━", "╇", "┩");
  for (guint i = 0; i < self->n_blocks; i++)
    {
      if (i > 0)
        append_line (text, widths, "├", "─", "┼", "┤");
      append_row (text, widths, "│", (const char *const *) cells[i]);
    }
  append_line (text, widths, "└", "─", "┴", "┘");
}

gint64
nn_check_count_frozen (const NnCheck *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->n_blocks; i++)
    {
      NnTensor tensors[NN_MAX_TENSORS];
      guint n = self->reports[i].n_params > 0 ? nn_layer_list_tensors (self->passes[i].block, &self->passes[i].in, tensors) : 0;

      for (guint j = 0; j < n && self->passes[i].why == NULL; j++)
        if (tensors[j].frozen)
          sum += nn_shape_size (&tensors[j].shape);
    }
  return sum;
}

/* "12,481 (48.75 KB)" */
static char *
word_params (gint64 n)
{
  g_autofree char *digits = group_digits (n);
  g_autofree char *bytes = bytes_to_text (n);

  return g_strdup_printf ("%s (%s)", digits, bytes);
}

char *
nn_check_to_summary (const NnCheck *self)
{
  char *(*cells)[N_COLUMNS];
  g_autofree char *total = NULL;
  g_autofree char *learnt = NULL;
  g_autofree char *frozen = NULL;
  const char *title;
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  title = nn_design_get_name (self->design);
  text = g_string_new (NULL);
  g_string_append_printf (text, "Model: \"%s\"\n", *title != '\0' ? title : "sequential");
  cells = g_malloc0_n (MAX (self->n_blocks, 1), sizeof *cells);
  for (guint i = 0; i < self->n_blocks; i++)
    {
      const NnBlockReport *report = &self->reports[i];
      g_autofree char *shape = nn_shape_to_keras (&report->output);
      g_autofree char *name = nn_layer_name (self->design, i);

      cells[i][LAYER] = g_strdup_printf ("%s (%s)", name, nn_block_get_kind (self->passes[i].block)->name);
      cells[i][SHAPE] = g_strdup_printf ("%s%s", shape, report->broken ? " does not fit" : report->assumed ? " assumed" : "");
      cells[i][PARAMS] = group_digits (report->n_params);
    }
  append_table (self, cells, text);
  for (guint i = 0; i < self->n_blocks * N_COLUMNS; i++)
    g_free (cells[i / N_COLUMNS][i % N_COLUMNS]);
  g_free (cells);

  total = word_params (self->n_params);
  learnt = word_params (self->n_params - nn_check_count_frozen (self));
  frozen = word_params (nn_check_count_frozen (self));
  g_string_append_printf (text, " Total params: %s\n Trainable params: %s\n Non-trainable params: %s\n", total, learnt, frozen);
  return g_string_free (text, FALSE);
}
