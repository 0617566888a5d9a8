/* sig-edf.c: the header of EDF, EDF+, BDF and BDF+ files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-edf.h"

#include <string.h>

#include "sig-edf-date.h"
#include "sig-edf-text.h"

#define PART_BYTES  256 /* of the header: one for the file, one for each signal */
#define MAX_SIGNALS 4096
#define MAX_SAMPLES 99999999
#define MAX_RECORDS 99999999
#define MAX_RATE_HZ 1e8
#define MIN_RATE_HZ 0.001

/* Where the fields of the signals begin: of each field the values of all signals lie side by side. */
typedef enum
{
  LABEL,
  UNIT,
  PHYSICAL_MIN,
  PHYSICAL_MAX,
  DIGITAL_MIN,
  DIGITAL_MAX,
  N_SAMPLES,
} Column;

static const struct
{
  const char *name;
  gsize       before; /* bytes of a signal's fields before this one */
  gsize       n;
} columns[] = {
  [LABEL] = { "label", 0, 16 },
  [UNIT] = { "unit", 96, 8 },
  [PHYSICAL_MIN] = { "physical minimum", 104, 8 },
  [PHYSICAL_MAX] = { "physical maximum", 112, 8 },
  [DIGITAL_MIN] = { "digital minimum", 120, 8 },
  [DIGITAL_MAX] = { "digital maximum", 128, 8 },
  [N_SAMPLES] = { "number of samples", 216, 8 },
};

static const SigEdfField header_bytes_field = { "number of header bytes", 0, 184, 8 };
static const SigEdfField kind_field = { "kind", 0, 192, 44 };
static const SigEdfField n_records_field = { "number of data records", 0, 236, 8 };
static const SigEdfField record_s_field = { "duration of a data record", 0, 244, 8 };
static const SigEdfField n_signals_field = { "number of signals", 0, 252, 4 };

static gboolean
is_bdf (const guint8 *head)
{
  return memcmp (head, "\xFF" "BIOSEMI", 8) == 0;
}

gboolean
sig_edf_is_edf (const SigFile *file)
{
  guint8 head[PART_BYTES] = { 0 };
  gsize n = sig_file_peek (file, sizeof head, head);

  if (n < 8)
    return FALSE;
  return is_bdf (head) || (memcmp (head, "0       ", 8) == 0 && memchr (head, '\n', n) == NULL && memchr (head, '\r', n) == NULL);
}

void
sig_edf_clear (SigEdf *self)
{
  for (guint i = 0; self->signals != NULL && i < self->n_signals; i++)
    {
      g_free (self->signals[i].name);
      g_free (self->signals[i].unit);
    }
  g_clear_pointer (&self->signals, g_free);
}

guint
sig_edf_get_n_channels (const SigEdf *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_signals; i++)
    n += !self->signals[i].is_annotations;
  return n;
}

const char *
sig_edf_get_format (const SigEdf *self)
{
  return self->width == 3 ? "BDF" : "EDF";
}

static SigEdfField
get_field (const SigEdf *self,
           guint         signal,
           Column        column)
{
  return (SigEdfField) { columns[column].name, signal + 1,
                         PART_BYTES + columns[column].before * self->n_signals + columns[column].n * signal,
                         columns[column].n };
}

/* --- the scale ------------------------------------------------------------------ */

/* The straight line through (digital minimum, physical minimum) and (digital maximum, physical maximum). */
static gboolean
read_scale (SigEdf     *self,
            guint       i,
            SigEdfText *text,
            GError    **error)
{
  SigEdfSignal *signal = &self->signals[i];
  double values[4] = { 0 };

  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    {
      SigEdfField field = get_field (self, i, PHYSICAL_MIN + k);

      if (!sig_edf_text_get_number (text, &field, &values[k], error))
        return FALSE;
    }
  signal->scale = 1;
  signal->bias = 0;
  if (values[0] == values[1] || values[2] == values[3])
    {
      SigEdfField flat = get_field (self, i, values[0] == values[1] ? PHYSICAL_MIN : DIGITAL_MIN);

      sig_edf_text_repaired (text, &flat, SIG_EDF_FLAT);
      return TRUE;
    }
  signal->scale = (values[1] - values[0]) / (values[3] - values[2]);
  signal->bias = values[0] / signal->scale - values[2];
  return TRUE;
}

/* --- the signals ---------------------------------------------------------------- */

static gboolean
read_signal (SigEdf     *self,
             guint       i,
             SigEdfText *text,
             GError    **error)
{
  SigEdfSignal *signal = &self->signals[i];
  SigEdfField label = get_field (self, i, LABEL), unit = get_field (self, i, UNIT), n = get_field (self, i, N_SAMPLES);

  signal->name = sig_edf_text_dup (text, &label);
  signal->unit = sig_edf_text_dup (text, &unit);
  signal->is_annotations = strcmp (signal->name, self->width == 3 ? "BDF Annotations" : "EDF Annotations") == 0;
  signal->offset = self->record_bytes;
  if (!sig_edf_text_get_whole (text, &n, 1, MAX_SAMPLES, &signal->n_samples, error))
    return FALSE;
  self->record_bytes += signal->n_samples * self->width;
  return signal->is_annotations || read_scale (self, i, text, error);
}

