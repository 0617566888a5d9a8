/* sig-reader-wav.c: opens WAV in its four wrappings: RIFF, RIFX, RF64 (BW64) and W64
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-bytes.h"
#include "sig-cue.h"
#include "sig-pcm.h"
#include "sig-riff.h"

#define TAG_PCM        0x0001
#define TAG_FLOAT      0x0003
#define TAG_GSM        0x0031
#define TAG_EXTENSIBLE 0xFFFE
#define MAX_FORMAT     4096
#define W64_ALIGN      8
#define DEFAULT_BLOCK_STEPS 512
#define GSM_BLOCK_STEPS 320
#define UNKNOWN_SIZE   G_MAXUINT32 /* "as long as it takes" in RIFF, "look into ds64" in RF64 */

/* What the walk has gathered. No decoder but ours ever sees the file: libsndfile 1.2 does not return from
 * some LIST chunks. */
typedef struct
{
  SigFile    *file;
  SigReading *reading;
  gboolean    big_endian;
  gboolean    is_rf64;
  guint64     ds64_riff; /* sizes from the ds64 chunk */
  guint64     ds64_data;
  gboolean    has_format;
  guint16     tag;
  GBytes     *format;    /* (nullable): the fmt chunk of an encoding that libsndfile decodes */
  guint32     n_steps;   /* of such an encoding, by the fact chunk; 0: not known */
  gboolean    has_data;
  SigPcm      pcm;
  SigCues    *cues;
} Wav;

/* Encodings that are no plain numbers: those that libsndfile decodes, and others that people may have. */
static const struct
{
  guint16     tag;
  gboolean    is_decoded;
  const char *name;
  gboolean  (*open) (SigFile *, SigReading *, SigContent *, GError **); /* (nullable): the samples are a file of another kind */
} encodings[] = {
  { 0x0002, TRUE, "MS ADPCM" },  { 0x0006, TRUE, "A-law" },    { 0x0007, TRUE, "µ-law" },     { 0x0011, TRUE, "IMA ADPCM" },
  { 0x0014, FALSE, "G.723" },    { TAG_GSM, TRUE, "GSM 6.10" }, { 0x0038, TRUE, "NMS ADPCM" }, { 0x0040, TRUE, "G.721" },
  { 0x0045, FALSE, "G.726" },    { 0x0050, FALSE, "MPEG" },    { 0x0055, TRUE, "MP3", sig_reader_mp3_open },
  { 0x0064, FALSE, "G.726" },    { 0x674F, TRUE, "Ogg Vorbis", sig_reader_ogg_open },
  { 0x676F, TRUE, "Ogg Vorbis", sig_reader_ogg_open },
};

static gboolean
is_decoded (guint16 tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i].tag == tag)
      return encodings[i].is_decoded;
  return FALSE;
}

static const char *
encoding_name (guint16 tag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i].tag == tag)
      return encodings[i].name;
  return "unknown";
}

/* The part of an extensible fmt chunk after its first 16 bytes. */
static gboolean
parse_extension (Wav      *self,
                 SigBytes *bytes)
{
  guint16 extra, valid;
  guint32 mask, subformat;

  if (!sig_bytes_get_u16 (bytes, &extra) || !sig_bytes_get_u16 (bytes, &valid) || !sig_bytes_get_u32 (bytes, &mask)
      || !sig_bytes_get_u32 (bytes, &subformat))
    return FALSE;
  self->tag = subformat <= G_MAXUINT16 ? (guint16) subformat : G_MAXUINT16;
  if (valid > 0 && valid < self->pcm.bits)
    sig_reading_note (self->reading, "Of each %" G_GINT64_FORMAT "-bit sample %u bits count.", self->pcm.bits, valid);
  return TRUE;
}

