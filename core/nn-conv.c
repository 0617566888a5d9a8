/* nn-conv.c: convolution along two axes as a series of products that read their input in place
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv.h"

#include "nn-conv-tile.h"
#include "nn-conv-walk.h"
#include "nn-layer-args.h"
#include "nn-ops.h"

#include <string.h>

/* Rows that the weights' slopes are summed over before the next tap's turn: they and their slopes stay in the first cache. */
#define CHUNK 64

static gint64
count_taps (const NnConv *conv)
{
  return NN_PRODUCT (conv->kernel[0], conv->kernel[1]);
}

/* A single channel is a group like any other. */
static gboolean
is_by_channel (const NnConv *conv)
{
  return conv->groups > 1 && conv->groups == conv->channels && !conv->keeps_groups;
}

static gint64
count_points (const NnConv *conv, gint64 rows)
{
  return NN_PRODUCT (conv->steps, rows, conv->width);
}

/* --- weights ------------------------------------------------------------------------ */

/* Of one group; by channel all is one. */
static gint64
group_size (const NnConv *conv)
{
  if (is_by_channel (conv))
    return nn_packed_size (count_taps (conv), conv->filters);
  return nn_packed_size (NN_PRODUCT (count_taps (conv), conv->channels / conv->groups), conv->filters / conv->groups);
}

static gint64
count_products (const NnConv *conv)
{
  return is_by_channel (conv) ? 1 : conv->groups;
}

gint64
nn_conv_packed_size (const NnConv *self)
{
  return NN_PRODUCT (count_products (self), group_size (self));
}

void
nn_conv_pack (const NnConv *self, float *w, const float *plain)
{
  gint64 n = count_products (self), columns = self->filters / n;
  gint64 rows = count_taps (self) * (self->channels / self->groups);

  for (gint64 g = 0; g < n; g++)
    nn_pack_columns (w + g * group_size (self), plain + g * columns, self->filters, rows, columns);
}

void
nn_conv_unpack (const NnConv *self, float *plain, const float *w)
{
  gint64 n = count_products (self), columns = self->filters / n;
  gint64 rows = count_taps (self) * (self->channels / self->groups);

  for (gint64 g = 0; g < n; g++)
    nn_unpack_columns (plain + g * columns, self->filters, w + g * group_size (self), rows, columns);
}

/* Every channel as often as there are filters for it: then by channel means number by number. */
static NnConv
widen (const NnConv *self)
{
  NnConv wide = *self;

  wide.channels = wide.groups = wide.filters;
  return wide;
}

NnConv
nn_conv_reverse (const NnConv *self)
{
  NnConv from = is_by_channel (self) ? widen (self) : *self, back = from;

  back.steps = from.out_steps;
  back.width = from.out_width;
  back.channels = from.filters;
  back.out_steps = from.steps;
  back.out_width = from.width;
  back.filters = from.channels;
  back.keeps_groups = !is_by_channel (&from);
  for (int axis = 0; axis < 2; axis++)
    {
      back.stride[axis] = 1;
      back.before[axis] = from.dilation[axis] * (from.kernel[axis] - 1) - from.before[axis];
    }
  return back;
}

static void
turn_by_channel (const NnConv *self, float *turned, const float *w)
{
  gint64 n = count_taps (self), n_panels = nn_size_fill_up (self->filters) / NN_K_PANEL;

  for (gint64 panel = 0; panel < n_panels; panel++)
    for (gint64 tap = 0; tap < n; tap++)
      memcpy (turned + (panel * n + n - 1 - tap) * NN_K_PANEL, w + (panel * n + tap) * NN_K_PANEL, NN_K_PANEL * sizeof *w);
}

