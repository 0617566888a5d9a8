/* test-mailbox.c: the latest step wins, no epoch is lost, and nothing is torn between two threads
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-mailbox.h"

#include "t-app.h"

static NnWeights *
weights (void)
{
  g_autoptr (NnDesign) design = t_design (20, 2);
  NnContract labels = { 20, 2 };
  g_autoptr (NnCheck) check = nn_check_new (design, &labels);
  g_autoptr (NnModel) model = nn_model_new (check, NULL);

  return nn_model_dup_weights (model);
}

static void
test_latest (void)
{
  g_autoptr (AppMailbox) mailbox = app_mailbox_new ();
  g_autoptr (NnWeights) first = weights ();
  g_autoptr (NnWeights) second = weights ();
  AppMail mail;

  g_assert_false (app_mailbox_take (mailbox, &mail));
  g_assert_null (mail.weights);

  for (int i = 1; i <= 3; i++)
    app_mailbox_put_step (mailbox, &(NnTrainStep) { .epoch = i });
  app_mailbox_put_epoch (mailbox, &(NnEpoch) { .epoch = 1 }, first);
  app_mailbox_put_epoch (mailbox, &(NnEpoch) { .epoch = 2 }, second);

  g_assert_true (app_mailbox_take (mailbox, &mail));
  g_assert_true (mail.has_step);
  g_assert_cmpint (mail.step.epoch, ==, 3);
  g_assert_cmpuint (mail.n_epochs, ==, 2);
  g_assert_cmpint (mail.epochs[0].epoch, ==, 1);
  g_assert_cmpint (mail.epochs[1].epoch, ==, 2);
  g_assert_true (mail.weights == second);
  app_mail_clear (&mail);

  g_assert_false (app_mailbox_take (mailbox, &mail));
  g_assert_false (mail.has_step);
  g_assert_cmpuint (mail.n_epochs, ==, 0);
}

#define N_EPOCHS 20000

typedef struct
{
  AppMailbox *mailbox;
  NnWeights  *weights;
} Writer;

static gpointer
write_epochs (gpointer data)
{
  Writer *writer = data;

  for (int i = 1; i <= N_EPOCHS; i++)
    {
      app_mailbox_put_step (writer->mailbox, &(NnTrainStep) { .epoch = i, .epochs = -i });
      app_mailbox_put_epoch (writer->mailbox, &(NnEpoch) { .epoch = i }, writer->weights);
    }
  app_mailbox_unref (writer->mailbox);

  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (AppMailbox) mailbox = app_mailbox_new ();
  g_autoptr (NnWeights) shared = weights ();
  Writer writer = { app_mailbox_ref (mailbox), shared };
  GThread *thread = g_thread_new ("writer", write_epochs, &writer);
  int next = 1;

  while (next <= N_EPOCHS)
    {
      g_auto (AppMail) mail = { 0 };

      app_mailbox_take (mailbox, &mail);
      if (mail.has_step)
        g_assert_cmpint (mail.step.epoch, ==, -mail.step.epochs);
      for (guint i = 0; i < mail.n_epochs; i++)
        g_assert_cmpint (mail.epochs[i].epoch, ==, next++);
    }
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mailbox/latest", test_latest);
  g_test_add_func ("/mailbox/threads", test_threads);

  return g_test_run ();
}
