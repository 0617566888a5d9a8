/* app-label-export.c: labels into a file of another program's format, and the proof that they arrived
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-label-export.h"

#include "app-safe-file.h"

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
  const SigExport what = { recording, labels, hooks, app_safe_file_append, file };
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *proved = NULL;
  SigExportProof proof;

  if (file == NULL || !sig_export_write (format, &what, error) || !app_safe_file_commit (file, error))
    return NULL;
  *is_whole = TRUE;
  if (!app_safe_file_is_regular (file))
    return g_strdup_printf ("“%s” was written; it is no regular file and cannot be read again.", name);
  if (!sig_export_prove (format, path, &what, &proof, error))
    {
      g_prefix_error (error, "“%s” was written, but could not be read again: ", name);
      return NULL;
    }
  *is_whole = sig_export_proof_is_whole (&proof);
  proved = sig_export_proof_to_text (&proof);
  return g_strdup_printf ("“%s” was written. %s", name, proved);
}
