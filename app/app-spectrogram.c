/* app-spectrogram.c: computes spectrograms in the background, a moment's worth at a time
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-spectrogram.h"

#include "app-job.h"

#define MOMENT_US 60000

/* What goes to the thread and comes back. */
typedef struct
{
  SigRecording   *recording;
  SigSpectrumSpec spec;
  SigSpectrum    *before;   /* (nullable) */
  SigSpectrum    *spectrum;
  AppTicket      *ticket;   /* borrowed; set on the thread, with the next one */
  gint64          until;
  GError         *error;
} Request;

struct _AppSpectrogram
{
  GObject  parent_instance;

  AppJob  *job;
};

enum { COMPUTED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AppSpectrogram, app_spectrogram, G_TYPE_OBJECT)

static gboolean
is_enough (gpointer user_data)
{
  Request *request = user_data;

  return app_ticket_is_cancelled (request->ticket) || g_get_monotonic_time () > request->until;
}

static void
request_run (gpointer data, AppTicket *ticket)
{
  Request *request = data;

  request->ticket = ticket;
  request->until = g_get_monotonic_time () + MOMENT_US;
  request->spectrum = sig_spectrum_new (request->recording, &request->spec, request->before, is_enough, request,
                                        &request->error);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  sig_recording_unref (request->recording);
  g_clear_pointer (&request->before, sig_spectrum_unref);
  g_clear_pointer (&request->spectrum, sig_spectrum_unref);
  g_clear_error (&request->error);
  g_free (request);
}

static void
request_done (gpointer owner, gpointer data)
{
  g_autoptr (AppSpectrogram) self = g_object_ref (owner);
  Request *request = data;

  if (request->error != NULL)
    g_signal_emit (self, signals[FAILED], 0, request->error);
  else if (request->spectrum != NULL)
    g_signal_emit (self, signals[COMPUTED], 0, request->spectrum);
}

static const AppJobKind request_kind = {
  .name = "lamina-spectrum",
  .run = request_run,
  .done = request_done,
  .free_data = request_free,
};

AppSpectrogram *
app_spectrogram_new (void)
{
  return g_object_new (APP_TYPE_SPECTROGRAM, NULL);
}

void
app_spectrogram_start (AppSpectrogram        *self,
                       const SigRecording    *recording,
                       const SigSpectrumSpec *spec,
                       const SigSpectrum     *before)
{
  g_autoptr (GError) error = NULL;
  Request *request;

  g_return_if_fail (APP_IS_SPECTROGRAM (self) && recording != NULL && spec != NULL);

  request = g_new0 (Request, 1);
  request->recording = sig_recording_ref (recording);
  request->spec = *spec;
  request->before = before != NULL ? sig_spectrum_ref (before) : NULL;
  if (!app_job_start (self->job, request, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

void
app_spectrogram_forget (AppSpectrogram *self)
{
  g_return_if_fail (APP_IS_SPECTROGRAM (self));

  app_job_drop (self->job);
}

gboolean
app_spectrogram_is_active (AppSpectrogram *self)
{
  g_return_val_if_fail (APP_IS_SPECTROGRAM (self), FALSE);

  return app_job_is_active (self->job);
}

gboolean
app_spectrogram_is_busy (AppSpectrogram *self)
{
  g_return_val_if_fail (APP_IS_SPECTROGRAM (self), FALSE);

  return app_job_is_busy (self->job);
}

static void
app_spectrogram_dispose (GObject *object)
{
  AppSpectrogram *self = APP_SPECTROGRAM (object);

  g_clear_pointer (&self->job, app_job_free);

  G_OBJECT_CLASS (app_spectrogram_parent_class)->dispose (object);
}

static void
app_spectrogram_class_init (AppSpectrogramClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = app_spectrogram_dispose;

  signals[COMPUTED] = g_signal_new ("computed", APP_TYPE_SPECTROGRAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FAILED] = g_signal_new ("failed", APP_TYPE_SPECTROGRAM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
app_spectrogram_init (AppSpectrogram *self)
{
  self->job = app_job_new (&request_kind, self);
}
