/* app-application.c: the program: command line, windows and the actions that belong to no window
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-application.h"

#include "app-errand.h"
#include "app-window.h"

#include "wb-init.h"

#include <stdio.h>

#ifndef APP_VERSION
#define APP_VERSION "0.1.0"
#endif

struct _AppApplication
{
  GtkApplication parent_instance;

  gint64         started_us;
  gboolean       failed;
};

G_DEFINE_FINAL_TYPE (AppApplication, app_application, GTK_TYPE_APPLICATION)

static const char *const schemes[] = { "system", "light", "dark", NULL };

static const GOptionEntry entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Print the version and leave", NULL },
  { "design", 0, 0, G_OPTION_ARG_FILENAME, NULL, "Start with this design: a file, or a template (R0 to R6)",
    "FILE|ID" },
  { "scheme", 0, 0, G_OPTION_ARG_STRING, NULL, "Colours: system, light or dark", "SCHEME" },
  { "exit-after-startup", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL,
    "Leave once the recording is drawn", NULL },
  { "screenshot", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_FILENAME, NULL,
    "Write a picture of the window and leave", "FILE" },
  { "size", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, NULL, "Of the window at first", "WIDTHxHEIGHT" },
  { "after-train", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL, "Train before the picture", NULL },
  { "heartbeat", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, NULL,
    "Report freezes of the main loop on stderr", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, "[RECORDING…] [LABELS…]" },
  { NULL },
};

/* --- actions -------------------------------------------------------------------- */

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
  g_list_free (windows);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  static const char *const authors[] = { "The Lamina authors", NULL };

  gtk_show_about_dialog (gtk_application_get_active_window (user_data),
                         "program-name", "Lamina",
                         "version", APP_VERSION,
                         "logo-icon-name", "org.lamina.Lamina",
                         "comments", "A label for every time step of a recording of many channels: open it, "
                                     "stack a network, train it, see what it says.",
                         "license-type", GTK_LICENSE_APACHE_2_0,
                         "authors", authors,
                         NULL);
}

static void
scheme_action (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  const char *scheme = g_variant_get_string (state, NULL);

  if (!g_strv_contains (schemes, scheme))
    return;

  wb_init_scheme (scheme);
  g_simple_action_set_state (action, state);
}

/* --- the command line ----------------------------------------------------------- */

static gboolean
parse_size (const char *text, int *width, int *height)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 3);
  guint64 w, h;

  if (g_strv_length (parts) != 2 || !g_ascii_string_to_unsigned (parts[0], 10, 320, 16384, &w, NULL)
      || !g_ascii_string_to_unsigned (parts[1], 10, 240, 16384, &h, NULL))
    return FALSE;

  *width = w;
  *height = h;

  return TRUE;
}

/* A sentence on what is wrong with the options; NULL when nothing is. */
static char *
complaint (GVariantDict *options)
{
  const char *text = NULL;
  int width, height;

  if (g_variant_dict_lookup (options, "scheme", "&s", &text) && !g_strv_contains (schemes, text))
    return g_strdup_printf ("--scheme: “%s” is not one of system, light and dark", text);
  if (g_variant_dict_lookup (options, "size", "&s", &text) && !parse_size (text, &width, &height))
    return g_strdup_printf ("--size: “%s” is not of the form WIDTHxHEIGHT, 320x240 to 16384x16384", text);
  return NULL;
}

static int
app_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autofree char *wrong = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      printf ("lamina %s\n", APP_VERSION);
      return 0;
    }

  wrong = complaint (options);
  if (wrong != NULL)
    {
      g_printerr ("lamina: %s\n", wrong);
      return 2;
    }

  /* An errand ends its process, which must not be the one the user works in. */
  if (g_variant_dict_contains (options, "exit-after-startup")
      || g_variant_dict_contains (options, "screenshot") || g_variant_dict_contains (options, "heartbeat"))
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static char *
path_of (GApplicationCommandLine *line, const char *argument)
{
  g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, argument);

  return g_file_get_path (file);
}

static void
open_what_is_named (AppWindow *window, GApplicationCommandLine *line, GVariantDict *options)
{
  g_autofree const char **files = NULL;
  const char *design = NULL;
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &files))
    for (guint i = 0; files[i] != NULL; i++)
      {
        g_autofree char *path = path_of (line, files[i]);

        if (path != NULL)
          g_strv_builder_add (paths, path);
      }
  list = g_strv_builder_end (paths);

  if (list[0] != NULL)
    app_window_open (window, (const char *const *) list);
  else
    app_window_open_demo (window);

  if (g_variant_dict_lookup (options, "design", "^&ay", &design))
    {
      g_autofree char *path = path_of (line, design);

      /* A template's id stands wherever a design file can. */
      app_window_open_design (window, nn_template_find (design) != NULL || path == NULL ? design : path);
    }
}

static int
app_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  AppApplication *self = APP_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  AppWindow *window = app_window_new (GTK_APPLICATION (self));
  g_auto (AppErrand) errand = { .started_us = self->started_us };
  const char *text = NULL;
  int width, height;

  if (g_variant_dict_lookup (options, "scheme", "&s", &text))
    g_action_group_change_action_state (G_ACTION_GROUP (self), "scheme", g_variant_new_string (text));
  if (g_variant_dict_lookup (options, "size", "&s", &text) && parse_size (text, &width, &height))
    gtk_window_set_default_size (GTK_WINDOW (window), width, height);

  g_variant_dict_lookup (options, "screenshot", "^ay", &errand.screenshot);
  errand.after_train = g_variant_dict_contains (options, "after-train");
  errand.exit_after_startup = g_variant_dict_contains (options, "exit-after-startup");
  errand.heartbeat = g_variant_dict_contains (options, "heartbeat");

  open_what_is_named (window, line, options);
  app_errand_run (window, &errand, &self->failed);
  gtk_window_present (GTK_WINDOW (window));
  if (!errand.exit_after_startup && errand.screenshot == NULL && !errand.heartbeat)
    app_window_offer_recovery (window);

  return 0;
}

/* --- the object ----------------------------------------------------------------- */

static void
app_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_action },
    { "about", about_action },
    { "scheme", NULL, "s", "'system'", scheme_action },
  };

  G_APPLICATION_CLASS (app_application_parent_class)->startup (application);

  wb_init ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
}

static void
app_application_class_init (AppApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = app_application_startup;
  application_class->handle_local_options = app_application_handle_local_options;
  application_class->command_line = app_application_command_line;
}

static void
app_application_init (AppApplication *self)
{
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (G_APPLICATION (self), "Open recordings of many channels, "
                                            "stack a network, train it, see its labels.");
}

AppApplication *
app_application_new (gint64 started_us)
{
  AppApplication *self = g_object_new (APP_TYPE_APPLICATION,
                                       "application-id", "org.lamina.Lamina",
                                       "resource-base-path", "/org/lamina/Lamina",
                                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                                       NULL);

  self->started_us = started_us;

  return self;
}

gboolean
app_application_has_failed (AppApplication *self)
{
  g_return_val_if_fail (APP_IS_APPLICATION (self), TRUE);

  return self->failed;
}
