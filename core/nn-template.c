/* nn-template.c: builds the reference designs on any windows and classes
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-template.h"
#include "nn-shape.h"

#include <string.h>

#define FILTERS 32
#define KERNEL  8
#define POOL    4
#define UNITS   32

/* Of the convolution between channels. */
#define ACROSS_FILTERS 8
#define ACROSS_KERNEL  4

/* How an LSTM reads what a convolution between channels gives. */
typedef enum { NOT_ACROSS, SIDE_BY_SIDE, CHANNEL_BY_CHANNEL } Across;

/* All are one stack with parts left in or out. */
typedef struct
{
  NnTemplate about;
  gboolean   same;      /* padding of the convolution, else valid */
  gboolean   pools;
  gboolean   sequences; /* of the LSTM */
  gboolean   stretches;
  Across     across;    /* convolution between channels, not along time */
  gboolean   row;       /* one output for each step of the window, from a block that has lost time */
} Recipe;

static const Recipe recipes[] = {
  { { "R0", "Conv → pool → LSTM, one answer per window",
      "The first idea: it does not fit labels per step, and Lamina says where time is lost." },
    .pools = TRUE },
  { { "R1", "Conv → LSTM, a label per step",
      "The usual best: no step is lost, and the LSTM answers at each one." },
    .same = TRUE, .sequences = TRUE },
  { { "R2", "Conv → pool → LSTM, all steps at once",
      "One Dense output stands for each step of the window: try it beside R1." },
    .pools = TRUE, .row = TRUE },
  { { "R3", "Conv → pool → LSTM, a label per pooled step",
      "Answers at each pooled step: too few for labels per step, and Lamina says by how much." },
    .pools = TRUE, .sequences = TRUE },
  { { "R4", "Conv → pool → LSTM → upsampling, a label per step",
      "The LSTM walks fewer steps, and upsampling brings them back: faster than R1 on long windows." },
    .same = TRUE, .pools = TRUE, .sequences = TRUE, .stretches = TRUE },
  { { "R5", "Conv between channels → LSTM, a label per step",
      "Looks for patterns between neighbouring channels at each step, which a Conv1D cannot; the LSTM walks along time." },
    .across = SIDE_BY_SIDE, .sequences = TRUE },
  { { "R6", "Conv between channels → an LSTM along the channels of each step",
      "As R5, but the LSTM walks along the channels within each step: no step knows of another." },
    .across = CHANNEL_BY_CHANNEL },
};

const NnTemplate *
nn_template_nth (guint i)
{
  return i < G_N_ELEMENTS (recipes) ? &recipes[i].about : NULL;
}

const NnTemplate *
nn_template_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (recipes); i++)
    if (strcmp (recipes[i].about.id, id) == 0)
      return &recipes[i].about;
  return NULL;
}

/* A new block of that kind at the end, with one number and one word set (NULL: not). */
static void
append (NnDesign  **design,
        const char *kind,
        const char *number,
        gint64      value,
        const char *word,
        const char *choice)
{
  g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find (kind));
  g_autoptr (NnBlock) sized = number != NULL ? nn_block_with_whole (plain, number, value) : nn_block_ref (plain);
  g_autoptr (NnBlock) block = word != NULL ? nn_block_with_choice (sized, word, choice) : nn_block_ref (sized);
  NnDesign *longer = nn_design_with_block (*design, nn_design_get_n_blocks (*design), block, NULL, NULL);

  nn_design_unref (*design);
  *design = longer;
}

/* The last block, with one more number set. */
static void
amend (NnDesign  **design,
       const char *number,
       gint64      value)
{
  guint last = nn_design_get_n_blocks (*design) - 1;
  g_autoptr (NnBlock) block = nn_block_with_whole (nn_design_get_block (*design, last), number, value);
  NnDesign *changed = nn_design_with_replaced (*design, last, block);

  nn_design_unref (*design);
  *design = changed;
}

/* The last block, with one argument set. */
static void
amend_value (NnDesign     **design,
             const char    *name,
             const NnValue *value)
{
  guint last = nn_design_get_n_blocks (*design) - 1;
  const NnBlock *plain = nn_design_get_block (*design, last);
  g_autoptr (NnBlock) block = nn_block_with_arg (plain, nn_kind_find_arg (nn_block_get_kind (plain), name), value);
  NnDesign *changed = nn_design_with_replaced (*design, last, block);

  nn_design_unref (*design);
  *design = changed;
}

