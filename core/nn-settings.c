/* nn-settings.c: the training settings: one table of names, defaults, ranges and help
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-settings.h"

#include "nn-error.h"

#include <string.h>

static const char *const optimizer_choices[] = { "Adam", "AdamW", "SGD", "RMSprop", "Adagrad", NULL };
static const char *const schedule_choices[] = { "constant", "step", "exponential", "cosine", "plateau", "one_cycle", NULL };
static const char *const loss_choices[] = {
  "auto", "binary_crossentropy", "sparse_categorical_crossentropy", "categorical_crossentropy", "binary_focal_crossentropy",
  "categorical_focal_crossentropy", "mean_squared_error", "mean_absolute_error", "huber", NULL,
};

#define BIT(kind) (1u << (kind))
#define ADAMS     (BIT (NN_OPTIMIZER_ADAM) | BIT (NN_OPTIMIZER_ADAMW))
#define SGD       BIT (NN_OPTIMIZER_SGD)
#define RMSPROP   BIT (NN_OPTIMIZER_RMSPROP)
#define ADAGRAD   BIT (NN_OPTIMIZER_ADAGRAD)
#define STEP      BIT (NN_SCHEDULE_STEP)
#define EXPONENT  BIT (NN_SCHEDULE_EXPONENTIAL)
#define COSINE    BIT (NN_SCHEDULE_COSINE)
#define PLATEAU   BIT (NN_SCHEDULE_PLATEAU)
#define CYCLE     BIT (NN_SCHEDULE_ONE_CYCLE)
#define ENTROPY   (BIT (NN_LOSS_BINARY_CROSSENTROPY) | BIT (NN_LOSS_SPARSE_CATEGORICAL_CROSSENTROPY) \
                   | BIT (NN_LOSS_CATEGORICAL_CROSSENTROPY))
#define SMOOTHED  (BIT (NN_LOSS_AUTO) | BIT (NN_LOSS_BINARY_CROSSENTROPY) | BIT (NN_LOSS_CATEGORICAL_CROSSENTROPY) | FOCAL)
#define FOCAL     (BIT (NN_LOSS_BINARY_FOCAL_CROSSENTROPY) | BIT (NN_LOSS_CATEGORICAL_FOCAL_CROSSENTROPY))
#define BINARY_FOCAL BIT (NN_LOSS_BINARY_FOCAL_CROSSENTROPY)
#define HUBER     BIT (NN_LOSS_HUBER)

/* A seed above 2^53 could not be shown exactly by a spin button. */
#define MAX_EXACT 9007199254740992.0
#define MAX_STEPS 1000000000000.0