static gboolean
check_rate (const SigEdf *self,
            SigEdfText   *text,
            GError      **error)
{
  for (guint i = 0; i < self->n_signals; i++)
    {
      const SigEdfSignal *signal = &self->signals[i];
      double rate_hz = (double) signal->n_samples / self->record_s;

      if (signal->is_annotations)
        continue;
      if (self->record_s == 0)
        {
          sig_edf_text_fail (text, &record_s_field, error, "which only a file without any signal but annotations may have");
          return FALSE;
        }
      if (!(rate_hz >= MIN_RATE_HZ && rate_hz <= MAX_RATE_HZ))
        {
          sig_edf_text_fail (text, &record_s_field, error,
                             "which makes %g Hz of the %" G_GINT64_FORMAT " samples of “%s” (allowed 0.001 Hz - 100 MHz)",
                             rate_hz, signal->n_samples, signal->name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_signals (SigEdf     *self,
              SigEdfText *text,
              GError    **error)
{
  self->signals = g_new0 (SigEdfSignal, self->n_signals);
  for (guint i = 0; i < self->n_signals; i++)
    if (!read_signal (self, i, text, error))
      return FALSE;
  if (sig_edf_get_n_channels (self) > SIG_MAX_CHANNELS)
    {
      sig_edf_text_fail (text, &n_signals_field, error, "at most %d channels are read", SIG_MAX_CHANNELS);
      return FALSE;
    }
  return check_rate (self, text, error);
}

/* --- the file ------------------------------------------------------------------- */

/* What the first 256 bytes say. */
static gboolean
read_head (SigEdf     *self,
           SigEdfText *text,
           SigReading *reading,
           GError    **error)
{
  gint64 n_signals = 0;
  g_autofree char *kind = sig_edf_text_dup (text, &kind_field);

  self->width = is_bdf (text->bytes) ? 3 : 2;
  self->is_discontinuous = g_str_has_prefix (kind, self->width == 3 ? "BDF+D" : "EDF+D");
  self->start_us = sig_edf_read_start (text, reading);
  if (!sig_edf_text_get_whole (text, &n_signals_field, 1, MAX_SIGNALS, &n_signals, error)
      || !sig_edf_text_get_whole (text, &header_bytes_field, 0, G_MAXINT32, &self->header_bytes, error)
      || !sig_edf_text_get_number (text, &record_s_field, &self->record_s, error))
    return FALSE;
  if (self->header_bytes != PART_BYTES * (n_signals + 1))
    {
      sig_edf_text_fail (text, &header_bytes_field, error, "but %" G_GINT64_FORMAT " signals make %" G_GINT64_FORMAT " bytes",
                         n_signals, PART_BYTES * (n_signals + 1));
      return FALSE;
    }
  if (self->record_s < 0)
    {
      sig_edf_text_fail (text, &record_s_field, error, "which is less than nothing");
      return FALSE;
    }
  self->n_signals = (guint) n_signals;
  return TRUE;
}

/* The bytes of the header as far as `n`. */
static gboolean
load (const SigFile *file,
      gint64         n,
      SigEdfText    *text,
      guint8       **bytes,
      GError       **error)
{
  if (sig_file_get_size (file) < n)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "ends inside the header (%" G_GINT64_FORMAT " bytes, need %" G_GINT64_FORMAT ")",
                     sig_file_get_size (file), n);
      return FALSE;
    }
  g_free (*bytes);
  *bytes = g_malloc ((gsize) n);
  text->bytes = *bytes;
  text->size = (gsize) n;
  return sig_file_read (file, 0, (gsize) n, *bytes, error);
}

/* The number of records against the file's size. */
static gboolean
read_n_records (SigEdf     *self,
                SigEdfText *text,
                SigReading *reading,
                GError    **error)
{
  gint64 n_bytes = sig_file_get_size (text->file) - self->header_bytes;
  gint64 n_declared = 0, n_there = n_bytes / self->record_bytes, n_rest = 0;
  g_autofree char *there = sig_dup_count (n_there);

  if (!sig_edf_text_get_whole (text, &n_records_field, -1, MAX_RECORDS, &n_declared, error))
    return FALSE;
  self->n_records = n_declared > 0 ? MIN (n_declared, n_there) : n_there;
  n_rest = n_bytes - self->n_records * self->record_bytes;
  if (self->n_records == 0)
    {
      sig_file_fail (text->file, error, SIG_ERROR_FORMAT,
                     "has no whole data record: %" G_GINT64_FORMAT " bytes follow the header, a record has %" G_GINT64_FORMAT,
                     n_bytes, self->record_bytes);
      return FALSE;
    }
  if (n_declared <= 0)
    sig_reading_note (reading, "The number of data records is %" G_GINT64_FORMAT
                      ", as in a recording that was interrupted; the file's size says %s.", n_declared, there);
  else if (n_declared > n_there)
    {
      g_autofree char *declared = sig_dup_count (n_declared);

      sig_reading_note (reading, "Declares %s data records, %s whole ones are there.", declared, there);
    }
  if (n_rest > 0)
    {
      g_autofree char *rest = sig_dup_count (n_rest);

      sig_reading_note (reading, "%s bytes after the last data record were left out.", rest);
    }
  return TRUE;
}

gboolean
sig_edf_read (SigEdf        *self,
              const SigFile *file,
              SigReading    *reading,
              GError       **error)
{
  g_auto (SigEdfText) text = { .file = file };
  g_autofree guint8 *bytes = NULL;

  *self = (SigEdf) { 0 };
  if (!load (file, PART_BYTES, &text, &bytes, error) || !read_head (self, &text, reading, error)
      || !load (file, self->header_bytes, &text, &bytes, error) || !read_signals (self, &text, error)
      || !read_n_records (self, &text, reading, error))
    return FALSE;
  sig_edf_text_note (&text, reading);
  return TRUE;
}
