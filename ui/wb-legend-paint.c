/* wb-legend-paint.c: what the colours and hatchings under the traces mean
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-legend-paint.h"

#include "wb-ribbons-paint.h"

#define SWATCH  11.0
#define SPACE   18.0
#define LONGEST 160.0
#define ROW     24.0
#define MORE    60.0 /* for how many are left out */

/* The kinds of entries; from 0 on: a class' colour. */
enum { ENTRY_ERROR = -4, ENTRY_TRAIN, ENTRY_VALIDATION, ENTRY_DONT_KNOW };

typedef struct
{
  int         kind;
  const char *text; /* borrowed from the scene; NULL: `number` */
  char        number[16];
  double      x; /* from the left */
  guint       row;
} Entry;

/* --- what there is to tell ------------------------------------------------------------ */

static void
add_entry (GArray     *entries,
           int         kind,
           const char *text)
{
  Entry entry = { .kind = kind, .text = text };

  g_array_append_val (entries, entry);
}

static int
count_classes (const WbScene *scene)
{
  if (scene->truth != NULL)
    return sig_labels_get_n_classes (scene->truth);
  return scene->prediction != NULL ? sig_track_get_n_classes (scene->prediction) : 0;
}

static void
add_class (GArray          *entries,
           const SigLabels *truth,
           int              klass)
{
  Entry entry = { .kind = wb_ribbon_get_color (truth, klass) };
  const char *name = wb_ribbon_get_class_name (truth, klass, entry.number);

  entry.text = name == entry.number ? NULL : name;
  g_array_append_val (entries, entry);
}

static gboolean
has_dont_know (const SigLabels *labels)
{
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gsize i = 0; i < n; i++)
    if (spans[i].klass == SIG_DONT_KNOW)
      return TRUE;
  return FALSE;
}

static GArray *
collect_entries (const WbScene *scene)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  if (scene->truth != NULL && scene->prediction != NULL)
    add_entry (entries, ENTRY_ERROR, "prediction differs from truth");
  for (int k = 0; k < count_classes (scene); k++)
    add_class (entries, scene->truth, k);
  if (scene->truth != NULL && has_dont_know (scene->truth))
    add_entry (entries, ENTRY_DONT_KNOW, "don’t know");
  if (scene->split != NULL)
    {
      add_entry (entries, ENTRY_TRAIN, "training part");
      add_entry (entries, ENTRY_VALIDATION, "validation part");
    }
  return entries;
}

static const char *
get_text (const Entry *entry)
{
  return entry->text != NULL ? entry->text : entry->number;
}

/* --- where it goes -------------------------------------------------------------------- */

/* Places entries in rows of `width`, the last of which is shorter by `reserve`; returns how many have room. */
static guint
place (cairo_t *cr,
       GArray  *entries,
       double   width,
       guint    n_rows,
       double   reserve)
{
  double x = 0;
  guint row = 0, i;

  for (i = 0; i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);
      double taken = SWATCH + 6 + MIN (LONGEST, wb_text_get_width (cr, get_text (entry)));

      if (x > 0 && row + 1 < n_rows && x + taken > width)
        {
          x = 0;
          row++;
        }
      if (x + taken > width - (row + 1 == n_rows ? reserve : 0))
        break;
      entry->x = x;
      entry->row = row;
      x += taken + SPACE;
    }
  return i;
}

double
wb_legend_get_height (cairo_t              *cr,
                      const WbScene        *scene,
                      const WbTracesLayout *layout)
{
  g_autoptr (GArray) entries = collect_entries (scene);
  guint n_rows = 1;

  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  while (n_rows < entries->len && place (cr, entries, layout->plot_width, n_rows, 0) < entries->len)
    n_rows++;
  return entries->len > 0 ? n_rows * ROW : 0;
}

/* --- painting ------------------------------------------------------------------------- */

static void
paint_swatch (cairo_t        *cr,
              int             kind,
              double          x,
              double          middle,
              const WbColors *colors)
{
  double top = middle - (kind == ENTRY_TRAIN ? 0 : SWATCH / 2);

  if (kind >= 0)
    {
      wb_ribbon_paint_swatch (cr, x, top, SWATCH, kind, colors);
      return;
    }
  wb_paint_snap_rectangle (cr, x, top, x + SWATCH, middle + SWATCH / 2);
  if (kind == ENTRY_ERROR || kind == ENTRY_DONT_KNOW)
    wb_paint_set_hatch (cr, kind == ENTRY_ERROR ? &colors->error : &colors->dim_text);
  else
    wb_paint_set_color (cr, kind == ENTRY_TRAIN ? &colors->train : &colors->validation);
  cairo_fill (cr);
}

static void
write_more (cairo_t              *cr,
            const WbTracesLayout *layout,
            const Entry          *last,
            guint                 n_left_out,
            const WbColors       *colors)
{
  g_autofree char *more = g_strdup_printf ("+ %u more", n_left_out);
  double end = last != NULL ? last->x + SWATCH + 6 + MIN (LONGEST, wb_text_get_width (cr, get_text (last))) + SPACE : 0;

  wb_paint_set_color (cr, &colors->dim_text);
  wb_text_show (cr, more, layout->plot_x + end, layout->legend_y + (last != NULL ? last->row + .5 : .5) * ROW + 1, WB_ALIGN_START,
                MORE + 10);
}

void
wb_legend_paint (cairo_t              *cr,
                 const WbScene        *scene,
                 const WbTracesLayout *layout,
                 const WbColors       *colors)
{
  g_autoptr (GArray) entries = NULL;
  guint n_rows = (guint) (layout->legend_height / ROW), n_shown;

  if (n_rows == 0)
    return;
  entries = collect_entries (scene);
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  n_shown = place (cr, entries, layout->plot_width, n_rows, 0);
  if (n_shown < entries->len)
    n_shown = place (cr, entries, layout->plot_width, n_rows, MORE);
  for (guint i = 0; i < n_shown; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      double x = layout->plot_x + entry->x, middle = layout->legend_y + (entry->row + .5) * ROW + 1;

      paint_swatch (cr, entry->kind, x, middle, colors);
      wb_paint_set_color (cr, &colors->text);
      wb_text_show (cr, get_text (entry), x + SWATCH + 6, middle, WB_ALIGN_START, LONGEST);
    }
  if (n_shown < entries->len)
    write_more (cr, layout, n_shown > 0 ? &g_array_index (entries, Entry, n_shown - 1) : NULL, entries->len - n_shown, colors);
}
