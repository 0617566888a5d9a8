/* wb-ribbons-paint.c: runs of classes, their errors and the split along a time axis
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-ribbons-paint.h"

#include "wb-strip-paint.h"
#include "wb-words-paint.h"

#include <math.h>

#define QUIET_ALPHA .3
#define QUIET_LINE  3.0

#define LEAST_BORDERED 3.0 /* pixels of a run that is told from the one before it */
#define WORD_MARGIN    6.0 /* pixels of a run that its name leaves free, both sides together */
#define LEAST_WORD     10.0
#define NEAR           32  /* spans that are looked at one by one before the next is searched for */

/* A run on its way to the screen, in pixels from the ribbon's left. */
typedef struct
{
  double   x0, x1;
  int      klass;
  int      color;
  gboolean tick;   /* narrower than a pixel */
  gboolean border; /* goes on from a run of the same class */
} Run;

G_STATIC_ASSERT (WB_N_CLASS_COLORS == SIG_N_CLASS_COLORS);

int
wb_ribbon_get_color (const SigLabels *names,
                     int              klass)
{
  if (klass < 0)
    return 0;
  if (names != NULL && klass < sig_labels_get_n_classes (names))
    return sig_class_table_get (sig_labels_get_classes (names), klass)->color;
  return klass == 0 ? 0 : 1 + (klass - 1) % (WB_N_CLASS_COLORS - 1);
}

const WbColor *
wb_ribbon_get_class_color (const WbColors  *colors,
                           const SigLabels *names,
                           int              klass)
{
  return &colors->classes[wb_ribbon_get_color (names, klass)];
}

void
wb_ribbon_paint_swatch (cairo_t        *cr,
                        double          x,
                        double          y,
                        double          size,
                        int             index,
                        const WbColors *colors)
{
  const WbColor *color = &colors->classes[index];

  wb_paint_set_color_alpha (cr, color, index > 0 ? 1 : QUIET_ALPHA);
  wb_paint_snap_rectangle (cr, x, y, x + size, y + size);
  cairo_fill (cr);
  wb_paint_set_color (cr, color);
  wb_paint_snap_rectangle (cr, x, y + size - QUIET_LINE, x + size, y + size);
  cairo_fill (cr);
}

WbColor
wb_ribbon_get_text_color (int             index,
                          const WbColors *colors)
{
  return index > 0 ? wb_paint_get_text_on (&colors->classes[index]) : colors->text;
}

const char *
wb_ribbon_get_class_name (const SigLabels *names,
                          int              klass,
                          char             buffer[16])
{
  if (klass == SIG_DONT_KNOW)
    return "don’t know";
  if (names != NULL && klass >= 0 && klass < sig_labels_get_n_classes (names))
    return sig_labels_get_name (names, klass);
  g_snprintf (buffer, 16, "%d", klass);
  return buffer;
}

void
wb_ribbon_paint_ground (cairo_t        *cr,
                        const WbRibbon *ribbon,
                        const WbColors *colors)
{
  wb_paint_set_color (cr, &colors->lane_alternate);
  wb_paint_snap_rectangle (cr, ribbon->x, ribbon->y, ribbon->x + ribbon->axis.length, ribbon->y + ribbon->height);
  cairo_fill (cr);
  wb_paint_set_color (cr, &colors->grid);
  wb_paint_snap_rectangle (cr, ribbon->x, ribbon->y + ribbon->height - 1, ribbon->x + ribbon->axis.length,
                           ribbon->y + ribbon->height);
  cairo_fill (cr);
}

/* The first span from `i` on that ends after step `end`: most often one of the next. */
static gsize
skip_to (const SigLabels *labels,
         gsize            i,
         double           end)
{
  gsize n, last = i + NEAR;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  while (i < MIN (n, last) && (double) spans[i].end <= end)
    i++;
  return i == last ? MAX (i, sig_labels_find (labels, (gint64) end)) : i;
}

/* The visible spans as runs; all that begin and end within one pixel become one tick, which tells of any class before the
 * first. */
