/* sig-sidecar.c: labels in a file beside a recording, with the same base name
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-sidecar.h"

#include <string.h>

static gboolean
is_list (SigFile *file)
{
  return sig_reader_labels_is_list (file);
}

static gboolean
is_array (SigFile *file)
{
  guint8 head[6];

  return sig_file_peek (file, sizeof head, head) == sizeof head && memcmp (head, "\x93NUMPY", 6) == 0;
}

/* What is looked for, the likelier first. An array may as well be the recording in another form: it is taken only when it
 * fits. */
static const struct
{
  const char *ending;
  gboolean    of_bids; /* in place of the last part of the name: _eeg, _ieeg, _emg, _meg */
  gboolean  (*fits) (SigFile *file);
  gboolean    is_sure;
} kinds[] = {
  { ".txt", FALSE, is_list, TRUE },         { ".csv", FALSE, is_list, TRUE },   { ".tsv", FALSE, is_list, TRUE },
  { "_events.tsv", TRUE, is_list, TRUE },   { ".npy", FALSE, is_array, FALSE },
};

/* The path without its extension, or for BIDS without its last part (transfer full); NULL when it has none. */
static char *
dup_stem (const char *path,
          gboolean    of_bids)
{
  static const char *const parts[] = { "_eeg", "_ieeg", "_emg", "_meg", NULL };
  const char *slash = strrchr (path, G_DIR_SEPARATOR), *dot = strrchr (path, '.');
  gsize n = dot != NULL && (slash == NULL || dot > slash) ? (gsize) (dot - path) : strlen (path);
  g_autofree char *stem = g_strndup (path, n);

  if (!of_bids)
    return g_steal_pointer (&stem);
  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_has_suffix (stem, parts[i]))
      {
        stem[strlen (stem) - strlen (parts[i])] = '\0';
        return g_steal_pointer (&stem);
      }
  return NULL;
}

/* Reads one candidate. TRUE when nothing else is to be looked for. */
static gboolean
read_beside (SigFile    *file,
             gboolean    is_sure,
             SigContent *content,
             SigReading *reading)
{
  g_autoptr (GError) error = NULL;

  content->labels = sig_reader_labels_open_file (file, content->recording, reading, &error);
  if (content->labels != NULL)
    sig_reading_note (reading, "Labels were read from %s beside it.", sig_file_get_name (file));
  else if (is_sure)
    sig_reading_note (reading, "The labels beside it were not read: %s.", error->message);
  return content->labels != NULL || is_sure;
}

void
sig_sidecar_open (const char *path,
                  SigContent *content,
                  SigReading *reading)
{
  for (gsize i = 0; content->recording != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *stem = dup_stem (path, kinds[i].of_bids);
      g_autofree char *beside = stem != NULL ? g_strconcat (stem, kinds[i].ending, NULL) : NULL;

      if (beside == NULL || strcmp (beside, path) == 0 || !g_file_test (beside, G_FILE_TEST_IS_REGULAR))
        continue;

      g_autoptr (SigFile) file = sig_file_open (beside, NULL);

      if (file == NULL || !kinds[i].fits (file))
        continue;
      if (content->labels == NULL && read_beside (file, kinds[i].is_sure, content, reading))
        return;
      if (content->labels != NULL && kinds[i].is_sure)
        {
          sig_reading_note (reading, "The labels in %s beside it were left: the recording has its own.",
                            sig_file_get_name (file));
          return;
        }
    }
}
