/* sig-csv.h: splits delimited text into rows of fields, strictly and with line numbers
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

#define SIG_CSV_MAX_FIELD  (1024 * 1024) /* bytes of one field */
#define SIG_CSV_MAX_FIELDS 4096          /* in one row */

/* How a text is written. */
typedef struct
{
  char        separator; /* ' ' stands for any run of blanks */
  char        decimal;   /* '.' or ',' */
  const char *quotes;    /* characters that may quote a field; "" for none */
  const char *comments;  /* a line that begins with one of these is skipped */
  gint64      start;     /* where the text begins: after a byte order mark or a header */
  gint64      line;      /* the number of the line there, from 1 */
  gboolean    escapes;   /* a backslash between quotes stands before a quote or a backslash of the text */
} SigDialect;

/* Not terminated; blanks around it are gone, and so are its quotes. */
typedef struct
{
  char    *text;
  gsize    len;
  gboolean quoted;
  gboolean doubled; /* private: holds doubled or escaped quotes still to be made single */
} SigField;

/* One pass over a file; mutable, one owner. */
typedef struct _SigCsv SigCsv;

SigCsv         *sig_csv_new         (SigFile *file, const SigDialect *dialect) G_GNUC_WARN_UNUSED_RESULT;
void            sig_csv_free        (SigCsv *self);

/* Goes to the next row that is neither blank nor a comment; FALSE at the end, or with an error. */
gboolean        sig_csv_next        (SigCsv *self, GError **error);

/* The fields of the row, valid until the next call. */
const SigField *sig_csv_get_fields  (const SigCsv *self, guint *n_fields);

/* The line on which the row began, from 1. */
gint64          sig_csv_get_line    (const SigCsv *self);

/* The byte after the row: for progress. */
gint64          sig_csv_get_offset  (const SigCsv *self);

/* Blank lines that were skipped between rows. */
gint64          sig_csv_get_n_blank (const SigCsv *self);

/* A copy for messages: valid UTF-8 (Latin-1 is assumed where it is not), shortened to 40 characters (transfer full). */
char           *sig_field_dup_shown (const SigField *self) G_GNUC_WARN_UNUSED_RESULT;

/* The whole field as valid UTF-8 (transfer full). */
char           *sig_field_dup       (const SigField *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigCsv, sig_csv_free)

G_END_DECLS
