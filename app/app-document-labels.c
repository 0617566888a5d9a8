/* app-document-labels.c: the recording of a document and its label tracks
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document-private.h"

#include "app-text.h"
#include "sig-label-edit.h"

#define FIRST_TRACK "Labels"

void
app_document_notify_labels (AppDocument *self)
{
  app_document_notify (self, APP_DOCUMENT_LABELS);
  if (self->prediction != NULL)
    app_document_notify (self, APP_DOCUMENT_PREDICTION);
}

/* (transfer full): one track, or none. */
static SigLabelSet *
set_of (const SigLabels *labels)
{
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();

  return labels != NULL ? sig_label_set_with_added (empty, FIRST_TRACK, labels) : g_steal_pointer (&empty);
}

static void
take_pyramid (AppDocument *self, SigPyramid *pyramid)
{
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->pyramid, sig_pyramid_unref);
  self->recording = sig_recording_ref (sig_pyramid_get_recording (pyramid));
  self->pyramid = sig_pyramid_ref (pyramid);
  g_clear_pointer (&self->filtered, sig_pyramid_unref);
  self->filter = sig_filter_spec_default ();
}

void
app_document_open_project (AppDocument *self, SigPyramid *pyramid, const SigLabelSet *labels, const NnDesign *design,
                           const NnSettings *settings)
{
  g_return_if_fail (APP_IS_DOCUMENT (self) && pyramid != NULL && labels != NULL && design != NULL && settings != NULL);

  g_object_freeze_notify (G_OBJECT (self));
  take_pyramid (self, pyramid);
  app_history_free (self->history);
  self->history = app_history_new (design, labels, settings);
  app_document_notify (self, APP_DOCUMENT_RECORDING);
  app_document_notify (self, APP_DOCUMENT_FILTER);
  app_document_notify (self, APP_DOCUMENT_LABELS);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
  app_document_notify (self, APP_DOCUMENT_SETTINGS);
  app_document_forget_prediction (self);
  app_document_recheck (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/* Another recording, with a new set of labels (nullable: what is marked stays), and the design that fits it. */
static void
take_recording (AppDocument *self, SigPyramid *pyramid, const SigLabelSet *set)
{
  const NnTemplate *template = app_document_untouched_template (self);
  gboolean was_modified = app_history_is_design_modified (self->history);
  g_autoptr (NnDesign) design = NULL;

  g_object_freeze_notify (G_OBJECT (self));
  take_pyramid (self, pyramid);
  if (set != NULL)
    app_history_start_labels (self->history, set);
  app_document_notify (self, APP_DOCUMENT_RECORDING);
  app_document_notify (self, APP_DOCUMENT_FILTER);
  app_document_notify (self, APP_DOCUMENT_LABELS);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
  app_document_forget_prediction (self);
  design = app_document_adapt (self, template, app_document_get_labels (self));
  app_history_replace (self->history, design);
  if (!was_modified)
    app_history_mark_design_saved (self->history); /* nobody has edited it: it only fits now */
  app_document_recheck (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
app_document_set_recording (AppDocument *self, SigPyramid *pyramid, const SigLabels *labels)
{
  g_autoptr (SigLabelSet) set = set_of (labels);

  g_return_if_fail (APP_IS_DOCUMENT (self) && pyramid != NULL);

  take_recording (self, pyramid, set);
}

void
app_document_reread (AppDocument *self, SigPyramid *pyramid)
{
  g_return_if_fail (APP_IS_DOCUMENT (self) && pyramid != NULL && self->recording != NULL);
  g_return_if_fail (sig_recording_get_n_steps (sig_pyramid_get_recording (pyramid))
                    == sig_recording_get_n_steps (self->recording));

  take_recording (self, pyramid, NULL);
}

static gboolean
check_length (AppDocument *self, const SigLabels *labels, GError **error)
{
  g_autofree char *have = NULL;
  g_autofree char *want = NULL;

  if (sig_labels_get_n_steps (labels) == sig_recording_get_n_steps (self->recording))
    return TRUE;

  have = app_text_count (sig_labels_get_n_steps (labels));
  want = app_text_count (sig_recording_get_n_steps (self->recording));
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
               "The labels cover %s steps, the recording has %s: they do not belong together.", have, want);
  return FALSE;
}

/* (transfer full): the design that goes with as many classes as `contract` asks. */
static NnDesign *
follow_classes (AppDocument *self, const SigLabels *labels, const NnContract *contract)
{
  if (contract->n_classes == self->asked.n_classes)
    return nn_design_ref (app_document_get_design (self));

  return app_document_adapt (self, app_document_untouched_template (self), labels);
}

/* One step of undo, for the labels and for a design that goes with them. */
static void
commit_both (AppDocument *self, const SigLabelSet *set, const NnDesign *design, const char *what)
{
  g_object_freeze_notify (G_OBJECT (self));
  app_history_push (self->history, design, set, what, NULL);
  app_document_notify_labels (self);
  app_document_recheck_if_needed (self);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
  g_object_thaw_notify (G_OBJECT (self));
}

static NnContract
contract_of (AppDocument *self, const SigLabels *labels)
{
  return app_run_contract (labels, nn_design_get_input (app_document_get_design (self))->dim[0],
                           app_document_get_settings (self));
}

/* For the labels, and for what an untouched template makes of their classes. */
static void
commit (AppDocument *self, const SigLabelSet *set, const char *what)
{
  const SigLabels *labels = sig_label_set_peek_active (set);
  NnContract contract = contract_of (self, labels);
  g_autoptr (NnDesign) design = follow_classes (self, labels, &contract);

  commit_both (self, set, design, what);
}

/* (transfer full): `design`, or where it has no problem but its number of units, the first repair that leaves none. */
static NnDesign *
mend_units (const NnDesign *design, const NnContract *contract)
{
  g_autoptr (NnCheck) check = nn_check_new (design, contract);

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    {
      const NnProblem *problem = nn_check_get_problem (check, i);

      for (guint r = 0; g_str_equal (problem->rule, "D4") && r < problem->n_repairs; r++)
        {
          g_autoptr (NnCheck) after = nn_check_new (problem->repairs[r].design, contract);

          if (nn_check_is_trainable (after))
            return nn_design_ref (problem->repairs[r].design);
        }
    }

  return nn_design_ref ((NnDesign *) design);
}

gboolean
app_document_edit_label_set (AppDocument *self, const SigLabelSet *set, const char *what)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self) && self->recording != NULL, FALSE);
  g_return_val_if_fail (set != NULL && what != NULL, FALSE);

  for (guint i = 0; i < sig_label_set_get_n (set); i++)
    g_return_val_if_fail (check_length (self, sig_label_set_get_labels (set, i), NULL), FALSE);

  if (sig_label_set_equal (set, app_document_get_label_set (self)))
    return FALSE;

  commit (self, set, what);

  return TRUE;
}

