/* t-ui.h: what the tests of widgets share: windows, waiting, finding, keys, recorded signals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-check.h"
#include "nn-shape.h"
#include "nn-template.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The program's main: without a display it says so in TAP and ends well, else wb_init() and g_test_run(). */
int         t_ui_run      (void);

/* Turns the main loop until nothing is left to do. */
void        t_ui_settle   (void);

/* A window that shows `child`, laid out and drawn. End it with t_ui_close(), which also proves that `child` is finalised. */
GtkWidget  *t_ui_show     (GtkWidget *child, int width, int height);
void        t_ui_close    (GtkWidget *window, GtkWidget *child);

/* The n-th widget of that type below `root`, depth first; NULL where there are fewer. */
GtkWidget  *t_ui_find     (GtkWidget *root, GType type, guint n);

/* The first visible label below `root` with that very text; NULL where there is none. */
GtkWidget  *t_ui_find_text (GtkWidget *root, const char *text);

/* Does what the key does that `trigger` ("Delete", "<Alt>Up") names; fails where the widget's class binds no such key. */
void        t_ui_press    (GtkWidget *widget, const char *trigger);

/* What an "edit" signal brought last, and how often one came. */
typedef struct
{
  guint     n;
  NnDesign *design;
  char     *what;
} TEdit;

void        t_edit_watch  (TEdit *self, gpointer object);
void        t_edit_clear  (TEdit *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TEdit, t_edit_clear)

/* What a widget asked of its group's actions, in order: "name;" each, with the parameter "name (2, 3);". */
typedef struct
{
  GString *text;
} TAsked;

/* Gives `widget` a group of that name. `actions` ends with NULL and names each action, with its parameter's type where it has
 * one: "merge", "move-edge (xx)". The group stays the widget's (transfer none). */
GActionMap *t_asked_watch  (TAsked *self, GtkWidget *widget, const char *group, const char *const *actions);

/* Fails where anything else was asked since the last time. */
void        t_asked_assert (TAsked *self, const char *expected);
void        t_asked_clear  (TAsked *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TAsked, t_asked_clear)

/* A template on windows of 400 × 16, checked against 400 labels of two classes. */
NnCheck    *t_check       (const char *template_id) G_GNUC_WARN_UNUSED_RESULT;

/* That contract. */
extern const NnContract t_labels;

/* The id of the block at a position. */
NnBlockId   t_id          (const NnCheck *check, guint position);

G_END_DECLS
