/* sig-sniff.h: finds out how a text file is written: encoding, separator, decimal sign, header
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-csv.h"
#include "sig-heading.h"
#include "sig-reading.h"

G_BEGIN_DECLS

typedef struct
{
  SigDialect dialect;
  gboolean   has_header;
  gboolean   ambiguous;  /* every comma among the numbers may set thousands apart or be the decimal sign: "1,234" */
  SigLack    lack;      /* the name that the header has less than its rows have fields */
  gint64     n_before;  /* lines before the header, or before the first row, that are none of the table's */
  char      *comments;  /* what stands before the table, and the comment lines before its first row */
  char     **names;     /* (nullable): of the columns, where a comment and no header gives them */
} SigSniff;

/* TRUE for a file that begins as text may: no control characters but blanks, and few further on, or the byte order mark of
 * UTF-16. */
gboolean sig_sniff_is_text (const SigFile *file);

/* The file itself, or its UTF-16 text as UTF-8 with a note; `*start` is behind a byte order mark (transfer full). */
SigFile *sig_sniff_decode (SigFile *file, SigReading *reading, gint64 *start, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Looks at the first rows from byte `start` on, which is line `line`. `separator`: the one that is known, NUL to find it. Where
 * it is ambiguous, the decimal sign is left a point. */
gboolean sig_sniff_dialect (SigFile *file, gint64 start, gint64 line, char separator, SigSniff *out, GError **error);
void     sig_sniff_clear   (SigSniff *self);

/* The number in a comment such as "Sample Rate = 250 Hz", 0 when there is none. */
double   sig_sniff_find_rate (const char *comments);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigSniff, sig_sniff_clear)

G_END_DECLS
