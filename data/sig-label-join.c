/* sig-label-join.c: the label tracks of several recordings one behind the other
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-label-join.h"

#include "sig-classes.h"
#include "sig-error.h"

/* Notes classes whose names differ only in spelling: they may be meant as one. */
static void
note_spellings (const SigClassWords *words,
                GPtrArray           *notes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < words->words->len; i++)
    {
      const char *word = g_ptr_array_index (words->words, i);
      char *folded = sig_class_fold (word);
      const char *other = g_hash_table_lookup (seen, folded);

      if (other != NULL)
        g_ptr_array_add (notes, g_strdup_printf ("The classes “%s” and “%s” differ only in spelling.", other, word));
      g_hash_table_replace (seen, folded, (gpointer) word);
    }
}

/* The codes of the part's classes among the words of all; NULL with an error when they become too many. */
static int *
add_classes (const SigContent *part,
             SigClassWords    *words,
             GError          **error)
{
  int n = sig_labels_get_n_classes (part->labels);
  g_autofree int *codes = g_new (int, MAX (n, 1));

  for (int k = 0; k < n; k++)
    {
      g_autofree char *name = g_strstrip (g_strdup (sig_labels_get_name (part->labels, k)));

      codes[k] = sig_class_words_add (words, name);
      if (codes[k] < 0)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_TOO_LARGE, "“%s” brings the set to more than %d classes",
                       sig_recording_get_title (part->recording), SIG_MAX_CLASSES);
          return NULL;
        }
    }
  return g_steal_pointer (&codes);
}

static void
append_spans (GArray           *spans,
              const SigContent *part,
              gint64            start,
              const int        *codes)
{
  gsize n;
  const SigSpan *own = sig_labels_get_spans (part->labels, &n);

  for (gsize i = 0; i < n; i++)
    {
      SigSpan span = { own[i].start + start, own[i].end + start, own[i].klass >= 0 ? codes[own[i].klass] : own[i].klass };

      g_array_append_val (spans, span);
    }
}

SigLabels *
sig_label_join (const SigContent *parts,
                guint             n_parts,
                GPtrArray        *notes,
                GError          **error)
{
  g_auto (SigClassWords) words = { 0 };
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gint64 start = 0;

  sig_class_words_init (&words);
  for (guint p = 0; p < n_parts; p++)
    {
      if (parts[p].labels != NULL)
        {
          g_autofree int *codes = add_classes (&parts[p], &words, error);

          if (codes == NULL)
            return NULL;
          append_spans (spans, &parts[p], start, codes);
        }
      start += sig_recording_get_n_steps (parts[p].recording);
    }
  note_spellings (&words, notes);

  g_autofree int *sorted = sig_class_words_sort (&words);
  gsize n_spans = spans->len;

  for (gsize i = 0; i < n_spans; i++)
    {
      SigSpan *span = &g_array_index (spans, SigSpan, i);

      if (span->klass >= 0)
        span->klass = sorted[span->klass];
    }

  g_autoptr (SigClassTable) classes
      = sig_class_table_new ((const char *const *) words.words->pdata, (int) words.words->len);

  return sig_labels_new_take (start, (SigSpan *) (void *) g_array_free (g_steal_pointer (&spans), FALSE), n_spans, classes);
}
