/* wb-marks-overlay.c: cursor, selection and dragged edges, as cheap nodes over the picture that is kept
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-traces-private.h"

#include "wb-readout-paint.h"
#include "wb-ribbons-paint.h"
#include "wb-ruler-paint.h"
#include "wb-text-paint.h"

#include <math.h>

#define CHIP_HEIGHT  16.0
#define CHIP_WIDEST  260.0
#define CHIP_GAP     4.0 /* between it and other texts of the ruler */
#define RULER_MIDDLE 9.0 /* of the ruler's texts */
#define CAP_WIDTH    7.0
#define CAP_HEIGHT   6.0
#define HANDLE       3.0

double
wb_traces_get_x_of (WbTraces *self,
                    double    step)
{
  double start, end;

  wb_traces_get_view (self, &start, &end);
  return self->layout.plot_x + (step - start) / (end - start) * self->layout.plot_width;
}

/* As above, within the plot. */
static double
clamp_x (WbTraces *self,
         double    step)
{
  double left = self->layout.plot_x;

  return floor (CLAMP (wb_traces_get_x_of (self, step), left, left + self->layout.plot_width) + .5);
}

static gboolean
is_in_sight (WbTraces *self,
             double    step)
{
  double x = wb_traces_get_x_of (self, step);

  return x >= self->layout.plot_x && x <= self->layout.plot_x + self->layout.plot_width;
}

static void
append (GtkSnapshot   *snapshot,
        const WbColor *color,
        double         alpha,
        double         x,
        double         y,
        double         width,
        double         height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, &(GdkRGBA) { color->red, color->green, color->blue, (float) alpha },
                               &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height));
}

/* --- texts -------------------------------------------------------------------------- */

/* The class of all these steps: a class, SIG_UNLABELLED, SIG_DONT_KNOW; -3: there are several. */
static int
find_class (WbTraces *self,
            gint64    start,
            gint64    end)
{
  gsize n, i;
  const SigSpan *spans;

  if (self->scene.truth == NULL)
    return SIG_UNLABELLED;
  spans = sig_labels_get_spans (self->scene.truth, &n);
  i = sig_labels_find (self->scene.truth, start);
  if (i == n || spans[i].start >= end)
    return SIG_UNLABELLED;
  return spans[i].start <= start && spans[i].end >= end ? spans[i].klass : -3;
}

static const char *
get_class_text (WbTraces *self,
                int       klass,
                char      buffer[16])
{
  if (klass < SIG_DONT_KNOW)
    return "several labels";
  return klass == SIG_UNLABELLED ? "unlabelled" : wb_ribbon_get_class_name (self->scene.truth, klass, buffer);
}

/* With the value of the chosen channel, which only eyes could read otherwise. */
static char *
describe_cursor (WbTraces *self,
                 gint64    step)
{
  const SigRecording *recording = sig_pyramid_get_recording (self->scene.pyramid);
  int channel = self->scene.view != NULL ? wb_lane_view_get_selected (self->scene.view) : -1;
  g_autofree char *value = NULL;

  if (channel < 0 || step >= sig_recording_get_n_steps (recording))
    return g_strdup_printf ("cursor at step %" G_GINT64_FORMAT, step);
  value = wb_readout_get_value (&self->scene, (guint) channel, step);
  return g_strdup_printf ("cursor at step %" G_GINT64_FORMAT ", %s %s", step,
                          sig_recording_get_channel_name (recording, (guint) channel), value);
}

char *
wb_traces_describe_marks (WbTraces *self)
{
  gint64 start, end;
  char number[16];

  if (wb_marks_get_selection (self->marks, &start, &end))
    return g_strdup_printf ("steps %" G_GINT64_FORMAT "–%" G_GINT64_FORMAT " selected, %s", start, end,
                            get_class_text (self, find_class (self, start, end), number));
  return start < 0 ? NULL : describe_cursor (self, start);
}

/* --- parts -------------------------------------------------------------------------- */

