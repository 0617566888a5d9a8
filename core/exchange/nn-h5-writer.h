/* nn-h5-writer.h: groups and arrays of floats as the bytes of an HDF5 file
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* Private to exchange. One group, or one array: borrowed by the writer. */
typedef struct
{
  const char  *path;   /* "layers/dense/vars/0"; the groups above it are made where they are not there */
  NnShape      shape;
  const float *values; /* row-major; NULL: a group, or: */
  const gint64 *whole; /* a single whole number */
} NnH5Item;

/* (transfer full): an empty list of items for the writer that owns their paths. */
GArray   *nn_h5_items_new    (void) G_GNUC_WARN_UNUSED_RESULT;

/* Consumes `path`; `values` is borrowed. Returns the item, good until the next one is appended. */
NnH5Item *nn_h5_items_append (GArray *items, char *path, NnShape shape, const float *values);

/* (transfer full): a file in memory as HDF5's earliest version has it, without times or other marks of the day: the same
 * items give the same bytes. HDF5 has one state for the whole process: distributions build it with one lock around every call,
 * and of that this makes use; its own printing of errors is off for the calling thread meanwhile. NN_ERROR_TOO_LARGE
 * where HDF5 refuses, which with paths that are not there twice means memory. */
guint8 *nn_h5_write (const NnH5Item *items, guint n_items, gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
