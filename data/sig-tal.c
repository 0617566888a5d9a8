/* sig-tal.c: time-stamped annotation lists, the text in the annotation signals of EDF+ and BDF+
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-tal.h"

#include <math.h>
#include <string.h>

#include "sig-edf-text.h"
#include "sig-number.h"

#define TEXT_END     0x14
#define DURATION     0x15
#define MAX_DECIMALS 9

/* A time as the format writes it: a sign, digits, perhaps a point and digits. */
static gboolean
parse_time (const guint8 *text,
            gsize         n,
            double       *seconds)
{
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (text[i]) && text[i] != '.' && (i > 0 || (text[i] != '+' && text[i] != '-')))
      return FALSE;
  return sig_number_parse ((const char *) text, n, '.', seconds, NULL) == SIG_NUMBER_OK;
}

/* The times before the first text; FALSE when they are none, or end before they begin. */
static gboolean
parse_times (const guint8 *text,
             gsize         n,
             double       *onset_s,
             double       *duration_s)
{
  const guint8 *mark = memchr (text, DURATION, n);
  gsize n_onset = mark != NULL ? (gsize) (mark - text) : n;

  *duration_s = NAN;
  if (!parse_time (text, n_onset, onset_s))
    return FALSE;
  if (mark == NULL || n_onset + 1 == n)
    return TRUE;
  return parse_time (mark + 1, n - n_onset - 1, duration_s) && *duration_s >= 0;
}

/* One list without its closing zero. */
static void
parse_list (const guint8 *list,
            gsize         n,
            gboolean      is_first,
            SigTal       *self,
            SigTalFunc    tell,
            gpointer      user_data)
{
  const guint8 *end = memchr (list, TEXT_END, n);
  double onset_s, duration_s;

  if (end == NULL || list[n - 1] != TEXT_END || !parse_times (list, (gsize) (end - list), &onset_s, &duration_s))
    {
      self->n_bad++;
      return;
    }
  if (is_first && (end + 1 == list + n || end[1] == TEXT_END))
    {
      self->has_first = TRUE;
      self->first_s = onset_s;
    }
  for (const guint8 *text = end + 1; text < list + n; text = end + 1)
    {
      g_autofree char *shown = NULL;

      end = memchr (text, TEXT_END, (gsize) (list + n - text));
      shown = sig_edf_dup_text (text, (gsize) (end - text), NULL);
      if (*shown != '\0' && tell != NULL)
        tell (user_data, onset_s, duration_s, shown);
    }
}

void
sig_tal_parse (const guint8 *bytes,
               gsize         n,
               SigTal       *self,
               SigTalFunc    tell,
               gpointer      user_data)
{
  gboolean is_first = TRUE;

  *self = (SigTal) { 0 };
  for (gsize at = 0; at < n;)
    {
      const guint8 *end = memchr (bytes + at, 0, n - at);

      if (end == NULL)
        {
          self->n_bad++;
          return;
        }
      if (end > bytes + at)
        {
          parse_list (bytes + at, (gsize) (end - bytes) - at, is_first, self, tell, user_data);
          is_first = FALSE;
        }
      at = (gsize) (end - bytes) + 1;
    }
}

/* Without zeros at the end. */
static void
append_time (GByteArray *bytes,
             double      seconds,
             guint       decimals)
{
  char format[8], text[G_ASCII_DTOSTR_BUF_SIZE + 32];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, MAX_DECIMALS));
  g_ascii_formatd (text, sizeof text, format, seconds);
  if (strchr (text, '.') != NULL)
    {
      char *end = text + strlen (text);

      while (end[-1] == '0')
        end--;
      end[end[-1] == '.' ? -1 : 0] = '\0';
    }
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}

void
sig_tal_append (GByteArray *bytes,
                double      onset_s,
                double      duration_s,
                guint       decimals,
                const char *text)
{
  const guint8 duration = DURATION, text_end = TEXT_END, end = 0;

  if (!signbit (onset_s))
    g_byte_array_append (bytes, (const guint8 *) "+", 1);
  append_time (bytes, onset_s, decimals);
  if (duration_s >= 0)
    {
      g_byte_array_append (bytes, &duration, 1);
      append_time (bytes, duration_s, decimals);
    }
  g_byte_array_append (bytes, &text_end, 1);
  for (const char *p = text; p != NULL && *p != '\0'; p++)
    g_byte_array_append (bytes, (const guint8 *) ((guint8) *p < ' ' ? " " : p), 1);
  g_byte_array_append (bytes, &text_end, 1);
  g_byte_array_append (bytes, &end, 1);
}