void
nn_conv_turn (const NnConv *self, float *turned, const float *w)
{
  gint64 n = count_taps (self), channels = self->channels / self->groups, filters = self->filters / self->groups;
  NnConv back = nn_conv_reverse (self);

  if (is_by_channel (self))
    {
      turn_by_channel (self, turned, w);
      return;
    }
  for (gint64 g = 0; g < self->groups; g++)
    for (gint64 tap = 0; tap < n; tap++)
      nn_pack_transposed (turned + g * group_size (&back), (n - 1 - tap) * filters, n * filters,
                          w + g * group_size (self), tap * channels, n * channels, channels, filters);
}

/* --- workspace: taps, then the channels as often as there are filters for each ------------- */

static gint64
count_tap_floats (const NnConv *conv)
{
  return nn_size_fill_up (NN_PRODUCT (count_taps (conv), sizeof (NnKTap) / sizeof (float)));
}

static gboolean
must_widen (const NnConv *conv)
{
  return is_by_channel (conv) && conv->filters > conv->channels;
}

gint64
nn_conv_scratch (const NnConv *self, gint64 rows)
{
  gint64 taps = count_tap_floats (self), wide = 0, tiles;
  NnConv back = nn_conv_reverse (self);

  if (must_widen (self))
    wide = nn_size_fill_up (NN_PRODUCT (count_points (self, rows), self->filters));
  tiles = MAX (nn_conv_tile_scratch (self, rows), nn_conv_tile_scratch (&back, rows));
  return MAX (nn_size_add (taps, wide), tiles);
}

static gboolean
goes_by_tiles (const NnConv *conv, const NnKernels *k)
{
  return k->tiles && nn_conv_tile_pays (conv);
}

/* The input as it is, or widened in the workspace. */
static const float *
widen_input (const NnConv *self, const NnKernels *k, gint64 rows, const float *x, float *scratch)
{
  float *wide = scratch + count_tap_floats (self);

  if (!must_widen (self))
    return x;
  k->repeat (wide, x, count_points (self, rows) * self->channels, 1, self->filters / self->channels);
  return wide;
}

/* --- runs ----------------------------------------------------------------------------- */

/* One product of all runs: a group's, or that of all channels. */
typedef struct
{
  const NnConv    *conv;
  const NnKernels *k;
  float           *out;
  const float     *x, *w, *bias, *dy;
  gint64           channels, filters; /* of the group */
} Job;

static void
forward_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;

  job->k->gemm (job->out + run->y, job->conv->filters, job->x + run->x, run->ldx, run->taps, run->n_taps, run->depth,
                job->w, count_taps (job->conv) * job->channels, job->bias, run->m, job->filters, 0);
}

static void
forward_by_channel_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;

  job->k->depthwise (job->out + run->y, job->conv->filters, job->x + run->x, run->ldx, run->taps, run->n_taps,
                     job->w, count_taps (job->conv), job->bias, run->m, job->filters, 0);
}

static void
weights_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;
  gint64 panel = count_taps (job->conv) * job->channels * NN_K_PANEL;

  for (gint64 r = 0; r < run->m; r += CHUNK)
    for (gint64 i = 0; i < run->n_taps; i++)
      job->k->outer (job->out + run->taps[i].w * NN_K_PANEL, NN_K_PANEL, panel,
                     job->x + run->x + run->taps[i].x + r * run->ldx, run->ldx,
                     job->dy + run->y + r * job->conv->filters, job->conv->filters,
                     MIN (CHUNK, run->m - r), run->depth, job->filters);
}

static void
weights_by_channel_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;

  job->k->depthwise_back (job->out, count_taps (job->conv), job->x + run->x, run->ldx, run->taps, run->n_taps,
                          job->dy + run->y, job->conv->filters, run->m, job->filters);
}

/* Which row of the turned weights goes with tap `i`. */
static gint64
turned_row (const Job *job, const NnConvRun *run, gint64 i)
{
  return (count_taps (job->conv) - 1 - (gint64) run->taps[i].w / job->channels) * job->filters;
}

