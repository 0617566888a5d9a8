/* nn-value.c: values of arguments: range, text and equality
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-error.h"
#include "nn-kind.h"

#include <math.h>
#include <string.h>

NnValue
nn_value_whole (gint64 a)
{
  return (NnValue) { .n = 1, .whole = { a } };
}

NnValue
nn_value_pair (gint64 a,
               gint64 b)
{
  return (NnValue) { .n = 2, .whole = { a, b } };
}

NnValue
nn_value_real (double a)
{
  return (NnValue) { .n = 1, .real = a };
}

gboolean
nn_value_equal (const NnValue *a,
                const NnValue *b)
{
  if (a->n != b->n || a->real != b->real)
    return FALSE;
  for (int i = 0; i < a->n; i++)
    if (a->whole[i] != b->whole[i])
      return FALSE;
  return TRUE;
}

/* --- range ---------------------------------------------------------------------- */

static guint
count_choices (const NnArg *self)
{
  return g_strv_length ((char **) self->choices);
}

static gboolean
check_count (const NnArg   *self,
             const NnValue *value,
             char         **message)
{
  gboolean list = self->type == NN_ARG_INT_LIST || self->type == NN_ARG_BLOCK_LIST;
  int least = self->type == NN_ARG_INT_PAIR ? 2 : self->type == NN_ARG_BLOCK_LIST ? 0 : 1;
  int most = self->type == NN_ARG_INT_PAIR ? 2 : list ? NN_MAX_RANK : 1;

  if (value->n >= least && value->n <= most)
    return TRUE;
  if (message != NULL && least == most)
    *message = g_strdup_printf ("%s has %d numbers; it takes %d.", self->label, value->n, most);
  else if (message != NULL)
    *message = g_strdup_printf ("%s has %d numbers; it takes %d to %d.", self->label, value->n, least, most);
  return FALSE;
}

static void
get_range (const NnArg *self,
           double      *min,
           double      *max)
{
  *min = self->type == NN_ARG_CHOICE || self->type == NN_ARG_BOOL ? 0 : self->min;
  *max = self->type == NN_ARG_CHOICE ? count_choices (self) - 1.0 : self->type == NN_ARG_BOOL ? 1 : self->max;
}

/* Whole numbers in full and as such: a check may word hundreds of them. */
static char *
word_range (const NnArg   *self,
            const NnValue *value,
            int            i,
            double         min,
            double         max)
{
  char found[G_ASCII_DTOSTR_BUF_SIZE], low[G_ASCII_DTOSTR_BUF_SIZE], high[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->type != NN_ARG_REAL)
    return g_strdup_printf ("%s is %" G_GINT64_FORMAT "; it may be %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".",
                            self->label, value->whole[i], (gint64) min, (gint64) max);
  return g_strdup_printf ("%s is %s; it may be %s to %s.", self->label,
                          g_ascii_formatd (found, sizeof found, "%.9g", value->real),
                          g_ascii_formatd (low, sizeof low, "%.9g", min),
                          g_ascii_formatd (high, sizeof high, "%.9g", max));
}

/* The common case of one number in range, without counting all choices: a check asks this of every argument of every block. */
static gboolean
is_plainly_allowed (const NnArg   *self,
                    const NnValue *value)
{
  gint64 x = value->whole[0], i = 0;

  if (value->n != 1)
    return FALSE;
  switch (self->type)
    {
    case NN_ARG_INT:
      return x >= self->min && x <= self->max;
    case NN_ARG_BOOL:
      return x == 0 || x == 1;
    case NN_ARG_CHOICE:
      while (i < x && self->choices[i] != NULL)
        i++;
      return i == x && self->choices[i] != NULL;
    case NN_ARG_REAL:
    case NN_ARG_INT_PAIR:
    case NN_ARG_INT_LIST:
    case NN_ARG_BLOCK_LIST:
    default:
      return FALSE;
    }
}

gboolean
nn_arg_check_value (const NnArg   *self,
                    const NnValue *value,
                    char         **message)
{
  double min, max;

  g_return_val_if_fail (self != NULL && value != NULL, FALSE);

  if (is_plainly_allowed (self, value))
    return TRUE;
  if (!check_count (self, value, message))
    return FALSE;

  get_range (self, &min, &max);
  for (int i = 0; i < value->n; i++)
    {
      double x = self->type == NN_ARG_REAL ? value->real : value->whole[i];

      if (x >= min && x <= max)
        continue;
      if (message != NULL)
        *message = word_range (self, value, i, min, max);
      return FALSE;
    }
  return TRUE;
}

/* --- to text -------------------------------------------------------------------- */

