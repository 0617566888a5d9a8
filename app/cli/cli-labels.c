/* cli-labels.c: lamina-cli labels: the labels of a recording in the format of another program
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-export.h"
#include "cli-command.h"
#include "cli-output.h"
#include "cli-source.h"

/* The ids of the formats with what they are, for --help (transfer full). */
static char *
describe_formats (void)
{
  GString *text = g_string_new ("Formats:\n");

  for (guint i = 0; sig_export_get_format (i) != NULL; i++)
    {
      const SigExportFormat *format = sig_export_get_format (i);

      g_string_append_printf (text, "  %-10s %-5s %s\n", format->id, format->extension, format->name);
    }
  g_string_append (text, "Without --format the ending of the file says it.\n\n"
                         "What the format cannot hold is told on standard error before anything is written; afterwards the\n"
                         "file is read again and its labels are held against those that were meant, step by step.");
  return g_string_free (text, FALSE);
}

static CliExit
write_labels (const char             *path,
              const CliSourceOptions *options,
              const char             *output,
              const SigExportFormat  *format)
{
  const char *inputs[] = { path, options->labels, NULL };
  g_auto (CliSource) source = { 0 };
  g_auto (GStrv) losses = NULL;
  g_autofree char *report = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_whole = FALSE;

  if (!cli_output_check (output, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!cli_source_open (path, options, &source, &error))
    return cli_fail (error, CLI_UNREADABLE);
  if (source.labels == NULL)
    {
      cli_say ("lamina-cli: “%s” has no labels; --labels names a file of them.", sig_recording_get_title (source.recording));
      return CLI_UNREADABLE;
    }
  losses = sig_export_dup_losses (format, source.recording, source.labels);
  for (guint i = 0; losses[i] != NULL; i++)
    cli_say ("%s", losses[i]);
  report = app_label_export_run (format, output, source.recording, source.labels, NULL, &is_whole, &error);
  if (report == NULL)
    return cli_fail (error, CLI_UNWRITABLE);
  cli_say ("%s", report);
  return is_whole ? CLI_OK : CLI_NO;
}

CliExit
cli_labels (int    argc,
            char **argv)
{
  g_auto (CliSourceOptions) options = { 0 };
  g_autofree char *output = NULL, *id = NULL, *formats = describe_formats ();
  const SigExportFormat *format;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write the labels to FILE", "FILE" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &id, "The format (see below)", "FORMAT" },
    { "labels", 'l', 0, G_OPTION_ARG_FILENAME, &options.labels, "Read the labels from FILE", "FILE" },
    { "label-channel", 0, 0, G_OPTION_ARG_INT, &options.label_channel, "Take channel N (from 1) as the labels", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!cli_parse ("labels", "RECORDING -o FILE", "Writes the labels of a recording in the format of another program.", formats,
                  entries, &argc, &argv, 1, 1))
    return CLI_USAGE;
  if (output == NULL)
    return cli_refuse ("labels", "--output FILE says where the labels go.");
  format = id != NULL ? sig_export_find_format (id) : sig_export_guess_format (output);
  if (format == NULL && id != NULL)
    return cli_refuse ("labels", "There is no format “%s”.", id);
  if (format == NULL)
    return cli_refuse ("labels", "The ending of “%s” is that of no format; --format says which.", output);
  return write_labels (argv[1], &options, output, format);
}