static GArray *
collect_runs (const WbAxis    *axis,
              const SigLabels *labels,
              const SigLabels *names)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gsize n, i = sig_labels_find (labels, (gint64) MAX (0, floor (axis->low)));
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (; i < n && spans[i].start < axis->high; i++)
    {
      Run run = { MAX (0, wb_axis_to_pixel (axis, spans[i].start)),
                  MIN (axis->length, wb_axis_to_pixel (axis, spans[i].end)), spans[i].klass,
                  wb_ribbon_get_color (names, spans[i].klass) };
      Run *last = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;

      run.tick = run.x1 - run.x0 < 1;
      run.border = i > 0 && run.x1 - run.x0 >= LEAST_BORDERED && spans[i - 1].end == spans[i].start
                   && spans[i - 1].klass == spans[i].klass;
      if (!run.tick || last == NULL || !last->tick || floor (last->x0) != floor (run.x0))
        g_array_append_val (runs, run);
      else if (last->color == 0)
        {
          last->klass = run.klass;
          last->color = run.color;
        }
      if (run.tick && run.color != 0)
        i = skip_to (labels, i + 1, wb_axis_to_value (axis, floor (run.x0) + 1)) - 1;
    }
  return runs;
}

/* Hatched: what one does not know is no class. */
static void
paint_dont_know (cairo_t        *cr,
                 const WbRibbon *ribbon,
                 const GArray   *runs,
                 const WbColors *colors)
{
  g_auto (WbStrip) strip = { 0 };

  wb_strip_init (&strip, cr, ribbon->axis.length);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      if (run->klass == SIG_DONT_KNOW)
        wb_strip_set (&strip, run->x0, run->x1, &colors->dim_text, 1);
    }
  wb_strip_hatch (&strip, cr, ribbon->x, ribbon->y, ribbon->y + ribbon->height, &colors->dim_text);
}

static void
set_run (WbStrip        *upper,
         WbStrip        *lower,
         const Run      *run,
         const WbColors *colors)
{
  const WbColor *color = &colors->classes[run->color];
  double x0 = run->tick ? floor (run->x0) : run->x0, x1 = run->tick ? x0 + 1 : run->x1;

  wb_strip_set (upper, x0, x1, color, run->color > 0 ? 1 : QUIET_ALPHA);
  wb_strip_set (lower, x0, x1, color, 1);
  if (run->border)
    {
      wb_strip_set (upper, x0, x0 + 1, &colors->background, 1);
      wb_strip_set (lower, x0, x0 + 1, &colors->background, 1);
    }
}

/* Ticks after runs, so that none is hidden. */
static void
paint_runs (cairo_t        *cr,
            const WbRibbon *ribbon,
            const GArray   *runs,
            const WbColors *colors)
{
  double line = ribbon->y + ribbon->height - QUIET_LINE;
  gboolean any_unknown = FALSE;
  g_auto (WbStrip) upper = { 0 }, lower = { 0 };

  wb_strip_init (&upper, cr, ribbon->axis.length);
  wb_strip_init (&lower, cr, ribbon->axis.length);
  for (int ticks = FALSE; ticks <= TRUE; ticks++)
    for (guint i = 0; i < runs->len; i++)
      {
        const Run *run = &g_array_index (runs, Run, i);

        any_unknown = any_unknown || run->klass < 0;
        if (run->tick == ticks && run->klass >= 0)
          set_run (&upper, &lower, run, colors);
      }
  if (any_unknown)
    paint_dont_know (cr, ribbon, runs, colors);
  wb_strip_paint (&upper, cr, ribbon->x, ribbon->y, line);
  wb_strip_paint (&lower, cr, ribbon->x, line, ribbon->y + ribbon->height);
}

static void
paint_names (cairo_t         *cr,
             const WbRibbon  *ribbon,
             const GArray    *runs,
             const SigLabels *names,
             const WbColors  *colors)
{
  g_auto (WbWords) words = { 0 };

  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  wb_words_init (&words, cr, ribbon->y + ribbon->height / 2);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      double room = run->x1 - run->x0 - WORD_MARGIN;
      WbColor text;
      char number[16];

      if (room < LEAST_WORD)
        continue;
      text = wb_ribbon_get_text_color (run->color, colors);
      wb_words_add (&words, wb_ribbon_get_class_name (names, run->klass, number), &text,
                    ribbon->x + (run->x0 + run->x1) / 2, room);
    }
  wb_words_show (&words);
}

void
wb_ribbon_paint_labels (cairo_t         *cr,
                        const WbRibbon  *ribbon,
                        const SigLabels *labels,
                        const SigLabels *names,
                        WbRibbonTexts    texts,
                        const WbColors  *colors)
{
  g_autoptr (GArray) runs = collect_runs (&ribbon->axis, labels, names);

  paint_runs (cr, ribbon, runs, colors);
  if (texts == WB_RIBBON_NAMED && ribbon->height >= 12)
    paint_names (cr, ribbon, runs, names, colors);
}

