/* app-mailbox.h: what the training thread has to tell: the latest step and weights, and every epoch
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "app-run.h"

G_BEGIN_DECLS

/* Atomically ref-counted, for one writer and one reader on any two threads. Steps and weights: the latest
 * wins, so that a slow reader has nothing to catch up with. Epochs: none is lost. The reader polls, once a
 * frame; nothing is woken. */
typedef struct _AppMailbox AppMailbox;

/* What came since the last look. Clear with app_mail_clear(). */
typedef struct
{
  AppRun      *run;      /* (nullable): the prepared run, told once */
  gboolean     has_step;
  NnTrainStep  step;
  NnEpoch     *epochs;   /* (nullable), n_epochs of them, oldest first */
  guint        n_epochs;
  NnWeights   *weights;  /* (nullable): as they were at the end of the newest epoch */
} AppMail;

AppMailbox *app_mailbox_new       (void) G_GNUC_WARN_UNUSED_RESULT;
AppMailbox *app_mailbox_ref       (AppMailbox *self);
void        app_mailbox_unref     (AppMailbox *self);

void        app_mailbox_put_run   (AppMailbox *self, AppRun *run);
void        app_mailbox_put_step  (AppMailbox *self, const NnTrainStep *step);
void        app_mailbox_put_epoch (AppMailbox *self, const NnEpoch *epoch, NnWeights *weights);

/* Whether there was anything; `mail` is filled either way. */
gboolean    app_mailbox_take      (AppMailbox *self, AppMail *mail);
void        app_mail_clear        (AppMail *mail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppMailbox, app_mailbox_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AppMail, app_mail_clear)

G_END_DECLS
