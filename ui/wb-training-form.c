/* wb-training-form.c: the training settings
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-training-form.h"

#include "wb-arg-row.h"

static const char *const optimizer_choices[] = { "Adam", "SGD", NULL };
static const char *const loss_choices[] = { "auto", "binary_crossentropy", "sparse_categorical_crossentropy", NULL };

typedef enum { MEMBER_INT, MEMBER_UINT64, MEMBER_DOUBLE } MemberType;

/* One member of NnSettings, described as the arguments of blocks are, so that the same rows serve. */
typedef struct
{
  NnArg      arg;
  MemberType type;
  gsize      offset;
  int        optimizer; /* the only optimizer that uses it; -1: both do */
} Field;

#define WHOLE(a) { 1, { (a) }, 0 }
#define AT(member) offsetof (NnSettings, member)

/* Ranges are those of nn-settings.h. A seed above 2^53 could not be shown exactly by a spin button. */
static const Field fields[] = {
  { { "epochs", "Epochs", "How often the whole training part is gone through.",
      NN_ARG_INT, WHOLE (20), 1, 100000 }, MEMBER_INT, AT (epochs), -1 },
  { { "batch_size", "Batch size", "Windows that are averaged for one step of learning.",
      NN_ARG_INT, WHOLE (32), 1, 4096 }, MEMBER_INT, AT (batch_size), -1 },
  { { "optimizer", "Optimizer", "Adam suits most designs; SGD is plain gradient descent with momentum.",
      NN_ARG_CHOICE, WHOLE (0), 0, 0, optimizer_choices }, MEMBER_INT, AT (optimizer), -1 },
  { { "learning_rate", "Learning rate", "How far one step goes. Lower it when the loss jumps about.",
      NN_ARG_REAL, { 1, { 0 }, 1e-3 }, 1e-7, 10 }, MEMBER_DOUBLE, AT (learning_rate), -1 },
  { { "momentum", "Momentum", "The share of the last step that is kept in the next.",
      NN_ARG_REAL, { 1, { 0 }, 0.9 }, 0, 0.999 }, MEMBER_DOUBLE, AT (momentum), NN_OPTIMIZER_SGD },
  { { "loss", "Loss", "auto takes the loss that fits the labels and the last block.",
      NN_ARG_CHOICE, WHOLE (0), 0, 0, loss_choices }, MEMBER_INT, AT (loss), -1 },
  { { "shuffle", "Shuffle", "Take the windows in a new order each epoch.",
      NN_ARG_BOOL, WHOLE (1), 0, 1 }, MEMBER_INT, AT (shuffle), -1 },
  { { "seed", "Seed", "The same seed gives the same weights, order and dropout.",
      NN_ARG_INT, WHOLE (1), 0, 9007199254740992.0 }, MEMBER_UINT64, AT (seed), -1 },
  { { "threads", "Threads", "0 takes all processors. The result does not depend on it.",
      NN_ARG_INT, WHOLE (0), 0, 64 }, MEMBER_INT, AT (threads), -1 },
  { { "beta_1", "Beta 1", "Adam: how slowly the mean gradient is forgotten.",
      NN_ARG_REAL, { 1, { 0 }, 0.9 }, 0, 0.99999 }, MEMBER_DOUBLE, AT (beta_1), NN_OPTIMIZER_ADAM },
  { { "beta_2", "Beta 2", "Adam: how slowly its spread is forgotten.",
      NN_ARG_REAL, { 1, { 0 }, 0.999 }, 0, 0.9999999 }, MEMBER_DOUBLE, AT (beta_2), NN_OPTIMIZER_ADAM },
  { { "epsilon", "Epsilon", "Adam: keeps steps small where gradients vanish.",
      NN_ARG_REAL, { 1, { 0 }, 1e-7 }, 1e-12, 1 }, MEMBER_DOUBLE, AT (epsilon), NN_OPTIMIZER_ADAM },
};

struct _WbTrainingForm
{
  GtkWidget  parent_instance;

  NnSettings settings;
  GtkWidget *content;
  GtkWidget *rows[G_N_ELEMENTS (fields)];
};

G_DEFINE_FINAL_TYPE (WbTrainingForm, wb_training_form, GTK_TYPE_WIDGET)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

const NnSettings *
wb_training_form_get_settings (WbTrainingForm *self)
{
  g_return_val_if_fail (WB_IS_TRAINING_FORM (self), NULL);

  return &self->settings;
}

static NnValue
read_member (const NnSettings *settings, const Field *field)
{
  switch (field->type)
    {
    case MEMBER_DOUBLE:
      return nn_value_real (G_STRUCT_MEMBER (double, settings, field->offset));
    case MEMBER_UINT64:
      return nn_value_whole (G_STRUCT_MEMBER (guint64, settings, field->offset));
    case MEMBER_INT:
    default:
      return nn_value_whole (G_STRUCT_MEMBER (int, settings, field->offset));
    }
}

static void
write_member (NnSettings *settings, const Field *field, const NnValue *value)
{
  switch (field->type)
    {
    case MEMBER_DOUBLE:
      G_STRUCT_MEMBER (double, settings, field->offset) = value->real;
      break;
    case MEMBER_UINT64:
      G_STRUCT_MEMBER (guint64, settings, field->offset) = value->whole[0];
      break;
    case MEMBER_INT:
    default:
      G_STRUCT_MEMBER (int, settings, field->offset) = value->whole[0];
      break;
    }
}

static void
show_settings (WbTrainingForm *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      NnValue value = read_member (&self->settings, &fields[i]);

      wb_arg_row_set_value (WB_ARG_ROW (self->rows[i]), &value);
      gtk_widget_set_visible (self->rows[i],
                              fields[i].optimizer < 0 || fields[i].optimizer == (int) self->settings.optimizer);
    }
}

void
wb_training_form_set_settings (WbTrainingForm *self, const NnSettings *settings)
{
  g_return_if_fail (WB_IS_TRAINING_FORM (self));
  g_return_if_fail (settings != NULL);

  self->settings = *settings;
  show_settings (self);
}

static double
usual_rate (NnOptimizerKind optimizer)
{
  return optimizer == NN_OPTIMIZER_SGD ? 1e-2 : 1e-3;
}

static void
row_changed_cb (WbArgRow *row, gpointer user_data)
{
  WbTrainingForm *self = WB_TRAINING_FORM (user_data);
  NnOptimizerKind before = self->settings.optimizer;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (self->rows[i] == GTK_WIDGET (row))
      write_member (&self->settings, &fields[i], wb_arg_row_get_value (row));

  /* A rate that was never touched follows the optimizer's usual one. */
  if (self->settings.optimizer != before && self->settings.learning_rate == usual_rate (before))
    self->settings.learning_rate = usual_rate (self->settings.optimizer);
  show_settings (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
wb_training_form_dispose (GObject *object)
{
  WbTrainingForm *self = WB_TRAINING_FORM (object);

  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_training_form_parent_class)->dispose (object);
}

static void
wb_training_form_class_init (WbTrainingFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_training_form_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "trainingform");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
wb_training_form_init (WbTrainingForm *self)
{
  self->settings = nn_settings_default ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      self->rows[i] = wb_arg_row_new (&fields[i].arg);
      g_signal_connect_object (self->rows[i], "changed", G_CALLBACK (row_changed_cb), self, 0);
      gtk_box_append (GTK_BOX (self->content), self->rows[i]);
    }
  gtk_widget_set_parent (self->content, GTK_WIDGET (self));
  show_settings (self);
}

GtkWidget *
wb_training_form_new (void)
{
  return g_object_new (WB_TYPE_TRAINING_FORM, NULL);
}
