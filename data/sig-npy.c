/* sig-npy.c: the header of an NPY file, read by a fixed grammar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-npy.h"

#include <string.h>

#include "sig-bytes.h"

#define MAX_HEADER (64 * 1024)

/* The text of the header: a Python dictionary of three entries, and nothing but that. */
typedef struct
{
  const char *at;
  const char *end;
} Text;

static void
skip_space (Text *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

static gboolean
take (Text *self,
      char  c)
{
  skip_space (self);
  if (self->at >= self->end || *self->at != c)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
take_text (Text       *self,
           const char *word)
{
  gsize n = strlen (word);

  skip_space (self);
  if ((gsize) (self->end - self->at) < n || strncmp (self->at, word, n) != 0)
    return FALSE;
  self->at += n;
  return TRUE;
}

/* A quoted string of at most 31 characters without escapes. */
static gboolean
take_string (Text *self,
             char  out[32])
{
  gsize n = 0;

  skip_space (self);
  if (self->at >= self->end || (*self->at != '\'' && *self->at != '"'))
    return FALSE;

  char quote = *self->at++;

  for (; self->at < self->end && *self->at != quote; self->at++)
    {
      if (n >= 31 || *self->at == '\\')
        return FALSE;
      out[n++] = *self->at;
    }
  out[n] = '\0';
  return take (self, quote);
}

/* A tuple of whole numbers that are not negative; Python 2 wrote an L behind them. */
static gboolean
take_shape (Text   *self,
            SigNpy *out)
{
  if (!take (self, '('))
    return FALSE;
  while (!take (self, ')'))
    {
      gint64 extent = 0;
      guint n_digits = 0;

      skip_space (self);
      for (; self->at < self->end && g_ascii_isdigit (*self->at); self->at++, n_digits++)
        {
          if (extent >= G_MAXINT64 / 10 - 1)
            return FALSE;
          extent = extent * 10 + (*self->at - '0');
        }
      if (n_digits == 0 || out->rank >= SIG_NPY_MAX_RANK)
        return FALSE;
      take (self, 'L');
      out->shape[out->rank++] = extent;
      if (!take (self, ','))
        return take (self, ')');
    }
  return TRUE;
}

static gboolean
fail_type (const SigFile *file,
           const char    *descr,
           const char    *what,
           GError       **error)
{
  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "%s (type “%s”)", what, descr);
  return FALSE;
}

/* Reads a type such as "<f4": byte order, kind, bytes. */
static gboolean
set_type (const SigFile *file,
          const char    *descr,
          SigNpy        *out,
          GError       **error)
{
  static const struct
  {
    char          code[4];
    SigScalarKind kind;
  } kinds[] = {
    { "b1", SIG_SCALAR_BOOL }, { "?", SIG_SCALAR_BOOL }, { "i1", SIG_SCALAR_I8 },  { "u1", SIG_SCALAR_U8 },
    { "i2", SIG_SCALAR_I16 },  { "u2", SIG_SCALAR_U16 }, { "i4", SIG_SCALAR_I32 }, { "u4", SIG_SCALAR_U32 },
    { "i8", SIG_SCALAR_I64 },  { "u8", SIG_SCALAR_U64 }, { "f2", SIG_SCALAR_F16 }, { "f4", SIG_SCALAR_F32 },
    { "f8", SIG_SCALAR_F64 },
  };
  const char *code = descr;
  gboolean big = G_BYTE_ORDER == G_BIG_ENDIAN;

  if (*code != '\0' && strchr ("<>|=", *code) != NULL)
    {
      big = *code == '>' || (*code == '=' && big);
      code++;
    }
  if (*code == 'O')
    return fail_type (file, descr,
                      "contains Python objects, which are not loaded for safety; save numbers instead", error);
  if (*code == 'c')
    return fail_type (file, descr, "holds complex numbers, which are not read; save their parts as channels", error);
  if (*code == 'U' || *code == 'S' || *code == 'a')
    return fail_type (file, descr, "holds text, which is not read; save class numbers", error);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i].code, code) == 0)
      {
        out->scalar = (SigScalar) { kinds[i].kind, big, 1.0, 0.0 };
        return TRUE;
      }
  return fail_type (file, descr, "holds numbers of a type that is not read; save them as float32", error);
}

