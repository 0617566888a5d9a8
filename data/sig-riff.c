/* sig-riff.c: a bounded walk over the chunks of RIFF, RIFX, RF64, BW64, W64, AIFF and CAF files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-riff.h"

#include <string.h>

#include "sig-bytes.h"

void
sig_riff_walk_init (SigRiffWalk        *self,
                    const SigFile      *file,
                    const SigRiffStyle *style,
                    gint64              first)
{
  *self = (SigRiffWalk) { .file = file, .style = *style, .first = first, .next = first };
}

/* Where the chunk after one of `size` bytes at `offset` starts; the end of the file when that is past it. */
static gint64
next_start (const SigRiffWalk *self,
            gint64             offset,
            guint64            size)
{
  gint64 end = sig_file_get_size (self->file);

  if (size > (guint64) (end - offset))
    return end;

  gint64 next = offset + (gint64) size, over = (next - self->first) % self->style.align;

  if (over != 0)
    next += self->style.align - over;
  return MIN (next, end);
}

void
sig_riff_walk_skip (SigRiffWalk        *self,
                    const SigRiffChunk *chunk,
                    guint64             size)
{
  self->next = next_start (self, chunk->offset, size);
}

gboolean
sig_riff_walk_next (SigRiffWalk  *self,
                    SigRiffChunk *chunk,
                    GError      **error)
{
  guint head_bytes = self->style.id_bytes + self->style.size_bytes;
  gint64 end = sig_file_get_size (self->file);
  guint8 head[24];

  if (self->next > end - head_bytes)
    return FALSE;
  if (++self->n_chunks > SIG_RIFF_MAX_CHUNKS)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has more than %d chunks", SIG_RIFF_MAX_CHUNKS);
      return FALSE;
    }
  if (!sig_file_read (self->file, self->next, head_bytes, head, error))
    return FALSE;

  SigBytes bytes = { .data = head, .size = head_bytes, .big_endian = self->style.big_endian };
  guint32 small;

  memset (chunk, 0, sizeof *chunk);
  chunk->offset = self->next + head_bytes;
  if (!sig_bytes_copy (&bytes, 4, (guint8 *) chunk->id) || !sig_bytes_skip (&bytes, self->style.id_bytes - 4))
    return FALSE;
  if (self->style.size_bytes == 8)
    {
      if (!sig_bytes_get_u64 (&bytes, &chunk->size))
        return FALSE;
    }
  else if (sig_bytes_get_u32 (&bytes, &small))
    chunk->size = small;

  if (self->style.size_has_head)
    {
      if (chunk->size < head_bytes)
        {
          sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "chunk “%s” says it takes %" G_GUINT64_FORMAT
                         " bytes, at least %u are needed", sig_riff_chunk_name (chunk), chunk->size, head_bytes);
          return FALSE;
        }
      chunk->size -= head_bytes;
    }
  chunk->inside = chunk->size <= (guint64) (end - chunk->offset);
  self->next = next_start (self, chunk->offset, chunk->size);
  return TRUE;
}

void
sig_riff_put_head (GByteArray         *out,
                   const SigRiffStyle *style,
                   const char         *id,
                   guint64             size)
{
  g_byte_array_append (out, (const guint8 *) id, 4);
  for (guint i = 0; i < style->size_bytes; i++)
    {
      guint8 byte = (guint8) (size >> 8 * (style->big_endian ? style->size_bytes - 1 - i : i));

      g_byte_array_append (out, &byte, 1);
    }
}

const char *
sig_riff_chunk_name (SigRiffChunk *chunk)
{
  for (int i = 0; i < 4; i++)
    if (!g_ascii_isprint (chunk->id[i]))
      chunk->id[i] = '?';
  return chunk->id;
}
