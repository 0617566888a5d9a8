/* app-run.c: one run, whole and blocking: a recording, labels, a design and settings in; weights, scores and a prediction out
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-run-private.h"

#include "app-memory.h"
#include "app-text.h"
#include "app-unseen.h"

#define MEMORY_SHARE 0.7

NnContract
app_run_contract (const SigLabels  *labels,
                  gint64            n_steps,
                  const NnSettings *settings)
{
  int n_classes = labels != NULL ? sig_labels_get_n_classes (labels) : 0;

  return (NnContract) {
    .n_steps = n_steps,
    .n_classes = labels != NULL ? MAX (n_classes, 2) : 0,
    .event_steps = labels != NULL ? sig_labels_get_event_steps (labels) : 0,
    .fitted = settings->fit_labels,
  };
}

gint64
app_run_get_memory_limit (void)
{
  gint64 available = app_memory_get_free ();

  return available == G_MAXINT64 ? G_MAXINT64 : (gint64) (MEMORY_SHARE * available);
}

gboolean
app_run_check_memory (const NnCheck *check,
                      int            batch_size,
                      GError       **error)
{
  gint64 limit = 0;
  g_autofree char *plan = NULL;
  g_autofree char *size = NULL;

  g_return_val_if_fail (check != NULL, FALSE);

  limit = app_run_get_memory_limit ();
  if (nn_check_get_plan_bytes (check, batch_size) <= limit)
    return TRUE;

  plan = app_text_plan (check, batch_size, NULL);
  size = g_format_size (limit);
  g_set_error (error, NN_ERROR, NN_ERROR_TOO_LARGE,
               "%s; %s may be taken. Smaller mini-batches than %d windows, shorter windows or a smaller design would fit.",
               plan, size, batch_size);
  return FALSE;
}

/* --- what must fit -------------------------------------------------------------- */

/* The recording against what the design takes. */
static gboolean
check_recording (const NnDesign     *design,
                 const SigRecording *recording,
                 GError            **error)
{
  const NnShape *input = nn_design_get_input (design);
  const char *title = sig_recording_get_title (recording);
  gint64 n_channels = sig_recording_get_n_channels (recording);
  gint64 page = sig_recording_get_page (recording);
  gint64 n_steps = sig_recording_get_n_steps (recording), longest = sig_recording_get_longest_run (recording);

  if (input->rank != 2)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_DESIGN, "A design for recordings takes windows of steps × channels.");
  else if (input->dim[1] != n_channels)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The design takes %" G_GINT64_FORMAT " %s, “%s” has %" G_GINT64_FORMAT ".",
                 input->dim[1], input->dim[1] == 1 ? "channel" : "channels", title, n_channels);
  else if (page > 0 && page < input->dim[0])
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The windows of “%s” have %" G_GINT64_FORMAT " steps, the design takes windows of %" G_GINT64_FORMAT ".",
                 title, page, input->dim[0]);
  else if (n_steps < input->dim[0])
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "“%s” has %" G_GINT64_FORMAT " %s, a window of the design needs %" G_GINT64_FORMAT ".",
                 title, n_steps, n_steps == 1 ? "step" : "steps", input->dim[0]);
  else if (longest < input->dim[0])
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The longest segment of “%s” has %" G_GINT64_FORMAT " steps, a window of the design needs %" G_GINT64_FORMAT ".",
                 title, longest, input->dim[0]);
  else
    return TRUE;
  return FALSE;
}

/* `labels` (nullable). */
static gboolean
check_labels (const SigLabels    *labels,
              const SigRecording *recording,
              GError            **error)
{
  if (labels == NULL)
    return TRUE;

  if (sig_labels_get_n_steps (labels) != sig_recording_get_n_steps (recording))
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The labels cover %" G_GINT64_FORMAT " steps, “%s” has %" G_GINT64_FORMAT ".", sig_labels_get_n_steps (labels),
                 sig_recording_get_title (recording), sig_recording_get_n_steps (recording));
  else if (sig_labels_get_n_classes (labels) < 2)
    g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                 "The labels know %s; there must be at least two to tell apart.",
                 sig_labels_get_n_classes (labels) == 1 ? "1 class only" : "no class");
  else
    return TRUE;
  return FALSE;
}

