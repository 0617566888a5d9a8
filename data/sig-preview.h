/* sig-preview.h: the first rows of a file as an import would read them, for somebody to look at before it does
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-import.h"

G_BEGIN_DECLS

#define SIG_PREVIEW_ROWS 12

/* A plain value; free with sig_preview_free(). */
typedef struct
{
  SigTableFormat format;    /* of a table: what is in force, with the role of every column */
  SigRole       *roles;     /* what `format` points to */
  SigRawFormat   raw;       /* of numbers: what is in force */
  gboolean       ambiguous; /* the decimal sign cannot be told: somebody must say */
  guint          n_columns;
  char         **names;     /* n_columns, NULL-terminated */
  GPtrArray     *rows;      /* of char **, NULL-terminated; rows of another length have as many fields as they have */
  char          *summary;   /* (nullable): what the first rows give, in a sentence */
  char          *problem;   /* (nullable): why they cannot be read so */
} SigPreview;

/* Blocking; reads the first 64 KiB behind what is skipped. `format` NULL: all is guessed. Fails where the file cannot be read at
 * all; a format that does not fit it is a `problem` of the preview. */
SigPreview *sig_preview_table (const char *path, const SigTableFormat *format, GError **error) G_GNUC_WARN_UNUSED_RESULT;
SigPreview *sig_preview_raw   (const char *path, const SigRawFormat *format, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        sig_preview_free  (SigPreview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigPreview, sig_preview_free)

G_END_DECLS
