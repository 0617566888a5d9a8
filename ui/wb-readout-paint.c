/* wb-readout-paint.c: the cursor's line with the values of all channels, truth and prediction at its step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-readout-paint.h"

#include "wb-lane-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-spectrogram-paint.h"
#include "wb-trace-list.h"

#include <math.h>

#define WIDEST        320.0 /* takes a great step with its date and microseconds */
#define WIDEST_FIGURE 200.0
#define CHIP          13.0
#define CHIP_MARGINS  10.0
#define CHIP_OFFSET   6.0
#define TICK_REACH    96.0 /* of the ruler's texts that make room, to either side */

/* Writes small texts on one side of the cursor. */
typedef struct
{
  cairo_t        *cr;
  const WbColors *colors;
  double          x;     /* where texts begin or end */
  double          room;  /* for a text with its margins */
  WbAlign         align;
} Pen;

/* Where the right has no room for the widest text, the side that has more. */
static gboolean
is_left_of_cursor (const WbTracesLayout *layout,
                   double                x)
{
  return x + WIDEST > layout->width && x - layout->plot_x > layout->width - x;
}

static double
get_cursor_x (const WbTracesLayout *layout,
              double                start,
              double                end,
              double                step)
{
  WbAxis axis = wb_ruler_get_axis (layout, start, end);

  return floor (layout->plot_x + wb_axis_to_pixel (&axis, step));
}

gboolean
wb_readout_get_bounds (const WbTracesLayout *layout,
                       double                start,
                       double                end,
                       double                step,
                       double               *x,
                       double               *width)
{
  double cursor = get_cursor_x (layout, start, end, step);

  if (isnan (step) || layout->n_lanes == 0 || cursor < layout->plot_x || cursor > layout->plot_x + layout->plot_width)
    return FALSE;
  *x = (is_left_of_cursor (layout, cursor) ? cursor - WIDEST : cursor - 1) - TICK_REACH;
  *width = WIDEST + 2 + 2 * TICK_REACH;
  return TRUE;
}

/* The width that a text is given. */
static double
get_chip_width (const Pen  *pen,
                const char *text)
{
  return MIN (wb_text_get_width (pen->cr, text), pen->room - CHIP_MARGINS);
}

/* The place of a text of that width, with its margins. */
static void
place_chip (const Pen *pen,
            double     width,
            double    *left,
            double    *right)
{
  *left = pen->align == WB_ALIGN_START ? pen->x : pen->x - width - CHIP_MARGINS;
  *right = *left + width + CHIP_MARGINS;
}

static void
write_chip (Pen           *pen,
            double         middle,
            const WbColor *mark,
            const char    *text)
{
  double width = get_chip_width (pen, text), left, right;

  place_chip (pen, width, &left, &right);
  wb_paint_set_color_alpha (pen->cr, &pen->colors->background, .9);
  wb_paint_snap_rectangle (pen->cr, left, middle - CHIP / 2, right, middle + CHIP / 2);
  cairo_fill (pen->cr);
  if (mark != NULL)
    {
      wb_paint_set_color (pen->cr, mark);
      wb_paint_snap_rectangle (pen->cr, left, middle - CHIP / 2, left + 3, middle + CHIP / 2);
      cairo_fill (pen->cr);
    }
  wb_paint_set_color (pen->cr, &pen->colors->text);
  wb_text_show (pen->cr, text, left + 6, middle, WB_ALIGN_START, width + 1);
}

/* The figure of one trace. */
typedef struct
{
  const WbTrace *trace;
  double         middle;
  double         half;  /* of the ground below it: all of a low lane, so that nothing but figures is seen of a column of them */
  char          *text;
  double         left, width; /* of the text, with margins about it */
} Figure;

/* The figures beside the cursor: all traces' that have room in the middle of their rows, from the top. */
typedef struct
{
  WbTraceList list;
  GArray     *figures;
  int         pointed; /* the trace under the pointer; -1: none */
} Figures;

static void
figure_clear (gpointer figure)
{
  g_free (((Figure *) figure)->text);
}

