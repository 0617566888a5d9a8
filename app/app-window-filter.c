/* app-window-filter.c: what is filtered, as the window shows it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-window-private.h"

#include "app-text.h"

/* What is drawn is built to its end first. */
void
app_window_index_shown (AppWindow *self)
{
  SigPyramid *shown = app_document_get_shown (self->document);

  if (shown != NULL && sig_pyramid_get_progress (shown) < 1)
    app_indexer_start (self->indexer, shown);
  else
    app_indexer_forget (self->indexer);
}

void
app_window_update_facts (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  const SigFilterSpec *filter = app_document_get_filter (self->document);
  g_autofree char *facts = NULL, *filtered = NULL, *line = NULL;

  if (recording == NULL)
    return;
  facts = app_text_recording (recording, app_document_get_labels (self->document));
  if (app_filter_is_active (self->filter))
    filtered = g_strdup (" · filtering…");
  else if (!sig_filter_spec_is_off (filter))
    {
      g_autofree char *what = sig_filter_spec_to_text (filter);

      filtered = g_strdup_printf (" · filtered: %s%s", what, app_document_is_filter_training (self->document)
                                  ? ", also for training" : ", for looking only");
    }
  line = g_strconcat (facts, filtered != NULL ? filtered : "", NULL);
  gtk_label_set_text (self->facts, line);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), line);
  wb_inspector_set_facts (self->inspector, facts);
}

/* What networks are trained on changes: what was learnt so far is of something else. */
static void
set_filter (AppWindow *self, const SigFilterSpec *filter, SigPyramid *shown, gboolean trains)
{
  if (app_document_set_filter (self->document, filter, shown, trains))
    app_window_give_up_run (self);
  app_window_index_shown (self);
}

/* Applies what the inspector says, as far as it can be. */
void
app_window_apply_filter (AppWindow *self)
{
  const SigRecording *recording = app_document_get_recording (self->document);
  gboolean trains;
  const SigFilterSpec *filter = wb_inspector_get_filter (self->inspector, &trains);
  g_autoptr (GError) error = NULL;

  app_filter_forget (self->filter);
  wb_inspector_set_filter_wrong (self->inspector, NULL);
  if (recording == NULL)
    return;
  if (!sig_filter_spec_check (filter, recording, &error))
    wb_inspector_set_filter_wrong (self->inspector, error->message);
  else if (sig_filter_spec_is_off (filter))
    set_filter (self, filter, NULL, trains);
  else if (sig_filter_spec_equal (filter, app_document_get_filter (self->document)))
    set_filter (self, filter, app_document_get_shown (self->document), trains);
  else
    app_filter_start (self->filter, recording, filter);
}

static void
filtered_cb (AppWindow *self, SigPyramid *pyramid, const SigFilterSpec *filter)
{
  gboolean trains;

  (void) wb_inspector_get_filter (self->inspector, &trains);
  set_filter (self, filter, pyramid, trains);
}

static void
failed_cb (AppWindow *self, const GError *error)
{
  wb_inspector_set_filter_wrong (self->inspector, error->message);
}

static void
changed_cb (AppWindow *self)
{
  app_window_update_scene (self);
  app_window_update_facts (self);
}

void
app_window_bind_filter (AppWindow *self)
{
  g_signal_connect_object (self->inspector, "filter-changed", G_CALLBACK (app_window_apply_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->document, "notify::filter", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "notify::active", G_CALLBACK (app_window_update_facts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "filtered", G_CALLBACK (filtered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filter, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
}
