/* sig-riff.h: a bounded walk over the chunks of RIFF, RIFX, RF64, BW64, W64, AIFF and CAF files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-file.h"

G_BEGIN_DECLS

#define SIG_RIFF_MAX_CHUNKS 4096

/* How a family of containers writes its chunks. */
typedef struct
{
  guint    id_bytes;      /* 4, or 16 where identifiers are GUIDs; the first 4 are kept */
  guint    size_bytes;    /* 4 or 8 */
  gboolean big_endian;
  gboolean size_has_head; /* the size counts the chunk's own identifier and size */
  guint    align;         /* chunks start at multiples of this from the first one */
} SigRiffStyle;

typedef struct
{
  char    id[5];      /* four bytes of the file and a NUL; not always printable */
  gint64  offset;     /* of the content */
  guint64 size;       /* declared, of the content */
  gboolean inside;    /* the content ends inside the file */
} SigRiffChunk;

/* A walk in progress: a plain value, on the stack. */
typedef struct
{
  const SigFile *file;
  SigRiffStyle   style;
  gint64         first;
  gint64         next;
  guint          n_chunks;
} SigRiffWalk;

void     sig_riff_walk_init (SigRiffWalk *self, const SigFile *file, const SigRiffStyle *style, gint64 first);

/* Gives the next chunk and TRUE; FALSE at the end, which is also where a chunk reaches past the
 * file: such a chunk is given once, with `inside` FALSE. More than SIG_RIFF_MAX_CHUNKS chunks are an
 * error. An id of "data" with a size that means "to the end" is up to the caller: it may set `next`. */
gboolean sig_riff_walk_next (SigRiffWalk *self, SigRiffChunk *chunk, GError **error);

/* Continues after a chunk whose real size is not the one in its header. */
void     sig_riff_walk_skip (SigRiffWalk *self, const SigRiffChunk *chunk, guint64 size);

/* Appends the identifier and the size of a chunk whose content is `size` bytes; for identifiers of 4 bytes. */
void     sig_riff_put_head  (GByteArray *out, const SigRiffStyle *style, const char *id, guint64 size);

/* The id for messages, with anything that is not printable as "?". */
const char *sig_riff_chunk_name (SigRiffChunk *chunk);

G_END_DECLS
