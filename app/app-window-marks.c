/* app-window-marks.c: marking labels, as the window shows it: the actions of the group "mark"
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-ask-dialog.h"
#include "app-marking.h"

#define FIRST_LENGTH 25 /* steps: what is offered as too short */
#define MAX_ITEMS    48 /* of a menu that lists classes */

/* What cannot be done is said where all such things are said, until the next thing is done. What was done is seen. */
static void
say (AppWindow *self, const char *word)
{
  g_free (self->said);
  self->said = g_strdup (word);
  wb_banner_show (self->banner, WB_TONE_NOTE, word);
}

/* `error` is looked at when it has been set: the order of arguments is nobody's. */
static void
tell (AppWindow *self, gboolean done, GError *const *error)
{
  if (!done && *error != NULL)
    say (self, (*error)->message);
  else if (self->said != NULL && g_strcmp0 (wb_banner_get_text (self->banner), self->said) == 0)
    wb_banner_hide (self->banner);
}

/* --- actions that take a number and the selection ------------------------------------ */

typedef gboolean (*MarkFunc) (AppDocument *document, gint64 start, gint64 end, int number, GError **error);

static gboolean
set_rest (AppDocument *document, gint64 start, gint64 end, int klass, GError **error)
{
  return app_marking_set_rest (document, start, end, klass, error);
}

static gboolean
split (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_split (document, start, error);
}

static gboolean
bring_edge (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_bring_edge (document, start, error);
}

static gboolean
merge (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_merge (document, start, end, error);
}

static gboolean
accept (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_accept (document, start, end, error);
}

static gboolean
accept_everywhere (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_accept (document, 0, 0, error);
}

static gboolean
copy_track (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_copy_track (document, error);
}

static gboolean
add_track (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_add_track (document, NULL, error);
}

static gboolean
move_track (AppDocument *document, gint64 start, gint64 end, int direction, GError **error)
{
  return app_marking_move_track (document, direction < 0 ? -1 : 1, error);
}

static gboolean
remove_track (AppDocument *document, gint64 start, gint64 end, int unused, GError **error)
{
  return app_marking_remove_track (document, error);
}

static gboolean
choose_track (AppDocument *document, gint64 start, gint64 end, int track, GError **error)
{
  return app_marking_choose_track (document, (guint) MAX (track, 0), error);
}

/* What an action is about. Where a selection must not be empty, its own function says so in its own words. */
typedef enum
{
  AT_SELECTION,
  AT_SPAN,      /* the selection, and it must not be empty */
  AT_PLACE,     /* the selection, or the cursor */
  AT_CURSOR,
} Where;

static const struct
{
  const char *name;
  MarkFunc    func;
  Where       where;
  int         number; /* without a parameter */
} marks[] = {
  { "accept",            accept, AT_SPAN, 0 },
  { "accept-everywhere", accept_everywhere, AT_SELECTION, 0 },
  { "add-track",         add_track, AT_SELECTION, 0 },
  { "bring-edge",        bring_edge, AT_CURSOR, 0 },
  { "class",             app_marking_set, AT_SELECTION, 0 },
  { "copy-track",        copy_track, AT_SELECTION, 0 },
  { "digit",             app_marking_press_digit, AT_SELECTION, 0 },
  { "dont-know",         app_marking_set, AT_SELECTION, SIG_DONT_KNOW },
  { "erase",             app_marking_set, AT_SELECTION, SIG_UNLABELLED },
  { "merge",             merge, AT_PLACE, 0 },
  { "move-track",        move_track, AT_SELECTION, 0 },
  { "remove-track",      remove_track, AT_SELECTION, 0 },
  { "rest",              set_rest, AT_SELECTION, 0 },
  { "split",             split, AT_CURSOR, 0 },
  { "track",             choose_track, AT_SELECTION, 0 },
};

/* FALSE with a word to the user where there is no such place. */
static gboolean
find_place (AppWindow *self, Where where, gint64 *start, gint64 *end)
{
  const char *word = NULL;

  wb_marks_get_selection (self->marks, start, end);
  if (where == AT_CURSOR)
    *start = *end = wb_marks_get_cursor (self->marks);
  if ((where == AT_CURSOR || where == AT_PLACE) && *start < 0)
    word = "Put the cursor somewhere first: click into the traces, or press C.";
  if (where == AT_SPAN && *start >= *end)
    word = "Select a span first, or choose Edit, Accept Everywhere.";
  if (word != NULL)
    say (self, word);

  return word == NULL;
}

static gboolean
is_class (AppWindow *self, int klass)
{
  const SigLabels *labels = app_document_get_labels (self->document);

  return labels != NULL && klass >= 0 && klass < sig_labels_get_n_classes (labels);
}

