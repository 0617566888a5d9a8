/* fuzz-labels.c: label files under a fuzzing engine
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "fuzz.h"

#include "sig-reading.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (SigFile) file = sig_file_new_bytes ("labels.txt", bytes);
  g_autoptr (SigRecording) recording = sig_recording_new_take_samples ("r", 1, 6, 10, NULL, NULL, g_new0 (float, 6));
  g_auto (SigReading) reading = { 0 };
  g_autoptr (GError) error = NULL;

  if (size == 0)
    return 0;
  sig_reading_init (&reading, NULL);

  g_autoptr (SigLabels) labels = sig_reader_labels_open_file (file, recording, &reading, &error);

  g_assert_cmpint (labels == NULL, ==, error != NULL);
  return 0;
}
