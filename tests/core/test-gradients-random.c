/* test-gradients-random.c: output and gradients of stacks drawn at random, against double precision
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "random-design.h"
#include "support/t-design.h"
#include "support/t-gradient.h"
#include "support/t-oracle.h"

#include "nn-model-private.h"

#include <math.h>
#include <string.h>

/* One stack again: LAMINA_SEED=17 build/tests/core/test-gradients-random. */
#define N_STACKS   1000
#define MOST_STACK 8     /* blocks, before those that read the last one out */
#define MOST_SIZE  400   /* numbers of one block's output for one window */
#define MOST_COST  25000 /* multiply-adds of one block for one window, and ten times its weights */
#define LARGEST    100.0 /* number that a block may give */
#define MOST_TRIES 4     /* weights of one tensor */
#define N_NUDGES   4
#define STEP       1e-5
#define MAX_TABLES 4

/* The share of weights that may lie at a kink of the loss, where there is no slope to compare; and of those that rounding moves
 * more than others. */
#define MOST_KINKS 0.005
#define MOST_LOOSE 0.01

/* One weight, its gradient as differences of the loss say, and whether there is one at all. */
typedef struct
{
  gint64   at;
  double   slope;
  gboolean kink;
} Try;

typedef struct
{
  guint64        seed;
  NnModel       *model;
  TWindows      *windows;
  const NnDesign *design;
  double        *params;
  float         *gradients[MAX_TABLES + 1]; /* as each table of kernels gives them */
  double         largest;                   /* of all the gradients */
  guint          n_tries, n_kinks, n_loose, n_wrong;
} Stack;

/* --- drawing ------------------------------------------------------------------------------- */

/* What is random while training rests, as the oracle knows nothing of it; nothing starts so far out, and no variance is so small,
 * that rounding is blown up; and some have more units than fill one panel of weights. */
static NnValue
suit_value (const NnArg *arg, const NnValue *value)
{
  static const char *const rests[] = { "rate", "stddev", "dropout", "recurrent_dropout", NULL };

  if (g_strv_contains (rests, arg->name))
    return nn_value_real (0.0);
  if (strcmp (arg->name, "epsilon") == 0)
    return nn_value_real (fmax (value->real, 0.001));
  if (g_str_has_suffix (arg->name, "_initializer"))
    return arg->fallback;
  if ((strcmp (arg->name, "units") == 0 || strcmp (arg->name, "filters") == 0) && value->whole[0] > 6)
    return nn_value_whole (value->whole[0] + NN_K_PANEL - 6);
  return *value;
}

static NnBlock *
suit (const NnBlock *block)
{
  const NnKind *kind = nn_block_get_kind (block);
  NnBlock *suited = nn_block_ref (block);

  for (guint i = 0; i < kind->n_args; i++)
    {
      NnValue value = suit_value (&kind->args[i], nn_block_get_arg (block, i));
      g_autoptr (NnBlock) before = suited;

      suited = nn_block_with_arg (before, i, &value);
    }
  if (nn_block_get_inner (block) != NULL)
    {
      g_autoptr (NnBlock) inner = suit (nn_block_get_inner (block));
      g_autoptr (NnBlock) before = suited;

      suited = nn_block_with_inner (before, inner);
    }
  return suited;
}

/* Whether the last block fits, and is quick to try. */
static gboolean
is_fine (const NnDesign *design)
{
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  const NnBlockReport *last = nn_check_get_block (check, nn_design_get_n_blocks (design) - 1);

  return nn_check_is_runnable (check) && nn_shape_size (&last->output) <= MOST_SIZE && last->n_macs <= MOST_COST
         && last->n_params * 10 <= MOST_COST;
}

static NnDesign *
append (NnDesign *design, const NnBlock *block)
{
  return nn_design_with_block (design, nn_design_get_n_blocks (design), block, NULL, NULL);
}

static NnDesign *
draw_stack (GRand *rand)
{
  NnShape input = nn_shape_2 (g_rand_int_range (rand, 2, 14), g_rand_int_range (rand, 1, 20));
  guint n = g_rand_int_range (rand, 1, MOST_STACK + 1);
  NnDesign *design = nn_design_new (&input);

  while (nn_design_get_n_blocks (design) < n)
    {
      g_autoptr (NnBlock) drawn = random_block (rand, design);
      g_autoptr (NnBlock) block = suit (drawn);
      g_autoptr (NnDesign) longer = append (design, block);

      if (is_fine (longer))
        {
          nn_design_unref (design);
          design = g_steal_pointer (&longer);
        }
    }
  return design;
}

/* Adds what gives the labels' shape: a Dense for each step where time is kept, else one for all of them. */
static NnDesign *
read_out (GRand *rand, NnDesign *design, int *n_classes)
{
  g_autoptr (NnCheck) check = nn_check_new (design, NULL);
  const NnBlockReport *last = nn_check_get_block (check, nn_design_get_n_blocks (design) - 1);
  gint64 steps = nn_design_get_input (design)->dim[0];
  gboolean per_step = last->keeps_time && last->output.rank == 2 && last->output.dim[0] == steps;

  *n_classes = per_step && g_rand_boolean (rand) ? 3 : 2;
  if (!per_step && last->output.rank > 1)
    design = append_kind (design, "Flatten");
  design = append_kind (design, "Dense");
  design = change_whole (design, nn_design_get_n_blocks (design) - 1, "units", !per_step ? steps : *n_classes == 3 ? 3 : 1);
  return change_choice (design, nn_design_get_n_blocks (design) - 1, "activation", *n_classes == 3 ? "softmax" : "sigmoid");
}

