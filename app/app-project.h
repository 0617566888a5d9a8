/* app-project.h: a project in a file: where the recording is, all label tracks, the design and how it is trained
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"
#include "app-source.h"
#include "nn.h"
#include "sig-filter.h"
#include "sig-label-set.h"
#include "wb-lane-view.h"

G_BEGIN_DECLS

#define APP_PROJECT_SUFFIX ".lamina"

#define APP_PROJECT_N_SNAPS    3 /* bits of AppProjectView.snaps: edges of labels, windows, zero crossings */
#define APP_PROJECT_LEAST_SPAN 8 /* steps that are seen of a recording that has fewer */

/* How the recording was shown when the project was saved. A plain value. */
typedef struct
{
  WbLaneView *lanes;      /* (nullable): without, nothing is told; perhaps of another number of channels than there are now */
  double      start, end; /* the visible span in steps */
  guint       snaps;      /* what a pointer snaps to */
} AppProjectView;

void     app_project_view_clear (AppProjectView *self);

/* A plain value; clear with app_project_clear(). A .lamina file is a zip archive of stored members: "mimetype", "project.json"
 * and for each label track "labels/N.csv", whose rows are start, end (in steps, the end not included), the number of the class
 * (-2: don't know) and its name. Recordings stay in their own files, which are found by their paths, relative to the project
 * first. What older projects lack is as in a new one. */
typedef struct
{
  AppSource    *source;          /* (nullable): without one there is no recording, and no labels */
  gint64        n_steps;         /* of the recording, which the labels must fit */
  SigLabelSet  *tracks;          /* (nullable): without a source; NULL for none when it is saved */
  SigFilterSpec filter;
  gboolean      trains_filtered; /* the filter counts for training too */
  AppMissing    missing;         /* what training makes of missing samples */
  NnDesign     *design;
  NnSettings    settings;
  AppProjectView view;
  char         *notes;           /* (nullable): of a loaded one: what has changed since */
} AppProject;

void     app_project_clear (AppProject *self);

/* All blocking. The old file or the new one is there afterwards; the same project gives the same bytes. */
gboolean app_project_save  (const AppProject *self, const char *path, GError **error);

/* Reads it without opening recordings. Their paths are those where the files are now: relative to the project, else where they
 * were. Sizes are checked before anything is allocated, nothing is run, nothing unpacked. Errors
 * name the project and what is wrong in it. */
gboolean app_project_load  (const char *path, AppProject *out, GError **error);

/* Whether a file begins as a project does. */
gboolean app_project_is    (const char *path);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AppProject, app_project_clear)

G_END_DECLS
