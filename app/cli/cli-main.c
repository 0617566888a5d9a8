/* cli-main.c: lamina-cli: the workbench's job without a window
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-command.h"
#include "app-safe-file.h"
#include "nn-error.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const CliCommand commands[] = {
  { "summary", "MODEL [RECORDING]", "Print the shapes and parameters of a model.", cli_summary },
  { "check", "MODEL [RECORDING]", "Tell what is wrong with a model, and what repairs it.", cli_check },
  { "train", "MODEL RECORDING", "Train a model on a recording with labels, or on X.npy y.npy.", cli_train },
  { "predict", "MODEL RECORDING", "Label a recording with trained weights, or run X.npy through them.", cli_predict },
  { "picture", "RECORDING -o FILE", "Draw a recording with its labels as PNG, SVG or PDF.", cli_view },
  { "export", "MODEL OUT.keras", "Write a model as a .keras archive.", cli_export },
  { "labels", "RECORDING -o FILE", "Write the labels of a recording for another program.", cli_labels },
  { "demo", "", "Train R1 on the built-in recording and leave two pictures.", cli_demo },
};

void
cli_say (const char *format,
         ...)
{
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  /* Names come from files: one must not steer the terminal. */
  for (char *at = line; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n')
      *at = '?';
  fprintf (stderr, "%s\n", line);
}

gboolean
cli_print (const char *text)
{
  if (fputs (text, stdout) >= 0 && fflush (stdout) == 0)
    return TRUE;
  cli_say ("lamina-cli: Could not write to standard output: %s.", g_strerror (errno));
  return FALSE;
}

CliExit
cli_refuse (const char *command,
            const char *format,
            ...)
{
  g_autofree char *sentence = NULL;
  va_list args;

  va_start (args, format);
  sentence = g_strdup_vprintf (format, args);
  va_end (args);
  cli_say ("lamina-cli %s: %s\nTry “lamina-cli %s --help”.", command, sentence, command);
  return CLI_USAGE;
}

CliExit
cli_fail (const GError *error,
          CliExit       code)
{
  cli_say ("lamina-cli: %s", error->message);
  if (error->domain == G_OPTION_ERROR)
    return CLI_USAGE;
  return g_error_matches (error, NN_ERROR, NN_ERROR_DESIGN) ? CLI_NO : code;
}

gboolean
cli_parse (const char         *name,
           const char         *args,
           const char         *summary,
           const char         *description,
           const GOptionEntry *entries,
           int                *argc,
           char             ***argv,
           int                 least,
           int                 most)
{
  g_autofree char *program = g_strdup_printf ("lamina-cli %s", name);
  g_autoptr (GOptionContext) context = g_option_context_new (args);
  g_autoptr (GError) error = NULL;

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      cli_say ("%s: %s\nTry “%s --help”.", program, error->message, program);
      return FALSE;
    }
  if (*argc > 1 && strcmp ((*argv)[1], "--") == 0)
    {
      (*argv)[1] = (*argv)[0];
      (*argv)++;
      (*argc)--;
    }
  if (*argc - 1 < least || *argc - 1 > most)
    {
      cli_say ("%s: %s. Try “%s --help”.", program,
               *argc - 1 < least ? "an argument is missing" : "there is an argument too many", program);
      return FALSE;
    }
  return TRUE;
}

static void
append_help (GString *text)
{
  g_string_append (text, "Usage:\n  lamina-cli COMMAND [OPTION…] ARGUMENTS\n\nCommands:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-8s %-20s %s\n", commands[i].name, commands[i].args, commands[i].summary);
  g_string_append (text,
                   "\nA MODEL is a design file (JSON), a .keras archive, or a template's id (R0 to R6); “demo” stands wherever\n"
                   "a recording can.\n"
                   "Results go to standard output, everything else to standard error.\n"
                   "“lamina-cli COMMAND --help” tells the options of a command, “lamina-cli --version” the version.\n\n"
                   "Exit status: 0 done, 1 the design cannot be run or does not fit, 2 wrong usage, 3 unreadable input,\n"
                   "4 cannot write, 5 training diverged, 130 interrupted.\n");
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GString) help = g_string_new (NULL);

  app_safe_file_survive_limits ();
  setlocale (LC_ALL, "");
  append_help (help);
  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0))
    return cli_print (help->str) ? CLI_OK : CLI_UNWRITABLE;
  if (argc > 1 && strcmp (argv[1], "--version") == 0)
    return cli_print ("lamina-cli " CLI_VERSION "\n") ? CLI_OK : CLI_UNWRITABLE;

  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return commands[i].run (argc - 1, argv + 1);

  if (argc > 1)
    cli_say ("lamina-cli: there is no command “%s”.\n", argv[1]);
  fputs (help->str, stderr);
  return CLI_USAGE;
}
