/* test-stack.c: the stack shows a check and asks for edits by key, click and drop
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack.h"

#include "t-ui.h"
#include "wb-block-card.h"
#include "wb-stack-column.h"

#include <string.h>

typedef struct
{
  GtkWidget *stack;
  GtkWidget *window;
  NnCheck   *check;
  TEdit      edit;
} Fixture;

/* As the document does: the edit becomes the design. */
static void
follow_cb (GtkWidget *stack, NnDesign *design, const char *what, Fixture *f)
{
  nn_check_unref (f->check);
  f->check = nn_check_new (design, &t_labels);
  wb_stack_set_check (WB_STACK (stack), f->check, &t_labels);
}

static void
set_up (Fixture *f, gconstpointer template_id)
{
  f->stack = wb_stack_new ();
  f->check = t_check (template_id);
  wb_stack_set_check (WB_STACK (f->stack), f->check, &t_labels);
  t_edit_watch (&f->edit, f->stack);
  g_signal_connect (f->stack, "edit", G_CALLBACK (follow_cb), f);
  f->window = t_ui_show (f->stack, 340, 700);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  t_ui_close (f->window, f->stack);
  nn_check_unref (f->check);
  t_edit_clear (&f->edit);
}

static void
assert_order (const Fixture *f, const char *wanted)
{
  g_autoptr(GString) names = g_string_new (NULL);
  const NnDesign *design = nn_check_get_design (f->check);

  for (guint i = 0; i < nn_design_get_n_blocks (design); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", nn_block_get_kind (nn_design_get_block (design, i))->name);
  g_assert_cmpstr (names->str, ==, wanted);
}

static WbBlockCard *
card (const Fixture *f, NnBlockId id)
{
  GtkWidget *found;

  for (guint n = 0; (found = t_ui_find (f->stack, WB_TYPE_BLOCK_CARD, n)) != NULL; n++)
    if (wb_block_card_get_id (WB_BLOCK_CARD (found)) == id)
      return WB_BLOCK_CARD (found);
  return NULL;
}

/* Drops `value` at a height of a block's card: 0 its top, 1 its bottom. */
static gboolean
drop (Fixture *f, GValue *value, GtkWidget *target, double fraction)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (f->stack);
  gboolean taken = FALSE;
  double x, y;

  gtk_widget_translate_coordinates (target, f->stack, gtk_widget_get_width (target) / 2.0,
                                    gtk_widget_get_height (target) * fraction, &x, &y);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", value, x, y, &taken);
    }
  g_value_unset (value);
  t_ui_settle ();
  return taken;
}

static gboolean
drop_kind (Fixture *f, const char *kind, GtkWidget *target, double fraction)
{
  GValue value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_POINTER);
  g_value_set_pointer (&value, (gpointer) nn_kind_find (kind));
  return drop (f, &value, target, fraction);
}

/* --- showing -------------------------------------------------------------------------- */

static void
test_shows (Fixture *f, gconstpointer unused)
{
  g_assert_nonnull (t_ui_find_text (f->stack, "400 × 32"));
  g_assert_nonnull (t_ui_find_text (f->stack, "8,320 parameters"));
  g_assert_nonnull (t_ui_find_text (f->stack, "12,481 parameters"));
  g_assert_nonnull (t_ui_find_text (f->stack, "Labels: 400 × 1, 2 classes"));
  g_assert_nonnull (t_ui_find_text (f->stack, "Met: one probability at each step"));
  g_assert_null (t_ui_find_text (f->stack, "Drag a block here, or choose a template"));
}

static void
test_empty (void)
{
  GtkWidget *stack = wb_stack_new ();
  GtkWidget *window;
  NnShape input = nn_shape_2 (400, 16);
  g_autoptr(NnDesign) design = nn_design_new (&input);
  g_autoptr(NnCheck) check = nn_check_new (design, NULL);

  /* Before any check everything is there but nothing can be asked for. */
  t_ui_press (stack, "Delete");
  wb_stack_append (WB_STACK (stack), nn_kind_nth (0));
  wb_stack_set_check (WB_STACK (stack), check, NULL);
  window = t_ui_show (stack, 340, 500);
  g_assert_nonnull (t_ui_find_text (stack, "Drag a block here, or choose a template"));
  g_assert_nonnull (t_ui_find_text (stack, "Labels: none yet"));
  g_assert_nonnull (t_ui_find_text (stack, "No parameters"));
  t_ui_close (window, stack);
}

