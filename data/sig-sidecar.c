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

/* How the name of the other file is made of the recording's. */
typedef enum
{
  SAME,      /* the base name */
  BIDS,      /* without its last part: _eeg, _ieeg, _emg, _meg */
  SLEEP_EDF, /* SC4001E0-PSG.edf: SC4001E?-Hypnogram.edf, where another letter says who scored */
} Naming;

/* What is looked for, the likelier first. An array may as well be the recording in another form: it is taken only when it
 * fits. */
static const struct
{
  const char *ending;
  Naming      naming;
  gboolean  (*fits) (SigFile *file);
  gboolean    is_sure;
} kinds[] = {
  { ".txt", SAME, is_list, TRUE },
  { ".csv", SAME, is_list, TRUE },
  { ".tsv", SAME, is_list, TRUE },
  { "_events.tsv", BIDS, is_list, TRUE },
  { ".edf", SAME, sig_reader_edf_is_labels, TRUE },
  { "-Hypnogram.edf", SLEEP_EDF, sig_reader_edf_is_labels, TRUE },
  { ".npy", SAME, is_array, FALSE },
};

/* The path without its extension (transfer full). */
static char *
dup_stem (const char *path)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR), *dot = strrchr (path, '.');

  return g_strndup (path, dot != NULL && (slash == NULL || dot > slash) ? (gsize) (dot - path) : strlen (path));
}

/* For BIDS, (transfer full, nullable). */
static char *
find_bids (char       *stem,
           const char *ending)
{
  static const char *const parts[] = { "_eeg", "_ieeg", "_emg", "_meg" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (g_str_has_suffix (stem, parts[i]))
      {
        stem[strlen (stem) - strlen (parts[i])] = '\0';
        return g_strconcat (stem, ending, NULL);
      }
  return NULL;
}

/* The first file by name that is as long and alike up to the letter before "-PSG" (transfer full, nullable). */
static char *
find_hypnogram (const char *stem,
                const char *ending)
{
  g_autofree char *folder = g_path_get_dirname (stem);
  g_autofree char *base = g_path_get_basename (stem);
  g_autofree char *found = NULL;
  gsize n = strlen (base) - MIN (strlen (base), strlen ("0-PSG"));
  g_autoptr (GDir) dir = n > 0 && g_str_has_suffix (base, "-PSG") ? g_dir_open (folder, 0, NULL) : NULL;

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    if (strncmp (name, base, n) == 0 && strlen (name) == n + 1 + strlen (ending) && g_str_has_suffix (name, ending)
        && (found == NULL || strcmp (name, found) < 0))
      {
        g_free (found);
        found = g_strdup (name);
      }
  return found != NULL ? g_build_filename (folder, found, NULL) : NULL;
}

/* The path of the other file (transfer full); NULL where the recording's name gives none. */
static char *
find_beside (const char *path,
             Naming      naming,
             const char *ending)
{
  g_autofree char *stem = dup_stem (path);

  switch (naming)
    {
    case BIDS:
      return find_bids (stem, ending);
    case SLEEP_EDF:
      return find_hypnogram (stem, ending);
    case SAME:
      break;
    }
  return g_strconcat (stem, ending, NULL);
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
      g_autofree char *beside = find_beside (path, kinds[i].naming, kinds[i].ending);

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
