/* sig-edf-text.c: the fields of fixed width that EDF and BDF headers are made of
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-edf-text.h"

#include <math.h>
#include <string.h>

#include "sig-number.h"

/* Each byte of Latin-1 is the character of that number. */
static char *
dup_latin1 (const char *text,
            gsize       n)
{
  GString *out = g_string_sized_new (2 * n);

  for (gsize i = 0; i < n; i++)
    g_string_append_unichar (out, (guint8) text[i]);
  return g_string_free (out, FALSE);
}

char *
sig_edf_dup_text (const guint8 *bytes,
                  gsize         n,
                  guint        *repairs)
{
  g_autofree char *text = g_strndup ("", n);
  guint found = 0;

  for (gsize i = 0; i < n; i++)
    {
      gboolean is_control = bytes[i] < ' ' || bytes[i] == 0x7F;

      text[i] = is_control ? ' ' : (char) bytes[i];
      found |= (guint) is_control << SIG_EDF_CONTROL;
    }
  if (!g_utf8_validate (text, (gssize) n, NULL))
    {
      char *latin1 = dup_latin1 (text, n);

      g_free (text);
      text = latin1;
      found |= 1u << SIG_EDF_LATIN1;
    }
  if (repairs != NULL)
    *repairs = found;
  g_strstrip (text);
  return g_steal_pointer (&text);
}

/* The field in words (transfer full). */
static char *
dup_name (const SigEdfField *field)
{
  return field->signal > 0 ? g_strdup_printf ("%s of signal %u", field->name, field->signal) : g_strdup (field->name);
}

void
sig_edf_text_repaired (SigEdfText        *self,
                       const SigEdfField *field,
                       SigEdfRepair       repair)
{
  if (self->n_repairs[repair]++ == 0)
    self->first[repair] = dup_name (field);
}

char *
sig_edf_text_dup (SigEdfText        *self,
                  const SigEdfField *field)
{
  guint repairs = 0;
  char *text = NULL;

  g_return_val_if_fail (field->offset <= self->size && field->n <= self->size - field->offset, NULL);

  text = sig_edf_dup_text (self->bytes + field->offset, field->n, &repairs);
  for (guint i = 0; i < SIG_EDF_N_REPAIRS; i++)
    if (repairs & 1u << i)
      sig_edf_text_repaired (self, field, i);
  return text;
}

void
sig_edf_text_fail (SigEdfText        *self,
                   const SigEdfField *field,
                   GError           **error,
                   const char        *format,
                   ...)
{
  g_autofree char *name = dup_name (field);
  g_autofree char *text = sig_edf_dup_text (self->bytes + field->offset, field->n, NULL);
  g_autofree char *offset = sig_dup_count ((gint64) field->offset);
  g_autofree char *rest = NULL;
  va_list args;

  va_start (args, format);
  rest = g_strdup_vprintf (format, args);
  va_end (args);
  sig_file_fail (self->file, error, SIG_ERROR_FORMAT, "%s (byte %s) is “%s”, %s", name, offset, text, rest);
}

gboolean
sig_edf_text_get_number (SigEdfText        *self,
                         const SigEdfField *field,
                         double            *value,
                         GError           **error)
{
  g_autofree char *text = sig_edf_text_dup (self, field);

  if (sig_number_parse (text, strlen (text), '.', value, NULL) == SIG_NUMBER_OK && isfinite (*value))
    return TRUE;
  if (sig_number_parse (text, strlen (text), ',', value, NULL) == SIG_NUMBER_OK && isfinite (*value))
    {
      sig_edf_text_repaired (self, field, SIG_EDF_COMMA);
      return TRUE;
    }
  sig_edf_text_fail (self, field, error, "which is not a number");
  return FALSE;
}

gboolean
sig_edf_text_get_whole (SigEdfText        *self,
                        const SigEdfField *field,
                        gint64             low,
                        gint64             high,
                        gint64            *value,
                        GError           **error)
{
  double number = 0;

  if (!sig_edf_text_get_number (self, field, &number, error))
    return FALSE;
  if (number != floor (number) || number < (double) low || number > (double) high)
    {
      sig_edf_text_fail (self, field, error,
                         "allowed are whole numbers from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, low, high);
      return FALSE;
    }
  *value = (gint64) number;
  return TRUE;
}

void
sig_edf_text_note (const SigEdfText *self,
                   SigReading       *reading)
{
  static const char *const what[SIG_EDF_N_REPAIRS] = {
    [SIG_EDF_COMMA] = "a decimal comma, which was read as a point",
    [SIG_EDF_CONTROL] = "tabs, NULs or other control characters, which were read as blanks",
    [SIG_EDF_LATIN1] = "bytes that are not UTF-8, which were read as Latin-1",
    [SIG_EDF_FLAT] = "the same value as minimum and maximum; the stored numbers were taken as they are",
  };

  for (guint i = 0; i < SIG_EDF_N_REPAIRS; i++)
    if (self->n_repairs[i] > 0)
      sig_reading_note (reading, "%u %s of the header %s %s (the first: %s).", self->n_repairs[i],
                        self->n_repairs[i] == 1 ? "field" : "fields", self->n_repairs[i] == 1 ? "has" : "have", what[i],
                        self->first[i]);
}

void
sig_edf_text_clear (SigEdfText *self)
{
  for (guint i = 0; i < SIG_EDF_N_REPAIRS; i++)
    g_clear_pointer (&self->first[i], g_free);
}