/* The first problem that keeps the design from running; (nullable). */
static const NnProblem *
find_obstacle (const NnCheck *check)
{
  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    if (nn_check_get_problem (check, i)->severity == NN_SEVERITY_ERROR)
      return nn_check_get_problem (check, i);
  return NULL;
}

/* The design against the labels, if there are any. */
static gboolean
check_design (const NnCheck *check,
              gboolean       with_labels,
              GError       **error)
{
  const NnProblem *obstacle = NULL;

  if (with_labels ? nn_check_is_trainable (check) : nn_check_is_runnable (check))
    return TRUE;

  obstacle = find_obstacle (check);
  g_set_error (error, NN_ERROR, NN_ERROR_DESIGN, "%s. %s", obstacle != NULL ? obstacle->title : "The design cannot be run",
               obstacle != NULL ? obstacle->text : "");
  return FALSE;
}

/* --- life ----------------------------------------------------------------------- */

/* The common half of a run: whatever is needed for prediction but the normalisation. */
static AppRun *
run_new (const NnDesign     *design,
         const SigRecording *recording,
         const SigLabels    *labels,
         const NnSettings   *settings,
         GError            **error)
{
  g_autoptr (AppRun) self = NULL;
  NnContract contract;
  gint64 length = 0;

  if (!check_recording (design, recording, error) || !check_labels (labels, recording, error))
    return NULL;

  length = nn_design_get_input (design)->dim[0];
  contract = app_run_contract (labels, length, settings);
  self = g_new0 (AppRun, 1);
  g_atomic_ref_count_init (&self->refs);
  self->check = nn_check_new (design, &contract);
  self->recording = sig_recording_ref (recording);
  self->labels = labels != NULL ? sig_labels_ref (labels) : NULL;
  self->length = length;
  self->places = nn_check_get_places (self->check);
  self->settings = *settings;
  if (!check_design (self->check, labels != NULL, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* Appends a sentence. */
static void
add_note (AppRun     *self,
          const char *note)
{
  char *notes = self->notes != NULL ? g_strconcat (self->notes, " ", note, NULL) : g_strdup (note);

  g_free (self->notes);
  self->notes = notes;
}

static SigBatch *
make_batch (AppRun       *self,
            SigPart       part,
            const AppCut *cut)
{
  g_autoptr (SigWindows) windows = app_cut_get_windows (cut, self->split, part, self->length, self->labels);

  return sig_batch_new_at (self->recording, self->labels, windows, self->norm, &self->places);
}

/* A recording in a file that is read under somebody's eyes, and only until he says stop. */
typedef struct
{
  const SigRecording *recording;
  const AppRunHooks  *hooks;
  gint64              n_read, n_to_read; /* samples */
} Leash;

static gboolean
leash_read (gpointer source,
            guint    channel,
            gint64   start,
            gint64   n,
            float   *out,
            GError **error)
{
  Leash *self = source;

  if (self->hooks->should_stop (self->hooks->user_data))
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_CANCELLED, "Preparing the run was stopped.");
      return FALSE;
    }
  self->n_read += n;
  self->hooks->tell (self->hooks->user_data, MIN ((double) self->n_read / (double) self->n_to_read, 1));
  return sig_recording_read (self->recording, channel, start, n, out, error);
}

/* What is read through to prepare a run: from memory that takes no time. `leash` must live as long. */
static SigRecording *
make_leashed (Leash *leash)
{
  const SigRecording *recording = leash->recording;
  gint64 n_channels = sig_recording_get_n_channels (recording);

  if (leash->hooks == NULL || sig_recording_peek_channel (recording, 0) != NULL)
    return sig_recording_ref (recording);
  leash->n_to_read = 2 * n_channels * sig_recording_get_n_steps (recording); /* at most, until the split is known */
  return sig_recording_like_from_source (recording, NULL, (guint) n_channels, leash_read, leash, NULL);
}

/* The normalisation of the training part. Where missing samples are refused, the same pass looks for them in all parts. */
static SigNorm *
fit_norm (Leash              *leash,
          const SigRecording *leashed,
          const SigSplit     *split,
          const AppCut       *cut,
          char              **notes,
          GError            **error)
{
  gboolean is_searched = cut->missing == APP_MISSING_REFUSE;
  SigMissing missing = { 0 };
  g_autoptr (SigNorm) norm = NULL;

  leash->n_to_read = leash->n_read + sig_recording_get_n_channels (leashed) * app_cut_count_steps (leashed, split, is_searched);
  norm = sig_norm_fit (leashed, split, is_searched ? &missing : NULL, notes, error);
  if (norm == NULL || !app_cut_check_missing (cut, leashed, &missing, error))
    return NULL;
  return g_steal_pointer (&norm);
}

/* As app_cut_settle(); the samples that are looked at are those of `leashed`. */
static SigRecording *
settle (const AppCut       *cut,
        const SigRecording *recording,
        const SigRecording *leashed,
        GError            **error)
{
  g_autoptr (SigRecording) settled = app_cut_settle (cut, leashed, error);
  const SigSegment *segments;
  gsize n_segments = 0;

  if (settled == NULL)
    return NULL;
  if (settled == leashed)
    return sig_recording_ref (recording);
  segments = sig_recording_get_segments (settled, &n_segments);
  return sig_recording_with_segments (recording, segments, n_segments);
}

AppRun *
app_run_new (const NnDesign     *design,
             const SigRecording *recording,
             const SigLabels    *labels,
             const NnSettings   *settings,
             const AppCut       *cut,
             GError            **error)
{
  return app_run_new_with_hooks (design, recording, labels, settings, cut, NULL, error);
}

AppRun *
app_run_new_with_hooks (const NnDesign     *design,
                        const SigRecording *recording,
                        const SigLabels    *labels,
                        const NnSettings   *settings,
                        const AppCut       *cut,
                        const AppRunHooks  *hooks,
                        GError            **error)
{
  Leash leash = { .recording = recording, .hooks = hooks };
  g_autoptr (AppRun) self = NULL;
  g_autoptr (SigRecording) leashed = NULL;
  g_autoptr (SigRecording) settled = NULL;
  g_autofree char *notes = NULL;

  g_return_val_if_fail (design != NULL && recording != NULL && settings != NULL && cut != NULL, NULL);

  if (!nn_settings_check (settings, error) || !app_cut_check (cut, error))
    return NULL;
  leashed = make_leashed (&leash);
  settled = settle (cut, recording, leashed, error);
  if (settled == NULL)
    return NULL;
  self = run_new (design, settled, labels, settings, error);
  if (self == NULL || !app_run_check_memory (self->check, settings->batch_size, error))
    return NULL;

  self->split = app_cut_split (settled, self->length, settings, error);
  if (self->split == NULL)
    return NULL;
  self->norm = fit_norm (&leash, leashed, self->split, cut, &notes, error);
  if (self->norm == NULL)
    return NULL;
  if (notes != NULL)
    add_note (self, notes);

  self->train = make_batch (self, SIG_PART_TRAIN, cut);
  self->validation = make_batch (self, SIG_PART_VALIDATION, cut);
  app_run_prepare_prediction (self);

  if (app_run_get_n_windows (self, SIG_PART_TRAIN) == 0)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "No step of the training part of “%s” is labelled.",
                   sig_recording_get_title (recording));
      return NULL;
    }
  if (app_run_get_n_windows (self, SIG_PART_VALIDATION) == 0)
    add_note (self, "No step of the held-back part is labelled: there is nothing to score.");
  if (labels != NULL)
    self->problems = app_unseen_diagnose (settled, labels, self->length, settings, cut);

  return g_steal_pointer (&self);
}

