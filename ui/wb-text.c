/* wb-text.c: numbers, counts and shapes in words, the same in every widget
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-text.h"

#include <math.h>
#include <string.h>

/* Powers of ten that are written out in full. */
#define PLAIN_MIN (-4)
#define PLAIN_MAX 8

char *
wb_text_count (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  gsize sign = n < 0 ? 1 : 0;
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > sign && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

/* With so many decimals, but without the zeros at their end. */
static char *
format_short (double value, int decimals)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  gsize length;

  g_snprintf (format, sizeof format, "%%.%df", decimals);
  g_ascii_formatd (number, sizeof number, format, value);
  length = strlen (number);
  while (decimals > 0 && number[length - 1] == '0')
    length--;
  if (number[length - 1] == '.')
    length--;

  return g_strndup (number, length);
}

/* value = mantissa 10^exponent, once it is rounded to so many figures. */
static int
get_exponent (double value, int figures, double *mantissa)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8], *mark;

  g_snprintf (format, sizeof format, "%%.%de", figures - 1);
  g_ascii_formatd (number, sizeof number, format, value);
  mark = strchr (number, 'e');
  *mark = '\0';
  *mantissa = g_ascii_strtod (number, NULL);

  return (int) g_ascii_strtoll (mark + 1, NULL, 10);
}

char *
wb_text_value (double value, int figures)
{
  g_autofree char *text = NULL;
  double mantissa;
  int exponent;

  if (!isfinite (value))
    return g_strdup ("no value");

  exponent = get_exponent (value, figures, &mantissa);
  if (exponent < PLAIN_MIN || exponent > PLAIN_MAX)
    {
      text = format_short (mantissa, figures - 1);
      return g_strdup_printf ("%se%d", text, exponent);
    }
  if (exponent >= figures - 1)
    return wb_text_count ((gint64) round (value));
  return format_short (value, figures - 1 - exponent);
}

char *
wb_text_params (gint64 n)
{
  g_autofree char *count = wb_text_count (n);

  if (n == 0)
    return g_strdup ("no parameters");
  return g_strdup_printf (n == 1 ? "%s parameter" : "%s parameters", count);
}

char *
wb_text_rough (gint64 n)
{
  static const struct { double unit; const char *word; } scale[] = {
    { 1e12, "trillion" }, { 1e9, "billion" }, { 1e6, "million" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (scale); i++)
    if (n >= scale[i].unit)
      {
        double value = n / scale[i].unit;
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        g_ascii_formatd (number, sizeof number, value < 99.95 ? "%.1f" : "%.0f", value);
        return g_strdup_printf ("%s %s", number, scale[i].word);
      }
  return wb_text_count (n);
}

char *
wb_text_outcome (const NnCheck *check)
{
  g_autofree char *shape = nn_shape_to_text (nn_check_get_output (check));
  g_autofree char *params = wb_text_params (nn_check_get_n_params (check));

  return g_strdup_printf ("%s, %s", shape, params);
}

char *
wb_text_contract (const NnContract *labels)
{
  g_autofree char *steps = NULL;
  const char *classes;

  if (labels == NULL || labels->n_classes == 0)
    return g_strdup ("Labels: none yet");
  classes = labels->n_classes == 1 ? "class" : "classes";
  if (labels->n_steps == 1)
    return g_strdup_printf ("Labels: 1 × 1, %d %s", labels->n_classes, classes);
  steps = wb_text_count (labels->n_steps);
  return g_strdup_printf ("Labels: %s × 1, %d %s", steps, labels->n_classes, classes);
}

char *
wb_text_block_args (const NnDesign *design, guint position)
{
  g_autofree char *text = nn_design_block_to_text (design, position);
  const char *name = nn_block_get_kind (nn_design_get_block (design, position))->name;
  const char *rest = text;

  if (g_str_has_prefix (text, name))
    rest += strlen (name);
  return g_strdup (rest + strspn (rest, " ,"));
}

char *
wb_text_kind_icon (const NnKind *kind)
{
  g_autofree char *name = g_ascii_strdown (kind->name, -1);

  return g_strdup_printf ("lamina-%s-symbolic", name);
}

char *
wb_text_kind_name (const NnKind *kind)
{
  GString *name = g_string_new (NULL);

  for (const char *c = kind->name; *c != '\0'; c++)
    {
      if (c > kind->name && g_ascii_isupper (*c) && g_ascii_islower (c[-1]))
        g_string_append_unichar (name, 0x200b); /* a space without width */
      g_string_append_c (name, *c);
    }
  return g_string_free (name, FALSE);
}

const char *
wb_text_severity_word (NnSeverity severity)
{
  static const char *const words[] = { "Note", "Warning", "Error" };

  return words[severity];
}

const NnProblem *
wb_text_gravest (const NnCheck *check, NnBlockId block, NnSeverity least)
{
  const NnProblem *gravest = NULL;

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    {
      const NnProblem *problem = nn_check_get_problem (check, i);

      if (problem->block == block && problem->severity >= least
          && (gravest == NULL || problem->severity > gravest->severity))
        gravest = problem;
    }
  return gravest;
}