static void
weights_turned_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;
  gint64 panel = count_taps (job->conv) * job->filters * NN_K_PANEL;

  for (gint64 r = 0; r < run->m; r += CHUNK)
    for (gint64 i = 0; i < run->n_taps; i++)
      job->k->outer (job->out + turned_row (job, run, i) * NN_K_PANEL, NN_K_PANEL, panel,
                     job->dy + run->y + r * job->conv->filters, job->conv->filters,
                     job->x + run->x + run->taps[i].x + r * run->ldx, run->ldx,
                     MIN (CHUNK, run->m - r), job->filters, job->channels);
}

/* For strides along the steps, where the way of nn_conv_input()'s first branch would need a product with holes: each input step
 * gets from all the taps that saw it, of which there are kernel / stride, in one product. */
static void
gather_step (const Job *job, gint64 rows, gint64 step, const float *bias, NnKTap *taps)
{
  const NnConv *conv = job->conv;
  gint64 n_rows = rows * conv->width, kernel = conv->kernel[0];
  gsize n_taps = 0;

  for (gint64 i = 0; i < kernel; i++)
    {
      gint64 at = step + conv->before[0] - i * conv->dilation[0], t = at / conv->stride[0];

      if (at >= 0 && at % conv->stride[0] == 0 && t < conv->out_steps)
        taps[n_taps++] = (NnKTap) { t * n_rows * conv->filters, (kernel - 1 - i) * job->filters };
    }
  job->k->gemm (job->out + step * n_rows * conv->channels, conv->channels, job->dy, conv->filters, taps, n_taps, job->filters,
                job->w, kernel * job->filters, bias, n_rows, job->channels, 0);
}

/* Adds each output point's slope to the inputs of one tap after the other; for strides along the width. */
static void
scatter_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;

  for (gint64 i = 0; i < run->n_taps; i++)
    {
      NnKTap tap = { 0, turned_row (job, run, i) };

      job->k->gemm (job->out + run->x + run->taps[i].x, run->ldx, job->dy + run->y, job->conv->filters, &tap, 1, job->filters,
                    job->w, count_taps (job->conv) * job->filters, NULL, run->m, job->channels, 1);
    }
}

static void
scatter_by_channel_run (const NnConvRun *run, gpointer data)
{
  const Job *job = data;
  gint64 n = count_taps (job->conv);

  for (gint64 i = 0; i < run->n_taps; i++)
    {
      NnKTap tap = { 0, n - 1 - run->taps[i].w };

      job->k->depthwise (job->out + run->x + run->taps[i].x, run->ldx, job->dy + run->y, job->conv->filters, &tap, 1,
                         job->w, n, NULL, run->m, job->filters, 1);
    }
}

/* --- there and back ------------------------------------------------------------------------ */

void
nn_conv_forward (const NnConv *self, const NnKernels *k, NnPool *pool, gint64 rows, float *y, const float *x, const float *w,
                 const float *bias, float *scratch)
{
  gint64 channels = self->channels / self->groups, filters = self->filters / self->groups;

  if (goes_by_tiles (self, k))
    {
      nn_conv_tile_forward (self, k, pool, rows, y, x, w, bias, scratch);
      return;
    }
  if (is_by_channel (self))
    {
      NnConv wide = widen (self);
      Job job = { &wide, k, y, widen_input (self, k, rows, x, scratch), w, bias, NULL, 1, self->filters };

      nn_conv_walk (&wide, rows, FALSE, scratch, forward_by_channel_run, &job);
      return;
    }
  for (gint64 g = 0; g < self->groups; g++)
    {
      Job job = { self, k, y + g * filters, x + g * channels, w + g * group_size (self), bias != NULL ? bias + g * filters : NULL,
                  NULL, channels, filters };

      nn_conv_walk (self, rows, self->groups == 1, scratch, forward_run, &job);
    }
}

