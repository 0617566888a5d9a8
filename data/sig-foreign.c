/* sig-foreign.c: knows the files that people try and that are not read, and says what to do with them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-foreign.h"

#include <string.h>

#define HEAD_BYTES 512

#define TO_EDF   "; convert it to EDF or BDF, for instance with MNE: raw.export ('a.edf')"
#define TO_ARRAY "; save its arrays as NPY or NPZ, or its table as CSV"
#define UNPACK   "; unpack it first"
#define PICKLE   "is a Python pickle, which is not loaded for safety" TO_ARRAY
#define MATLAB   "is a MATLAB file, which is not read; save NPY or CSV, for instance with SciPy: scipy.io.loadmat ()"

/* The bytes of a literal, and how many they are. */
#define MAGIC(bytes) bytes, sizeof (bytes) - 1

/* Bytes at a place of the file that nothing else has there. */
static const struct
{
  gsize       offset;
  const char *magic;
  gsize       n;
  const char *what;
} known[] = {
  { 0, MAGIC ("MATLAB 7.3"), "is a MATLAB file of version 7.3 (HDF5), which is not read" TO_ARRAY },
  { 0, MAGIC ("MATLAB "), MATLAB },
  { 0, MAGIC ("\x89HDF"), "is an HDF5 file, which is not read" TO_ARRAY },
  { 0, MAGIC ("CDF\x01"), "is a NetCDF file, which is not read" TO_ARRAY },
  { 0, MAGIC ("CDF\x02"), "is a NetCDF file, which is not read" TO_ARRAY },
  { 0, MAGIC ("PAR1"), "is a Parquet file, which is not read; save the table as CSV" },
  { 0, MAGIC ("ARROW1"), "is an Arrow file, which is not read; save the table as CSV" },
  { 0, MAGIC ("SQLite format 3"), "is a SQLite database, which is not read; save a table as CSV" },
  { 0, MAGIC ("\xD0\xCF\x11\xE0"), "is a document of an old office program; save its sheet as CSV" },
  { 0, MAGIC ("\x80\x02}"), PICKLE },
  { 0, MAGIC ("\x80\x02]"), PICKLE },
  { 0, MAGIC ("\x80\x02" "c"), PICKLE },
  { 0, MAGIC ("\x80\x03}"), PICKLE },
  { 0, MAGIC ("\x80\x03]"), PICKLE },
  { 0, MAGIC ("\x80\x03" "c"), PICKLE },
  { 0, MAGIC ("\x80\x04\x95"), PICKLE },
  { 0, MAGIC ("\x80\x05\x95"), PICKLE },
  { 0, MAGIC ("<stata_dta>"), "is a Stata file, which is not read; save the table as CSV" },
  { 4, MAGIC ("ftyp"), "is an MP4 or M4A file, which is not read; convert it to FLAC or WAV" },
  { 0, MAGIC ("\x1A\x45\xDF\xA3"), "is a Matroska or WebM file, which is not read; convert its sound to FLAC or WAV" },
  { 0, MAGIC ("\x30\x26\xB2\x75"), "is a Windows Media file, which is not read; convert it to FLAC or WAV" },
  { 0, MAGIC ("wvpk"), "is a WavPack file, which is not read; convert it to FLAC or WAV" },
  { 0, MAGIC ("MAC "), "is a Monkey's Audio file, which is not read; convert it to FLAC or WAV" },
  { 0, MAGIC ("GDF "), "is a GDF file, which is not read" TO_EDF },
  { 0, MAGIC ("XDF:"), "is an XDF file of Lab Streaming Layer, which is not read; export a stream as EDF or CSV" },
  { 0, MAGIC ("\0\0\0\x64\0\0\0\x1F"), "is a FIF file of MNE or Neuromag, which is not read" TO_EDF },
  { 0, MAGIC ("Brain Vision"), "is a header of BrainVision, which is not read" TO_EDF },
  { 0, MAGIC ("BrainVision"), "is a header of BrainVision, which is not read" TO_EDF },
  { 0, MAGIC ("Version 3.0\0"), "is a CNT file of Neuroscan, which is not read" TO_EDF },
  { 0, MAGIC ("TDSm"), "is a TDMS file of LabVIEW, which is not read; save CSV or NPY" },
  { 0, MAGIC ("ABF "), "is an ABF file of Axon, which is not read; save CSV or NPY" },
  { 0, MAGIC ("ABF2"), "is an ABF file of Axon, which is not read; save CSV or NPY" },
  { 0, MAGIC ("\xC6\x91\x27\x18"), "is an RHD file of Intan, which is not read; save NPY or EDF" },
  { 0, MAGIC ("NEURALEV"), "is a NEV file of Blackrock, which is not read; save NPY or EDF" },
  { 0, MAGIC ("NEURALCD"), "is an NSx file of Blackrock, which is not read; save NPY or EDF" },
  { 0, MAGIC ("NEURALSG"), "is an NSx file of Blackrock, which is not read; save NPY or EDF" },
  { 128, MAGIC ("DICM"), "is a DICOM file, which is not read; save its waveform as CSV or EDF" },
  { 0, MAGIC ("\x1F\x8B"), "is compressed with gzip" UNPACK },
  { 0, MAGIC ("BZh"), "is compressed with bzip2" UNPACK },
  { 0, MAGIC ("\xFD" "7zXZ"), "is compressed with xz" UNPACK },
  { 0, MAGIC ("\x28\xB5\x2F\xFD"), "is compressed with zstd" UNPACK },
  { 0, MAGIC ("7z\xBC\xAF"), "is an archive of 7-Zip" UNPACK },
  { 0, MAGIC ("Rar!"), "is a RAR archive" UNPACK },
  { 257, MAGIC ("ustar"), "is a tar archive" UNPACK },
  { 0, MAGIC ("%PDF"), "is a PDF document" },
  { 0, MAGIC ("\x89PNG"), "is a picture" },
  { 0, MAGIC ("\xFF\xD8\xFF"), "is a picture" },
  { 0, MAGIC ("GIF8"), "is a picture" },
  { 0, MAGIC ("<?xml"), "is an XML file, which is not read; save its numbers as CSV" },
  { 0, MAGIC ("<!DOCTYPE"), "is a web page; save the table in it as CSV" },
  { 0, MAGIC ("<html"), "is a web page; save the table in it as CSV" },
  { 0, MAGIC ("<table"), "is a table of a web page; save it as CSV" },
};

