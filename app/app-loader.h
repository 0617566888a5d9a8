/* app-loader.h: opens recordings, labels and designs in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-import.h"
#include "nn.h"
#include "sig-set.h"
#include "sig.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What was opened; what is not NULL is there. Valid while the signal is told. */
typedef struct
{
  SigRecording *recording;
  SigPyramid   *pyramid; /* of the recording: measured, and built as far as a tenth of a second reaches */
  SigLabels    *labels;
  NnDesign     *design;
  char         *notes;   /* (nullable): what was repaired or left out, in sentences */
} AppOpened;

/* Main thread only; reads on the thread "lamina-open". One request at a time: a newer one drops the older. A
 * failure changes nothing.
 *
 * Signals:
 *   "opened" (const AppOpened *opened)
 *   "failed" (const GError *error)
 *   "notify::active" */
#define APP_TYPE_LOADER (app_loader_get_type ())
G_DECLARE_FINAL_TYPE (AppLoader, app_loader, APP, LOADER, GObject)

AppLoader *app_loader_new             (void) G_GNUC_WARN_UNUSED_RESULT;

/* A recording with its labels; a path that holds labels only is read as those of `current` (nullable), the recording that is
 * open. */
void       app_loader_open            (AppLoader *self, const char *path, const SigRecording *current);
/* Several recordings and files of their labels, as one data set. `first` (nullable): what is open already and comes before
 * them. */
void       app_loader_open_set        (AppLoader *self, const char *const *paths, const SigContent *first, SigSetRule rule);

/* The same as app_loader_open(), read as somebody says (copied). */
void       app_loader_import          (AppLoader *self, const char *path, const AppImport *import,
                                       const SigRecording *current);
void       app_loader_open_labels     (AppLoader *self, const char *path, const SigRecording *recording);
void       app_loader_take_channel    (AppLoader *self, const SigRecording *recording, guint channel);
void       app_loader_open_demo       (AppLoader *self);
void       app_loader_open_design     (AppLoader *self, const char *path);

gboolean   app_loader_is_active       (AppLoader *self); /* an answer is to be expected */
gboolean   app_loader_is_busy         (AppLoader *self); /* a thread lives, if only one that was dropped */
void       app_loader_forget          (AppLoader *self); /* drops the request */

/* 0 to 1, of reading the file. */
double     app_loader_get_progress    (AppLoader *self);

G_END_DECLS
