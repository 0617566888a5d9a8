/* sig-export.c: writes labels in the formats of other programs, tells before what a format cannot hold
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-export-private.h"

#include <math.h>
#include <string.h>

#include "sig-classes.h"
#include "sig-error.h"

#define MIN_DECIMALS 6
#define MAX_DECIMALS 17
#define MAX_LISTED   5

static const SigExportFormat *const formats[] = {
  &sig_export_list,
  &sig_export_audacity,
  &sig_export_wav,
  &sig_export_npy,
  &sig_export_steps,
  &sig_export_bdf,
  &sig_export_edf,
  &sig_export_edf_labels,
};

const SigExportFormat *
sig_export_get_format (guint index)
{
  return index < G_N_ELEMENTS (formats) ? formats[index] : NULL;
}

const SigExportFormat *
sig_export_find_format (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (strcmp (formats[i]->id, id) == 0)
      return formats[i];
  return NULL;
}

const SigExportFormat *
sig_export_guess_format (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i]->extension))
      return formats[i];
  return NULL;
}

/* --- what formats share -------------------------------------------------------------- */

void
sig_export_lose (GPtrArray  *losses,
                 const char *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (losses, g_strdup_vprintf (format, args));
  va_end (args);
}

gboolean
sig_export_go_on (const SigExport *what,
                  double           fraction,
                  GError         **error)
{
  if (what->hooks != NULL && what->hooks->should_stop != NULL && what->hooks->should_stop (what->hooks->user_data))
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_CANCELLED, "Writing was stopped. No file was written.");
      return FALSE;
    }
  if (what->hooks != NULL && what->hooks->progress != NULL)
    what->hooks->progress (what->hooks->user_data, CLAMP (fraction, 0.0, 1.0));
  return TRUE;
}

gboolean
sig_export_put (const SigExport *what,
                double           fraction,
                const void      *bytes,
                gsize            n,
                GError         **error)
{
  return sig_export_go_on (what, fraction, error) && what->sink (what->sink_data, bytes, n, error);
}

char *
sig_export_dup_time (gint64 step,
                     double rate_hz)
{
  char text[64];

  for (int decimals = MIN_DECIMALS;; decimals++)
    {
      char format[8];

      g_snprintf (format, sizeof format, "%%.%df", decimals);
      g_ascii_formatd (text, sizeof text, format, (double) step / rate_hz);
      if (decimals == MAX_DECIMALS || round (g_ascii_strtod (text, NULL) * rate_hz) == (double) step)
        return g_strdup (text);
    }
}

