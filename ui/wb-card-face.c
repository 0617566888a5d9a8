/* wb-card-face.c: what a card of the stack says about the input, a block or the labels; no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-card-face.h"

#include "wb-text.h"

void
wb_card_face_free (WbCardFace *self)
{
  g_free (self->icon);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->shape);
  g_free (self->cost);
  g_free (self->remark);
  g_free (self->more);
  g_free (self->spoken);
  g_free (self);
}

const char *
wb_tone_icon (WbTone tone)
{
  static const char *const icons[] = {
    NULL, "lamina-ok-symbolic", "lamina-note-symbolic", "lamina-warning-symbolic", "lamina-error-symbolic",
  };

  return icons[tone];
}

const char *
wb_tone_class (WbTone tone)
{
  static const char *const classes[] = { NULL, "tone-ok", "tone-note", "tone-warning", "tone-error" };

  return classes[tone];
}

WbTone
wb_tone_of_severity (NnSeverity severity)
{
  return severity == NN_SEVERITY_ERROR ? WB_TONE_ERROR
       : severity == NN_SEVERITY_WARNING ? WB_TONE_WARNING
                                         : WB_TONE_NOTE;
}

static void
set_remark (WbCardFace *self, WbTone tone, const char *remark, const char *more)
{
  g_free (self->remark);
  g_free (self->more);
  self->tone = tone;
  self->remark = g_strdup (remark);
  self->more = g_strdup (more);
}

WbCardFace *
wb_card_face_new_input (const NnCheck *check)
{
  const NnShape *shape = nn_design_get_input (nn_check_get_design (check));
  WbCardFace *self = g_new0 (WbCardFace, 1);

  self->icon = g_strdup ("lamina-input-symbolic");
  self->title = g_strdup ("Input");
  if (shape->rank == 2)
    {
      g_autofree char *steps = wb_text_count (shape->dim[0]);
      self->detail = g_strdup_printf ("%s %s of %" G_GINT64_FORMAT " %s", steps, shape->dim[0] == 1 ? "step" : "steps",
                                      shape->dim[1], shape->dim[1] == 1 ? "channel" : "channels");
    }
  else
    {
      self->detail = g_strdup ("one window of the recording");
    }
  self->shape = nn_shape_to_text (shape);
  self->cost = g_strdup ("");
  set_remark (self, WB_TONE_PLAIN, "", "");
  self->keeps_time = TRUE;
  self->spoken = g_strdup_printf ("Input, %s, output %s", self->detail, self->shape);
  return self;
}

static gboolean
time_arrives (const NnCheck *check, guint position)
{
  return position == 0 || nn_check_get_block (check, position - 1)->keeps_time;
}

static void
set_block_remark (WbCardFace *self, const NnCheck *check, guint position, NnBlockId id)
{
  const NnBlockReport *report = nn_check_get_block (check, position);
  const NnProblem *problem = wb_text_gravest (check, id, NN_SEVERITY_WARNING);

  if (problem != NULL)
    set_remark (self, wb_tone_of_severity (problem->severity), problem->title, problem->text);
  else if (!report->broken && !report->keeps_time && time_arrives (check, position))
    set_remark (self, WB_TONE_NOTE, "One answer per window from here on",
                "What leaves this block has no time axis any more: the blocks below see the window as a whole.");
  else
    set_remark (self, WB_TONE_PLAIN, "", "");
}

WbCardFace *
wb_card_face_new_block (const NnCheck *check, guint position)
{
  const NnBlock *block = nn_design_get_block (nn_check_get_design (check), position);
  const NnBlockReport *report = nn_check_get_block (check, position);
  const NnKind *kind = nn_block_get_kind (block);
  g_autofree char *text = nn_design_block_to_text (nn_check_get_design (check), position);
  WbCardFace *self = g_new0 (WbCardFace, 1);

  self->icon = wb_text_kind_icon (kind);
  self->title = g_strdup (kind->name);
  self->detail = wb_text_block_args (nn_check_get_design (check), position);
  self->shape = nn_shape_to_text (&report->output);
  self->cost = wb_text_params (report->n_params);
  self->assumed = report->assumed;
  self->keeps_time = report->keeps_time;
  set_block_remark (self, check, position, nn_block_get_id (block));
  self->spoken = g_strdup_printf ("%s, %soutput %s, %s%s%s", text, report->assumed ? "assumed " : "", self->shape,
                                  self->cost, self->remark[0] != '\0' ? ". " : "", self->remark);
  return self;
}

/* "each step", or "98 of 400 steps" where the labels are taken at those that come out. */
static char *
words_of_steps (const NnCheck *check)
{
  g_autofree char *some = wb_text_count (nn_check_get_places (check).n);
  g_autofree char *all = wb_text_count (nn_design_get_input (nn_check_get_design (check))->dim[0]);

  return nn_check_get_places (check).n == 0 ? g_strdup ("each step") : g_strdup_printf ("%s of %s steps", some, all);
}

