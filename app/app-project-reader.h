/* app-project-reader.h: a project that is being read, part by part
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-project-private.h"
#include "nn-archive.h"

G_BEGIN_DECLS

/* One project on its way. */
typedef struct
{
  const char *name;   /* of the file, for people */
  char       *folder; /* it lies in */
  NnArchive  *archive;
  AppProject *out;
  GString    *notes;
  GError    **error;
} AppProjectReader;

/* All functions below are FALSE (or NULL) with an error that names the project, the member, what it holds and what it may. */

/* Always FALSE, with that sentence. */
gboolean    app_project_fail        (const AppProjectReader *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* app-project-members.c: one member of an object. */
gboolean    app_project_read_whole  (const AppProjectReader *self, json_t *object, const char *key, gint64 least, gint64 most,
                                     gint64 *value);
gboolean    app_project_read_real   (const AppProjectReader *self, json_t *object, const char *key, double *value);
gboolean    app_project_read_within (const AppProjectReader *self, json_t *object, const char *key, double least, double most,
                                     double *value);
gboolean    app_project_read_truth  (const AppProjectReader *self, json_t *object, const char *key, gboolean *value);
const char *app_project_read_text   (const AppProjectReader *self, json_t *object, const char *key);

/* Which of the words `json` is, that of member `key`. */
gboolean    app_project_read_word   (const AppProjectReader *self, json_t *json, const char *key, const char *const *words,
                                     int *value);

/* One of the letters; `none`: nothing will do, too. */
gboolean    app_project_read_letter (const AppProjectReader *self, json_t *object, const char *key, const char *letters,
                                     gboolean none, char *letter);

/* The parts of a project, into `out`; what is not there is left as it is. The source comes first, then the tracks. */
gboolean    app_project_read_source (AppProjectReader *self, json_t *root);
gboolean    app_project_read_tracks (AppProjectReader *self, json_t *root);
gboolean    app_project_read_view   (AppProjectReader *self, json_t *root);

G_END_DECLS
