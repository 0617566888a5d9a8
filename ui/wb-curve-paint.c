/* wb-curve-paint.c: paints loss and accuracy over the epochs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-curve-paint.h"

#include "wb-axis.h"
#include "wb-text-paint.h"
#include "wb-text.h"

#include <math.h>

#define LEFT      62.0
#define RIGHT     138.0 /* the curves' names and last values */
#define BOTTOM    42.0
#define MAX_TICKS 32
#define N_LINES   3 /* of the readout: the epoch and two curves */

/* One of the two curves. */
typedef struct
{
  const char    *name;
  const WbColor *color;
  gboolean       validation;
} Series;

/* Everything one call of wb_curve_paint() works with. */
typedef struct
{
  cairo_t            *cr;
  const WbCurveScene *scene;
  const WbColors     *colors;
  double              x, y, width, height; /* the plot */
  WbAxis              epochs, values;
  Series              series[2];
} Plot;

/* NaN for what cannot be shown. */
static double
get_value (const Plot *plot,
           guint       i,
           gboolean    validation)
{
  const WbCurvePoint *point = &plot->scene->points[i];
  double value;

  if (plot->scene->kind == WB_CURVE_LOSS)
    value = validation ? point->validation_loss : point->train_loss;
  else
    value = validation ? point->validation_accuracy : point->train_accuracy;
  return isfinite (value) && (!plot->values.log || value > 0) ? value : NAN;
}

static double
to_x (const Plot *plot,
      guint       i)
{
  return plot->x + wb_axis_to_pixel (&plot->epochs, i + 1);
}

static double
to_y (const Plot *plot,
      double      value)
{
  return plot->y + plot->height - wb_axis_to_pixel (&plot->values, value);
}

static void
fit_values (Plot *plot)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < plot->scene->n_points; i++)
    for (int validation = FALSE; validation <= TRUE; validation++)
      {
        double value = get_value (plot, i, validation);

        low = isnan (value) ? low : MIN (low, value);
        high = isnan (value) ? high : MAX (high, value);
      }
  if (!(low <= high))
    {
      low = plot->values.log ? .1 : 0;
      high = 1;
    }

  if (plot->values.log)
    {
      low /= 1.15;
      high *= 1.15;
    }
  else if (plot->scene->kind == WB_CURVE_ACCURACY)
    {
      low = MAX (0, floor (low * 10 - .2) / 10);
      high = 1;
    }
  else
    {
      double margin = MAX ((high - low) * .08, fabs (high) * 1e-3 + 1e-12);

      /* From zero where that costs little height, and at the beginning, when the range says nothing yet. */
      low = low >= 0 && (low < high * .75 || plot->scene->n_points < 3) ? 0 : low - margin;
      high += margin;
    }
  plot->values.low = low;
  plot->values.high = high;
}

