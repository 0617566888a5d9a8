/* wb-marks.c: the cursor and the selection of a window, and what they snap to
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-marks.h"

struct _WbMarks
{
  GObject  parent_instance;
  gint64   n_steps, window;
  gint64   anchor, head; /* -1: no cursor; equal: no selection */
  WbSnapTo snap;
};

enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WbMarks, wb_marks, G_TYPE_OBJECT)

static gint64
clamp (WbMarks *self,
       gint64   step)
{
  return CLAMP (step, 0, self->n_steps);
}

static void
set_marks (WbMarks *self,
           gint64   anchor,
           gint64   head)
{
  if (anchor == self->anchor && head == self->head)
    return;
  self->anchor = anchor;
  self->head = head;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
wb_marks_set_whole (WbMarks *self,
                    gint64   n_steps)
{
  g_return_if_fail (WB_IS_MARKS (self) && n_steps >= 0);

  self->n_steps = n_steps;
  set_marks (self, -1, -1);
}

gint64
wb_marks_get_n_steps (WbMarks *self)
{
  g_return_val_if_fail (WB_IS_MARKS (self), 0);
  return self->n_steps;
}

void
wb_marks_set_cursor (WbMarks *self,
                     gint64   step)
{
  g_return_if_fail (WB_IS_MARKS (self));

  if (step >= 0)
    step = clamp (self, step);
  set_marks (self, step, step);
}

gint64
wb_marks_get_cursor (WbMarks *self)
{
  g_return_val_if_fail (WB_IS_MARKS (self), -1);
  return self->head;
}

void
wb_marks_select (WbMarks *self,
                 gint64   anchor,
                 gint64   head)
{
  g_return_if_fail (WB_IS_MARKS (self));
  set_marks (self, clamp (self, anchor), clamp (self, head));
}

void
wb_marks_extend (WbMarks *self,
                 gint64   head)
{
  g_return_if_fail (WB_IS_MARKS (self));
  head = clamp (self, head);
  set_marks (self, self->anchor >= 0 ? self->anchor : head, head);
}

void
wb_marks_clear (WbMarks *self)
{
  g_return_if_fail (WB_IS_MARKS (self));
  set_marks (self, self->head, self->head);
}

gboolean
wb_marks_get_selection (WbMarks *self,
                        gint64  *start,
                        gint64  *end)
{
  g_return_val_if_fail (WB_IS_MARKS (self), FALSE);

  *start = MIN (self->anchor, self->head);
  *end = MAX (self->anchor, self->head);
  return *start < *end;
}

void
wb_marks_set_snap (WbMarks *self,
                   WbSnapTo snap,
                   gboolean on)
{
  g_return_if_fail (WB_IS_MARKS (self));
  self->snap = on ? self->snap | snap : self->snap & ~snap;
}

WbSnapTo
wb_marks_get_snap (WbMarks *self)
{
  g_return_val_if_fail (WB_IS_MARKS (self), 0);
  return self->snap;
}

void
wb_marks_set_window (WbMarks *self,
                     gint64   window)
{
  g_return_if_fail (WB_IS_MARKS (self) && window >= 0);
  self->window = window;
}

gint64
wb_marks_get_window (WbMarks *self)
{
  g_return_val_if_fail (WB_IS_MARKS (self), 0);
  return self->window;
}

static void
wb_marks_class_init (WbMarksClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", WB_TYPE_MARKS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_marks_init (WbMarks *self)
{
  self->anchor = self->head = -1;
  self->snap = WB_SNAP_EDGES;
}

WbMarks *
wb_marks_new (void)
{
  return g_object_new (WB_TYPE_MARKS, NULL);
}
