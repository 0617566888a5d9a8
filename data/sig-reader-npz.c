/* sig-reader-npz.c: opens NPZ archives: the arrays of a recording and of its labels under one name each
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "sig-npy.h"
#include "sig-npz-columns.h"
#include "sig-zip.h"

#define MAX_LISTED 6

/* The names under which people save them, the likelier first; case does not count. */
static const char *const recordings[] = { "x", "x_train", "data", "signal", "signals", "eeg", "emg", "arr_0", NULL };
static const char *const labels[] = { "y", "y_train", "labels", "label", "target", "targets", "arr_1", NULL };
static const char *const rates[] = { "samplerate", "sample_rate", "sampling_rate", "sfreq", "fs", "sr", "rate", NULL };
static const char *const channel_names[] = { "ch_names", "channel_names", "channels", "ch_labels", "names", "electrodes", NULL };

/* The key under which NumPy gives a member (transfer full); NULL when it is no array. */
static char *
dup_key (const SigZip *zip,
         guint         index)
{
  const char *name = sig_zip_get_name (zip, index);

  return g_str_has_suffix (name, ".npy") ? g_strndup (name, strlen (name) - 4) : NULL;
}

/* The member with the first of these names; -1 for none. */
static int
find_key (const SigZip      *zip,
          const char *const *names)
{
  for (guint k = 0; names[k] != NULL; k++)
    for (guint i = 0; i < sig_zip_get_n (zip); i++)
      {
        g_autofree char *key = dup_key (zip, i);

        if (key != NULL && g_ascii_strcasecmp (key, names[k]) == 0)
          return (int) i;
      }
  return -1;
}

static gboolean
is_among (int        index,
          const int *members,
          gsize      n_members)
{
  for (gsize k = 0; k < n_members; k++)
    if (members[k] == index)
      return TRUE;
  return FALSE;
}

/* The only array besides `taken`; -1 when there are none or several. */
static int
find_only (const SigZip *zip,
           const int    *taken,
           gsize         n_taken)
{
  int found = -1;

  for (int i = 0; i < (int) sig_zip_get_n (zip); i++)
    {
      g_autofree char *key = dup_key (zip, (guint) i);

      if (key == NULL || is_among (i, taken, n_taken))
        continue;
      if (found >= 0)
        return -1;
      found = i;
    }
  return found;
}

/* The names of the members that are none of `taken`, for people (transfer full); "" for none. */
static char *
list_others (const SigZip *zip,
             const int    *taken,
             gsize         n_taken)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (int i = 0; i < (int) sig_zip_get_n (zip); i++)
    {
      if (is_among (i, taken, n_taken) || n++ >= MAX_LISTED)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", sig_zip_get_name (zip, (guint) i));
    }
  if (n > MAX_LISTED)
    g_string_append_printf (text, " and %u more", n - MAX_LISTED);
  return g_string_free (text, FALSE);
}

/* Gives the channels the names that a member holds. FALSE where it holds no words, or not as many as there are channels. */
static gboolean
apply_names (SigZip     *zip,
             int         index,
             SigContent *content)
{
  g_autoptr (SigFile) member = index >= 0 ? sig_zip_open_member (zip, (guint) index, NULL) : NULL;
  g_auto (GStrv) words = member != NULL ? sig_npy_dup_words (member) : NULL;
  SigRecording *named;

  if (words == NULL || content->recording == NULL
      || g_strv_length (words) != sig_recording_get_n_channels (content->recording))
    return FALSE;
  named = sig_recording_with_names (content->recording, (const char *const *) words);
  sig_recording_unref (content->recording);
  content->recording = named;
  return TRUE;
}

static gboolean
open_x (SigZip     *zip,
        guint       index,
        double      rate_hz,
        SigReading *reading,
        SigContent *content,
        GError    **error)
{
  g_autoptr (SigFile) member = sig_zip_open_member (zip, index, error);

  return member != NULL && sig_reader_npy_open_at_rate (member, rate_hz, reading, content, error);
}

static gboolean
open_y (SigZip     *zip,
        guint       index,
        SigReading *reading,
        SigContent *content,
        GError    **error)
{
  g_autoptr (SigFile) member = sig_zip_open_member (zip, index, error);

  if (member == NULL)
    return FALSE;
  content->labels = sig_reader_npy_open_labels (member, content->recording, reading, error);
  return content->labels != NULL;
}

/* What a member of one number says is the rate; 0 when it cannot be read. */
static double
read_rate (SigZip *zip,
           int     index)
{
  g_autoptr (SigFile) member = index >= 0 ? sig_zip_open_member (zip, (guint) index, NULL) : NULL;
  double rate;

  return member != NULL && sig_npy_parse_number (member, &rate) && rate >= 0.001 && rate <= 1e8 ? rate : 0.0;
}

static gboolean
has_member (const SigZip *zip,
            const char   *name)
{
  for (guint i = 0; i < sig_zip_get_n (zip); i++)
    if (g_str_equal (sig_zip_get_name (zip, i), name))
      return TRUE;
  return FALSE;
}

static gboolean
has_arrays (const SigZip *zip)
{
  for (guint i = 0; i < sig_zip_get_n (zip); i++)
    if (g_str_has_suffix (sig_zip_get_name (zip, i), ".npy"))
      return TRUE;
  return FALSE;
}

static void
fail_without_x (const SigZip  *zip,
                const SigFile *file,
                GError       **error)
{
  g_autofree char *all = list_others (zip, NULL, 0);

  if (has_member (zip, "[Content_Types].xml") || has_member (zip, "mimetype"))
    sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                   "is a workbook or document of an office program; save its sheet as CSV");
  else if (!has_arrays (zip))
    sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                   "is a zip without arrays; unpack it and open what is in it (it holds: %s)", *all != '\0' ? all : "nothing");
  else
    sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                   "is a zip in which no array is called X, x_train or data, and not one of one length for each channel "
                   "(it holds: %s)", all);
}

/* Whether the members are columns of one table. A signal and its classes alone are not, whatever else may be called x or y: the
 * axes of a sensor are. */
static gboolean
is_table (SigZip *zip,
          int     x,
          int     y,
          int     rate)
{
  guint n_columns = sig_zip_get_n (zip) - (rate >= 0);

  return (x < 0 || y < 0 || n_columns > 2) && sig_npz_has_columns (zip, rate);
}

gboolean
sig_reader_npz_open (SigFile    *file,
                     SigReading *reading,
                     SigContent *content,
                     GError    **error)
{
  g_autoptr (SigZip) zip = sig_zip_open (file, error);

  if (zip == NULL)
    return FALSE;

  int y = find_key (zip, labels), rate = find_key (zip, rates), x = find_key (zip, recordings);
  int names = find_key (zip, channel_names);

  if (x < 0)
    x = find_only (zip, (const int[]) { y, rate, names }, 3);

  if (is_table (zip, x, y, rate))
    return sig_npz_open_columns (zip, rate, read_rate (zip, rate), file, reading, content, error);
  if (x < 0)
    {
      fail_without_x (zip, file, error);
      return FALSE;
    }
  if (!open_x (zip, (guint) x, read_rate (zip, rate), reading, content, error))
    return FALSE;
  if (y >= 0 && content->recording != NULL && !open_y (zip, (guint) y, reading, content, error))
    return FALSE;

  const int taken[] = { x, y, rate, apply_names (zip, names, content) ? names : -1 };
  g_autofree char *others = list_others (zip, taken, G_N_ELEMENTS (taken));

  if (*others != '\0')
    sig_reading_note (reading, "Not read of the archive: %s.", others);
  return TRUE;
}
