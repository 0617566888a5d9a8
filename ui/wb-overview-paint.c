/* wb-overview-paint.c: the whole recording in one bar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-overview-paint.h"

#include "wb-ribbons-paint.h"
#include "wb-traces-paint.h"

#define PADDING 4.0
#define GAP     2.0
#define ROW     15.0

typedef enum { ROW_SPLIT, ROW_TRUTH, ROW_PREDICTION, ROW_ERRORS, N_ROWS } Row;

static gboolean
has_row (const WbScene *scene,
         Row            row)
{
  switch (row)
    {
    case ROW_SPLIT:
      return scene->split != NULL;
    case ROW_TRUTH:
      return scene->truth != NULL;
    case ROW_PREDICTION:
      return scene->prediction != NULL && scene->truth == NULL;
    case ROW_ERRORS:
      return scene->prediction != NULL && scene->truth != NULL;
    case N_ROWS:
    default:
      return FALSE;
    }
}

static guint
count_rows (const WbScene *scene)
{
  guint n = 0;

  for (Row row = 0; row < N_ROWS; row++)
    n += has_row (scene, row);
  return n;
}

int
wb_overview_get_height (const WbScene *scene)
{
  guint n_rows = MAX (2, count_rows (scene));

  return (int) (2 * PADDING + n_rows * ROW + (n_rows - 1) * GAP);
}

static void
paint_row (cairo_t        *cr,
           const WbScene  *scene,
           Row             row,
           const WbRibbon *ribbon,
           const WbColors *colors)
{
  static const char *const names[] = { "Split", "Truth", "Prediction", "Errors" };
  const SigLabels *predicted = scene->prediction != NULL ? sig_track_get_labels (scene->prediction) : NULL;

  wb_ribbon_paint_ground (cr, ribbon, colors);
  if (row == ROW_SPLIT)
    wb_ribbon_paint_split (cr, ribbon, scene->split, colors);
  else if (row == ROW_ERRORS)
    wb_ribbon_paint_errors (cr, ribbon, scene->truth, predicted, colors);
  else
    wb_ribbon_paint_labels (cr, ribbon, row == ROW_TRUTH ? scene->truth : predicted, scene->truth, WB_RIBBON_PLAIN, colors);
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  wb_paint_set_color (cr, &colors->dim_text);
  wb_text_show (cr, names[row], 15, ribbon->y + ribbon->height / 2, WB_ALIGN_START, ribbon->x - 20);
}

void
wb_overview_layout (const WbScene    *scene,
                    double            width,
                    double            height,
                    WbOverviewLayout *layout)
{
  WbTracesLayout traces;

  wb_traces_layout (scene, width, height, &traces);
  layout->plot_x = traces.plot_x;
  layout->axis = (WbAxis) { .length = traces.plot_width };
  if (scene->pyramid != NULL)
    layout->axis.high = sig_recording_get_n_steps (sig_pyramid_get_recording (scene->pyramid));
}

void
wb_overview_paint (cairo_t        *cr,
                   const WbScene  *scene,
                   double          width,
                   double          height,
                   const WbColors *colors)
{
  WbOverviewLayout layout;
  WbRibbon ribbon;
  guint n_rows = count_rows (scene);

  wb_overview_layout (scene, width, height, &layout);
  wb_paint_set_color (cr, &colors->background);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  if (!wb_axis_is_valid (&layout.axis))
    return;

  ribbon = (WbRibbon) { layout.axis, layout.plot_x, PADDING,
                        (height - 2 * PADDING - GAP * (MAX (n_rows, 1) - 1)) / MAX (n_rows, 1) };
  if (n_rows == 0)
    wb_ribbon_paint_ground (cr, &ribbon, colors);
  for (Row row = 0; row < N_ROWS; row++)
    if (has_row (scene, row))
      {
        paint_row (cr, scene, row, &ribbon, colors);
        ribbon.y += ribbon.height + GAP;
      }
}
