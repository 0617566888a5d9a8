/* sig-reader.c: opens recordings and label files, each by content and not by extension
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-reader.h"

#include <string.h>

#include "sig-edf.h"
#include "sig-foreign.h"
#include "sig-reading.h"
#include "sig-sidecar.h"
#include "sig-sniff.h"

#define HEAD_BYTES 20

typedef gboolean (*OpenFunc) (SigFile *file, SigReading *reading, SigContent *content, GError **error);

/* What a file begins with, and who reads it. */
static const struct
{
  const char *magic;
  const char *name;
  OpenFunc    open;
  const char *extensions; /* between spaces */
  gboolean  (*fits) (const SigFile *file); /* (nullable): asked where texts may begin with the same bytes */
} formats[] = {
  { "RIFF", "WAV", sig_reader_wav_open, " wav wave bwf " },
  { "RIFX", "WAV", sig_reader_wav_open, " wav wave bwf " },
  { "RF64", "RF64", sig_reader_wav_open, " wav rf64 bwf " },
  { "BW64", "BW64", sig_reader_wav_open, " wav bw64 bwf " },
  { "riff\x2E\x91\xCF\x11", "W64", sig_reader_w64_open, " w64 " },
  { "caff", "CAF", sig_reader_caf_open, " caf " },
  { "FORM", "AIFF", sig_reader_aiff_open, " aif aiff aifc " },
  { "fLaC", "FLAC", sig_reader_flac_open, " flac " },
  { ".snd", "AU", sig_reader_au_open, " au snd " },
  { "dns.", "AU", sig_reader_au_open, " au snd " },
  { "OggS", "Ogg", sig_reader_ogg_open, " ogg oga opus ogv spx " },
  { "ID3", "MP3", sig_reader_mp3_open, " mp3 " },
  { "\xFF", "MP3", sig_reader_mp3_open, " mp3 ", sig_reader_mp3_fits },
  { "Creative Voice File\x1A", "VOC", sig_reader_encoded_open, " voc " },
  { "NIST_1A\n", "SPHERE", sig_reader_encoded_open, " sph nist wav wv1 wv2 " },
  { "\x64\xA3", "IRCAM", sig_reader_encoded_open, " sf ircam " },
  { " paf", "PAF", sig_reader_encoded_open, " paf " },
  { "fap ", "PAF", sig_reader_encoded_open, " paf " },
  { "0       ", "EDF", sig_reader_edf_open, " edf rec ", sig_edf_is_edf },
  { "\xFF" "BIOSEMI", "BDF", sig_reader_edf_open, " bdf " },
  { "\x93NUMPY", "NPY", sig_reader_npy_open, " npy " },
  { "PK\x03\x04", "NPZ", sig_reader_npz_open, " npz " },
};

#define READ_FORMATS                                                                                                   \
  "WAV, RF64, W64, CAF, AIFF, AU, FLAC, Ogg, MP3, VOC, SPHERE, IRCAM, PAF, EDF, BDF, CSV, TSV, ARFF, NPY and NPZ are read"

static const char *const patterns[]
    = { "*.wav",  "*.wave", "*.bwf",  "*.rf64", "*.bw64", "*.w64",  "*.caf", "*.aif", "*.aiff", "*.aifc", "*.au",
        "*.snd",  "*.flac", "*.ogg",  "*.oga",  "*.opus", "*.mp3",  "*.voc", "*.sph", "*.nist", "*.sf",   "*.paf",
        "*.edf",  "*.bdf",  "*.csv",  "*.tsv",  "*.txt",  "*.data", "*.arff", "*.npy", "*.npz", NULL };

const char *const *
sig_reader_get_patterns (void)
{
  return patterns;
}

void
sig_content_clear (SigContent *self)
{
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->labels, sig_labels_unref);
}

/* The extension in lower case between spaces, as in `formats` (transfer full); NULL without one. */
static char *
dup_extension (const SigFile *file)
{
  const char *path = sig_file_get_path (file);
  const char *dot = strrchr (path != NULL ? path : sig_file_get_name (file), '.');
  g_autofree char *lower = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return lower != NULL && *lower != '\0' ? g_strdup_printf (" %s ", lower) : NULL;
}

/* TRUE for a name that promises one of our formats. */
static gboolean
has_known_extension (const SigFile *file)
{
  g_autofree char *extension = dup_extension (file);

  for (gsize i = 0; extension != NULL && i < G_N_ELEMENTS (formats); i++)
    if (strstr (formats[i].extensions, extension) != NULL)
      return TRUE;
  return FALSE;
}

/* Notes a name that says something else than the content. */
static void
note_extension (const SigFile *file,
                const char    *name,
                const char    *extensions,
                SigReading    *reading)
{
  g_autofree char *extension = dup_extension (file);

  if (extension == NULL || strstr (extensions, extension) != NULL)
    return;
  if (has_known_extension (file))
    sig_reading_note (reading, "By its content this is a %s file, whatever its name says.", name);
}

/* What the first words of a text behind its comments say that it is. */
typedef enum
{
  TEXT_PLAIN,
  TEXT_ARFF,
  TEXT_SKTIME, /* one series a row, as sktime and aeon write it */
} TextKind;

