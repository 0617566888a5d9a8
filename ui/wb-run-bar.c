/* wb-run-bar.c: start, pause and stop of training, with state and progress
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-run-bar.h"

#include "wb-widgets.h"

#define WORDS_WIDTH  114 /* takes the longest state */
#define WORDS_HEIGHT 32  /* with the bar of progress under it */

struct _WbRunBar
{
  GtkWidget  parent_instance;
  GtkWidget *box, *train, *pause, *stop, *words, *state_label, *text_label, *progress;
  WbRunState state;
};

G_DEFINE_FINAL_TYPE (WbRunBar, wb_run_bar, GTK_TYPE_WIDGET)

/* What is said and what can be pressed in each state. */
static const struct
{
  const char *words;
  gboolean    can_train, can_pause, can_stop;
} states[] = {
  [WB_RUN_IDLE] = { "Ready", TRUE, FALSE, FALSE },
  [WB_RUN_BLOCKED] = { "Cannot train yet", FALSE, FALSE, FALSE },
  [WB_RUN_PREPARING] = { "Preparing…", FALSE, FALSE, TRUE },
  [WB_RUN_RUNNING] = { "Training", FALSE, TRUE, TRUE },
  [WB_RUN_PAUSING] = { "Pausing…", FALSE, FALSE, TRUE },
  [WB_RUN_PAUSED] = { "Paused", FALSE, TRUE, TRUE },
  [WB_RUN_STOPPING] = { "Stopping…", FALSE, FALSE, FALSE },
  [WB_RUN_PREDICTING] = { "Predicting", TRUE, FALSE, TRUE },
  [WB_RUN_PREDICTING_BLOCKED] = { "Predicting", FALSE, FALSE, TRUE },
};

/* A button with an icon and a word. */
static void
set_word (GtkWidget  *button,
          const char *icon,
          const char *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (word));
  gtk_button_set_child (GTK_BUTTON (button), box);
  wb_widget_set_spoken (button, word);
}

/* A button with one of the icons that every player has: there is no room for its word in a narrow window. */
static void
set_icon (GtkWidget  *button,
          const char *icon,
          const char *word,
          const char *tooltip)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (button, tooltip);
  wb_widget_set_spoken (button, word);
}

static void
update_pause_face (WbRunBar *self)
{
  if (self->state == WB_RUN_PAUSED)
    set_icon (self->pause, "media-playback-start-symbolic", "Resume", "Go on with the training");
  else
    set_icon (self->pause, "media-playback-pause-symbolic", "Pause", "Pause the training");
}

void
wb_run_bar_set_state (WbRunBar   *self,
                      WbRunState  state,
                      const char *text)
{
  gboolean was_paused;

  g_return_if_fail (WB_IS_RUN_BAR (self));
  g_return_if_fail (state < G_N_ELEMENTS (states));

  was_paused = self->state == WB_RUN_PAUSED;
  self->state = state;
  gtk_label_set_text (GTK_LABEL (self->state_label), states[state].words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, states[state].words, -1);
  gtk_label_set_text (GTK_LABEL (self->text_label), text != NULL ? text : "");
  gtk_widget_set_visible (self->text_label, text != NULL && *text != '\0');
  gtk_widget_set_sensitive (self->train, states[state].can_train);
  gtk_widget_set_sensitive (self->pause, states[state].can_pause);
  gtk_widget_set_sensitive (self->stop, states[state].can_stop);
  if (was_paused != (state == WB_RUN_PAUSED))
    update_pause_face (self);
  gtk_widget_set_tooltip_text (self->stop, state == WB_RUN_PREDICTING || state == WB_RUN_PREDICTING_BLOCKED
                                             ? "Stop predicting and keep what is predicted"
                                             : "Stop and keep the best weights so far");
}

void
wb_run_bar_set_roomy (WbRunBar *self,
                      gboolean  roomy)
{
  g_return_if_fail (WB_IS_RUN_BAR (self));
  gtk_widget_set_visible (self->words, roomy);
}

WbRunState
wb_run_bar_get_state (WbRunBar *self)
{
  g_return_val_if_fail (WB_IS_RUN_BAR (self), WB_RUN_IDLE);
  return self->state;
}

void
wb_run_bar_set_progress (WbRunBar *self,
                         double    fraction)
{
  g_return_if_fail (WB_IS_RUN_BAR (self));

  gtk_widget_set_visible (self->progress, fraction >= 0);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), MIN (fraction, 1));
}

/* Not an action name on the button: an action that is enabled would switch the button on in every state. */
static void
clicked_cb (GtkButton  *button,
            const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (button), action, NULL);
}

static GtkWidget *
add_button (WbRunBar   *self,
            const char *action)
{
  GtkWidget *button = gtk_button_new ();

  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), (gpointer) action);
  gtk_box_append (GTK_BOX (self->box), button);
  return button;
}

static void
wb_run_bar_dispose (GObject *object)
{
  WbRunBar *self = WB_RUN_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (wb_run_bar_parent_class)->dispose (object);
}

static void
wb_run_bar_class_init (WbRunBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = wb_run_bar_dispose;
  gtk_widget_class_set_css_name (widget_class, "runbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* One size in every state, so that nothing moves in the header bar when training begins. */
static GtkWidget *
make_words (WbRunBar *self)
{
  GtkWidget *words = gtk_overlay_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->state_label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->state_label, "state");
  gtk_box_append (GTK_BOX (row), self->state_label);
  self->text_label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->text_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->text_label), 0);
  gtk_widget_add_css_class (self->text_label, "numeric");
  gtk_box_append (GTK_BOX (row), self->text_label);
  gtk_widget_set_valign (row, GTK_ALIGN_CENTER);
  gtk_overlay_set_child (GTK_OVERLAY (words), row);

  self->progress = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  "Progress of training or predicting", -1);
  gtk_widget_set_valign (self->progress, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (words), self->progress);

  gtk_widget_set_size_request (words, WORDS_WIDTH, WORDS_HEIGHT);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (words, 6);

  return words;
}

static void
wb_run_bar_init (WbRunBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, "Training run", -1);

  self->train = add_button (self, "win.train");
  gtk_widget_add_css_class (self->train, "suggested-action");
  gtk_widget_set_tooltip_text (self->train, "Train the design on the recording");
  set_word (self->train, "media-playback-start-symbolic", "Train");
  self->pause = add_button (self, "win.pause");
  update_pause_face (self);
  self->stop = add_button (self, "win.stop");
  set_icon (self->stop, "media-playback-stop-symbolic", "Stop", NULL);

  self->words = make_words (self);
  gtk_box_append (GTK_BOX (self->box), self->words);

  wb_run_bar_set_state (self, WB_RUN_IDLE, NULL);
  wb_run_bar_set_progress (self, -1);
}

GtkWidget *
wb_run_bar_new (void)
{
  return g_object_new (WB_TYPE_RUN_BAR, NULL);
}
