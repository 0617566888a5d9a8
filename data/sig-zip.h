/* sig-zip.h: the members of a zip archive as files to read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

#define SIG_ZIP_MAX_MEMBERS 10000

/* One owner. Nothing is ever unpacked to a disk. */
typedef struct _SigZip SigZip;

/* Refuses what is damaged, names a member twice, or has more members than SIG_ZIP_MAX_MEMBERS. */
SigZip     *sig_zip_open        (SigFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void        sig_zip_close       (SigZip *self);

guint       sig_zip_get_n       (const SigZip *self);
const char *sig_zip_get_name    (const SigZip *self, guint index); /* UTF-8 */

/* A member: where it is stored a part of the archive, read as it is asked for; where it is deflated, in memory. Its name is
 * that of the archive, a colon and its own. Encrypted members, other methods, and those that would grow beyond measure are
 * refused before anything is allocated. */
SigFile    *sig_zip_open_member (SigZip *self, guint index, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SigZip, sig_zip_close)

G_END_DECLS
