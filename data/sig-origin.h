/* sig-origin.h: the files that a recording came from, as they were when it was opened
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-damage.h"
#include "sig-file.h"

G_BEGIN_DECLS

/* Immutable, but for the damage that reading finds, and atomically ref-counted. */
typedef struct _SigOrigin SigOrigin;

/* (nullable): NULL for what is no file on a disk, bytes in memory. `damage` (nullable, a ref is taken) grows later. */
SigOrigin *sig_origin_new          (const SigFile *file, SigDamage *damage) G_GNUC_WARN_UNUSED_RESULT;

/* The files of all `n` (each nullable), of recordings that were made one; NULL when there is none. */
SigOrigin *sig_origin_join         (SigOrigin *const *origins, guint n) G_GNUC_WARN_UNUSED_RESULT;
SigOrigin *sig_origin_ref          (SigOrigin *self);
void       sig_origin_unref        (SigOrigin *self);

guint       sig_origin_get_n       (const SigOrigin *self);
const char *sig_origin_get_path    (const SigOrigin *self, guint index); /* as it was opened, made absolute */

/* Asks the disk what became of the files: by their names, sizes, times and inodes, not by what they hold. A sentence on the first
 * that is not as it was (transfer full), NULL while all are. Blocks as long as the disk does. */
char      *sig_origin_dup_change   (const SigOrigin *self) G_GNUC_WARN_UNUSED_RESULT;

/* Sentences on what reading the samples has found damaged so far, each with its file's name (transfer full); NULL for nothing. */
char      *sig_origin_dup_damage   (const SigOrigin *self) G_GNUC_WARN_UNUSED_RESULT;

/* (nullable): the path of a file that is there twice, under whatever names. */
const char *sig_origin_find_twice  (const SigOrigin *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigOrigin, sig_origin_unref)

G_END_DECLS
