/* test-filter.c: recordings are filtered on a thread, given up for newer requests, and trained on where that is asked for
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-document.h"
#include "app-filter.h"

#include "t-app.h"

/* What the signals brought. */
typedef struct
{
  SigPyramid   *pyramid;
  SigFilterSpec spec;
  int           n_filtered, n_failed;
} Answer;

static void
filtered_cb (Answer *answer, SigPyramid *pyramid, const SigFilterSpec *spec)
{
  g_clear_pointer (&answer->pyramid, sig_pyramid_unref);
  answer->pyramid = sig_pyramid_ref (pyramid);
  answer->spec = *spec;
  answer->n_filtered++;
}

static void
failed_cb (Answer *answer, const GError *error)
{
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
  answer->n_failed++;
}

static AppFilter *
filter_new (Answer *answer)
{
  AppFilter *filter = app_filter_new ();

  g_signal_connect_swapped (filter, "filtered", G_CALLBACK (filtered_cb), answer);
  g_signal_connect_swapped (filter, "failed", G_CALLBACK (failed_cb), answer);
  return filter;
}

static void
test_filter (void)
{
  Answer answer = { 0 };
  AppFilter *filter = filter_new (&answer);
  g_autoptr (SigPyramid) four = t_four (20000);
  const SigRecording *recording = sig_pyramid_get_recording (four);
  double half = sig_recording_get_rate_hz (recording) / 2;
  SigFilterSpec first = sig_filter_spec_default (), second = first, wrong = first;

  first.low_pass_hz = half / 2;
  second.low_pass_hz = half / 4;
  wrong.low_pass_hz = 2 * half;
  app_filter_start (filter, recording, &first);
  app_filter_start (filter, recording, &second);
  t_wait_until (!app_filter_is_active (filter), (void) 0);
  g_assert_cmpint (answer.n_filtered, ==, 1);
  g_assert_true (sig_filter_spec_equal (&answer.spec, &second));
  g_assert_cmpint (sig_recording_get_n_steps (sig_pyramid_get_recording (answer.pyramid)), ==, 20000);

  app_filter_start (filter, recording, &wrong);
  t_wait_until (!app_filter_is_active (filter), (void) 0);
  g_assert_cmpint (answer.n_failed, ==, 1);

  app_filter_start (filter, recording, &first);
  app_filter_forget (filter);
  t_wait_until (!app_filter_is_busy (filter), (void) 0);
  g_assert_cmpint (answer.n_filtered, ==, 1);
  sig_pyramid_unref (answer.pyramid);
  g_assert_finalize_object (filter);
}

static void
test_document (void)
{
  AppDocument *document = app_document_new ();
  g_autoptr (SigPyramid) raw = t_four (5000);
  SigFilterSpec spec = sig_filter_spec_default (), off = spec;
  g_autoptr (SigRecording) filtered = NULL;
  g_autoptr (SigPyramid) shown = NULL;

  spec.remove_mean = TRUE;
  filtered = sig_filter_apply (sig_pyramid_get_recording (raw), &spec, NULL, NULL, NULL);
  shown = sig_pyramid_new (filtered);
  app_document_set_recording (document, raw, NULL);
  g_assert_true (app_document_get_shown (document) == raw);

  g_assert_false (app_document_set_filter (document, &spec, shown, FALSE));
  g_assert_true (app_document_get_shown (document) == shown);
  g_assert_true (app_document_get_training (document) == app_document_get_recording (document));
  g_assert_true (app_document_set_filter (document, &spec, shown, TRUE));
  g_assert_true (app_document_get_training (document) == filtered);
  g_assert_true (app_document_set_filter (document, &off, NULL, TRUE));
  g_assert_true (app_document_get_shown (document) == raw);

  app_document_set_filter (document, &spec, shown, TRUE);
  app_document_set_recording (document, raw, NULL);
  g_assert_true (sig_filter_spec_is_off (app_document_get_filter (document)));
  g_assert_true (app_document_get_shown (document) == raw);
  g_assert_finalize_object (document);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/filter", test_filter);
  g_test_add_func ("/filter/document", test_document);

  return g_test_run ();
}
