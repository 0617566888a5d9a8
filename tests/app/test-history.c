/* test-history.c: undo as a table of commands: after each line, the design, what can be undone and what redone
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-history.h"

#include "nn-shape.h"
#include "sig-label-edit.h"

static NnSettings usual;

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
    app_history_push (history, design, app_history_get_labels (history), words[1], words[2]);
  else if (g_str_equal (words[0], "replace"))
    app_history_replace (history, design);
  else if (g_str_equal (words[0], "seal"))
    app_history_seal (history);
  else if (g_str_equal (words[0], "undo"))
    app_history_undo (history);
  else if (g_str_equal (words[0], "redo"))
    app_history_redo (history);
  else if (g_str_equal (words[0], "save"))
    app_history_mark_design_saved (history);
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
  g_autoptr (SigLabelSet) labels = sig_label_set_new ();
  g_autoptr (AppHistory) history = app_history_new (first, labels, &usual);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("line %u: %s", i, lines[i].command);
      apply (history, &lines[i]);
      g_assert_cmpint (now (history), ==, lines[i].now);
      g_assert_cmpstr (app_history_get_undo (history), ==, lines[i].undo);
      g_assert_cmpstr (app_history_get_redo (history), ==, lines[i].redo);
      g_assert_cmpint (app_history_is_design_modified (history), ==, lines[i].modified);
    }
}

static void
test_ring (void)
{
  g_autoptr (NnDesign) first = design_of (1);
  g_autoptr (SigLabelSet) labels = sig_label_set_new ();
  g_autoptr (AppHistory) history = app_history_new (first, labels, &usual);
  int n_undone = 0;

  g_test_summary ("The oldest edits are forgotten, the newest can all be undone and redone.");

  for (int i = 0; i < APP_HISTORY_MAX + 50; i++)
    {
      g_autoptr (NnDesign) design = design_of (2 + i);

      app_history_push (history, design, labels, "Edit", NULL);
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

/* A version of the labels, made from another one in one of the ways an edit may take. */
static SigLabelSet *
edit_labels (const SigLabelSet *set, GRand *rand)
{
  guint n = sig_label_set_get_n (set), track = n > 0 ? g_rand_int_range (rand, 0, n) : 0;
  static const char *const names[] = { "a", "b", "c" };
  g_autoptr (SigLabels) labels = NULL;
  int start = g_rand_int_range (rand, 0, 90);

  switch (n == 0 ? 0 : g_rand_int_range (rand, 0, 12))
    {
    case 0:
      labels = sig_labels_new (100, NULL, 0, names, 3);
      return n < 5 ? sig_label_set_with_added (set, "Track", labels) : sig_label_set_ref (set);
    case 1:
      return sig_label_set_without (set, track);
    case 2:
      return sig_label_set_with_active (set, track);
    case 3:
      return sig_label_set_ref (set);
    default:
      labels = sig_label_edit_set (sig_label_set_get_labels (set, track), start, start + g_rand_int_range (rand, 1, 10),
                                   g_rand_int_range (rand, SIG_DONT_KNOW, 3));
      return sig_label_set_with_labels (set, track, labels);
    }
}

/* What is kept is what differs; what comes back is all. */
static void
test_labels (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);
  g_autoptr (NnDesign) design = design_of (10);
  g_autoptr (GPtrArray) versions = g_ptr_array_new_with_free_func ((GDestroyNotify) sig_label_set_unref);
  g_autoptr (AppHistory) history = NULL;
  guint at = 0;

  g_ptr_array_add (versions, sig_label_set_new ());
  history = app_history_new (design, versions->pdata[0], &usual);
  for (int i = 0; i < 3000; i++)
    {
      if (g_rand_int_range (rand, 0, 3) > 0)
        {
          g_autoptr (SigLabelSet) next = edit_labels (app_history_get_labels (history), rand);
          const char *key = g_rand_int_range (rand, 0, 4) == 0 ? "joined" : NULL;
          const char *was = app_history_get_undo (history);
          gboolean joins = key != NULL && g_strcmp0 (was, "joined") == 0 && at + 1 == versions->len;

          /* A key is forgotten on the way through undo and redo. */
          if (joins)
            app_history_seal (history);
          app_history_push (history, design, next, key != NULL ? key : "Edit", key);
          g_ptr_array_set_size (versions, ++at);
          g_ptr_array_add (versions, g_steal_pointer (&next));
        }
      else if (g_rand_boolean (rand))
        at -= app_history_undo (history);
      else
        at += app_history_redo (history);
      g_assert_true (sig_label_set_equal (app_history_get_labels (history), versions->pdata[at]));
    }
  g_assert_true (app_history_is_labels_modified (history));
}