void
nn_conv_weights (const NnConv *self, const NnKernels *k, gint64 rows, float *dw, const float *x, const float *dy,
                 float *scratch)
{
  gint64 channels = self->channels / self->groups, filters = self->filters / self->groups;

  if (goes_by_tiles (self, k))
    {
      nn_conv_tile_weights (self, k, rows, dw, x, dy, scratch);
      return;
    }
  if (is_by_channel (self))
    {
      NnConv wide = widen (self);
      Job job = { &wide, k, dw, widen_input (self, k, rows, x, scratch), NULL, NULL, dy, 1, self->filters };

      nn_conv_walk (&wide, rows, FALSE, scratch, weights_by_channel_run, &job);
      return;
    }
  for (gint64 g = 0; g < self->groups; g++)
    {
      Job job = { self, k, dw + g * group_size (self), x + g * channels, NULL, NULL, dy + g * filters, channels, filters };

      nn_conv_walk (self, rows, self->groups == 1, scratch, weights_run, &job);
    }
}

void
nn_conv_weights_turned (const NnConv *self, const NnKernels *k, gint64 rows, float *dturned, const float *x, const float *dy,
                        float *scratch)
{
  Job job = { self, k, dturned, x, NULL, NULL, dy, self->channels, self->filters };

  nn_conv_walk (self, rows, FALSE, scratch, weights_turned_run, &job);
}

/* By channel and with a stride, onto an input that is as wide as the output. */
static void
scatter_by_channel (const NnConv *self, const NnKernels *k, gint64 rows, float *dx, const float *dy, const float *turned,
                    float *scratch)
{
  NnConv wide = widen (self);
  float *target = must_widen (self) ? scratch + count_tap_floats (self) : dx;
  Job job = { &wide, k, target, NULL, turned, NULL, dy, 1, self->filters };

  if (self->stride[0] == 1 && self->stride[1] == 1)
    {
      NnConv back = nn_conv_reverse (self);

      nn_conv_forward (&back, k, NULL, rows, target, dy, turned, NULL, scratch);
    }
  else
    {
      memset (target, 0, count_points (self, rows) * self->filters * sizeof *target);
      nn_conv_walk (&wide, rows, FALSE, scratch, scatter_by_channel_run, &job);
    }
  if (target != dx)
    k->repeat_back (dx, target, count_points (self, rows) * self->channels, 1, self->filters / self->channels);
}

void
nn_conv_input (const NnConv *self, const NnKernels *k, gint64 rows, float *dx, const float *dy, const float *turned,
               const float *bias, float *scratch)
{
  gint64 channels = self->channels / self->groups, filters = self->filters / self->groups;
  NnConv back = nn_conv_reverse (self);
  gboolean gather;

  if (is_by_channel (self))
    {
      scatter_by_channel (self, k, rows, dx, dy, turned, scratch);
      return;
    }

  /* With stride 1, dx[t] = Σ_i dy[t + before - i d] wᵢᵀ, which is the convolution of dy with the kernel turned around and
   * reach - before zeros in front. */
  if (self->stride[0] == 1 && self->stride[1] == 1)
    {
      nn_conv_forward (&back, k, NULL, rows, dx, dy, turned, bias, scratch);
      return;
    }

  gather = self->kernel[1] == 1 && self->stride[1] == 1;
  if (!gather && bias != NULL)
    k->repeat (dx, bias, 1, self->channels, count_points (self, rows));
  else if (!gather)
    memset (dx, 0, count_points (self, rows) * self->channels * sizeof *dx);
  for (gint64 g = 0; g < self->groups; g++)
    {
      Job job = { self, k, dx + g * channels, NULL, turned + g * group_size (&back), NULL, dy + g * filters, channels, filters };

      if (!gather)
        nn_conv_walk (self, rows, FALSE, scratch, scatter_run, &job);
      for (gint64 step = 0; gather && step < self->steps; step++)
        gather_step (&job, rows, step, bias, (NnKTap *) (void *) scratch);
    }
}