/* { 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }, in any order, each once. */
static gboolean
parse_dictionary (Text   *text,
                  char    descr[32],
                  SigNpy *out)
{
  guint seen = 0;

  if (!take (text, '{'))
    return FALSE;
  while (!take (text, '}'))
    {
      char key[32];
      guint bit;

      if (!take_string (text, key) || !take (text, ':'))
        return FALSE;
      if (strcmp (key, "descr") == 0)
        {
          bit = 1;
          skip_space (text);
          if (text->at < text->end && *text->at == '[')
            {
              strcpy (descr, "[");
              return TRUE;
            }
          if (!take_string (text, descr))
            return FALSE;
        }
      else if (strcmp (key, "fortran_order") == 0)
        {
          bit = 2;
          out->fortran = take_text (text, "True");
          if (!out->fortran && !take_text (text, "False"))
            return FALSE;
        }
      else if (strcmp (key, "shape") == 0)
        {
          bit = 4;
          if (!take_shape (text, out))
            return FALSE;
        }
      else
        return FALSE;
      if (seen & bit)
        return FALSE;
      seen |= bit;
      if (!take (text, ',') && !(text->at < text->end && *text->at == '}'))
        return FALSE;
    }
  skip_space (text);
  return seen == 7 && text->at == text->end;
}

/* The length of the header text and where it starts. */
static gboolean
parse_preamble (SigFile *file,
                gint64  *offset,
                gsize   *length,
                GError **error)
{
  guint8 head[12];
  SigBytes bytes = { .data = head, .size = sig_file_peek (file, sizeof head, head) };
  guint8 major = 0, minor;
  guint16 small = 0;
  guint32 large = 0;
  gboolean ok = sig_bytes_match (&bytes, "\x93NUMPY") && sig_bytes_get_u8 (&bytes, &major)
                && sig_bytes_get_u8 (&bytes, &minor);

  if (ok && (major < 1 || major > 3))
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "is NPY version %u; versions 1 to 3 are read", major);
      return FALSE;
    }
  ok = ok && (major == 1 ? sig_bytes_get_u16 (&bytes, &small) : sig_bytes_get_u32 (&bytes, &large));
  *length = major == 1 ? small : large;
  *offset = (gint64) bytes.at;
  if (!ok || *length > (guint64) (sig_file_get_size (file) - *offset))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "ends inside the header (%" G_GSIZE_FORMAT " bytes declared, %" G_GINT64_FORMAT
                     " in the file)",
                     *length, sig_file_get_size (file));
      return FALSE;
    }
  if (*length > MAX_HEADER)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a header of %" G_GSIZE_FORMAT " bytes, at most %d are read", *length, MAX_HEADER);
      return FALSE;
    }
  return TRUE;
}

/* The number of items, checked against overflow and against the file. */
static gboolean
check_size (SigFile    *file,
            SigReading *reading,
            SigNpy     *out,
            GError    **error)
{
  g_autofree char *shape = sig_npy_dup_shape (out);
  gsize n_items = 1, n_bytes = 0;
  gint64 present = sig_file_get_size (file) - out->offset;
  gboolean fits = TRUE;

  for (guint i = 0; i < out->rank; i++)
    if (out->shape[i] == 0)
      n_items = 0;
  for (guint i = 0; i < out->rank; i++)
    fits = fits && g_size_checked_mul (&n_items, n_items, (gsize) out->shape[i]);
  fits = fits && g_size_checked_mul (&n_bytes, n_items, sig_scalar_size (out->scalar.kind));
  if (fits && (n_items == 0 || out->rank == 0))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT, "has no samples (shape %s)", shape);
      return FALSE;
    }
  if (!fits || n_bytes > (guint64) present)
    {
      g_autofree char *declared
          = fits ? g_format_size_full (n_bytes, G_FORMAT_SIZE_IEC_UNITS) : g_strdup ("more than 16 EiB");

      sig_file_fail (file, error, SIG_ERROR_TOO_LARGE,
                     "declares %s for its shape %s, the file has %" G_GINT64_FORMAT " bytes of data",
                     declared, shape, present);
      return FALSE;
    }
  out->n_items = (gint64) n_items;
  if (n_bytes < (guint64) present)
    sig_reading_note (reading, "%" G_GINT64_FORMAT " bytes after the array were left out.",
                      present - (gint64) n_bytes);
  return TRUE;
}

