/* sig-npy.c: the header of an NPY file, read by a fixed grammar
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-npy-private.h"

#include <string.h>

#include "sig-bytes.h"

#define MAX_HEADER (64 * 1024)

static gboolean
fail_type (const SigFile *file,
           const char    *descr,
           const char    *what,
           GError       **error)
{
  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED, "%s (type “%s”)", what, descr);
  return FALSE;
}

gboolean
sig_npy_set_type (const SigFile *file,
                  const char    *descr,
                  SigScalar     *out,
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
        *out = (SigScalar) { kinds[i].kind, big, 1.0, 0.0 };
        return TRUE;
      }
  return fail_type (file, descr, "holds numbers of a type that is not read; save them as float32", error);
}

/* { 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }, in any order, each once. */
static gboolean
parse_dictionary (SigNpyText *text,
                  char        descr[SIG_NPY_MAX_STRING + 1],
                  SigNpyText *list,
                  SigNpy     *out)
{
  guint seen = 0;

  if (!sig_npy_text_take (text, '{'))
    return FALSE;
  while (!sig_npy_text_take (text, '}'))
    {
      char key[SIG_NPY_MAX_STRING + 1];
      guint bit;

      if (!sig_npy_text_take_string (text, key) || !sig_npy_text_take (text, ':'))
        return FALSE;
      if (strcmp (key, "descr") == 0)
        {
          bit = 1;
          sig_npy_text_skip_space (text);
          if (text->at < text->end && *text->at == '[')
            {
              strcpy (descr, "[");
              if (!sig_npy_text_take_list (text, list))
                return FALSE;
            }
          else if (!sig_npy_text_take_string (text, descr))
            return FALSE;
        }
      else if (strcmp (key, "fortran_order") == 0)
        {
          bit = 2;
          out->fortran = sig_npy_text_take_word (text, "True");
          if (!out->fortran && !sig_npy_text_take_word (text, "False"))
            return FALSE;
        }
      else if (strcmp (key, "shape") == 0)
        {
          bit = 4;
          if (!sig_npy_text_take_shape (text, &out->rank, out->shape))
            return FALSE;
        }
      else
        return FALSE;
      if (seen & bit)
        return FALSE;
      seen |= bit;
      if (!sig_npy_text_take (text, ',') && !(text->at < text->end && *text->at == '}'))
        return FALSE;
    }
  sig_npy_text_skip_space (text);
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

char *
sig_npy_read_header (SigFile    *file,
                     SigNpy     *out,
                     char        descr[SIG_NPY_MAX_STRING + 1],
                     SigNpyText *list,
                     GError    **error)
{
  gint64 offset;
  gsize length;

  *descr = '\0';
  *out = (SigNpy) { 0 };
  *list = (SigNpyText) { 0 };
  if (!parse_preamble (file, &offset, &length, error))
    return NULL;

  g_autofree char *header = g_malloc0 (length + 1);

  if (!sig_file_read (file, offset, length, header, error))
    return NULL;

  SigNpyText text = { header, header + length };

  if (!parse_dictionary (&text, descr, list, out))
    {
      sig_file_fail (file, error, SIG_ERROR_FORMAT,
                     "has a header that is not the dictionary of descr, fortran_order and shape that NPY asks for");
      return NULL;
    }
  out->offset = offset + (gint64) length;
  return g_steal_pointer (&header);
}

/* The header of an array of one type, which is not looked at, nor is the size held against the file. */
static gboolean
read_dictionary (SigFile *file,
                 SigNpy  *out,
                 char     descr[SIG_NPY_MAX_STRING + 1],
                 GError **error)
{
  SigNpyText list;
  g_autofree char *header = sig_npy_read_header (file, out, descr, &list, error);

  if (header == NULL)
    return FALSE;
  if (list.at == NULL)
    return TRUE;
  sig_file_fail (file, error, SIG_ERROR_UNSUPPORTED,
                 "holds structures (several named fields), where one array of numbers is needed");
  return FALSE;
}

/* The header, of which only the size is not yet held against the file. */
static gboolean
parse_header (SigFile *file,
              SigNpy  *out,
              GError **error)
{
  char descr[SIG_NPY_MAX_STRING + 1];

  return read_dictionary (file, out, descr, error) && sig_npy_set_type (file, descr, &out->scalar, error);
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

char *
sig_npy_dup_word (const guint8 *bytes,
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
  char descr[SIG_NPY_MAX_STRING + 1];
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
    words[i] = sig_npy_dup_word (bytes + i * width * size, width, size, *descr == '>');
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
