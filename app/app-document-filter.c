/* app-document-filter.c: what of the recording is filtered away, for looking and for training
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document-private.h"

SigPyramid *
app_document_get_shown (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->filtered != NULL ? self->filtered : self->pyramid;
}

const SigRecording *
app_document_get_training (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return self->filtered != NULL && self->filter_trains ? sig_pyramid_get_recording (self->filtered) : self->recording;
}

const SigFilterSpec *
app_document_get_filter (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), NULL);

  return &self->filter;
}

gboolean
app_document_is_filter_training (AppDocument *self)
{
  g_return_val_if_fail (APP_IS_DOCUMENT (self), FALSE);

  return self->filter_trains;
}

gboolean
app_document_set_filter (AppDocument *self, const SigFilterSpec *filter, SigPyramid *shown, gboolean trains)
{
  const SigRecording *before;
  SigPyramid *old;
  gboolean changed;

  g_return_val_if_fail (APP_IS_DOCUMENT (self) && filter != NULL, FALSE);
  g_return_val_if_fail ((shown == NULL) == sig_filter_spec_is_off (filter), FALSE);

  before = app_document_get_training (self);
  old = self->filtered;
  g_object_freeze_notify (G_OBJECT (self));
  self->filter = *filter;
  self->filter_trains = trains;
  self->filtered = shown != NULL ? sig_pyramid_ref (shown) : NULL;
  app_document_notify (self, APP_DOCUMENT_FILTER);
  changed = app_document_get_training (self) != before;
  if (changed)
    app_document_forget_prediction (self);
  g_clear_pointer (&old, sig_pyramid_unref);
  g_object_thaw_notify (G_OBJECT (self));

  return changed;
}
