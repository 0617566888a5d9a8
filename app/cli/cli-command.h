/* cli-command.h: the table of subcommands, and how each one ends
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the program exits with. */
typedef enum
{
  CLI_OK = 0,
  CLI_NO = 1,            /* it ran, but the design does not fit */
  CLI_USAGE = 2,
  CLI_UNREADABLE = 3,
  CLI_UNWRITABLE = 4,
  CLI_DIVERGED = 5,
  CLI_INTERRUPTED = 130, /* Ctrl-C or SIGTERM */
} CliExit;

/* One subcommand. `run` gets the arguments from its own name on. */
typedef struct
{
  const char *name;
  const char *args;    /* "DESIGN [RECORDING]" */
  const char *summary; /* one sentence */
  CliExit   (*run) (int argc, char **argv);
} CliCommand;

CliExit cli_check   (int argc, char **argv);
CliExit cli_demo    (int argc, char **argv);
CliExit cli_export  (int argc, char **argv);
CliExit cli_labels  (int argc, char **argv);
CliExit cli_predict (int argc, char **argv);
CliExit cli_summary (int argc, char **argv);
CliExit cli_train   (int argc, char **argv);
CliExit cli_view    (int argc, char **argv);

/* Parses the options of a subcommand; what is left in `argv` are its arguments, the name first. FALSE after saying on
 * stderr what is wrong, also where there are fewer than `least` or more than `most` arguments. */
gboolean cli_parse (const char *name, const char *args, const char *summary, const char *description,
                    const GOptionEntry *entries, int *argc, char ***argv, int least, int most);

/* Says on stderr why the command ends; returns what it ends with: `code`, or CLI_NO where the error is a design that does
 * not fit. */
CliExit cli_fail  (const GError *error, CliExit code);

/* Says on stderr that the value of an option or argument is wrong, and where to read on; returns CLI_USAGE. */
CliExit cli_refuse (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* One line on stderr. */
void    cli_say   (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* Text on stdout. FALSE where it cannot be written. */
gboolean cli_print (const char *text);

G_END_DECLS
