/* wb-traces-private.h: what the files of the traces widget share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-marks.h"
#include "wb-traces-image.h"
#include "wb-traces.h"

G_BEGIN_DECLS

/* What a drag moves. */
typedef enum
{
  WB_GRAB_NOTHING,
  WB_GRAB_SPAN, /* makes a selection */
  WB_GRAB_END,  /* an end of the selection */
  WB_GRAB_EDGE, /* of a label */
} WbGrab;

struct _WbTraces
{
  GtkWidget       parent_instance;
  WbViewSpan     *span;
  WbScene         scene;  /* its models are held */
  WbTracesLayout  layout;
  WbTracesImage  *image;
  WbGlPages      *pages; /* (nullable): while realized */
  GtkWidget      *guidance;
  double          pointer_x, pointer_y;
  double          drag_start; /* the visible span's start when a drag began */
  gboolean        panning;    /* such a drag goes on */
  double          pinch_width; /* its width when a pinch began */
  guint           growing;    /* tick callback while the pyramid is built; 0: none */
  double          progress;   /* of the pyramid when it was last drawn */
  guint           patience;   /* waits until rough or missing lanes are told of; 0: not */
  gboolean        late;       /* they are */
  int             moved;      /* the channel whose name is dragged; -1: none */
  int             resized;    /* the channel whose lane's lower edge is dragged; -1: none */
  double          resize_from; /* where that edge was, from the pointer on */
  GtkWidget      *menu;       /* (nullable): of a channel */

  WbMarks        *marks;
  GtkWidget      *mark_menu;  /* (nullable) */
  GtkGesture     *mark_drag;
  WbGrab          grab;
  gboolean        moves;      /* the pointer has moved since it grabbed */
  double          grab_x, grab_y;
  gint64          grabbed, grabbed_to; /* the edge and where it would go; or the end that stays */
  gint64          hovered_edge; /* that could be grabbed; -1: none */
  gboolean        is_marked;  /* labels have changed since the selection was made */
  guint           scrolling;  /* tick callback while a drag is held beyond the plot; 0: none */
  gboolean        pans;       /* Space is held: a drag pans */
};

/* Adds the gestures to a new widget; the keys to the class. */
void wb_traces_init_input       (WbTraces *self);
void wb_traces_class_init_input (GtkWidgetClass *klass);

/* The same at the lanes' names. */
void wb_traces_init_gutter       (WbTraces *self);
void wb_traces_class_init_gutter (GtkWidgetClass *klass);

/* (nullable): the pointer's shape at a lane's edge there. */
const char *wb_traces_get_gutter_cursor (WbTraces *self);

/* The same for marking. */
void wb_traces_init_marks       (WbTraces *self);
void wb_traces_init_marks_keys  (WbTraces *self);
void wb_traces_class_init_marks (GtkWidgetClass *klass);

/* The pointer's shape, and the edge under it. */
void wb_traces_update_pointer   (WbTraces *self);

/* Does nothing where no menu was given. */
void wb_traces_show_mark_menu   (WbTraces *self, double x, double y);

/* Gives up a drag of marks; FALSE where there is none. */
gboolean wb_traces_cancel_grab  (WbTraces *self);

/* Tells of lanes that are rough or not yet read; over all else, where that takes longer than one notices. */
void wb_traces_snapshot_rough   (WbTraces *self, GtkSnapshot *snapshot, const WbColors *colors);
void wb_traces_class_init_rough (GtkWidgetClass *klass);
void wb_traces_dispose_rough    (WbTraces *self);

/* The cursor, the selection and the edge that is dragged, over the picture. */
void wb_traces_snapshot_marks   (WbTraces *self, GtkSnapshot *snapshot, const WbColors *colors);

/* How long the selection is, or the label whose edge is dragged: over all else. */
void wb_traces_snapshot_length  (WbTraces *self, GtkSnapshot *snapshot, const WbColors *colors);

/* (transfer full): "cursor at step 12", "steps 10–20 selected, walk"; NULL: nothing is marked. */
char *wb_traces_describe_marks  (WbTraces *self) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable): the label that covers the step. */
const SigSpan *wb_traces_get_label_at (WbTraces *self, double step);

/* The span that is drawn, and its columns: the visible one, snapped. */
WbGrid wb_traces_get_view       (WbTraces *self, double *start, double *end);

/* The step at a pixel. */
double wb_traces_get_step_at    (WbTraces *self, double x);

/* The nearest of what the marks snap to, within `tolerance` steps; zero crossings are those of `channel` (-1: none). */
gint64 wb_traces_snap_step      (WbTraces *self, double step, int channel, double tolerance);

/* The pixel of a step. */
double wb_traces_get_x_of       (WbTraces *self, double step);

G_END_DECLS