char *
sig_export_dup_listed (const SigLabels *labels,
                       int              klass)
{
  g_autofree char *name = NULL;

  if (klass == SIG_DONT_KNOW)
    return g_strdup (SIG_CLASS_DONT_KNOW);
  name = g_strdup (sig_labels_get_name (labels, klass));
  for (char *c = name; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strstrip (name);
  if (sig_class_is_dont_know (name))
    return g_strconcat (name, "_", NULL);
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("unnamed");
}

/* Adds a name to a list of the first few of them. */
static void
list_name (GString    *list,
           guint      *n,
           const char *format,
           ...) G_GNUC_PRINTF (3, 4);

static void
list_name (GString    *list,
           guint      *n,
           const char *format,
           ...)
{
  va_list args;

  if (++*n == MAX_LISTED + 1)
    g_string_append (list, ", …");
  if (*n > MAX_LISTED)
    return;
  if (list->len > 0)
    g_string_append (list, ", ");
  va_start (args, format);
  g_string_append_vprintf (list, format, args);
  va_end (args);
}

void
sig_export_review_names (const SigLabels *labels,
                         char *(*dup_name) (const SigLabels *, int),
                         GPtrArray       *losses)
{
  int n_classes = sig_labels_get_n_classes (labels);
  g_autofree gint64 *counts = g_new0 (gint64, n_classes + 1);
  g_autoptr (GString) changed = g_string_new (NULL), empty = g_string_new (NULL), joined = g_string_new (NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_changed = 0, n_empty = 0, n_joined = 0;

  sig_labels_count (labels, counts);
  for (int k = 0; k < n_classes; k++)
    {
      const char *name = sig_labels_get_name (labels, k);
      char *kept = dup_name (labels, k);

      if (counts[k] == 0)
        list_name (empty, &n_empty, "“%s”", name);
      else if (strcmp (kept, name) != 0)
        list_name (changed, &n_changed, "“%s” becomes “%s”", name, kept);
      if (counts[k] > 0 && g_hash_table_contains (seen, kept))
        list_name (joined, &n_joined, "“%s”", kept);
      if (counts[k] > 0)
        g_hash_table_add (seen, kept);
      else
        g_free (kept);
    }
  if (n_changed > 0)
    sig_export_lose (losses, "Names of classes are changed: %s.", changed->str);
  if (n_joined > 0)
    sig_export_lose (losses, "Classes with one name become one: %s.", joined->str);
  if (n_empty > 0)
    sig_export_lose (losses, "Classes without a label are lost: %s.", empty->str);
}

void
sig_export_review_states (const SigLabels *labels,
                          GPtrArray       *losses,
                          const char      *dont_know)
{
  gsize n, n_states = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);
  const SigClassTable *classes = sig_labels_get_classes (labels);
  int n_classes = sig_class_table_get_n (classes);
  g_autofree const char **names = g_new0 (const char *, n_classes + 1);
  g_autoptr (SigClassTable) plain = NULL;

  for (gsize i = 0; i < n; i++)
    n_states += spans[i].klass == SIG_DONT_KNOW;
  for (int k = 0; k < n_classes; k++)
    names[k] = sig_labels_get_name (labels, k);
  plain = sig_class_table_new (names, n_classes);
  if (n_states > 0)
    sig_export_lose (losses, "Steps marked “don’t know” are written as %s; other programs take that for a class.", dont_know);
  if (!sig_class_table_equal (plain, classes))
    sig_export_lose (losses, "The colours and keys chosen for the classes are lost.");
}

void
sig_export_review_times (const SigRecording *recording,
                         GPtrArray          *losses)
{
  if (!sig_recording_has_rate (recording))
    sig_export_lose (losses, "The recording has no sample rate: a second in the file is a step.");
  if (sig_recording_get_page (recording) > 0)
    sig_export_lose (losses, "The borders of the windows are lost: their time runs on from one to the next.");
}

static void
review_borders (const SigLabels *labels,
                GPtrArray       *losses)
{
  gsize n, n_borders = 0;
  const SigSpan *spans = sig_labels_get_spans (labels, &n);

  for (gsize i = 1; i < n; i++)
    n_borders += spans[i].start == spans[i - 1].end && spans[i].klass == spans[i - 1].klass;
  if (n_borders == 1)
    sig_export_lose (losses, "One label of a class touches the next one of it: they are joined when they are read.");
  else if (n_borders > 1)
    sig_export_lose (losses, "%" G_GSIZE_FORMAT " labels touch the next one of their class: they are joined when they are read.",
                     n_borders);
}

/* --- the ways in --------------------------------------------------------------------- */

char **
sig_export_dup_losses (const SigExportFormat *format,
                       const SigRecording    *recording,
                       const SigLabels       *labels)
{
  const SigExport what = { .recording = recording, .labels = labels };
  GPtrArray *losses = g_ptr_array_new ();

  g_return_val_if_fail (format != NULL && recording != NULL && labels != NULL, NULL);

  format->review (&what, losses);
  if (format->joins)
    review_borders (labels, losses);
  g_ptr_array_add (losses, NULL);
  return (char **) g_ptr_array_free (losses, FALSE);
}

gboolean
sig_export_write (const SigExportFormat *format,
                  const SigExport       *what,
                  GError               **error)
{
  g_return_val_if_fail (format != NULL && what->recording != NULL && what->labels != NULL && what->sink != NULL, FALSE);
  g_return_val_if_fail (sig_labels_get_n_steps (what->labels) == sig_recording_get_n_steps (what->recording), FALSE);

  return format->write (what, error);
}
