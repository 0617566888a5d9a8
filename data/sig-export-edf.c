/* sig-export-edf.c: a recording and its labels as EDF+ or BDF+, or the labels alone as EDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <math.h>
#include <string.h>

#include "sig-edf-plan.h"
#include "sig-error.h"

#define HEADER_PART   256
#define MAX_RECORDS   99999999
#define BLOCK_FLOATS  65536
#define MEASURED      0.4 /* of the work is done when the ranges are known */
#define US_PER_S      G_GINT64_CONSTANT (1000000)

/* --- the header ------------------------------------------------------------------ */

/* A text with blanks after it. */
static void
put_field (GByteArray *bytes,
           const char *text,
           gsize       n)
{
  gsize used = MIN (strlen (text), n);

  g_byte_array_append (bytes, (const guint8 *) text, (guint) used);
  for (gsize i = used; i < n; i++)
    g_byte_array_append (bytes, (const guint8 *) " ", 1);
}

static void G_GNUC_PRINTF (3, 4)
put_formatted (GByteArray *bytes,
               gsize       n,
               const char *format,
               ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);

  put_field (bytes, text, n);
}

/* The recording's field, date and time. Without a known start they are what EDF+ says for that. */
static void
put_start (GByteArray *bytes,
           gint64      start_us)
{
  static const char *const months[]
      = { "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC" };
  g_autoptr (GDateTime) start = NULL;

  if (start_us != SIG_START_UNKNOWN)
    start = g_date_time_new_from_unix_utc ((start_us - ((start_us % US_PER_S) + US_PER_S) % US_PER_S) / US_PER_S);
  if (start == NULL)
    {
      put_field (bytes, "Startdate X X X X", 80);
      put_field (bytes, "01.01.85", 8);
      put_field (bytes, "00.00.00", 8);
      return;
    }
  put_formatted (bytes, 80, "Startdate %02d-%s-%04d X X X", g_date_time_get_day_of_month (start),
                 months[g_date_time_get_month (start) - 1], g_date_time_get_year (start));
  put_formatted (bytes, 8, "%02d.%02d.%02d", g_date_time_get_day_of_month (start), g_date_time_get_month (start),
                 g_date_time_get_year (start) % 100);
  put_formatted (bytes, 8, "%02d.%02d.%02d", g_date_time_get_hour (start), g_date_time_get_minute (start),
                 g_date_time_get_second (start));
}

/* One field of all signals; `annotations` is what the last signal, that of annotations, has in it. */
static void
put_column (GByteArray       *bytes,
            const SigEdfPlan *plan,
            gsize             member,
            gsize             n,
            const char       *annotations)
{
  for (guint c = 0; c < plan->n_channels; c++)
    put_field (bytes, member == G_MAXSIZE ? "" : G_STRUCT_MEMBER_P (&plan->channels[c], member), n);
  put_field (bytes, annotations, n);
}

static void
put_digital (GByteArray       *bytes,
             const SigEdfPlan *plan,
             gsize             member,
             gint32            annotations)
{
  for (guint c = 0; c < plan->n_channels; c++)
    put_formatted (bytes, 8, "%d", G_STRUCT_MEMBER (gint32, &plan->channels[c], member));
  put_formatted (bytes, 8, "%d", annotations);
}

