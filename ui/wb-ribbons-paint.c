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
#define LINE_AT     1.0 /* pixels from the edge of a run to the line across it */
#define LINE        2.0
#define LEAST_LINED 8.0 /* pixels of height: lower runs show their tones alone */

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

G_STATIC_ASSERT (WB_N_CLASS_TONES == SIG_N_CLASS_TONES);

int
wb_ribbon_get_color (const SigLabels *names,
                     int              klass)
{
  if (klass < 0)
    return 0;
  if (names != NULL && klass < sig_labels_get_n_classes (names))
    return sig_class_table_get (sig_labels_get_classes (names), klass)->color;
  return sig_class_color_at (klass);
}

static const WbColor *
get_tone (const WbColors *colors,
          int             color)
{
  return &colors->classes[color % WB_N_CLASS_TONES];
}

static gboolean
is_quiet (int color)
{
  return color % WB_N_CLASS_TONES == 0;
}

/* Lines tell classes of one tone apart, by where they are. */
static gboolean
has_line_below (int color)
{
  return (color / WB_N_CLASS_TONES & 1) != 0;
}

static gboolean
has_line_above (int color)
{
  return (color / WB_N_CLASS_TONES & 2) != 0;
}

char *
wb_ribbon_dup_color_name (int color)
{
  static const char *const lines[] = { "", ", line below", ", line above", ", two lines" };

  g_return_val_if_fail (color >= 0 && color < SIG_N_CLASS_COLORS, NULL);
  return g_strconcat (wb_colors_get_tone_name ((guint) (color % WB_N_CLASS_TONES)), lines[color / WB_N_CLASS_TONES], NULL);
}

const WbColor *
wb_ribbon_get_class_color (const WbColors  *colors,
                           const SigLabels *names,
                           int              klass)
{
  return get_tone (colors, wb_ribbon_get_color (names, klass));
}

static void
paint_line (cairo_t *cr,
            double   x,
            double   y,
            double   width)
{
  wb_paint_snap_rectangle (cr, x, y, x + width, y + LINE);
}

void
wb_ribbon_paint_swatch (cairo_t        *cr,
                        double          x,
                        double          y,
                        double          size,
                        int             index,
                        const WbColors *colors)
{
  const WbColor *color = get_tone (colors, index);

  wb_paint_set_color_alpha (cr, color, is_quiet (index) ? QUIET_ALPHA : 1);
  wb_paint_snap_rectangle (cr, x, y, x + size, y + size);
  cairo_fill (cr);
  wb_paint_set_color (cr, color);
  wb_paint_snap_rectangle (cr, x, y + size - QUIET_LINE, x + size, y + size);
  cairo_fill (cr);
  if (has_line_above (index))
    paint_line (cr, x, y + LINE_AT, size);
  if (has_line_below (index))
    paint_line (cr, x, y + size - LINE_AT - LINE, size);
  wb_paint_set_color (cr, &colors->background);
  cairo_fill (cr);
}

WbColor
wb_ribbon_get_text_color (int             index,
                          const WbColors *colors)
{
  return is_quiet (index) ? colors->text : wb_paint_get_text_on (get_tone (colors, index));
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
      else if (is_quiet (last->color))
        {
          last->klass = run.klass;
          last->color = run.color;
        }
      if (run.tick && !is_quiet (run.color))
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

/* The rows of pixels that make a ribbon: the ground, its lowest pixels, and the lines across. */
typedef struct
{
  WbStrip upper, lower, above, below;
} Strips;

static void
set_run (Strips         *strips,
         const Run      *run,
         const WbColors *colors)
{
  const WbColor *color = get_tone (colors, run->color);
  double x0 = run->tick ? floor (run->x0) : run->x0, x1 = run->tick ? x0 + 1 : run->x1;

  wb_strip_set (&strips->upper, x0, x1, color, is_quiet (run->color) ? QUIET_ALPHA : 1);
  wb_strip_set (&strips->lower, x0, x1, color, 1);
  wb_strip_set (&strips->above, x0, x1, &colors->background, has_line_above (run->color));
  wb_strip_set (&strips->below, x0, x1, &colors->background, has_line_below (run->color));
  if (run->border)
    {
      wb_strip_set (&strips->upper, x0, x0 + 1, &colors->background, 1);
      wb_strip_set (&strips->lower, x0, x0 + 1, &colors->background, 1);
    }
}

static void
paint_strips (const Strips   *strips,
              cairo_t        *cr,
              const WbRibbon *ribbon,
              gboolean        any_lines)
{
  double bottom = ribbon->y + ribbon->height, above = ribbon->y + LINE_AT, below = bottom - LINE_AT - LINE;

  wb_strip_paint (&strips->upper, cr, ribbon->x, ribbon->y, bottom - QUIET_LINE);
  wb_strip_paint (&strips->lower, cr, ribbon->x, bottom - QUIET_LINE, bottom);
  if (!any_lines || ribbon->height < LEAST_LINED)
    return;
  wb_strip_paint (&strips->above, cr, ribbon->x, above, above + LINE);
  wb_strip_paint (&strips->below, cr, ribbon->x, below, below + LINE);
}

/* Ticks after runs, so that none is hidden. */
static void
paint_runs (cairo_t        *cr,
            const WbRibbon *ribbon,
            const GArray   *runs,
            const WbColors *colors)
{
  gboolean any_unknown = FALSE, any_lines = FALSE;
  Strips strips;
  WbStrip *const all[] = { &strips.upper, &strips.lower, &strips.above, &strips.below };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    wb_strip_init (all[i], cr, ribbon->axis.length);
  for (int ticks = FALSE; ticks <= TRUE; ticks++)
    for (guint i = 0; i < runs->len; i++)
      {
        const Run *run = &g_array_index (runs, Run, i);

        any_unknown = any_unknown || run->klass < 0;
        any_lines = any_lines || run->color >= WB_N_CLASS_TONES;
        if (run->tick == ticks && run->klass >= 0)
          set_run (&strips, run, colors);
      }
  if (any_unknown)
    paint_dont_know (cr, ribbon, runs, colors);
  paint_strips (&strips, cr, ribbon, any_lines);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    wb_strip_clear (all[i]);
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
