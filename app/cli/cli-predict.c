/* cli-predict.c: lamina-cli predict: a recording labelled by trained weights
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-design-file.h"
#include "app-keras-file.h"
#include "cli-arrays.h"
#include "cli-command.h"
#include "cli-output.h"
#include "cli-source.h"
#include "cli-stop.h"
#include "cli-weights.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FLUSH_BYTES 65536
#define BLOCK_STEPS 4096 /* written together */

/* Where the labels go, and whether all of them went there. */
typedef struct
{
  FILE   *file;
  GString *text; /* not yet written */
  gboolean failed;
} Sink;

static void
flush (Sink *sink)
{
  sink->failed |= fwrite (sink->text->str, 1, sink->text->len, sink->file) != sink->text->len;
  g_string_truncate (sink->text, 0);
}

static void
append_real (GString    *text,
             const char *format,
             double      value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (number, sizeof number, format, value));
}

/* A field of a CSV: quoted where it must be. */
static void
append_field (GString    *text,
              const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (text, field);
      return;
    }
  g_string_append_c (text, '"');
  for (; *field != '\0'; field++)
    g_string_append_printf (text, *field == '"' ? "\"\"" : "%c", *field);
  g_string_append_c (text, '"');
}

static void
write_titles (Sink            *sink,
              const NnTrained *trained,
              int              n_classes)
{
  g_string_append (sink->text, "step,time_s,class");
  for (int k = 0; k < n_classes; k++)
    {
      g_autofree char *title = g_strdup_printf ("p_%s", trained->classes[k]);

      g_string_append_c (sink->text, ',');
      append_field (sink->text, title);
    }
  g_string_append_c (sink->text, '\n');
}

/* Steps that are written together. */
typedef struct
{
  gint64  start, n;
  gint32 *classes;       /* [n] */
  float  *probabilities; /* [n_classes][n] */
} Block;

static void
write_block (Sink            *sink,
             const Block     *block,
             const NnTrained *trained,
             int              n_classes,
             double           rate_hz)
{
  for (gint64 i = 0; i < block->n && !sink->failed; i++)
    {
      int klass = block->classes[i];

      g_string_append_printf (sink->text, "%" G_GINT64_FORMAT ",", block->start + i);
      append_real (sink->text, "%.9g", (block->start + i) / rate_hz);
      g_string_append_c (sink->text, ',');
      append_field (sink->text, klass >= 0 ? trained->classes[klass] : "");
      for (int k = 0; k < n_classes; k++)
        {
          float p = block->probabilities[k * block->n + i];

          g_string_append_c (sink->text, ',');
          if (isfinite (p))
            append_real (sink->text, "%.6g", p);
        }
      g_string_append_c (sink->text, '\n');
      if (sink->text->len > FLUSH_BYTES)
        flush (sink);
    }
}

/* step, time in seconds, class and the probability of each class; the last two empty where nothing was predicted. */
static gboolean
write_csv (Sink            *sink,
           const SigTrack  *track,
           const NnTrained *trained,
           double           rate_hz,
           GError         **error)
{
  int n_classes = sig_track_get_n_classes (track);
  gint64 n_steps = sig_track_get_n_steps (track);
  g_autofree gint32 *classes = g_new (gint32, BLOCK_STEPS);
  g_autofree float *probabilities = g_new (float, BLOCK_STEPS * n_classes);

  write_titles (sink, trained, n_classes);
  for (gint64 at = 0; at < n_steps && !sink->failed; at += BLOCK_STEPS)
    {
      Block block = { at, MIN (BLOCK_STEPS, n_steps - at), classes, probabilities };

      sig_labels_fill (sig_track_get_labels (track), at, block.n, classes);
      for (int k = 0; k < n_classes; k++)
        if (!sig_track_read (track, k, at, block.n, probabilities + k * block.n, error))
          return FALSE;
      write_block (sink, &block, trained, n_classes, rate_hz);
    }
  return TRUE;
}