/* Cards stay the same widgets while their blocks stay, whatever happens around them. */
static void
test_keeps_cards (Fixture *f, gconstpointer unused)
{
  NnBlockId id = t_id (f->check, 2);
  WbBlockCard *before = card (f, id);

  wb_stack_set_selected (WB_STACK (f->stack), t_id (f->check, 0));
  t_ui_press (f->stack, "Delete");
  g_assert_true (card (f, id) == before);
}

/* --- choosing -------------------------------------------------------------------------- */

static void
count_cb (GObject *object, GParamSpec *property, guint *count)
{
  (*count)++;
}

static void
test_selected (Fixture *f, gconstpointer unused)
{
  WbStack *stack = WB_STACK (f->stack);
  guint count = 0, id;

  g_signal_connect (stack, "notify::selected", G_CALLBACK (count_cb), &count);
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, 0);
  wb_stack_set_selected (stack, t_id (f->check, 1));
  g_assert_cmpuint (count, ==, 1);
  wb_stack_set_selected (stack, t_id (f->check, 1));
  g_assert_cmpuint (count, ==, 1);
  g_object_set (stack, "selected", G_MAXUINT, NULL);
  g_object_get (stack, "selected", &id, NULL);
  g_assert_cmpuint (id, ==, G_MAXUINT);
  g_assert_cmpuint (count, ==, 2);
}

static void
test_steps (Fixture *f, gconstpointer unused)
{
  WbStack *stack = WB_STACK (f->stack);

  t_ui_press (f->stack, "Up");
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, 0);
  for (guint i = 0; i < 3; i++)
    {
      t_ui_press (f->stack, "Down");
      g_assert_cmpuint (wb_stack_get_selected (stack), ==, t_id (f->check, i));
      g_assert_true (gtk_root_get_focus (gtk_widget_get_root (f->stack)) == GTK_WIDGET (card (f, t_id (f->check, i))));
    }
  t_ui_press (f->stack, "Down");
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, G_MAXUINT);
  t_ui_press (f->stack, "Down");
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, G_MAXUINT);
  t_ui_press (f->stack, "Home");
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, 0);
  t_ui_press (f->stack, "End");
  g_assert_cmpuint (wb_stack_get_selected (stack), ==, G_MAXUINT);
}

/* --- edits by key ------------------------------------------------------------------------ */

static void
test_delete (Fixture *f, gconstpointer unused)
{
  t_ui_press (f->stack, "Delete");
  g_assert_cmpuint (f->edit.n, ==, 0);

  t_ui_press (f->stack, "Down");
  t_ui_press (f->stack, "Delete");
  g_assert_cmpuint (f->edit.n, ==, 1);
  g_assert_cmpstr (f->edit.what, ==, "Remove Conv1D");
  assert_order (f, "LSTM Dense");

  /* What took its place is chosen and has the focus; at the end the last block is. */
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, t_id (f->check, 0));
  t_ui_press (f->stack, "Down");
  t_ui_press (f->stack, "BackSpace");
  assert_order (f, "LSTM");
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, t_id (f->check, 0));
  g_assert_true (gtk_root_get_focus (gtk_widget_get_root (f->stack)) == GTK_WIDGET (card (f, t_id (f->check, 0))));
  t_ui_press (f->stack, "Delete");
  assert_order (f, "");
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, 0);
}

static void
test_move (Fixture *f, gconstpointer unused)
{
  NnBlockId conv = t_id (f->check, 0);

  wb_stack_set_selected (WB_STACK (f->stack), conv);
  t_ui_press (f->stack, "<Alt>Up");
  g_assert_cmpuint (f->edit.n, ==, 0);
  t_ui_press (f->stack, "<Alt>Down");
  g_assert_cmpstr (f->edit.what, ==, "Move Conv1D");
  assert_order (f, "LSTM Conv1D Dense");
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, conv);
  t_ui_press (f->stack, "<Alt>Down");
  assert_order (f, "LSTM Dense Conv1D");
  t_ui_press (f->stack, "<Alt>Down");
  g_assert_cmpuint (f->edit.n, ==, 2);
  t_ui_press (f->stack, "<Alt>Up");
  assert_order (f, "LSTM Conv1D Dense");
}

