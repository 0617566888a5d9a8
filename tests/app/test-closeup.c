/* test-closeup.c: what is seen is fetched on a thread, the last span asked for at the end
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-closeup.h"
#include "sig-error.h"

#include "t-app.h"

#include <stdatomic.h>

#define N_STEPS 1000000

/* A recording whose reader waits until it may go on. */
typedef struct
{
  atomic_int n_reads;
  atomic_bool held;
  gint64      n_readable;
} Source;

static gboolean
read_slowly (gpointer source, guint channel, gint64 start, gint64 n, float *out, GError **error)
{
  Source *self = source;

  atomic_fetch_add (&self->n_reads, 1);
  while (atomic_load (&self->held))
    g_usleep (200);
  if (start + n > self->n_readable)
    {
      g_set_error_literal (error, SIG_ERROR, SIG_ERROR_UNREADABLE, "The file shrank");
      return FALSE;
    }
  for (gint64 t = 0; t < n; t++)
    out[t] = (float) ((start + t) % 10);
  return TRUE;
}

/* What came of it. */
typedef struct
{
  AppCloseup *closeup;
  SigPyramid *pyramid;
  Source      source;
  int         n_fetched, n_failed;
} Answer;

static void
fetched_cb (Answer *answer)
{
  answer->n_fetched++;
}

static void
failed_cb (Answer *answer, const GError *error)
{
  g_assert_error (error, SIG_ERROR, SIG_ERROR_UNREADABLE);
  answer->n_failed++;
}

static void
answer_init (Answer *self, gint64 n_readable, gboolean held)
{
  g_autoptr (SigRecording) recording = NULL;

  *self = (Answer) { .closeup = app_closeup_new (), .source = { 0, held, n_readable } };
  recording = sig_recording_new_from_source ("slow", 2, N_STEPS, 100, NULL, NULL, read_slowly, &self->source, NULL);
  self->pyramid = sig_pyramid_new (recording);
  g_signal_connect_swapped (self->closeup, "fetched", G_CALLBACK (fetched_cb), self);
  g_signal_connect_swapped (self->closeup, "failed", G_CALLBACK (failed_cb), self);
}

static void
answer_clear (Answer *self)
{
  g_assert_finalize_object (self->closeup);
  sig_pyramid_unref (self->pyramid);
}

static void
ask (Answer *self, double start, gboolean spare)
{
  app_closeup_fetch (self->closeup, self->pyramid, &(AppCloseupSpan) { SIG_PLACE_VIEW, start, start + 1000, 2, spare });
}

/* Of many that are asked for while one runs, the last one comes, and none between. */
static void
test_last_wins (void)
{
  Answer answer;

  answer_init (&answer, N_STEPS, TRUE);
  for (int i = 0; i < 50; i++)
    ask (&answer, i * 5000, FALSE);
  g_assert_true (app_closeup_is_active (answer.closeup));
  atomic_store (&answer.source.held, FALSE);
  t_wait_until (!app_closeup_is_active (answer.closeup), (void) 0);
  g_assert_cmpint (answer.n_fetched, ==, 2);
  g_assert_true (sig_pyramid_is_at_hand (answer.pyramid, 49 * 5000, 49 * 5000 + 1000, 2));
  answer_clear (&answer);
}

/* What nobody waits for gives way to what is seen. */
static void
test_spare (void)
{
  Answer answer;

  answer_init (&answer, N_STEPS, TRUE);
  ask (&answer, 0, TRUE);
  t_wait_until (atomic_load (&answer.source.n_reads) > 0, (void) 0);
  ask (&answer, 5000, FALSE);
  atomic_store (&answer.source.held, FALSE);
  t_wait_until (!app_closeup_is_busy (answer.closeup), (void) 0);
  g_assert_cmpint (answer.n_fetched, ==, 1);
  g_assert_true (sig_pyramid_is_at_hand (answer.pyramid, 5000, 6000, 2));
  answer_clear (&answer);
}

static void
test_fail (void)
{
  Answer answer;

  answer_init (&answer, 500, FALSE);
  ask (&answer, 100, FALSE);
  t_wait_until (!app_closeup_is_active (answer.closeup), (void) 0);
  g_assert_cmpint (answer.n_failed, ==, 1);
  g_assert_cmpint (answer.n_fetched, ==, 1);
  answer_clear (&answer);
}

static void
test_forget (void)
{
  Answer answer;

  answer_init (&answer, N_STEPS, TRUE);
  ask (&answer, 0, FALSE);
  ask (&answer, 5000, FALSE);
  app_closeup_forget (answer.closeup);
  atomic_store (&answer.source.held, FALSE);
  t_wait_until (!app_closeup_is_busy (answer.closeup), (void) 0);
  g_assert_cmpint (answer.n_fetched, ==, 0);
  answer_clear (&answer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/closeup/last-wins", test_last_wins);
  g_test_add_func ("/closeup/spare", test_spare);
  g_test_add_func ("/closeup/fail", test_fail);
  g_test_add_func ("/closeup/forget", test_forget);

  return g_test_run ();
}
