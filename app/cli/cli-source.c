/* cli-source.c: what a command works on: a recording, its labels, and a design that fits them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-source.h"
#include "app-design-file.h"
#include "app-run.h"
#include "cli-command.h"

#include <string.h>

#define LENGTH   400
#define CHANNELS 16

void
cli_source_options_clear (CliSourceOptions *self)
{
  g_clear_pointer (&self->labels, g_free);
  g_clear_pointer (&self->rates, g_free);
}

void
cli_source_clear (CliSource *self)
{
  g_clear_pointer (&self->recording, sig_recording_unref);
  g_clear_pointer (&self->labels, sig_labels_unref);
}

static void
say_notes (const SigRecording *recording)
{
  const char *const *notes = sig_recording_get_notes (recording);

  for (guint i = 0; notes[i] != NULL; i++)
    cli_say ("%s", notes[i]);
}

/* `name` (nullable). */
static gboolean
apply_rates (CliSource  *source,
             const char *name,
             GError    **error)
{
  SigRatesRule rule = SIG_RATES_HOLD;
  SigRecording *made;

  if (name != NULL && !sig_rates_parse (name, &rule))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--rates is hold, linear or leave-out, not “%s”.", name);
      return FALSE;
    }
  made = sig_rates_apply (source->recording, rule, error);
  if (made == NULL)
    return FALSE;
  sig_recording_unref (source->recording);
  source->recording = made;
  return TRUE;
}

static gboolean
take_label_channel (CliSource *source,
                    int        channel,
                    GError   **error)
{
  g_auto (SigContent) split = { 0 };
  int n_channels = sig_recording_get_n_channels (source->recording);

  if (channel < 1 || channel > n_channels)
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "Channel %d cannot be the labels; “%s” has channels 1 to %d.", channel,
                   sig_recording_get_title (source->recording), n_channels);
      return FALSE;
    }
  if (!sig_reader_split_channel (source->recording, channel - 1, &split, error))
    return FALSE;
  cli_source_clear (source);
  source->recording = g_steal_pointer (&split.recording);
  source->labels = g_steal_pointer (&split.labels);
  return TRUE;
}

static gboolean
take_label_file (CliSource  *source,
                 const char *path,
                 GError    **error)
{
  g_autofree char *notes = NULL;
  SigLabels *labels = sig_reader_open_labels (path, source->recording, NULL, &notes, error);

  if (labels == NULL)
    return FALSE;
  if (notes != NULL)
    cli_say ("%s", notes);
  g_clear_pointer (&source->labels, sig_labels_unref);
  source->labels = labels;
  return TRUE;
}

SigFilterSpec
cli_source_get_filter (const CliSourceOptions *options)
{
  SigFilterSpec filter = sig_filter_spec_default ();

  filter.high_pass_hz = options->high_pass;
  filter.low_pass_hz = options->low_pass;
  filter.notch_hz = options->notch;
  filter.remove_mean = options->remove_mean;
  return filter;
}

gboolean
cli_source_filter (CliSource           *self,
                   const SigFilterSpec *filter,
                   GError             **error)
{
  SigRecording *filtered = sig_filter_apply (self->recording, filter, NULL, NULL, error);

  if (filtered == NULL)
    return FALSE;
  sig_recording_unref (self->recording);
  self->recording = filtered;
  self->filter = *filter;
  return TRUE;
}

gboolean
cli_source_open (const char             *path,
                 const CliSourceOptions *options,
                 CliSource              *source,
                 GError                **error)
{
  g_auto (CliSource) opened = { .filter = sig_filter_spec_default () };
  SigFilterSpec filter = cli_source_get_filter (options);

  if (strcmp (path, "demo") == 0)
    sig_synth_demo (SIG_SYNTH_DEMO_STEPS, SIG_SYNTH_DEMO_SEED, &opened.recording, &opened.labels);
  else
    {
      g_auto (SigContent) content = { 0 };

      if (!sig_reader_open (path, NULL, &content, error))
        return FALSE;
      if (content.recording == NULL)
        {
          g_autofree char *name = g_filename_display_basename (path);

          g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "“%s” holds labels only; a recording is needed.", name);
          return FALSE;
        }
      opened.recording = g_steal_pointer (&content.recording);
      opened.labels = g_steal_pointer (&content.labels);
    }

  if (!apply_rates (&opened, options->rates, error))
    return FALSE;
  say_notes (opened.recording);
  if (options->label_channel != 0 && !take_label_channel (&opened, options->label_channel, error))
    return FALSE;
  if (options->labels != NULL && !take_label_file (&opened, options->labels, error))
    return FALSE;
  if (!cli_source_filter (&opened, &filter, error))
    return FALSE;
  *source = opened;
  opened = (CliSource) { 0 };
  return TRUE;
}

NnDesign *
cli_source_design (const CliSource        *self,
                   const char             *path_or_id,
                   const CliSourceOptions *options,
                   GError                **error)
{
  gint64 page = self->recording != NULL ? sig_recording_get_page (self->recording) : 0;
  gint64 n_channels = self->recording != NULL ? sig_recording_get_n_channels (self->recording) : CHANNELS;
  NnShape input = nn_shape_2 (options->length > 0 ? options->length : page > 0 ? page : LENGTH, n_channels);
  g_autoptr (NnDesign) design = NULL;
  g_autofree char *text = NULL;
  NnSettings settings;

  if (options->length < 0)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "A window has 1 step or more, not %d.", options->length);
      return NULL;
    }
  settings = nn_settings_default ();
  design = app_design_file_resolve (path_or_id, &input, app_run_contract (self->labels, input.dim[0], &settings).n_classes,
                                    error);
  if (design == NULL)
    return NULL;

  /* A file is taken as it stands, but for what the recording and --length say. */
  if (self->recording == NULL)
    {
      input = *nn_design_get_input (design);
      input.dim[0] = options->length > 0 ? options->length : input.dim[0];
    }
  else if (options->length == 0)
    input.dim[0] = nn_design_get_input (design)->dim[0];
  if (nn_shape_equal (&input, nn_design_get_input (design)))
    return g_steal_pointer (&design);
  text = nn_shape_to_text (&input);
  cli_say ("The windows are %s, other than in the design file.", text);
  return nn_design_with_input (design, &input);
}

NnCheck *
cli_source_check (CliSource              *self,
                  const char             *design,
                  const char             *recording,
                  const CliSourceOptions *options,
                  const NnSettings       *settings,
                  GError                **error)
{
  g_autoptr (NnDesign) found = NULL;
  NnContract contract;

  if (recording != NULL && !cli_source_open (recording, options, self, error))
    return NULL;
  found = cli_source_design (self, design, options, error);
  if (found == NULL)
    return NULL;
  contract = app_run_contract (self->labels, nn_design_get_input (found)->dim[0], settings);
  return nn_check_new (found, &contract);
}
