/* sig-reader-sndfile.c: decodes through libsndfile, which sees a file only through our own reads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-reader-sndfile.h"

#include <pthread.h>
#include <sndfile.h>
#include <string.h>

#include "sig-blocks.h"

/* Decoded steps a byte of the file may give once the recording no longer fits in memory: a file of
 * silence made to keep us busy is refused, silence between signals is not. */
#define MAX_EXPANSION 2048

#define CHUNK_STEPS 4096

/* One decoder on one file; the mutex makes it usable from several threads. */
typedef struct
{
  SigFile        *file;
  GBytes         *head;   /* (nullable) */
  gint64          head_size;
  gint64          offset; /* of the bytes behind the head */
  gint64          size;   /* of all that the decoder sees */
  gint64          at;
  SNDFILE        *sndfile;
  int             n_channels;
  double          rate_hz;
  guint64         n_expected; /* steps, for the progress; 0: not known */
  pthread_mutex_t mutex;
} Decoder;

static sf_count_t
decoder_length (void *user_data)
{
  const Decoder *self = user_data;

  return self->size;
}

static sf_count_t
decoder_seek (sf_count_t offset,
              int        whence,
              void      *user_data)
{
  Decoder *self = user_data;
  gint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : self->size;

  if (offset < -base || offset > self->size - base)
    return -1;
  self->at = base + offset;
  return self->at;
}

/* Reads across the seam between the head and the file. */
static sf_count_t
decoder_read (void      *out,
              sf_count_t n,
              void      *user_data)
{
  Decoder *self = user_data;
  gint64 take = CLAMP (n, 0, self->size - self->at);
  gint64 from_head = CLAMP (self->head_size - self->at, 0, take);

  if (from_head > 0)
    memcpy (out, (const guint8 *) g_bytes_get_data (self->head, NULL) + self->at, (gsize) from_head);
  if (take > from_head
      && !sig_file_read (self->file, self->offset + self->at + from_head - self->head_size, (gsize) (take - from_head),
                         (guint8 *) out + from_head, NULL))
    return 0;
  self->at += take;
  return take;
}

static sf_count_t
decoder_write (const void *bytes,
               sf_count_t  n,
               void       *user_data)
{
  return 0;
}

static sf_count_t
decoder_tell (void *user_data)
{
  const Decoder *self = user_data;

  return self->at;
}

static void
decoder_free (gpointer data)
{
  Decoder *self = data;

  if (self->sndfile != NULL)
    sf_close (self->sndfile);
  sig_file_unref (self->file);
  g_clear_pointer (&self->head, g_bytes_unref);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decoder, decoder_free)

/* Says when the samples are not those that were recorded. */
static void
note_loss (int         format,
           SigReading *reading)
{
  static const struct
  {
    int         subtype;
    const char *name;
  } lossy[] = {
    { SF_FORMAT_ULAW, "µ-law" },         { SF_FORMAT_ALAW, "A-law" },
    { SF_FORMAT_IMA_ADPCM, "IMA ADPCM" }, { SF_FORMAT_MS_ADPCM, "MS ADPCM" },
    { SF_FORMAT_VOX_ADPCM, "VOX ADPCM" }, { SF_FORMAT_NMS_ADPCM_16, "NMS ADPCM" },
    { SF_FORMAT_NMS_ADPCM_24, "NMS ADPCM" }, { SF_FORMAT_NMS_ADPCM_32, "NMS ADPCM" },
    { SF_FORMAT_G721_32, "G.721" },       { SF_FORMAT_G723_24, "G.723" },
    { SF_FORMAT_G723_40, "G.723" },       { SF_FORMAT_GSM610, "GSM 6.10" },
    { SF_FORMAT_VORBIS, "Vorbis" },       { SF_FORMAT_OPUS, "Opus" },
    { SF_FORMAT_MPEG_LAYER_I, "MPEG" },   { SF_FORMAT_MPEG_LAYER_II, "MPEG" },
    { SF_FORMAT_MPEG_LAYER_III, "MP3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lossy); i++)
    if ((format & SF_FORMAT_SUBMASK) == lossy[i].subtype)
      sig_reading_note (reading,
                        "It was compressed with loss (%s): its samples are near those that were recorded, not equal to them.",
                        lossy[i].name);
}

static gboolean
check_found (const SigFile    *file,
             const SigSndfile *sound,
             const SF_INFO    *found,
             GError          **error)
{
  if (sound->n_channels > 0 && found->channels != (int) sound->n_channels)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "is damaged: its header declares %u channels, its samples have %d", sound->n_channels,
                     found->channels);
      return FALSE;
    }
  if (found->channels < 1 || found->channels > SIG_MAX_CHANNELS)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has %d channels (allowed 1 to %d)", found->channels, SIG_MAX_CHANNELS);
      return FALSE;
    }
  if (sound->rate_hz == 0.0 && found->samplerate < 1)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "sample rate is %d Hz (at least 1 Hz is needed)", found->samplerate);
      return FALSE;
    }
  return TRUE;
}

