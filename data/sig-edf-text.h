/* sig-edf-text.h: the fields of fixed width that EDF and BDF headers are made of
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"

G_BEGIN_DECLS

/* What had to be mended in the fields of a header. */
typedef enum
{
  SIG_EDF_COMMA,   /* a decimal comma in a number */
  SIG_EDF_CONTROL, /* tabs, NULs and the like */
  SIG_EDF_LATIN1,  /* bytes that are no UTF-8 */
  SIG_EDF_FLAT,    /* a minimum that is the maximum */
  SIG_EDF_N_REPAIRS
} SigEdfRepair;

/* A header in memory, and the repairs so far; on the stack, one thread. Clear with sig_edf_text_clear(). */
typedef struct
{
  const SigFile *file;
  const guint8  *bytes;
  gsize          size;
  guint          n_repairs[SIG_EDF_N_REPAIRS];
  char          *first[SIG_EDF_N_REPAIRS]; /* the first field that needed it */
} SigEdfText;

/* Where a field is and what people call it. */
typedef struct
{
  const char *name;
  guint       signal; /* from 1; 0: a field of the whole file */
  gsize       offset;
  gsize       n;
} SigEdfField;

/* Bytes as UTF-8, with control characters as blanks and without blanks around it; anything that is not UTF-8 is read as
 * Latin-1. `repairs` (nullable) gets the bits 1 << SigEdfRepair (transfer full). */
char    *sig_edf_dup_text         (const guint8 *bytes, gsize n, guint *repairs) G_GNUC_WARN_UNUSED_RESULT;

/* The text of a field, which must lie inside the header (transfer full). */
char    *sig_edf_text_dup         (SigEdfText *self, const SigEdfField *field) G_GNUC_WARN_UNUSED_RESULT;

/* The finite number in a field; FALSE with the field's name and place when there is none. */
gboolean sig_edf_text_get_number  (SigEdfText *self, const SigEdfField *field, double *value, GError **error);

/* The whole number in a field, from `low` to `high`. */
gboolean sig_edf_text_get_whole   (SigEdfText *self, const SigEdfField *field, gint64 low, gint64 high, gint64 *value,
                                   GError **error);

/* Counts a repair of a field. */
void     sig_edf_text_repaired    (SigEdfText *self, const SigEdfField *field, SigEdfRepair repair);

/* Sets an error on a field: "physical minimum of signal 3 (byte 1,234) is “abc”, …". */
void     sig_edf_text_fail        (SigEdfText *self, const SigEdfField *field, GError **error, const char *format, ...)
                                   G_GNUC_PRINTF (4, 5);

/* Notes the repairs, one sentence for each kind. */
void     sig_edf_text_note        (const SigEdfText *self, SigReading *reading);
void     sig_edf_text_clear       (SigEdfText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigEdfText, sig_edf_text_clear)

G_END_DECLS
