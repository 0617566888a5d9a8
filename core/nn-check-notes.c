/* nn-check-notes.c: what is not wrong but worth a word: time across, a view too short, a Dense at each step, nothing to learn
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-check-bench.h"

#include <string.h>

#define ACROSS       4   /* so many times more channels than steps look like steps and channels swapped */
#define MAX_DILATION 512
#define MAX_POOL     8

static gboolean
is_kind (const NnBlock *block, const char *name)
{
  return strcmp (nn_block_get_kind (block)->name, name) == 0;
}

/* Whether the block slides a kernel with weights along time. */
static gboolean
is_conv (const NnBlock *block)
{
  return nn_block_has_arg (block, "kernel_size");
}

/* --- D9 ------------------------------------------------------------------------------- */

static void
note_dense_at_each_step (NnCheck *self)
{
  for (guint i = 1; i < self->n_blocks; i++)
    {
      const NnPass *pass = &self->passes[i];

      if (is_kind (pass->block, "Dense") && is_conv (self->passes[i - 1].block) && pass->in.rank == 2
          && self->reports[i].keeps_time)
        nn_check_add_note (self, NN_SEVERITY_NOTE, "D9", (int) i, "Works on each step by itself",
                           "Dense turns the %" G_GINT64_FORMAT " channels of a step into %" G_GINT64_FORMAT
                           " %s, with the same weights at each of the %" G_GINT64_FORMAT " steps.",
                           pass->in.dim[1], self->reports[i].output.dim[1],
                           self->reports[i].output.dim[1] == 1 ? "number" : "numbers", pass->in.dim[0]);
    }
}

/* --- D11 ------------------------------------------------------------------------------ */

static void
note_time_across (NnCheck *self)
{
  gint64 steps = self->input.dim[0], channels = self->input.rank == 2 ? self->input.dim[1] : 0;

  if (steps > 1 && channels / ACROSS >= steps)
    nn_check_add_note (self, NN_SEVERITY_WARNING, "D11", -1, "Steps and channels look swapped",
                       "A window has %" G_GINT64_FORMAT " steps of %" G_GINT64_FORMAT " channels. If these are %" G_GINT64_FORMAT
                       " steps of %" G_GINT64_FORMAT " channels, time lies across in the file.",
                       steps, channels, channels, steps);
}

void
nn_bench_repair_time_across (NnBench *bench)
{
  NnDraft *draft = nn_bench_draft (bench);
  NnShape turned = nn_shape_2 (bench->check->input.dim[1], bench->check->input.dim[0]);

  nn_design_unref (draft->design);
  draft->design = nn_design_with_input (bench->check->design, &turned);
  g_string_append_printf (draft->changes, "%" G_GINT64_FORMAT " steps, %" G_GINT64_FORMAT " channels",
                          turned.dim[0], turned.dim[1]);
  nn_bench_offer (bench, draft, "Read the windows the other way round");
}

/* --- D12 ------------------------------------------------------------------------------ */

/* How far one output step sees is asked only of designs that give a label for each step. */
static void
note_short_view (NnCheck *self)
{
  const NnBlockReport *last = self->n_blocks > 0 ? &self->reports[self->n_blocks - 1] : NULL;

  if (last == NULL || !last->keeps_time || self->reading == NN_READING_NONE || nn_check_count_errors (self) > 0
      || last->receptive >= MIN (self->labels.event_steps, self->input.dim[0]))
    return;
  nn_check_add_note (self, NN_SEVERITY_WARNING, "D12", -1, "The network sees less than an event",
                     "Each label is told from %" G_GINT64_FORMAT " %s, but half of the labelled events last %" G_GINT64_FORMAT
                     " steps or longer.",
                     last->receptive, last->receptive == 1 ? "step" : "neighbouring steps", self->labels.event_steps);
}

/* The smallest power of two by which all convolutions are spread that does. */
static void
offer_dilation (NnBench *bench)
{
  guint before = bench->problem->n_repairs;

  for (gint64 spread = 2; spread <= MAX_DILATION && bench->problem->n_repairs == before; spread *= 2)
    {
      NnDraft *draft = nn_bench_draft (bench);

      for (guint i = 0; i < bench->check->n_blocks; i++)
        {
          const NnInferred *block = &bench->check->passes[i].inferred;

          if (block->kernel > 1 && block->stride == 1)
            nn_draft_set_whole (draft, i, "dilation_rate", block->dilation * spread);
        }
      nn_bench_offer (bench, draft, "Spread the kernels");
    }
}

static void
offer_memory (NnBench *bench)
{
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("LSTM"));
  NnDraft *draft = nn_bench_draft (bench);

  nn_draft_insert (draft, bench->check->n_blocks - 1, nn_block_with_whole (plain, "return_sequences", 1));
  nn_bench_offer (bench, draft, "Remember what came before");
}

/* A pool behind the first block, and the same steps back before the last. */
static void
offer_pool (NnBench *bench)
{
  guint before = bench->problem->n_repairs, last = bench->check->n_blocks - 1;

  for (gint64 n = 2; n <= MAX_POOL && bench->problem->n_repairs == before && last > 0; n *= 2)
    {
      g_autoptr (NnBlock) pool = nn_block_new (nn_kind_find ("MaxPooling1D"));
      g_autoptr (NnBlock) up = nn_block_new (nn_kind_find ("UpSampling1D"));
      NnDraft *draft = nn_bench_draft (bench);

      nn_draft_insert (draft, last, nn_block_with_whole (up, "size", n));
      nn_draft_insert (draft, 1, nn_block_with_whole (pool, "pool_size", n));
      nn_bench_offer (bench, draft, "See further in coarser steps");
    }
}

void
nn_bench_repair_short_view (NnBench *bench)
{
  offer_dilation (bench);
  offer_memory (bench);
  offer_pool (bench);
}

/* --- W1 ------------------------------------------------------------------------------- */

/* Keras trains such models too, as they give a loss to hold others against. */
static void
note_nothing_to_learn (NnCheck *self)
{
  if (self->n_blocks == 0 || nn_check_count_errors (self) > 0 || self->reading == NN_READING_NONE
      || self->n_params > nn_check_count_frozen (self))
    return;
  nn_check_add_note (self, NN_SEVERITY_WARNING, "W1", -1, "Nothing to learn",
                     "No block has weights that training could change: the loss will stay as it is.");
}

/* --- all ------------------------------------------------------------------------------ */

void
nn_check_apply_notes (NnCheck *self)
{
  note_time_across (self);
  note_short_view (self);
  note_dense_at_each_step (self);
  note_nothing_to_learn (self);
}
