/* sig-raw.c: numbers of one kind that lie in a file, interleaved by step or one channel after another
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-raw.h"

#define CHUNK_BYTES (512 * 1024) /* read at once: small enough to stay in the cache while it is decoded */

typedef struct
{
  SigFile     *file;
  SigRawLayout layout;
} Raw;

static void
raw_free (gpointer data)
{
  Raw *self = data;

  sig_file_unref (self->file);
  g_free (self);
}

static gboolean
fill_interleaved (const Raw *self,
                  gint64     start,
                  gint64     n,
                  float     *out,
                  gsize      stride,
                  GError   **error)
{
  const SigRawLayout *layout = &self->layout;
  gsize size = sig_scalar_size (layout->scalar.kind), step_bytes = size * layout->n_channels;
  gint64 chunk_steps = MAX (1, CHUNK_BYTES / (gint64) step_bytes);
  g_autofree guint8 *bytes = g_malloc (step_bytes * (gsize) MIN (chunk_steps, n));

  for (gint64 done = 0; done < n; done += chunk_steps)
    {
      gint64 take = MIN (chunk_steps, n - done);

      if (!sig_file_read (self->file, layout->offset + (start + done) * (gint64) step_bytes,
                          step_bytes * (gsize) take, bytes, error))
        return FALSE;
      for (guint c = 0; c < layout->n_channels; c++)
        sig_scalar_decode (&layout->scalar, bytes + c * size, step_bytes, (gsize) take, out + c * stride + done);
    }
  return TRUE;
}

static gboolean
fill_planar (const Raw *self,
             gint64     start,
             gint64     n,
             float     *out,
             gsize      stride,
             GError   **error)
{
  const SigRawLayout *layout = &self->layout;
  gsize size = sig_scalar_size (layout->scalar.kind);
  gint64 chunk_steps = CHUNK_BYTES / (gint64) size;
  g_autofree guint8 *bytes = g_malloc (size * (gsize) MIN (chunk_steps, n));

  for (guint c = 0; c < layout->n_channels; c++)
    for (gint64 done = 0; done < n; done += chunk_steps)
      {
        gint64 take = MIN (chunk_steps, n - done);
        gint64 first = (gint64) c * layout->n_steps + start + done;

        if (!sig_file_read (self->file, layout->offset + first * (gint64) size, size * (gsize) take, bytes, error))
          return FALSE;
        sig_scalar_decode (&layout->scalar, bytes, size, (gsize) take, out + c * stride + done);
      }
  return TRUE;
}

static gboolean
raw_fill (gpointer source,
          gint64   start,
          gint64   n,
          float   *out,
          gsize    stride,
          GError **error)
{
  const Raw *self = source;

  return self->layout.planar ? fill_planar (self, start, n, out, stride, error)
                             : fill_interleaved (self, start, n, out, stride, error);
}

SigRecording *
sig_raw_open (SigFile            *file,
              const SigRawLayout *layout,
              double              rate_hz,
              const char *const  *names,
              SigReading         *reading,
              GError            **error)
{
  Raw *raw = g_new0 (Raw, 1);

  raw->file = sig_file_ref (file);
  raw->layout = *layout;
  return sig_blocks_open (&(SigBlocksSpec) { .n_channels = layout->n_channels, .n_steps = layout->n_steps,
                                             .rate_hz = rate_hz, .names = names, .fill = raw_fill, .source = raw,
                                             .free_source = raw_free },
                          file, reading, error);
}
