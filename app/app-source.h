/* app-source.h: where a recording came from, step by step, so that it can be opened again
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-import.h"
#include "sig-rates.h"
#include "sig-set.h"

G_BEGIN_DECLS

typedef enum
{
  APP_SOURCE_DEMO,    /* the built-in recording */
  APP_SOURCE_OPEN,    /* a file, by its content */
  APP_SOURCE_IMPORT,  /* a file, as somebody says */
  APP_SOURCE_SET,     /* several files as one data set */
  APP_SOURCE_ADD,     /* files behind what there is */
  APP_SOURCE_CHANNEL, /* one channel of what there is, taken as labels */
  APP_SOURCE_RATES,   /* the slower channels of what there is, brought to the rate of the others */
} AppSourceKind;

/* One step. A value; what it points to is the owner's. */
typedef struct
{
  AppSourceKind kind;
  char        **paths;   /* OPEN, IMPORT: one; SET, ADD: any number */
  AppImport    *import;  /* IMPORT */
  SigSetRule    rule;    /* SET, ADD */
  gboolean      again;   /* ADD: files that are there already are added all the same */
  guint         channel; /* CHANNEL */
  SigRatesRule  rates;   /* RATES */
} AppSourceStep;

/* The steps in order. Immutable and atomically ref-counted; any thread. */
typedef struct _AppSource AppSource;

/* `self` (nullable) and one more step, copied; a step that needs nothing before it begins anew, and one about the rates takes the
 * place of one about them that was the last. */
AppSource           *app_source_with_step (const AppSource *self, const AppSourceStep *step) G_GNUC_WARN_UNUSED_RESULT;

/* Blocking. Whether all files of its steps are there; `gone` (transfer full) is the first one that is not. */
gboolean             app_source_check_files (const AppSource *self, char **gone, GError **error);

/* Blocking. The same steps over files that lie elsewhere: `moved` has pairs of paths, where a file was and where it is, NULL
 * behind the last. Other files that are not there are taken from the folder of one that was found, where it has files of their
 * names. */
AppSource           *app_source_with_moved (const AppSource *self, const char *const *moved) G_GNUC_WARN_UNUSED_RESULT;

AppSource           *app_source_ref       (const AppSource *self);
void                 app_source_unref     (AppSource *self);

guint                app_source_get_n     (const AppSource *self);
const AppSourceStep *app_source_get       (const AppSource *self, guint i);

/* What becomes of slower channels, as the last step says. */
SigRatesRule         app_source_get_rates (const AppSource *self);

/* Blocking. `before`: what the steps before gave; empty for one that begins anew. What a file of labels only gives has no
 * recording. `*notes` (transfer full): NULL where there is nothing to say that the recording's own notes do not. */
gboolean             app_source_step_run  (const AppSourceStep *step, const SigContent *before, const SigReadHooks *hooks,
                                           SigContent *out, char **notes, GError **error);

/* All steps, one after the other. */
gboolean             app_source_run       (const AppSource *self, const SigReadHooks *hooks, SigContent *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppSource, app_source_unref)

G_END_DECLS