#define WHERE(member) offsetof (NnSettings, member), sizeof (((NnSettings *) NULL)->member)
#define INT_ROW(member, label, help, fallback, min, max, ...) \
  { { #member, label, help, NN_ARG_INT, { 1, { fallback }, 0 }, min, max, __VA_ARGS__ }, WHERE (member)
#define REAL_ROW(member, label, help, fallback, min, max, ...) \
  { { #member, label, help, NN_ARG_REAL, { 1, { 0 }, fallback }, min, max, __VA_ARGS__ }, WHERE (member)
#define BOOL_ROW(member, label, help, fallback, ...) \
  { { #member, label, help, NN_ARG_BOOL, { 1, { fallback }, 0 }, 0, 1, __VA_ARGS__ }, WHERE (member)
#define CHOICE_ROW(member, label, help, choices, ...) \
  { { #member, label, help, NN_ARG_CHOICE, { 1, { 0 }, 0 }, 0, 0, choices, __VA_ARGS__ }, WHERE (member)
#define MORE .advanced = TRUE

/* In the order in which a form shows them. */
static const NnSetting settings_table[] = {
  INT_ROW (epochs, "Epochs", "How often the whole training part is gone through.", 20, 1, 100000) },
  INT_ROW (batch_size, "Batch size", "Windows that are averaged for one step of learning.", 32, 1, 4096) },
  CHOICE_ROW (optimizer, "Optimizer", "Adam suits most designs; SGD is plain gradient descent.", optimizer_choices) },
  REAL_ROW (learning_rate, "Learning rate", "How far one step goes. Lower it when the loss jumps about.", 1e-3, 1e-7, 10) },
  REAL_ROW (momentum, "Momentum", "The share of the last step that is kept in the next.", 0, 0, 0.999),
    .optimizers = SGD | RMSPROP },
  BOOL_ROW (nesterov, "Nesterov", "Look ahead: take the gradient's step after that of the momentum.", 0),
    .optimizers = SGD },
  REAL_ROW (weight_decay, "Weight decay", "The share of each weight that a step takes off, times the learning rate.", 0, 0, 10) },
  CHOICE_ROW (schedule, "Schedule", "How the learning rate changes while training goes on.", schedule_choices) },
  INT_ROW (step_epochs, "Every", "Epochs after which the learning rate is multiplied by the factor.", 10, 1, 100000),
    .schedules = STEP },
  REAL_ROW (factor, "Factor", "What the learning rate is multiplied by.", 0.1, 1e-6, 0.999), .schedules = STEP | PLATEAU },
  INT_ROW (patience, "Patience", "Epochs without a better validation loss before the learning rate is lowered.", 10, 1, 100000),
    .schedules = PLATEAU },
  REAL_ROW (decay_rate, "Decay rate", "What the learning rate is multiplied by over the decay steps.", 0.96, 1e-6, 10),
    .schedules = EXPONENT },
  INT_ROW (decay_steps, "Decay steps", "Mini-batches that the decay takes; 0 takes the whole training.", 0, 0, MAX_STEPS),
    .schedules = EXPONENT | COSINE },
  BOOL_ROW (balance_classes, "Balance classes", "Let rare classes count as much as common ones.", 0) },
  REAL_ROW (validation_split, "Validation split", "The share of the recording that is held back to score what was learnt.", 0.2,
            0.05, 0.5) },
  INT_ROW (validation_blocks, "Validation blocks",
           "The end of each of so many blocks of time is held back; 1 holds back the end of the recording.", 5, 1, 1000) },
  CHOICE_ROW (loss, "Loss", "auto takes the loss that fits the labels and the last block.", loss_choices, MORE) },
  BOOL_ROW (from_logits, "From logits", "The last block gives logits, which the loss makes probabilities of.", 0, MORE),
    .losses = ENTROPY },
  REAL_ROW (label_smoothing, "Label smoothing", "How far labels are drawn from certainty, against overconfidence.", 0, 0, 0.99,
            MORE), .losses = SMOOTHED },
  REAL_ROW (focal_gamma, "Focal gamma", "How much less what is known already counts.", 2, 0, 100, MORE), .losses = FOCAL },
  REAL_ROW (focal_alpha, "Focal alpha", "What class 1 weighs; class 0 weighs the rest. For several classes a common factor.",
            0.25, 0, 1, MORE), .losses = FOCAL },
  BOOL_ROW (apply_class_balancing, "Focal balancing", "Weigh the two classes by focal alpha.", 0, MORE),
    .losses = BINARY_FOCAL },
  REAL_ROW (huber_delta, "Huber delta", "The error from which on the loss grows no faster than the error.", 1, 1e-6, 1e6, MORE),
    .losses = HUBER },
  REAL_ROW (clipnorm, "Clip norm", "Shorten the gradient of each weight tensor to at most this; 0 leaves it.", 0, 0, 1e6, MORE) },
  REAL_ROW (global_clipnorm, "Global clip norm", "Shorten the whole gradient to at most this; 0 leaves it.", 0, 0, 1e6, MORE) },
  REAL_ROW (clipvalue, "Clip value", "Cut each number of the gradient down to at most this; 0 leaves it.", 0, 0, 1e6, MORE) },
  REAL_ROW (beta_1, "Beta 1", "How slowly the mean gradient is forgotten.", 0.9, 0, 0.99999, MORE), .optimizers = ADAMS },
  REAL_ROW (beta_2, "Beta 2", "How slowly its spread is forgotten.", 0.999, 0, 0.9999999, MORE), .optimizers = ADAMS },
  REAL_ROW (rho, "Rho", "How slowly the gradient's spread is forgotten.", 0.9, 0, 0.9999999, MORE), .optimizers = RMSPROP },
  BOOL_ROW (centered, "Centered", "Measure the gradient's spread about its mean rather than about 0.", 0, MORE),
    .optimizers = RMSPROP },
  REAL_ROW (initial_accumulator_value, "Initial accumulator", "What the sum of squared gradients starts from.",
            0.1, 0, 1000, MORE),
    .optimizers = ADAGRAD },
  REAL_ROW (epsilon, "Epsilon", "Keeps steps small where gradients vanish.", 1e-7, 1e-12, 1, MORE),
    .optimizers = ADAMS | RMSPROP | ADAGRAD },
  BOOL_ROW (staircase, "Staircase", "Lower the learning rate only after whole decay steps.", 0, MORE), .schedules = EXPONENT },
  REAL_ROW (cosine_alpha, "Lowest share", "The share of the learning rate that is left at the end.", 0, 0, 1, MORE),
    .schedules = COSINE },
  INT_ROW (warmup_steps, "Warm-up steps", "Mini-batches in which the rate goes to the warm-up target.", 0, 0, MAX_STEPS, MORE),
    .schedules = COSINE },
  REAL_ROW (warmup_target, "Warm-up target", "The learning rate from which the cosine falls; 0 is without a warm-up.", 0, 0, 10,
            MORE), .schedules = COSINE },
  REAL_ROW (min_delta, "Least change", "How much lower a validation loss must be to count as better.", 1e-4, 0, 1e6, MORE),
    .schedules = PLATEAU },
  INT_ROW (cooldown, "Cooldown", "Epochs after a change that are not counted.", 0, 0, 100000, MORE), .schedules = PLATEAU },
  REAL_ROW (min_lr, "Lowest rate", "The learning rate goes no lower.", 0, 0, 10, MORE), .schedules = PLATEAU },
  REAL_ROW (pct_start, "Rising share", "The share of the training in which the learning rate rises.", 0.3, 0.01, 0.99, MORE),
    .schedules = CYCLE },
  BOOL_ROW (fit_labels, "Fit labels", "Where the network gives fewer steps than the window has, take the labels at those steps.",
            0, MORE) },
  BOOL_ROW (shuffle, "Shuffle", "Take the windows in a new order each epoch.", 1, MORE) },
  INT_ROW (seed, "Seed", "The same seed gives the same weights, order and dropout.", 1, 0, MAX_EXACT, MORE) },
  INT_ROW (threads, "Threads", "0 takes all processors. The result does not depend on it.", 0, 0, 64, MORE) },
};

