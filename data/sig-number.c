/* sig-number.c: reads one number as text files write it, whatever the locale
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-number.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MAX_NUMBER_CHARS 400

static gboolean
is_word (const char        *text,
         gsize              len,
         const char *const *words)
{
  for (gsize i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == len && g_ascii_strncasecmp (text, words[i], len) == 0)
      return TRUE;
  return FALSE;
}

/* Numbers that are words. */
static SigNumber
parse_word (const char *text,
            gsize       len,
            double     *value)
{
  static const char *const missing[]
      = { "nan", "na", "n/a", "#n/a", "#nv", "<na>", "nat", "null", "none", "kz", "?", "-", "-nan", "+nan", NULL };
  static const char *const infinite[] = { "inf", "+inf", "infinity", "+infinity", NULL };
  static const char *const minus_infinite[] = { "-inf", "-infinity", NULL };

  if (is_word (text, len, missing))
    {
      *value = NAN;
      return SIG_NUMBER_MISSING;
    }
  if (is_word (text, len, infinite))
    *value = INFINITY;
  else if (is_word (text, len, minus_infinite))
    *value = -INFINITY;
  else
    return SIG_NUMBER_TEXT;
  return SIG_NUMBER_OK;
}

/* What the digits of a number say: (-1)^negative · mantissa · 10^exponent, as long as `exact`. */
typedef struct
{
  gboolean negative;
  gboolean exact; /* the mantissa has not overflowed 2^53 */
  guint64  mantissa;
  int      exponent;
  guint    n_digits;
  guint    decimals;
} Digits;

/* Scans [+-] digits [. digits] [(e|E) [+-] digits]; FALSE when that is not all there is. */
static gboolean
scan_digits (const char *text,
             gsize       len,
             char        decimal,
             Digits     *out)
{
  gsize i = 0;
  gboolean after_point = FALSE;

  if (i < len && (text[i] == '-' || text[i] == '+'))
    out->negative = text[i++] == '-';
  for (; i < len && (g_ascii_isdigit (text[i]) || (text[i] == decimal && !after_point)); i++)
    {
      if (text[i] == decimal)
        {
          after_point = TRUE;
          continue;
        }
      out->n_digits++;
      out->decimals += after_point;
      if (out->mantissa > (G_GUINT64_CONSTANT (1) << 53) / 10 - 1)
        out->exact = FALSE;
      else
        out->mantissa = out->mantissa * 10 + (guint64) (text[i] - '0');
    }
  if (out->n_digits == 0)
    return FALSE;
  if (i < len && (text[i] == 'e' || text[i] == 'E'))
    {
      gboolean minus = FALSE;
      gsize first;

      i++;
      if (i < len && (text[i] == '-' || text[i] == '+'))
        minus = text[i++] == '-';
      first = i;
      for (; i < len && g_ascii_isdigit (text[i]); i++)
        out->exponent = MIN (out->exponent * 10 + (text[i] - '0'), 100000);
      if (i == first)
        return FALSE;
      if (minus)
        out->exponent = -out->exponent;
    }
  return i == len;
}

/* Numbers too long for the fast way go through g_ascii_strtod(). */
static double
parse_slowly (const char *text,
              gsize       len,
              char        decimal)
{
  char buffer[MAX_NUMBER_CHARS + 1];

  memcpy (buffer, text, len);
  buffer[len] = '\0';
  for (gsize i = 0; i < len; i++)
    if (buffer[i] == decimal)
      buffer[i] = '.';
  return g_ascii_strtod (buffer, NULL);
}

SigNumber
sig_number_parse (const char *text,
                  gsize       len,
                  char        decimal,
                  double     *value,
                  guint      *decimals)
{
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
  Digits digits = { .exact = TRUE };

  *value = NAN;
  if (len == 0)
    return SIG_NUMBER_MISSING;
  if (len > MAX_NUMBER_CHARS)
    return SIG_NUMBER_TEXT;
  if (!scan_digits (text, len, decimal, &digits))
    return parse_word (text, len, value);
  if (decimals != NULL)
    *decimals = digits.decimals;

  /* Mantissa and power are both exact doubles here, so that one operation rounds correctly. */
  int exponent = digits.exponent - (int) digits.decimals;

  if (digits.exact && exponent >= -22 && exponent <= 22)
    {
      double magnitude = exponent < 0 ? (double) digits.mantissa / powers[-exponent]
                                      : (double) digits.mantissa * powers[exponent];

      *value = digits.negative ? -magnitude : magnitude;
    }
  else
    *value = parse_slowly (text, len, decimal);
  return fabs (*value) <= FLT_MAX ? SIG_NUMBER_OK : SIG_NUMBER_TOO_LARGE;
}

gsize
sig_number_ungroup (const char *text,
                    gsize       len,
                    char        grouping,
                    char        decimal,
                    char        out[SIG_NUMBER_MAX_CHARS])
{
  const char *point = memchr (text, decimal, len);
  gsize whole = point != NULL ? (gsize) (point - text) : len, n_digits = 0, n_signs = 0, n = 0;

  if (len >= SIG_NUMBER_MAX_CHARS)
    return 0;
  for (gsize i = whole; i-- > 0;)
    if (g_ascii_isdigit (text[i]))
      n_digits++;
    else if (text[i] == grouping && n_digits == 3 * (n_signs + 1) && i > 0 && g_ascii_isdigit (text[i - 1]))
      n_signs++;
    else if (i > 0 || strchr ("+-", text[i]) == NULL)
      return 0;
  if (n_signs == 0 || n_digits > 3 * (n_signs + 1))
    return 0;
  for (gsize i = 0; i < len; i++)
    if (i >= whole || text[i] != grouping)
      out[n++] = text[i];
  return n;
}
