/* sig-tal.h: time-stamped annotation lists, the text in the annotation signals of EDF+ and BDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A list is "+onset[\x15duration]\x14text\x14text\x14…\0", seconds from the start of the file; zeros fill the rest. */

/* Told of each text of a list; `duration_s` is NaN where there is none. `text` is not empty. */
typedef void (*SigTalFunc) (gpointer user_data, double onset_s, double duration_s, const char *text);

/* What else was in the bytes. */
typedef struct
{
  gboolean has_first; /* they begin with a list whose first text is empty: it says when the record began */
  double   first_s;
  guint    n_bad;     /* lists that end nowhere, or whose times are no times: left out */
} SigTal;

/* Reads the bytes that one annotation signal has in one record. `tell` (nullable). */
void  sig_tal_parse  (const guint8 *bytes, gsize n, SigTal *self, SigTalFunc tell, gpointer user_data);

/* Appends a list with one text, or the one without text that a record begins with (NULL). Times are written with as many
 * decimals as needed, at most `decimals`; `duration_s` NaN or negative: none. Bytes that mean something to the format
 * become blanks. */
void  sig_tal_append (GByteArray *bytes, double onset_s, double duration_s, guint decimals, const char *text);

G_END_DECLS
