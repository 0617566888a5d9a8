/* app-document.c: the only mutable truth: recording, labels, design, settings, and what was predicted
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document.h"

#include "app-history.h"
#include "app-text.h"

#define FIRST_TEMPLATE "R1"
#define FIRST_STEPS    400
#define FIRST_CHANNELS 16

struct _AppDocument
{
  GObject       parent_instance;

  AppHistory   *history; /* holds the design */
  NnCheck      *check;   /* of the design against the labels */
  NnSettings    settings;
  AppCut        cut;

  SigRecording *recording;
  SigPyramid   *pyramid;
  SigLabels    *labels;

  SigSplit     *split;
  SigTrack     *prediction;
  NnDesign     *predicted_by;
};

enum
{
  PROP_0,
  PROP_CHECK,
  PROP_HISTORY,
  PROP_RECORDING,
  PROP_LABELS,
  PROP_SETTINGS,
  PROP_PREDICTION,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AppDocument, app_document, G_TYPE_OBJECT)

static void
notify (AppDocument *self, guint prop)
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

  return app_run_contract (self->labels, nn_design_get_input (app_document_get_design (self))->dim[0]);
}

const NnSettings *
app_document_get_settings (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return &self->settings;
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

  return self->labels;
}

const SigSplit *
app_document_get_split (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->split;
}

const SigTrack *
app_document_get_prediction (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->prediction;
}

char *
app_document_dup_obstacle (AppDocument *self)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  if (self->recording == NULL)
    return g_strdup ("Open a recording first.");
  if (self->labels == NULL)
    return g_strdup ("This recording has no labels: open a label file, or take one of its channels as labels.");
  if (!nn_check_is_trainable (self->check))
    return nn_check_dup_headline (self->check);
  if (!app_run_check_memory (self->check, self->settings.batch_size, &error))
    return g_strdup (error->message);

  return NULL;
}

gboolean
app_document_is_stale (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return self->predicted_by != NULL && !nn_design_equal (self->predicted_by, app_document_get_design (self));
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

  return app_history_is_modified (self->history);
}

/* --- edits ---------------------------------------------------------------------- */

static void
recheck (AppDocument *self)
{
  NnContract contract = app_document_get_contract (self);
  NnCheck *check = nn_check_new (app_document_get_design (self), &contract);

  g_clear_pointer (&self->check, nn_check_unref);
  self->check = check;
  notify (self, PROP_CHECK);
  if (self->prediction != NULL)
    notify (self, PROP_PREDICTION); /* it may have become stale */
}

static void
forget_prediction (AppDocument *self)
{
  g_clear_pointer (&self->split, sig_split_unref);
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);
  notify (self, PROP_PREDICTION);
}

/* Whether windows end somewhere inside the recording. */
static gboolean
has_borders (const SigRecording *recording)
{
  gsize n_segments;

  sig_recording_get_segments (recording, &n_segments);
  return n_segments > 1 || sig_recording_get_page (recording) > 0;
}

/* The input a design must have to run on the recording. */
static NnShape
fitting_input (AppDocument *self, const NnDesign *design)
{
  NnShape input = *nn_design_get_input (design);

  if (self->recording != NULL)
    {
      input.dim[1] = sig_recording_get_n_channels (self->recording);
      if (has_borders (self->recording))
        input.dim[0] = MIN (input.dim[0], sig_recording_get_longest_run (self->recording));
    }

  return input;
}

/* (transfer full): `design`, or a copy whose input fits the recording. */
static NnDesign *
fit (AppDocument *self, const NnDesign *design)
{
  NnShape input = fitting_input (self, design);

  if (nn_shape_equal (&input, nn_design_get_input (design)))
    return nn_design_ref (design);

  return nn_design_with_input (design, &input);
}

