/* test-block-card.c: faces, previews that keep the height, and the choice
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-block-card.h"

#include "t-ui.h"

typedef struct
{
  GtkWidget *card;
  GtkWidget *window;
  NnCheck   *sound;  /* R1 */
  NnCheck   *broken; /* R0: its LSTM has an error */
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->card = wb_block_card_new (7);
  f->sound = t_check ("R1");
  f->broken = t_check ("R0");
  gtk_widget_set_valign (f->card, GTK_ALIGN_START);
  f->window = t_ui_show (f->card, 316, 200);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->card);
  nn_check_unref (f->sound);
  nn_check_unref (f->broken);
}

static int
height (Fixture *f)
{
  int natural;

  gtk_widget_measure (f->card, GTK_ORIENTATION_VERTICAL, 316, NULL, &natural, NULL, NULL);
  return natural;
}

static void
test_face (Fixture *f, gconstpointer unused)
{
  g_autoptr(WbCardFace) face = wb_card_face_new_block (f->broken, 2);
  g_autoptr(WbCardFace) sound = wb_card_face_new_block (f->sound, 1);

  g_assert_cmpuint (wb_block_card_get_id (WB_BLOCK_CARD (f->card)), ==, 7);
  wb_block_card_set_face (WB_BLOCK_CARD (f->card), face);
  g_assert_nonnull (t_ui_find_text (f->card, "LSTM"));
  g_assert_nonnull (t_ui_find_text (f->card, face->remark));
  g_assert_true (gtk_widget_has_css_class (f->card, "broken"));
  g_assert_false (wb_block_card_get_keeps_time (WB_BLOCK_CARD (f->card)));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (f->card), ==, face->more);

  wb_block_card_set_face (WB_BLOCK_CARD (f->card), sound);
  g_assert_false (gtk_widget_has_css_class (f->card, "broken"));
  g_assert_true (wb_block_card_get_keeps_time (WB_BLOCK_CARD (f->card)));
  g_assert_null (gtk_widget_get_tooltip_text (f->card));
}

/* From sound to broken and back: a preview says it all in the height that was there. */
static void
test_preview (Fixture *f, gconstpointer unused)
{
  g_autoptr(WbCardFace) broken = wb_card_face_new_block (f->broken, 2);
  g_autoptr(WbCardFace) sound = wb_card_face_new_block (f->sound, 1);
  int before;

  wb_block_card_set_face (WB_BLOCK_CARD (f->card), sound);
  before = height (f);
  wb_block_card_set_preview (WB_BLOCK_CARD (f->card), broken);
  g_assert_cmpint (height (f), ==, before);
  g_assert_true (gtk_widget_has_css_class (f->card, "preview"));
  g_assert_nonnull (t_ui_find_text (f->card, broken->remark));
  wb_block_card_set_preview (WB_BLOCK_CARD (f->card), sound);
  g_assert_false (gtk_widget_has_css_class (f->card, "preview"));
  g_assert_nonnull (t_ui_find_text (f->card, sound->detail));

  wb_block_card_set_face (WB_BLOCK_CARD (f->card), broken);
  before = height (f);
  wb_block_card_set_preview (WB_BLOCK_CARD (f->card), sound);
  g_assert_cmpint (height (f), ==, before);
}

/* A remark has the whole width of the card. */
static void
test_room (void)
{
  g_autoptr(NnCheck) check = t_check ("R2");
  g_autoptr(WbCardFace) face = wb_card_face_new_block (check, 2);
  GtkWidget *card = wb_block_card_new (7);
  GtkWidget *window, *remark;

  wb_block_card_set_face (WB_BLOCK_CARD (card), face);
  window = t_ui_show (card, 316, 200);
  remark = t_ui_find_text (card, face->remark);
  g_assert_nonnull (remark);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (remark))));
  t_ui_close (window, card);
}

static void
test_selected (Fixture *f, gconstpointer unused)
{
  g_assert_false (gtk_widget_get_focusable (f->card));
  wb_block_card_set_selected (WB_BLOCK_CARD (f->card), TRUE);
  g_assert_true (gtk_widget_get_focusable (f->card));
  g_assert_true (gtk_widget_get_state_flags (f->card) & GTK_STATE_FLAG_SELECTED);
  wb_block_card_set_selected (WB_BLOCK_CARD (f->card), FALSE);
  g_assert_false (gtk_widget_get_focusable (f->card));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/block-card/face", Fixture, NULL, set_up, test_face, tear_down);
  g_test_add ("/block-card/preview", Fixture, NULL, set_up, test_preview, tear_down);
  g_test_add_func ("/block-card/room", test_room);
  g_test_add ("/block-card/selected", Fixture, NULL, set_up, test_selected, tear_down);
  return t_ui_run ();
}
