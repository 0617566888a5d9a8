/* nn-diverged.c: a training that ended in numbers that are not finite, as a problem with repairs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-diverged.h"

#include "nn-check-draft.h"

#define SLOWER   10.0 /* how many times */
#define CLIPNORM 1.0
#define BUDGET   1200 /* blocks that may be walked for the repair */

/* The value cut to what the setting allows; nothing is offered where that is what it has. */
static void
offer_setting (NnProblem        *problem,
               const NnSettings *settings,
               const char       *name,
               double            real,
               const char       *lead)
{
  const NnSetting *setting = nn_setting_find (name);
  const NnValue now = nn_setting_get (setting, settings), then = nn_value_real (CLAMP (real, setting->arg.min, setting->arg.max));
  g_autofree char *label = g_ascii_strdown (setting->arg.label, -1);
  g_autofree char *now_text = nn_arg_value_to_text (&setting->arg, &now);
  g_autofree char *then_text = nn_arg_value_to_text (&setting->arg, &then);

  if (nn_value_equal (&now, &then))
    return;
  nn_problem_offer_setting (problem, g_strdup_printf ("%s: %s %s instead of %s", lead, label, then_text, now_text), setting,
                            &then);
}

/* The rate that matters most: behind a warm-up that to which it leads. Rates in a list are not one setting. */
static void
offer_slower (NnProblem        *problem,
              const NnSettings *settings)
{
  gboolean warms_up = settings->schedule == NN_SCHEDULE_COSINE && settings->warmup_target > settings->learning_rate;

  if (settings->schedule == NN_SCHEDULE_STEP && settings->n_boundaries > 0)
    return;
  if (warms_up)
    offer_setting (problem, settings, "warmup_target", settings->warmup_target / SLOWER, "Take shorter steps");
  else
    offer_setting (problem, settings, "learning_rate", settings->learning_rate / SLOWER, "Take shorter steps");
}

static gboolean
is_clipped (const NnSettings *settings)
{
  return settings->clipnorm > 0.0 || settings->global_clipnorm > 0.0 || settings->clipvalue > 0.0;
}

static gboolean
is_normalisation (const NnCheck *check,
                  int            position)
{
  return position >= 0 && g_str_equal (nn_block_get_kind (check->passes[position].block)->name, "BatchNormalization");
}

/* A normalisation behind another would change nothing. */
static void
offer_normalisation (NnProblem     *problem,
                     const NnCheck *check,
                     int            position)
{
  gint64 budget = BUDGET;
  g_autoptr (NnDraft) draft = nn_draft_new (check, &budget);
  g_autoptr (NnCheck) before = nn_check_new_bare (check->design, &check->labels);
  g_autoptr (NnCheck) after = NULL;

  if (is_normalisation (check, position) || is_normalisation (check, position - 1))
    return;
  nn_draft_insert (draft, (guint) position, nn_block_new (nn_kind_find ("BatchNormalization")));
  after = nn_check_new_bare (draft->design, &check->labels);
  if (nn_design_equal (draft->design, check->design) || after->problems->len > before->problems->len)
    return;
  nn_problem_offer_design (problem, g_strdup_printf ("Normalise what comes in: %s", draft->changes->str), draft->design);
}

NnProblem
nn_diverged_diagnose (const NnCheck       *check,
                      const NnSettings    *settings,
                      const NnTrainResult *result)
{
  NnBlockId block = 0;
  NnProblem problem;

  g_return_val_if_fail (check != NULL && settings != NULL && result != NULL, (NnProblem) { 0 });
  g_return_val_if_fail (result->end == NN_TRAIN_DIVERGED, (NnProblem) { 0 });

  if (result->bad_place >= 0)
    block = nn_block_get_id (nn_design_get_block (check->design, (guint) result->bad_place));
  problem = nn_problem_make ("D15", NN_SEVERITY_ERROR, block, g_strdup ("Training ran out of bounds"), g_strdup (result->reason));
  if (result->bad_place < 0)
    return problem;
  if (!result->early)
    {
      offer_slower (&problem, settings);
      if (!is_clipped (settings))
        offer_setting (&problem, settings, "global_clipnorm", CLIPNORM, "Shorten the gradient where it is long");
    }
  offer_normalisation (&problem, check, result->bad_place);
  return problem;
}