static double
get_loss (const Stack *stack)
{
  return t_oracle_loss (stack->design, stack->params, stack->windows->x, stack->windows->y, stack->windows->source.n_windows);
}

static void
clear_stack (Stack *stack)
{
  g_clear_pointer (&stack->model, nn_model_free);
  g_clear_pointer (&stack->windows, t_windows_free);
  g_clear_pointer (&stack->params, g_free);
  for (guint i = 0; i < MAX_TABLES; i++)
    g_clear_pointer (&stack->gradients[i], g_free);
}

/* Chains of exponentials soon leave what a float can hold, and their slopes sooner. */
static gboolean
is_tame (const Stack *stack)
{
  for (int training = 0; training < 2; training++)
    if (!(t_oracle_largest (stack->design, stack->params, stack->windows->x, stack->windows->source.n_windows, training)
          < LARGEST))
      return FALSE;
  return get_loss (stack) < 5.0;
}

/* Draws until there is a stack that floats can work out. */
static void
fill_stack (Stack *stack, guint64 seed)
{
  static const int few[] = { 1, 2, 3, 9 };
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) seed);

  *stack = (Stack) { .seed = seed };
  do
    {
      g_autoptr (NnDesign) design = NULL;
      int n_classes;

      clear_stack (stack);
      design = read_out (rand, draw_stack (rand), &n_classes);
      stack->model = t_model_of (design, n_classes, seed);
      stack->design = nn_check_get_design (nn_model_get_check (stack->model));
      stack->params = t_params_new (stack->model);
      stack->windows = t_windows_new (few[g_rand_int_range (rand, 0, G_N_ELEMENTS (few))], nn_design_get_input (design)->dim[0],
                                      nn_design_get_input (design)->dim[1], n_classes, 5, seed);
      stack->windows->y[0] = 0; /* one at least is labelled */
    }
  while (!is_tame (stack));
}

/* --- comparing ------------------------------------------------------------------------------- */

static double
find_difference (Stack *stack, gint64 at, double step)
{
  double middle = stack->params[at], up, down;

  stack->params[at] = middle + step;
  up = get_loss (stack);
  stack->params[at] = middle - step;
  down = get_loss (stack);
  stack->params[at] = middle;
  return (up - down) / (2.0 * step);
}

/* Where a kink or a jump lies within reach, the slope depends on how far one looks. */
static Try
try_weight (Stack *stack, gint64 at)
{
  Try try = { at, find_difference (stack, at, STEP), FALSE };
  double finer = find_difference (stack, at, STEP / 4.0);

  try.kink = fabs (try.slope - finer) > 1e-6 * fmax (fabs (try.slope), stack->largest);
  return try;
}

/* The largest number of the gradient, and where it is. */
static double
find_largest (const Stack *stack, gint64 from, gint64 n, gint64 *at)
{
  const float *gradient = stack->gradients[0];

  *at = from;
  for (gint64 i = from; i < from + n; i++)
    if (fabsf (gradient[i]) > fabsf (gradient[*at]))
      *at = i;
  return fabs ((double) gradient[*at]);
}

/* How far the slope moves when every weight is rounded a little otherwise: what a float cannot know. */
static double
find_unrest (Stack *stack, GRand *rand, const Try *try)
{
  gint64 n = nn_model_get_n_params (stack->model);
  g_autofree double *params = stack->params;
  double unrest = 0.0;

  for (int i = 0; i < N_NUDGES; i++)
    {
      g_autofree double *nudged = g_new (double, n);

      for (gint64 j = 0; j < n; j++)
        nudged[j] = params[j] * (1.0 + g_rand_double_range (rand, -1e-7, 1e-7));
      stack->params = nudged;
      unrest = fmax (unrest, fabs (find_difference (stack, try->at, STEP) - try->slope));
    }
  stack->params = g_steal_pointer (&params);
  return unrest;
}

/* Rounding may leave 1e-5 of the tensor's largest gradient, and a little of the largest anywhere, which may have cancelled here.
 * For a few it leaves more: all of it cancels in front of a normalisation, or a small difference is made large there. */
static void
check_weight (Stack *stack, GRand *rand, const Try *try, double largest, const char *name)
{
  double worst = 0.0, limit = 1e-5 * largest + 1e-6 * stack->largest;

  for (guint i = 0; stack->gradients[i] != NULL; i++)
    {
      double off = fabs (try->slope - (double) stack->gradients[i][try->at]);

      worst = off <= worst ? worst : off; /* not-a-number stays */
    }
  if (worst <= limit)
    return;
  stack->n_loose++;
  limit = 2e-5 * stack->largest + 30.0 * find_unrest (stack, rand, try);
  if (worst <= limit)
    return;
  stack->n_wrong++;
  g_test_message ("seed %" G_GUINT64_FORMAT ": %s, weight %" G_GINT64_FORMAT " of all: %.9g instead of %.9g (limit %.2g)",
                  stack->seed, name, try->at, (double) stack->gradients[0][try->at], try->slope, limit);
}