/* Text that begins with a bracket and goes on as JSON does. */
static gboolean
is_json (const char *text)
{
  const char *inner = text + strspn (text, " \t\r\n");
  char open = *inner;

  if (open != '{' && open != '[')
    return FALSE;
  inner += 1 + strspn (inner + 1, " \t\r\n");
  return *inner == '"' || *inner == '{' || *inner == '[' || (open == '{' && *inner == '}')
         || (open == '[' && (*inner == '-' || g_ascii_isdigit (*inner)));
}

/* A WFDB header: "name signals rate length", then a line for each signal that begins with the name of its file and a format. */
static gboolean
is_wfdb_header (const char *text)
{
  const char *line = text;

  while (*line == '#')
    line += strcspn (line, "\n") + (strchr (line, '\n') != NULL);

  g_auto (GStrv) lines = g_strsplit (line, "\n", 3);

  if (g_strv_length (lines) < 2)
    return FALSE;

  g_auto (GStrv) record = g_strsplit_set (g_strstrip (lines[0]), " ", 6), signal = g_strsplit_set (lines[1], " ", 4);
  g_autofree char *named = g_strdup_printf ("%s.", record[0] != NULL ? record[0] : "");

  return g_strv_length (record) >= 2 && g_strv_length (signal) >= 2 && g_ascii_strtoull (record[1], NULL, 10) > 0
         && g_str_has_prefix (signal[0], named) && g_ascii_isalpha (signal[0][strlen (named)])
         && g_ascii_strtoull (signal[1], NULL, 10) > 0;
}

/* Version 4 has no mark but numbers that fit together: type, rows, columns, 0 or 1 for complex, length of the name, the name. */
static gboolean
is_matlab_4 (const char *head,
             gsize       n)
{
  guint32 field[5];

  if (n < sizeof field + 2)
    return FALSE;
  memcpy (field, head, sizeof field);
  for (gsize i = 0; i < G_N_ELEMENTS (field); i++)
    field[i] = GUINT32_FROM_LE (field[i]);
  if (field[0] > 52 || field[0] % 10 > 2 || field[1] == 0 || field[2] == 0 || field[3] > 1 || field[4] < 2 || field[4] > 64
      || sizeof field + field[4] > n || head[sizeof field + field[4] - 1] != '\0' || !g_ascii_isalpha (head[sizeof field]))
    return FALSE;
  for (guint32 i = 0; i < field[4] - 1; i++)
    if (!g_ascii_isalnum (head[sizeof field + i]) && head[sizeof field + i] != '_')
      return FALSE;
  return TRUE;
}

/* A C3D: the number of the block with the parameters, a mark, and the parameters say whose numbers they are. */
static gboolean
is_c3d (const SigFile *file,
        const char    *head,
        gsize          n)
{
  guint8 parameters[4];
  gint64 at = n > 2 ? ((gint64) (guint8) head[0] - 1) * 512 : -1;

  return at > 0 && head[1] == 0x50 && at + (gint64) sizeof parameters <= sig_file_get_size (file)
         && sig_file_read (file, at, sizeof parameters, parameters, NULL) && parameters[3] >= 84 && parameters[3] <= 86;
}

const char *
sig_foreign_find (const SigFile *file)
{
  char head[HEAD_BYTES + 1] = "";
  gsize n = sig_file_peek (file, HEAD_BYTES, head);

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (n >= known[i].offset + known[i].n && memcmp (head + known[i].offset, known[i].magic, known[i].n) == 0)
      return known[i].what;
  if (is_matlab_4 (head, n))
    return MATLAB;
  if (is_c3d (file, head, n))
    return "is a C3D file of motion capture, which is not read; save its markers or analog channels as CSV, for instance with "
           "ezc3d";
  if (is_json (head))
    return "is a JSON file, which is not read; save its numbers as CSV or NPY";
  if (is_wfdb_header (head))
    return "is a header of WFDB, which is not read; convert the record to EDF (mit2edf) or CSV (rdsamp -c)";
  return NULL;
}