/* In a butterfly there is a row for each trace, one below the other, from the top. */
static double
get_row_edge (const Figures        *self,
              const WbTracesLayout *layout,
              guint                 row)
{
  guint n = self->list.n_traces;

  if (self->list.n_lanes < n)
    return layout->lanes_y + MIN (layout->lanes_height / n, CHIP + 2) * row;
  return layout->lanes_y + wb_trace_list_get_edge (&self->list, row, (int) layout->lanes_height);
}

static guint
find_row (const Figures        *self,
          const WbTracesLayout *layout,
          double                y)
{
  guint row = 0;

  while (row + 1 < self->list.n_traces && y >= get_row_edge (self, layout, row + 1))
    row++;
  return row;
}

/* The trace of a butterfly that is drawn nearest to height `y` at the step; -1 where none has a value. */
static int
find_nearest (const Figures        *self,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              gint64                step,
              double                y)
{
  double nearest = INFINITY;
  int found = -1;

  for (guint i = 0; i < self->list.n_traces; i++)
    {
      const WbTrace *trace = &self->list.traces[i];
      double from_middle = layout->lanes_y + layout->lanes_height / 2 - y, away;
      float value;

      if (!sig_pyramid_get_samples (scene->pyramid, trace->channel, step, 1, &value) || !isfinite (value))
        continue;
      away = fabs (from_middle - (value - ((double) trace->low + trace->high) / 2)
                                   * wb_lane_get_slope (layout->lanes_height, trace->low, trace->high));
      if (away < nearest)
        {
          nearest = away;
          found = (int) i;
        }
    }
  return found;
}

/* The trace that is pointed at. */
static guint
find_pointed (const Figures        *self,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              gint64                step,
              double                y)
{
  int nearest = self->list.n_lanes < self->list.n_traces ? find_nearest (self, scene, layout, step, y) : -1;

  return nearest >= 0 ? (guint) nearest : find_row (self, layout, y);
}

/* Adds a figure for every trace from row `from` on, by `by`, that does not touch the one before it. */
static void
choose_figures (Figures              *self,
                const WbTracesLayout *layout,
                int                   from,
                int                   by,
                double                beside)
{
  double least = layout->lanes_y + CHIP / 2, greatest = layout->lanes_y + layout->lanes_height - CHIP / 2;

  for (int i = from; i >= 0 && i < (int) self->list.n_traces; i += by)
    {
      double top = get_row_edge (self, layout, (guint) i), bottom = get_row_edge (self, layout, (guint) i + 1);
      double height = bottom - top < 2 * CHIP ? MAX (bottom - top, CHIP) : CHIP;
      Figure figure = { &self->list.traces[i], CLAMP ((top + bottom) / 2, least, MAX (least, greatest)), height / 2 };

      if (fabs (figure.middle - beside) < CHIP)
        continue;
      beside = figure.middle;
      g_array_append_val (self->figures, figure);
    }
}

/* With the channels' names where not all are told. */
static void
write_texts (Figures       *self,
             const WbScene *scene,
             gint64         step)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  gboolean named = self->list.n_lanes < self->list.n_traces || self->figures->len < self->list.n_traces;

  for (guint i = 0; i < self->figures->len; i++)
    {
      Figure *figure = &g_array_index (self->figures, Figure, i);
      g_autofree char *value = wb_readout_get_value (scene, figure->trace->channel, step);

      figure->text = named ? g_strconcat (sig_recording_get_channel_name (recording, figure->trace->channel), "  ", value, NULL)
                           : g_steal_pointer (&value);
    }
}

/* Each takes as little of its trace as it can; those that make a column are of one width. */
static void
place_figures (Figures   *self,
               const Pen *pen)
{
  double most = MIN (WIDEST_FIGURE, pen->room - CHIP_MARGINS), widest = 0, end = -INFINITY;
  gboolean column = FALSE;

  for (guint i = 0; i < self->figures->len; i++)
    {
      Figure *figure = &g_array_index (self->figures, Figure, i);

      figure->width = MIN (most, wb_text_get_width (pen->cr, figure->text));
      widest = MAX (widest, figure->width);
      column |= figure->half > CHIP / 2 || fabs (figure->middle - end) < 2 * CHIP;
      end = figure->middle;
    }
  for (guint i = 0; i < self->figures->len; i++)
    {
      Figure *figure = &g_array_index (self->figures, Figure, i);

      figure->width = column ? widest : figure->width;
      figure->left = pen->align == WB_ALIGN_START ? pen->x : pen->x - figure->width - CHIP_MARGINS;
    }
}

