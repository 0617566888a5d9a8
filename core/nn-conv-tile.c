/* nn-conv-tile.c: convolution along the steps, four outputs at a time, with fewer products than taps
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-conv-tile.h"

#include "nn-layer-args.h"
#include "nn-ops.h"

#include <math.h>
#include <string.h>

/* The way of Toom and Cook, which Winograd turned round for filters ("Arithmetic Complexity of Computations", 1980). Four outputs
 * y_i = Σ_k g_k d_(i+k) of r taps are products of polynomials: their values at 3 + r points, the last of them infinity, determine
 * them. With a_p for the points and L_p for Lagrange's polynomials,
 *   y_i = Σ_p A_pi (Σ_k G_pk g_k) (Σ_l B_pl d_l),   A_pi = a_pⁱ, G_pk = a_pᵏ, B_pl = the coefficient of xˡ in L_p,
 * which is 3 + r products instead of 4 r. More taps are cut into groups of 4; the next group's tile is then the next tile.
 * Over all channels each point is one matrix product. The slopes by the weights are Σ_p G_pk (Σ_i A_pi dy_i) (Σ_l B_pl d_l).
 * Rounding errors are some five times those of the sum tap by tap, 4e-7 of the outputs' size. What a tile's other outputs see
 * cancels out but for these errors: a step that an output does not see may move it by so little, and one that is no number makes
 * all four none. */
#define OUTPUTS     4
#define GROUP       4
#define MOST_TAPS   5 /* in a group, where there is only one */
#define MOST_POINTS (OUTPUTS + MOST_TAPS - 1)

/* Rows of the products between one transformation and the next, and floats of all points' weights: what still stays in the second
 * cache. */
#define CHUNK_ROWS   64
#define MOST_WEIGHTS (512 * 1024)

/* Into so many parts, of shorter chunks, a single window is cut for several threads. */
#define PARTS 4

/* In pairs as the kernels want them: 5, 6 or all 7 are taken; of 5 the last is 0. */
static const float points[MOST_POINTS - 1] = { 1.0f, -1.0f, 0.5f, -0.5f, 2.0f, -2.0f, 0.0f };
#define POINT_1 0 /* where A is 1 for all outputs */

typedef struct
{
  gint64 taps, n_groups, n_points; /* taps of a group */
  gint64 rows, channels, filters;  /* rows: of one step, of all windows */
  gint64 n_panels, plane;          /* plane: floats of one point's weights, [panels][groups · channels][PANEL] */
  gint64 n_tiles, chunk, n_parts;  /* chunk: tiles at once */
  gint64 in, out;                  /* floats of one point of a chunk's inputs and outputs */

  /* Offsets in the workspace, and in a part's, the first of which is at `parts`. */
  gint64 group_taps, weights, parts, total;
  gint64 edge, inputs, outputs, part;
} Layout;

typedef struct
{
  float a[MOST_POINTS][NN_K_POINTS], b[MOST_POINTS][NN_K_POINTS], g[MOST_POINTS][NN_K_POINTS];
} Matrices;

/* --- sizes ---------------------------------------------------------------------------------- */

static gint64
count_group_taps (const NnConv *conv)
{
  return conv->kernel[0] <= MOST_TAPS ? conv->kernel[0] : GROUP;
}

static gint64
take (gint64 *total, gint64 n)
{
  gint64 at = *total;

  *total = nn_size_add (*total, nn_size_fill_up (n));
  return at;
}

/* Points that lay a power of 2 apart would all want the same lines of the first cache. */
static gint64
fill_up_apart (gint64 n)
{
  gint64 line = NN_K_PANEL;

  return nn_size_add (nn_size_fill_up (n), n / line % 2 == 0 ? line : 0);
}

