/* cli-picture.c: pictures of a run, as PNG files
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cli-picture.h"
#include "wb-traces-paint.h"

#include <gio/gio.h>

#define OVERLAY_WIDTH  1600
#define OVERLAY_HEIGHT 1000
#define LOSS_WIDTH     1000
#define LOSS_HEIGHT    600
#define WINDOWS_SHOWN  5

static cairo_t *
begin (int width,
       int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  return cr;
}

/* Writes the picture and frees `cr`. */
static gboolean
finish (cairo_t    *cr,
        const char *path,
        GError    **error)
{
  cairo_status_t status = cairo_surface_write_to_png (cairo_get_target (cr), path);
  g_autofree char *name = NULL;

  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "Could not write the picture “%s”: %s.", name,
               cairo_status_to_string (status));
  return FALSE;
}

static guint
count_changes (const SigLabels *labels,
               gint64           start,
               gint64           end)
{
  gsize n_spans, first = sig_labels_find (labels, start);
  const SigSpan *spans = sig_labels_get_spans (labels, &n_spans);
  guint n = 0;

  for (gsize i = first; i < n_spans && spans[i].start < end; i++)
    n += spans[i].start > start;
  return n;
}

/* The held-back block with the most changes of label, widened to some windows so that there is something to see. */
static void
choose_span (const AppRun       *run,
             const SigRecording *recording,
             const SigLabels    *labels,
             double             *start,
             double             *end)
{
  gint64 n_steps = sig_recording_get_n_steps (recording), best_start = 0, best_end = n_steps, shown;
  gsize n_blocks;
  const SigBlock *blocks = sig_split_get_blocks (app_run_get_split (run), &n_blocks);
  int best = -1;

  for (gsize i = 0; i < n_blocks; i++)
    if (blocks[i].part == SIG_PART_VALIDATION && (int) count_changes (labels, blocks[i].start, blocks[i].end) > best)
      {
        best = count_changes (labels, blocks[i].start, blocks[i].end);
        best_start = blocks[i].start;
        best_end = blocks[i].end;
      }
  shown = MIN (n_steps, WINDOWS_SHOWN * nn_design_get_input (nn_check_get_design (app_run_get_check (run)))->dim[0]);
  if (best_end - best_start < shown)
    best_start = CLAMP ((best_start + best_end - shown) / 2, 0, n_steps - shown);
  *start = best_start;
  *end = best_start + shown;
}

gboolean
cli_picture_overlay (const char         *path,
                     const AppRun       *run,
                     const SigRecording *recording,
                     const SigLabels    *labels,
                     const SigTrack     *prediction,
                     GError            **error)
{
  g_autoptr (SigPyramid) pyramid = sig_pyramid_new (recording);
  WbScene scene = { pyramid, labels, prediction, app_run_get_split (run) };
  const NnDesign *design = nn_check_get_design (app_run_get_check (run));
  g_autofree char *title = NULL;
  double start, end;
  cairo_t *cr;

  if (!sig_pyramid_build (pyramid, NULL, NULL, error))
    return FALSE;
  choose_span (run, recording, labels, &start, &end);
  title = g_strdup_printf ("%s · %s", sig_recording_get_title (recording), nn_design_get_name (design));
  cr = begin (OVERLAY_WIDTH, OVERLAY_HEIGHT);
  wb_traces_paint_picture (cr, &scene, title, start, end, OVERLAY_WIDTH, OVERLAY_HEIGHT, wb_colors_get (FALSE));
  return finish (cr, path, error);
}

gboolean
cli_picture_loss (const char         *path,
                  const char         *title,
                  const WbCurvePoint *points,
                  guint               n_points,
                  guint               n_epochs,
                  guint               best_epoch,
                  GError            **error)
{
  WbCurveScene scene = {
    .points = points, .n_points = n_points, .n_epochs = n_epochs, .best_epoch = best_epoch, .kind = WB_CURVE_LOSS, .hover = -1,
  };
  cairo_t *cr = begin (LOSS_WIDTH, LOSS_HEIGHT);

  wb_curve_paint (cr, &scene, title, LOSS_WIDTH, LOSS_HEIGHT, wb_colors_get (FALSE));
  return finish (cr, path, error);
}
