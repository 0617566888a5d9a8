/* wb-traces-private.h: what the two files of the traces widget share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-traces-image.h"
#include "wb-traces.h"

G_BEGIN_DECLS

struct _WbTraces
{
  GtkWidget       parent_instance;
  WbViewSpan     *span;
  WbScene         scene;  /* its models are held */
  WbTracesLayout  layout;
  WbTracesImage  *image;
  GtkWidget      *guidance;
  double          pointer_x, pointer_y;
  double          drag_start; /* the visible span's start when a drag began */
  double          pinch_width; /* its width when a pinch began */
  guint           growing;    /* tick callback while the pyramid is built; 0: none */
  double          progress;   /* of the pyramid when it was last drawn */
  int             moved;      /* the channel whose name is dragged; -1: none */
  GtkWidget      *menu;       /* (nullable): of a channel */
};

/* Adds the gestures to a new widget; the keys to the class. */
void wb_traces_init_input       (WbTraces *self);
void wb_traces_class_init_input (GtkWidgetClass *klass);

/* The same at the lanes' names. */
void wb_traces_init_gutter       (WbTraces *self);
void wb_traces_class_init_gutter (GtkWidgetClass *klass);

/* The span that is drawn, and its columns: the visible one, snapped. */
WbGrid wb_traces_get_view       (WbTraces *self, double *start, double *end);

/* The step at a pixel. */
double wb_traces_get_step_at    (WbTraces *self, double x);

G_END_DECLS