/* What pooling must divide by, so that upsampling comes back to `n_steps`. */
static gint64
choose_pool (gint64   n_steps,
             gboolean comes_back)
{
  static const gint64 pools[] = { POOL, 2, 3, 5, 7, 11, 13 };

  if (!comes_back)
    return MIN (POOL, n_steps);
  for (guint i = 0; i < G_N_ELEMENTS (pools); i++)
    if (n_steps % pools[i] == 0)
      return pools[i];
  return 1;
}

/* Convolution along time, and the LSTM that walks along what it gives. */
static void
append_along (NnDesign    **design,
              const Recipe *recipe,
              gint64        n_steps)
{
  gint64 kernel = MIN (KERNEL, n_steps);
  gint64 pool = choose_pool (recipe->same ? n_steps : n_steps - kernel + 1, recipe->stretches);

  append (design, "Conv1D", "filters", FILTERS, "padding", recipe->same ? "same" : "valid");
  amend (design, "kernel_size", kernel);
  if (recipe->pools)
    append (design, "MaxPooling1D", "pool_size", pool, NULL, NULL);
  append (design, "LSTM", "units", UNITS, NULL, NULL);
  amend (design, "return_sequences", recipe->sequences);
  if (recipe->stretches)
    append (design, "UpSampling1D", "size", pool, NULL, NULL);
}

/* Convolution between neighbouring channels of each step, and the LSTM. */
static void
append_across (NnDesign    **design,
               const Recipe *recipe,
               gint64        n_steps,
               gint64        n_channels)
{
  gint64 kernel = MIN (ACROSS_KERNEL, n_channels);
  NnValue deep = { 3, { n_steps, n_channels, 1 }, 0.0 }, along_channels = nn_value_pair (1, kernel);
  NnValue flat = nn_value_pair (n_steps, (n_channels - kernel + 1) * ACROSS_FILTERS);

  append (design, "Reshape", NULL, 0, NULL, NULL);
  amend_value (design, "target_shape", &deep);
  append (design, "Conv2D", "filters", ACROSS_FILTERS, "padding", "valid");
  amend_value (design, "kernel_size", &along_channels);
  if (recipe->across == SIDE_BY_SIDE)
    {
      append (design, "Reshape", NULL, 0, NULL, NULL);
      amend_value (design, "target_shape", &flat);
      append (design, "LSTM", "units", UNITS, NULL, NULL);
      amend (design, "return_sequences", recipe->sequences);
    }
  else
    {
      g_autoptr (NnBlock) plain = nn_block_new (nn_kind_find ("LSTM"));
      g_autoptr (NnBlock) lstm = nn_block_with_whole (plain, "units", UNITS);
      g_autoptr (NnBlock) outside = nn_block_new (nn_kind_find ("TimeDistributed"));
      g_autoptr (NnBlock) each = nn_block_with_inner (outside, lstm);
      NnDesign *longer = nn_design_with_block (*design, nn_design_get_n_blocks (*design), each, NULL, NULL);

      nn_design_unref (*design);
      *design = longer;
    }
}

static void
append_head (NnDesign    **design,
             const Recipe *recipe,
             gint64        n_steps,
             int           n_classes)
{
  if (!recipe->row && n_classes <= 2)
    append (design, "Dense", "units", 1, "activation", "sigmoid");
  else if (!recipe->row)
    append (design, "Dense", "units", n_classes, "activation", "softmax");
  else if (n_classes <= 2)
    append (design, "Dense", "units", n_steps, "activation", "sigmoid");
  else
    {
      NnValue target = nn_value_pair (n_steps, n_classes);

      append (design, "Dense", "units", n_steps * n_classes, "activation", "linear");
      append (design, "Reshape", NULL, 0, NULL, NULL);
      amend_value (design, "target_shape", &target);
      append (design, "Activation", NULL, 0, "activation", "softmax");
    }
}

NnDesign *
nn_template_build (const NnTemplate *self,
                   const NnShape    *input,
                   int               n_classes)
{
  const Recipe *recipe = (const Recipe *) self; /* `about` comes first */
  NnDesign *design;

  g_return_val_if_fail (self != NULL && input != NULL && input->rank == 2, NULL);
  g_return_val_if_fail (n_classes == 0 || n_classes >= 2, NULL);

  {
    g_autoptr (NnDesign) empty = nn_design_new (input);

    design = nn_design_with_name (empty, self->id);
  }

  if (recipe->across == NOT_ACROSS)
    append_along (&design, recipe, input->dim[0]);
  else
    append_across (&design, recipe, input->dim[0], input->dim[1]);
  append_head (&design, recipe, input->dim[0], n_classes);
  return design;
}
