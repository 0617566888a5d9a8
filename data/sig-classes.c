/* sig-classes.c: turns the values or words of a label column into a label track
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-classes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sig-csv.h"
#include "sig-label-edit.h"
#include "sig-number.h"

#define FEW_CLASSES 16

void
sig_class_words_init (SigClassWords *self)
{
  self->words = g_ptr_array_new_with_free_func (g_free);
  self->index = g_hash_table_new (g_str_hash, g_str_equal);
}

void
sig_class_words_clear (SigClassWords *self)
{
  g_clear_pointer (&self->index, g_hash_table_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
}

char *
sig_class_dup_word (const char *text,
                    gsize       len,
                    char        decimal)
{
  SigField field = { .text = (char *) text, .len = len };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double value;

  switch (sig_number_parse (text, len, decimal, &value, NULL))
    {
    case SIG_NUMBER_MISSING:
      return NULL;
    case SIG_NUMBER_OK:
      return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.9g", value));
    case SIG_NUMBER_TOO_LARGE:
    case SIG_NUMBER_TEXT:
      break;
    }
  return sig_class_strip_apostrophe (sig_field_dup (&field));
}

char *
sig_class_fold (const char *name)
{
  g_autofree char *normal = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (normal != NULL ? normal : name, -1);
  char *out = g_malloc (strlen (folded) + 1), *to = out;

  for (const char *p = g_strstrip (folded); *p != '\0'; p++)
    if (!g_ascii_isspace (*p) || !g_ascii_isspace (p[1]))
      *to++ = *p;
  *to = '\0';
  return out;
}

gboolean
sig_class_needs_apostrophe (const char *word)
{
  double value;

  word += strspn (word, "'");
  return *word != '\0' && strchr ("=+-@", *word) != NULL
      && sig_number_parse (word, strlen (word), '.', &value, NULL) == SIG_NUMBER_TEXT;
}

char *
sig_class_strip_apostrophe (char *word)
{
  if (*word == '\'' && sig_class_needs_apostrophe (word + 1))
    memmove (word, word + 1, strlen (word));
  return word;
}

gboolean
sig_class_is_dont_know (const char *word)
{
  return g_ascii_strcasecmp (word, SIG_CLASS_DONT_KNOW) == 0 || g_ascii_strcasecmp (word, "don’t know") == 0;
}

int
sig_class_words_add (SigClassWords *self,
                     const char    *word)
{
  gpointer code;

  if (sig_class_is_dont_know (word))
    return SIG_DONT_KNOW;
  if (g_hash_table_lookup_extended (self->index, word, NULL, &code))
    return GPOINTER_TO_INT (code);
  if (self->words->len >= SIG_MAX_CLASSES)
    return SIG_UNLABELLED;

  char *kept = g_strdup (word);

  g_hash_table_insert (self->index, kept, GINT_TO_POINTER ((int) self->words->len));
  g_ptr_array_add (self->words, kept);
  return (int) self->words->len - 1;
}

/* One word on its way through the sort. */
typedef struct
{
  char  *word;
  gint64 value;
  int    code;
} Entry;

static int
compare_values (const void *a,
                const void *b)
{
  const Entry *left = a, *right = b;

  return left->value < right->value ? -1 : left->value > right->value;
}

static int
compare_words (const void *a,
               const void *b)
{
  const Entry *left = a, *right = b;

  return strcmp (left->word, right->word);
}

static gboolean
parse_whole (const char *word,
             gint64     *value)
{
  char *end = NULL;

  *value = g_ascii_strtoll (word, &end, 10);
  return end != word && *end == '\0';
}

int *
sig_class_words_sort (SigClassWords *self)
{
  guint n = self->words->len;
  g_autofree Entry *entries = g_new0 (Entry, n + 1);
  int *new_code = g_new0 (int, n + 1);
  gboolean all_whole = TRUE;

  for (guint i = 0; i < n; i++)
    {
      entries[i].word = g_ptr_array_index (self->words, i);
      entries[i].code = (int) i;
      all_whole = parse_whole (entries[i].word, &entries[i].value) && all_whole;
    }
  qsort (entries, n, sizeof (Entry), all_whole ? compare_values : compare_words);
  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_index (self->words, i) = entries[i].word;
      g_hash_table_insert (self->index, entries[i].word, GINT_TO_POINTER ((int) i));
      new_code[entries[i].code] = (int) i;
    }
  return new_code;
}