double
wb_ribbon_paint_errors (cairo_t         *cr,
                        const WbRibbon  *ribbon,
                        const SigLabels *truth,
                        const SigLabels *prediction,
                        const WbColors  *colors)
{
  gint64 low = (gint64) MAX (0, floor (ribbon->axis.low)), high = (gint64) ceil (ribbon->axis.high);
  gsize n_truth, n_prediction, t = sig_labels_find (truth, low), p = sig_labels_find (prediction, low);
  const SigSpan *truths = sig_labels_get_spans (truth, &n_truth);
  const SigSpan *predictions = sig_labels_get_spans (prediction, &n_prediction);
  gint64 n_both = 0, n_wrong = 0;
  g_auto (WbStrip) strip = { 0 };

  wb_strip_init (&strip, cr, ribbon->axis.length);
  while (t < n_truth && p < n_prediction && truths[t].start < high && predictions[p].start < high)
    {
      gint64 start = MAX (MAX (truths[t].start, predictions[p].start), low);
      gint64 end = MIN (MIN (truths[t].end, predictions[p].end), high);

      if (start < end && truths[t].klass >= 0)
        n_both += end - start;
      if (start < end && truths[t].klass >= 0 && truths[t].klass != predictions[p].klass)
        {
          n_wrong += end - start;
          wb_strip_set (&strip, wb_axis_to_pixel (&ribbon->axis, start), wb_axis_to_pixel (&ribbon->axis, end),
                        &colors->error, 1);
        }
      if (truths[t].end <= predictions[p].end)
        t++;
      else
        p++;
    }
  if (n_wrong > 0)
    wb_strip_hatch (&strip, cr, ribbon->x, ribbon->y, ribbon->y + ribbon->height, &colors->error);
  return n_both > 0 ? (double) n_wrong / n_both : NAN;
}

static void
paint_part (cairo_t        *cr,
            const WbRibbon *ribbon,
            const SigSplit *split,
            SigPart         part,
            const WbColors *colors)
{
  gsize n;
  const SigBlock *blocks = sig_split_get_blocks (split, &n);
  double low = part == SIG_PART_TRAIN ? .5 : 0;

  for (gsize i = 0; i < n; i++)
    {
      double x0 = wb_axis_to_pixel (&ribbon->axis, blocks[i].start),
             x1 = wb_axis_to_pixel (&ribbon->axis, blocks[i].end);

      if (blocks[i].part != part || x1 <= 0 || x0 >= ribbon->axis.length)
        continue;
      wb_paint_snap_rectangle (cr, ribbon->x + MAX (0, x0),
                               ribbon->y + (ribbon->height < 10 ? low * ribbon->height : 0),
                               ribbon->x + MIN (ribbon->axis.length, x1), ribbon->y + ribbon->height);
    }
  if (part == SIG_PART_GUARD)
    wb_paint_set_hatch (cr, &colors->dim_text);
  else
    wb_paint_set_color (cr, part == SIG_PART_TRAIN ? &colors->train : &colors->validation);
  cairo_fill (cr);
}

static void
paint_part_words (cairo_t        *cr,
                  const WbRibbon *ribbon,
                  const SigSplit *split,
                  const WbColors *colors)
{
  static const char *const words[]
      = { [SIG_PART_TRAIN] = "training", [SIG_PART_VALIDATION] = "validation", [SIG_PART_GUARD] = "" };
  gsize n;
  const SigBlock *blocks = sig_split_get_blocks (split, &n);

  wb_text_set_font (cr, WB_FONT_SMALL - 1, FALSE);
  for (gsize i = 0; i < n; i++)
    {
      double x0 = MAX (0, wb_axis_to_pixel (&ribbon->axis, blocks[i].start));
      double x1 = MIN (ribbon->axis.length, wb_axis_to_pixel (&ribbon->axis, blocks[i].end));
      WbColor text = wb_paint_get_text_on (blocks[i].part == SIG_PART_TRAIN ? &colors->train : &colors->validation);

      if (x1 - x0 < wb_text_get_width (cr, words[blocks[i].part]) + 8)
        continue;
      wb_paint_set_color (cr, &text);
      wb_text_show (cr, words[blocks[i].part], ribbon->x + (x0 + x1) / 2, ribbon->y + ribbon->height / 2,
                    WB_ALIGN_CENTER, x1 - x0);
    }
}

void
wb_ribbon_paint_split (cairo_t        *cr,
                       const WbRibbon *ribbon,
                       const SigSplit *split,
                       const WbColors *colors)
{
  paint_part (cr, ribbon, split, SIG_PART_GUARD, colors);
  paint_part (cr, ribbon, split, SIG_PART_TRAIN, colors);
  paint_part (cr, ribbon, split, SIG_PART_VALIDATION, colors);
  if (ribbon->height >= 12)
    paint_part_words (cr, ribbon, split, colors);
}