/* --- one member ----------------------------------------------------------------------- */

const NnSetting *
nn_setting_nth (guint i)
{
  return i < G_N_ELEMENTS (settings_table) ? &settings_table[i] : NULL;
}

const NnSetting *
nn_setting_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    if (strcmp (settings_table[i].arg.name, name) == 0)
      return &settings_table[i];
  return NULL;
}

NnValue
nn_setting_get (const NnSetting  *self,
                const NnSettings *settings)
{
  g_return_val_if_fail (self != NULL && settings != NULL, (NnValue) { 0 });

  if (self->arg.type == NN_ARG_REAL)
    return nn_value_real (G_STRUCT_MEMBER (double, settings, self->offset));
  if (self->size == sizeof (gint64))
    return nn_value_whole (G_STRUCT_MEMBER (gint64, settings, self->offset));
  return nn_value_whole (G_STRUCT_MEMBER (int, settings, self->offset));
}

static void
write_member (const NnSetting *self,
              NnSettings      *settings,
              const NnValue   *value)
{
  if (self->arg.type == NN_ARG_REAL)
    G_STRUCT_MEMBER (double, settings, self->offset) = value->real;
  else if (self->size == sizeof (gint64))
    G_STRUCT_MEMBER (gint64, settings, self->offset) = value->whole[0];
  else
    G_STRUCT_MEMBER (int, settings, self->offset) = (int) value->whole[0];
}

void
nn_setting_set (const NnSetting *self,
                NnSettings      *settings,
                const NnValue   *value)
{
  g_return_if_fail (self != NULL && settings != NULL && value != NULL);

  if (self->offset == offsetof (NnSettings, optimizer))
    nn_settings_set_optimizer (settings, (NnOptimizerKind) value->whole[0]);
  else
    write_member (self, settings, value);
}

gboolean
nn_setting_counts (const NnSetting  *self,
                   const NnSettings *settings)
{
  g_return_val_if_fail (self != NULL && settings != NULL, FALSE);

  return (self->optimizers == 0 || (self->optimizers & BIT (settings->optimizer)) != 0)
         && (self->schedules == 0 || (self->schedules & BIT (settings->schedule)) != 0)
         && (self->losses == 0 || (self->losses & BIT (settings->loss)) != 0);
}

/* --- all of them ---------------------------------------------------------------------- */

NnSettings
nn_settings_default (void)
{
  NnSettings settings = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    write_member (&settings_table[i], &settings, &settings_table[i].arg.fallback);
  return settings;
}

gboolean
nn_settings_equal (const NnSettings *a,
                   const NnSettings *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    {
      NnValue of_a = nn_setting_get (&settings_table[i], a), of_b = nn_setting_get (&settings_table[i], b);

      if (!nn_value_equal (&of_a, &of_b))
        return FALSE;
    }
  return a->n_class_weights == b->n_class_weights && a->n_boundaries == b->n_boundaries
         && memcmp (a->class_weight, b->class_weight, a->n_class_weights * sizeof *a->class_weight) == 0
         && memcmp (a->boundaries, b->boundaries, a->n_boundaries * sizeof *a->boundaries) == 0
         && (a->n_boundaries == 0 || memcmp (a->values, b->values, (a->n_boundaries + 1) * sizeof *a->values) == 0);
}

