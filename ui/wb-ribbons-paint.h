/* wb-ribbons-paint.h: runs of classes, errors, probabilities and the split along a time axis
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-axis.h"
#include "wb-scene.h"
#include "wb-text-paint.h"

G_BEGIN_DECLS

/* A ribbon's place: its axis in steps starts at pixel `x`. A plain value. */
typedef struct
{
  WbAxis axis;
  double x, y, height;
} WbRibbon;

/* The colour of a class, below SIG_N_CLASS_COLORS: from `names` (nullable) where it knows the class, else by its number. */
int wb_ribbon_get_color (const SigLabels *names, int klass);

/* What such a colour is called: "Blue", "Blue, line above" (transfer full). */
char *wb_ribbon_dup_color_name (int color) G_GNUC_WARN_UNUSED_RESULT;

/* Its tone. */
const WbColor *wb_ribbon_get_class_color (const WbColors *colors, const SigLabels *names, int klass);

/* A sample of the runs of a colour, for legends. Tone 0 is a faint ground on a line, so that in a ribbon of mostly
 * "nothing" the other classes stand out. */
void wb_ribbon_paint_swatch (cairo_t *cr, double x, double y, double size, int index, const WbColors *colors);

/* The colour for a text on such a run. */
WbColor wb_ribbon_get_text_color (int index, const WbColors *colors);

/* The name of a class: from `names` where it knows the class, else its number into `buffer`; "don’t know" of
 * SIG_DONT_KNOW. */
const char *wb_ribbon_get_class_name (const SigLabels *names, int klass, char buffer[16]);

/* The empty ribbon: where nothing is known. */
void wb_ribbon_paint_ground (cairo_t *cr, const WbRibbon *ribbon, const WbColors *colors);

typedef enum { WB_RIBBON_PLAIN, WB_RIBBON_NAMED } WbRibbonTexts;

/* Runs in the colours that their classes have in `names` (nullable), where wanted with the class' name if it fits. Runs
 * narrower than a pixel are ticks, and never hidden by the quiet colour. A run that goes on from one of its class begins with a
 * gap of a pixel; what is not known is hatched. */
void wb_ribbon_paint_labels (cairo_t *cr, const WbRibbon *ribbon, const SigLabels *runs, const SigLabels *names,
                             WbRibbonTexts texts, const WbColors *colors);

/* Hatches the steps where both are of a class and differ; returns their share of the steps where both are, in what
 * is visible (NaN: none are). */
double wb_ribbon_paint_errors (
    cairo_t *cr, const WbRibbon *ribbon, const SigLabels *truth, const SigLabels *prediction, const WbColors *colors);

/* Training, validation and guard, told apart by height and hatching as well; with words where they fit when it is
 * high enough. */
void wb_ribbon_paint_split (cairo_t *cr, const WbRibbon *ribbon, const SigSplit *split, const WbColors *colors);

/* A filled curve with its extremes a column for the classes of `track` (two classes: the second one's) and a line at
 * .5. Never reads: of a track that is not in memory it is made of what has been fetched, or is coarse. */
void wb_ribbon_paint_probability (cairo_t *cr, const WbRibbon *ribbon, const SigTrack *track, const SigLabels *names,
                                  const WbColors *colors);

/* The width of its columns, in steps, where a unit of the axis is `scale` pixels; and whether all that they are made of is at
 * hand. */
double   wb_ribbon_get_column_width (const WbAxis *axis, double scale);
gboolean wb_ribbon_is_at_hand       (const WbAxis *axis, double scale, const SigTrack *track);

/* Fetches all of it; for whoever may wait. */
void wb_ribbon_fetch_probability (const WbAxis *axis, double scale, const SigTrack *track);

G_END_DECLS
