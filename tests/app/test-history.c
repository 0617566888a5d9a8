/* test-history.c: undo as a table of commands: after each line, the design, what can be undone and what redone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-history.h"

#include "nn-shape.h"

/* A design that is told by its window length. */
static NnDesign *
design_of (int steps)
{
  NnShape input = nn_shape_2 (steps, 16);

  return nn_design_new (&input);
}

typedef struct
{
  const char *command; /* "push WHAT[/KEY]", "replace", "seal", "undo", "redo", "save" */
  int         steps;   /* of the design that is pushed */
  int         now;     /* the design afterwards */
  const char *undo, *redo;
  gboolean    modified;
} Line;

static const Line lines[] = {
  { "undo",                0,  10, NULL,      NULL,      FALSE },
  { "redo",                0,  10, NULL,      NULL,      FALSE },
  { "push Add",            20, 20, "Add",     NULL,      TRUE },
  { "push Move",           30, 30, "Move",    NULL,      TRUE },
  { "undo",                0,  20, "Add",     "Move",    TRUE },
  { "undo",                0,  10, NULL,      "Add",     FALSE },
  { "undo",                0,  10, NULL,      "Add",     FALSE },
  { "redo",                0,  20, "Add",     "Move",    TRUE },
  { "push Remove",         40, 40, "Remove",  NULL,      TRUE }, /* forgets "Move" */
  { "redo",                0,  40, "Remove",  NULL,      TRUE },
  { "save",                0,  40, "Remove",  NULL,      FALSE },
  { "push Filters/1",      41, 41, "Filters", NULL,      TRUE },
  { "push Filters/1",      42, 42, "Filters", NULL,      TRUE }, /* joined */
  { "push Filters/1",      43, 43, "Filters", NULL,      TRUE },
  { "undo",                0,  40, "Remove",  "Filters", FALSE }, /* at once */
  { "redo",                0,  43, "Filters", NULL,      TRUE },
  { "push Filters/1",      44, 44, "Filters", NULL,      TRUE }, /* not joined with what was redone */
  { "undo",                0,  43, "Filters", "Filters", TRUE },
  { "push Filters/2",      45, 45, "Filters", NULL,      TRUE },
  { "push Filters/1",      46, 46, "Filters", NULL,      TRUE }, /* another key */
  { "undo",                0,  45, "Filters", "Filters", TRUE },
  { "undo",                0,  43, "Filters", "Filters", TRUE },
  { "push Units/3",        50, 50, "Units",   NULL,      TRUE },
  { "seal",                0,  50, "Units",   NULL,      TRUE },
  { "push Units/3",        51, 51, "Units",   NULL,      TRUE }, /* not joined: sealed */
  { "undo",                0,  50, "Units",   "Units",   TRUE },
  { "replace",             60, 60, "Units",   "Units",   TRUE }, /* no step of its own */
  { "undo",                0,  43, "Filters", "Units",   TRUE },
  { "redo",                0,  60, "Units",   "Units",   TRUE },
  { "replace",             40, 40, "Units",   "Units",   FALSE },
};

static void
apply (AppHistory *history, const Line *line)
{
  g_auto (GStrv) words = g_strsplit_set (line->command, " /", 3);
  g_autoptr (NnDesign) design = line->steps > 0 ? design_of (line->steps) : NULL;

  if (g_str_equal (words[0], "push"))
    app_history_push (history, design, words[1], words[2]);
  else if (g_str_equal (words[0], "replace"))
    app_history_replace (history, design);
  else if (g_str_equal (words[0], "seal"))
    app_history_seal (history);
  else if (g_str_equal (words[0], "undo"))
    app_history_undo (history);
  else if (g_str_equal (words[0], "redo"))
    app_history_redo (history);
  else if (g_str_equal (words[0], "save"))
    app_history_mark_saved (history);
  else
    g_assert_not_reached ();
}

static int
now (AppHistory *history)
{
  return nn_design_get_input (app_history_get_design (history))->dim[0];
}

static void
test_table (void)
{
  g_autoptr (NnDesign) first = design_of (10);
  g_autoptr (AppHistory) history = app_history_new (first);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("line %u: %s", i, lines[i].command);
      apply (history, &lines[i]);
      g_assert_cmpint (now (history), ==, lines[i].now);
      g_assert_cmpstr (app_history_get_undo (history), ==, lines[i].undo);
      g_assert_cmpstr (app_history_get_redo (history), ==, lines[i].redo);
      g_assert_cmpint (app_history_is_modified (history), ==, lines[i].modified);
    }
}

static void
test_ring (void)
{
  g_autoptr (NnDesign) first = design_of (1);
  g_autoptr (AppHistory) history = app_history_new (first);
  int n_undone = 0;

  g_test_summary ("The oldest edits are forgotten, the newest can all be undone and redone.");

  for (int i = 0; i < APP_HISTORY_MAX + 50; i++)
    {
      g_autoptr (NnDesign) design = design_of (2 + i);

      app_history_push (history, design, "Edit", NULL);
    }

  while (app_history_undo (history))
    n_undone++;
  g_assert_cmpint (n_undone, ==, APP_HISTORY_MAX);
  g_assert_cmpint (now (history), ==, 51);

  while (app_history_redo (history))
    n_undone--;
  g_assert_cmpint (n_undone, ==, 0);
  g_assert_cmpint (now (history), ==, APP_HISTORY_MAX + 51);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/table", test_table);
  g_test_add_func ("/history/ring", test_ring);

  return g_test_run ();
}
