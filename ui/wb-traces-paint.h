/* wb-traces-paint.h: paints lanes, ribbons and ruler; cairo and plain pixels, no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-axis.h"
#include "wb-colors.h"
#include "wb-scene.h"

#include <cairo.h>

G_BEGIN_DECLS

/* Where everything is, in pixels; computed once per size by wb_traces_layout(). */
typedef struct
{
  double width, height;
  double gutter;                 /* left: channel names */
  double plot_x, plot_width;     /* the time axis */
  double ruler_y, ruler_height;
  double lanes_y, lanes_height;  /* n_lanes equal lanes */
  guint  n_lanes;
  double spectrum_y, spectrum_height; /* 0 height: not shown, as those below */
  double truth_y, prediction_y, error_y, ribbon_height; /* 0 height: not shown */
  double probability_y, probability_height;
  double legend_y, legend_height;
} WbTracesLayout;

void wb_traces_layout       (const WbScene *scene, double width, double height, WbTracesLayout *layout);

/* Columns of a plot, numbered from `origin` on: column k covers steps [origin + k · width, origin + (k + 1) · width). */
typedef struct
{
  double origin, width;
  gint64 first; /* the leftmost one that is meant */
} WbGrid;

/* Moves a visible span by less than a pixel, so that it begins with a column of a grid that begins at step 0: what is drawn
 * then stays as it is while it moves. The end of the recording (`n_steps`) stays in sight. */
void wb_traces_snap         (const WbTracesLayout *layout, double n_steps, double *start, double *end, WbGrid *grid);

/* The lanes alone into a premultiplied ARGB32 buffer of `width` × `height` device pixels (the plot area, lanes stacked; `scale`
 * device pixels per pixel), cleared first. See wb_lanes_paint(); but what is not at hand is read, so that a thread that draws a
 * window does not call it. */
void wb_traces_paint_lanes (const WbScene *scene,
                            double start,
                            double end,
                            const WbColors *colors,
                            int scale,
                            guint32 *pixels,
                            int width,
                            int height,
                            int stride_bytes);

/* Lane backgrounds and names, ruler, ribbons (truth, prediction, error), probability with its 0.5 line, legend:
 * all but the traces. Runs narrower than a pixel still show as a tick. */
void wb_traces_paint_frame (cairo_t *cr,
                            const WbScene *scene,
                            const WbTracesLayout *layout,
                            double start,
                            double end,
                            const WbColors *colors);

/* The whole picture (title, frame, lanes and a legend of all classes) for files: PNG, SVG and PDF surfaces. Reads what is not at
 * hand. */
void wb_traces_paint_picture (cairo_t *cr,
                              const WbScene *scene,
                              const char *title,
                              double start,
                              double end,
                              double width,
                              double height,
                              const WbColors *colors);

/* Turns the size of a view in a window into that of a picture with as much room for the lanes. */
void wb_traces_get_picture_size (const WbScene *scene, int *width, int *height);

G_END_DECLS
