/* app-loader.h: opens recordings, labels and designs in the background
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-project.h"
#include "app-source.h"
#include "nn.h"
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
  AppSource    *source;  /* of the recording: how it is opened again */
  gboolean      is_again; /* the recording that was open, read in another way: what was marked on it stays */
  AppProject    project; /* its design is NULL where no project was opened */
  gboolean      is_moved; /* files of the project's recording are not where it says */
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

/* Takes one step more. `source` and `current` (nullable): how what is open was opened, and what it is; steps that go on from it
 * need both. A file that holds labels only is read as those of the recording that is open, and a project as what it says. */
void       app_loader_take_step       (AppLoader *self, const AppSourceStep *step, const AppSource *source,
                                       const SigContent *current);

/* Opens what is open again, as `source` says, which must give as many steps. */
void       app_loader_open_again      (AppLoader *self, const AppSource *source, const SigContent *current);

/* Opens a project whose recording lies elsewhere: `moved` has pairs of paths, where a file was and where it is now, NULL behind
 * the last. */
void       app_loader_open_moved      (AppLoader *self, const char *project, const char *const *moved);

/* (nullable): the file that is not there any more, which made the last request, to open a project, fail. */
const char *app_loader_get_gone       (AppLoader *self);
void       app_loader_open_labels     (AppLoader *self, const char *path, const SigRecording *recording);
void       app_loader_open_design     (AppLoader *self, const char *path);

gboolean   app_loader_is_active       (AppLoader *self); /* an answer is to be expected */
gboolean   app_loader_is_busy         (AppLoader *self); /* a thread lives, if only one that was dropped */
void       app_loader_forget          (AppLoader *self); /* drops the request */

/* 0 to 1, of reading the file. */
double     app_loader_get_progress    (AppLoader *self);

G_END_DECLS