/* The whole chunk, which the decoder wants to see: some encodings have tables in it. */
static gboolean
keep_format (Wav                *self,
             const SigRiffChunk *chunk,
             GError            **error)
{
  g_autofree guint8 *content = NULL;

  if (chunk->size > MAX_FORMAT)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has a format block of %" G_GUINT64_FORMAT
                     " bytes, at most %d are read", chunk->size, MAX_FORMAT);
      return FALSE;
    }
  content = g_malloc (chunk->size);
  if (!sig_file_read (self->file, chunk->offset, chunk->size, content, error))
    return FALSE;
  self->format = g_bytes_new_take (g_steal_pointer (&content), chunk->size);
  return TRUE;
}

static gboolean
parse_fmt (Wav                *self,
           const SigRiffChunk *chunk,
           GError            **error)
{
  guint8 content[40];
  gsize n = MIN (chunk->size, sizeof content);
  SigBytes bytes = { .data = content, .size = n, .big_endian = self->big_endian };
  guint16 channels = 0, block = 0, bits = 0;
  guint32 rate = 0, byte_rate = 0;

  if (self->has_format)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                     "has two format blocks (“fmt ” chunks); one is allowed");
      return FALSE;
    }
  if (!chunk->inside)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "ends inside its format block (%" G_GUINT64_FORMAT
                     " bytes declared)", chunk->size);
      return FALSE;
    }
  if (!sig_file_read (self->file, chunk->offset, n, content, error))
    return FALSE;

  gboolean ok = sig_bytes_get_u16 (&bytes, &self->tag) && sig_bytes_get_u16 (&bytes, &channels)
             && sig_bytes_get_u32 (&bytes, &rate) && sig_bytes_get_u32 (&bytes, &byte_rate)
             && sig_bytes_get_u16 (&bytes, &block) && sig_bytes_get_u16 (&bytes, &bits);

  self->has_format = TRUE;
  self->pcm.n_channels = channels;
  self->pcm.rate_hz = rate;
  self->pcm.block_bytes = block;
  self->pcm.bits = bits;
  if (!ok || (self->tag == TAG_EXTENSIBLE && !parse_extension (self, &bytes)))
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                     "has a format block of %" G_GUINT64_FORMAT " bytes, at least %d are needed", chunk->size,
                     self->tag == TAG_EXTENSIBLE ? 28 : 16);
      return FALSE;
    }
  if (is_decoded (self->tag))
    return keep_format (self, chunk, error);
  if (self->tag != TAG_PCM && self->tag != TAG_FLOAT)
    {
      sig_file_fail (self->file, error, SIG_ERROR_UNSUPPORTED,
                     "WAV of the encoding 0x%04X (%s) is not read; convert it to PCM or FLAC", self->tag,
                     encoding_name (self->tag));
      return FALSE;
    }
  self->pcm.is_float = self->tag == TAG_FLOAT;
  return TRUE;
}

static gboolean
parse_ds64 (Wav         *self,
            SigRiffWalk *walk,
            GError     **error)
{
  SigRiffChunk chunk;
  guint8 content[16];
  SigBytes bytes = { .data = content, .size = sizeof content };

  if (!sig_riff_walk_next (walk, &chunk, NULL) || memcmp (chunk.id, "ds64", 4) != 0)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                     "is an RF64 file without its ds64 chunk, which holds the sizes");
      return FALSE;
    }
  if (!chunk.inside || chunk.size < sizeof content)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                     "has a ds64 chunk of %" G_GUINT64_FORMAT " bytes; %s", chunk.size,
                     chunk.inside ? "at least 16 are needed" : "the file ends before that");
      return FALSE;
    }
  if (!sig_file_read (self->file, chunk.offset, sizeof content, content, error))
    return FALSE;
  if (!sig_bytes_get_u64 (&bytes, &self->ds64_riff) || !sig_bytes_get_u64 (&bytes, &self->ds64_data)
      || self->ds64_data > G_MAXINT64)
    {
      sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "declares %" G_GUINT64_FORMAT
                     " bytes of samples in its ds64 chunk, more than any file holds", self->ds64_data);
      return FALSE;
    }
  return TRUE;
}

