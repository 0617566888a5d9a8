/* wb-channels-private.h: the rows that the list of channels consists of
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "wb-lane-view.h"

#include "sig-recording.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a row, a GtkListBoxRow, is made of; it owns this. */
typedef struct
{
  guint      channel, place;
  char      *key;   /* its name, to be searched */
  int        color; /* shown; -1: none yet */
  double     span;  /* shown; -1: none yet */
  GtkWidget *check, *picker, *swatch, *scale, *unit;
} WbChannelRow;

GtkWidget    *wb_channel_row_new  (const SigRecording *recording, guint channel) G_GNUC_WARN_UNUSED_RESULT;
WbChannelRow *wb_channel_row_get  (gpointer row);

/* Of a row, or of its check box, button or entry. */
guint         wb_channel_row_get_channel (gpointer row_or_part);

/* Changes what differs: a list of a thousand rows follows a key that is held down. `span`: see wb_channel_row_show_span(). */
void          wb_channel_row_show (WbChannelRow *self, const SigRecording *recording, const WbLane *lane, double span);

/* The values that its lane is high; 0 where it has none. */
void          wb_channel_row_show_span (WbChannelRow *self, double span);

G_END_DECLS
