/* cli-source.h: what a command works on: a recording, its labels, and a design that fits them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn.h"
#include "sig.h"

G_BEGIN_DECLS

/* How the arguments name the source; filled by the option parser. Clear with cli_source_options_clear(). */
typedef struct
{
  char *labels;        /* (nullable): a file of labels */
  char *rates;         /* (nullable): what becomes of slower channels, by the name of a SigRatesRule */
  int   label_channel; /* counted from 1; 0: none */
  int   length;        /* steps in a window; 0: the recording's pages, or 400 */
  double high_pass, low_pass, notch; /* Hz; 0: not filtered */
  gboolean remove_mean;
} CliSourceOptions;

#define CLI_RATES_ENTRIES(options) \
  { "rates", 0, 0, G_OPTION_ARG_STRING, &(options).rates, \
    "What becomes of slower channels: hold (default), linear (a line from sample to sample) or leave-out", "RULE" }

#define CLI_SOURCE_ENTRIES(options) \
  { "labels", 'l', 0, G_OPTION_ARG_FILENAME, &(options).labels, "Read the labels from FILE (Audacity, CSV or NPY)", "FILE" }, \
  { "label-channel", 0, 0, G_OPTION_ARG_INT, &(options).label_channel, "Take channel N (from 1) as the labels", "N" }, \
  { "length", 0, 0, G_OPTION_ARG_INT, &(options).length, "Steps in a window (default: as in the design, or 400)", \
    "STEPS" }, \
  CLI_RATES_ENTRIES (options)

#define CLI_FILTER_ENTRIES(options) \
  { "high-pass", 0, 0, G_OPTION_ARG_DOUBLE, &(options).high_pass, "Filter away what is slower (order 4, zero phase)", "HZ" }, \
  { "low-pass", 0, 0, G_OPTION_ARG_DOUBLE, &(options).low_pass, "Filter away what is faster (order 4, zero phase)", "HZ" }, \
  { "notch", 0, 0, G_OPTION_ARG_DOUBLE, &(options).notch, "Filter away the mains, 50 or 60 (Q 30)", "HZ" }, \
  { "remove-mean", 0, 0, G_OPTION_ARG_NONE, &(options).remove_mean, "Take each channel's mean away", NULL }

/* Clear with cli_source_clear(). */
typedef struct
{
  SigFilterSpec filter;    /* what was done to the recording */
  SigRecording *recording;
  SigLabels    *labels; /* (nullable) */
} CliSource;

void          cli_source_options_clear (CliSourceOptions *self);

/* What the options say of filtering. */
SigFilterSpec cli_source_get_filter (const CliSourceOptions *options);

/* Replaces the recording by the filtered one. */
gboolean  cli_source_filter (CliSource *self, const SigFilterSpec *filter, GError **error);

/* Opens a file, or the built-in recording for "demo", brings its channels to one rate and filters it; notes on what was repaired
 * go to stderr. G_OPTION_ERROR where an option is of no use. */
gboolean  cli_source_open   (const char *path, const CliSourceOptions *options, CliSource *source, GError **error);
void      cli_source_clear  (CliSource *self);

/* The design of a file or template id, on windows that fit the recording (nullable: none is there, 400 × 16). */
NnDesign *cli_source_design (const CliSource *self, const char *path_or_id, const CliSourceOptions *options,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the recording (nullable: none), if there is one, and checks the design on it against its labels, as they would be taken
 * with `settings`. */
NnCheck  *cli_source_check  (CliSource *self, const char *design, const char *recording, const CliSourceOptions *options,
                             const NnSettings *settings, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSource, cli_source_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliSourceOptions, cli_source_options_clear)

G_END_DECLS
