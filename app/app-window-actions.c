/* app-window-actions.c: the window's actions and their keys
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-marking.h"

#include "nn-template.h"

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_recording (user_data);
}

static void
add_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_added (user_data);
}

static void
import_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_import (user_data);
}

static void
open_labels_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_labels (user_data);
}

static void
channel_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_channel (user_data);
}

static void
export_labels_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_export_labels (user_data);
}

static void
demo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_open_demo (user_data);
}

static void
open_design_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_design (user_data);
}

static void
save_design_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_saved (user_data);
}

static void
save_project_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_save_project (user_data, NULL);
}

static void
save_project_as_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_choose_project (user_data, NULL);
}

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (NnDesign) design = nn_design_new (nn_design_get_input (app_document_get_design (self->document)));

  app_document_edit (self->document, design, "Empty stack");
}

static void
template_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;

  app_window_open_design (self, g_variant_get_string (parameter, NULL));
}

static void
undo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_document_undo (APP_WINDOW (user_data)->document);
}

static void
redo_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_document_redo (APP_WINDOW (user_data)->document);
}

static void
train_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_train (user_data);
}

static void
missing_action (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  AppMissing missing = APP_MISSING_REFUSE;

  if (!app_missing_parse (g_variant_get_string (state, NULL), &missing))
    return;
  app_document_set_missing (APP_WINDOW (user_data)->document, missing);
  g_simple_action_set_state (action, state);
}

/* Its state follows the source once that was read (app_window_set_source()). */
static void
rates_action (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  SigRatesRule rule = SIG_RATES_HOLD;

  if (sig_rates_parse (g_variant_get_string (state, NULL), &rule))
    app_window_set_rates (user_data, rule);
}

static void
pause_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_pause_or_resume (user_data);
}

static void
stop_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_stop (user_data);
}

static void
import_failed_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_import_failed (user_data);
}

static void
find_recording_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_find_recording (user_data);
}

static void
merge_alike_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  AppWindow *self = user_data;
  g_autoptr (GError) error = NULL;

  wb_banner_hide (self->banner);
  if (!app_marking_merge_alike (self->document, &error))
    wb_banner_show (self->banner, WB_TONE_NOTE, error->message);
}

static void
stop_waiting_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  app_window_stop_waiting (user_data);
}

static void
close_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gtk_window_close (user_data);
}

/* Keys of the window, not of the application: a text field that has the focus keeps its own undo. */
void
app_window_class_add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } keys[] = {
    { GDK_KEY_o,      GDK_CONTROL_MASK,                  "win.open" },
    { GDK_KEY_i,      GDK_CONTROL_MASK,                  "win.import" },
    { GDK_KEY_l,      GDK_CONTROL_MASK,                  "win.open-labels" },
    { GDK_KEY_e,      GDK_CONTROL_MASK,                  "win.export-labels" },
    { GDK_KEY_o,      GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.open-design" },
    { GDK_KEY_s,      GDK_CONTROL_MASK,                  "win.save-project" },
    { GDK_KEY_s,      GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.save-project-as" },
    { GDK_KEY_n,      GDK_CONTROL_MASK,                  "win.new" },
    { GDK_KEY_z,      GDK_CONTROL_MASK,                  "win.undo" },
    { GDK_KEY_z,      GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.redo" },
    { GDK_KEY_y,      GDK_CONTROL_MASK,                  "win.redo" },
    { GDK_KEY_t,      GDK_CONTROL_MASK,                  "win.train" },
    { GDK_KEY_Return, GDK_CONTROL_MASK,                  "win.train" },
    { GDK_KEY_p,      GDK_CONTROL_MASK,                  "win.pause" },
    { GDK_KEY_period, GDK_CONTROL_MASK,                  "win.stop" },
    { GDK_KEY_w,      GDK_CONTROL_MASK,                  "win.close" },
    { GDK_KEY_a,      GDK_ALT_MASK,                      "view.show-all" },
    { GDK_KEY_b,      GDK_ALT_MASK,                      "view.butterfly" },
    { GDK_KEY_e,      GDK_CONTROL_MASK | GDK_SHIFT_MASK, "view.export" },
    { GDK_KEY_f,      GDK_ALT_MASK,                      "view.filter" },
    { GDK_KEY_h,      GDK_ALT_MASK,                      "view.hide" },
    { GDK_KEY_o,      GDK_ALT_MASK,                      "view.only" },
    { GDK_KEY_c,      GDK_ALT_MASK,                      "view.channels" },
    { GDK_KEY_p,      GDK_ALT_MASK,                      "view.spectrogram" },
    { GDK_KEY_r,      GDK_ALT_MASK,                      "view.reset" },
    { GDK_KEY_s,      GDK_ALT_MASK,                      "view.next-scale" },
    { GDK_KEY_v,      GDK_ALT_MASK,                      "view.fit" },
    { GDK_KEY_w,      GDK_ALT_MASK,                      "view.zoom-window" },
    { GDK_KEY_z,      GDK_ALT_MASK,                      "view.zoom-selection" },
    { GDK_KEY_0,      GDK_ALT_MASK,                      "view.zoom-all" },
    { GDK_KEY_BackSpace, GDK_ALT_MASK,                   "view.back" },
    { GDK_KEY_BackSpace, GDK_ALT_MASK | GDK_SHIFT_MASK,  "view.forward" },
    { GDK_KEY_F9,     0,                                 "view.recording-only" },
    { GDK_KEY_F1,     0,                                 "win.show-help-overlay" },
    { GDK_KEY_q,      GDK_CONTROL_MASK,                  "app.quit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers, keys[i].action, NULL);
}

void
app_window_add_actions (AppWindow *self)
{
  static const GActionEntry entries[] = {
    { "open",                open_action },
    { "add",                 add_action },
    { "import",              import_action },
    { "import-failed",       import_failed_action },
    { "find-recording",      find_recording_action },
    { "open-labels",         open_labels_action },
    { "labels-from-channel", channel_action },
    { "export-labels",       export_labels_action },
    { "merge-alike",         merge_alike_action },
    { "demo",                demo_action },
    { "open-design",         open_design_action },
    { "save-design",         save_design_action },
    { "save-project",        save_project_action },
    { "save-project-as",     save_project_as_action },
    { "new",                 new_action },
    { "template",            template_action, "s" },
    { "undo",                undo_action },
    { "redo",                redo_action },
    { "train",               train_action },
    { "missing",             NULL, "s", "'refuse'", missing_action },
    { "rates",               NULL, "s", "'hold'", rates_action },
    { "pause",               pause_action },
    { "stop",                stop_action },
    { "stop-waiting",        stop_waiting_action },
    { "close",               close_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  app_window_enable_action (self, "add", FALSE);
  app_window_enable_action (self, "open-labels", FALSE);
  app_window_enable_action (self, "labels-from-channel", FALSE);
  app_window_enable_action (self, "export-labels", FALSE);
  app_window_enable_action (self, "rates", FALSE);
}

void
app_window_enable_action (AppWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}
