/* sig-classes.h: turns the values or words of a label column into a label track
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"
#include "sig-labels.h"

G_BEGIN_DECLS

/* Collects distinct words in the order in which they come. Mutable, one owner. */
typedef struct
{
  GPtrArray  *words; /* of char * */
  GHashTable *index;
} SigClassWords;

void       sig_class_words_init    (SigClassWords *self);
void       sig_class_words_clear   (SigClassWords *self);

/* A class name as text files write it, numbers under one spelling ("1" for "1.0"); NULL where the label
 * is missing (transfer full). */
char      *sig_class_dup_word      (const char *text, gsize len, char decimal) G_GNUC_WARN_UNUSED_RESULT;

/* What two names have in common that differ only in case, in blanks, or in how their letters are composed (transfer full). */
char      *sig_class_fold          (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* A spreadsheet runs cells that begin with = + - or @ and are no number. Such words are written with an apostrophe before them,
 * and so are those that already look as if that had been done. */
gboolean   sig_class_needs_apostrophe (const char *word);

/* Takes the apostrophe off again; consumes and gives the word (transfer full). */
char      *sig_class_strip_apostrophe (char *word) G_GNUC_WARN_UNUSED_RESULT;

/* What files call steps of which nobody can tell the class. */
#define SIG_CLASS_DONT_KNOW "don't know"

/* Whether a word says that, with an apostrophe of either kind; case does not count. */
gboolean   sig_class_is_dont_know  (const char *word);

/* The code of a word, new or known; SIG_DONT_KNOW for a word that says so, SIG_UNLABELLED when it would be one class more than
 * SIG_MAX_CLASSES. */
int        sig_class_words_add     (SigClassWords *self, const char *word);

/* Sorts the words, by value where all are whole numbers and else by name; code `i` becomes result[i] (transfer full, g_free). */
int       *sig_class_words_sort    (SigClassWords *self) G_GNUC_WARN_UNUSED_RESULT;

/* `codes` has one code (or SIG_UNLABELLED) per step and is changed. The words are sorted unless `keep_order`. */
SigLabels *sig_classes_from_codes  (gint32 *codes, gint64 n_steps, SigClassWords *words, gboolean keep_order)
                                    G_GNUC_WARN_UNUSED_RESULT;

/* One class a distinct value · scale, which must be whole; NaN is unlabelled. NULL and an error that names `what` otherwise. */
SigLabels *sig_classes_from_values (const float *values, gint64 n_steps, double scale, const char *what,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same labels, with the quiet colour for the class that has the most steps, and its colour for the one that was quiet: in
 * files classes stand in the order of their names. A first class that is called 0 stays quiet (transfer full). */
SigLabels *sig_classes_with_quiet  (const SigLabels *labels) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE when there are 2 to 16 distinct values, all whole and in 0 … 255, each twice on average: a column of labels, by
 * the look of it. */
gboolean   sig_classes_is_few      (const float *values, gsize stride, gint64 n_steps);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SigClassWords, sig_class_words_clear)

G_END_DECLS