AppRun *
app_run_new_for_prediction (const NnDesign     *design,
                            const SigRecording *recording,
                            const SigNorm      *norm,
                            GError            **error)
{
  g_autoptr (AppRun) self = NULL;
  NnSettings settings = nn_settings_default ();

  g_return_val_if_fail (design != NULL && recording != NULL && norm != NULL, NULL);

  settings.fit_labels = TRUE; /* whatever it was trained with: a network that gives fewer steps can mean nothing else */
  self = run_new (design, recording, NULL, &settings, error);
  if (self == NULL)
    return NULL;
  if (sig_norm_get_n_channels (norm) != sig_recording_get_n_channels (recording))
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The weights' normalisation is of %u channels, “%s” has %u.",
                   sig_norm_get_n_channels (norm), sig_recording_get_title (recording), sig_recording_get_n_channels (recording));
      return NULL;
    }

  self->norm = sig_norm_ref (norm);
  app_run_prepare_prediction (self);
  return g_steal_pointer (&self);
}

AppRun *
app_run_ref (AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
app_run_unref (AppRun *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_clear_pointer (&self->cover_batch, sig_batch_unref);
  g_clear_pointer (&self->cover, sig_windows_unref);
  g_clear_pointer (&self->validation, sig_batch_unref);
  g_clear_pointer (&self->train, sig_batch_unref);
  g_clear_pointer (&self->norm, sig_norm_unref);
  g_clear_pointer (&self->split, sig_split_unref);
  g_clear_pointer (&self->labels, sig_labels_unref);
  g_free (self->notes);
  g_clear_pointer (&self->problems, g_array_unref);
  sig_recording_unref (self->recording);
  nn_check_unref (self->check);
  g_free (self);
}

const NnCheck *
app_run_get_check (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->check;
}

const SigSplit *
app_run_get_split (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->split;
}

const SigLabels *
app_run_get_labels (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->labels;
}

const NnSettings *
app_run_get_settings (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->settings;
}

const SigNorm *
app_run_get_norm (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->norm;
}

const char *
app_run_get_notes (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->notes;
}

const GArray *
app_run_get_problems (const AppRun *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->problems;
}

gint64
app_run_get_n_windows (const AppRun *self,
                       SigPart       part)
{
  const SigBatch *batch = NULL;

  g_return_val_if_fail (self != NULL, 0);

  batch = part == SIG_PART_TRAIN ? self->train : part == SIG_PART_VALIDATION ? self->validation : NULL;
  return batch != NULL ? sig_batch_get_source (batch)->n_windows : 0;
}

/* --- training ------------------------------------------------------------------- */

gboolean
app_run_train (AppRun             *self,
               NnPool             *pool,
               const NnTrainHooks *hooks,
               NnModel           **model,
               NnTrainResult      *result,
               GError            **error)
{
  g_autoptr (NnModel) fresh = NULL;
  const NnBatchSource *validation = NULL;

  g_return_val_if_fail (self != NULL && pool != NULL && model != NULL && result != NULL, FALSE);
  g_return_val_if_fail (self->train != NULL && self->labels != NULL, FALSE);

  fresh = nn_model_new (self->check, error);
  if (fresh == NULL)
    return FALSE;
  nn_model_init (fresh, self->settings.seed);

  if (app_run_get_n_windows (self, SIG_PART_VALIDATION) > 0)
    validation = sig_batch_get_source (self->validation);
  if (!nn_train (fresh, sig_batch_get_source (self->train), validation, &self->settings, pool, hooks, result, error))
    return FALSE;

  *model = g_steal_pointer (&fresh);
  return TRUE;
}
