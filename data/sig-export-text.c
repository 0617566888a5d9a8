/* sig-export-text.c: labels as text: Audacity's label track, a list with a header, one class per step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <string.h>

#include "sig-classes.h"

#define BLOCK_BYTES (64 * 1024)

/* Sends the text once it is long, or at the end. */
static gboolean
flush (const SigExport *what,
       GString         *text,
       double           fraction,
       gsize            at_least,
       GError         **error)
{
  if (text->len < at_least)
    return TRUE;

  gboolean written = sig_export_put (what, fraction, text->str, text->len, error);

  g_string_truncate (text, 0);
  return written;
}

/* One cell; quoted where it holds what would end it, or what a reader would strip. */
static void
append_cell (GString    *text,
             const char *cell)
{
  if (strpbrk (cell, ",;\"\r\n\t") == NULL)
    {
      g_string_append (text, cell);
      return;
    }
  g_string_append_c (text, '"');
  for (const char *c = cell; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/* A word that a spreadsheet would run is made safe by an apostrophe. */
static void
append_word (GString    *text,
             const char *word)
{
  g_autofree char *safe = sig_class_needs_apostrophe (word) ? g_strconcat ("'", word, NULL) : g_strdup (word);

  append_cell (text, safe);
}

static void
review_formulas (const SigLabels *labels,
                 GPtrArray       *losses)
{
  guint n = 0;

  for (int k = 0; k < sig_labels_get_n_classes (labels); k++)
    n += sig_class_needs_apostrophe (sig_labels_get_name (labels, k));
  if (n > 0)
    sig_export_lose (losses, n == 1 ? "%u name that a spreadsheet would take for a formula gets an apostrophe before it; Lamina "
                                      "takes it off again."
                                    : "%u names that a spreadsheet would take for formulas get an apostrophe before them; Lamina "
                                      "takes it off again.", n);
}

/* --- Audacity ------------------------------------------------------------------------ */

static void
review_audacity (const SigExport *what,
                 GPtrArray       *losses)
{
  sig_export_review_names (what->labels, sig_export_dup_listed, losses);
  sig_export_review_states (what->labels, losses, "labels of that name");
  sig_export_review_times (what->recording, losses);
}

static gboolean
write_audacity (const SigExport *what,
                GError         **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double rate = sig_recording_get_rate_hz (what->recording);
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (what->labels, &n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *from = sig_export_dup_time (spans[i].start, rate), *to = sig_export_dup_time (spans[i].end, rate);
      g_autofree char *name = sig_export_dup_listed (what->labels, spans[i].klass);

      g_string_append_printf (text, "%s\t%s\t%s\n", from, to, name);
      if (!flush (what, text, (double) i / (double) n, BLOCK_BYTES, error))
        return FALSE;
    }
  return flush (what, text, 1.0, 0, error);
}

const SigExportFormat sig_export_audacity = {
  .id = "audacity",
  .name = "Audacity label track",
  .extension = ".txt",
  .summary = "Start, end and name of each label, in seconds. Audacity imports it, as do many audio programs.",
  .review = review_audacity,
  .write = write_audacity,
  .dup_name = sig_export_dup_listed,
};

/* --- a list -------------------------------------------------------------------------- */

static void
review_list (const SigExport *what,
             GPtrArray       *losses)
{
  sig_export_review_names (what->labels, sig_export_dup_listed, losses);
  sig_export_review_states (what->labels, losses, "labels of that name");
  review_formulas (what->labels, losses);
  sig_export_review_times (what->recording, losses);
}

static gboolean
write_list (const SigExport *what,
            GError         **error)
{
  g_autoptr (GString) text = g_string_new ("onset,duration,label,sample,n_samples\n");
  double rate = sig_recording_get_rate_hz (what->recording);
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (what->labels, &n);

  for (gsize i = 0; i < n; i++)
    {
      gint64 length = spans[i].end - spans[i].start;
      g_autofree char *onset = sig_export_dup_time (spans[i].start, rate), *duration = sig_export_dup_time (length, rate);
      g_autofree char *name = sig_export_dup_listed (what->labels, spans[i].klass);

      g_string_append_printf (text, "%s,%s,", onset, duration);
      append_word (text, name);
      g_string_append_printf (text, ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\n", spans[i].start, length);
      if (!flush (what, text, (double) i / (double) n, BLOCK_BYTES, error))
        return FALSE;
    }
  return flush (what, text, 1.0, 0, error);
}

const SigExportFormat sig_export_list = {
  .id = "csv",
  .name = "CSV, a line for each label",
  .extension = ".csv",
  .summary = "Onset and duration in seconds, label, and the same in samples. Spreadsheets, pandas, MNE and BIDS tools read it.",
  .review = review_list,
  .write = write_list,
  .dup_name = sig_export_dup_listed,
};

/* --- one class per step -------------------------------------------------------------- */

/* Numbers come back under one spelling, and words for a missing value not at all. */
static char *
dup_step_name (const SigLabels *labels,
               int              klass)
{
  g_autofree char *listed = sig_export_dup_listed (labels, klass);
  char *word = sig_class_dup_word (listed, strlen (listed), '.');

  return word != NULL ? word : g_strconcat (listed, "_", NULL);
}

static void
review_steps (const SigExport *what,
              GPtrArray       *losses)
{
  sig_export_review_names (what->labels, dup_step_name, losses);
  sig_export_review_states (what->labels, losses, "that word");
  review_formulas (what->labels, losses);
}

static gboolean
write_steps (const SigExport *what,
             GError         **error)
{
  g_autoptr (GString) text = g_string_new ("step,label\n");
  gint64 n_steps = sig_labels_get_n_steps (what->labels);
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (what->labels, &n);
  int n_classes = sig_labels_get_n_classes (what->labels);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (int k = 0; k < n_classes; k++)
    {
      g_autofree char *name = dup_step_name (what->labels, k);
      GString *word = g_string_new (NULL);

      append_word (word, name);
      g_ptr_array_add (words, g_string_free (word, FALSE));
    }
  g_ptr_array_add (words, g_strdup (SIG_CLASS_DONT_KNOW));
  for (gint64 t = 0, i = 0; t < n_steps; t++)
    {
      while (i < (gint64) n && spans[i].end <= t)
        i++;

      gboolean labelled = i < (gint64) n && spans[i].start <= t;
      int word = labelled && spans[i].klass == SIG_DONT_KNOW ? n_classes : labelled ? spans[i].klass : SIG_UNLABELLED;

      g_string_append_printf (text, "%" G_GINT64_FORMAT ",%s\n", t,
                              word >= 0 ? (const char *) g_ptr_array_index (words, word) : "");
      if (!flush (what, text, (double) t / (double) n_steps, BLOCK_BYTES, error))
        return FALSE;
    }
  return flush (what, text, 1.0, 0, error);
}

const SigExportFormat sig_export_steps = {
  .id = "csv-steps",
  .name = "CSV, a line for each step",
  .extension = ".csv",
  .summary = "The class of every step; steps without a label stay empty. For scripts that pair labels with samples.",
  .joins = TRUE,
  .review = review_steps,
  .write = write_steps,
  .dup_name = dup_step_name,
};