static TextKind
find_text_kind (const SigFile *file)
{
  char text[16385] = { 0 };
  gsize n = sig_file_peek (file, sizeof text - 1, text);
  const char *p = text;

  if (n >= 3 && memcmp (p, "\xEF\xBB\xBF", 3) == 0)
    p += 3;
  while (*p == '%' || *p == '#' || g_ascii_isspace (*p))
    p += *p == '%' || *p == '#' ? strcspn (p, "\r\n") : 1;
  if (g_ascii_strncasecmp (p, "@relation", 9) == 0 || g_ascii_strncasecmp (p, "@attribute", 10) == 0)
    return TEXT_ARFF;
  return g_ascii_strncasecmp (p, "@problemname", 12) == 0 ? TEXT_SKTIME : TEXT_PLAIN;
}

/* An error about text in a file whose name promised something else begins with that. */
static gboolean
open_text (SigFile      *file,
           const guint8 *head,
           gsize         n,
           SigReading   *reading,
           SigContent   *content,
           GError      **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *extension = dup_extension (file);
  TextKind kind = find_text_kind (file);
  gboolean arff = kind == TEXT_ARFF;

  if (kind == TEXT_SKTIME)
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "is a file of sktime or aeon with one series in each row, which is not read; save NPY of the shape "
                     "(windows, steps, channels)");
      return FALSE;
    }

  if (!arff && sig_reader_labels_is_list (file))
    {
      sig_file_fail (file, error, SIG_ERROR_LABELS,
                     "is a list of labels; open its recording first, then import the labels");
      return FALSE;
    }
  if (arff ? sig_reader_arff_open (file, reading, content, &local)
           : sig_reader_csv_open (file, reading, content, &local))
    {
      note_extension (file, arff ? "ARFF" : "text", " csv tsv txt data arff ", reading);
      return TRUE;
    }
  for (gsize i = 0; extension != NULL && local->code == SIG_ERROR_FORMAT && i < G_N_ELEMENTS (formats); i++)
    if (strstr (formats[i].extensions, extension) != NULL)
      {
        g_autofree char *start = g_strndup ((const char *) head, MIN (n, 4));
        g_autofree char *shown = g_strescape (start, NULL);

        sig_file_fail (file, error, SIG_ERROR_FORMAT,
                       "is not a %s file (it starts with “%s”); it looks like text, but cannot be read as "
                       "CSV either: %s",
                       formats[i].name, shown, local->message + strlen (sig_file_get_name (file)) + 2);
        return FALSE;
      }
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
open_by_content (SigFile    *file,
                 SigReading *reading,
                 SigContent *content,
                 GError    **error)
{
  guint8 head[HEAD_BYTES] = { 0 };
  gsize n = sig_file_peek (file, sizeof head, head);
  const char *foreign = sig_foreign_find (file);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (n >= strlen (formats[i].magic) && memcmp (head, formats[i].magic, strlen (formats[i].magic)) == 0
        && (formats[i].fits == NULL || formats[i].fits (file)))
      {
        reading->format_name = formats[i].name;
        if (!formats[i].open (file, reading, content, error))
          return FALSE;
        note_extension (file, formats[i].name, formats[i].extensions, reading);
        return TRUE;
      }
  if (foreign != NULL)
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "%s. " READ_FORMATS, foreign);
      return FALSE;
    }
  if (sig_sniff_is_text (file))
    return open_text (file, head, n, reading, content, error);

  sig_file_fail (file, error, has_known_extension (file) ? SIG_ERROR_FORMAT : SIG_ERROR_UNDECIDED,
                 "is of no format that is known here. " READ_FORMATS);
  return FALSE;
}

gboolean
sig_reader_open_file (SigFile    *file,
                      SigReading *reading,
                      SigContent *content,
                      GError    **error)
{
  *content = (SigContent) { 0 };
  if (sig_reading_advance (reading, file, 0.0, error) && open_by_content (file, reading, content, error))
    return TRUE;
  sig_content_clear (content);
  return FALSE;
}

gboolean
sig_reader_open (const char         *path,
                 const SigReadHooks *hooks,
                 SigContent         *content,
                 GError            **error)
{
  g_auto (SigReading) reading = { 0 };

  g_return_val_if_fail (path != NULL && content != NULL, FALSE);

  *content = (SigContent) { 0 };

  g_autoptr (SigFile) file = sig_file_open (path, error);

  if (file == NULL)
    return FALSE;
  sig_reading_init (&reading, hooks);
  if (!sig_reader_open_file (file, &reading, content, error))
    return FALSE;
  sig_sidecar_open (path, content, &reading);
  sig_reading_attach (&reading, file, content);
  return TRUE;
}

SigLabels *
sig_reader_open_labels (const char         *path,
                        const SigRecording *recording,
                        const SigReadHooks *hooks,
                        char              **notes,
                        GError            **error)
{
  g_auto (SigReading) reading = { 0 };

  g_return_val_if_fail (path != NULL && recording != NULL, NULL);

  if (notes != NULL)
    *notes = NULL;

  g_autoptr (SigFile) file = sig_file_open (path, error);

  if (file == NULL)
    return NULL;
  sig_reading_init (&reading, hooks);

  SigLabels *labels = sig_reader_labels_open_file (file, recording, &reading, error);

  if (labels != NULL && notes != NULL)
    *notes = sig_reading_dup_notes (&reading);
  return labels;
}
