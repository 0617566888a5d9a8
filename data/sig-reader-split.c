/* sig-reader-split.c: takes a channel out of a recording and reads it as labels
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <math.h>

#include "sig-classes.h"
#include "sig-derive.h"
#include "sig-reader.h"

/* Whole-number PCM was divided by 2^15, 2^23 or 2^31 when it was read. This is the factor that makes labels
 * of it again: small whole numbers, which halves and quarters of other recordings do not become. */
static double
find_scale (const float *values,
            gint64       n_steps)
{
  static const int powers[] = { 0, 15, 23, 31 };

  for (gsize i = 0; i < G_N_ELEMENTS (powers); i++)
    {
      double scale = ldexp (1.0, powers[i]);
      gint64 t = 0;

      for (; t < n_steps; t++)
        {
          double value = values[t] * scale;

          if (!isnan (value) && (value != floor (value) || (powers[i] > 0 && fabs (value) >= SIG_MAX_CLASSES)))
            break;
        }
      if (t == n_steps)
        return scale;
    }
  return 1.0;
}

static SigRecording *
make_rest (const SigRecording *recording,
           guint               without,
           GError            **error)
{
  guint n = sig_recording_get_n_channels (recording) - 1;
  g_autofree guint *channels = g_new (guint, n);

  for (guint c = 0; c < n; c++)
    channels[c] = c < without ? c : c + 1;
  return sig_derive_subset (recording, channels, n, error);
}

gboolean
sig_reader_split_channel (const SigRecording *recording,
                          guint               channel,
                          SigContent         *content,
                          GError            **error)
{
  g_return_val_if_fail (recording != NULL && content != NULL && channel < sig_recording_get_n_channels (recording),
                        FALSE);

  gint64 n_steps = sig_recording_get_n_steps (recording);
  g_autofree float *values = g_try_new (float, MAX (n_steps, 1));
  g_autofree char *what = g_strdup_printf ("%s: channel “%s”", sig_recording_get_title (recording),
                                           sig_recording_get_channel_name (recording, channel));

  *content = (SigContent) { 0 };
  if (values == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                   "%s: there is not enough memory for %" G_GINT64_FORMAT " labels", what, n_steps);
      return FALSE;
    }
  if (!sig_recording_read (recording, channel, 0, n_steps, values, error))
    return FALSE;
  content->labels = sig_classes_from_values (values, n_steps, find_scale (values, n_steps), what, error);
  if (content->labels == NULL)
    return FALSE;
  if (sig_recording_get_n_channels (recording) > 1)
    {
      content->recording = make_rest (recording, channel, error);
      if (content->recording == NULL)
        {
          sig_content_clear (content);
          return FALSE;
        }
    }
  return TRUE;
}
