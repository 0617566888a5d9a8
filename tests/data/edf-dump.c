/* edf-dump.c: what the readers make of a file, as lines of text and raw floats, for edf-peer.py
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdio.h>
#include <stdlib.h>

#include "sig-export.h"

static void
print_header (const SigRecording *recording)
{
  gsize n = 0;
  const SigSegment *segments = sig_recording_get_segments (recording, &n);

  printf ("steps\t%" G_GINT64_FORMAT "\nrate\t%.17g\n", sig_recording_get_n_steps (recording),
          sig_recording_get_rate_hz (recording));
  if (sig_recording_get_start_us (recording) != SIG_START_UNKNOWN)
    printf ("start_us\t%" G_GINT64_FORMAT "\n", sig_recording_get_start_us (recording));
  for (guint c = 0; c < sig_recording_get_n_channels (recording); c++)
    printf ("channel\t%s\t%s\n", sig_recording_get_channel_name (recording, c), sig_recording_get_channel_unit (recording, c));
  for (gsize i = 0; i < n; i++)
    printf ("segment\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\n", segments[i].start, segments[i].end);
  for (const char *const *note = sig_recording_get_notes (recording); *note != NULL; note++)
    printf ("note\t%s\n", *note);
}

static void
print_labels (const SigLabels *labels)
{
  gsize n = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gsize i = 0; i < n; i++)
    printf ("span\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\n", spans[i].start, spans[i].end,
            sig_labels_get_name (labels, spans[i].klass));
}

static gboolean
write_samples (const SigRecording *recording, const char *path, GError **error)
{
  gsize n_steps = (gsize) sig_recording_get_n_steps (recording);
  guint n_channels = sig_recording_get_n_channels (recording);
  g_autofree float *samples = g_new (float, n_steps * n_channels);

  for (guint c = 0; c < n_channels; c++)
    if (!sig_recording_read (recording, c, 0, (gint64) n_steps, samples + c * n_steps, error))
      return FALSE;
  return g_file_set_contents (path, (const char *) samples, (gssize) (n_steps * n_channels * sizeof (float)), error);
}

static gboolean
append (gpointer user_data, const void *bytes, gsize n, GError **error)
{
  return fwrite (bytes, 1, n, user_data) == n;
}

/* Writes the recording with its labels in a format. */
static gboolean
export (const SigContent *content, const char *id, const char *path, GError **error)
{
  FILE *file = fopen (path, "wb");
  gint64 n_steps = sig_recording_get_n_steps (content->recording);
  g_autoptr (SigLabels) labels
      = content->labels != NULL ? sig_labels_ref (content->labels) : sig_labels_new (n_steps, NULL, 0, NULL, 0);
  SigExport what = { content->recording, labels, NULL, append, file };
  gboolean ok = file != NULL && sig_export_write (sig_export_find_format (id), &what, error);

  return file != NULL && fclose (file) == 0 && ok;
}

/* edf-dump FILE [--labels FILE] [--samples FILE] [--export FORMAT FILE] */
int
main (int argc, char **argv)
{
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok = argc > 1 && sig_reader_open (argv[1], NULL, &content, &error);

  for (int i = 2; ok && i + 1 < argc; i += 2)
    if (g_str_equal (argv[i], "--labels"))
      {
        g_clear_pointer (&content.labels, sig_labels_unref);
        content.labels = sig_reader_open_labels (argv[i + 1], content.recording, NULL, NULL, &error);
        ok = content.labels != NULL;
      }
    else if (g_str_equal (argv[i], "--samples"))
      ok = write_samples (content.recording, argv[i + 1], &error);
    else if (g_str_equal (argv[i], "--export") && i + 2 < argc)
      {
        ok = export (&content, argv[i + 1], argv[i + 2], &error);
        i++;
      }
  if (!ok)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "edf-dump: wrong arguments, or a file could not be written");
      return EXIT_FAILURE;
    }
  print_header (content.recording);
  if (content.labels != NULL)
    print_labels (content.labels);
  return EXIT_SUCCESS;
}