static void
test_append (Fixture *f, gconstpointer unused)
{
  wb_stack_append (WB_STACK (f->stack), nn_kind_find ("Dropout"));
  g_assert_cmpstr (f->edit.what, ==, "Add Dropout");
  assert_order (f, "Conv1D LSTM Dense Dropout");
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, t_id (f->check, 3));
}

static void
test_bin_button (Fixture *f, gconstpointer unused)
{
  GtkWidget *bin = t_ui_find (f->stack, GTK_TYPE_BUTTON, 0);

  g_assert_false (gtk_widget_get_sensitive (bin));
  wb_stack_set_selected (WB_STACK (f->stack), t_id (f->check, 1));
  g_assert_true (gtk_widget_get_sensitive (bin));
  g_signal_emit_by_name (bin, "clicked");
  assert_order (f, "Conv1D Dense");
}

/* --- drops -------------------------------------------------------------------------------- */

static void
test_drop_kind (Fixture *f, gconstpointer unused)
{
  g_assert_true (drop_kind (f, "Flatten", GTK_WIDGET (card (f, t_id (f->check, 1))), 0.2));
  g_assert_cmpstr (f->edit.what, ==, "Add Flatten");
  assert_order (f, "Conv1D Flatten LSTM Dense");
  g_assert_cmpuint (wb_stack_get_selected (WB_STACK (f->stack)), ==, t_id (f->check, 1));

  g_assert_true (drop_kind (f, "Dropout", GTK_WIDGET (card (f, t_id (f->check, 3))), 0.8));
  assert_order (f, "Conv1D Flatten LSTM Dense Dropout");
}

static void
test_drop_at_ends (Fixture *f, gconstpointer unused)
{
  g_assert_true (drop_kind (f, "Dropout", GTK_WIDGET (card (f, 0)), 0.5));
  assert_order (f, "Dropout Conv1D LSTM Dense");
  g_assert_true (drop_kind (f, "Flatten", GTK_WIDGET (card (f, G_MAXUINT)), 0.5));
  assert_order (f, "Dropout Conv1D LSTM Dense Flatten");
}

static void
test_drop_on_empty (Fixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 3; i++)
    {
      wb_stack_set_selected (WB_STACK (f->stack), t_id (f->check, 0));
      t_ui_press (f->stack, "Delete");
    }
  assert_order (f, "");
  g_assert_true (drop_kind (f, "LSTM", t_ui_find_text (f->stack, "Drag a block here, or choose a template"), 0.9));
  assert_order (f, "LSTM");
}

/* The bin takes no new blocks, and ids that this stack did not send out mean nothing. */
static void
test_refused_drops (Fixture *f, gconstpointer unused)
{
  GValue stranger = G_VALUE_INIT;

  g_assert_false (drop_kind (f, "LSTM", t_ui_find (f->stack, GTK_TYPE_BUTTON, 0), 0.5));
  g_value_init (&stranger, G_TYPE_UINT);
  g_value_set_uint (&stranger, t_id (f->check, 1));
  g_assert_false (drop (f, &stranger, GTK_WIDGET (card (f, 0)), 0.5));
  g_assert_cmpuint (f->edit.n, ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct { const char *path; void (*test) (Fixture *f, gconstpointer unused); } tests[] = {
    { "/stack/shows", test_shows },
    { "/stack/keeps-cards", test_keeps_cards },
    { "/stack/selected", test_selected },
    { "/stack/steps", test_steps },
    { "/stack/delete", test_delete },
    { "/stack/move", test_move },
    { "/stack/append", test_append },
    { "/stack/bin-button", test_bin_button },
    { "/stack/drop/kind", test_drop_kind },
    { "/stack/drop/at-ends", test_drop_at_ends },
    { "/stack/drop/on-empty", test_drop_on_empty },
    { "/stack/drop/refused", test_refused_drops },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stack/empty", test_empty);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, "R1", set_up, tests[i].test, tear_down);
  return t_ui_run ();
}
