/* sig-import.h: opens files that do not say how they are to be read, or say it wrong
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-columns.h"
#include "sig-scalar.h"
#include "sig-sniff.h"

G_BEGIN_DECLS

#define SIG_MAX_SKIPPED_LINES 1000000

/* How a table of text is written. A plain value; what `roles` points to is the caller's. */
typedef struct
{
  char           separator;   /* ',' ';' '\t' '|', or ' ' for any run of blanks */
  SigTableStyle  style;
  gboolean       has_header;
  gint64         skip_lines;  /* before the header or the first row */
  double         rate_hz;     /* 0: the time column's, or the one that the file states */
  guint          n_columns;   /* 0: the role of every column is guessed; else `roles` has one for each */
  const SigRole *roles;
} SigTableFormat;

/* How numbers lie in a file that holds nothing else. A plain value. */
typedef struct
{
  SigScalarKind kind;
  gboolean      big_endian;
  gboolean      planar;       /* FALSE: all channels of step 0, then of step 1; TRUE: all steps of channel 0 first */
  gint64        header_bytes; /* before the first number */
  guint         n_channels;
  double        rate_hz;      /* 0: not known */
} SigRawFormat;

/* Whether a file looks like text. */
gboolean sig_import_is_text     (const char *path);

/* A guess from the first numbers of a file: the kind that makes them look like a recording, the channels that divide it. */
gboolean sig_import_guess_raw   (const char *path, SigRawFormat *format, GError **error);

/* Blocking, as sig_reader_open(), but by that format and nothing else; `hooks` (nullable). */
gboolean sig_import_open_table  (const char *path, const SigTableFormat *format, const SigReadHooks *hooks,
                                 SigContent *content, GError **error);
gboolean sig_import_open_raw    (const char *path, const SigRawFormat *format, const SigReadHooks *hooks,
                                 SigContent *content, GError **error);

/* Whether the rate is one that may be (0: not known), and the file can hold what the format says. */
gboolean sig_import_check_rate  (const SigFile *file, double rate_hz, GError **error);
gboolean sig_import_check_raw   (const SigRawFormat *format, const SigFile *file, GError **error);

/* The whole steps that a file of that many bytes holds under a format, and the bytes that are left over. */
gint64   sig_import_count_steps (const SigRawFormat *format, gint64 n_bytes, gint64 *n_left);

/* For readers and previews: the text as UTF-8, with `*offset` behind a byte order mark and `skip_lines` lines (transfer full). */
SigFile *sig_import_decode      (SigFile *file, gint64 skip_lines, SigReading *reading, gint64 *offset, GError **error)
                                 G_GNUC_WARN_UNUSED_RESULT;

/* Finds out how a text is written from byte `*offset` on, past the lines before its table: moves `*offset` behind those, and
 * fills `format`, which must be empty. */
gboolean sig_import_sniff       (SigFile *text, gint64 *offset, SigTableFormat *format, SigSniff *sniff, GError **error);

/* Reads a text from byte `offset` on. `sniff`: what the file states before its rows. Makes `columns` and `table`, which the
 * caller clears, columns first. */
gboolean sig_import_read_table  (SigFile *text, gint64 offset, const SigTableFormat *format, const SigSniff *sniff,
                                 SigReading *reading, SigTable *table, SigColumns *columns, GError **error);

G_END_DECLS