char *
nn_arg_value_to_text (const NnArg   *self,
                      const NnValue *value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  GString *text;

  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  if (self->type == NN_ARG_REAL)
    return g_strdup (g_ascii_formatd (number, sizeof number, "%.9g", value->real));
  if (self->type == NN_ARG_BOOL)
    return g_strdup (value->whole[0] ? "yes" : "no");
  if (self->type == NN_ARG_CHOICE && value->whole[0] >= 0 && value->whole[0] < count_choices (self))
    return g_strdup (self->choices[value->whole[0]]);
  if (self->type == NN_ARG_INT || self->type == NN_ARG_CHOICE)
    return g_strdup_printf ("%" G_GINT64_FORMAT, value->whole[0]);

  text = g_string_new ("(");
  for (int i = 0; i < value->n; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", value->whole[i]);
  return g_string_free (g_string_append_c (text, ')'), FALSE);
}

/* --- from text ------------------------------------------------------------------ */

static gboolean
refuse (const NnArg *self,
        const char  *text,
        const char  *wanted,
        GError     **error)
{
  g_set_error (error, NN_ERROR, NN_ERROR_SYNTAX, "%s cannot be “%s”: %s is expected.", self->label, text, wanted);
  return FALSE;
}

static gboolean
parse_real (const NnArg *self,
            const char  *text,
            NnValue     *value,
            GError     **error)
{
  g_autofree char *point = g_strdelimit (g_strdup (text), ",", '.');
  char *end;
  double x = g_ascii_strtod (point, &end);

  if (end == point || *end != '\0' || !isfinite (x))
    return refuse (self, text, "a number", error);
  *value = nn_value_real (x);
  return TRUE;
}

static gboolean
parse_word (const NnArg *self,
            const char  *text,
            NnValue     *value,
            GError     **error)
{
  static const char *const bools[] = { "no", "yes", "false", "true", "0", "1", NULL };
  const char *const *words = self->type == NN_ARG_BOOL ? bools : self->choices;
  g_autofree char *wanted = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], text) == 0)
      {
        *value = nn_value_whole (self->type == NN_ARG_BOOL ? i % 2 : i);
        return TRUE;
      }
  wanted = self->type == NN_ARG_BOOL ? g_strdup ("yes or no") : g_strjoinv (", ", (char **) words);
  return refuse (self, text, wanted, error);
}

/* Whole numbers with ",", "×", "x" or blanks between them, in brackets or not. */
static gboolean
parse_whole (const NnArg *self,
             const char  *text,
             NnValue     *value,
             GError     **error)
{
  const char *wanted = self->type == NN_ARG_INT ? "a whole number"
                       : self->type == NN_ARG_INT_PAIR ? "two whole numbers such as (1, 4)"
                       : self->type == NN_ARG_BLOCK_LIST ? "up to four numbers of blocks such as (0, 2)"
                       : "one to four whole numbers such as (400, 16, 1)";
  gboolean bracket = *text == '(' || *text == '[';
  const char *at = text + bracket;

  *value = (NnValue) { 0 };
  if (self->type == NN_ARG_BLOCK_LIST && strcmp (text, "()") == 0)
    return TRUE;
  for (;;)
    {
      char *end;

      if (value->n == NN_MAX_RANK)
        return refuse (self, text, wanted, error);
      at += strspn (at, " ");
      value->whole[value->n++] = g_ascii_strtoll (at, &end, 10);
      if (end == at)
        return refuse (self, text, wanted, error);
      at = end + strspn (end, " ");
      if (*at == '\0' && !bracket)
        break;
      if (bracket && (*at == ')' || *at == ']') && at[1] == '\0')
        break;
      if (*at == ',' || *at == 'x')
        at++;
      else if (g_str_has_prefix (at, "×"))
        at += strlen ("×");
      else if (at == end)
        return refuse (self, text, wanted, error);
      if (bracket && value->n > 0 && (*at == ')' || *at == ']') && at[1] == '\0')
        break; /* Python's "(3,)" */
    }

  if (self->type == NN_ARG_INT ? value->n != 1 : self->type == NN_ARG_INT_PAIR ? value->n > 2 : FALSE)
    return refuse (self, text, wanted, error);
  if (self->type == NN_ARG_INT_PAIR && value->n == 1)
    *value = nn_value_pair (value->whole[0], value->whole[0]);
  return TRUE;
}

gboolean
nn_arg_value_from_text (const NnArg *self,
                        const char  *text,
                        NnValue     *value,
                        GError     **error)
{
  g_autofree char *trimmed = NULL;
  g_autofree char *message = NULL;
  gboolean parsed;

  g_return_val_if_fail (self != NULL && text != NULL && value != NULL, FALSE);

  trimmed = g_strstrip (g_strdup (text));
  if (self->type == NN_ARG_REAL)
    parsed = parse_real (self, trimmed, value, error);
  else if (self->type == NN_ARG_BOOL || self->type == NN_ARG_CHOICE)
    parsed = parse_word (self, trimmed, value, error);
  else
    parsed = parse_whole (self, trimmed, value, error);

  if (!parsed)
    return FALSE;
  if (!nn_arg_check_value (self, value, &message))
    {
      g_set_error_literal (error, NN_ERROR, NN_ERROR_RANGE, message);
      return FALSE;
    }
  return TRUE;
}
