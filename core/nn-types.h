/* nn-types.h: shapes, values, limits and forward typedefs shared by the whole core; no functions
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define NN_MAX_RANK   4    /* axes of one window, without the batch axis */
#define NN_MAX_BLOCKS 256  /* blocks in one design */
#define NN_MAX_ARGS   24   /* arguments of one block */
#define NN_MAX_INPUTS 5    /* outputs that one block reads: of the block above, and of four earlier ones */
#define NN_UNLABELLED (-1) /* the class of a step that carries no loss and no score */

/* The extents of one window: time first, channels last, no batch axis. Rank 0
 * means "not known". A plain value: copy it. */
typedef struct
{
  int    rank;
  gint64 dim[NN_MAX_RANK];
} NnShape;

/* Steps of a window: `first`, `first + every`, … Those beyond the window are its last. Where n is 0: all of the window's. */
typedef struct
{
  gint64 first, every, n;
} NnPlaces;

/* A block's name for life: never 0, never reused inside a design and those
 * derived from it, so that weights and selections can follow a block through edits. */
typedef guint32 NnBlockId;

#define NN_BLOCK_GONE G_MAXUINT32 /* an id that no block ever has, for what names a block that is not there */

typedef enum
{
  NN_ARG_INT,      /* one whole number */
  NN_ARG_INT_PAIR, /* two whole numbers, as Keras writes (2, 3) */
  NN_ARG_INT_LIST, /* 1 to NN_MAX_RANK whole numbers */
  NN_ARG_REAL,     /* one real number */
  NN_ARG_BOOL,
  NN_ARG_CHOICE,   /* index into NnArg.choices */
  NN_ARG_BLOCK_LIST, /* the NnBlockIds of 0 to NN_MAX_RANK earlier blocks; 0 is the design's Input */
} NnArgType;

/* The value of one argument. Which members count depends on the argument's type:
 * REAL uses `real`; all others use the first `n` of `whole`. */
typedef struct
{
  int    n;
  gint64 whole[NN_MAX_RANK];
  double real;
} NnValue;

typedef struct _NnKind   NnKind;
typedef struct _NnBlock  NnBlock;
typedef struct _NnDesign NnDesign;
typedef struct _NnCheck  NnCheck;
typedef struct _NnModel  NnModel;
typedef struct _NnPool   NnPool;

G_END_DECLS
