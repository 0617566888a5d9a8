/* app-document.c: the only mutable truth: recording, labels, design, settings, and what was predicted
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document-private.h"

#define FIRST_TEMPLATE "R1"
#define FIRST_STEPS    400
#define FIRST_CHANNELS 16

static GParamSpec *props[APP_DOCUMENT_N_PROPS];

G_DEFINE_FINAL_TYPE (AppDocument, app_document, G_TYPE_OBJECT)

void
app_document_notify (AppDocument *self, AppDocumentProp prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

AppDocument *
app_document_new (void)
{
  return g_object_new (APP_TYPE_DOCUMENT, NULL);
}

/* --- queries -------------------------------------------------------------------- */

const NnDesign *
app_document_get_design (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return app_history_get_design (self->history);
}

const NnCheck *
app_document_get_check (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->check;
}

NnContract
app_document_get_contract (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), ((NnContract) { 0 }));

  return app_run_contract (app_document_get_labels (self), nn_design_get_input (app_document_get_design (self))->dim[0],
                           app_document_get_settings (self));
}

const NnSettings *
app_document_get_settings (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return app_history_get_settings (self->history);
}

const AppCut *
app_document_get_cut (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return &self->cut;
}

const SigRecording *
app_document_get_recording (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->recording;
}

SigPyramid *
app_document_get_pyramid (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->pyramid;
}

const SigLabels *
app_document_get_labels (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return sig_label_set_peek_active (app_history_get_labels (self->history));
}

const SigLabelSet *
app_document_get_label_set (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return app_history_get_labels (self->history);
}

const SigSplit *
app_document_get_split (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->split;
}

/* Whether the prediction's class numbers are those of `labels` (nullable). */
static gboolean
has_classes_of (AppDocument *self, const SigLabels *labels)
{
  if (self->prediction == NULL || self->predicted_from == NULL || labels == NULL)
    return TRUE;

  return sig_class_table_agree (sig_labels_get_classes (self->predicted_from), sig_labels_get_classes (labels),
                                MIN (sig_track_get_n_classes (self->prediction),
                                     sig_labels_get_n_classes (self->predicted_from)));
}

const SigTrack *
app_document_get_prediction (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return has_classes_of (self, app_document_get_labels (self)) ? self->prediction : NULL;
}

gboolean
app_document_has_foreign_prediction (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return !has_classes_of (self, app_document_get_labels (self));
}

char *
app_document_dup_obstacle (AppDocument *self)
{
  const SigLabels *labels;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  labels = app_document_get_labels (self);
  if (self->recording == NULL)
    return g_strdup ("Open a recording first.");
  if (labels == NULL)
    return g_strdup ("This recording has no labels: mark them over the traces, open a label file, or take a channel as labels.");
  if (sig_labels_get_n_classes (labels) < 2)
    return g_strdup ("There is nothing to tell apart: mark a second class, or give one to the rest (Edit, Mark the Rest).");
  if (!nn_check_is_trainable (self->check))
    return nn_check_dup_headline (self->check);
  if (!app_run_check_memory (self->check, app_document_get_settings (self)->batch_size, &error))
    return g_strdup (error->message);

  return NULL;
}

gboolean
app_document_is_stale (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return self->predicted_by != NULL && !nn_design_equal (self->predicted_by, app_document_get_design (self));
}

gboolean
app_document_has_newer_labels (AppDocument *self)
{
  const SigLabels *labels;

  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  labels = app_document_get_labels (self);
  if (self->predicted_from == NULL)
    return FALSE;

  return labels == NULL || !sig_labels_equal (self->predicted_from, labels);
}

const char *
app_document_get_undo (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return app_history_get_undo (self->history);
}

const char *
app_document_get_redo (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return app_history_get_redo (self->history);
}

gboolean
app_document_is_modified (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return app_history_is_design_modified (self->history);
}

gboolean
app_document_is_labels_modified (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return app_history_is_labels_modified (self->history);
}

/* --- edits ---------------------------------------------------------------------- */