static void
take_data (Wav                *self,
           SigRiffWalk        *walk,
           const SigRiffChunk *chunk)
{
  gboolean unknown = chunk->size == UNKNOWN_SIZE && !walk->style.size_has_head;
  guint64 size = unknown && self->is_rf64 ? self->ds64_data : chunk->size;

  if (self->has_data)
    {
      sig_reading_note (self->reading, "A second block of samples was left out.");
      return;
    }
  self->has_data = TRUE;
  self->pcm.data_offset = chunk->offset;
  self->pcm.data_bytes = size;
  self->pcm.to_the_end = unknown && !self->is_rf64;
  sig_riff_walk_skip (walk, chunk, self->pcm.to_the_end ? G_MAXUINT64 : size);
}

/* The number of steps, of which the last block of an encoding may hold more. */
static void
take_fact (Wav                *self,
           const SigRiffChunk *chunk)
{
  guint8 content[4];
  SigBytes bytes = { .data = content, .size = sizeof content, .big_endian = self->big_endian };

  if (chunk->inside && chunk->size >= sizeof content
      && sig_file_read (self->file, chunk->offset, sizeof content, content, NULL))
    sig_bytes_get_u32 (&bytes, &self->n_steps);
}

/* Says what is missing after a walk that found no format or no samples. */
static void
fail_missing (const Wav    *self,
              SigRiffChunk *beyond,
              GError      **error)
{
  const char *missing = !self->has_format ? "no format block (“fmt ” chunk)" : "no samples (no “data” chunk)";

  if (beyond->inside)
    sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "has %s", missing);
  else
    sig_file_fail (self->file, error, SIG_ERROR_FORMAT,
                   "has %s: its “%s” chunk declares %" G_GUINT64_FORMAT
                   " bytes and reaches past the end of the file",
                   missing, sig_riff_chunk_name (beyond), beyond->size);
}

/* The first bytes of {ABF76256-392D-11D2-86C7-00C04F8EDB8A}. */
static const guint8 sony_markers[4] = { 0x56, 0x62, 0xF7, 0xAB };

