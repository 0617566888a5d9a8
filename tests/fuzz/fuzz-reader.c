/* fuzz-reader.c: one reader under a fuzzing engine; FUZZ_OPEN says which, FUZZ_NAME is the file's name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include "sig-reading.h"

/* Opens the bytes and reads the first and the last step of every channel. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (SigFile) file = sig_file_new_bytes (FUZZ_NAME, bytes);
  g_auto (SigReading) reading = { 0 };
  g_auto (SigContent) content = { 0 };
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  sig_reading_init (&reading, NULL);
  reading.format_name = FUZZ_NAME;

  gboolean ok = FUZZ_OPEN (file, &reading, &content, &error);

  g_assert_cmpint (ok, ==, error == NULL);
  if (content.recording == NULL)
    return 0;

  gint64 last = sig_recording_get_n_steps (content.recording) - 1;

  for (guint c = 0; c < sig_recording_get_n_channels (content.recording); c++)
    {
      float value;

      sig_recording_read (content.recording, c, 0, 1, &value, NULL);
      sig_recording_read (content.recording, c, last, 1, &value, NULL);
    }
  return 0;
}