/* A tensor's largest gradient and some more. */
static void
check_tensor (Stack *stack, GRand *rand, guint which)
{
  const char *name;
  NnBlockId block;
  NnShape shape;
  gint64 offset, n, at;
  double largest;

  nn_model_get_tensor (stack->model, which, &block, &name, &shape, &offset);
  if (stack->model->plan->tensors[which].tensor.frozen)
    return;
  n = nn_shape_size (&shape);
  largest = find_largest (stack, offset, n, &at);
  for (int i = 0; i < MIN (n, MOST_TRIES); i++)
    {
      Try try = try_weight (stack, i == 0 ? at : offset + g_rand_int_range (rand, 0, (gint32) n));
      g_autofree char *whole_name = g_strdup_printf ("block %u %s", block, name);

      stack->n_tries++;
      stack->n_kinks += try.kink;
      if (!try.kink)
        check_weight (stack, rand, &try, largest, whole_name);
    }
}

static void
check_table (Stack *stack, guint which, NnPool *pool)
{
  double mean, error, loss = get_loss (stack);

  stack->model->k = nn_k_nth (which);
  error = t_output_error (stack->model, stack->params, stack->windows, pool);
  stack->gradients[which] = t_gradient_new (stack->model, stack->windows, pool, &mean);
  if (error <= 1e-5 && fabs (mean - loss) <= 1e-5)
    return;
  stack->n_wrong++;
  g_test_message ("seed %" G_GUINT64_FORMAT ": %s: output wrong by %.2g of its largest; loss %.9g, not %.9g", stack->seed,
                  nn_k_nth (which)->name, error, mean, loss);
}

static void
count_kind (const NnBlock *block, guint *counts)
{
  for (guint i = 0; nn_kind_nth (i) != NULL; i++)
    counts[i] += nn_kind_nth (i) == nn_block_get_kind (block);
  if (nn_block_get_inner (block) != NULL)
    count_kind (nn_block_get_inner (block), counts);
}

static void
check_stack (Stack *stack, NnPool *pool)
{
  g_autofree char *text = t_design_to_text (stack->design);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) stack->seed);
  const NnShape *input = nn_design_get_input (stack->design);
  gint64 at;

  g_test_message ("seed %" G_GUINT64_FORMAT ": %" G_GINT64_FORMAT " windows of %" G_GINT64_FORMAT " × %" G_GINT64_FORMAT ": %s",
                  stack->seed, stack->windows->source.n_windows, input->dim[0], input->dim[1], text);
  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    check_table (stack, i, pool);
  stack->largest = find_largest (stack, 0, nn_model_get_n_params (stack->model), &at);
  for (guint i = 0; i < nn_model_get_n_tensors (stack->model); i++)
    check_tensor (stack, rand, i);
}

static guint64
count_stacks (void)
{
  const char *slow = g_getenv ("LAMINA_SLOW");

  return slow != NULL ? N_STACKS / MAX (g_ascii_strtoull (slow, NULL, 10), 1) : N_STACKS;
}

static void
test_stacks (void)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  const char *one = g_getenv ("LAMINA_SEED");
  guint64 first = one != NULL ? g_ascii_strtoull (one, NULL, 10) : 1, n = one != NULL ? 1 : count_stacks ();
  g_autofree guint *counts = g_new0 (guint, nn_kind_count ());
  guint n_wrong = 0, n_tries = 0, n_kinks = 0, n_loose = 0;

  for (guint64 seed = first; seed < first + n; seed++)
    {
      Stack stack;

      fill_stack (&stack, seed);
      check_stack (&stack, pool);
      for (guint i = 0; i < nn_design_get_n_blocks (stack.design); i++)
        count_kind (nn_design_get_block (stack.design, i), counts);
      n_wrong += stack.n_wrong > 0;
      n_tries += stack.n_tries;
      n_kinks += stack.n_kinks;
      n_loose += stack.n_loose;
      clear_stack (&stack);
    }
  g_test_message ("%" G_GUINT64_FORMAT " stacks, %u wrong; %u weights tried, %u of them at a kink, %u much moved by rounding",
                  n, n_wrong, n_tries, n_kinks, n_loose);
  g_assert_cmpuint (n_wrong, ==, 0);
  if (n < N_STACKS)
    return;
  g_assert_cmpfloat (n_kinks, <=, MOST_KINKS * n_tries);
  g_assert_cmpfloat (n_loose, <=, MOST_LOOSE * n_tries);
  for (guint i = 0; i < nn_kind_count (); i++)
    if (counts[i] == 0)
      g_error ("no stack has a %s", nn_kind_nth (i)->name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradients-random/stacks", test_stacks);
  return g_test_run ();
}