static double
usual_rate (NnOptimizerKind optimizer)
{
  return optimizer == NN_OPTIMIZER_SGD ? 1e-2 : 1e-3;
}

static double
usual_decay (NnOptimizerKind optimizer)
{
  return optimizer == NN_OPTIMIZER_ADAMW ? 0.004 : 0.0;
}

void
nn_settings_set_optimizer (NnSettings     *self,
                           NnOptimizerKind optimizer)
{
  g_return_if_fail (self != NULL);

  if (self->learning_rate == usual_rate (self->optimizer))
    self->learning_rate = usual_rate (optimizer);
  if (self->weight_decay == usual_decay (self->optimizer))
    self->weight_decay = usual_decay (optimizer);
  self->optimizer = optimizer;
}

/* As Keras' optimizers, which take one of the three. */
static gboolean
check_clipping (const NnSettings *self,
                GError          **error)
{
  char each[G_ASCII_DTOSTR_BUF_SIZE], all[G_ASCII_DTOSTR_BUF_SIZE], value[G_ASCII_DTOSTR_BUF_SIZE];

  if ((self->clipnorm > 0.0) + (self->global_clipnorm > 0.0) + (self->clipvalue > 0.0) <= 1)
    return TRUE;
  g_set_error (error, NN_ERROR, NN_ERROR_RANGE,
               "Clip norm is %s, global clip norm %s and clip value %s; only one of them may be above 0.",
               g_ascii_formatd (each, sizeof each, "%.9g", self->clipnorm),
               g_ascii_formatd (all, sizeof all, "%.9g", self->global_clipnorm),
               g_ascii_formatd (value, sizeof value, "%.9g", self->clipvalue));
  return FALSE;
}

static gboolean
check_class_weights (const NnSettings *self,
                     GError          **error)
{
  char found[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->n_class_weights < 0 || self->n_class_weights > NN_MAX_CLASS_WEIGHTS)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "There are %d class weights; there may be 0 to %d.",
                   self->n_class_weights, NN_MAX_CLASS_WEIGHTS);
      return FALSE;
    }
  for (int i = 0; i < self->n_class_weights; i++)
    if (!(self->class_weight[i] >= 0.0 && self->class_weight[i] <= 1e6))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "The weight of class %d is %s; it may be 0 to 1000000.",
                     i, g_ascii_formatd (found, sizeof found, "%.9g", self->class_weight[i]));
        return FALSE;
      }
  if (self->balance_classes && self->n_class_weights > 0)
    g_set_error_literal (error, NN_ERROR, NN_ERROR_RANGE, "Classes are either balanced or given weights, not both.");
  return !self->balance_classes || self->n_class_weights == 0;
}

static gboolean
check_boundaries (const NnSettings *self,
                  GError          **error)
{
  char found[G_ASCII_DTOSTR_BUF_SIZE];

  if (self->n_boundaries < 0 || self->n_boundaries > NN_MAX_BOUNDARIES)
    {
      g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "There are %d boundaries; there may be 0 to %d.", self->n_boundaries,
                   NN_MAX_BOUNDARIES);
      return FALSE;
    }
  for (int i = 0; i < self->n_boundaries; i++)
    if (self->boundaries[i] < 0 || (i > 0 && self->boundaries[i] <= self->boundaries[i - 1]))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "Boundary %d of the learning rate is %" G_GINT64_FORMAT
                     "; boundaries are 0 or more and rise.", i + 1, self->boundaries[i]);
        return FALSE;
      }
  for (int i = 0; self->n_boundaries > 0 && i <= self->n_boundaries; i++)
    if (!(self->values[i] >= 0.0 && self->values[i] <= 10.0))
      {
        g_set_error (error, NN_ERROR, NN_ERROR_RANGE, "Value %d of the learning rate is %s; it may be 0 to 10.", i + 1,
                     g_ascii_formatd (found, sizeof found, "%.9g", self->values[i]));
        return FALSE;
      }
  return TRUE;
}

gboolean
nn_settings_check (const NnSettings *self,
                   GError          **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (settings_table); i++)
    {
      NnValue value = nn_setting_get (&settings_table[i], self);
      g_autofree char *message = NULL;

      if (nn_arg_check_value (&settings_table[i].arg, &value, &message))
        continue;
      g_set_error_literal (error, NN_ERROR, NN_ERROR_RANGE, message);
      return FALSE;
    }
  return check_clipping (self, error) && check_class_weights (self, error) && check_boundaries (self, error);
}