static void
mark_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr (GError) error = NULL;
  gint64 start, end;
  guint i = 0;
  int number;

  while (!g_str_equal (marks[i].name, name))
    i++;
  number = parameter != NULL ? g_variant_get_int32 (parameter) : marks[i].number;
  if ((g_str_equal (name, "class") || g_str_equal (name, "rest")) && !is_class (self, number))
    return;
  if (g_str_equal (name, "digit") && (number < 0 || number > 9))
    return;

  if (find_place (self, marks[i].where, &start, &end))
    tell (self, marks[i].func (self->document, start, end, number, &error), &error);
}

static void
move_edge_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 edge, to;

  g_variant_get (parameter, "(xx)", &edge, &to);
  tell (self, app_marking_move_edge (self->document, edge, to, &error), &error);
}

/* --- gaps and short labels ---------------------------------------------------------- */

static void
fill_answered_cb (gpointer user_data, gint64 number)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 start, end;

  self->short_length = number;
  wb_marks_get_selection (self->marks, &start, &end);
  tell (self, app_marking_fill_gaps (self->document, start, end, number, &error), &error);
}

/* In a selection all gaps are meant: someone has looked at them. */
static void
fill_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const AppQuestion question
      = { "Fill Gaps", "Gaps between two labels are filled when they are shorter than so many steps: with the class of both, "
                       "or half with each of them.", "_Fill" };
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 start, end;

  if (wb_marks_get_selection (self->marks, &start, &end))
    tell (self, app_marking_fill_all (self->document, start, end, &error), &error);
  else if (app_document_get_recording (self->document) != NULL)
    app_ask_number (GTK_WINDOW (self), &question, self->short_length, fill_answered_cb, self);
}

static void
drop_answered_cb (gpointer user_data, gint64 number)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 start, end;

  self->short_length = number;
  wb_marks_get_selection (self->marks, &start, &end);
  tell (self, app_marking_drop_runs (self->document, start, end, number, &error), &error);
}

static void
drop_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const AppQuestion question
      = { "Drop Short Labels", "Labels shorter than so many steps are dropped, in the selection or everywhere; the labels that "
                               "touch them get their steps.", "_Drop" };
  AppWindow *self = user_data;

  if (app_document_get_recording (self->document) != NULL)
    app_ask_number (GTK_WINDOW (self), &question, self->short_length, drop_answered_cb, self);
}

/* --- classes and tracks ------------------------------------------------------------- */

static void
add_class_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, app_marking_add_class (self->document, g_variant_get_string (parameter, NULL), &error), &error);
}

static void
rename_class_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  const char *name;
  int klass;

  g_variant_get (parameter, "(i&s)", &klass, &name);
  if (is_class (self, klass))
    tell (self, app_marking_rename_class (self->document, klass, name, &error), &error);
}

static void
color_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int klass, color;

  g_variant_get (parameter, "(ii)", &klass, &color);
  if (is_class (self, klass) && color >= 0 && color < SIG_N_CLASS_COLORS)
    app_marking_set_color (self->document, klass, color, NULL);
}

static void
key_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int klass, key;

  g_variant_get (parameter, "(ii)", &klass, &key);
  if (is_class (self, klass) && key >= 0 && key <= 9)
    app_marking_set_key (self->document, klass, key, NULL);
}

static void
remove_class_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  int klass, into;

  g_variant_get (parameter, "(ii)", &klass, &into);
  if (is_class (self, klass) && into != klass && (into == SIG_UNLABELLED || into == SIG_DONT_KNOW || is_class (self, into)))
    app_marking_remove_class (self->document, klass, into, NULL);
}

static void
track_named_cb (gpointer user_data, const char *text)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, app_marking_rename_track (self->document, text, &error), &error);
}

static void
rename_track_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const AppQuestion question = { "Rename Track", "The name of this track of labels:", "_Rename" };
  AppWindow *self = user_data;
  const SigLabelSet *set = app_document_get_label_set (self->document);
  int active = sig_label_set_get_active (set);

  if (active >= 0)
    app_ask_text (GTK_WINDOW (self), &question, sig_label_set_get_name (set, (guint) active), track_named_cb, self);
}

static void
new_class_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 start, end;

  wb_marks_get_selection (self->marks, &start, &end);
  tell (self, app_marking_set_new (self->document, start, end, g_variant_get_string (parameter, NULL), &error), &error);
}

static void
pick_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wb_class_bar_pick_class (APP_WINDOW (user_data)->class_bar);
}

static void
edit_classes_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  wb_class_bar_edit_classes (APP_WINDOW (user_data)->class_bar);
}

/* --- snapping ----------------------------------------------------------------------- */

static const struct
{
  const char *name;
  WbSnapTo    snap;
} snaps[] = { { "snap-edges", WB_SNAP_EDGES }, { "snap-windows", WB_SNAP_WINDOWS }, { "snap-zero", WB_SNAP_ZERO } };

G_STATIC_ASSERT (G_N_ELEMENTS (snaps) == APP_PROJECT_N_SNAPS && WB_SNAP_ZERO == 1 << (APP_PROJECT_N_SNAPS - 1));

