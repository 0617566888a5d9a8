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

/* The kinds of entries; from 0 on: a class' colour. */
enum { ENTRY_ERROR = -4, ENTRY_TRAIN, ENTRY_VALIDATION, ENTRY_DONT_KNOW };

/* A pen that moves to the right as entries are written. */
typedef struct
{
  cairo_t        *cr;
  const WbColors *colors;
  double          x, middle, end;
  guint           n_left_out;
} Pen;

static void
paint_swatch (const Pen *pen,
              int        entry)
{
  double top = pen->middle - (entry == ENTRY_TRAIN ? 0 : SWATCH / 2);

  if (entry >= 0)
    {
      wb_ribbon_paint_swatch (pen->cr, pen->x, top, SWATCH, entry, pen->colors);
      return;
    }
  wb_paint_snap_rectangle (pen->cr, pen->x, top, pen->x + SWATCH, pen->middle + SWATCH / 2);
  if (entry == ENTRY_ERROR || entry == ENTRY_DONT_KNOW)
    wb_paint_set_hatch (pen->cr, entry == ENTRY_ERROR ? &pen->colors->error : &pen->colors->dim_text);
  else
    wb_paint_set_color (pen->cr, entry == ENTRY_TRAIN ? &pen->colors->train : &pen->colors->validation);
  cairo_fill (pen->cr);
}

static void
write_entry (Pen        *pen,
             int         entry,
             const char *text)
{
  double width = SWATCH + 6 + MIN (LONGEST, wb_text_get_width (pen->cr, text));

  if (pen->n_left_out > 0 || pen->x + width > pen->end)
    {
      pen->n_left_out++;
      return;
    }
  paint_swatch (pen, entry);
  wb_paint_set_color (pen->cr, &pen->colors->text);
  wb_text_show (pen->cr, text, pen->x + SWATCH + 6, pen->middle, WB_ALIGN_START, LONGEST);
  pen->x += width + SPACE;
}

static int
count_classes (const WbScene *scene)
{
  if (scene->truth != NULL)
    return sig_labels_get_n_classes (scene->truth);
  return scene->prediction != NULL ? sig_track_get_n_classes (scene->prediction) : 0;
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

void
wb_legend_paint (cairo_t              *cr,
                 const WbScene        *scene,
                 const WbTracesLayout *layout,
                 const WbColors       *colors)
{
  Pen pen = { cr,
              colors,
              layout->plot_x,
              layout->legend_y + layout->legend_height / 2 + 1,
              layout->plot_x + layout->plot_width - 60,
              0 };

  if (layout->legend_height <= 0)
    return;
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  if (scene->truth != NULL && scene->prediction != NULL)
    write_entry (&pen, ENTRY_ERROR, "prediction differs from truth");
  for (int k = 0; k < count_classes (scene); k++)
    {
      char number[16];

      write_entry (&pen, wb_ribbon_get_color (scene->truth, k), wb_ribbon_get_class_name (scene->truth, k, number));
    }
  if (scene->truth != NULL && has_dont_know (scene->truth))
    write_entry (&pen, ENTRY_DONT_KNOW, "don’t know");
  if (scene->split != NULL)
    {
      write_entry (&pen, ENTRY_TRAIN, "training part");
      write_entry (&pen, ENTRY_VALIDATION, "validation part");
    }
  if (pen.n_left_out > 0)
    {
      g_autofree char *more = g_strdup_printf ("+ %u more", pen.n_left_out);

      wb_paint_set_color (cr, &colors->dim_text);
      wb_text_show (cr, more, pen.x, pen.middle, WB_ALIGN_START, 70);
    }
}