static Decoder *
decoder_new (SigFile          *file,
             const SigSndfile *sound,
             SigReading       *reading,
             GError          **error)
{
  static SF_VIRTUAL_IO io = { decoder_length, decoder_seek, decoder_read, decoder_write, decoder_tell };
  g_autoptr (Decoder) self = g_new0 (Decoder, 1);
  SF_INFO found = { 0 };

  self->file = sig_file_ref (file);
  self->head = sound->head != NULL ? g_bytes_ref (sound->head) : NULL;
  self->head_size = sound->head != NULL ? (gint64) g_bytes_get_size (sound->head) : 0;
  self->offset = sound->offset;
  self->size = self->head_size + sound->size;
  pthread_mutex_init (&self->mutex, NULL);
  self->sndfile = sf_open_virtual (&io, SFM_READ, &found, self);
  if (self->sndfile == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "cannot be decoded as %s: its header is damaged, or its encoding is not known; convert it to FLAC or WAV",
                     sound->format_name);
      return NULL;
    }
  if (!check_found (file, sound, &found, error))
    return NULL;
  self->n_channels = found.channels;
  self->rate_hz = sound->rate_hz > 0.0 ? sound->rate_hz : found.samplerate;
  self->n_expected = sound->n_declared > 0 ? sound->n_declared : (guint64) MAX (found.frames, 0);
  note_loss (found.format, reading);
  return g_steal_pointer (&self);
}

static gboolean
decoder_fill (gpointer source,
              gint64   start,
              gint64   n,
              float   *out,
              gsize    stride,
              GError **error)
{
  Decoder *self = source;
  gsize n_channels = (gsize) self->n_channels;
  g_autofree float *mixed = g_new (float, CHUNK_STEPS * n_channels);
  gint64 done = 0;

  pthread_mutex_lock (&self->mutex);
  gboolean ok = sf_seek (self->sndfile, start, SEEK_SET) == start;

  while (ok && done < n)
    {
      gint64 got = sf_readf_float (self->sndfile, mixed, MIN (CHUNK_STEPS, n - done));

      ok = got > 0;
      for (gint64 t = 0; t < got; t++)
        for (gsize c = 0; c < n_channels; c++)
          out[c * stride + (gsize) (done + t)] = mixed[(gsize) t * n_channels + c];
      done += MAX (got, 0);
    }
  pthread_mutex_unlock (&self->mutex);

  if (!ok)
    sig_file_fail (self->file, error, SIG_ERROR_UNREADABLE, "cannot be decoded at step %" G_GINT64_FORMAT
                   "; it is damaged or changed on disk", start + done);
  return ok;
}

/* Whether the last block holds more steps than were recorded. libsndfile itself writes the steps of an IMA ADPCM divided by its
 * channels, which says nothing of the kind. */
