/* t-cli.h: lamina-cli run from outside, in a folder of its own
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

extern char *folder;

/* Makes the folder, and removes it with all that is in it. The environment names the program, LAMINA_CLI. */
void  set_up_folder    (void);
void  tear_down_folder (void);

/* A path in the folder (transfer full). */
char *in_folder        (const char *name);

/* Runs lamina-cli in the folder with arguments that a shell would split so; returns what it exits with. `out` and `err`
 * (nullable) get what it prints. */
int   run_cli          (const char *line, char **out, char **err);

/* Ends the test unless `part` is in the text. */
void  assert_says      (const char *text, const char *part);

/* Runs it; it must exit so, say so on standard error, and print nothing on standard output. */
void  assert_fails     (const char *line, int code, const char *says);

/* A file of the folder; not being there ends the test. */
char *read_file        (const char *name, gsize *length);

guint count_lines      (const char *text);

G_END_DECLS
