/* app-label-export.c: labels into a file of another program's format, and the proof that they arrived
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-export.h"

#include "app-safe-file.h"

/* The first half of the work is to write, the second to read again. */
typedef struct
{
  const SigReadHooks *hooks; /* (nullable) */
  double              done, told; /* told: the most so far; reading again has parts of its own that count from 0 */
} Halves;

static void
progress_hook (gpointer user_data, double fraction)
{
  Halves *self = user_data;

  self->told = MAX (self->told, self->done + fraction / 2);
  if (self->hooks != NULL && self->hooks->progress != NULL)
    self->hooks->progress (self->hooks->user_data, self->told);
}

static gboolean
stop_hook (gpointer user_data)
{
  const Halves *self = user_data;

  return self->hooks != NULL && self->hooks->should_stop != NULL && self->hooks->should_stop (self->hooks->user_data);
}

char *
app_label_export_run (const SigExportFormat *format,
                      const char            *path,
                      const SigRecording    *recording,
                      const SigLabels       *labels,
                      const SigReadHooks    *hooks,
                      gboolean              *is_whole,
                      GError               **error)
{
  g_autoptr (AppSafeFile) file = app_safe_file_new (path, error);
  Halves halves = { .hooks = hooks };
  const SigReadHooks halved = { progress_hook, stop_hook, &halves };
  const SigExport what = { recording, labels, &halved, app_safe_file_append, file };
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *proved = NULL;
  SigExportProof proof;

  if (file == NULL || !sig_export_write (format, &what, error) || !app_safe_file_commit (file, error))
    return NULL;
  *is_whole = TRUE;
  if (!app_safe_file_is_regular (file))
    return g_strdup_printf ("“%s” was written; it is no regular file and cannot be read again.", name);
  halves.done = 0.5;
  if (!sig_export_prove (format, path, &what, &proof, error))
    {
      if (!stop_hook (&halves))
        g_prefix_error (error, "“%s” was written, but could not be read again: ", name);
      else
        {
          g_clear_error (error);
          g_set_error (error, SIG_ERROR, SIG_ERROR_CANCELLED, "“%s” was written. Reading it again was stopped.", name);
        }
      return NULL;
    }
  *is_whole = sig_export_proof_is_whole (&proof);
  proved = sig_export_proof_to_text (&proof);
  return g_strdup_printf ("“%s” was written. %s", name, proved);
}