static gboolean
has_filling (const Decoder    *self,
             const SigSndfile *sound,
             gint64            n_steps)
{
  guint64 n = (guint64) n_steps;

  return sound->n_declared > 0 && n > sound->n_declared && n - sound->n_declared < sound->n_block
         && n != sound->n_declared * (guint64) self->n_channels;
}

/* Declared lengths lie, so the steps are counted by decoding them; as long as they fit in memory
 * they are also kept in `mixed`. -1 on failure. */
static gint64
decode_all (Decoder          *self,
            const SigSndfile *sound,
            SigReading       *reading,
            GArray           *mixed,
            gboolean         *kept,
            GError          **error)
{
  gsize n_channels = (gsize) self->n_channels;
  gint64 n_steps = 0, got = 0, limit = self->size * MAX_EXPANSION;

  *kept = TRUE;
  do
    {
      gsize used = *kept ? mixed->len : 0;

      g_array_set_size (mixed, (guint) (used + CHUNK_STEPS * n_channels));
      got = sf_readf_float (self->sndfile, &g_array_index (mixed, float, used), CHUNK_STEPS);
      n_steps += MAX (got, 0);
      g_array_set_size (mixed, (guint) (used + (gsize) MAX (got, 0) * n_channels));
      *kept = *kept && mixed->len <= SIG_BLOCKS_IN_MEMORY / sizeof (float);
      if (!*kept && n_steps > limit)
        {
          sig_file_fail (self->file, error, SIG_ERROR_TOO_LARGE,
                         "expands to more than %d steps a byte; this is no recording", MAX_EXPANSION);
          return -1;
        }
      if (!sig_reading_advance (reading, self->file,
                                self->n_expected > 0 ? MIN ((double) n_steps / (double) self->n_expected, 1.0) : 0.5, error))
        return -1;
    }
  while (got > 0);
  return has_filling (self, sound, n_steps) ? (gint64) sound->n_declared : n_steps;
}

static SigRecording *
from_mixed (const Decoder *self,
            const GArray  *mixed,
            gint64         n_steps)
{
  gsize n_channels = (gsize) self->n_channels;
  float *samples = g_new (float, n_channels * (gsize) n_steps);

  for (gsize t = 0; t < (gsize) n_steps; t++)
    for (gsize c = 0; c < n_channels; c++)
      samples[c * (gsize) n_steps + t] = g_array_index (mixed, float, t * n_channels + c);
  return sig_recording_new_take_samples (sig_file_get_name (self->file), (guint) n_channels, n_steps, self->rate_hz, NULL,
                                         NULL, samples);
}

gboolean
sig_sndfile_open (SigFile          *file,
                  const SigSndfile *sound,
                  SigReading       *reading,
                  SigContent       *content,
                  GError          **error)
{
  g_autoptr (GArray) mixed = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (Decoder) decoder = decoder_new (file, sound, reading, error);
  gboolean kept;

  if (decoder == NULL)
    return FALSE;

  gint64 n_steps = decode_all (decoder, sound, reading, mixed, &kept, error);

  if (n_steps < 0)
    return FALSE;
  if (n_steps == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has no samples that can be decoded (it declares %" G_GUINT64_FORMAT " steps)", sound->n_declared);
      return FALSE;
    }
  if (kept)
    {
      content->recording = from_mixed (decoder, mixed, n_steps);
      sig_reading_note_missing (reading, content->recording);
    }
  else
    content->recording = sig_blocks_open (&(SigBlocksSpec){ .n_channels = (guint) decoder->n_channels,
                                                            .n_steps = n_steps,
                                                            .rate_hz = decoder->rate_hz,
                                                            .fill = decoder_fill,
                                                            .source = g_steal_pointer (&decoder),
                                                            .free_source = decoder_free },
                                          file, reading, error);
  return content->recording != NULL;
}