void
app_window_set_snaps (AppWindow *self, guint to)
{
  for (guint i = 0; i < G_N_ELEMENTS (snaps); i++)
    g_action_group_change_action_state (G_ACTION_GROUP (self->mark_actions), snaps[i].name,
                                        g_variant_new_boolean ((to & snaps[i].snap) != 0));
}

static void
snap_changed_cb (GSimpleAction *action, GVariant *value, gpointer user_data)
{
  AppWindow *self = user_data;

  for (guint i = 0; i < G_N_ELEMENTS (snaps); i++)
    if (g_str_equal (g_action_get_name (G_ACTION (action)), snaps[i].name))
      wb_marks_set_snap (self->marks, snaps[i].snap, g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

/* --- from the document to the bar --------------------------------------------------- */

static void
fill_rest_menu (AppWindow *self)
{
  const SigLabels *labels = app_document_get_labels (self->document);
  int n = labels != NULL ? sig_labels_get_n_classes (labels) : 0;

  g_menu_remove_all (self->rest_menu);
  for (int k = 0; k < MIN (n, MAX_ITEMS); k++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (sig_labels_get_name (labels, k), NULL);

      g_menu_item_set_action_and_target (item, "mark.rest", "i", k);
      g_menu_append_item (self->rest_menu, item);
    }
}

static void
fill_track_menu (AppWindow *self)
{
  const SigLabelSet *set = app_document_get_label_set (self->document);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->mark_actions), "track");

  g_menu_remove_all (self->track_menu);
  for (guint i = 0; i < sig_label_set_get_n (set); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (sig_label_set_get_name (set, i), NULL);

      g_menu_item_set_action_and_target (item, "mark.track", "i", (int) i);
      g_menu_append_item (self->track_menu, item);
    }
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_int32 (sig_label_set_get_active (set)));
}

void
app_window_update_marks (AppWindow *self)
{
  const SigLabelSet *set = app_document_get_label_set (self->document);
  const SigLabels *labels = app_document_get_labels (self->document);
  const SigClassTable *classes = labels != NULL ? sig_labels_get_classes (labels) : NULL;

  wb_class_bar_set_tracks (self->class_bar, set);
  gtk_widget_set_visible (GTK_WIDGET (self->class_bar), app_document_get_recording (self->document) != NULL);
  fill_track_menu (self);
  if (classes != self->listed)
    {
      g_clear_pointer (&self->listed, sig_class_table_unref);
      self->listed = classes != NULL ? sig_class_table_ref (classes) : NULL;
      fill_rest_menu (self);
    }
}

GtkWidget *
app_window_make_class_bar (AppWindow *self)
{
  g_autoptr (GtkBuilder) menus = gtk_builder_new_from_resource ("/org/lamina/Lamina/app-menus.ui");
  GMenuModel *edits = G_MENU_MODEL (gtk_builder_get_object (menus, "label-menu"));

  self->rest_menu = g_object_ref (G_MENU (gtk_builder_get_object (menus, "rest-menu")));
  self->track_menu = g_object_ref (G_MENU (gtk_builder_get_object (menus, "tracks")));
  self->class_bar = WB_CLASS_BAR (wb_class_bar_new (G_MENU_MODEL (gtk_builder_get_object (menus, "track-menu")), edits));
  wb_traces_set_mark_menu (self->traces, edits);
  gtk_widget_set_visible (GTK_WIDGET (self->class_bar), FALSE);

  return GTK_WIDGET (self->class_bar);
}

void
app_window_bind_marks (AppWindow *self)
{
  static const GActionEntry entries[] = {
    { "accept",            mark_action },
    { "accept-everywhere", mark_action },
    { "add-class",         add_class_action, "s" },
    { "add-track",         mark_action },
    { "bring-edge",        mark_action },
    { "class",             mark_action, "i" },
    { "color",             color_action, "(ii)" },
    { "copy-track",        mark_action },
    { "digit",             mark_action, "i" },
    { "dont-know",         mark_action },
    { "drop",              drop_action },
    { "edit-classes",      edit_classes_action },
    { "erase",             mark_action },
    { "fill",              fill_action },
    { "key",               key_action, "(ii)" },
    { "merge",             mark_action },
    { "move-edge",         move_edge_action, "(xx)" },
    { "move-track",        mark_action, "i" },
    { "new-class",         new_class_action, "s" },
    { "pick",              pick_action },
    { "remove-class",      remove_class_action, "(ii)" },
    { "remove-track",      mark_action },
    { "rename-class",      rename_class_action, "(is)" },
    { "rename-track",      rename_track_action },
    { "rest",              mark_action, "i" },
    { "snap-edges",        NULL, NULL, "true", snap_changed_cb },
    { "snap-windows",      NULL, NULL, "false", snap_changed_cb },
    { "snap-zero",         NULL, NULL, "false", snap_changed_cb },
    { "split",             mark_action },
    { "track",             mark_action, "i", "-1" },
  };

  self->short_length = FIRST_LENGTH;
  self->mark_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->mark_actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "mark", G_ACTION_GROUP (self->mark_actions));
}