/* The header, of which neither the type is looked at nor the size held against the file. */
static gboolean
read_dictionary (SigFile *file,
                 SigNpy  *out,
                 char     descr[32],
                 GError **error)
{
  gint64 offset;
  gsize length;

  *descr = '\0';
  *out = (SigNpy) { 0 };
  if (!parse_preamble (file, &offset, &length, error))
    return FALSE;

  g_autofree char *header = g_malloc0 (length + 1);

  if (!sig_file_read (file, offset, length, header, error))
    return FALSE;

  Text text = { header, header + length };
  gboolean ok = parse_dictionary (&text, descr, out);

  if (*descr == '[')
    {
      sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                     "holds structures (several named fields), which are not read; save one array of numbers");
      return FALSE;
    }
  if (!ok)
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a header that is not the dictionary of descr, fortran_order and shape that NPY asks for");
      return FALSE;
    }
  out->offset = offset + (gint64) length;
  return TRUE;
}

/* The header, of which only the size is not yet held against the file. */
static gboolean
parse_header (SigFile *file,
              SigNpy  *out,
              GError **error)
{
  char descr[32];

  return read_dictionary (file, out, descr, error) && set_type (file, descr, out, error);
}

gboolean
sig_npy_parse (SigFile    *file,
               SigReading *reading,
               SigNpy     *out,
               GError    **error)
{
  return parse_header (file, out, error) && check_size (file, reading, out, error);
}

gboolean
sig_npy_parse_number (SigFile *file,
                      double  *value)
{
  SigNpy npy;
  guint8 bytes[8];
  float number;

  if (!parse_header (file, &npy, NULL))
    return FALSE;
  for (guint i = 0; i < npy.rank; i++)
    if (npy.shape[i] != 1)
      return FALSE;
  if (!sig_file_read (file, npy.offset, sig_scalar_size (npy.scalar.kind), bytes, NULL))
    return FALSE;
  sig_scalar_decode (&npy.scalar, bytes, sizeof bytes, 1, &number);
  *value = number;
  return TRUE;
}

/* The characters of a word, which NULs fill up: Latin-1 where each has a byte, else UTF-32. */
static char *
dup_word (const guint8 *bytes,
          gsize         width,
          gsize         size,
          gboolean      big_endian)
{
  GString *word = g_string_new (NULL);

  for (gsize i = 0; i < width; i++)
    {
      guint32 c = bytes[i * size];

      if (size == 4)
        {
          memcpy (&c, bytes + i * size, sizeof c);
          c = big_endian ? GUINT32_FROM_BE (c) : GUINT32_FROM_LE (c);
        }
      if (c == 0)
        break;
      g_string_append_unichar (word, g_unichar_validate (c) ? c : 0xFFFD);
    }
  return g_string_free (word, FALSE);
}

char **
sig_npy_dup_words (SigFile *file)
{
  SigNpy npy;
  char descr[32];
  const char *code = descr + 1;

  if (!read_dictionary (file, &npy, descr, NULL) || *descr == '\0' || (*code != 'U' && *code != 'S') || npy.rank != 1)
    return NULL;

  gsize size = *code == 'U' ? 4 : 1, width = (gsize) g_ascii_strtoull (code + 1, NULL, 10), n = (gsize) npy.shape[0];

  if (width < 1 || width > SIG_NPY_MAX_WORD || n < 1 || n > SIG_NPY_MAX_WORDS
      || (gint64) (n * width * size) > sig_file_get_size (file) - npy.offset)
    return NULL;

  g_autofree guint8 *bytes = g_malloc (n * width * size);
  char **words;

  if (!sig_file_read (file, npy.offset, n * width * size, bytes, NULL))
    return NULL;
  words = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    words[i] = dup_word (bytes + i * width * size, width, size, *descr == '>');
  return words;
}

char *
sig_npy_shape_to_text (const gint64 *shape,
                       guint         rank)
{
  GString *text = g_string_new ("(");

  for (guint i = 0; i < rank; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append (text, rank == 1 ? ",)" : ")");
  return g_string_free (text, FALSE);
}

char *
sig_npy_dup_shape (const SigNpy *self)
{
  return sig_npy_shape_to_text (self->shape, self->rank);
}