static GByteArray *
make_header (const SigExport  *what,
             const SigEdfPlan *plan)
{
  GByteArray *bytes = g_byte_array_new ();
  gint32 most = plan->width == 3 ? 8388607 : 32767;

  put_field (bytes, plan->width == 3 ? "\xFF" "BIOSEMI" : "0", 8);
  put_field (bytes, "X X X X", 80);
  put_start (bytes, sig_recording_get_start_us (what->recording));
  put_formatted (bytes, 8, "%u", HEADER_PART * (plan->n_channels + 2));
  put_formatted (bytes, 44, "%s+%c", plan->width == 3 ? "BDF" : "EDF", plan->is_discontinuous ? 'D' : 'C');
  put_formatted (bytes, 8, "%" G_GINT64_FORMAT, plan->n_records);
  put_field (bytes, plan->record_s, 8);
  put_formatted (bytes, 4, "%u", plan->n_channels + 1);

  put_column (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, label), 16,
              plan->width == 3 ? "BDF Annotations" : "EDF Annotations");
  put_column (bytes, plan, G_MAXSIZE, 80, "");
  put_column (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, unit), 8, "");
  put_column (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, physical_min), 8, "-1");
  put_column (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, physical_max), 8, "1");
  put_digital (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, digital_min), -most - 1);
  put_digital (bytes, plan, G_STRUCT_OFFSET (SigEdfPlanChannel, digital_max), most);
  put_column (bytes, plan, G_MAXSIZE, 80, "");
  for (guint c = 0; c < plan->n_channels; c++)
    put_formatted (bytes, 8, "%" G_GINT64_FORMAT, plan->record_steps);
  put_formatted (bytes, 8, "%" G_GSIZE_FORMAT, plan->annotation_bytes / plan->width);
  put_column (bytes, plan, G_MAXSIZE, 32, "");
  return bytes;
}

/* --- the records ----------------------------------------------------------------- */

/* A writing under way. */
typedef struct
{
  const SigExport  *what;
  const SigEdfPlan *plan;
  SigEdfPacker      packer;
  gint64            n_written; /* records */
  float            *samples;   /* [channel][block] */
  gint64            block;     /* steps */
  GByteArray       *bytes;
} Writer;

static void
put_samples (Writer *self,
             guint   channel,
             gint64  from)
{
  const SigEdfPlan *plan = self->plan;
  const float *samples = self->samples + (gsize) channel * (gsize) self->block + from;

  for (gint64 t = 0; t < plan->record_steps; t++)
    {
      guint32 stored = GUINT32_TO_LE ((guint32) sig_edf_plan_encode (&plan->channels[channel], samples[t]));

      g_byte_array_append (self->bytes, (const guint8 *) &stored, plan->width);
    }
}

/* The annotations of a record that begins at `onset_s`, filled with zeros. */
static void
put_annotations (Writer *self,
                 double  onset_s)
{
  guint start = self->bytes->len, end = start + (guint) self->plan->annotation_bytes;

  sig_edf_append_onset (self->bytes, onset_s);
  sig_edf_packer_append (&self->packer, self->bytes, end - self->bytes->len);
  while (self->bytes->len < end)
    g_byte_array_append (self->bytes, (const guint8 *) "", 1);
}

/* Sends the records that are ready. */
static gboolean
flush (Writer  *self,
       GError **error)
{
  double fraction = MEASURED + (1.0 - MEASURED) * (double) self->n_written / (double) self->plan->n_records;
  gboolean written = sig_export_put (self->what, fraction, self->bytes->data, self->bytes->len, error);

  g_byte_array_set_size (self->bytes, 0);
  return written;
}

/* Reads steps [start, start + n), of which those beyond `end` repeat the last. */
static gboolean
read_block (Writer  *self,
            gint64   start,
            gint64   n,
            gint64   end,
            GError **error)
{
  gint64 there = MIN (n, end - start);

  for (guint c = 0; c < self->plan->n_channels; c++)
    {
      float *out = self->samples + (gsize) c * (gsize) self->block;

      if (!sig_recording_read (self->what->recording, c, start, there, out, error))
        return FALSE;
      for (gint64 t = there; t < n; t++)
        out[t] = out[there - 1];
    }
  return TRUE;
}

/* The records of steps [start, end), which follow each other. */
static gboolean
write_run (Writer  *self,
           gint64   start,
           gint64   end,
           GError **error)
{
  const SigEdfPlan *plan = self->plan;
  gint64 n_steps = plan->record_steps;

  for (gint64 at = start; at < end; at += self->block)
    {
      gint64 n_records = MIN (self->block / n_steps, (end - at + n_steps - 1) / n_steps);

      if (!read_block (self, at, n_records * n_steps, end, error))
        return FALSE;
      for (gint64 r = 0; r < n_records; r++)
        {
          for (guint c = 0; c < plan->n_channels; c++)
            put_samples (self, c, r * n_steps);
          put_annotations (self, plan->first_s + (double) (at + r * n_steps) / plan->rate_hz);
          self->n_written++;
        }
      if (!flush (self, error))
        return FALSE;
    }
  return TRUE;
}

