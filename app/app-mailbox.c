/* app-mailbox.c: what the training thread has to tell: the latest step and weights, and every epoch
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-mailbox.h"

#include <pthread.h>
#include <stdatomic.h>

struct _AppMailbox
{
  atomic_int      ref_count;
  pthread_mutex_t lock;

  /* Under the lock. */
  AppRun         *run;
  gboolean        has_step;
  NnTrainStep     step;
  GArray         *epochs; /* of NnEpoch */
  NnWeights      *weights;
};

AppMailbox *
app_mailbox_new (void)
{
  AppMailbox *self = g_new0 (AppMailbox, 1);

  atomic_init (&self->ref_count, 1);
  pthread_mutex_init (&self->lock, NULL);
  self->epochs = g_array_new (FALSE, FALSE, sizeof (NnEpoch));

  return self;
}

AppMailbox *
app_mailbox_ref (AppMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  atomic_fetch_add (&self->ref_count, 1);

  return self;
}

void
app_mailbox_unref (AppMailbox *self)
{
  g_return_if_fail (self != NULL);

  if (atomic_fetch_sub (&self->ref_count, 1) > 1)
    return;

  g_clear_pointer (&self->run, app_run_unref);
  g_clear_pointer (&self->weights, nn_weights_unref);
  g_array_unref (self->epochs);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

void
app_mailbox_put_run (AppMailbox *self, AppRun *run)
{
  g_return_if_fail (self != NULL && run != NULL);

  pthread_mutex_lock (&self->lock);
  g_clear_pointer (&self->run, app_run_unref);
  self->run = app_run_ref (run);
  pthread_mutex_unlock (&self->lock);
}

void
app_mailbox_put_step (AppMailbox *self, const NnTrainStep *step)
{
  g_return_if_fail (self != NULL && step != NULL);

  pthread_mutex_lock (&self->lock);
  self->has_step = TRUE;
  self->step = *step;
  pthread_mutex_unlock (&self->lock);
}

void
app_mailbox_put_epoch (AppMailbox *self, const NnEpoch *epoch, NnWeights *weights)
{
  g_return_if_fail (self != NULL && epoch != NULL && weights != NULL);

  pthread_mutex_lock (&self->lock);
  g_array_append_val (self->epochs, *epoch);
  g_clear_pointer (&self->weights, nn_weights_unref);
  self->weights = nn_weights_ref (weights);
  pthread_mutex_unlock (&self->lock);
}

gboolean
app_mailbox_take (AppMailbox *self, AppMail *mail)
{
  g_return_val_if_fail (self != NULL && mail != NULL, FALSE);

  pthread_mutex_lock (&self->lock);
  *mail = (AppMail) {
    .run = g_steal_pointer (&self->run),
    .has_step = self->has_step,
    .step = self->step,
    .n_epochs = self->epochs->len,
    .weights = g_steal_pointer (&self->weights),
  };
  if (self->epochs->len > 0)
    {
      mail->epochs = g_memdup2 (self->epochs->data, self->epochs->len * sizeof (NnEpoch));
      g_array_set_size (self->epochs, 0);
    }
  self->has_step = FALSE;
  pthread_mutex_unlock (&self->lock);

  return mail->run != NULL || mail->has_step || mail->n_epochs > 0 || mail->weights != NULL;
}

void
app_mail_clear (AppMail *mail)
{
  g_return_if_fail (mail != NULL);

  g_clear_pointer (&mail->run, app_run_unref);
  g_clear_pointer (&mail->weights, nn_weights_unref);
  g_clear_pointer (&mail->epochs, g_free);
  mail->n_epochs = 0;
}