void
app_document_recheck (AppDocument *self)
{
  NnDesign *design = nn_design_ref (app_document_get_design (self));

  g_clear_pointer (&self->check, nn_check_unref);
  g_clear_pointer (&self->checked, nn_design_unref);
  self->asked = app_document_get_contract (self);
  self->checked = design;
  self->check = nn_check_new (design, &self->asked);
  app_document_notify (self, APP_DOCUMENT_CHECK);
  if (self->prediction != NULL)
    app_document_notify (self, APP_DOCUMENT_PREDICTION); /* it may have become stale */
}

void
app_document_recheck_if_needed (AppDocument *self)
{
  NnContract contract = app_document_get_contract (self);

  if (self->checked != app_document_get_design (self) || contract.n_steps != self->asked.n_steps
      || contract.n_classes != self->asked.n_classes || contract.event_steps != self->asked.event_steps
      || contract.fitted != self->asked.fitted)
    app_document_recheck (self);
}

void
app_document_forget_prediction (AppDocument *self)
{
  g_clear_pointer (&self->split, sig_split_unref);
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);
  g_clear_pointer (&self->predicted_from, sig_labels_unref);
  app_document_notify (self, APP_DOCUMENT_PREDICTION);
}

void
app_document_set_missing (AppDocument *self, AppMissing missing)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  self->cut.missing = missing;
}

static void
notify_settings (AppDocument *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  app_document_notify (self, APP_DOCUMENT_SETTINGS);
  app_document_recheck_if_needed (self);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The first that differs: what else does was moved by it. (nullable) */
static const NnSetting *
find_changed (const NnSettings *before, const NnSettings *after)
{
  for (guint i = 0; nn_setting_nth (i) != NULL; i++)
    {
      NnValue a = nn_setting_get (nn_setting_nth (i), before), b = nn_setting_get (nn_setting_nth (i), after);

      if (!nn_value_equal (&a, &b))
        return nn_setting_nth (i);
    }

  return NULL;
}

void
app_document_set_settings (AppDocument *self, const NnSettings *settings)
{
  const NnSetting *changed;
  g_autofree char *label = NULL;
  g_autofree char *what = NULL;

  g_return_if_fail (APP_IS_DOCUMENT (self) && settings != NULL);

  if (nn_settings_equal (settings, app_document_get_settings (self)))
    return;

  changed = find_changed (app_document_get_settings (self), settings);
  label = g_ascii_strdown (changed != NULL ? changed->arg.label : "training settings", -1);
  what = g_strdup_printf ("Change %s", label);
  app_history_push_settings (self->history, settings, what, what);
  notify_settings (self);
}

void
app_document_edit_settings (AppDocument *self, const NnSettings *settings, const char *what)
{
  g_return_if_fail (APP_IS_DOCUMENT (self) && settings != NULL && what != NULL);

  if (nn_settings_equal (settings, app_document_get_settings (self)))
    return;

  app_history_push_settings (self->history, settings, what, NULL);
  notify_settings (self);
}

void
app_document_set_split (AppDocument *self, const SigSplit *split)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  g_clear_pointer (&self->split, sig_split_unref);
  self->split = split != NULL ? sig_split_ref ((SigSplit *) split) : NULL;
  app_document_notify (self, APP_DOCUMENT_PREDICTION);
}

void
app_document_set_prediction (AppDocument *self, const SigTrack *prediction, const NnDesign *design,
                             const SigLabels *labels)
{
  SigTrack *track;
  NnDesign *by;
  SigLabels *from;

  g_return_if_fail (APP_IS_DOCUMENT (self));
  g_return_if_fail ((prediction == NULL) == (design == NULL));

  track = prediction != NULL ? sig_track_ref (prediction) : NULL;
  by = design != NULL ? nn_design_ref (design) : NULL;
  from = prediction != NULL && labels != NULL ? sig_labels_ref (labels) : NULL;
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);
  g_clear_pointer (&self->predicted_from, sig_labels_unref);
  self->prediction = track;
  self->predicted_by = by;
  self->predicted_from = from;
  app_document_notify (self, APP_DOCUMENT_PREDICTION);
}

