/* test-card-face.c: what cards say about the input, blocks and labels of the reference designs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-card-face.h"

#include "t-ui.h"

#include <string.h>

static void
test_input (void)
{
  g_autoptr(NnCheck) check = t_check ("R1");
  g_autoptr(WbCardFace) face = wb_card_face_new_input (check);

  g_assert_cmpstr (face->title, ==, "Input");
  g_assert_cmpstr (face->detail, ==, "400 steps of 16 channels");
  g_assert_cmpstr (face->shape, ==, "400 × 16");
  g_assert_cmpstr (face->spoken, ==, "Input, 400 steps of 16 channels, output 400 × 16");
  g_assert_true (face->keeps_time);
}

static void
test_sound_block (void)
{
  g_autoptr(NnCheck) check = t_check ("R1");
  g_autoptr(WbCardFace) face = wb_card_face_new_block (check, 0);

  g_assert_cmpstr (face->title, ==, "Conv1D");
  g_assert_cmpstr (face->detail, ==, "32, kernel 8, same, relu");
  g_assert_cmpstr (face->shape, ==, "400 × 32");
  g_assert_cmpstr (face->cost, ==, "4,128 parameters");
  g_assert_cmpstr (face->remark, ==, "");
  g_assert_cmpint (face->tone, ==, WB_TONE_PLAIN);
  g_assert_cmpstr (face->spoken, ==, "Conv1D 32, kernel 8, same, relu, output 400 × 32, 4,128 parameters");
  g_assert_true (face->keeps_time);
}

/* R0: the LSTM is where time goes: an error in words, on that block and no other. */
static void
test_lost_time (void)
{
  g_autoptr(NnCheck) check = t_check ("R0");

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr(WbCardFace) face = wb_card_face_new_block (check, i);

      g_assert_cmpint (face->tone, ==, i == 2 ? WB_TONE_ERROR : WB_TONE_PLAIN);
      g_assert_true ((face->remark[0] != '\0') == (i == 2));
      g_assert_true ((face->more[0] != '\0') == (i == 2));
      g_assert_true (face->keeps_time == (i < 2));
    }
}

/* R2 loses time on purpose: no problem, but the card says so. */
static void
test_time_given_up (void)
{
  g_autoptr(NnCheck) check = t_check ("R2");
  g_autoptr(WbCardFace) lstm = wb_card_face_new_block (check, 2);
  g_autoptr(WbCardFace) dense = wb_card_face_new_block (check, 3);

  g_assert_cmpint (lstm->tone, ==, WB_TONE_NOTE);
  g_assert_cmpstr (lstm->remark, ==, "One answer per window from here on");
  g_assert_cmpint (dense->tone, ==, WB_TONE_PLAIN);
}

/* A kernel longer than the window: the block is broken, those below go on with an assumed shape. */
static void
test_broken_block (void)
{
  NnShape input = nn_shape_2 (4, 16);
  g_autoptr(NnDesign) empty = nn_design_new (&input);
  g_autoptr(NnBlock) same = nn_block_new (nn_kind_find ("Conv1D"));
  g_autoptr(NnBlock) valid = nn_block_with_choice (same, "padding", "valid");
  g_autoptr(NnDesign) design = nn_design_with_block (empty, 0, valid, NULL, NULL);
  g_autoptr(NnCheck) check = nn_check_new (design, NULL);
  g_autoptr(WbCardFace) conv = wb_card_face_new_block (check, 0);

  g_assert_cmpint (conv->tone, ==, WB_TONE_ERROR);
  g_assert_true (conv->assumed);
  g_assert_nonnull (strstr (conv->spoken, "assumed"));
}

static void
assert_labels (const char *id, const NnContract *labels, WbTone tone, const char *remark)
{
  g_autoptr(NnCheck) check = t_check (id);
  g_autoptr(WbCardFace) face = wb_card_face_new_labels (check, labels);

  g_assert_cmpint (face->tone, ==, tone);
  g_assert_cmpstr (face->remark, ==, remark);
}