static Layout
lay_out (const NnConv *conv, gint64 rows, gint64 n_parts)
{
  Layout l = { .taps = count_group_taps (conv), .channels = conv->channels, .filters = conv->filters, .n_parts = n_parts };

  l.n_groups = (conv->kernel[0] + l.taps - 1) / l.taps;
  l.n_points = OUTPUTS + l.taps - 1;
  l.rows = NN_PRODUCT (rows, conv->width);
  l.n_panels = nn_size_fill_up (conv->filters) / NN_K_PANEL;
  l.plane = NN_PRODUCT (l.n_panels, l.n_groups, conv->channels, NN_K_PANEL);
  l.n_tiles = (conv->out_steps + OUTPUTS - 1) / OUTPUTS;
  l.chunk = CLAMP (CHUNK_ROWS / n_parts / l.rows, 1, l.n_tiles);
  l.in = fill_up_apart (NN_PRODUCT (l.chunk + l.n_groups - 1, l.rows, conv->channels));
  l.out = fill_up_apart (NN_PRODUCT (l.chunk, l.rows, conv->filters));

  l.edge = take (&l.part, NN_PRODUCT (l.n_points, l.rows, conv->channels));
  l.inputs = take (&l.part, NN_PRODUCT (l.n_points, l.in));
  l.outputs = take (&l.part, NN_PRODUCT (l.n_points, l.out));
  l.group_taps = take (&l.total, NN_PRODUCT (l.n_groups, sizeof (NnKTap) / sizeof (float)));
  l.weights = take (&l.total, NN_PRODUCT (l.n_points, l.plane));
  l.parts = take (&l.total, NN_PRODUCT (n_parts, l.part));
  return l;
}

static gboolean
can_go_by_tiles (const NnConv *conv)
{
  return conv->kernel[0] >= 3 && conv->kernel[1] == 1 && conv->stride[0] == 1 && conv->stride[1] == 1 &&
         conv->dilation[0] == 1 && conv->groups == 1 && conv->before[1] == 0 && conv->out_width == conv->width;
}

/* Counts products, and with them what the transformations multiply, load and store: four for a number there and back. That of the
 * weights is made once for a shard. */
gboolean
nn_conv_tile_pays (const NnConv *conv)
{
  double c = (double) conv->channels, f = (double) conv->filters, taps = (double) conv->kernel[0];
  double n, each, whole, plain;
  Layout l;

  if (!can_go_by_tiles (conv))
    return FALSE;
  l = lay_out (conv, NN_SHARD_ROWS, 1);
  n = (double) l.n_points;
  if (n * (double) l.plane > MOST_WEIGHTS)
    return FALSE;
  each = n * (double) l.n_groups * c * f + n * n * c + n * OUTPUTS * f + 4.0 * n * (c + f);
  whole = each * (double) (l.n_tiles * l.rows) + n * taps * c * f;
  plain = taps * c * f * (double) (conv->out_steps * l.rows);
  return 1.1 * whole < plain;
}

gint64
nn_conv_tile_scratch (const NnConv *conv, gint64 rows)
{
  return nn_conv_tile_pays (conv) ? MAX (lay_out (conv, rows, 1).total, lay_out (conv, 1, PARTS).total) : 0;
}

/* --- the matrices ---------------------------------------------------------------------------- */

/* The finite ones of n points. */
static float
get_point (gint64 p, gint64 n)
{
  return p == n - 2 && n % 2 == 0 ? 0.0f : points[p];
}

/* b [n] = the coefficients of scale · Π_(q≠without) (x - a_q); none is without for the point at infinity, n - 1. */
static void
multiply_out (float *b, gint64 n, gint64 without, double scale)
{
  double poly[MOST_POINTS] = { 1.0 };
  gint64 degree = 0;

  for (gint64 q = 0; q < n - 1; q++)
    {
      if (q == without)
        continue;
      degree++;
      for (gint64 l = degree; l >= 0; l--)
        poly[l] = (l > 0 ? poly[l - 1] : 0.0) - get_point (q, n) * poly[l];
    }
  for (gint64 l = 0; l < n; l++)
    b[l] = (float) (scale * poly[l]);
}

/* row [n] = a_pⁱ; at infinity only the highest counts. */
static void
fill_powers (float *row, gint64 n, gint64 p, gint64 n_points)
{
  for (gint64 i = 0; i < n; i++)
    row[i] = p == n_points - 1 ? (i == n - 1) : powf (get_point (p, n_points), (float) i);
}

static float
sum_sizes (const float *row, gint64 n)
{
  float sum = 0.0f;

  for (gint64 i = 0; i < n; i++)
    sum += fabsf (row[i]);
  return sum;
}

/* A factor that goes from B's rows to G's, a power of 2, lets both round alike. */
static void
balance (float *b, gint64 n, float *g, gint64 taps)
{
  float factor = exp2f (roundf (0.5f * log2f (sum_sizes (b, n) / sum_sizes (g, taps))));

  for (gint64 l = 0; l < n; l++)
    b[l] /= factor;
  for (gint64 k = 0; k < taps; k++)
    g[k] *= factor;
}

