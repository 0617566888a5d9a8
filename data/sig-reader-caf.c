/* sig-reader-caf.c: opens Core Audio files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-bytes.h"
#include "sig-cue.h"
#include "sig-pcm.h"
#include "sig-riff.h"
#include "sig-sound.h"

#define DESC_BYTES  32
#define PACKET_TABLE_HEAD 24 /* counts, behind which come the sizes of the packets */
#define CHUNK_HEAD_BYTES 12
#define FLAGS_AT (8 + CHUNK_HEAD_BYTES + 12) /* in a file whose first chunk is the description */
#define FLAG_FLOAT  1
#define FLAG_LITTLE 2
#define MAX_TABLE   (64 * 1024 * 1024) /* a packet table has a few bytes for some thousand steps */

/* The encodings that are no plain numbers and that libsndfile decodes. */
static const char *const decoded[] = { "alac", "ulaw", "alaw" };

/* What the walk has gathered. */
typedef struct
{
  SigFile     *file;
  SigPcm       pcm;
  gboolean     is_decoded;
  guint32      packet_steps;
  SigRiffChunk desc, tables[2]; /* those that a decoder needs besides the samples: "kuki" and "pakt" */
  SigCues     *cues;
} Caf;

static const SigRiffStyle style = { .id_bytes = 4, .size_bytes = 8, .big_endian = TRUE, .align = 1 };

static gboolean
is_decoded (const guint8 format[4])
{
  for (gsize i = 0; i < G_N_ELEMENTS (decoded); i++)
    if (memcmp (decoded[i], format, 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
parse_desc (Caf                *self,
            const SigRiffChunk *chunk,
            GError            **error)
{
  SigFile *file = self->file;
  SigPcm *pcm = &self->pcm;
  guint8 content[DESC_BYTES];
  SigBytes bytes = { .data = content, .size = sizeof content, .big_endian = TRUE };
  guint8 format[4];
  guint32 flags, packet_bytes, packet_steps, channels, bits;

  if (chunk->size == DESC_BYTES && !chunk->inside)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside its “desc” chunk of %d bytes", DESC_BYTES);
      return FALSE;
    }
  if (chunk->size != DESC_BYTES)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a “desc” chunk of %" G_GUINT64_FORMAT " bytes, expected %d", chunk->size,
                     DESC_BYTES);
      return FALSE;
    }
  if (!sig_file_read (file, chunk->offset, sizeof content, content, error))
    return FALSE;
  if (!sig_bytes_get_f64 (&bytes, &pcm->rate_hz) || !sig_bytes_copy (&bytes, 4, format)
      || !sig_bytes_get_u32 (&bytes, &flags) || !sig_bytes_get_u32 (&bytes, &packet_bytes)
      || !sig_bytes_get_u32 (&bytes, &packet_steps) || !sig_bytes_get_u32 (&bytes, &channels)
      || !sig_bytes_get_u32 (&bytes, &bits))
    return FALSE;
  self->desc = *chunk;
  self->is_decoded = is_decoded (format);
  self->packet_steps = packet_steps;
  pcm->n_channels = channels;
  if (self->is_decoded)
    return TRUE;
  if (memcmp (format, "lpcm", 4) != 0 || packet_steps != 1)
    {
      g_autofree char *name = g_strndup ((const char *) format, 4);
      g_autofree char *shown = g_strescape (name, NULL);

      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "CAF of the encoding “%s” (%u steps in a packet) is not read; convert it to PCM or FLAC",
                     shown, packet_steps);
      return FALSE;
    }
  pcm->is_float = (flags & FLAG_FLOAT) != 0;
  pcm->big_endian = (flags & FLAG_LITTLE) == 0;
  pcm->block_bytes = packet_bytes;
  pcm->bits = bits;
  return TRUE;
}

/* Walks the chunks for the samples, the tables and the markers. The samples come after a 32-bit count of edits; a size of -1
 * means "to the end of the file". FALSE with an error where there are no samples. */