/* The template the design is, as long as nobody has touched it; else NULL. */
static const NnTemplate *
untouched_template (AppDocument *self)
{
  const NnDesign *design = app_document_get_design (self);
  const NnTemplate *template = nn_template_find (nn_design_get_name (design));
  g_autoptr (NnDesign) fresh = NULL;

  if (template == NULL)
    return NULL;

  fresh = nn_template_build (template, nn_design_get_input (design),
                             app_document_get_contract (self).n_classes);

  return nn_design_equal (fresh, design) ? template : NULL;
}

/* After the recording or its labels have changed. `template` (nullable): what untouched_template() said
 * before. */
static void
adapt_design (AppDocument *self, const NnTemplate *template)
{
  const NnDesign *design = app_document_get_design (self);
  g_autoptr (NnDesign) fitting = NULL;

  if (template != NULL)
    {
      NnShape input = fitting_input (self, design);

      /* Pages are windows that someone cut on purpose: a template takes them whole. */
      if (self->recording != NULL && sig_recording_get_page (self->recording) > 0)
        input.dim[0] = sig_recording_get_page (self->recording);
      fitting = nn_template_build (template, &input, app_run_contract (self->labels, input.dim[0]).n_classes);
    }
  else
    fitting = fit (self, design);

  app_history_replace (self->history, fitting);
}

void
app_document_set_recording (AppDocument *self, SigPyramid *pyramid, const SigLabels *labels)
{
  const NnTemplate *template;

  g_return_if_fail (APP_IS_DOCUMENT (self) && pyramid != NULL);

  template = untouched_template (self);

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->pyramid, sig_pyramid_unref);
  g_clear_pointer (&self->labels, sig_labels_unref);
  self->recording = sig_recording_ref (sig_pyramid_get_recording (pyramid));
  self->pyramid = sig_pyramid_ref (pyramid);
  self->labels = labels != NULL ? sig_labels_ref (labels) : NULL;
  notify (self, PROP_RECORDING);
  notify (self, PROP_LABELS);
  forget_prediction (self);
  adapt_design (self, template);
  recheck (self);
  g_object_thaw_notify (G_OBJECT (self));
}

gboolean
app_document_set_labels (AppDocument *self, const SigLabels *labels, GError **error)
{
  const NnTemplate *template;

  g_return_val_if_fail (APP_IS_DOCUMENT (self) && self->recording != NULL, FALSE);

  if (labels != NULL && sig_labels_get_n_steps (labels) != sig_recording_get_n_steps (self->recording))
    {
      g_autofree char *have = app_text_count (sig_labels_get_n_steps (labels));
      g_autofree char *want = app_text_count (sig_recording_get_n_steps (self->recording));

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "The labels cover %s steps, the recording has %s: they do not belong together.", have, want);
      return FALSE;
    }

  template = untouched_template (self);

  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->labels, sig_labels_unref);
  self->labels = labels != NULL ? sig_labels_ref (labels) : NULL;
  notify (self, PROP_LABELS);
  forget_prediction (self);
  adapt_design (self, template);
  recheck (self);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

void
app_document_set_settings (AppDocument *self, const NnSettings *settings)
{
  g_return_if_fail (APP_IS_DOCUMENT (self) && settings != NULL);

  self->settings = *settings;
  notify (self, PROP_SETTINGS);
}

void
app_document_set_split (AppDocument *self, const SigSplit *split)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  g_clear_pointer (&self->split, sig_split_unref);
  self->split = split != NULL ? sig_split_ref ((SigSplit *) split) : NULL;
  notify (self, PROP_PREDICTION);
}

void
app_document_set_prediction (AppDocument *self, const SigTrack *prediction, const NnDesign *design)
{
  SigTrack *track;
  NnDesign *by;

  g_return_if_fail (APP_IS_DOCUMENT (self));
  g_return_if_fail ((prediction == NULL) == (design == NULL));

  track = prediction != NULL ? sig_track_ref (prediction) : NULL;
  by = design != NULL ? nn_design_ref (design) : NULL;
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);
  self->prediction = track;
  self->predicted_by = by;
  notify (self, PROP_PREDICTION);
}

