/* nn-h5-reader.h: arrays of numbers out of the HDF5 files that Keras writes, from bytes that need not be honest
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-types.h"

G_BEGIN_DECLS

/* Private to exchange. Reads what Keras' files are made of, and nothing else: superblock 0, groups as symbol tables, contiguous
 * or compact arrays of 32- or 64-bit floats, and single whole numbers (HDF5 File Format Specification 3.0, versions 0 and 1 of
 * its structures). Links, chunks, filters, external storage and shared messages are refused. It is not libhdf5 because that
 * library crashes on damaged files.
 *
 * Nothing is allocated by what a file declares, every byte is looked at through a check of its place, and `budget` bounds
 * the work. A plain value that borrows the bytes. */
typedef struct
{
  const guint8 *bytes;
  gsize         length;
  guint64       root;   /* place of the root group's object header */
  guint         budget; /* nodes, entries and messages that may still be looked at */
} NnH5Reader;

/* NN_ERROR_SYNTAX where this is not such a file. */
gboolean nn_h5_reader_open        (NnH5Reader *self, const guint8 *bytes, gsize length, GError **error);

/* How many members the group at `path` ("layers/dense/vars") has; -1 where there is no such group, -2 with NN_ERROR_SYNTAX
 * where the file is damaged. */
int      nn_h5_reader_count       (NnH5Reader *self, const char *path, GError **error);

/* Fills `out` with the numbers of the array at `path`, which must have exactly `shape`, row-major. NN_ERROR_SYNTAX where
 * it is not there, has another shape or is stored in a way that is not read; NN_ERROR_RANGE where a number is not finite. */
gboolean nn_h5_reader_read_floats (NnH5Reader *self, const char *path, const NnShape *shape, float *out, GError **error);

/* The same of a single whole number of 32 or 64 bits. */
gboolean nn_h5_reader_read_whole  (NnH5Reader *self, const char *path, gint64 *out, GError **error);

/* Whether the array at `path` is a single number. */
gboolean nn_h5_reader_is_single   (NnH5Reader *self, const char *path);

G_END_DECLS
