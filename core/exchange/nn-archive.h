/* nn-archive.h: a zip archive in memory: the container of .keras files and of projects
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing is ever unpacked to a disk: members are found by their names and read into memory. */
typedef struct _NnArchive NnArchive;

/* Borrows the bytes for as long as the archive lives. NN_ERROR_SYNTAX where they are no zip archive or name a member twice. */
NnArchive *nn_archive_open   (const guint8 *bytes, gsize length, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       nn_archive_close  (NnArchive *self);

/* A member, which may be stored or deflated (transfer full). Before anything is allocated its size is held against `most`,
 * and against a hundred times the bytes it takes in the archive. NN_ERROR_SYNTAX, NN_ERROR_TOO_LARGE. */
GBytes    *nn_archive_read   (NnArchive *self, const char *name, gsize most, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One member to be written; borrowed. */
typedef struct
{
  const char *name;
  const void *bytes;
  gsize       length;
} NnArchiveItem;

/* (transfer full): an archive of stored members, all dated 1980-01-01: the same items give the same bytes. */
guint8    *nn_archive_write  (const NnArchiveItem *items, guint n_items, gsize *length, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnArchive, nn_archive_close)

G_END_DECLS