static void
paint_value_axis (const Plot *plot)
{
  WbTick ticks[MAX_TICKS];
  guint n = wb_axis_ticks (&plot->values, 26, ticks, MAX_TICKS);

  wb_text_set_font (plot->cr, WB_FONT_SMALL, FALSE);
  for (guint i = 0; i < n; i++)
    {
      double y = plot->y + plot->height - ticks[i].position;

      wb_paint_snap_rectangle (plot->cr, plot->x, y, plot->x + plot->width, y + 1);
      wb_paint_set_color (plot->cr, &plot->colors->grid);
      cairo_fill (plot->cr);
      wb_paint_set_color (plot->cr, &plot->colors->dim_text);
      /* A loss that ran away is told short. */
      if (wb_text_get_width (plot->cr, ticks[i].text) > LEFT - 12)
        g_ascii_formatd (ticks[i].text, sizeof ticks[i].text, "%.3g", ticks[i].value);
      wb_text_show (plot->cr, ticks[i].text, plot->x - 8, y, WB_ALIGN_END, LEFT - 12);
    }
  wb_text_set_font (plot->cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (plot->cr, &plot->colors->text);
  wb_text_show (plot->cr,
                plot->scene->kind == WB_CURVE_ACCURACY ? "Accuracy"
                : plot->values.log                     ? "Loss (logarithmic)"
                                                       : "Loss",
                8, plot->y - 14, WB_ALIGN_START, plot->width);
}

static void
paint_epoch_axis (const Plot *plot)
{
  WbTick ticks[MAX_TICKS];
  guint n = wb_axis_ticks (&plot->epochs, 48, ticks, MAX_TICKS);
  double bottom = plot->y + plot->height;

  wb_paint_set_color (plot->cr, &plot->colors->dim_text);
  wb_paint_snap_rectangle (plot->cr, plot->x, bottom, plot->x + plot->width, bottom + 1);
  cairo_fill (plot->cr);
  wb_text_set_font (plot->cr, WB_FONT_SMALL, FALSE);
  for (guint i = 0; i < n; i++)
    {
      char text[16];

      if (fabs (ticks[i].value - round (ticks[i].value)) > 1e-6)
        continue;
      g_snprintf (text, sizeof text, "%.0f", ticks[i].value);
      wb_paint_snap_rectangle (plot->cr, plot->x + ticks[i].position, bottom, plot->x + ticks[i].position + 1,
                               bottom + 5);
      cairo_fill (plot->cr);
      wb_text_show (plot->cr, text, plot->x + ticks[i].position, bottom + 14, WB_ALIGN_CENTER, 60);
    }
  wb_text_set_font (plot->cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (plot->cr, &plot->colors->text);
  wb_text_show (plot->cr, "Epoch", plot->x + plot->width / 2, bottom + 31, WB_ALIGN_CENTER, 120);
}

static void
paint_line (const Plot   *plot,
            const Series *series)
{
  const double dashes[] = { 6, 4 };
  gboolean pen_down = FALSE;

  cairo_save (plot->cr);
  for (guint i = 0; i < plot->scene->n_points; i++)
    {
      double value = get_value (plot, i, series->validation);

      if (isnan (value))
        pen_down = FALSE;
      else if (pen_down)
        cairo_line_to (plot->cr, to_x (plot, i), to_y (plot, value));
      else
        cairo_move_to (plot->cr, to_x (plot, i), to_y (plot, value));
      pen_down = !isnan (value);
    }
  wb_paint_set_color (plot->cr, series->color);
  cairo_set_line_width (plot->cr, 1.8);
  cairo_set_line_join (plot->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (plot->cr, dashes, series->validation ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_stroke (plot->cr);
  cairo_restore (plot->cr);
}

/* Discs for training, squares for validation. */
static void
add_mark (const Plot *plot,
          gboolean    validation,
          double      x,
          double      y,
          double      radius)
{
  if (validation)
    {
      cairo_rectangle (plot->cr, x - radius, y - radius, 2 * radius, 2 * radius);
      return;
    }
  cairo_new_sub_path (plot->cr);
  cairo_arc (plot->cr, x, y, radius * 1.1, 0, 2 * G_PI);
}

static void
paint_marks (const Plot   *plot,
             const Series *series)
{
  double spacing = plot->width / (plot->epochs.high - plot->epochs.low), radius = CLAMP (spacing / 3, .8, 2.6);

  for (guint i = 0; i < plot->scene->n_points; i++)
    {
      double value = get_value (plot, i, series->validation);

      if (!isnan (value))
        add_mark (plot, series->validation, to_x (plot, i), to_y (plot, value), radius);
    }
  wb_paint_set_color (plot->cr, series->color);
  cairo_fill (plot->cr);
}

/* Names and last values at the right, pushed apart where the curves end close to each other. */
static void
paint_names (const Plot *plot)
{
  double y[2] = { NAN, NAN }, values[2] = { NAN, NAN }, x = plot->x + plot->width;

  for (guint s = 0; s < 2; s++)
    for (guint i = plot->scene->n_points; i-- > 0 && isnan (values[s]);)
      values[s] = get_value (plot, i, plot->series[s].validation);
  for (guint s = 0; s < 2; s++)
    if (!isnan (values[s]))
      y[s] = to_y (plot, values[s]);
  if (fabs (y[0] - y[1]) < 32)
    {
      double middle = (y[0] + y[1]) / 2, push = y[0] <= y[1] ? -16 : 16;

      middle = CLAMP (middle, plot->y + 30, plot->y + plot->height - 30);
      y[0] = middle + push;
      y[1] = middle - push;
    }

  for (guint s = 0; s < 2; s++)
    if (!isnan (y[s]))
      {
        const double dashes[] = { 5, 3 };
        double middle = CLAMP (y[s], plot->y + 14, plot->y + plot->height - 14);
        g_autofree char *number = wb_text_value (values[s], 4);

        cairo_save (plot->cr);
        wb_paint_set_color (plot->cr, plot->series[s].color);
        cairo_set_line_width (plot->cr, 1.8);
        cairo_set_dash (plot->cr, dashes, plot->series[s].validation ? 2 : 0, 0);
        cairo_move_to (plot->cr, x + 10, middle - 7);
        cairo_line_to (plot->cr, x + 32, middle - 7);
        cairo_stroke (plot->cr);
        cairo_restore (plot->cr);
        add_mark (plot, plot->series[s].validation, x + 21, middle - 7, 2.6);
        wb_paint_set_color (plot->cr, plot->series[s].color);
        cairo_fill (plot->cr);
        wb_text_set_font (plot->cr, WB_FONT_NORMAL, TRUE);
        wb_paint_set_color (plot->cr, &plot->colors->text);
        wb_text_show (plot->cr, plot->series[s].name, x + 38, middle - 7, WB_ALIGN_START, RIGHT - 40);
        wb_text_set_font (plot->cr, WB_FONT_SMALL, FALSE);
        wb_text_show (plot->cr, number, x + 38, middle + 7, WB_ALIGN_START, RIGHT - 40);
      }
}

static void
paint_best (const Plot *plot)
{
  const double dashes[] = { 2, 3 };
  guint best = plot->scene->best_epoch;
  double x, value;
  g_autofree char *text = NULL;

  if (best == 0 || best > plot->scene->n_points)
    return;
  x = floor (to_x (plot, best - 1)) + .5;
  cairo_save (plot->cr);
  wb_paint_set_color (plot->cr, &plot->colors->dim_text);
  cairo_set_line_width (plot->cr, 1);
  cairo_set_dash (plot->cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (plot->cr, x, plot->y - 4);
  cairo_line_to (plot->cr, x, plot->y + plot->height);
  cairo_stroke (plot->cr);
  cairo_restore (plot->cr);

  value = get_value (plot, best - 1, TRUE);
  if (isnan (value))
    value = get_value (plot, best - 1, FALSE);
  if (!isnan (value))
    {
      wb_paint_set_color (plot->cr, &plot->colors->text);
      cairo_set_line_width (plot->cr, 1.5);
      cairo_arc (plot->cr, x, to_y (plot, value), 6, 0, 2 * G_PI);
      cairo_stroke (plot->cr);
    }
  text = g_strdup_printf ("best: epoch %u", best);
  wb_text_set_font (plot->cr, WB_FONT_SMALL, FALSE);
  wb_paint_set_color (plot->cr, &plot->colors->text);
  wb_text_show (plot->cr, text, CLAMP (x, plot->x + 150, plot->x + plot->width - 40), plot->y - 13, WB_ALIGN_CENTER,
                120);
}

static void
paint_hover (const Plot *plot)
{
  guint i;
  double x, width = 0, left;
  g_auto (GStrv) lines = g_new0 (char *, N_LINES + 1);

  if (plot->scene->hover < plot->x - 6 || plot->scene->hover > plot->x + plot->width + 6)
    return;
  i = (guint) CLAMP (round (wb_axis_to_value (&plot->epochs, plot->scene->hover - plot->x)), 1, plot->scene->n_points)
      - 1;
  x = floor (to_x (plot, i));
  wb_paint_set_color_alpha (plot->cr, &plot->colors->cursor, .6);
  cairo_rectangle (plot->cr, x, plot->y, 1, plot->height);
  cairo_fill (plot->cr);

  wb_text_set_font (plot->cr, WB_FONT_SMALL, FALSE);
  lines[0] = g_strdup_printf ("epoch %u", i + 1);
  for (guint s = 0; s < 2; s++)
    {
      double value = get_value (plot, i, plot->series[s].validation);
      g_autofree char *number = isnan (value) ? g_strdup ("–") : wb_text_value (value, 4);

      lines[s + 1] = g_strdup_printf ("%s %s", plot->series[s].name, number);
    }
  for (guint k = 0; k < N_LINES; k++)
    width = MAX (width, wb_text_get_width (plot->cr, lines[k]));
  left = x + 10 + width + 16 < plot->x + plot->width ? x + 10 : x - 10 - width - 16;
  wb_paint_set_color_alpha (plot->cr, &plot->colors->background, .94);
  cairo_rectangle (plot->cr, left, plot->y + 6, width + 16, 54);
  cairo_fill_preserve (plot->cr);
  wb_paint_set_color (plot->cr, &plot->colors->grid);
  cairo_set_line_width (plot->cr, 1);
  cairo_stroke (plot->cr);
  wb_paint_set_color (plot->cr, &plot->colors->text);
  for (guint k = 0; k < N_LINES; k++)
    wb_text_show (plot->cr, lines[k], left + 8, plot->y + 17 + 16 * k, WB_ALIGN_START, width + 1);
}

static void
paint_guidance (const Plot *plot)
{
  double x = plot->x + (plot->width + RIGHT - LEFT) / 2, y = plot->y + plot->height / 2;
  double room = plot->width + LEFT + RIGHT - 16;

  wb_text_set_font (plot->cr, WB_FONT_NORMAL, FALSE);
  wb_paint_set_color (plot->cr, &plot->colors->dim_text);
  wb_text_show (plot->cr, "Each finished epoch adds a point here.", x, y - 10, WB_ALIGN_CENTER, room);
  if (!plot->scene->running)
    wb_text_show (plot->cr, plot->scene->held_up ? "What training still needs is said below." : "Press Train to begin.",
                  x, y + 10, WB_ALIGN_CENTER, room);
}

void
wb_curve_paint (cairo_t            *cr,
                const WbCurveScene *scene,
                const char         *title,
                double              width,
                double              height,
                const WbColors     *colors)
{
  double top = title != NULL ? 68 : 34;
  Plot plot = {
    .cr = cr, .scene = scene, .colors = colors,
    .x = LEFT, .y = top, .width = MAX (1, width - LEFT - RIGHT), .height = MAX (1, height - top - BOTTOM),
    .series = { { "training", &colors->train, FALSE }, { "validation", &colors->validation, TRUE } },
  };

  wb_paint_set_color (cr, &colors->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  if (title != NULL)
    {
      wb_text_set_font (cr, WB_FONT_TITLE, TRUE);
      wb_paint_set_color (cr, &colors->text);
      wb_text_show (cr, title, 8, 22, WB_ALIGN_START, width - 16);
    }

  plot.epochs = (WbAxis) { .low = 1, .high = MAX (2, MAX (scene->n_epochs, scene->n_points)), .length = plot.width };
  plot.values = (WbAxis) { .length = plot.height, .log = scene->log && scene->kind == WB_CURVE_LOSS };
  fit_values (&plot);
  if (scene->n_points == 0)
    {
      paint_guidance (&plot);
      return;
    }
  paint_epoch_axis (&plot);
  paint_value_axis (&plot);
  paint_best (&plot);
  for (guint s = 0; s < 2; s++)
    {
      paint_line (&plot, &plot.series[s]);
      paint_marks (&plot, &plot.series[s]);
    }
  paint_names (&plot);
  if (scene->hover >= 0)
    paint_hover (&plot);
}