SigLabels *
sig_classes_from_codes (gint32        *codes,
                        gint64         n_steps,
                        SigClassWords *words,
                        gboolean       keep_order)
{
  if (!keep_order)
    {
      g_autofree int *new_code = sig_class_words_sort (words);

      for (gint64 t = 0; t < n_steps; t++)
        if (codes[t] >= 0)
          codes[t] = new_code[codes[t]];
    }
  return sig_labels_new_from_steps (codes, n_steps, (const char *const *) words->words->pdata,
                                    (int) words->words->len);
}

SigLabels *
sig_classes_from_values (const float *values,
                         gint64       n_steps,
                         double       scale,
                         const char  *what,
                         GError     **error)
{
  g_autofree gint32 *codes = g_try_new (gint32, MAX (n_steps, 1));
  g_auto (SigClassWords) words = { 0 };
  float last = NAN;
  int code = SIG_UNLABELLED;

  if (codes == NULL)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                   "%s: there is not enough memory for %" G_GINT64_FORMAT " labels", what, n_steps);
      return NULL;
    }
  sig_class_words_init (&words);
  for (gint64 t = 0; t < n_steps; t++)
    {
      double value = values[t] * scale;

      if (isnan (value))
        {
          codes[t] = SIG_UNLABELLED;
          continue;
        }
      if (!(values[t] == last))
        {
          char word[32];

          if (!(fabs (value) <= 1e9) || value != floor (value))
            {
              g_snprintf (word, sizeof word, "%.9g", value);
              g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                           "%s: holds %s at step %" G_GINT64_FORMAT "; classes must be whole numbers", what, word, t);
              return NULL;
            }
          g_snprintf (word, sizeof word, "%" G_GINT64_FORMAT, (gint64) value);
          code = sig_class_words_add (&words, word);
          last = values[t];
        }
      if (code == SIG_UNLABELLED)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE,
                       "%s: has more than %d classes; are these labels?", what, SIG_MAX_CLASSES);
          return NULL;
        }
      codes[t] = code;
    }
  return sig_classes_from_codes (codes, n_steps, &words, FALSE);
}

SigLabels *
sig_classes_with_quiet (const SigLabels *labels)
{
  const SigClassTable *classes;
  g_autoptr (SigClassTable) loud = NULL;
  g_autoptr (SigClassTable) quiet = NULL;
  g_autofree gint64 *counts = NULL;
  int n, most = 0;

  g_return_val_if_fail (labels != NULL, NULL);

  classes = sig_labels_get_classes (labels);
  n = sig_class_table_get_n (classes);
  counts = g_new0 (gint64, n + 1);
  sig_labels_count (labels, counts);
  for (int k = 1; k < n; k++)
    if (counts[k] > counts[most])
      most = k;
  if (most == 0 || g_str_equal (sig_class_table_get (classes, 0)->name, "0") || sig_class_table_get (classes, 0)->color != 0)
    return sig_labels_ref ((SigLabels *) labels);

  loud = sig_class_table_with_color (classes, 0, sig_class_table_get (classes, most)->color);
  quiet = sig_class_table_with_color (loud, most, 0);
  return sig_label_edit_with_classes (labels, quiet);
}

gboolean
sig_classes_is_few (const float *values,
                    gsize        stride,
                    gint64       n_steps)
{
  gboolean seen[256] = { FALSE };
  gint64 n_seen = 0, n_labels = 0;

  for (gint64 t = 0; t < n_steps; t++)
    {
      float value = values[(gsize) t * stride];

      if (isnan (value))
        continue;
      n_labels++;
      if (!(value >= 0.0f && value <= 255.0f) || value != floorf (value))
        return FALSE;
      if (!seen[(int) value])
        {
          seen[(int) value] = TRUE;
          if (++n_seen > FEW_CLASSES)
            return FALSE;
        }
    }
  return n_seen >= 2 && n_labels >= 2 * n_seen;
}
