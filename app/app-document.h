/* app-document.h: the only mutable truth: recording, labels, design, settings, and what was predicted
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"
#include "sig-filter.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Main thread only. Applies an edit, checks and notifies; widgets never change anything themselves. The
 * properties below exist for their notify signals; read them through the getters:
 *
 *   "check"       the design, its check or its labels' contract
 *   "history"     what can be undone or redone
 *   "recording"   the recording and its pyramid
 *   "labels"      the tracks, which of them is active, or what is marked on it
 *   "settings"
 *   "filter"      what is filtered, and what is drawn
 *   "prediction"  the prediction, the split it was trained on, or whether it is stale */
#define APP_TYPE_DOCUMENT (app_document_get_type ())
G_DECLARE_FINAL_TYPE (AppDocument, app_document, APP, DOCUMENT, GObject)

/* Template R1 on windows of 400 steps and 16 channels, default settings, no recording. */
AppDocument        *app_document_new            (void) G_GNUC_WARN_UNUSED_RESULT;

const NnDesign     *app_document_get_design     (AppDocument *self);
const NnCheck      *app_document_get_check      (AppDocument *self);
NnContract          app_document_get_contract   (AppDocument *self);
const NnSettings   *app_document_get_settings   (AppDocument *self);
const AppCut       *app_document_get_cut        (AppDocument *self);
const SigRecording *app_document_get_recording  (AppDocument *self); /* (nullable), as all below */
SigPyramid         *app_document_get_pyramid    (AppDocument *self);
const SigLabels    *app_document_get_labels     (AppDocument *self); /* of the active track */
const SigLabelSet  *app_document_get_label_set  (AppDocument *self); /* never NULL */
const SigSplit     *app_document_get_split      (AppDocument *self);
const SigTrack     *app_document_get_prediction (AppDocument *self); /* in the classes of the active track */

/* Whether there is a prediction of other classes than the active track has. */
gboolean            app_document_has_foreign_prediction (AppDocument *self);

/* What is drawn: the pyramid of the filtered recording where there is a filter. */
SigPyramid         *app_document_get_shown      (AppDocument *self);

/* What networks are trained on: filtered where the filter counts for training too. */
const SigRecording *app_document_get_training   (AppDocument *self);
const SigFilterSpec *app_document_get_filter    (AppDocument *self); /* never NULL; off where nothing is filtered */
gboolean            app_document_is_filter_training (AppDocument *self);

/* Why training cannot begin, as a sentence that says what to do; NULL when it can. */
char               *app_document_dup_obstacle   (AppDocument *self) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the prediction comes from a design that is not the current one. */
gboolean            app_document_is_stale       (AppDocument *self);

/* Whether the labels are not those that the prediction's design was trained on. */
gboolean            app_document_has_newer_labels (AppDocument *self);

/* Opens another recording, told by its pyramid, with its labels (nullable). The design's input follows its
 * channels, and its page where windows have a fixed length; a template that was not touched is built anew
 * for the classes. Drops the prediction. */
void                app_document_set_recording  (AppDocument *self, SigPyramid *pyramid,
                                                 const SigLabels *labels);

/* The same recording, read in another way: as many steps, perhaps other channels. What is marked stays, and can be undone as
 * before. Drops the prediction and the filter. */
void                app_document_reread             (AppDocument *self, SigPyramid *pyramid);

/* Opens a project: all is as it says, saved, and with nothing to undo. `labels` fit the recording. Drops the prediction. */
void                app_document_open_project   (AppDocument *self, SigPyramid *pyramid, const SigLabelSet *labels,
                                                 const NnDesign *design, const NnSettings *settings);

/* Labels from outside (nullable: none) for the active track, as one step of undo; FALSE with the two lengths in words when they
 * do not fit the recording. Drops the prediction. */
gboolean            app_document_set_labels     (AppDocument *self, const SigLabels *labels, GError **error);

/* Edits of the active track (which is made where there is none) or of all tracks: one step of undo, `what` in words. The
 * recording must be open and as long. The design is checked against what the labels ask then; an untouched template is built
 * anew where they ask for another number of classes. FALSE without a step where nothing changes. */
gboolean            app_document_edit_labels    (AppDocument *self, const SigLabels *labels, const char *what);
gboolean            app_document_edit_label_set (AppDocument *self, const SigLabelSet *set, const char *what);

/* Makes a class of the active track one with another, as one step of undo. Where the design could be trained on the labels, its
 * end follows their number of classes, so that it still can. */
void                app_document_merge_class    (AppDocument *self, int klass, int into, const char *what);

/* What later trainings make of missing samples. */
void                app_document_set_missing    (AppDocument *self, AppMissing missing);

/* One step of undo, in words of the setting that changed; changes of the same one in a row are joined. */
void                app_document_set_settings   (AppDocument *self, const NnSettings *settings);

/* The same, `what` in words. */
void                app_document_edit_settings  (AppDocument *self, const NnSettings *settings, const char *what);

/* `shown`: the pyramid of the recording with that filter; (nullable) where it is off. Another recording has no filter at first.
 * Returns whether what networks are trained on is another now; then the prediction is dropped. */
gboolean            app_document_set_filter     (AppDocument *self, const SigFilterSpec *filter, SigPyramid *shown,
                                                 gboolean trains);
void                app_document_set_split      (AppDocument *self, const SigSplit *split);

/* `design`: that of the weights it was predicted with; (nullable) with a NULL prediction. `labels` (nullable): those it was
 * trained on. The prediction is shown only with labels whose class numbers mean the same. */
void                app_document_set_prediction (AppDocument *self, const SigTrack *prediction,
                                                 const NnDesign *design, const SigLabels *labels);

/* One step of undo, `what` in words; edits of the same argument of the same block in a row are joined. The
 * channels are those of the recording, whatever the design says. */
void                app_document_edit           (AppDocument *self, const NnDesign *design, const char *what);
void                app_document_undo           (AppDocument *self);
void                app_document_redo           (AppDocument *self);

/* (nullable): the words of the edit that would be undone or redone. */
const char         *app_document_get_undo       (AppDocument *self);
const char         *app_document_get_redo       (AppDocument *self);

/* A new edit of the same thing is a step of its own: when another block was chosen. */
void                app_document_seal           (AppDocument *self);

/* Of the design, and of the labels. */
void                app_document_mark_saved     (AppDocument *self);
gboolean            app_document_is_modified    (AppDocument *self);
void                app_document_mark_labels_saved (AppDocument *self);

/* Neither is: what is there was never saved as it is. */
void                app_document_mark_unsaved   (AppDocument *self);
gboolean            app_document_is_labels_modified (AppDocument *self);

G_END_DECLS
