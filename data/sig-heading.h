/* sig-heading.h: what stands above the rows of a table: lines that are none of it, names, units
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name that a header has less than its rows have fields. */
typedef enum
{
  SIG_LACK_NOTHING,
  SIG_LACK_FIRST, /* of a column that counts the rows, as R writes it */
  SIG_LACK_LAST,  /* of an empty one, behind a separator that ends each row */
} SigLack;

/* A plain value. */
typedef struct
{
  guint    n_fields;   /* of the commonest row */
  guint    n_agreeing; /* rows with that many */
  guint    n_before;   /* rows before the header, or before the first row, that are none of the table's */
  gboolean has_header;
  SigLack  lack;
} SigHeading;

/* `rows`: the first ones of a text, each a char **. */
void     sig_heading_find          (GPtrArray *rows, SigHeading *out);

/* TRUE for "class", "label", "target" and their like. */
gboolean sig_heading_is_label_name (const char *name);

/* The fields of a header with a name put in where one is lacking (transfer full). */
char   **sig_heading_complete      (char **names, SigLack lack) G_GNUC_WARN_UNUSED_RESULT;

/* The names of `n` columns that the last line of `comments` gives, as NumPy's savetxt() writes them, or LabChart's line of
 * channel titles (transfer full); NULL where it gives something else. */
char   **sig_heading_from_comments (const char *comments, char separator, guint n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