static void
figures_init (Figures              *self,
              Pen                  *pen,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              gint64                step,
              double                pointer_y)
{
  int under;

  *self = (Figures) { .pointed = -1, .figures = g_array_new (FALSE, FALSE, sizeof (Figure)) };
  g_array_set_clear_func (self->figures, figure_clear);
  wb_trace_list_init (&self->list, scene);
  under = (int) find_pointed (self, scene, layout, step, pointer_y);
  if (pointer_y >= layout->lanes_y && pointer_y < layout->lanes_y + layout->lanes_height)
    self->pointed = under;
  choose_figures (self, layout, under, 1, -INFINITY);
  choose_figures (self, layout, under - 1, -1, g_array_index (self->figures, Figure, 0).middle);
  write_texts (self, scene, step);

  wb_text_set_font (pen->cr, WB_FONT_SMALL, TRUE);
  place_figures (self, pen);
}

static void
figures_clear (Figures *self)
{
  g_array_unref (self->figures);
  wb_trace_list_clear (&self->list);
}

/* The figure of a trace; the one under the pointer stands out. */
static void
write_figure (Pen           *pen,
              const Figures *self,
              const Figure  *figure)
{
  gboolean strong = figure->trace - self->list.traces == self->pointed;
  double middle = figure->middle, left = figure->left, right = left + figure->width + CHIP_MARGINS;

  wb_paint_set_color_alpha (pen->cr, &pen->colors->background, .86);
  wb_paint_snap_rectangle (pen->cr, left, middle - figure->half, right, middle + figure->half);
  cairo_fill (pen->cr);
  if (strong)
    {
      wb_paint_set_color (pen->cr, &pen->colors->selection);
      wb_paint_snap_rectangle (pen->cr, left, middle - CHIP / 2, right, middle + CHIP / 2);
      cairo_fill (pen->cr);
    }
  wb_paint_set_color (pen->cr, &pen->colors->lanes[figure->trace->color]);
  wb_paint_snap_rectangle (pen->cr, left, middle - CHIP / 2 + 1, left + 3, middle + CHIP / 2 - 1);
  cairo_fill (pen->cr);
  wb_text_set_font (pen->cr, WB_FONT_SMALL, strong);
  wb_paint_set_color (pen->cr, &pen->colors->text);
  wb_text_show (pen->cr, figure->text, left + 6, middle, WB_ALIGN_START, figure->width + 1);
}

/* Beside the cursor, a figure in the middle of each lane; the traces are seen between them. */
static void
write_channels (Pen                  *pen,
                const WbScene        *scene,
                const WbTracesLayout *layout,
                gint64                step,
                double                pointer_y)
{
  Figures figures;

  figures_init (&figures, pen, scene, layout, step, pointer_y);
  for (guint i = 0; i < figures.figures->len; i++)
    write_figure (pen, &figures, &g_array_index (figures.figures, Figure, i));
  wb_text_set_font (pen->cr, WB_FONT_SMALL, FALSE);
  figures_clear (&figures);
}

static void
write_labels (Pen                  *pen,
              const WbScene        *scene,
              const WbTracesLayout *layout,
              gint64                step)
{
  int truth = scene->truth != NULL ? sig_labels_get (scene->truth, step) : SIG_UNLABELLED;
  int predicted = scene->prediction != NULL ? sig_track_get (scene->prediction, step) : SIG_UNLABELLED;
  double half = layout->ribbon_height / 2;
  char number[16];

  if (scene->truth != NULL)
    write_chip (pen, layout->truth_y + half,
                truth >= 0 ? wb_ribbon_get_class_color (pen->colors, scene->truth, truth) : NULL,
                truth == SIG_UNLABELLED ? "not labelled" : wb_ribbon_get_class_name (scene->truth, truth, number));
  if (scene->prediction == NULL)
    return;
  if (predicted < 0)
    {
      write_chip (pen, layout->prediction_y + half, NULL, "not predicted");
      return;
    }

  write_chip (pen, layout->prediction_y + half, wb_ribbon_get_class_color (pen->colors, scene->truth, predicted),
              wb_ribbon_get_class_name (scene->truth, predicted, number));
  if (truth >= 0)
    write_chip (pen, layout->error_y + half, truth == predicted ? NULL : &pen->colors->error,
                truth == predicted ? "right" : "wrong");
}

