/* sig-export-wav.c: the recording and its labels as WAV: 32-bit floats, with markers, names and lengths
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <math.h>
#include <string.h>

#include "sig-error.h"

#define BLOCK_FLOATS   65536
#define TAG_FLOAT      3
#define TAG_EXTENSIBLE 0xFFFE

/* What a file of 32-bit sizes holds; above it RF64 has its sizes in a chunk of their own. */
#define MAX_RIFF_BYTES (G_GUINT64_CONSTANT (0xFFFFFFFF) - 8)

static void
put_u16 (GByteArray *bytes,
         guint16     value)
{
  guint16 little = GUINT16_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
put_u32 (GByteArray *bytes,
         guint32     value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
put_u64 (GByteArray *bytes,
         guint64     value)
{
  guint64 little = GUINT64_TO_LE (value);

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
}

static void
put_id (GByteArray *bytes,
        const char *id)
{
  g_byte_array_append (bytes, (const guint8 *) id, 4);
}

/* Begins a chunk; end_chunk() writes its size. */
static guint
begin_chunk (GByteArray *bytes,
             const char *id)
{
  put_id (bytes, id);
  put_u32 (bytes, 0);
  return bytes->len;
}

static void
end_chunk (GByteArray *bytes,
           guint       start)
{
  guint32 size = GUINT32_TO_LE (bytes->len - start);

  memcpy (bytes->data + start - 4, &size, sizeof size);
  if (bytes->len % 2 != 0)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

static guint32
whole_rate (const SigRecording *recording)
{
  return (guint32) CLAMP (round (sig_recording_get_rate_hz (recording)), 1.0, 4e9);
}

/* Steps that a cue point can say: its place has 32 bits. */
static gsize
count_places (const SigLabels *labels)
{
  gsize n, k = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  while (k < n && spans[k].end <= G_MAXUINT32)
    k++;
  return k;
}

static void
review_wav (const SigExport *what,
            GPtrArray       *losses)
{
  const SigRecording *recording = what->recording;
  double rate = sig_recording_get_rate_hz (recording);
  gsize n, n_segments;
  gboolean has_units = FALSE;

  sig_labels_get_spans (what->labels, &n);
  sig_recording_get_segments (recording, &n_segments);
  sig_export_review_names (what->labels, sig_export_dup_listed, losses);
  sig_export_review_states (what->labels, losses, "regions of that name");
  sig_export_review_times (recording, losses);
  if (rate != (double) whole_rate (recording))
    {
      g_autofree char *text = g_strdup_printf ("%.9g", rate);

      sig_export_lose (losses, "The rate of %s Hz is written as %u Hz, since a WAV has whole ones; the steps stay the same.",
                       text, whole_rate (recording));
    }
  if (n_segments > 1)
    sig_export_lose (losses, "The borders of %" G_GSIZE_FORMAT " segments are lost: gaps are samples that are no numbers.",
                     n_segments);
  if (count_places (what->labels) < n)
    sig_export_lose (losses, "Labels beyond step 4,294,967,295 are lost.");
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    has_units = has_units || *sig_recording_get_channel_unit (recording, c) != '\0';
  sig_export_lose (losses, "Names%s of channels are lost: a WAV numbers its channels.", has_units ? " and units" : "");
  if (sig_recording_get_start_us (recording) != SIG_START_UNKNOWN)
    sig_export_lose (losses, "The time at which the recording began is lost.");
}

static void
put_format (GByteArray         *bytes,
            const SigRecording *recording)
{
  static const guint8 float_guid[16] = { 3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71 };
  guint n_channels = sig_recording_get_n_channels (recording);
  guint32 rate = whole_rate (recording);
  gboolean extensible = n_channels > 2;
  guint start = begin_chunk (bytes, "fmt ");

  put_u16 (bytes, extensible ? TAG_EXTENSIBLE : TAG_FLOAT);
  put_u16 (bytes, (guint16) n_channels);
  put_u32 (bytes, rate);
  put_u32 (bytes, (guint32) MIN ((guint64) rate * n_channels * 4, G_MAXUINT32));
  put_u16 (bytes, (guint16) (n_channels * 4));
  put_u16 (bytes, 32);
  put_u16 (bytes, extensible ? 22 : 0);
  if (extensible)
    {
      put_u16 (bytes, 32);
      put_u32 (bytes, 0);
      g_byte_array_append (bytes, float_guid, sizeof float_guid);
    }
  end_chunk (bytes, start);
  start = begin_chunk (bytes, "fact");
  put_u32 (bytes, (guint32) MIN (sig_recording_get_n_steps (recording), G_MAXUINT32));
  end_chunk (bytes, start);
}

/* Points, then all names, then all lengths: libsndfile 1.2 stops reading names at the first length. */
static void
put_labels (GByteArray      *bytes,
            const SigLabels *labels)
{
  gsize n_all, n = count_places (labels);
  const SigSpan *spans = sig_labels_get_spans (labels, &n_all);

  if (n == 0)
    return;

  guint start = begin_chunk (bytes, "cue ");

  put_u32 (bytes, (guint32) n);
  for (gsize i = 0; i < n; i++)
    {
      put_u32 (bytes, (guint32) i + 1);
      put_u32 (bytes, (guint32) spans[i].start);
      put_id (bytes, "data");
      put_u64 (bytes, 0);
      put_u32 (bytes, (guint32) spans[i].start);
    }
  end_chunk (bytes, start);

  start = begin_chunk (bytes, "LIST");
  put_id (bytes, "adtl");
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = sig_export_dup_listed (labels, spans[i].klass);
      guint part = begin_chunk (bytes, "labl");

      put_u32 (bytes, (guint32) i + 1);
      g_byte_array_append (bytes, (const guint8 *) name, (guint) strlen (name) + 1);
      end_chunk (bytes, part);
    }
  for (gsize i = 0; i < n; i++)
    {
      guint part = begin_chunk (bytes, "ltxt");

      put_u32 (bytes, (guint32) i + 1);
      put_u32 (bytes, (guint32) (spans[i].end - spans[i].start));
      put_id (bytes, "rgn ");
      put_u64 (bytes, 0);
      end_chunk (bytes, part);
    }
  end_chunk (bytes, start);
}

/* All before the samples; `n_data` is their size. */
static GByteArray *
make_header (const SigExport *what,
             guint64          n_data)
{
  GByteArray *bytes = g_byte_array_new (), *chunks = g_byte_array_new ();

  put_format (chunks, what->recording);
  put_labels (chunks, what->labels);

  guint64 n_riff = 4 + chunks->len + 8 + n_data;
  gboolean wide = n_riff > MAX_RIFF_BYTES;

  put_id (bytes, wide ? "RF64" : "RIFF");
  put_u32 (bytes, wide ? G_MAXUINT32 : (guint32) n_riff);
  put_id (bytes, "WAVE");
  if (wide)
    {
      put_id (bytes, "ds64");
      put_u32 (bytes, 28);
      put_u64 (bytes, n_riff + 36);
      put_u64 (bytes, n_data);
      put_u64 (bytes, (guint64) sig_recording_get_n_steps (what->recording));
      put_u32 (bytes, 0);
    }
  g_byte_array_append (bytes, chunks->data, chunks->len);
  put_id (bytes, "data");
  put_u32 (bytes, wide ? G_MAXUINT32 : (guint32) n_data);
  g_byte_array_unref (chunks);
  return bytes;
}

/* Steps [start, start + n) of all channels, interleaved, to the sink. `channel` has room for n. */
static gboolean
put_block (const SigExport *what,
           gint64           start,
           gint64           n,
           float           *channel,
           guint32         *mixed,
           GError         **error)
{
  guint n_channels = sig_recording_get_n_channels (what->recording);
  gint64 n_steps = sig_recording_get_n_steps (what->recording);

  for (guint c = 0; c < n_channels; c++)
    {
      if (!sig_recording_read (what->recording, c, start, n, channel, error))
        return FALSE;
      for (gint64 i = 0; i < n; i++)
        {
          guint32 word;

          memcpy (&word, &channel[i], sizeof word);
          mixed[(gsize) i * n_channels + c] = GUINT32_TO_LE (word);
        }
    }
  return sig_export_put (what, (double) (start + n) / (double) n_steps, mixed, (gsize) n * n_channels * 4, error);
}

static gboolean
write_wav (const SigExport *what,
           GError         **error)
{
  guint n_channels = sig_recording_get_n_channels (what->recording);
  gint64 n_steps = sig_recording_get_n_steps (what->recording), block = BLOCK_FLOATS / n_channels;
  g_autofree float *channel = g_new (float, block);
  g_autofree guint32 *mixed = g_new (guint32, block * n_channels);
  g_autoptr (GByteArray) header = make_header (what, (guint64) n_steps * n_channels * 4);

  if (!sig_export_put (what, 0.0, header->data, header->len, error))
    return FALSE;
  for (gint64 t = 0; t < n_steps; t += block)
    if (!put_block (what, t, MIN (block, n_steps - t), channel, mixed, error))
      return FALSE;
  return TRUE;
}

const SigExportFormat sig_export_wav = {
  .id = "wav",
  .name = "WAV with regions",
  .extension = ".wav",
  .summary = "The recording as 32-bit floats, and each label as a region with its name. Reaper and other programs "
             "show them; Audacity 3.2 reads the sound only (its label track is a format of its own).",
  .has_samples = TRUE,
  .review = review_wav,
  .write = write_wav,
  .dup_name = sig_export_dup_listed,
};
