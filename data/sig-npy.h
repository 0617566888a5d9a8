/* sig-npy.h: the header of an NPY file, read by a fixed grammar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-reading.h"
#include "sig-scalar.h"

G_BEGIN_DECLS

#define SIG_NPY_MAX_RANK  32
#define SIG_NPY_MAX_WORDS 1024
#define SIG_NPY_MAX_WORD  256

typedef struct
{
  SigScalar scalar;
  gboolean  fortran;   /* the first axis runs fastest */
  guint     rank;
  gint64    shape[SIG_NPY_MAX_RANK];
  gint64    n_items;   /* all numbers; they are known to lie inside the file */
  gint64    offset;    /* of the first number */
} SigNpy;

/* Reads the header and checks that what it declares is there. Python objects, complex numbers, text, dates and
 * structures are refused in words. */
gboolean   sig_npy_parse             (SigFile *file, SigReading *reading, SigNpy *out, GError **error);

/* An array of no axis or of one item as a number; FALSE for any other. */
gboolean   sig_npy_parse_number      (SigFile *file, double *value);

/* An array of one axis that holds words, at most SIG_NPY_MAX_WORDS of at most SIG_NPY_MAX_WORD characters; NULL for any other. */
char     **sig_npy_dup_words         (SigFile *file) G_GNUC_WARN_UNUSED_RESULT;

/* The shape as NumPy writes it: "(146, 400, 14)" (transfer full). */
char      *sig_npy_dup_shape         (const SigNpy *self) G_GNUC_WARN_UNUSED_RESULT;
char      *sig_npy_shape_to_text     (const gint64 *shape, guint rank) G_GNUC_WARN_UNUSED_RESULT;

/* Opens an array whose rate somebody knows (0: nobody). */
gboolean   sig_reader_npy_open_at_rate (SigFile *file, double rate_hz, SigReading *reading, SigContent *content, GError **error);

/* An NPY of classes as the labels of a recording: its y. */
SigLabels *sig_reader_npy_open_labels (SigFile *file, const SigRecording *recording, SigReading *reading,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