static gboolean
walk_chunks (Wav          *self,
             SigRiffWalk  *walk,
             SigRiffChunk *beyond,
             GError      **error)
{
  SigRiffChunk chunk;
  g_autoptr (GError) local = NULL;

  while (sig_riff_walk_next (walk, &chunk, &local))
    {
      if (memcmp (chunk.id, "fmt ", 4) == 0)
        {
          if (!parse_fmt (self, &chunk, error))
            return FALSE;
        }
      else if (memcmp (chunk.id, "data", 4) == 0)
        take_data (self, walk, &chunk);
      else if (memcmp (chunk.id, "fact", 4) == 0)
        take_fact (self, &chunk);
      else if (walk->style.id_bytes == 16 && memcmp (chunk.id, sony_markers, 4) == 0)
        sig_reading_note (self->reading, "Its markers were not read: W64 writes them in a layout that was never published. Saved "
                          "as WAV or RF64 the file brings them along.");
      else
        {
          sig_cues_take (self->cues, self->file, &chunk);
          if (!chunk.inside)
            *beyond = chunk;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* ffmpeg fills the chunk of samples up to a multiple of 8 bytes, as W64 asks for, but counts the zeros as samples. Those that are
 * no whole step are left out; the others may have been recorded as well, and are told of. */
static void
trim_filling (Wav *self)
{
  guint8 last[W64_ALIGN - 1];
  gint64 block = self->pcm.block_bytes, end = self->pcm.data_offset + (gint64) self->pcm.data_bytes;
  gsize n_zeros = 0, n_filling;

  if (block < 1 || self->pcm.data_bytes < W64_ALIGN || self->pcm.data_bytes % W64_ALIGN != 0
      || self->pcm.data_bytes > (guint64) (sig_file_get_size (self->file) - self->pcm.data_offset)
      || !sig_file_read (self->file, end - (gint64) sizeof last, sizeof last, last, NULL))
    return;
  while (n_zeros < sizeof last && last[sizeof last - 1 - n_zeros] == 0)
    n_zeros++;
  n_filling = self->pcm.data_bytes % (guint64) block;
  if (n_filling > n_zeros)
    return;
  self->pcm.data_bytes -= n_filling;
  if (n_zeros - n_filling >= (gsize) block)
    sig_reading_note (self->reading,
                      "Zeros in the last %" G_GSIZE_FORMAT " steps: they may be filling, which ffmpeg counts among a W64's.",
                      (n_zeros - n_filling) / (gsize) block);
}

/* Steps that are encoded together, by the format's extension, where it has one. Of a GSM libsndfile takes an odd byte at the end
 * for one block more. */
static guint64
block_steps (const Wav *self)
{
  gsize n;
  SigBytes bytes = { .data = g_bytes_get_data (self->format, &n), .size = n, .big_endian = self->big_endian };
  guint16 n_steps = 0;

  if (self->tag == TAG_GSM)
    return 2 * GSM_BLOCK_STEPS;
  return sig_bytes_skip (&bytes, 18) && sig_bytes_get_u16 (&bytes, &n_steps) ? n_steps : DEFAULT_BLOCK_STEPS;
}

/* Opens the samples where they are a file of another kind as it stands; FALSE in `*is_other` where they are not. */
static gboolean
open_other (Wav        *self,
            gboolean   *is_other,
            SigContent *content,
            GError    **error)
{
  gint64 present = sig_file_get_size (self->file) - self->pcm.data_offset;
  gint64 n_data = self->pcm.to_the_end ? present : (gint64) MIN (self->pcm.data_bytes, (guint64) present);

  *is_other = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (encodings[i].tag == self->tag && encodings[i].open != NULL)
      {
        g_autoptr (SigFile) part
            = sig_file_new_part (self->file, sig_file_get_name (self->file), self->pcm.data_offset, n_data);

        *is_other = TRUE;
        return encodings[i].open (part, self->reading, content, error);
      }
  return FALSE;
}

/* Has libsndfile decode the samples behind a WAV of the format and nothing else. */
static gboolean
open_encoded (Wav        *self,
              SigContent *content,
              GError    **error)
{
  const SigRiffStyle style = { .id_bytes = 4, .size_bytes = 4, .big_endian = self->big_endian };
  g_autoptr (GByteArray) head = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  gsize n_format = g_bytes_get_size (self->format);
  gint64 present = sig_file_get_size (self->file) - self->pcm.data_offset;
  guint64 n_data = self->pcm.to_the_end ? (guint64) present : MIN (self->pcm.data_bytes, (guint64) present);
  gboolean is_other, ok = open_other (self, &is_other, content, error);

  if (is_other)
    return ok;
  if (n_data > G_MAXUINT32 - 1024)
    {
      sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE,
                     "has more than 4 GiB of samples encoded as %s; convert it to PCM or FLAC", encoding_name (self->tag));
      return FALSE;
    }
  sig_riff_put_head (head, &style, self->big_endian ? "RIFX" : "RIFF", 4 + 8 + n_format + n_format % 2 + 8 + n_data);
  g_byte_array_append (head, (const guint8 *) "WAVE", 4);
  sig_riff_put_head (head, &style, "fmt ", n_format);
  g_byte_array_append (head, g_bytes_get_data (self->format, NULL), (guint) n_format);
  g_byte_array_append (head, (const guint8 *) "", n_format % 2);
  sig_riff_put_head (head, &style, "data", n_data);
  bytes = g_bytes_new (head->data, head->len);
  return sig_pcm_decode (self->file, &self->pcm, bytes, self->n_steps, block_steps (self),
                         self->reading, content, error);
}

/* Walks the chunks, then opens what they describe. */
static gboolean
open_chunks (Wav         *self,
             SigRiffWalk *walk,
             SigContent  *content,
             GError     **error)
{
  SigRiffChunk beyond = { .inside = TRUE };
  g_autoptr (SigCues) cues = sig_cues_new (self->big_endian);

  self->cues = cues;
  self->pcm.big_endian = self->big_endian;

  gboolean walked = walk_chunks (self, walk, &beyond, error);
  g_autoptr (GBytes) format = self->format;

  if (!walked)
    return FALSE;
  if (!self->has_format || !self->has_data)
    {
      fail_missing (self, &beyond, error);
      return FALSE;
    }
  if (walk->style.id_bytes == 16)
    trim_filling (self);
  if (self->format != NULL ? !open_encoded (self, content, error)
                           : !sig_pcm_open (self->file, &self->pcm, self->reading, content, error))
    return FALSE;
  content->labels = sig_cues_make_labels (cues, self->file, content->recording, self->reading);
  return TRUE;
}

static void
note_riff_size (const Wav *self,
                guint64    declared)
{
  gint64 present = sig_file_get_size (self->file) - 8;

  if (declared <= G_MAXINT64 && ABS (present - (gint64) declared) <= 1)
    return;

  g_autofree char *there = sig_dup_count (present);

  sig_reading_note (self->reading, "The header says that %" G_GUINT64_FORMAT " bytes follow it, %s do.",
                    declared, there);
}

gboolean
sig_reader_wav_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  guint8 head[12];
  gsize n = sig_file_peek (file, sizeof head, head);
  Wav wav = { .file = file, .reading = reading, .pcm = { .format_name = "WAV" } };

  if (n < sizeof head)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GSIZE_FORMAT " bytes, need 12)", n);
      return FALSE;
    }
  wav.big_endian = memcmp (head, "RIFX", 4) == 0;
  wav.is_rf64 = memcmp (head, "RF64", 4) == 0 || memcmp (head, "BW64", 4) == 0;
  if (memcmp (head + 8, "WAVE", 4) != 0)
    {
      g_autofree char *form = g_strndup ((const char *) head + 8, 4);
      g_autofree char *shown = g_strescape (form, NULL);

      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is a RIFF file but not WAV (it holds “%s”)", shown);
      return FALSE;
    }

  SigBytes size_bytes = { .data = head + 4, .size = 4, .big_endian = wav.big_endian };
  SigRiffStyle style = { .id_bytes = 4, .size_bytes = 4, .big_endian = wav.big_endian, .align = 2 };
  SigRiffWalk walk;
  guint32 riff_size = 0;

  sig_riff_walk_init (&walk, file, &style, sizeof head);
  if (!sig_bytes_get_u32 (&size_bytes, &riff_size) || (wav.is_rf64 && !parse_ds64 (&wav, &walk, error)))
    return FALSE;
  if (!open_chunks (&wav, &walk, content, error))
    return FALSE;
  if (!wav.pcm.to_the_end)
    note_riff_size (&wav, wav.is_rf64 ? wav.ds64_riff : riff_size);
  return TRUE;
}

gboolean
sig_reader_w64_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  static const guint8 wave_guid[16]
      = { 'w', 'a', 'v', 'e', 0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A };
  const SigRiffStyle style = { .id_bytes = 16, .size_bytes = 8, .size_has_head = TRUE, .align = W64_ALIGN };
  Wav wav = { .file = file, .reading = reading, .pcm = { .format_name = "W64" } };
  SigRiffWalk walk;
  guint8 head[40];
  gsize n = sig_file_peek (file, sizeof head, head);

  if (n < sizeof head)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GSIZE_FORMAT " bytes, need 40)", n);
      return FALSE;
    }
  if (memcmp (head + 24, wave_guid, sizeof wave_guid) != 0)
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is a W64 file but does not hold audio");
      return FALSE;
    }
  sig_riff_walk_init (&walk, file, &style, sizeof head);
  return open_chunks (&wav, &walk, content, error);
}