static char *
words_of_reading (const NnCheck *check)
{
  const NnShape *output = nn_check_get_output (check);
  NnReading reading = nn_check_get_reading (check);
  g_autofree char *n = wb_text_count (output->dim[0]);
  g_autofree char *steps = words_of_steps (check);

  if (reading == NN_READING_BINARY && output->rank == 1)
    return output->dim[0] == 1 ? g_strdup ("Met: one probability per window")
                               : g_strdup_printf ("Met: %s outputs stand for %s steps", n, n);
  if (reading == NN_READING_BINARY)
    return g_strdup_printf ("Met: one probability at %s", steps);
  if (output->rank == 1)
    return g_strdup_printf ("Met: %" G_GINT64_FORMAT " probabilities per window", output->dim[0]);
  return g_strdup_printf ("Met: %" G_GINT64_FORMAT " probabilities at %s", output->dim[output->rank - 1], steps);
}

static guint
count_errors (const NnCheck *check)
{
  guint n = 0;

  for (guint i = 0; i < nn_check_get_n_problems (check); i++)
    n += nn_check_get_problem (check, i)->severity == NN_SEVERITY_ERROR;
  return n;
}

static void
set_labels_remark (WbCardFace *self, const NnCheck *check, const NnContract *labels)
{
  const NnShape *output = nn_check_get_output (check);
  NnReading reading = nn_check_get_reading (check);
  g_autofree char *shape = nn_shape_to_text (output);
  g_autofree char *words = NULL;

  if (labels == NULL || labels->n_classes == 0)
    {
      set_remark (self, WB_TONE_NOTE, "Open or mark labels to train",
                  "Training needs labels: a label column, a label file or a channel of the recording.");
    }
  else if (nn_design_get_n_blocks (nn_check_get_design (check)) == 0)
    {
      set_remark (self, WB_TONE_NOTE, "Not met yet: the stack is empty", "Add blocks that turn the input into labels.");
    }
  else if (reading == NN_READING_NONE)
    {
      words = g_strdup_printf ("Not met: the design gives %s", shape);
      set_remark (self, WB_TONE_ERROR, words, "The list of problems says what can be done.");
    }
  else if (!nn_check_is_trainable (check))
    {
      guint n = count_errors (check);
      words = g_strdup_printf (n == 1 ? "Not met yet: %u error in the design" : "Not met yet: %u errors in the design", n);
      set_remark (self, WB_TONE_ERROR, words, "The list of problems says what can be done.");
    }
  else
    {
      words = words_of_reading (check);
      set_remark (self, WB_TONE_OK, words, "The design's output can be compared with the labels.");
    }
}

WbCardFace *
wb_card_face_new_labels (const NnCheck *check, const NnContract *labels)
{
  g_autofree char *contract = wb_text_contract (labels);
  WbCardFace *self = g_new0 (WbCardFace, 1);

  self->icon = g_strdup ("lamina-labels-symbolic");
  self->title = g_strdup (contract);
  self->detail = g_strdup ("");
  self->shape = g_strdup ("");
  self->cost = g_strdup ("");
  self->keeps_time = TRUE;
  set_labels_remark (self, check, labels);
  self->spoken = g_strdup_printf ("%s. %s", contract, self->remark);
  return self;
}
