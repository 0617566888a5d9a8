/* sig-export-npy.c: labels as an array: the number of a class for each step
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <string.h>

#include "sig-reading.h"

#define BLOCK_STEPS 32768
#define ALIGN       64 /* of the values in the file, as NumPy has it */

static char *
dup_number (const SigLabels *labels,
            int              klass)
{
  return g_strdup_printf ("%d", klass);
}

/* Whether some steps have no label. */
static gboolean
has_gaps (const SigLabels *labels)
{
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);
  gint64 end = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (spans[i].start > end)
        return TRUE;
      end = spans[i].end;
    }
  return end < sig_labels_get_n_steps (labels);
}

/* Whether no class but the second has labels. */
static gboolean
is_only_one (const SigLabels *labels)
{
  gsize n;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gsize i = 0; i < n; i++)
    if (spans[i].klass != 1)
      return FALSE;
  return n > 0;
}

static void
review_npy (const SigExport *what,
            GPtrArray       *losses)
{
  int n_classes = sig_labels_get_n_classes (what->labels);
  g_autoptr (GString) names = g_string_new (NULL);

  for (int k = 0; k < n_classes && k < 12; k++)
    g_string_append_printf (names, "%s%d is “%s”", k > 0 ? ", " : "", k, sig_labels_get_name (what->labels, k));
  if (n_classes > 12)
    g_string_append (names, ", …");
  if (n_classes > 0)
    sig_export_lose (losses, "Names of classes are lost: %s.", names->str);
  sig_export_review_states (what->labels, losses, "−2");
  if (!has_gaps (what->labels))
    return;
  if (is_only_one (what->labels))
    sig_export_lose (losses, "Steps without a label are −1, and all others 1: that is read as two classes.");
  else
    sig_export_lose (losses, "Steps without a label are −1, as scikit-learn has it; other programs may take that for a class.");
}

/* The header of `n_steps` numbers of 16 bits, padded so that they are aligned. */
static GString *
make_header (gint64 n_steps)
{
  GString *header = g_string_new (NULL);
  g_autofree char *dictionary
      = g_strdup_printf ("{'descr': '<i2', 'fortran_order': False, 'shape': (%" G_GINT64_FORMAT ",), }", n_steps);
  gsize length = strlen (dictionary) + 1;
  gsize padding = (ALIGN - (10 + length) % ALIGN) % ALIGN;
  guint16 total = (guint16) (length + padding);

  g_string_append_len (header, "\x93NUMPY\x01\x00", 8);
  g_string_append_c (header, (char) (total & 0xFF));
  g_string_append_c (header, (char) (total >> 8));
  g_string_append (header, dictionary);
  for (gsize i = 0; i < padding; i++)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  return header;
}

static gboolean
write_npy (const SigExport *what,
           GError         **error)
{
  gint64 n_steps = sig_labels_get_n_steps (what->labels);
  g_autofree gint32 *classes = g_new (gint32, BLOCK_STEPS);
  g_autofree gint16 *numbers = g_new (gint16, BLOCK_STEPS);
  GString *header = make_header (n_steps);
  gboolean ok = sig_export_put (what, 0.0, header->str, header->len, error);

  g_string_free (header, TRUE);
  for (gint64 t = 0; ok && t < n_steps; t += BLOCK_STEPS)
    {
      gint64 take = MIN (BLOCK_STEPS, n_steps - t);

      sig_labels_fill (what->labels, t, take, classes);
      for (gint64 i = 0; i < take; i++)
        numbers[i] = (gint16) GINT16_TO_LE ((gint16) classes[i]);
      ok = sig_export_put (what, (double) (t + take) / (double) n_steps, numbers, (gsize) take * sizeof *numbers, error);
    }
  return ok;
}

const SigExportFormat sig_export_npy = {
  .id = "npy",
  .name = "NPY array",
  .extension = ".npy",
  .summary = "One whole number for each step. NumPy and Keras load it as y.",
  .joins = TRUE,
  .review = review_npy,
  .write = write_npy,
  .dup_name = dup_number,
};
