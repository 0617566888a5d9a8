/* sig-export-edf-review.c: what a recording and its labels lose as EDF+ or BDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <string.h>

#include "sig-edf-plan.h"

#define QUICK_SAMPLES (4 * 1024 * 1024)
#define MAX_LISTED    4

/* Lists the texts of channels that eight or sixteen characters of ASCII cannot hold. */
static void
review_texts (const SigExport  *what,
              const SigEdfPlan *plan,
              GPtrArray        *losses)
{
  g_autoptr (GString) changed = g_string_new (NULL);
  guint n = 0;

  for (guint c = 0; c < plan->n_channels; c++)
    {
      const char *texts[][2] = { { sig_recording_get_channel_name (what->recording, c), plan->channels[c].label },
                                 { sig_recording_get_channel_unit (what->recording, c), plan->channels[c].unit } };

      for (guint i = 0; i < 2; i++)
        if (strcmp (texts[i][0], texts[i][1]) != 0 && n++ < MAX_LISTED)
          g_string_append_printf (changed, "%s“%s” becomes “%s”", n > 1 ? ", " : "", texts[i][0], texts[i][1]);
    }
  if (n > MAX_LISTED)
    g_string_append (changed, ", …");
  if (n > 0)
    sig_export_lose (losses, "Names and units of channels are changed, since they may have 16 and 8 characters of ASCII: %s.",
                     changed->str);
}

/* How finely samples are kept. That is known only after reading them all, which is done for those that are quickly read. */
static void
review_samples (const SigExport *what,
                SigEdfPlan      *plan,
                GPtrArray       *losses)
{
  guint bits = 8 * plan->width, worst = 0;
  gint64 n_missing = 0;

  if (sig_recording_peek_channel (what->recording, 0) == NULL
      || sig_recording_get_n_steps (what->recording) > QUICK_SAMPLES / plan->n_channels
      || !sig_edf_plan_measure (plan, what->recording, NULL, NULL, NULL))
    {
      sig_export_lose (losses, "Samples are rounded to %u bits of each channel's range.", bits);
      return;
    }
  for (guint c = 0; c < plan->n_channels; c++)
    {
      n_missing += plan->channels[c].n_missing;
      if (plan->channels[c].scale > plan->channels[worst].scale)
        worst = c;
    }
  if (plan->channels[worst].scale != 1)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (text, sizeof text, "%.3g", plan->channels[worst].scale / 2);
      sig_export_lose (losses, "Samples are rounded to %u bits of each channel's range: by at most %s%s%s in “%s”, less in "
                       "others.", bits, text, *plan->channels[worst].unit != '\0' ? " " : "", plan->channels[worst].unit,
                       sig_recording_get_channel_name (what->recording, worst));
    }
  if (n_missing > 0)
    sig_export_lose (losses, n_missing == 1 ? "%" G_GINT64_FORMAT " missing sample is written as 0, or the nearest value in the "
                                              "channel's range."
                                            : "%" G_GINT64_FORMAT " missing samples are written as 0, or the nearest value in "
                                              "the channel's range.", n_missing);
}

static void
review_borders (const SigExport *what,
                GPtrArray       *losses)
{
  gsize n_segments = 0;
  const SigSegment *segments = sig_recording_get_segments (what->recording, &n_segments);
  gint64 n_outside = 0;
  guint n_breaks = 0;

  if (n_segments > 0)
    n_outside = segments[0].start + sig_recording_get_n_steps (what->recording) - segments[n_segments - 1].end;
  for (gsize i = 1; i < n_segments; i++)
    n_breaks += segments[i].start == segments[i - 1].end;
  if (n_breaks > 0)
    sig_export_lose (losses, n_breaks == 1 ? "%u border between segments without a gap is lost: their time runs on."
                                           : "%u borders between segments without a gap are lost: their time runs on.", n_breaks);
  if (n_outside > 0)
    sig_export_lose (losses, n_outside == 1 ? "%" G_GINT64_FORMAT " step before the first or after the last segment is lost."
                                            : "%" G_GINT64_FORMAT " steps before the first or after the last segment are lost.",
                     n_outside);
}

static void
review_with_samples (const SigExport *what,
                     guint            width,
                     GPtrArray       *losses)
{
  g_auto (SigEdfPlan) plan = { 0 };

  sig_edf_plan_init (&plan, what->recording, what->labels, width, TRUE);
  sig_export_review_names (what->labels, sig_export_dup_listed, losses);
  sig_export_review_states (what->labels, losses, "labels of that name");
  sig_export_review_times (what->recording, losses);
  review_texts (what, &plan, losses);
  review_samples (what, &plan, losses);
  review_borders (what, losses);
  if (!plan.is_rate_exact)
    sig_export_lose (losses, "The rate of %.9g Hz is written as %.9g Hz, since a record's length has eight characters.",
                     sig_recording_get_rate_hz (what->recording), plan.rate_hz);
  if (plan.n_filled > 0)
    sig_export_lose (losses, "The last record is filled with %" G_GINT64_FORMAT " steps that repeat the last sample.",
                     plan.n_filled);
}

void
sig_export_review_edf (const SigExport *what,
                       GPtrArray       *losses)
{
  review_with_samples (what, 2, losses);
}

void
sig_export_review_bdf (const SigExport *what,
                       GPtrArray       *losses)
{
  review_with_samples (what, 3, losses);
}

void
sig_export_review_edf_labels (const SigExport *what,
                              GPtrArray       *losses)
{
  sig_export_review_names (what->labels, sig_export_dup_listed, losses);
  sig_export_review_states (what->labels, losses, "labels of that name");
  sig_export_review_times (what->recording, losses);
}
