/* sig-columns.h: what each column of a table is: a channel, the labels, time, a counter or nothing of use
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-table.h"

G_BEGIN_DECLS

typedef enum
{
  SIG_ROLE_CHANNEL,
  SIG_ROLE_LABEL,
  SIG_ROLE_TIME,
  SIG_ROLE_COUNTER,  /* packet and row numbers */
  SIG_ROLE_CONSTANT,
  SIG_ROLE_TEXT,
  SIG_ROLE_OTHER,    /* known to be no signal: digital pins, markers */
} SigRole;

/* The columns of one table. Clear with sig_columns_clear(). */
typedef struct
{
  SigTable   *table;  /* borrowed */
  SigRole    *roles;
  char      **names;  /* of the channels where the file has none (nullable); n_columns entries, nullable */
  const char *unit;   /* of all channels (nullable): NULL where each has its column's */
  double      rate_hz; /* 0: not known */
  gint64      start_us; /* as sig_recording_get_start_us() */
  gboolean    keep_class_order;
  SigPace    *paces;  /* (nullable): n_columns of them, where rows of channels are not all as far apart */
  const SigTableColumn *parting; /* (nullable, borrowed): the column of time whose jumps part the recording */
  GArray     *segments; /* (nullable): of SigSegment, between those jumps */
} SigColumns;

/* Roles that somebody chose, one for each column; none: they are guessed. */
typedef struct
{
  const SigRole *roles;
  guint          n_columns;
} SigColumnRoles;

/* A SigTableSetup: decides from the first row which columns hold text and which one holds class names. `user_data`: the
 * SigColumnRoles. */
void     sig_columns_setup       (SigTable *table, const SigField *first_row, gpointer user_data);

/* Gives every column its role. `chosen` (nullable). */
void     sig_columns_init        (SigColumns *self, SigTable *table, gboolean has_header, const SigColumnRoles *chosen);
void     sig_columns_clear       (SigColumns *self);

/* Finds the rate, unless it is known: a regular time column's, else the one that the file states (0: none). And the start, by a
 * clock with a date. */
void     sig_columns_find_rate   (SigColumns *self, double stated_hz, SigReading *reading);

/* Makes the recording and the labels, and notes which columns were left out. */
gboolean sig_columns_make        (SigColumns *self, const SigFile *file, SigReading *reading,
                                  SigContent *content, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigColumns, sig_columns_clear)

G_END_DECLS
