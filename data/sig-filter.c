/* sig-filter.c: what a filter is, whether it can be applied, and how it reads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-filter.h"

#include "sig-error.h"

#include <math.h>
#include <string.h>

SigFilterSpec
sig_filter_spec_default (void)
{
  return (SigFilterSpec) { .order = 4, .notch_q = 30, .zero_phase = TRUE };
}

static gboolean
has_sections (const SigFilterSpec *self)
{
  return self->high_pass_hz != 0 || self->low_pass_hz != 0 || self->notch_hz != 0;
}

gboolean
sig_filter_spec_is_off (const SigFilterSpec *self)
{
  g_return_val_if_fail (self != NULL, TRUE);
  return !has_sections (self) && !self->remove_mean;
}

gboolean
sig_filter_spec_equal (const SigFilterSpec *a,
                       const SigFilterSpec *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (sig_filter_spec_is_off (a) || sig_filter_spec_is_off (b))
    return sig_filter_spec_is_off (a) && sig_filter_spec_is_off (b);
  return a->high_pass_hz == b->high_pass_hz && a->low_pass_hz == b->low_pass_hz && a->notch_hz == b->notch_hz
         && !a->remove_mean == !b->remove_mean && (!has_sections (a) || !a->zero_phase == !b->zero_phase)
         && ((a->high_pass_hz == 0 && a->low_pass_hz == 0) || a->order == b->order)
         && (a->notch_hz == 0 || a->notch_q == b->notch_q);
}

/* A number as people write it. */
static const char *
format_number (char   text[G_ASCII_DTOSTR_BUF_SIZE],
               double value)
{
  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.6g", value);
}

static gboolean
check_frequency (const char *field,
                 double      value,
                 double      rate_hz,
                 GError    **error)
{
  char is[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE], rate[G_ASCII_DTOSTR_BUF_SIZE];

  if (value >= 0 && value < rate_hz / 2)
    return TRUE;
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
               "The %s frequency is %s Hz; at a rate of %s Hz it must lie above 0 and below %s Hz, and 0 turns it off.", field,
               format_number (is, value), format_number (rate, rate_hz), format_number (most, rate_hz / 2));
  return FALSE;
}

static gboolean
check_shape (const SigFilterSpec *self,
             GError             **error)
{
  char high[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->order < 2 || self->order > SIG_FILTER_MAX_ORDER || self->order % 2 != 0)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The filter's order is %d; it may be 2, 4, 6 or 8.", self->order);
  else if (!(self->notch_q >= 1 && self->notch_q <= 1000))
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The notch's Q is %s; it may be 1 to 1000.",
                 format_number (high, self->notch_q));
  else if (self->high_pass_hz > 0 && self->low_pass_hz > 0 && self->high_pass_hz >= self->low_pass_hz)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The high-pass frequency is %s Hz; it must lie below the low-pass frequency of %s Hz.",
                 format_number (high, self->high_pass_hz), format_number (low, self->low_pass_hz));
  else
    return TRUE;
  return FALSE;
}

/* A filter remembers the longer the lower its frequency is beside the rate. */
static gboolean
check_memory (const SigFilterSpec *self,
              double               rate_hz,
              GError             **error)
{
  SigBiquad sections[SIG_FILTER_MAX_SECTIONS];
  gint64 warm_up = sig_filter_get_warm_up (sections, sig_filter_design (self, rate_hz, sections));

  if (warm_up <= SIG_FILTER_MAX_WARM_UP)
    return TRUE;
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
               "A filter this sharp remembers %" G_GINT64_FORMAT " steps, at most %d can be computed: "
               "a higher high-pass frequency, a wider band or a smaller Q would do.",
               warm_up, SIG_FILTER_MAX_WARM_UP);
  return FALSE;
}

gboolean
sig_filter_spec_check (const SigFilterSpec *self,
                       const SigRecording  *recording,
                       GError             **error)
{
  double rate_hz;

  g_return_val_if_fail (self != NULL && recording != NULL, FALSE);

  if (!has_sections (self))
    return TRUE;
  if (!sig_recording_has_rate (recording))
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” does not say how many steps a second has, so that it cannot be filtered by frequency.",
                   sig_recording_get_title (recording));
      return FALSE;
    }
  rate_hz = sig_recording_get_rate_hz (recording);
  return check_frequency ("high-pass", self->high_pass_hz, rate_hz, error)
         && check_frequency ("low-pass", self->low_pass_hz, rate_hz, error)
         && check_frequency ("notch", self->notch_hz, rate_hz, error) && check_shape (self, error)
         && check_memory (self, rate_hz, error);
}

char *
sig_filter_spec_to_text (const SigFilterSpec *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char high[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (self != NULL, NULL);

  if (sig_filter_spec_is_off (self))
    return g_strdup ("no filter");
  if (self->high_pass_hz > 0 && self->low_pass_hz > 0)
    g_string_append_printf (text, "%s–%s Hz", format_number (high, self->high_pass_hz), format_number (low, self->low_pass_hz));
  else if (self->high_pass_hz > 0)
    g_string_append_printf (text, "above %s Hz", format_number (high, self->high_pass_hz));
  else if (self->low_pass_hz > 0)
    g_string_append_printf (text, "below %s Hz", format_number (low, self->low_pass_hz));
  if (self->notch_hz > 0)
    g_string_append_printf (text, "%snotch %s Hz", text->len > 0 ? ", " : "", format_number (high, self->notch_hz));
  if (self->remove_mean)
    g_string_append (text, text->len > 0 ? ", mean removed" : "mean removed");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- in files ------------------------------------------------------------------------ */

/* The numbers of a code, in their order. */
static const char *const keys[] = { "high_pass", "low_pass", "order", "notch", "q", "remove_mean", "zero_phase" };

char *
sig_filter_spec_to_code (const SigFilterSpec *self)
{
  g_autoptr (GString) code = g_string_new (NULL);
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (self != NULL, NULL);

  const double values[] = { self->high_pass_hz, self->low_pass_hz, self->order, self->notch_hz, self->notch_q,
                            self->remove_mean != FALSE, self->zero_phase != FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_string_append_printf (code, "%s%s=%s", i > 0 ? " " : "", keys[i], g_ascii_dtostr (number, sizeof number, values[i]));
  return g_string_free (g_steal_pointer (&code), FALSE);
}

/* Reads "key=number" and what parts it from the next; NULL where it is something else. */
static const char *
read_value (const char *code,
            const char *key,
            double     *value)
{
  gsize length = strlen (key);
  char *end;

  if (strncmp (code, key, length) != 0 || code[length] != '=')
    return NULL;
  *value = g_ascii_strtod (code + length + 1, &end);
  if (end == code + length + 1 || !isfinite (*value) || (*end != ' ' && *end != '\0'))
    return NULL;
  return *end == ' ' ? end + 1 : end;
}

gboolean
sig_filter_spec_from_code (const char    *code,
                           SigFilterSpec *self,
                           GError       **error)
{
  double values[G_N_ELEMENTS (keys)];
  const char *at = code;

  g_return_val_if_fail (code != NULL && self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      at = read_value (at, keys[i], &values[i]);
      if (at == NULL)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_FORMAT, "“%.200s” is not a filter: its %s is missing.", code, keys[i]);
          return FALSE;
        }
    }
  *self = (SigFilterSpec) { values[0], values[1], (int) CLAMP (values[2], 0, 99), values[3], values[4], values[5] != 0,
                            values[6] != 0 };
  return TRUE;
}