/* Runs of one class as start, end (seconds) and text, apart by tabs, which a label track cannot hold itself. */
static void
write_audacity (Sink            *sink,
                const SigTrack  *track,
                const NnTrained *trained,
                double           rate_hz)
{
  gsize n_spans;
  const SigSpan *spans = sig_labels_get_spans (sig_track_get_labels (track), &n_spans);

  for (gsize i = 0; i < n_spans && !sink->failed; i++)
    {
      g_autofree char *name = g_strdelimit (g_strdup (trained->classes[spans[i].klass]), "\t\r\n", ' ');

      append_real (sink->text, "%.6f", spans[i].start / rate_hz);
      g_string_append_c (sink->text, '\t');
      append_real (sink->text, "%.6f", spans[i].end / rate_hz);
      g_string_append_printf (sink->text, "\t%s\n", name);
      if (sink->text->len > FLUSH_BYTES)
        flush (sink);
    }
}

static CliExit
write_labels (const char      *path,
              gboolean         audacity,
              const SigTrack  *track,
              const NnTrained *trained,
              double           rate_hz)
{
  gboolean to_stdout = path == NULL || strcmp (path, "-") == 0, was_read = TRUE;
  g_autoptr (GError) error = NULL;
  Sink sink = { .file = to_stdout ? stdout : g_fopen (path, "wb") };

  if (sink.file == NULL)
    {
      cli_say ("lamina-cli: Could not write “%s”: %s.", path, g_strerror (errno));
      return CLI_UNWRITABLE;
    }
  sink.text = g_string_new (NULL);
  if (audacity)
    write_audacity (&sink, track, trained, rate_hz);
  else
    was_read = write_csv (&sink, track, trained, rate_hz, &error);
  flush (&sink);
  g_string_free (sink.text, TRUE);
  sink.failed |= (to_stdout ? fflush (sink.file) : fclose (sink.file)) != 0;
  if (sink.failed)
    cli_say ("lamina-cli: Could not write the labels: %s.", g_strerror (errno));
  if (!was_read)
    return cli_fail (error, CLI_UNREADABLE);
  return sink.failed ? CLI_UNWRITABLE : CLI_OK;
}

/* MODEL is a file of weights, or a design that must be the one that --weights were trained with. */
static gboolean
load_model (const char *model,
            const char *weights,
            NnTrained  *trained,
            GError    **error)
{
  const NnDesign *design;
  g_autoptr (NnDesign) named = NULL;

  if (weights == NULL && nn_template_find (model) != NULL && !g_file_test (model, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "“%s” is a design without weights; name those that “lamina-cli train --save” wrote with --weights.", model);
      return FALSE;
    }
  if (!cli_weights_load (weights != NULL ? weights : model, trained, error))
    return FALSE;
  if (weights == NULL || cli_weights_is (model))
    return TRUE;

  design = nn_check_get_design (nn_model_get_check (trained->model));
  named = app_design_file_resolve (model, nn_design_get_input (design), g_strv_length (trained->classes), error);
  if (named == NULL)
    return FALSE;
  if (nn_design_equal (named, design))
    return TRUE;
  g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "The weights were trained with another design than “%s”.", model);
  return FALSE;
}

/* The recording as the weights knew theirs: filtered as that was. Options that say something else are refused. */
static gboolean
open_source (const char             *path,
             const CliSourceOptions *options,
             const NnTrained        *trained,
             CliSource              *source,
             GError                **error)
{
  SigFilterSpec known = sig_filter_spec_default (), asked = cli_source_get_filter (options);

  if (trained->filter != NULL && !sig_filter_spec_from_code (trained->filter, &known, error))
    return FALSE;
  if (!sig_filter_spec_is_off (&asked) && !sig_filter_spec_equal (&asked, &known))
    {
      g_autofree char *was = sig_filter_spec_to_text (&known), *is = sig_filter_spec_to_text (&asked);

      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH,
                   "The weights were trained with %s, the options say %s. Without options the weights' own is taken.", was, is);
      return FALSE;
    }
  return cli_source_open (path, &(CliSourceOptions) { .rates = options->rates }, source, error)
         && cli_source_filter (source, &known, error);
}

