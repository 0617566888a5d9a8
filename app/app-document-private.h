/* app-document-private.h: what the files of the document share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-document.h"
#include "app-history.h"

#include "nn-template.h"

G_BEGIN_DECLS

struct _AppDocument
{
  GObject       parent_instance;

  AppHistory   *history; /* holds the design, the labels and the settings */
  NnCheck      *check;   /* of the design against the labels */
  NnDesign     *checked; /* that design … */
  NnContract    asked;   /* … and what the labels asked */
  AppCut        cut;

  SigRecording *recording;
  SigPyramid   *pyramid;
  SigFilterSpec filter;
  gboolean      filter_trains;
  SigPyramid   *filtered; /* NULL: nothing is filtered */

  SigSplit     *split;
  SigTrack     *prediction;
  NnDesign     *predicted_by;   /* with a prediction, as the next one */
  SigLabels    *predicted_from; /* (nullable): the labels it was trained on */
};

typedef enum
{
  APP_DOCUMENT_NOTHING,
  APP_DOCUMENT_CHECK,
  APP_DOCUMENT_HISTORY,
  APP_DOCUMENT_RECORDING,
  APP_DOCUMENT_LABELS,
  APP_DOCUMENT_SETTINGS,
  APP_DOCUMENT_FILTER,
  APP_DOCUMENT_PREDICTION,
  APP_DOCUMENT_N_PROPS,
} AppDocumentProp;

/* app-document.c */
void              app_document_notify              (AppDocument *self, AppDocumentProp prop);

/* Checks the design against what the labels ask now. */
void              app_document_recheck             (AppDocument *self);

/* As above, where the design or what they ask is not that of the last check. */
void              app_document_recheck_if_needed   (AppDocument *self);
void              app_document_forget_prediction   (AppDocument *self);

/* app-document-labels.c: the labels, and with them whether the prediction speaks of their classes. */
void              app_document_notify_labels       (AppDocument *self);

/* app-document-design.c: (transfer full): `design`, or a copy whose input fits the recording. */
NnDesign         *app_document_fit                 (AppDocument *self, const NnDesign *design) G_GNUC_WARN_UNUSED_RESULT;

/* The template the design is, as long as nobody has touched it; else NULL. */
const NnTemplate *app_document_untouched_template  (AppDocument *self);

/* (transfer full): the design that goes with the recording and `labels` (nullable): `template` (nullable) built anew, or the
 * current design fitted. */
NnDesign         *app_document_adapt               (AppDocument *self, const NnTemplate *template, const SigLabels *labels)
                                                    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
