/* wb-stack-layout.c: where the rows of a stack lie, which gap a pointer means, and how fast its edges scroll; no GTK
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-stack-layout.h"

#include <stdlib.h>

#define FASTEST 900.0

int
wb_stack_layout_place (WbStackRow *rows, guint n_rows)
{
  int y = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      rows[i].top = y;
      y += rows[i].height + WB_STACK_SPACING;
    }
  return y;
}

guint
wb_stack_layout_gap_at (const WbStackRow *rows, guint n_rows, double y)
{
  for (guint i = 1; i < n_rows; i++)
    if (y < rows[i].top + rows[i].height / 2.0)
      return i - 1;
  return n_rows > 0 ? n_rows - 1 : 0;
}

int
wb_stack_layout_gap_y (const WbStackRow *rows, guint n_rows, guint gap)
{
  g_return_val_if_fail (gap < n_rows, 0);

  return rows[gap].top + rows[gap].height + WB_STACK_SPACING / 2;
}

gboolean
wb_stack_layout_is_move (guint from, guint gap)
{
  return gap != from && gap != from + 1;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const WbStackLink *one = a, *other = b;
  guint length = one->to - one->from, other_length = other->to - other->from;

  if (length != other_length)
    return length < other_length ? -1 : 1;
  return (one->from > other->from) - (one->from < other->from);
}

static gboolean
is_taken (const WbStackLink *links, guint n_links, const WbStackLink *by, guint lane)
{
  for (guint i = 0; i < n_links; i++)
    if (links[i].lane == lane && links[i].from < by->to && by->from < links[i].to)
      return TRUE;
  return FALSE;
}

guint
wb_stack_layout_link (WbStackLink *links, guint n_links)
{
  guint n_lanes = 0;

  if (n_links > 1)
    qsort (links, n_links, sizeof *links, compare_lengths);
  for (guint i = 0; i < n_links; i++)
    {
      guint lane = 0;

      while (lane + 1 < WB_STACK_LANES && is_taken (links, i, &links[i], lane))
        lane++;
      links[i].lane = lane;
      n_lanes = MAX (n_lanes, lane + 1);
    }
  return n_lanes;
}

double
wb_stack_layout_scroll_speed (double y, double page)
{
  double edge = MIN (WB_STACK_EDGE, page / 3);

  if (edge <= 0)
    return 0;
  if (y < edge)
    return -FASTEST * MIN ((edge - y) / edge, 1);
  if (y > page - edge)
    return FASTEST * MIN ((y - page + edge) / edge, 1);
  return 0;
}