static void
write_probability (Pen                  *pen,
                   const WbScene        *scene,
                   const WbTracesLayout *layout,
                   gint64                step)
{
  int shown = scene->prediction != NULL ? sig_track_get (scene->prediction, step) : SIG_UNLABELLED;
  char value[24] = "…", number[16];
  g_autofree char *text = NULL;
  float probability;

  if (shown < 0)
    return;
  if (sig_track_get_n_classes (scene->prediction) == 2)
    shown = 1;
  probability = sig_track_get_probability (scene->prediction, step, shown);
  if (!isnan (probability))
    g_ascii_formatd (value, sizeof value, "%.3f", probability);
  text = g_strdup_printf ("P(%s) = %s", wb_ribbon_get_class_name (scene->truth, shown, number), value);
  write_chip (pen, layout->probability_y + layout->probability_height / 2,
              wb_ribbon_get_class_color (pen->colors, scene->truth, shown), text);
}

static Pen
pen_new (cairo_t              *cr,
         const WbTracesLayout *layout,
         double                cursor,
         const WbColors       *colors)
{
  gboolean to_left = is_left_of_cursor (layout, cursor);

  return (Pen) { cr, colors, to_left ? cursor - CHIP_OFFSET : cursor + CHIP_OFFSET,
                 MIN (to_left ? cursor : layout->width - cursor, WIDEST) - CHIP_OFFSET, to_left ? WB_ALIGN_END : WB_ALIGN_START };
}

gboolean
wb_readout_get_time_place (cairo_t              *cr,
                           const WbScene        *scene,
                           const WbTracesLayout *layout,
                           double                start,
                           double                end,
                           double                step,
                           double               *left,
                           double               *right)
{
  double x, width;
  Pen pen;
  g_autofree char *time = NULL;

  if (!wb_readout_get_bounds (layout, start, end, step, &x, &width))
    return FALSE;
  time = wb_ruler_get_text (scene, step);
  pen = pen_new (cr, layout, get_cursor_x (layout, start, end, step), NULL);
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  place_chip (&pen, get_chip_width (&pen, time), left, right);
  return TRUE;
}

void
wb_readout_paint (cairo_t              *cr,
                  const WbScene        *scene,
                  const WbTracesLayout *layout,
                  double                start,
                  double                end,
                  double                step,
                  double                pointer_y,
                  const WbColors       *colors)
{
  const SigRecording *recording = sig_pyramid_get_recording (scene->pyramid);
  double x = get_cursor_x (layout, start, end, step);
  Pen pen = pen_new (cr, layout, x, colors);
  g_autofree char *time = wb_ruler_get_text (scene, step);
  g_autofree char *spectrum = wb_spectrogram_get_text (scene, layout, step, pointer_y);
  gint64 whole = (gint64) step;
  double left, right;

  wb_paint_set_color_alpha (cr, &colors->cursor, .75);
  cairo_rectangle (cr, x, layout->lanes_y - 4, 1,
                   layout->legend_y > 0 ? layout->legend_y - layout->lanes_y + 4 : layout->height);
  cairo_fill (cr);
  if (whole < 0 || whole >= sig_recording_get_n_steps (recording))
    return;

  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  place_chip (&pen, get_chip_width (&pen, time), &left, &right);
  wb_ruler_make_room (cr, scene, layout, start, end, left, right, colors);
  write_chip (&pen, layout->ruler_y + 9, NULL, time);
  if (pen.align == WB_ALIGN_END)
    pen.room = MIN (pen.room, x - layout->plot_x - CHIP_OFFSET); /* the captions stay readable */
  write_channels (&pen, scene, layout, whole, pointer_y);
  write_labels (&pen, scene, layout, whole);
  if (spectrum != NULL)
    write_chip (&pen, CLAMP (pointer_y, layout->spectrum_y + CHIP / 2, layout->spectrum_y + layout->spectrum_height - CHIP / 2),
                NULL, spectrum);
  write_probability (&pen, scene, layout, whole);
}