/* Edits that are joined are undone at once, of labels too. */
static void
test_joined_labels (void)
{
  static const char *const names[] = { "a" };
  g_autoptr (NnDesign) design = design_of (10);
  g_autoptr (SigLabels) labels = sig_labels_new (100, NULL, 0, names, 1);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) first = sig_label_set_with_added (empty, "Track", labels);
  g_autoptr (AppHistory) history = app_history_new (design, first, &usual);

  for (int i = 1; i < 10; i++)
    {
      g_autoptr (SigLabels) marked = sig_label_edit_set (labels, 0, i, 0);
      g_autoptr (SigLabelSet) set = sig_label_set_with_labels (first, 0, marked);

      app_history_push (history, design, set, "Drag", "drag");
    }
  g_assert_true (app_history_undo (history));
  g_assert_true (sig_label_set_equal (app_history_get_labels (history), first));
  g_assert_true (app_history_redo (history));
  g_assert_cmpint (sig_labels_get (sig_label_set_peek_active (app_history_get_labels (history)), 8), ==, 0);
}

/* Another recording: its labels stay whatever is undone, and steps that only marked the old one are gone. */
static void
test_start_labels (void)
{
  static const char *const names[] = { "a" };
  g_autoptr (NnDesign) first = design_of (10), second = design_of (20);
  g_autoptr (SigLabels) labels = sig_labels_new (100, NULL, 0, names, 1);
  g_autoptr (SigLabelSet) empty = sig_label_set_new ();
  g_autoptr (SigLabelSet) old = sig_label_set_with_added (empty, "Old", labels);
  g_autoptr (SigLabelSet) new = sig_label_set_with_added (empty, "New", labels);
  g_autoptr (AppHistory) history = app_history_new (first, empty, &usual);

  app_history_push (history, first, old, "Mark", NULL);
  app_history_push (history, second, old, "Add", NULL);
  app_history_push (history, second, empty, "Erase", NULL);
  app_history_start_labels (history, new);
  g_assert_cmpstr (app_history_get_undo (history), ==, "Add");
  g_assert_false (app_history_is_labels_modified (history));
  g_assert_true (app_history_undo (history));
  g_assert_cmpint (now (history), ==, 10);
  g_assert_true (app_history_get_labels (history) == new);
  g_assert_false (app_history_undo (history));
  g_assert_true (app_history_redo (history));
  g_assert_true (app_history_get_labels (history) == new);
  g_assert_false (app_history_redo (history));
}

static double
rate (AppHistory *history)
{
  return app_history_get_settings (history)->learning_rate;
}

static void
push_rate (AppHistory *history, double learning_rate, const char *key)
{
  NnSettings settings = *app_history_get_settings (history);

  settings.learning_rate = learning_rate;
  app_history_push_settings (history, &settings, "Rate", key);
}

/* Settings are undone in their turn with designs, and joined as these are. */
static void
test_settings (void)
{
  g_autoptr (NnDesign) first = design_of (10), second = design_of (20);
  g_autoptr (SigLabelSet) labels = sig_label_set_new (), others = sig_label_set_new ();
  g_autoptr (AppHistory) history = app_history_new (first, labels, &usual);

  push_rate (history, 0.5, NULL);
  app_history_push (history, second, labels, "Add", NULL);
  g_assert_cmpfloat (rate (history), ==, 0.5);
  push_rate (history, 0.25, "rate");
  push_rate (history, 0.125, "rate");
  g_assert_cmpstr (app_history_get_undo (history), ==, "Rate");
  g_assert_true (app_history_undo (history));
  g_assert_cmpfloat (rate (history), ==, 0.5);
  g_assert_cmpint (now (history), ==, 20);
  g_assert_true (app_history_undo (history) && app_history_undo (history));
  g_assert_cmpfloat (rate (history), ==, usual.learning_rate);
  g_assert_cmpint (now (history), ==, 10);
  app_history_start_labels (history, others);
  g_assert_true (app_history_redo (history)); /* no edit of labels, and kept */
  g_assert_cmpfloat (rate (history), ==, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  usual = nn_settings_default ();
  g_test_add_func ("/history/settings", test_settings);
  g_test_add_func ("/history/table", test_table);
  g_test_add_func ("/history/ring", test_ring);
  g_test_add_func ("/history/labels", test_labels);
  g_test_add_func ("/history/joined-labels", test_joined_labels);
  g_test_add_func ("/history/start-labels", test_start_labels);

  return g_test_run ();
}
