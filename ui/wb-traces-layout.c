/* wb-traces-layout.c: where lanes, ruler, ribbons and legend are
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-trace-list.h"
#include "wb-traces-paint.h"

#include <math.h>

#define GUTTER_LEAST    108.0
#define GUTTER_GREATEST 200.0
#define SCALE           54.0 /* the bar beside a name, with its value */
#define LETTER          6.8 /* about one letter of the gutter's font */
#define RIGHT_MARGIN    12.0
#define RULER           24.0
#define RULER_WINDOWS   15.0 /* the numbers of a paged recording's windows */
#define GAP             4.0
#define LEGEND          24.0

#define WIDTH_BITS 22   /* of a column's width: far more than can be seen, far less than panning makes uncertain */
#define SLACK      1e-4 /* of a column */

static double
measure_gutter (const SigRecording *recording,
                double              width)
{
  glong longest = 0;

  for (guint i = 0; i < sig_recording_get_n_channels (recording); i++)
    longest = MAX (longest, g_utf8_strlen (sig_recording_get_channel_name (recording, i), -1));
  return floor (MIN (CLAMP (longest * LETTER + 22 + SCALE, GUTTER_LEAST, GUTTER_GREATEST), width * .3));
}

void
wb_traces_layout (const WbScene  *scene,
                  double          width,
                  double          height,
                  WbTracesLayout *layout)
{
  const SigRecording *recording = scene->pyramid != NULL ? sig_pyramid_get_recording (scene->pyramid) : NULL;
  gboolean roomy = height >= 420;
  double ribbon = roomy ? 20 : 15, bottom = height;

  *layout = (WbTracesLayout) { .width = width, .height = height };
  if (recording == NULL)
    return;

  layout->gutter = measure_gutter (recording, width);
  layout->plot_x = layout->gutter;
  layout->plot_width = MAX (1, floor (width - layout->gutter - RIGHT_MARGIN));
  layout->n_lanes = wb_trace_list_count (scene);
  layout->ruler_height = RULER + (sig_recording_get_page (recording) > 0 ? RULER_WINDOWS : 0);
  layout->lanes_y = layout->ruler_height;

  /* From the bottom up; what is not there takes no room. */
  if (scene->truth != NULL || scene->prediction != NULL || scene->split != NULL)
    layout->legend_height = LEGEND;
  layout->legend_y = bottom -= layout->legend_height;
  if (scene->prediction != NULL)
    {
      layout->probability_height = roomy ? MIN (64, floor (height * .085)) : 30;
      layout->probability_y = bottom -= layout->probability_height;
      bottom -= GAP;
    }
  if (scene->prediction != NULL || scene->truth != NULL)
    layout->ribbon_height = ribbon;
  if (scene->prediction != NULL && scene->truth != NULL)
    {
      layout->error_y = bottom -= ribbon;
      bottom -= GAP;
    }
  if (scene->prediction != NULL)
    {
      layout->prediction_y = bottom -= ribbon;
      bottom -= GAP;
    }
  if (scene->truth != NULL)
    {
      layout->truth_y = bottom -= ribbon;
      bottom -= GAP;
    }
  if (scene->view != NULL && wb_lane_view_get_spectrogram (scene->view) >= 0)
    {
      layout->spectrum_height = CLAMP (floor (height * .22), 40, 220);
      layout->spectrum_y = bottom -= layout->spectrum_height;
      bottom -= GAP;
    }
  layout->lanes_height = MAX (1, floor (bottom - 2 - layout->lanes_y));
}

/* Rounded up, so that the columns hold the whole span. Spans that differ by what adding and subtracting loses give one width. */
static double
round_width (double width)
{
  int exponent;
  double mantissa = frexp (width, &exponent);

  return ldexp (ceil (ldexp (mantissa, WIDTH_BITS) - 1. / 16), exponent - WIDTH_BITS);
}

void
wb_traces_snap (const WbTracesLayout *layout,
                double                n_steps,
                double               *start,
                double               *end,
                WbGrid               *grid)
{
  double n_columns = MAX (1, layout->plot_width), width = round_width ((*end - *start) / n_columns), first = *start / width;

  first = *end >= n_steps ? ceil (first - SLACK) : floor (first + .5);
  *start = first * width;
  *end = (first + n_columns) * width;
  *grid = (WbGrid) { 0, width, (gint64) first };
}