static void
make_matrices (const Layout *l, Matrices *m)
{
  gint64 n = l->n_points;

  for (gint64 p = 0; p < n; p++)
    {
      double scale = 1.0;

      for (gint64 q = 0; p < n - 1 && q < n - 1; q++)
        if (q != p)
          scale /= get_point (p, n) - get_point (q, n);
      multiply_out (m->b[p], n, p, scale);
      fill_powers (m->a[p], OUTPUTS, p, n);
      fill_powers (m->g[p], l->taps, p, n);
      balance (m->b[p], n, m->g[p], l->taps);
    }
}

/* --- transformations -------------------------------------------------------------------------- */

typedef struct
{
  const NnConv    *conv;
  const NnKernels *k;
  Layout           at;
  Matrices         matrices;
  float           *scratch;
} Job;

static Job
begin (const NnConv *conv, const NnKernels *k, gint64 rows, gint64 n_parts, float *scratch)
{
  Job job = { .conv = conv, .k = k, .at = lay_out (conv, rows, n_parts), .scratch = scratch };
  NnKTap *taps = (NnKTap *) (void *) (scratch + job.at.group_taps);

  make_matrices (&job.at, &job.matrices);
  for (gint64 g = 0; g < job.at.n_groups; g++)
    taps[g] = (NnKTap) { g * job.at.rows * conv->channels, g * conv->channels };
  return job;
}

/* The taps that group `g` has: the last one may have fewer. */
static gint64
count_taps_of (const Job *job, gint64 g)
{
  return MIN (job->at.taps, job->conv->kernel[0] - g * job->at.taps);
}

/* Where the first tap of a group is in panel `panel` of the weights, and of one point's. */
static gint64
tap_at (const Job *job, gint64 panel, gint64 g)
{
  return (panel * job->conv->kernel[0] + g * job->at.taps) * job->at.channels * NN_K_PANEL;
}

static gint64
group_at (const Job *job, gint64 panel, gint64 g)
{
  return job->at.weights + (panel * job->at.n_groups + g) * job->at.channels * NN_K_PANEL;
}

static void
transform_weights (const Job *job, const float *w)
{
  const Layout *l = &job->at;
  gint64 tap = l->channels * NN_K_PANEL;

  for (gint64 panel = 0; panel < l->n_panels; panel++)
    for (gint64 g = 0; g < l->n_groups; g++)
      job->k->to_points (job->scratch + group_at (job, panel, g), l->plane, w + tap_at (job, panel, g), tap, job->matrices.g,
                         l->n_points, count_taps_of (job, g), tap);
}

/* Back: dw += Gᵀ of the points' slopes. */
static void
gather_weights (const Job *job, float *dw)
{
  const Layout *l = &job->at;
  gint64 tap = l->channels * NN_K_PANEL;

  for (gint64 panel = 0; panel < l->n_panels; panel++)
    for (gint64 g = 0; g < l->n_groups; g++)
      job->k->from_points (dw + tap_at (job, panel, g), tap, job->scratch + group_at (job, panel, g), l->plane, job->matrices.g,
                           l->n_points, count_taps_of (job, g), tap, 1);
}

/* The tile's input steps: in place, or where some of them are outside, copied, with zeros for those. */
static const float *
find_tile (const Job *job, float *part, const float *x, gint64 tile)
{
  gint64 first = tile * OUTPUTS - job->conv->before[0], size = job->at.rows * job->at.channels;
  float *edge = part + job->at.edge;

  if (first >= 0 && first + job->at.n_points <= job->conv->steps)
    return x + first * size;
  for (gint64 i = 0; i < job->at.n_points; i++)
    if (first + i >= 0 && first + i < job->conv->steps)
      memcpy (edge + i * size, x + (first + i) * size, size * sizeof *edge);
    else
      memset (edge + i * size, 0, size * sizeof *edge);
  return edge;
}

