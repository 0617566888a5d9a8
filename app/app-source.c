/* app-source.c: where a recording came from, step by step, so that it can be opened again
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-source.h"

#include "app-set.h"
#include "sig-error.h"
#include "sig-synth.h"

struct _AppSource
{
  gatomicrefcount refs;
  GArray         *steps; /* of AppSourceStep */
};

static void
step_clear (gpointer data)
{
  AppSourceStep *step = data;

  g_clear_pointer (&step->paths, g_strfreev);
  g_clear_pointer (&step->import, app_import_free);
}

static void
add_step (AppSource *self, const AppSourceStep *step)
{
  AppSourceStep copy = *step;

  copy.paths = g_strdupv (step->paths);
  copy.import = step->import != NULL ? app_import_copy (step->import) : NULL;
  g_array_append_val (self->steps, copy);
}

static AppSource *
source_new (void)
{
  AppSource *self = g_new0 (AppSource, 1);

  g_atomic_ref_count_init (&self->refs);
  self->steps = g_array_new (FALSE, FALSE, sizeof (AppSourceStep));
  g_array_set_clear_func (self->steps, step_clear);

  return self;
}

static gboolean
begins_anew (AppSourceKind kind)
{
  return kind != APP_SOURCE_ADD && kind != APP_SOURCE_CHANNEL && kind != APP_SOURCE_RATES;
}

AppSource *
app_source_with_step (const AppSource *self, const AppSourceStep *step)
{
  AppSource *copy = source_new ();
  guint n = self != NULL && !begins_anew (step->kind) ? self->steps->len : 0;

  if (step->kind == APP_SOURCE_RATES && n > 0 && app_source_get (self, n - 1)->kind == APP_SOURCE_RATES)
    n--;
  for (guint i = 0; i < n; i++)
    add_step (copy, app_source_get (self, i));
  add_step (copy, step);

  return copy;
}

static const char *
find_gone (const AppSource *self)
{
  for (guint i = 0; i < self->steps->len; i++)
    for (char **path = app_source_get (self, i)->paths; path != NULL && *path != NULL; path++)
      if (!g_file_test (*path, G_FILE_TEST_EXISTS))
        return *path;

  return NULL;
}

gboolean
app_source_check_files (const AppSource *self, char **gone, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *place = NULL;

  g_return_val_if_fail (self != NULL && gone != NULL, FALSE);

  *gone = g_strdup (find_gone (self));
  if (*gone == NULL)
    return TRUE;

  name = g_filename_display_basename (*gone);
  folder = g_path_get_dirname (*gone);
  place = g_filename_display_name (folder);
  g_set_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE,
               "“%s” is not in “%s” any more. What was marked on it is safe: find it to go on.", name, place);

  return FALSE;
}

/* (transfer full): where a file is, once others were found. */
static char *
follow_moves (const char *path, const char *const *moved)
{
  g_autofree char *name = g_path_get_basename (path);

  for (guint i = 0; moved[i] != NULL; i += 2)
    if (g_str_equal (path, moved[i]))
      return g_strdup (moved[i + 1]);
  for (guint i = 0; moved[i] != NULL && !g_file_test (path, G_FILE_TEST_EXISTS); i += 2)
    {
      g_autofree char *folder = g_path_get_dirname (moved[i + 1]);
      g_autofree char *beside = g_build_filename (folder, name, NULL);

      if (g_file_test (beside, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&beside);
    }

  return g_strdup (path);
}

AppSource *
app_source_with_moved (const AppSource *self, const char *const *moved)
{
  AppSource *made;

  g_return_val_if_fail (self != NULL && moved != NULL, NULL);

  made = source_new ();
  for (guint i = 0; i < self->steps->len; i++)
    {
      add_step (made, app_source_get (self, i));
      for (char **path = g_array_index (made->steps, AppSourceStep, i).paths; path != NULL && *path != NULL; path++)
        {
          char *place = follow_moves (*path, moved);

          g_free (*path);
          *path = place;
        }
    }

  return made;
}

AppSource *
app_source_ref (const AppSource *self)
{
  AppSource *mutable = (AppSource *) self;

  g_atomic_ref_count_inc (&mutable->refs);

  return mutable;
}

void
app_source_unref (AppSource *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->steps);
  g_free (self);
}

guint
app_source_get_n (const AppSource *self)
{
  return self->steps->len;
}

const AppSourceStep *
app_source_get (const AppSource *self, guint i)
{
  return &g_array_index (self->steps, AppSourceStep, i);
}

SigRatesRule
app_source_get_rates (const AppSource *self)
{
  const AppSourceStep *last = app_source_get (self, app_source_get_n (self) - 1);

  return last->kind == APP_SOURCE_RATES ? last->rates : SIG_RATES_HOLD;
}

gboolean
app_source_step_run (const AppSourceStep *step, const SigContent *before, const SigReadHooks *hooks, SigContent *out,
                     char **notes, GError **error)
{
  *out = (SigContent) { 0 };
  *notes = NULL;

  switch (step->kind)
    {
    case APP_SOURCE_DEMO:
      sig_synth_demo (SIG_SYNTH_DEMO_STEPS, SIG_SYNTH_DEMO_SEED, &out->recording, &out->labels);
      return TRUE;
    case APP_SOURCE_OPEN:
      return sig_reader_open (step->paths[0], hooks, out, error);
    case APP_SOURCE_IMPORT:
      return app_import_open (step->import, step->paths[0], hooks, out, error);
    case APP_SOURCE_SET:
      return app_set_open ((const char *const *) step->paths, NULL, step->rule, FALSE, hooks, out, notes, error);
    case APP_SOURCE_ADD:
      return app_set_open ((const char *const *) step->paths, before, step->rule, step->again, hooks, out, notes, error);
    case APP_SOURCE_CHANNEL:
      if (step->channel < sig_recording_get_n_channels (before->recording))
        return sig_reader_split_channel (before->recording, step->channel, out, error);
      g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "“%s” has %u channels, labels are to come from channel %u",
                   sig_recording_get_title (before->recording), sig_recording_get_n_channels (before->recording),
                   step->channel + 1);
      return FALSE;
    case APP_SOURCE_RATES:
      out->recording = sig_rates_apply (before->recording, step->rates, error);
      if (out->recording == NULL)
        return FALSE;
      out->labels = before->labels != NULL ? sig_labels_ref (before->labels) : NULL;
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

gboolean
app_source_run (const AppSource *self, const SigReadHooks *hooks, SigContent *out, GError **error)
{
  g_auto (SigContent) content = { 0 };

  for (guint i = 0; i < self->steps->len; i++)
    {
      const AppSourceStep *step = app_source_get (self, i);
      g_auto (SigContent) next = { 0 };
      g_autofree char *notes = NULL;

      if (!app_source_step_run (step, &content, hooks, &next, &notes, error))
        return FALSE;
      if (next.recording == NULL)
        {
          g_set_error (error, SIG_ERROR, SIG_ERROR_MISMATCH, "“%s” holds labels only, where a recording was", step->paths[0]);
          return FALSE;
        }
      sig_content_clear (&content);
      content = next;
      next = (SigContent) { 0 };
    }
  *out = content;
  content = (SigContent) { 0 };

  return TRUE;
}