/* Segments without a gap between them are one run. */
static gboolean
write_runs (Writer  *self,
            GError **error)
{
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (self->what->recording, &n_segments);

  for (gsize i = 0, k = 0; i < n_segments; i = k)
    {
      for (k = i + 1; k < n_segments && segments[k].start == segments[k - 1].end;)
        k++;
      if (!write_run (self, segments[i].start, segments[k - 1].end, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
go_on_measuring (gpointer user_data,
                 double   fraction,
                 GError **error)
{
  return sig_export_go_on (user_data, MEASURED * fraction, error);
}

static gboolean
write_plan (const SigExport *what,
            SigEdfPlan      *plan,
            GError         **error)
{
  g_autoptr (GByteArray) header = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree float *samples = NULL;
  Writer self = { .what = what, .plan = plan, .packer = { what->labels, plan->rate_hz, plan->first_s, 0 }, .bytes = bytes };
  gboolean ok = FALSE;

  if (plan->n_records > MAX_RECORDS)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                   "“%s” would take %" G_GINT64_FORMAT " data records; an EDF or BDF file has at most %d.",
                   sig_recording_get_title (what->recording), plan->n_records, MAX_RECORDS);
      return FALSE;
    }
  if (!sig_edf_plan_measure (plan, what->recording, go_on_measuring, (gpointer) what, error))
    return FALSE;
  header = make_header (what, plan);
  if (!sig_export_put (what, MEASURED, header->data, header->len, error))
    return FALSE;
  if (plan->n_channels > 0)
    {
      self.block = MAX (BLOCK_FLOATS / (plan->record_steps * plan->n_channels), 1) * plan->record_steps;
      self.samples = samples = g_new (float, (gsize) self.block * plan->n_channels);
      ok = write_runs (&self, error);
    }
  else
    {
      for (; self.n_written < plan->n_records; self.n_written++)
        put_annotations (&self, plan->first_s);
      ok = flush (&self, error);
    }
  return ok;
}

static gboolean
write_edf (const SigExport *what,
           GError         **error)
{
  g_auto (SigEdfPlan) plan = { 0 };

  sig_edf_plan_init (&plan, what->recording, what->labels, 2, TRUE);
  return write_plan (what, &plan, error);
}

static gboolean
write_bdf (const SigExport *what,
           GError         **error)
{
  g_auto (SigEdfPlan) plan = { 0 };

  sig_edf_plan_init (&plan, what->recording, what->labels, 3, TRUE);
  return write_plan (what, &plan, error);
}

static gboolean
write_labels (const SigExport *what,
              GError         **error)
{
  g_auto (SigEdfPlan) plan = { 0 };

  sig_edf_plan_init (&plan, what->recording, what->labels, 2, FALSE);
  return write_plan (what, &plan, error);
}

const SigExportFormat sig_export_bdf = {
  .id = "bdf",
  .name = "BDF+",
  .extension = ".bdf",
  .summary = "The recording in 24 bits with its labels as annotations. EDFbrowser, MNE and EEGLAB read it.",
  .has_samples = TRUE,
  .levels = 16777215,
  .review = sig_export_review_bdf,
  .write = write_bdf,
  .dup_name = sig_export_dup_listed,
};

const SigExportFormat sig_export_edf = {
  .id = "edf",
  .name = "EDF+",
  .extension = ".edf",
  .summary = "The recording in 16 bits with its labels as annotations. Nearly every program for biosignals reads it.",
  .has_samples = TRUE,
  .levels = 65535,
  .review = sig_export_review_edf,
  .write = write_edf,
  .dup_name = sig_export_dup_listed,
};

const SigExportFormat sig_export_edf_labels = {
  .id = "edf-labels",
  .name = "EDF+ annotations",
  .extension = ".edf",
  .summary = "The labels alone, as annotations. What reads EDF+ lays them over the recording.",
  .review = sig_export_review_edf_labels,
  .write = write_labels,
  .dup_name = sig_export_dup_listed,
};