static gboolean
walk_chunks (Caf         *self,
             SigRiffWalk *walk,
             GError     **error)
{
  SigPcm *pcm = &self->pcm;
  SigRiffChunk chunk;
  g_autoptr (GError) local = NULL;

  while (sig_riff_walk_next (walk, &chunk, &local))
    {
      if (memcmp (chunk.id, "data", 4) == 0 && chunk.size >= 4 && pcm->data_offset == 0)
        {
          pcm->data_offset = chunk.offset + 4;
          pcm->to_the_end = chunk.size == G_MAXUINT64;
          pcm->data_bytes = chunk.size - 4;
        }
      else if (chunk.inside && memcmp (chunk.id, "kuki", 4) == 0)
        self->tables[0] = chunk;
      else if (chunk.inside && memcmp (chunk.id, "pakt", 4) == 0)
        self->tables[1] = chunk;
      else if (chunk.inside)
        sig_cues_take (self->cues, self->file, &chunk);
      else if (pcm->data_offset == 0)
        {
          sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                         "has no samples: its “%s” chunk declares %" G_GUINT64_FORMAT
                         " bytes and reaches past the end of the file",
                         sig_riff_chunk_name (&chunk), chunk.size);
          return FALSE;
        }
    }
  if (pcm->data_offset > 0)
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has no samples (no “data” chunk)");
  return FALSE;
}

/* Appends a chunk as it stands in the file. */
static gboolean
copy_chunk (SigFile            *file,
            const SigRiffChunk *chunk,
            GByteArray         *out,
            GError            **error)
{
  guint start;

  if (chunk->size > MAX_TABLE)
    {
      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE, "has a “%s” chunk of %" G_GUINT64_FORMAT " bytes, at most %d are read",
                     chunk->id, chunk->size, MAX_TABLE);
      return FALSE;
    }
  sig_riff_put_head (out, &style, chunk->id, chunk->size);
  start = out->len;
  g_byte_array_set_size (out, start + (guint) chunk->size);
  return sig_file_read (file, chunk->offset, chunk->size, out->data + start, error);
}

/* The bits of an ALAC are in the flags of the description, where libsndfile looks for them, and in the table "kuki", where the
 * description of ffmpeg's files leaves them. */
static guint8
alac_flags (const guint8 *kuki,
            gsize         n)
{
  static const guint8 bits[] = { 16, 20, 24, 32 };
  gsize place = n >= 48 ? 29 : 5; /* behind two atoms, or at once */

  for (guint8 i = 0; place < n && i < G_N_ELEMENTS (bits); i++)
    if (kuki[place] == bits[i])
      return i + 1;
  return 0;
}

/* The steps that count, by the table "pakt": the last packet may hold more. 0: not known. */
static guint64
count_steps (const Caf *self)
{
  guint8 content[16];
  SigBytes bytes = { .data = content, .size = sizeof content, .big_endian = TRUE };
  guint64 n_packets, n_steps = 0;

  if (self->tables[1].size >= sizeof content
      && sig_file_read (self->file, self->tables[1].offset, sizeof content, content, NULL)
      && sig_bytes_get_u64 (&bytes, &n_packets))
    sig_bytes_get_u64 (&bytes, &n_steps);
  return n_steps;
}

/* Takes a number of seven bits a byte, the highest bit set in all but the last; FALSE where the bytes end. */
static gboolean
take_size (SigBytes *bytes,
           gint64   *size)
{
  guint8 byte;

  *size = 0;
  do
    {
      if (!sig_bytes_get_u8 (bytes, &byte) || *size > G_MAXINT32)
        return FALSE;
      *size = *size << 7 | (byte & 127);
    }
  while ((byte & 128) != 0);
  return TRUE;
}

/* The bits with which every packet of a file begins: which channels come first, and twelve that are not used. */
static guint32
packet_mark (const guint8 start[3])
{
  return ((guint32) start[0] << 16 | start[1] << 8 | start[2]) & 0xE1FFE0;
}

/* ALAC has no checksums, and its decoder gives something for a packet of anything: those that do not begin as the first does are
 * lost. `table` is the content of "pakt". */
