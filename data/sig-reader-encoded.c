/* sig-reader-encoded.c: opens the sound files that are left to libsndfile as they are: VOC, SPHERE, IRCAM, PAF
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-sound.h"

gboolean
sig_reader_encoded_open (SigFile    *file,
                         SigReading *reading,
                         SigContent *content,
                         GError    **error)
{
  const SigSound sound = { .file = file, .view = { .format_name = reading->format_name, .size = sig_file_get_size (file) } };

  return sig_sound_open (&sound, 1, reading, content, error);
}
