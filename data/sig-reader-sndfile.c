/* sig-reader-sndfile.c: opens FLAC files through libsndfile, which sees them only through our own reads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <pthread.h>
#include <sndfile.h>
#include <string.h>

#include "sig-blocks.h"
#include "sig-bytes.h"

/* Decoded steps a byte of the file may give once the recording no longer fits in memory: a file of
 * silence made to keep us busy is refused, silence between signals is not. */
#define MAX_EXPANSION 2048

#define CHUNK_STEPS 4096

/* What STREAMINFO declares. */
typedef struct
{
  guint   rate_hz;
  guint   n_channels;
  guint64 n_steps; /* 0: not known */
} Info;

/* One decoder on one file; the mutex makes it usable from several threads. */
typedef struct
{
  SigFile        *file;
  gint64          at;
  SNDFILE        *sndfile;
  int             n_channels;
  pthread_mutex_t mutex;
} Flac;

static sf_count_t
flac_length (void *user_data)
{
  const Flac *self = user_data;

  return sig_file_get_size (self->file);
}

static sf_count_t
flac_seek (sf_count_t offset,
           int        whence,
           void      *user_data)
{
  Flac *self = user_data;
  gint64 size = sig_file_get_size (self->file);
  gint64 base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? self->at : size;

  if (offset < -base || offset > size - base)
    return -1;
  self->at = base + offset;
  return self->at;
}

static sf_count_t
flac_read (void      *out,
           sf_count_t n,
           void      *user_data)
{
  Flac *self = user_data;
  gint64 take = CLAMP (n, 0, sig_file_get_size (self->file) - self->at);

  if (take == 0 || !sig_file_read (self->file, self->at, (gsize) take, out, NULL))
    return 0;
  self->at += take;
  return take;
}

static sf_count_t
flac_write (const void *bytes,
            sf_count_t  n,
            void       *user_data)
{
  return 0;
}

static sf_count_t
flac_tell (void *user_data)
{
  const Flac *self = user_data;

  return self->at;
}

static void
flac_free (gpointer data)
{
  Flac *self = data;

  if (self->sndfile != NULL)
    sf_close (self->sndfile);
  sig_file_unref (self->file);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Flac, flac_free)

/* Checks the header ourselves: libsndfile's own messages help nobody. */
static gboolean
parse_streaminfo (SigFile *file,
                  Info    *info,
                  GError **error)
{
  guint8 head[26];
  SigBytes bytes = { .data = head, .size = sig_file_peek (file, sizeof head, head), .big_endian = TRUE };
  guint64 packed;
  guint8 type;

  if (!sig_bytes_match (&bytes, "fLaC") || !sig_bytes_get_u8 (&bytes, &type) || !sig_bytes_skip (&bytes, 3 + 10)
      || !sig_bytes_get_u64 (&bytes, &packed))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "ends inside the header (%" G_GINT64_FORMAT " bytes, need 42)",
                     sig_file_get_size (file));
      return FALSE;
    }
  if ((type & 0x7F) != 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "does not begin with the stream information block, as a FLAC file must");
      return FALSE;
    }

  /* 20 bits of rate, 3 of channels - 1, 5 of bits - 1, 36 of length. */
  info->rate_hz = (guint) (packed >> 44);
  info->n_channels = (guint) (packed >> 41 & 7) + 1;
  info->n_steps = packed & ((G_GUINT64_CONSTANT (1) << 36) - 1);
  if (info->rate_hz == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "sample rate is 0 Hz (allowed 1 Hz - 1,048,575 Hz)");
      return FALSE;
    }
  return TRUE;
}

static Flac *
flac_new (SigFile    *file,
          const Info *info,
          GError    **error)
{
  static SF_VIRTUAL_IO io = { flac_length, flac_seek, flac_read, flac_write, flac_tell };
  g_autoptr (Flac) self = g_new0 (Flac, 1);
  SF_INFO found = { 0 };

  self->file = sig_file_ref (file);
  self->n_channels = (int) info->n_channels;
  pthread_mutex_init (&self->mutex, NULL);
  self->sndfile = sf_open_virtual (&io, SFM_READ, &found, self);
  if (self->sndfile == NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "is a FLAC file that cannot be decoded; its header blocks are damaged");
      return NULL;
    }
  if (found.channels != self->n_channels)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "is damaged: its header declares %d channels, its samples have %d", self->n_channels,
                     found.channels);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
flac_fill (gpointer source,
           gint64   start,
           gint64   n,
           float   *out,
           gsize    stride,
           GError **error)
{
  Flac *self = source;
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

/* Declared lengths lie, so the steps are counted by decoding them; as long as they fit in memory
 * they are also kept in `mixed`. -1 on failure. */
static gint64
decode_all (Flac       *self,
            const Info *info,
            SigReading *reading,
            GArray     *mixed,
            gboolean   *kept,
            GError    **error)
{
  gsize n_channels = (gsize) self->n_channels;
  gint64 n_steps = 0, got = 0, limit = sig_file_get_size (self->file) * MAX_EXPANSION;

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
                                info->n_steps > 0 ? (double) n_steps / (double) info->n_steps : 0.5, error))
        return -1;
    }
  while (got > 0);
  return n_steps;
}

static SigRecording *
from_mixed (const Flac   *self,
            const Info   *info,
            const GArray *mixed,
            gint64        n_steps)
{
  gsize n_channels = (gsize) self->n_channels;
  float *samples = g_new (float, n_channels * (gsize) n_steps);

  for (gsize t = 0; t < (gsize) n_steps; t++)
    for (gsize c = 0; c < n_channels; c++)
      samples[c * (gsize) n_steps + t] = g_array_index (mixed, float, t * n_channels + c);
  return sig_recording_new_take_samples (sig_file_get_name (self->file), info->n_channels, n_steps,
                                         info->rate_hz, NULL, NULL, samples);
}

gboolean
sig_reader_flac_open (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  g_autoptr (GArray) mixed = g_array_new (FALSE, FALSE, sizeof (float));
  g_autoptr (Flac) flac = NULL;
  gboolean kept;
  Info info;

  if (!parse_streaminfo (file, &info, error))
    return FALSE;
  flac = flac_new (file, &info, error);
  if (flac == NULL)
    return FALSE;

  gint64 n_steps = decode_all (flac, &info, reading, mixed, &kept, error);

  if (n_steps < 0)
    return FALSE;
  if (n_steps == 0)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has no samples that can be decoded (it declares %" G_GUINT64_FORMAT " steps)",
                     info.n_steps);
      return FALSE;
    }
  if (info.n_steps == 0)
    sig_reading_note (reading, "The FLAC header does not say how long it is; everything that can be decoded was read.");
  else if (info.n_steps != (guint64) n_steps)
    sig_reading_note (reading,
                      "%.3f s of %.3f s are readable: the header declares %" G_GUINT64_FORMAT
                      " steps, %" G_GINT64_FORMAT " were decoded.",
                      (double) n_steps / info.rate_hz, (double) info.n_steps / info.rate_hz, info.n_steps,
                      n_steps);

  if (kept)
    content->recording = from_mixed (flac, &info, mixed, n_steps);
  else
    content->recording = sig_blocks_open (&(SigBlocksSpec){ .n_channels = info.n_channels,
                                                            .n_steps = n_steps,
                                                            .rate_hz = info.rate_hz,
                                                            .fill = flac_fill,
                                                            .source = g_steal_pointer (&flac),
                                                            .free_source = flac_free },
                                          file, reading, error);
  return content->recording != NULL;
}