static CliExit
predict (const char             *model,
         const char             *weights,
         const char             *path,
         const CliSourceOptions *options,
         int                     threads,
         gboolean                audacity,
         const char             *output)
{
  const char *inputs[] = { path, model, weights, NULL };
  g_auto (NnTrained) trained = { 0 };
  g_auto (CliSource) source = { 0 };
  g_autoptr (SigNorm) norm = NULL;
  g_autoptr (AppRun) run = NULL;
  g_autoptr (NnPool) pool = NULL;
  g_autoptr (SigTrack) track = NULL;
  g_autoptr (GError) error = NULL;

  if (output != NULL && strcmp (output, "-") != 0 && !cli_output_check (output, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!load_model (model, weights, &trained, &error) || !open_source (path, options, &trained, &source, &error))
    return cli_fail (error, CLI_UNREADABLE);
  norm = sig_norm_new (trained.n_channels, trained.means, trained.deviations);
  run = app_run_new_for_prediction (nn_check_get_design (nn_model_get_check (trained.model)), source.recording, norm, &error);
  if (run == NULL)
    return cli_fail (error, CLI_UNREADABLE);

  cli_stop_catch ();
  pool = nn_pool_new (threads);
  track = app_run_predict (run, trained.model, 0, sig_recording_get_n_steps (source.recording), pool,
                           cli_stop_is_asked, NULL, &error);
  if (track == NULL)
    return error != NULL ? cli_fail (error, CLI_UNREADABLE) : CLI_INTERRUPTED;
  return write_labels (output, audacity, track, &trained, sig_recording_get_rate_hz (source.recording));
}

CliExit
cli_predict (int    argc,
             char **argv)
{
  g_autofree char *weights = NULL;
  g_autofree char *format = NULL;
  g_autofree char *output = NULL;
  g_auto (CliSourceOptions) options = { 0 };
  int threads = 0;
  const GOptionEntry entries[] = {
    CLI_FILTER_ENTRIES (options),
    CLI_RATES_ENTRIES (options),
    { "weights", 'w', 0, G_OPTION_ARG_FILENAME, &weights, "Weights that train --save wrote", "FILE" },
    { "format", 'f', 0, G_OPTION_ARG_STRING, &format, "csv (a line each step) or audacity (a line each run of a class)", "NAME" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Write to FILE instead of standard output", "FILE" },
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads, "Threads to compute with (default: one per processor)", "N" },
    G_OPTION_ENTRY_NULL,
  };

  if (!cli_parse ("predict", "MODEL RECORDING | MODEL X.npy -o Y.npy",
                  "Labels each step of a recording with trained weights, or runs windows through them.",
                  "For a RECORDING, MODEL is a file that “lamina-cli train --save” wrote; or a design, with the weights named\n"
                  "by --weights. X.npy holds windows (windows, steps, channels), which a model, of these or a .keras archive,\n"
                  "takes as they are; Y.npy gets what comes out of it.\n"
                  "The recording is filtered as that was which the weights were trained on.\n"
                  "Times are in seconds; for a recording without a rate a step is a second.",
                  entries, &argc, &argv, 2, 2))
    return CLI_USAGE;
  if (format != NULL && strcmp (format, "csv") != 0 && strcmp (format, "audacity") != 0)
    return cli_refuse ("predict", "--format is csv or audacity, not “%s”.", format);
  if (threads < 0 || threads > 64)
    return cli_refuse ("predict", "--threads is 0 to 64, not %d.", threads);
  if (output != NULL && g_str_has_suffix (output, ".npy") && (g_str_has_suffix (argv[2], ".npy") || sig_array_is (argv[2])))
    return cli_arrays_predict (weights != NULL ? weights : argv[1], argv[2], output, threads);
  if (app_keras_file_is (argv[1]))
    return cli_refuse ("predict", "A .keras archive knows neither classes nor a normalisation: it takes X.npy and -o Y.npy.");
  return predict (argv[1], weights, argv[2], &options, threads, format != NULL && strcmp (format, "audacity") == 0, output);
}
