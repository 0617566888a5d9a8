/* sig-event-columns.h: which column of a list of labels says what, by the names that other programs give them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-csv.h"

G_BEGIN_DECLS

/* What a column says. Starts and lengths in steps may stand beside those in seconds. */
typedef enum
{
  SIG_EVENT_START,
  SIG_EVENT_END,
  SIG_EVENT_LENGTH,
  SIG_EVENT_START_STEP,
  SIG_EVENT_END_STEP,
  SIG_EVENT_N_STEPS,
  SIG_EVENT_NAME,
  SIG_EVENT_CHANNEL,
  SIG_EVENT_N_ROLES,
} SigEventRole;

/* A list with a header; a plain value. */
typedef struct
{
  SigDialect dialect;
  guint      n_columns;
  int        column[SIG_EVENT_N_ROLES]; /* -1: there is none */
  double     unit_s[SIG_EVENT_N_ROLES]; /* seconds that 1 in the column means, of those in seconds */
  gboolean   in_comment;                /* the header is a comment, as MNE writes it: the first row is data */
} SigEventColumns;

/* Looks for a start with an end, a length or a name, as in onset, duration, trial_type (BIDS); type, onset, duration (MNELAB);
 * name, start_seconds, stop_seconds (DAS); position, duration, channel, type, name (SigViewer). FALSE when the first line is no
 * such header. `start` is where the text begins. */
gboolean sig_event_columns_find (SigEventColumns *self, SigFile *file, gint64 start);

/* Whether it can be nothing but a list of labels: it has a start, an end or length, and a name. */
gboolean sig_event_columns_are_sure (const SigEventColumns *self);

G_END_DECLS