/* What makes two edits one: the words and the place, where exactly one block, or the input, was changed in
 * place. NULL for edits that add, remove or move. */
static char *
coalesce_key (const NnDesign *old, const NnDesign *new, const char *what)
{
  guint n = nn_design_get_n_blocks (new);
  guint n_changed = 0;
  NnBlockId changed = 0;

  if (nn_design_get_n_blocks (old) != n)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      const NnBlock *a = nn_design_get_block (old, i);
      const NnBlock *b = nn_design_get_block (new, i);

      if (nn_block_get_id (a) != nn_block_get_id (b))
        return NULL;
      if (nn_block_equal (a, b))
        continue;
      changed = nn_block_get_id (b);
      n_changed++;
    }

  return n_changed <= 1 ? g_strdup_printf ("%u %s", changed, what) : NULL;
}

void
app_document_edit (AppDocument *self, const NnDesign *design, const char *what)
{
  g_autoptr (NnDesign) fitting = NULL;
  g_autofree char *key = NULL;

  g_return_if_fail (APP_IS_DOCUMENT (self) && design != NULL && what != NULL);

  fitting = fit (self, design);
  key = coalesce_key (app_document_get_design (self), fitting, what);
  app_history_push (self->history, fitting, what, key);
  recheck (self);
  notify (self, PROP_HISTORY);
}

/* After undo or redo: the recording may be another one than at the time of that design. */
static void
travel (AppDocument *self)
{
  g_autoptr (NnDesign) fitting = fit (self, app_document_get_design (self));

  app_history_replace (self->history, fitting);
  recheck (self);
  notify (self, PROP_HISTORY);
}

void
app_document_undo (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  if (app_history_undo (self->history))
    travel (self);
}

void
app_document_redo (AppDocument *self)
{
  g_return_if_fail (APP_IS_DOCUMENT (self));

  if (app_history_redo (self->history))
    travel (self);
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

  app_history_mark_saved (self->history);
  notify (self, PROP_HISTORY);
}

/* --- the object ----------------------------------------------------------------- */

static void
app_document_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  AppDocument *self = APP_DOCUMENT (object);

  switch (prop_id)
    {
    case PROP_CHECK:      g_value_set_pointer (value, self->check); break;
    case PROP_HISTORY:    g_value_set_pointer (value, self->history); break;
    case PROP_RECORDING:  g_value_set_pointer (value, self->recording); break;
    case PROP_LABELS:     g_value_set_pointer (value, self->labels); break;
    case PROP_SETTINGS:   g_value_set_pointer (value, &self->settings); break;
    case PROP_PREDICTION: g_value_set_pointer (value, self->prediction); break;
    default:              G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
app_document_finalize (GObject *object)
{
  AppDocument *self = APP_DOCUMENT (object);

  app_history_free (self->history);
  nn_check_unref (self->check);
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->pyramid, sig_pyramid_unref);
  g_clear_pointer (&self->labels, sig_labels_unref);
  g_clear_pointer (&self->split, sig_split_unref);
  g_clear_pointer (&self->prediction, sig_track_unref);
  g_clear_pointer (&self->predicted_by, nn_design_unref);

  G_OBJECT_CLASS (app_document_parent_class)->finalize (object);
}

static void
app_document_class_init (AppDocumentClass *klass)
{
  static const char *const names[N_PROPS] = { NULL, "check", "history", "recording", "labels", "settings",
                                              "prediction" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = app_document_get_property;
  object_class->finalize = app_document_finalize;

  for (guint i = 1; i < N_PROPS; i++)
    props[i] = g_param_spec_pointer (names[i], NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
app_document_init (AppDocument *self)
{
  NnShape input = nn_shape_2 (FIRST_STEPS, FIRST_CHANNELS);
  g_autoptr (NnDesign) design = nn_template_build (nn_template_find (FIRST_TEMPLATE), &input, 0);

  self->history = app_history_new (design);
  self->settings = nn_settings_default ();
  self->cut = app_cut_default ();
  recheck (self);
}
