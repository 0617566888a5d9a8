/* spans.c: labels as one line of text, for comparing in tests
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "spans.h"

#include "fixture.h"

char *
spans_to_text (const SigLabels *labels)
{
  GString *text = g_string_new (NULL);
  gsize n_spans;

  if (labels == NULL)
    return g_string_free (g_string_append (text, "none"), FALSE);

  const SigSpan *spans = sig_labels_get_spans (labels, &n_spans);

  for (gsize i = 0; i < n_spans; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ":%s", i > 0 ? " " : "", spans[i].start,
                            spans[i].end, sig_labels_get_name (labels, spans[i].klass));
  return g_string_free (text, FALSE);
}

SigRecording *
spans_recording (gint64 n_steps, double rate_hz)
{
  return sig_recording_new_take_samples ("r", 1, n_steps, rate_hz, NULL, NULL, g_new0 (float, n_steps));
}

char *
spans_read (const char *name, const void *content, gsize n, const SigRecording *recording, char **notes)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, name, content, n);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigLabels) labels = sig_reader_open_labels (path, recording, NULL, notes, &error);

  fixture_remove (folder);
  g_assert_cmpint (labels == NULL, ==, error != NULL);
  if (*notes == NULL)
    *notes = g_strdup ("");
  if (labels != NULL)
    {
      g_assert_cmpint (sig_labels_get_n_steps (labels), ==, sig_recording_get_n_steps (recording));
      return spans_to_text (labels);
    }

  g_autofree char *start = g_strconcat (name, ": ", NULL);

  g_assert_true (g_str_has_prefix (error->message, start));
  return g_strdup_printf ("!%s", error->message);
}
