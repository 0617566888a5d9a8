/* wb-view-span.c: clamping, zooming and panning of the visible span
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-view-span.h"

#include <math.h>

#define LEAST_STEPS 8.0

struct _WbViewSpan
{
  GObject parent_instance;
  double  n_steps, rate_hz;
  double  start, end; /* visible */
  double  cursor;     /* NaN: none */
};

enum { CHANGED, CURSOR_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbViewSpan, wb_view_span, G_TYPE_OBJECT)

/* Keeps the width where it can, and moves the span inside the whole. */
static void
clamp_visible (const WbViewSpan *self,
               double           *start,
               double           *end)
{
  double width = CLAMP (*end - *start, LEAST_STEPS, MAX (LEAST_STEPS, self->n_steps));

  *start = CLAMP (*start, 0, MAX (0, self->n_steps - width));
  *end = *start + width;
}

void
wb_view_span_set_whole (WbViewSpan *self,
                        double      n_steps,
                        double      rate_hz,
                        double      show)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  g_return_if_fail (n_steps >= 0 && isfinite (n_steps) && isfinite (rate_hz));

  self->n_steps = n_steps;
  self->rate_hz = MAX (0, rate_hz);
  self->start = 0;
  self->end = MIN (n_steps, show);
  clamp_visible (self, &self->start, &self->end);
  self->cursor = NAN;
  g_signal_emit (self, signals[CHANGED], 0);
}

double
wb_view_span_get_n_steps (WbViewSpan *self)
{
  g_return_val_if_fail (WB_IS_VIEW_SPAN (self), 0);
  return self->n_steps;
}

double
wb_view_span_get_rate_hz (WbViewSpan *self)
{
  g_return_val_if_fail (WB_IS_VIEW_SPAN (self), 0);
  return self->rate_hz;
}

void
wb_view_span_set_visible (WbViewSpan *self,
                          double      start,
                          double      end)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  g_return_if_fail (isfinite (start) && isfinite (end));

  clamp_visible (self, &start, &end);
  if (start == self->start && end == self->end)
    return;
  self->start = start;
  self->end = end;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wb_view_span_get_visible (WbViewSpan *self,
                          double     *start,
                          double     *end)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  *start = self->start;
  *end = self->end;
}

void
wb_view_span_zoom (WbViewSpan *self,
                   double      factor,
                   double      at)
{
  double width, share, wanted;

  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  g_return_if_fail (factor > 0 && isfinite (factor) && isfinite (at));

  /* Clamped here too: at the least and the greatest width zooming must not pan. */
  width = self->end - self->start;
  share = CLAMP ((at - self->start) / width, 0, 1);
  wanted = CLAMP (width * factor, LEAST_STEPS, MAX (LEAST_STEPS, self->n_steps));
  at = self->start + share * width;
  wb_view_span_set_visible (self, at - share * wanted, at + (1 - share) * wanted);
}

void
wb_view_span_pan (WbViewSpan *self,
                  double      steps)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  wb_view_span_set_visible (self, self->start + steps, self->end + steps);
}

void
wb_view_span_show_all (WbViewSpan *self)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));
  wb_view_span_set_visible (self, 0, self->n_steps);
}

void
wb_view_span_set_cursor (WbViewSpan *self,
                         double      step)
{
  g_return_if_fail (WB_IS_VIEW_SPAN (self));

  if (!(step >= 0 && step < self->n_steps))
    step = NAN;
  if (step == self->cursor || (isnan (step) && isnan (self->cursor)))
    return;
  self->cursor = step;
  g_signal_emit (self, signals[CURSOR_CHANGED], 0);
}

double
wb_view_span_get_cursor (WbViewSpan *self)
{
  g_return_val_if_fail (WB_IS_VIEW_SPAN (self), NAN);
  return self->cursor;
}

static void
wb_view_span_class_init (WbViewSpanClass *klass)
{
  signals[CHANGED]
      = g_signal_new ("changed", WB_TYPE_VIEW_SPAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CURSOR_CHANGED] = g_signal_new ("cursor-changed", WB_TYPE_VIEW_SPAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
wb_view_span_init (WbViewSpan *self)
{
  self->end = LEAST_STEPS;
  self->cursor = NAN;
}

WbViewSpan *
wb_view_span_new (void)
{
  return g_object_new (WB_TYPE_VIEW_SPAN, NULL);
}