/* Those of tiles `from` .. `from` + `n` - 1, and of the next ones that their later groups see. */
static void
transform_inputs (const Job *job, float *part, const float *x, gint64 from, gint64 n)
{
  const Layout *l = &job->at;
  gint64 size = l->rows * l->channels;

  for (gint64 i = 0; i < n + l->n_groups - 1; i++)
    job->k->to_points (part + l->inputs + i * size, l->in, find_tile (job, part, x, from + i), size, job->matrices.b,
                       l->n_points, l->n_points, size);
}

static gint64
count_outputs (const Job *job, gint64 tile)
{
  return MIN (OUTPUTS, job->conv->out_steps - tile * OUTPUTS);
}

static void
gather_outputs (const Job *job, const float *part, float *y, gint64 from, gint64 n)
{
  const Layout *l = &job->at;
  gint64 size = l->rows * l->filters;

  for (gint64 i = 0; i < n; i++)
    job->k->from_points (y + (from + i) * OUTPUTS * size, size, part + l->outputs + i * size, l->out, job->matrices.a,
                         l->n_points, count_outputs (job, from + i), size, 0);
}

static void
transform_slopes (const Job *job, float *part, const float *dy, gint64 from, gint64 n)
{
  const Layout *l = &job->at;
  gint64 size = l->rows * l->filters;

  for (gint64 i = 0; i < n; i++)
    job->k->to_points (part + l->outputs + i * size, l->out, dy + (from + i) * OUTPUTS * size, size, job->matrices.a,
                       l->n_points, count_outputs (job, from + i), size);
}

/* --- there and back ---------------------------------------------------------------------------- */

typedef struct
{
  const Job   *job;
  float       *y;
  const float *x, *bias;
} Pass;

/* Every n_parts-th chunk. */
static void
forward_part (gpointer user_data, guint i)
{
  const Pass *pass = user_data;
  const Layout *l = &pass->job->at;
  const NnKTap *taps = (const NnKTap *) (const void *) (pass->job->scratch + l->group_taps);
  float *part = pass->job->scratch + l->parts + i * l->part;

  for (gint64 from = i * l->chunk; from < l->n_tiles; from += l->n_parts * l->chunk)
    {
      gint64 n = MIN (l->chunk, l->n_tiles - from);

      transform_inputs (pass->job, part, pass->x, from, n);
      for (gint64 p = 0; p < l->n_points; p++)
        pass->job->k->gemm (part + l->outputs + p * l->out, l->filters, part + l->inputs + p * l->in, l->channels, taps,
                            l->n_groups, l->channels, pass->job->scratch + l->weights + p * l->plane, l->n_groups * l->channels,
                            p == POINT_1 ? pass->bias : NULL, n * l->rows, l->filters, 0);
      gather_outputs (pass->job, part, pass->y, from, n);
    }
}

void
nn_conv_tile_forward (const NnConv *conv, const NnKernels *k, NnPool *pool, gint64 rows, float *y, const float *x,
                      const float *w, const float *bias, float *scratch)
{
  Job job = begin (conv, k, rows, pool != NULL && rows == 1 ? PARTS : 1, scratch);
  Pass pass = { &job, y, x, bias };

  transform_weights (&job, w);
  if (job.at.n_parts > 1)
    nn_pool_run (pool, (guint) job.at.n_parts, forward_part, &pass);
  else
    forward_part (&pass, 0);
}

void
nn_conv_tile_weights (const NnConv *conv, const NnKernels *k, gint64 rows, float *dw, const float *x, const float *dy,
                      float *scratch)
{
  Job job = begin (conv, k, rows, 1, scratch);
  const Layout *l = &job.at;
  float *part = scratch + l->parts;
  gint64 panel = l->n_groups * l->channels * NN_K_PANEL;

  memset (scratch + l->weights, 0, l->n_points * l->plane * sizeof *scratch);
  for (gint64 from = 0; from < l->n_tiles; from += l->chunk)
    {
      gint64 n = MIN (l->chunk, l->n_tiles - from);

      transform_inputs (&job, part, x, from, n);
      transform_slopes (&job, part, dy, from, n);
      for (gint64 p = 0; p < l->n_points; p++)
        for (gint64 g = 0; g < l->n_groups; g++)
          k->outer (scratch + group_at (&job, 0, g) + p * l->plane, NN_K_PANEL, panel,
                    part + l->inputs + p * l->in + g * l->rows * l->channels, l->channels, part + l->outputs + p * l->out,
                    l->filters, n * l->rows, l->channels, l->filters);
    }
  gather_weights (&job, dw);
}