static void
test_labels (void)
{
  assert_labels ("R0", &t_labels, WB_TONE_ERROR, "Not met: the design gives 1");
  assert_labels ("R1", &t_labels, WB_TONE_OK, "Met: one probability at each step");
  assert_labels ("R2", &t_labels, WB_TONE_OK, "Met: 400 outputs stand for 400 steps");
  assert_labels ("R3", &t_labels, WB_TONE_ERROR, "Not met: the design gives 98 × 1");
  assert_labels ("R4", &t_labels, WB_TONE_OK, "Met: one probability at each step");
  assert_labels ("R1", NULL, WB_TONE_NOTE, "Open or mark labels to train");
}

static void
test_fitted_labels (void)
{
  const NnContract fitted = { .n_steps = 400, .n_classes = 2, .fitted = TRUE };
  g_autoptr(NnCheck) plain = t_check ("R3");
  g_autoptr(NnCheck) check = nn_check_new (nn_check_get_design (plain), &fitted);
  g_autoptr(WbCardFace) face = wb_card_face_new_labels (check, &fitted);

  g_assert_cmpint (face->tone, ==, WB_TONE_OK);
  g_assert_cmpstr (face->remark, ==, "Met: one probability at 98 of 400 steps");
}

static void
test_more_classes (void)
{
  NnShape input = nn_shape_2 (400, 16);
  NnContract labels = { .n_steps = 400, .n_classes = 4 };
  g_autoptr(NnDesign) design = nn_template_build (nn_template_find ("R1"), &input, 4);
  g_autoptr(NnCheck) check = nn_check_new (design, &labels);
  g_autoptr(WbCardFace) face = wb_card_face_new_labels (check, &labels);

  g_assert_cmpstr (face->remark, ==, "Met: 4 probabilities at each step");
}

static void
test_empty_stack (void)
{
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr(NnDesign) design = nn_design_new (&input);
  g_autoptr(NnCheck) check = nn_check_new (design, &t_labels);
  g_autoptr(WbCardFace) face = wb_card_face_new_labels (check, &t_labels);

  g_assert_cmpint (face->tone, ==, WB_TONE_NOTE);
  g_assert_cmpstr (face->remark, ==, "Not met yet: the stack is empty");
}

static void
test_tones (void)
{
  g_assert_null (wb_tone_icon (WB_TONE_PLAIN));
  g_assert_null (wb_tone_class (WB_TONE_PLAIN));
  for (WbTone tone = WB_TONE_OK; tone <= WB_TONE_ERROR; tone++)
    {
      g_assert_nonnull (wb_tone_icon (tone));
      g_assert_nonnull (wb_tone_class (tone));
    }
  g_assert_cmpint (wb_tone_of_severity (NN_SEVERITY_NOTE), ==, WB_TONE_NOTE);
  g_assert_cmpint (wb_tone_of_severity (NN_SEVERITY_WARNING), ==, WB_TONE_WARNING);
  g_assert_cmpint (wb_tone_of_severity (NN_SEVERITY_ERROR), ==, WB_TONE_ERROR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card-face/input", test_input);
  g_test_add_func ("/card-face/sound-block", test_sound_block);
  g_test_add_func ("/card-face/lost-time", test_lost_time);
  g_test_add_func ("/card-face/time-given-up", test_time_given_up);
  g_test_add_func ("/card-face/broken-block", test_broken_block);
  g_test_add_func ("/card-face/labels", test_labels);
  g_test_add_func ("/card-face/fitted-labels", test_fitted_labels);
  g_test_add_func ("/card-face/more-classes", test_more_classes);
  g_test_add_func ("/card-face/empty-stack", test_empty_stack);
  g_test_add_func ("/card-face/tones", test_tones);
  return g_test_run ();
}