/* What undo or redo does: the recording may be another one than at the time of that design. */
static void
travel (AppDocument *self, gboolean (*move) (AppHistory *history))
{
  g_autoptr (SigLabelSet) labels = sig_label_set_ref (app_history_get_labels (self->history));
  const NnSettings settings = *app_history_get_settings (self->history);
  g_autoptr (NnDesign) fitting = NULL;

  if (!move (self->history))
    return;

  fitting = app_document_fit (self, app_document_get_design (self));
  app_history_replace (self->history, fitting);

  g_object_freeze_notify (G_OBJECT (self));
  if (app_history_get_labels (self->history) != labels)
    app_document_notify_labels (self);
  if (!nn_settings_equal (&settings, app_history_get_settings (self->history)))
    app_document_notify (self, APP_DOCUMENT_SETTINGS);
  app_document_recheck_if_needed (self);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
  g_object_thaw_notify (G_OBJECT (self));
}

void
app_document_undo (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  travel (self, app_history_undo);
}

void
app_document_redo (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  travel (self, app_history_redo);
}

void
app_document_seal (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  app_history_seal (self->history);
}

void
app_document_mark_saved (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  app_history_mark_design_saved (self->history);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
}

void
app_document_mark_labels_saved (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  app_history_mark_labels_saved (self->history);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
}

void
app_document_mark_unsaved (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  app_history_mark_unsaved (self->history);
  app_document_notify (self, APP_DOCUMENT_HISTORY);
}

/* --- the object ----------------------------------------------------------------- */

static void
app_document_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AppDocument *self = APP_DOCUMENT (object);

  switch (prop_id)
    {
    case APP_DOCUMENT_CHECK:      g_value_set_pointer (value, self->check); break;
    case APP_DOCUMENT_HISTORY:    g_value_set_pointer (value, self->history); break;
    case APP_DOCUMENT_RECORDING:  g_value_set_pointer (value, self->recording); break;
    case APP_DOCUMENT_LABELS:     g_value_set_pointer (value, (gpointer) app_document_get_labels (self)); break;
    case APP_DOCUMENT_SETTINGS:   g_value_set_pointer (value, (gpointer) app_document_get_settings (self)); break;
    case APP_DOCUMENT_FILTER:     g_value_set_pointer (value, &self->filter); break;
    case APP_DOCUMENT_PREDICTION: g_value_set_pointer (value, self->prediction); break;
    default:                      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
app_document_finalize (GObject *object)
{
  AppDocument *self = APP_DOCUMENT (object);

  app_history_free (self->history);
  nn_check_unref (self->check);
  nn_design_unref (self->checked);
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->pyramid, sig_pyramid_unref);
  g_clear_pointer (&self->filtered, sig_pyramid_unref);
  g_clear_pointer (&self->split, sig_split_unref);
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);
  g_clear_pointer (&self->predicted_from, sig_labels_unref);

  G_OBJECT_CLASS (app_document_parent_class)->finalize (object);
}

static void
app_document_class_init (AppDocumentClass *klass)
{
  static const char *const names[APP_DOCUMENT_N_PROPS]
      = { NULL, "check", "history", "recording", "labels", "settings", "filter", "prediction" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_document_get_property;
  object_class->finalize = app_document_finalize;

  for (guint i = 1; i < APP_DOCUMENT_N_PROPS; i++)
    props[i] = g_param_spec_pointer (names[i], NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, APP_DOCUMENT_N_PROPS, props);
}

static void
app_document_init (AppDocument *self)
{
  NnShape input = nn_shape_2 (FIRST_STEPS, FIRST_CHANNELS);
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find (FIRST_TEMPLATE), &input, 0);
  g_autoptr (SigLabelSet) labels = sig_label_set_new ();
  const NnSettings settings = nn_settings_default ();

  self->history = app_history_new (design, labels, &settings);
  self->cut = app_cut_default ();
  self->filter = sig_filter_spec_default ();
  app_document_recheck (self);
}
