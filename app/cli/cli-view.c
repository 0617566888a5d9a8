/* cli-view.c: lamina-cli picture: a span of a recording as PNG, SVG or PDF
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-picture.h"
#include "cli-command.h"
#include "cli-output.h"
#include "cli-source.h"
#include "wb-traces-paint.h"

#include <math.h>
#include <stdio.h>

#define WIDTH  1600
#define HEIGHT 1000

/* What is drawn. */
typedef struct
{
  WbScene         scene;
  const char     *title;
  double          start, end;
  const WbColors *colors;
} View;

static void
draw (cairo_t *cr,
      double   width,
      double   height,
      gpointer user_data)
{
  const View *view = user_data;

  wb_traces_paint_picture (cr, &view->scene, view->title, view->start, view->end, width, height, view->colors);
}

/* `from` and `to` in seconds, steps where there is no rate; NaN: the recording's ends. */
static gboolean
choose_span (const SigRecording *recording,
             double              from,
             double              to,
             View               *view)
{
  double rate = sig_recording_get_rate_hz (recording), n_steps = (double) sig_recording_get_n_steps (recording);

  view->start = isnan (from) ? 0 : from * rate;
  view->end = isnan (to) ? n_steps : to * rate;
  if (view->start >= 0 && view->start < view->end && view->end <= n_steps)
    return TRUE;
  cli_refuse ("picture", "--from %g to --to %g is no part of the recording, which is %g %s long.", view->start / rate,
              view->end / rate, n_steps / rate, sig_recording_has_rate (recording) ? "s" : "steps");
  return FALSE;
}

static CliExit
make_picture (const char             *path,
              const CliSourceOptions *options,
              double                  from,
              double                  to,
              const char             *output,
              const AppPictureSize   *picture_size,
              gboolean                dark)
{
  const char *inputs[] = { path, options->labels, NULL };
  g_auto (CliSource) source = { 0 };
  g_autoptr (SigPyramid) pyramid = NULL;
  g_autoptr (GError) error = NULL;
  View view = { .colors = wb_colors_get (dark) };
  AppPictureKind kind;

  if (!app_picture_find_kind (output, &kind, &error))
    return cli_fail (error, CLI_USAGE);
  if (!cli_output_check (output, inputs, &error))
    return cli_fail (error, CLI_UNWRITABLE);
  if (!cli_source_open (path, options, &source, &error))
    return cli_fail (error, CLI_UNREADABLE);
  if (!choose_span (source.recording, from, to, &view))
    return CLI_USAGE;
  pyramid = sig_pyramid_new (source.recording);
  if (!sig_pyramid_build (pyramid, NULL, NULL, &error))
    return cli_fail (error, CLI_UNREADABLE);
  view.scene = (WbScene) { .pyramid = pyramid, .truth = source.labels };
  view.title = sig_recording_get_title (source.recording);
  return app_picture_save (output, kind, view.title, picture_size, draw, &view, &error) ? CLI_OK
                                                                                        : cli_fail (error, CLI_UNWRITABLE);
}

CliExit
cli_view (int    argc,
          char **argv)
{
  g_auto (CliSourceOptions) options = { 0 };
  g_autofree char *output = NULL;
  g_autofree char *size = NULL;
  double from = NAN, to = NAN;
  AppPictureSize picture_size = { WIDTH, HEIGHT, 1 };
  gboolean dark = FALSE;
  char rest;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "The picture: its name ends in .png, .svg or .pdf", "FILE" },
    { "from", 0, 0, G_OPTION_ARG_DOUBLE, &from, "Where the picture begins, in seconds (steps where there is no rate)", "S" },
    { "to", 0, 0, G_OPTION_ARG_DOUBLE, &to, "Where it ends", "S" },
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, "In pixels (default: 1600x1000)", "WxH" },
    { "scale", 0, 0, G_OPTION_ARG_INT, &picture_size.scale, "Pixels of a PNG for each of these, 1 (default) to 4", "N" },
    { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Light on dark", NULL },
    CLI_SOURCE_ENTRIES (options),
    CLI_FILTER_ENTRIES (options),
    G_OPTION_ENTRY_NULL,
  };

  if (!cli_parse ("picture", "RECORDING", "Draws a recording with its labels into a file.",
                  "The drawing is that of the window. In SVG and PDF traces are paths and texts are texts.", entries, &argc,
                  &argv,
                  1, 1))
    return CLI_USAGE;
  if (output == NULL)
    return cli_refuse ("picture", "--output names no file.");
  if (size != NULL && sscanf (size, "%dx%d%c", &picture_size.width, &picture_size.height, &rest) != 2)
    return cli_refuse ("picture", "--size is of the form WIDTHxHEIGHT, not “%s”.", size);
  if (picture_size.scale < 1 || picture_size.scale > APP_PICTURE_FINEST)
    return cli_refuse ("picture", "--scale is %d; it may be 1 to %d.", picture_size.scale, APP_PICTURE_FINEST);
  return make_picture (argv[1], &options, from, to, output, &picture_size, dark);
}
