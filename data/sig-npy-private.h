/* sig-npy-private.h: the grammar of an NPY header, for arrays of one type and of records
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-npy.h"

G_BEGIN_DECLS

#define SIG_NPY_MAX_STRING 63

/* What is left of a header: a Python literal, and nothing but that. */
typedef struct
{
  const char *at;
  const char *end;
} SigNpyText;

void      sig_npy_text_skip_space  (SigNpyText *self);

/* Each moves behind what it takes; FALSE where that does not come next. A string is quoted and has no escapes; a shape is a tuple
 * of whole numbers that are not negative, behind which Python 2 wrote an L; of a list the brackets are counted, and `out` is what
 * stands between them. */
gboolean  sig_npy_text_take        (SigNpyText *self, char c);
gboolean  sig_npy_text_take_word   (SigNpyText *self, const char *word);
gboolean  sig_npy_text_take_string (SigNpyText *self, char out[SIG_NPY_MAX_STRING + 1]);
gboolean  sig_npy_text_take_shape  (SigNpyText *self, guint *rank, gint64 shape[SIG_NPY_MAX_RANK]);
gboolean  sig_npy_text_take_list   (SigNpyText *self, SigNpyText *out);

/* The header: shape, order and offset in `out`, the type as text, or as the list of its fields, which lies in the text that is
 * returned (transfer full). */
char     *sig_npy_read_header      (SigFile *file, SigNpy *out, char descr[SIG_NPY_MAX_STRING + 1], SigNpyText *list,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a type such as "<f4": byte order, kind, bytes. */
gboolean  sig_npy_set_type         (const SigFile *file, const char *descr, SigScalar *out, GError **error);

/* The characters of a word, which NULs fill up: Latin-1 where each has a byte, else UTF-32 (transfer full). */
char     *sig_npy_dup_word         (const guint8 *bytes, gsize width, gsize size,
                                    gboolean big_endian) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
