/* nn-kind.h: what kinds of blocks there are and which arguments they take; read-only, for palette, inspector and files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* One argument of a kind. Static data. */
typedef struct
{
  const char        *name;     /* Keras' name: "kernel_size" */
  const char        *label;    /* for people: "Kernel size" */
  const char        *help;     /* one sentence */
  NnArgType          type;
  NnValue            fallback; /* the value a new block gets */
  double             min, max; /* the range allowed for each number, both included */
  const char *const *choices;  /* CHOICE: NULL-terminated, Keras' words; else NULL */
  gboolean           quiet;    /* left out of a block's short text while it has its fallback */
  gboolean           advanced; /* few need it: the inspector shows it on demand only */
} NnArg;

/* One kind of block. Static data; compare kinds by pointer. */
struct _NnKind
{
  const char  *name;    /* Keras' class name: "Conv1D" */
  const char  *group;   /* palette heading: "Convolution", "Pooling", "Recurrent", "Dense", "Shape", "Merging", "Normalisation",
                         * "Regularisation", "Activation" */
  const char  *summary; /* one sentence: what it does to a recording */
  const NnArg *args;
  guint        n_args;
  gboolean   (*wraps) (const NnKind *inner); /* (nullable): whether it may hold a block of that kind; NULL: it holds none */
  gboolean     alone;   /* cannot be held: it reads other blocks too */
};

/* The kinds in palette order; NULL past the end. */
const NnKind *nn_kind_nth         (guint i);
guint         nn_kind_count       (void);

/* (nullable): NULL for a name outside the table. Case counts. */
const NnKind *nn_kind_find        (const char *name);

/* Whether a block of this kind may hold one of the other. */
gboolean      nn_kind_accepts     (const NnKind *self, const NnKind *inner);

/* The index of an argument; -1 where the kind has none of that name. */
int           nn_kind_find_arg    (const NnKind *self, const char *name);

/* The index of the argument that names earlier blocks (NN_ARG_BLOCK_LIST), which makes it a merge; -1 for all other kinds. */
int           nn_kind_find_sources (const NnKind *self);

/* Whether `value` is in the argument's range; if not, `*message` (nullable) gets a
 * sentence with the name, the value found and the range allowed. Pair and list
 * elements are each checked. */
gboolean      nn_arg_check_value  (const NnArg *self, const NnValue *value, char **message);

/* The value as a person reads it: "8", "(1, 4)", "same", "yes". */
char         *nn_arg_value_to_text (const NnArg *self, const NnValue *value) G_GNUC_WARN_UNUSED_RESULT;

/* Reads a person's text; decimal comma is accepted for REAL, "1, 4", "(1, 4)" and
 * "1 × 4" for pairs and lists. NN_ERROR_SYNTAX or NN_ERROR_RANGE. */
gboolean      nn_arg_value_from_text (const NnArg *self, const char *text, NnValue *value, GError **error);

gboolean      nn_value_equal      (const NnValue *a, const NnValue *b);
NnValue       nn_value_whole      (gint64 a);
NnValue       nn_value_pair       (gint64 a, gint64 b);
NnValue       nn_value_real       (double a);

G_END_DECLS
