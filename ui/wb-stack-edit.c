/* wb-stack-edit.c: what clicks and keys do to the design: append, remove, move
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-private.h"

void
wb_stack_append (WbStack *self, const NnKind *kind)
{
  g_autoptr(NnBlock) block = NULL;
  g_autoptr(NnDesign) design = NULL;
  g_autofree char *what = NULL;
  NnBlockId id;

  g_return_if_fail (WB_IS_STACK (self));
  g_return_if_fail (kind != NULL);

  if (self->check == NULL)
    return;
  block = nn_check_new_block (self->check, self->cards->len, kind);
  design = nn_design_with_block (nn_check_get_design (self->check), self->cards->len, block, &id, NULL);
  what = g_strdup_printf ("Add %s", kind->name);
  if (design != NULL)
    wb_stack_request (self, design, id, what);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* The chosen block's position; -1 when the input or the labels are chosen. */
static int
selected_position (WbStack *self)
{
  return self->check != NULL && self->selected != 0 && self->selected != G_MAXUINT
           ? nn_design_find_block (nn_check_get_design (self->check), self->selected)
           : -1;
}

static char *
words_for (WbStack *self, const char *verb, guint position)
{
  const NnBlock *block = nn_design_get_block (nn_check_get_design (self->check), position);

  return g_strdup_printf ("%s %s", verb, nn_block_get_kind (block)->name);
}

void
wb_stack_remove_selected (WbStack *self)
{
  int position = selected_position (self);
  g_autoptr(NnDesign) design = NULL;
  g_autofree char *what = NULL;

  if (position < 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  design = nn_design_without_block (nn_check_get_design (self->check), position);
  what = words_for (self, "Remove", position);
  wb_stack_request (self, design, 0, what);
}

void
wb_stack_shift_selected (WbStack *self, int by)
{
  int position = selected_position (self);
  int target = position + by;
  g_autoptr(NnDesign) design = NULL;
  g_autofree char *what = NULL;

  if (position < 0 || target < 0 || target >= (int) self->cards->len)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  design = nn_design_with_moved (nn_check_get_design (self->check), position, target > position ? target + 1 : target);
  what = words_for (self, "Move", position);
  wb_stack_request (self, design, self->selected, what);
}
