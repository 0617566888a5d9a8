/* app-project-private.h: what writing and reading a project share
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-project.h"

#include <jansson.h>

G_BEGIN_DECLS

#define APP_PROJECT_MIMETYPE "application/vnd.lamina.project"
#define APP_PROJECT_VERSION  1

/* Words of an enumeration in JSON; NULL-terminated, in the order of its values. */
extern const char *const app_project_step_words[];
extern const char *const app_project_rule_words[];
extern const char *const app_project_role_words[];
extern const char *const app_project_scalar_words[];

/* A view with lanes as the member "view". */
json_t *app_project_write_view (const AppProjectView *view);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

G_END_DECLS
