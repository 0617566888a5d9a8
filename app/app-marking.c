/* app-marking.c: what is done to labels, in the words in which it is undone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-marking-private.h"

#include "app-text.h"

#include "sig-label-edit.h"

#define NO_SELECTION "Select a span first: drag over the traces, or hold Shift and press the arrow keys."

G_DEFINE_QUARK (app-marking-error-quark, app_marking_error)

gboolean
app_marking_fail (GError **error, const char *message)
{
  g_set_error_literal (error, APP_MARKING_ERROR, APP_MARKING_ERROR_NOTHING, message);

  return FALSE;
}

static gint64
count_steps (AppDocument *document)
{
  return sig_recording_get_n_steps (app_document_get_recording (document));
}

SigLabels *
app_marking_dup_labels (AppDocument *document)
{
  const SigLabels *labels = app_document_get_labels (document);

  return labels != NULL ? sig_labels_ref (labels) : sig_labels_new (count_steps (document), NULL, 0, NULL, 0);
}

gboolean
app_marking_check_open (AppDocument *document, GError **error)
{
  return app_document_get_recording (document) != NULL || app_marking_fail (error, "Open a recording first.");
}

gboolean
app_marking_has_class (AppDocument *document, int klass)
{
  const SigLabels *labels = app_document_get_labels (document);

  return labels != NULL && klass >= 0 && klass < sig_labels_get_n_classes (labels);
}

static const char *
name_of (const SigLabels *labels, int klass)
{
  if (klass == SIG_DONT_KNOW)
    return "don’t know";

  return klass == SIG_UNLABELLED ? "unlabelled" : sig_labels_get_name (labels, klass);
}

/* "120 steps", "1 step". */
static char *
steps_text (gint64 n)
{
  g_autofree char *count = app_text_count (n);

  return g_strdup_printf ("%s %s", count, n == 1 ? "step" : "steps");
}

static gsize
count_spans (const SigLabels *labels)
{
  gsize n;

  sig_labels_get_spans (labels, &n);

  return n;
}

static char *
labels_text (gsize n)
{
  g_autofree char *count = app_text_count ((gint64) n);

  return g_strdup_printf ("%s %s", count, n == 1 ? "label" : "labels");
}

/* Clips a selection to the recording; FALSE for an empty one. */
static gboolean
clip (AppDocument *document, gint64 *start, gint64 *end)
{
  *start = MAX (*start, 0);
  *end = MIN (*end, count_steps (document));

  return *start < *end;
}

/* As above; an empty one stands for everything. */
static void
widen (AppDocument *document, gint64 *start, gint64 *end)
{
  if (*start >= *end)
    {
      *start = 0;
      *end = count_steps (document);
    }
}

/* (nullable): the labels that an edit begins with, which has some; else the sentence that says why there are none. */
static const SigLabels *
get_marked (AppDocument *document, GError **error)
{
  const SigLabels *labels = app_document_get_labels (document);

  if (labels != NULL && count_spans (labels) > 0)
    return labels;
  app_marking_fail (error, "Nothing is marked yet.");

  return NULL;
}

/* The end of every edit: `marked` and `what`, the words in which it is undone, are consumed; where nothing changed, `nothing`
 * says why. */
static gboolean
finish (AppDocument *document, SigLabels *marked, char *what, const char *nothing, GError **error)
{
  gboolean done = app_document_edit_labels (document, marked, what);

  sig_labels_unref (marked);
  g_free (what);

  return done || app_marking_fail (error, nothing);
}

static gboolean
can_mark (AppDocument *document, int klass)
{
  return klass == SIG_UNLABELLED || klass == SIG_DONT_KNOW || app_marking_has_class (document, klass);
}

/* --- marking -------------------------------------------------------------------- */

/* `labels` are the document's, if with more classes. */
static gboolean
mark (AppDocument *document, const SigLabels *labels, gint64 start, gint64 end, int klass, GError **error)
{
  g_autofree char *steps = NULL;
  char *what;

  if (!clip (document, &start, &end))
    return app_marking_fail (error, NO_SELECTION);

  steps = steps_text (end - start);
  what = klass == SIG_UNLABELLED ? g_strdup_printf ("Erase %s", steps)
                                 : g_strdup_printf ("Mark %s as %s", steps, name_of (labels, klass));

  return finish (document, sig_label_edit_set (labels, start, end, klass), what, "These steps are marked so already.", error);
}

gboolean
app_marking_set (AppDocument *document, gint64 start, gint64 end, int klass, GError **error)
{
  g_autoptr (SigLabels) labels = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && can_mark (document, klass), FALSE);

  if (!app_marking_check_open (document, error))
    return FALSE;

  labels = app_marking_dup_labels (document);

  return mark (document, labels, start, end, klass, error);
}