gboolean
app_document_edit_labels (AppDocument *self, const SigLabels *labels, const char *what)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) edited = NULL;
  int active;

  g_return_val_if_fail (APP_IS_DOCUMENT (self) && labels != NULL, FALSE);

  set = app_document_get_label_set (self);
  active = sig_label_set_get_active (set);
  edited = active >= 0 ? sig_label_set_with_labels (set, (guint) active, labels) : set_of (labels);

  return app_document_edit_label_set (self, edited, what);
}

void
app_document_merge_class (AppDocument *self, int klass, int into, const char *what)
{
  const SigLabelSet *set;
  g_autoptr (SigLabels) merged = NULL;
  g_autoptr (SigLabelSet) edited = NULL;
  g_autoptr (NnDesign) fitting = NULL;
  g_autoptr (NnDesign) design = NULL;
  NnContract contract;

  g_return_if_fail (APP_IS_DOCUMENT (self) && app_document_get_labels (self) != NULL && what != NULL);

  set = app_document_get_label_set (self);
  merged = sig_label_edit_without_class (app_document_get_labels (self), klass, into);
  edited = sig_label_set_with_labels (set, (guint) sig_label_set_get_active (set), merged);
  contract = contract_of (self, merged);
  fitting = follow_classes (self, merged, &contract);
  design = nn_check_is_trainable (self->check) ? mend_units (fitting, &contract) : nn_design_ref (fitting);
  commit_both (self, edited, design, what);
}

gboolean
app_document_set_labels (AppDocument *self, const SigLabels *labels, GError **error)
{
  const SigLabelSet *set;
  g_autoptr (SigLabelSet) opened = NULL;
  int active;

  g_return_val_if_fail (APP_IS_DOCUMENT (self) && self->recording != NULL, FALSE);

  if (labels != NULL && !check_length (self, labels, error))
    return FALSE;

  set = app_document_get_label_set (self);
  active = sig_label_set_get_active (set);
  if (labels != NULL && active >= 0)
    opened = sig_label_set_with_labels (set, (guint) active, labels);
  else
    opened = set_of (labels);

  g_object_freeze_notify (G_OBJECT (self));
  app_document_forget_prediction (self);
  commit (self, opened, "Open labels");
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}