/* Down to the end of the truth, where there is one. */
static double
get_bottom (WbTraces *self)
{
  const WbTracesLayout *layout = &self->layout;

  return self->scene.truth != NULL ? layout->truth_y + layout->ribbon_height : layout->lanes_y + layout->lanes_height;
}

static void
append_selection (WbTraces       *self,
                  GtkSnapshot    *snapshot,
                  const WbColors *colors)
{
  double top = self->layout.lanes_y, height = get_bottom (self) - top, x0, x1;
  gint64 start, end;

  if (!wb_marks_get_selection (self->marks, &start, &end))
    return;
  x0 = clamp_x (self, (double) start);
  x1 = MAX (clamp_x (self, (double) end), x0 + 1);
  append (snapshot, &colors->selection, colors->selection.alpha, x0, top, x1 - x0, height);
  if (is_in_sight (self, (double) start))
    append (snapshot, &colors->train, 1, x0, top, 1, height);
  if (is_in_sight (self, (double) end))
    append (snapshot, &colors->train, 1, x1 - 1, top, 1, height);
}

static void
append_cursor (WbTraces       *self,
               GtkSnapshot    *snapshot,
               const WbColors *colors)
{
  gint64 cursor = wb_marks_get_cursor (self->marks), start, end;
  double x, top = self->layout.lanes_y;

  if (cursor < 0 || !is_in_sight (self, (double) cursor))
    return;
  x = clamp_x (self, (double) cursor);
  if (!wb_marks_get_selection (self->marks, &start, &end))
    append (snapshot, &colors->train, 1, x, top, 1, get_bottom (self) - top);
  append (snapshot, &colors->train, 1, x - floor (CAP_WIDTH / 2), top - CAP_HEIGHT, CAP_WIDTH, CAP_HEIGHT);
}

/* A handle on the edge that can be grabbed. */
static void
append_handle (WbTraces       *self,
               GtkSnapshot    *snapshot,
               const WbColors *colors,
               gint64          edge)
{
  double x = clamp_x (self, (double) edge) - floor (HANDLE / 2);

  append (snapshot, &colors->text, 1, x, self->layout.truth_y, HANDLE, self->layout.ribbon_height);
}

/* What the dragged edge would make of the steps that it passes: they go to the label on its other side. */
static void
append_dragged_edge (WbTraces       *self,
                     GtkSnapshot    *snapshot,
                     const WbColors *colors)
{
  gint64 from = MIN (self->grabbed, self->grabbed_to), to = MAX (self->grabbed, self->grabbed_to);
  const SigSpan *winner = wb_traces_get_label_at (self, (double) (self->grabbed_to > self->grabbed ? from - 1 : to));
  double top = self->layout.lanes_y, x0 = clamp_x (self, (double) from), x1 = clamp_x (self, (double) to), x;
  const WbColor *color = winner != NULL ? wb_ribbon_get_class_color (colors, self->scene.truth, winner->klass)
                                        : &colors->lane_alternate;

  append (snapshot, color, 1, x0, self->layout.truth_y, x1 - x0, self->layout.ribbon_height);
  x = clamp_x (self, (double) self->grabbed_to);
  append (snapshot, &colors->train, 1, x, top, 1, get_bottom (self) - top);
  append_handle (self, snapshot, colors, self->grabbed_to);
}

/* How long the label gets of which the dragged edge is the end, else of which it is the beginning. */
static gint64
get_dragged_length (WbTraces *self)
{
  const SigSpan *before = wb_traces_get_label_at (self, (double) (self->grabbed - 1));
  const SigSpan *after = wb_traces_get_label_at (self, (double) self->grabbed);

  if (before != NULL)
    return self->grabbed_to - before->start;
  return after != NULL ? after->end - self->grabbed_to : 0;
}

/* --- how long it is ----------------------------------------------------------------- */