/* With a class that is made by the same step of undo; `key` 0: the lowest free one. */
static gboolean
mark_as_new (AppDocument *document, gint64 start, gint64 end, const char *name, int key, GError **error)
{
  g_autoptr (SigLabels) labels = app_marking_dup_labels (document);
  g_autoptr (SigLabels) with_class = NULL;
  g_autoptr (SigClassTable) classes = NULL;

  if (sig_labels_get_n_classes (labels) >= SIG_MAX_CLASSES)
    return app_marking_fail (error, "There are as many classes as there can be.");
  if (!clip (document, &start, &end))
    return app_marking_fail (error, NO_SELECTION);

  classes = sig_class_table_with_added (sig_labels_get_classes (labels), name, key);
  with_class = sig_label_edit_with_classes (labels, classes);

  return mark (document, with_class, start, end, sig_class_table_get_n (classes) - 1, error);
}

gboolean
app_marking_set_new (AppDocument *document, gint64 start, gint64 end, const char *name, GError **error)
{
  g_autoptr (SigLabels) labels = NULL;
  g_autofree char *bare = NULL;
  int klass;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && name != NULL, FALSE);

  if (!app_marking_check_open (document, error))
    return FALSE;

  labels = app_marking_dup_labels (document);
  bare = g_strstrip (g_strdup (name));
  if (*bare == '\0')
    return app_marking_fail (error, "A class must have a name.");
  klass = sig_class_table_find_name (sig_labels_get_classes (labels), bare);
  if (klass >= 0)
    return mark (document, labels, start, end, klass, error);

  return mark_as_new (document, start, end, bare, 0, error);
}

gboolean
app_marking_press_digit (AppDocument *document, gint64 start, gint64 end, int digit, GError **error)
{
  g_autoptr (SigLabels) labels = NULL;
  char name[2] = { (char) ('0' + digit), '\0' };
  int klass;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && digit >= 0 && digit <= 9, FALSE);

  if (!app_marking_check_open (document, error))
    return FALSE;
  if (digit == 0)
    return app_marking_set (document, start, end, SIG_UNLABELLED, error);

  labels = app_marking_dup_labels (document);
  klass = sig_class_table_find_key (sig_labels_get_classes (labels), digit);
  if (klass >= 0)
    return mark (document, labels, start, end, klass, error);
  if (sig_class_table_find_name (sig_labels_get_classes (labels), name) >= 0)
    return app_marking_fail (error, "No class has this key: give it to one under “Classes”.");

  return mark_as_new (document, start, end, name, digit, error);
}

gboolean
app_marking_set_rest (AppDocument *document, gint64 start, gint64 end, int klass, GError **error)
{
  g_autoptr (SigLabels) labels = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document) && can_mark (document, klass), FALSE);

  if (!app_marking_check_open (document, error))
    return FALSE;

  widen (document, &start, &end);
  labels = app_marking_dup_labels (document);

  return finish (document, sig_label_edit_set_rest (labels, start, end, klass),
                 g_strdup_printf ("Mark what is unlabelled as %s", name_of (labels, klass)),
                 "Every step is labelled already.", error);
}

gboolean
app_marking_accept (AppDocument *document, gint64 start, gint64 end, GError **error)
{
  const SigTrack *prediction;
  g_autoptr (SigLabels) labels = NULL;
  g_autofree char *steps = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  prediction = app_document_get_prediction (document);
  if (prediction == NULL && app_document_has_foreign_prediction (document))
    return app_marking_fail (error, "The predictions are of other classes than this track has: choose the track that was trained "
                                    "for, or train for this one.");
  if (prediction == NULL)
    return app_marking_fail (error, "There are no predictions yet: train a design first.");

  widen (document, &start, &end);
  labels = app_marking_dup_labels (document);
  if (sig_track_get_n_classes (prediction) > sig_labels_get_n_classes (labels))
    return app_marking_fail (error, "The network tells more classes apart than this track has.");

  steps = steps_text (end - start);

  return finish (document, sig_label_edit_accept (labels, prediction, start, end),
                 g_strdup_printf ("Accept predictions on %s", steps), "The labels are what was predicted already.", error);
}

/* --- edges ---------------------------------------------------------------------- */

gboolean
app_marking_split (AppDocument *document, gint64 step, GError **error)
{
  const SigLabels *labels;
  g_autofree char *at = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = get_marked (document, error);
  if (labels == NULL)
    return FALSE;

  at = app_text_count (step);

  return finish (document, sig_label_edit_split (labels, step),
                 g_strdup_printf ("Split %s at step %s", name_of (labels, sig_labels_get (labels, step)), at),
                 "There is no label to split at the cursor: click into one first.", error);
}

