/* nn-h5-walk.h: the inside of an HDF5 file: bytes, object headers and groups
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-h5-reader.h"

G_BEGIN_DECLS

/* Private to nn-h5-*.c. */

#define NN_H5_UNDEFINED G_MAXUINT64 /* a place that is none */

/* How a search ended. */
typedef enum { NN_H5_FOUND, NN_H5_ABSENT, NN_H5_DAMAGED } NnH5Outcome;

/* One message of an object header. */
typedef struct
{
  guint         type;
  gboolean      shared; /* `data` says where it is instead */
  const guint8 *data;
  gsize         size;
} NnH5Message;

/* Called for each message; FALSE ends the walk as damaged. */
typedef gboolean (*NnH5MessageFunc) (NnH5Reader *reader, const NnH5Message *message, gpointer data);

/* Called for each member of a group with its name and the place of its object header; FALSE ends the walk as found. */
typedef gboolean (*NnH5MemberFunc) (const char *name, guint64 header, gpointer data);

/* `n` bytes at `at`; NULL where they are not all there. */
const guint8 *nn_h5_look          (const NnH5Reader *reader, guint64 at, guint64 n);

/* A little-endian number of `n` bytes, 1 to 8. */
guint64       nn_h5_get           (const guint8 *bytes, guint n);

/* FALSE where the object header makes no sense, or `func` says so. */
gboolean      nn_h5_walk_messages (NnH5Reader *reader, guint64 header, NnH5MessageFunc func, gpointer data);

/* ABSENT where all members were seen; `*is_group` (nullable) says whether the object is a group at all. */
NnH5Outcome   nn_h5_walk_group    (NnH5Reader *reader, guint64 header, NnH5MemberFunc func, gpointer data, gboolean *is_group);

/* The object header at `path`. A soft link has none: its entry says "undefined", which is no place in the file. */
NnH5Outcome   nn_h5_find          (NnH5Reader *reader, const char *path, guint64 *header);

G_END_DECLS