/* What the length is told of, and the middle of it in pixels; FALSE: of nothing in sight. */
static gboolean
find_length (WbTraces *self,
             gint64   *length,
             double   *middle)
{
  gint64 start, end;
  double x0, x1;

  if (self->grab == WB_GRAB_EDGE)
    {
      *length = get_dragged_length (self);
      *middle = clamp_x (self, (double) self->grabbed_to);
      return TRUE;
    }
  if (!wb_marks_get_selection (self->marks, &start, &end))
    return FALSE;
  x0 = clamp_x (self, (double) start);
  x1 = clamp_x (self, (double) end);
  *length = end - start;
  *middle = (x0 + x1) / 2;
  return x1 - x0 >= 1 || is_in_sight (self, (double) start);
}

/* In the ruler, where it hides no value of a channel; where the readout's time would be there, at the nearer side of that. */
static double
place_chip (WbTraces *self,
            cairo_t  *cr,
            double    middle,
            double    width)
{
  double least = self->layout.plot_x + 2, greatest = MAX (least, self->layout.plot_x + self->layout.plot_width - width - 2);
  double wanted = CLAMP (middle - width / 2, least, greatest), start, end, left, right, before, after;
  double pointed = wb_view_span_get_cursor (self->span);

  wb_traces_get_view (self, &start, &end);
  if (!wb_readout_get_time_place (cr, &self->scene, &self->layout, start, end, pointed, &left, &right)
      || wanted + width + CHIP_GAP <= left || wanted >= right + CHIP_GAP)
    return floor (wanted);
  before = left - CHIP_GAP - width;
  after = right + CHIP_GAP;
  if (before >= least && (after > greatest || wanted - before <= after - wanted))
    return floor (before);
  return floor (MIN (after, greatest));
}

static void
append_length (WbTraces       *self,
               GtkSnapshot    *snapshot,
               const WbColors *colors,
               gboolean        room)
{
  const WbTracesLayout *layout = &self->layout;
  double y = layout->ruler_y + RULER_MIDDLE, middle, width, x, start, end;
  WbColor on = wb_paint_get_text_on (&colors->train);
  g_autofree char *text = NULL;
  gint64 length;
  cairo_t *cr;

  if (layout->n_lanes == 0 || !find_length (self, &length, &middle))
    return;
  text = wb_axis_length_text ((double) length, wb_view_span_get_rate_hz (self->span));
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) layout->width, (float) layout->lanes_y));
  wb_text_set_font (cr, WB_FONT_SMALL, FALSE);
  width = ceil (MIN (wb_text_get_width (cr, text), CHIP_WIDEST)) + 14;
  x = place_chip (self, cr, middle, width);
  if (room)
    {
      wb_traces_get_view (self, &start, &end);
      wb_ruler_make_room (cr, &self->scene, layout, start, end, x - CHIP_GAP, x + width + CHIP_GAP, colors);
    }
  else
    {
      wb_paint_set_color (cr, &colors->train);
      wb_paint_snap_rectangle (cr, x, y - CHIP_HEIGHT / 2, x + width, y + CHIP_HEIGHT / 2);
      cairo_fill (cr);
      wb_paint_set_color (cr, &on);
      wb_text_show (cr, text, x + width / 2, y, WB_ALIGN_CENTER, width - 8);
    }
  cairo_destroy (cr);
}

void
wb_traces_snapshot_length (WbTraces       *self,
                           GtkSnapshot    *snapshot,
                           const WbColors *colors)
{
  append_length (self, snapshot, colors, FALSE);
}

void
wb_traces_snapshot_marks (WbTraces       *self,
                          GtkSnapshot    *snapshot,
                          const WbColors *colors)
{
  if (self->layout.n_lanes == 0)
    return;
  append_length (self, snapshot, colors, TRUE);
  append_selection (self, snapshot, colors);
  append_cursor (self, snapshot, colors);
  if (self->scene.truth == NULL)
    return;
  if (self->grab == WB_GRAB_EDGE)
    append_dragged_edge (self, snapshot, colors);
  else if (self->hovered_edge >= 0)
    append_handle (self, snapshot, colors, self->hovered_edge);
}