gboolean
app_marking_move_edge (AppDocument *document, gint64 edge, gint64 to, GError **error)
{
  const SigLabels *labels;
  gint64 low, high;
  g_autofree char *at = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = get_marked (document, error);
  if (labels == NULL)
    return FALSE;
  if (!sig_label_edit_get_reach (labels, edge, &low, &high))
    return app_marking_fail (error, "There is no edge of a label there.");

  at = app_text_count (CLAMP (to, low, high));

  return finish (document, sig_label_edit_move_edge (labels, edge, to), g_strdup_printf ("Move edge to step %s", at),
                 "The edge is there already, or cannot go further.", error);
}

gboolean
app_marking_bring_edge (AppDocument *document, gint64 step, GError **error)
{
  const SigLabels *labels;
  const SigSpan *spans;
  gint64 nearest = -1;
  gsize n, first;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = get_marked (document, error);
  if (labels == NULL)
    return FALSE;

  spans = sig_labels_get_spans (labels, &n);
  first = sig_labels_find (labels, step);
  for (gsize i = first > 0 ? first - 1 : 0; i < MIN (n, first + 2); i++)
    {
      const gint64 edges[] = { spans[i].start, spans[i].end };

      for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
        if (nearest < 0 || ABS (edges[k] - step) < ABS (nearest - step))
          nearest = edges[k];
    }

  return app_marking_move_edge (document, nearest, step, error);
}

/* --- many labels at once -------------------------------------------------------- */

/* Why nothing was merged. */
static const char *
explain_unmerged (const SigLabels *labels, gint64 start, gint64 end)
{
  g_autoptr (SigLabels) regardless = sig_label_edit_merge (labels, NULL, start, end);

  return count_spans (regardless) < count_spans (labels)
           ? "The recording breaks off between these labels: what lies on each side of the break can only be merged by itself."
           : "There are no two labels to merge: select them, or the first of them.";
}

gboolean
app_marking_merge (AppDocument *document, gint64 start, gint64 end, GError **error)
{
  const SigLabels *labels;
  g_autoptr (SigLabels) marked = NULL;
  g_autofree char *count = NULL;
  g_autofree char *what = NULL;
  gsize n_fewer;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = get_marked (document, error);
  if (labels == NULL)
    return FALSE;

  end = MAX (end, start + 1);
  marked = sig_label_edit_merge (labels, app_document_get_recording (document), start, end);
  n_fewer = count_spans (labels) - count_spans (marked);
  if (n_fewer == 0)
    return app_marking_fail (error, explain_unmerged (labels, start, end));
  count = labels_text (n_fewer + 1);

  what = g_strdup_printf ("Merge %s", count);

  return app_document_edit_labels (document, marked, what);
}

/* What is shorter than so many steps, by one edit of the labels; `what` names the step with the length behind it. */
static gboolean
edit_short (AppDocument *document, gint64 start, gint64 end, gint64 shorter_than,
            SigLabels *(*edit) (const SigLabels *labels, const SigRecording *recording, gint64 start, gint64 end,
                                gint64 shorter_than),
            const char *what, const char *nothing, GError **error)
{
  const SigLabels *labels = get_marked (document, error);
  g_autofree char *steps = steps_text (shorter_than);

  if (labels == NULL)
    return FALSE;
  widen (document, &start, &end);

  return finish (document, edit (labels, app_document_get_recording (document), start, end, shorter_than),
                 g_strdup_printf ("%s shorter than %s", what, steps), nothing, error);
}

gboolean
app_marking_fill_gaps (AppDocument *document, gint64 start, gint64 end, gint64 shorter_than, GError **error)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  return edit_short (document, start, end, shorter_than, sig_label_edit_fill_gaps, "Fill gaps",
                     "There is no gap that short between two labels.", error);
}

gboolean
app_marking_fill_all (AppDocument *document, gint64 start, gint64 end, GError **error)
{
  const SigLabels *labels;
  g_autofree char *steps = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  labels = get_marked (document, error);
  if (labels == NULL)
    return FALSE;
  if (!clip (document, &start, &end))
    return app_marking_fail (error, NO_SELECTION);

  steps = steps_text (end - start);

  return finish (document,
                 sig_label_edit_fill_gaps (labels, app_document_get_recording (document), start, end, end - start + 1),
                 g_strdup_printf ("Fill gaps in %s", steps),
                 "There is no whole gap between two labels in the selection.", error);
}

gboolean
app_marking_drop_runs (AppDocument *document, gint64 start, gint64 end, gint64 shorter_than, GError **error)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (document), FALSE);

  return edit_short (document, start, end, shorter_than, sig_label_edit_drop_runs, "Drop labels",
                     "There is no label that short.", error);
}