static void
find_damaged_packets (const Caf    *self,
                      const guint8 *table,
                      gsize         n,
                      guint64       n_steps,
                      GArray       *lost)
{
  SigBytes sizes = { .data = table, .size = n, .big_endian = TRUE };
  gint64 at = self->pcm.data_offset, size;
  guint32 mark = 0;
  guint8 start[3];

  if (!sig_bytes_skip (&sizes, PACKET_TABLE_HEAD))
    return;
  for (guint64 step = 0; step < n_steps && take_size (&sizes, &size); step += self->packet_steps, at += size)
    {
      guint64 end = MIN (step + self->packet_steps, n_steps);
      SigSoundLoss loss = { (double) (n_steps - step) / self->pcm.rate_hz, (double) (n_steps - end) / self->pcm.rate_hz };

      if (!sig_file_read (self->file, at, sizeof start, start, NULL))
        return;
      mark = step == 0 ? packet_mark (start) : mark;
      if (packet_mark (start) != mark)
        g_array_append_val (lost, loss);
    }
}

/* Has libsndfile decode the samples behind a CAF of the description and the tables and nothing else. */
static gboolean
open_encoded (Caf        *self,
              SigReading *reading,
              SigContent *content,
              GError    **error)
{
  static const guint8 magic[8] = { 'c', 'a', 'f', 'f', 0, 1, 0, 0 }, no_edits[4] = { 0 };
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GArray) lost = g_array_new (FALSE, FALSE, sizeof (SigSoundLoss));
  g_autoptr (GBytes) bytes = NULL;
  guint64 present = (guint64) MAX (0, sig_file_get_size (self->file) - self->pcm.data_offset);

  if (self->packet_steps > 1 && self->tables[1].offset == 0)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                     "has no table of its packets (“pakt”), without which they cannot be told apart: it was cut off, or not "
                     "closed when it was written");
      return FALSE;
    }
  g_byte_array_append (head, magic, sizeof magic);
  if (!copy_chunk (self->file, &self->desc, head, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (self->tables); i++)
    {
      guint start = head->len + CHUNK_HEAD_BYTES;
      gboolean is_table = i == G_N_ELEMENTS (self->tables) - 1 && self->packet_steps > 1;

      if (self->tables[i].offset > 0 && !copy_chunk (self->file, &self->tables[i], head, error))
        return FALSE;
      if (i == 0 && start < head->len && memcmp (head->data + FLAGS_AT, "\0\0\0", 4) == 0)
        head->data[FLAGS_AT + 3] = alac_flags (head->data + start, head->len - start);
      if (is_table && head->len > start)
        find_damaged_packets (self, head->data + start, head->len - start, count_steps (self), lost);
    }
  sig_riff_put_head (head, &style, "data",
                     4 + (self->pcm.to_the_end ? present : MIN (self->pcm.data_bytes, present)));
  g_byte_array_append (head, no_edits, sizeof no_edits);
  bytes = g_bytes_new (head->data, head->len);
  self->pcm.lost = lost;
  return sig_pcm_decode (self->file, &self->pcm, bytes, count_steps (self), self->packet_steps,
                         reading, content, error);
}

gboolean
sig_reader_caf_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  g_autoptr (SigCues) cues = sig_cues_new (TRUE);
  Caf caf = { .file = file, .pcm = { .format_name = "CAF", .signed_bytes = TRUE }, .cues = cues };
  SigRiffWalk walk;
  SigRiffChunk chunk;

  sig_riff_walk_init (&walk, file, &style, 8);
  if (!sig_riff_walk_next (&walk, &chunk, NULL) || memcmp (chunk.id, "desc", 4) != 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "does not begin with a “desc” chunk, as a CAF file must");
      return FALSE;
    }
  if (!parse_desc (&caf, &chunk, error) || !walk_chunks (&caf, &walk, error))
    return FALSE;
  if (caf.is_decoded ? !open_encoded (&caf, reading, content, error)
                     : !sig_pcm_open (file, &caf.pcm, reading, content, error))
    return FALSE;
  content->labels = sig_cues_make_labels (cues, file, content->recording, reading);
  return TRUE;
}
