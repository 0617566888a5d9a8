/* app-files.c: the file dialogs
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-files.h"

#include "sig-reader.h"

static const char *const label_patterns[] = { "*.txt", "*.csv", "*.tsv", "*.npy", "*.edf", "*.bdf", NULL };
static const char *const table_patterns[] = { "*.csv", "*.tsv", "*.txt", "*.data", "*.dat", "*.asc", "*.raw", "*.bin", NULL };
static const char *const export_patterns[] = { "*.csv", "*.txt", "*.wav", "*.npy", "*.bdf", "*.edf", NULL };
static const char *const picture_patterns[] = { "*.png", "*.svg", "*.pdf", NULL };
static const char *const project_patterns[] = { "*.lamina", NULL };
static const char *const design_patterns[] = { "*.json", NULL };

static const struct
{
  const char           *title;
  const char           *accept;
  const char           *filter;
  GtkFileChooserAction  action;
} purposes[] = {
  [APP_FILES_RECORDING]   = { "Open Recording", "_Open", "Recordings and projects", GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_ADD]         = { "Add Recordings", "_Add",  "Recordings",  GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_FIND]        = { "Find Recording", "_Open", "Recordings",  GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_IMPORT]      = { "Import",         "_Open", "Tables",      GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_LABELS]      = { "Open Labels",    "_Open", "Label files", GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_DESIGN]      = { "Open Design",    "_Open", "Designs",     GTK_FILE_CHOOSER_ACTION_OPEN },
  [APP_FILES_SAVE_DESIGN] = { "Save Design",    "_Save", "Designs",     GTK_FILE_CHOOSER_ACTION_SAVE },
  [APP_FILES_SAVE_PROJECT] = { "Save Project", "_Save", "Projects", GTK_FILE_CHOOSER_ACTION_SAVE },
  [APP_FILES_EXPORT_LABELS] = { "Export Labels", "_Export", "Label files", GTK_FILE_CHOOSER_ACTION_SAVE },
  [APP_FILES_EXPORT_PICTURE] = { "Export View", "_Export", "Pictures: PNG, SVG, PDF", GTK_FILE_CHOOSER_ACTION_SAVE },
};

/* One question to the user; freed with its answer. */
typedef struct
{
  GtkFileChooserNative *dialog;
  AppFilesFunc          func;      /* or, for any number of files, */
  AppManyFilesFunc      many_func;
  gpointer              user_data;
} Question;

static const char *const *
patterns_of (AppFilesPurpose purpose)
{
  switch (purpose)
    {
    case APP_FILES_ADD:
    case APP_FILES_FIND:
    case APP_FILES_RECORDING: return sig_reader_get_patterns ();
    case APP_FILES_IMPORT:    return table_patterns;
    case APP_FILES_LABELS:    return label_patterns;
    case APP_FILES_SAVE_PROJECT: return project_patterns;
    case APP_FILES_EXPORT_LABELS: return export_patterns;
    case APP_FILES_EXPORT_PICTURE: return picture_patterns;
    default:                  return design_patterns;
    }
}

static void
add_filters (GtkFileChooser *chooser, AppFilesPurpose purpose)
{
  g_autoptr (GtkFileFilter) own = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();
  const char *const *patterns = patterns_of (purpose);

  gtk_file_filter_set_name (own, purposes[purpose].filter);
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      g_autofree char *upper = g_ascii_strup (patterns[i], -1);

      gtk_file_filter_add_pattern (own, patterns[i]);
      gtk_file_filter_add_pattern (own, upper);
    }
  if (purpose == APP_FILES_RECORDING)
    gtk_file_filter_add_pattern (own, project_patterns[0]);
  gtk_file_chooser_add_filter (chooser, own);

  gtk_file_filter_set_name (all, "All files");
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, all);
}

/* The paths of what was chosen. A place that only GVfs reaches has none; gvfs-fuse gives one where it runs. */
static char **
chosen_paths (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        g_strv_builder_add (paths, path);
    }

  return g_strv_builder_end (paths);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  Question *question = user_data;

  if (response == GTK_RESPONSE_ACCEPT && gtk_native_dialog_get_transient_for (dialog) != NULL)
    {
      g_auto (GStrv) paths = chosen_paths (GTK_FILE_CHOOSER (dialog));

      if (paths[0] != NULL && question->many_func != NULL)
        question->many_func (question->user_data, (const char *const *) paths);
      else if (paths[0] != NULL)
        question->func (question->user_data, paths[0]);
    }

  g_object_unref (question->dialog);
  g_free (question);
}

static Question *
question_new (GtkWindow *parent, AppFilesPurpose purpose, gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->user_data = user_data;
  question->dialog = gtk_file_chooser_native_new (purposes[purpose].title, parent, purposes[purpose].action,
                                                  purposes[purpose].accept, "_Cancel");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->dialog), TRUE);
  add_filters (GTK_FILE_CHOOSER (question->dialog), purpose);
  g_signal_connect (question->dialog, "response", G_CALLBACK (response_cb), question);

  return question;
}

void
app_files_choose (GtkWindow *parent, AppFilesPurpose purpose, const char *name, AppFilesFunc func,
                  gpointer user_data)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent) && func != NULL);

  question = question_new (parent, purpose, user_data);
  question->func = func;
  if (purposes[purpose].action == GTK_FILE_CHOOSER_ACTION_SAVE && name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (question->dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->dialog));
}

void
app_files_choose_many (GtkWindow *parent, AppFilesPurpose purpose, AppManyFilesFunc func, gpointer user_data)
{
  Question *question;

  g_return_if_fail (GTK_IS_WINDOW (parent) && func != NULL);

  question = question_new (parent, purpose, user_data);
  question->many_func = func;
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (question->dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->dialog));
}
