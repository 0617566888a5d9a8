/* test-filter.c: filters against SciPy's numbers, and the same bits in whatever pieces they are read
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-error.h"
#include "sig-filter-private.h"

#include <math.h>
#include <string.h>

#define RATE_HZ 250

/* --- against SciPy ------------------------------------------------------------------ */

static SigRecording *
make_one (const double *values,
          gint64        n,
          double        rate_hz)
{
  float *samples = g_new (float, n);

  for (gint64 t = 0; t < n; t++)
    samples[t] = (float) values[t];
  return sig_recording_new_take_samples ("one", 1, n, rate_hz, NULL, NULL, samples);
}

static void
check_case (const double *signal,
            gint64        n,
            const double *numbers)
{
  SigFilterSpec spec = { .high_pass_hz = numbers[1], .low_pass_hz = numbers[2], .order = (int) numbers[3],
                         .notch_hz = numbers[4], .notch_q = numbers[5], .zero_phase = numbers[6] != 0 };
  g_autoptr (SigRecording) recording = make_one (signal, n, numbers[0]);
  g_autoptr (GError) error = NULL;
  g_autoptr (SigRecording) filtered = sig_filter_apply (recording, &spec, NULL, NULL, &error);
  g_autofree char *text = sig_filter_spec_to_text (&spec);
  const double *expected = numbers + 7;
  const float *samples;
  double greatest = 0, worst = 0;

  g_assert_no_error (error);
  samples = sig_recording_peek_channel (filtered, 0);
  for (gint64 t = 0; t < n; t++)
    {
      greatest = fmax (greatest, fabs (expected[t]));
      worst = fmax (worst, fabs (samples[t] - expected[t]));
    }
  g_test_message ("%s, order %d, %s: off by %.2g of %.3g", text, spec.order, spec.zero_phase ? "zero phase" : "causal", worst,
                  greatest);
  g_assert_cmpfloat (greatest, >, 0);
  g_assert_cmpfloat (worst, <=, 1e-6 * greatest);
}

static void
test_scipy (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "filter.bin", NULL);
  g_autofree char *bytes = NULL;
  gsize n_bytes;
  const double *numbers;
  gint64 n_cases, n;

  g_assert_true (g_file_get_contents (path, &bytes, &n_bytes, NULL));
  numbers = (const double *) (gconstpointer) bytes;
  n_cases = (gint64) numbers[0];
  n = (gint64) numbers[1];
  g_assert_cmpuint (n_bytes, ==, sizeof (double) * (gsize) (2 + n + n_cases * (7 + n)));
  for (gint64 i = 0; i < n_cases; i++)
    check_case (numbers + 2, n, numbers + 2 + n + i * (7 + n));
}

/* --- in pieces ---------------------------------------------------------------------- */

/* A signal that is computed, so that it takes no memory: what a file of any length would give. */
static gboolean
read_signal (gpointer source,
             guint    channel,
             gint64   start,
             gint64   n,
             float   *out,
             GError **error)
{
  for (gint64 t = start; t < start + n; t++)
    {
      guint32 x = (guint32) (t * 2654435761u + channel * 97);

      x ^= x >> 15;
      x *= 2246822519u;
      x ^= x >> 13;
      out[t - start] = t % 9973 == 17 ? NAN : (float) (100 + (channel + 1) * sin (t * .01) + x / 4294967296.);
    }
  return TRUE;
}

static SigRecording *
make_long (guint  n_channels,
           gint64 n_steps)
{
  return sig_recording_new_from_source ("long", n_channels, n_steps, RATE_HZ, NULL, NULL, read_signal, NULL, NULL);
}

static const SigFilterSpec specs[] = {
  { .high_pass_hz = 1, .low_pass_hz = 40, .order = 4, .notch_hz = 50, .notch_q = 30, .zero_phase = TRUE },
  { .high_pass_hz = .2, .order = 2, .notch_q = 30 },
  { .low_pass_hz = 30, .order = 8, .notch_q = 30, .remove_mean = TRUE, .zero_phase = TRUE },
};

static void
assert_same_bits (const float *a,
                  const float *b,
                  gint64       n)
{
  g_assert_cmpmem (a, n * sizeof *a, b, n * sizeof *b);
}

static void
test_pieces (void)
{
  const guint n_channels = 3;
  const gint64 n_steps = 70000;
  g_autoptr (SigRecording) recording = make_long (n_channels, n_steps);
  g_autofree float *piece = g_new (float, n_steps);
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  g_test_summary ("Computed at once or as asked for, in any pieces and order: the same bits.");
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (SigRecording) whole = sig_filter_apply (recording, &specs[i], NULL, NULL, NULL);

      g_assert_nonnull (sig_recording_peek_channel (whole, 0));
      for (int k = 0; k < 40; k++)
        {
          g_autoptr (SigRecording) lazy = sig_filter_apply_within (recording, &specs[i], 0, NULL, NULL, NULL);

          g_assert_null (sig_recording_peek_channel (lazy, 0));
          for (int j = 0; j < 3; j++)
            {
              guint channel = (guint) g_rand_int_range (rand, 0, (gint32) n_channels);
              gint64 start = g_rand_int_range (rand, 0, (gint32) n_steps), n = g_rand_int_range (rand, 1, 40000);

              n = MIN (n, n_steps - start);
              g_assert_true (sig_recording_read (lazy, channel, start, n, piece, NULL));
              assert_same_bits (piece, sig_recording_peek_channel (whole, channel) + start, n);
            }
        }
    }
}

/* The filter run over all of it in one go, with the mean taken away. */
static void
filter_whole (const SigFilterSpec *spec,
              const SigRecording  *recording,
              double               mean,
              double              *out)
{
  gint64 n = sig_recording_get_n_steps (recording);
  SigBiquad sections[SIG_FILTER_MAX_SECTIONS];
  guint n_sections = sig_filter_design (spec, RATE_HZ, sections);
  g_autofree float *samples = g_new (float, n);

  g_assert_true (sig_recording_read (recording, 0, 0, n, samples, NULL));
  for (gint64 t = 0; t < n; t++)
    out[t] = isfinite (samples[t]) ? samples[t] - mean : out[t - 1];
  for (int pass = 0; pass <= spec->zero_phase; pass++)
    {
      for (guint i = 0; i < n_sections; i++)
        {
          const SigBiquad *s = &sections[i];
          double gain = (s->b0 + s->b1 + s->b2) / (1 + s->a1 + s->a2), x1 = out[0], x2 = out[0], y1 = gain * x1, y2 = y1;

          for (gint64 t = 0; t < n; t++)
            {
              double x = out[t], y = s->b0 * x + s->b1 * x1 + s->b2 * x2 - s->a1 * y1 - s->a2 * y2;

              x2 = x1;
              x1 = x;
              y2 = y1;
              y1 = y;
              out[t] = y;
            }
        }
      for (gint64 t = 0; t < n / 2; t++)
        {
          double other = out[n - 1 - t];

          out[n - 1 - t] = out[t];
          out[t] = other;
        }
    }
  if (!spec->zero_phase)
    for (gint64 t = 0; t < n / 2; t++)
      {
        double other = out[n - 1 - t];

        out[n - 1 - t] = out[t];
        out[t] = other;
      }
}

static double
get_mean (const SigRecording *recording)
{
  gint64 n = sig_recording_get_n_steps (recording), count = 0;
  g_autofree float *samples = g_new (float, n);
  double sum = 0;

  g_assert_true (sig_recording_read (recording, 0, 0, n, samples, NULL));
  for (gint64 t = 0; t < n; t++)
    if (isfinite (samples[t]))
      {
        sum += samples[t];
        count++;
      }
  return sum / (double) count;
}

static void
test_warm_up (void)
{
  const gint64 n_steps = 100000;
  g_autoptr (SigRecording) recording = make_long (1, n_steps);
  g_autofree double *expected = g_new (double, n_steps);

  g_test_summary ("Blocks join as if the whole had been filtered in one go; missing samples stay missing.");
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autoptr (SigRecording) filtered = sig_filter_apply (recording, &specs[i], NULL, NULL, NULL);
      const float *samples = sig_recording_peek_channel (filtered, 0);
      SigBiquad sections[SIG_FILTER_MAX_SECTIONS];
      gint64 tail = sig_filter_get_warm_up (sections, sig_filter_design (&specs[i], RATE_HZ, sections));

      filter_whole (&specs[i], recording, specs[i].remove_mean ? get_mean (recording) : 0, expected);
      /* The last warm-up depends on how the end is drawn out. */
      for (gint64 t = 0; t < n_steps - tail; t++)
        if (t % 9973 == 17)
          g_assert_true (isnan (samples[t]));
        else
          g_assert_cmpfloat_with_epsilon (samples[t], expected[t], 1e-5);
    }
}

/* --- runs --------------------------------------------------------------------------- */

static void
test_runs (void)
{
  const gint64 n = 3000;
  const SigSegment segments[] = { { 0, 1000 }, { 1400, 2000 }, { 2000, n } };
  SigFilterSpec spec = specs[0];
  float *samples = g_new (float, n), *parts;
  g_autoptr (SigRecording) plain = NULL, broken = NULL, filtered = NULL, paged = NULL, pages = NULL;

  for (gint64 t = 0; t < n; t++)
    samples[t] = t >= 1000 && t < 1400 ? NAN : (float) (sin (t * .3) + (t < 2000 ? 0 : 50));
  plain = sig_recording_new_take_samples ("runs", 1, n, RATE_HZ, NULL, NULL, samples);
  broken = sig_recording_with_segments (plain, segments, G_N_ELEMENTS (segments));
  filtered = sig_filter_apply (broken, &spec, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (segments); i++)
    {
      gint64 length = segments[i].end - segments[i].start;
      g_autoptr (SigRecording) alone = NULL, expected = NULL;

      parts = g_memdup2 (samples + segments[i].start, (gsize) length * sizeof *parts);
      alone = sig_recording_new_take_samples ("alone", 1, length, RATE_HZ, NULL, NULL, parts);
      expected = sig_filter_apply (alone, &spec, NULL, NULL, NULL);
      assert_same_bits (sig_recording_peek_channel (filtered, 0) + segments[i].start, sig_recording_peek_channel (expected, 0),
                        length);
    }
  for (gint64 t = 1000; t < 1400; t++)
    g_assert_true (isnan (sig_recording_peek_channel (filtered, 0)[t]));

  paged = sig_recording_with_page (plain, 500);
  pages = sig_filter_apply (paged, &spec, NULL, NULL, NULL);
  g_assert_cmpint (sig_recording_get_page (pages), ==, 500);
  g_assert_cmpfloat (fabs (sig_recording_peek_channel (pages, 0)[2000]), <, 3);
}

static void
test_mean (void)
{
  const SigFilterSpec spec = { .order = 4, .notch_q = 30, .remove_mean = TRUE };
  float *samples = g_new (float, 4);
  g_autoptr (SigRecording) recording = NULL, filtered = NULL;
  const float *out;

  samples[0] = 1;
  samples[1] = NAN;
  samples[2] = 3;
  samples[3] = 8;
  recording = sig_recording_new_take_samples ("no rate", 1, 4, 0, NULL, NULL, samples);
  filtered = sig_filter_apply (recording, &spec, NULL, NULL, NULL);
  out = sig_recording_peek_channel (filtered, 0);
  g_assert_cmpfloat (out[0], ==, -3);
  g_assert_true (isnan (out[1]));
  g_assert_cmpfloat (out[3], ==, 4);
}

/* --- refusals and words -------------------------------------------------------------- */

static void
test_refused (void)
{
  const struct
  {
    SigFilterSpec spec;
    const char   *words;
  } cases[] = {
    { { .high_pass_hz = 125, .order = 4, .notch_q = 30 }, "*high-pass*125 Hz*250 Hz*below 125 Hz*" },
    { { .low_pass_hz = -1, .order = 4, .notch_q = 30 }, "*low-pass*-1 Hz*" },
    { { .notch_hz = NAN, .order = 4, .notch_q = 30 }, "*notch*nan Hz*" },
    { { .low_pass_hz = 10, .order = 3, .notch_q = 30 }, "*order is 3*2, 4, 6 or 8*" },
    { { .low_pass_hz = 10, .order = 10, .notch_q = 30 }, "*order is 10*" },
    { { .notch_hz = 50, .order = 4, .notch_q = .5 }, "*Q is 0.5*1 to 1000*" },
    { { .high_pass_hz = 40, .low_pass_hz = 10, .order = 4, .notch_q = 30 }, "*40 Hz*below the low-pass frequency of 10 Hz*" },
    { { .high_pass_hz = 1e-4, .order = 4, .notch_q = 30 }, "*remembers*1048576*" },
  };
  g_autoptr (SigRecording) recording = make_long (1, 100);
  g_autoptr (SigRecording) timeless = sig_recording_new_take_samples ("timeless", 1, 3, 0, NULL, NULL, g_new0 (float, 3));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_null (sig_filter_apply (recording, &cases[i].spec, NULL, NULL, &error));
      g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
      if (!g_pattern_match_simple (cases[i].words, error->message))
        g_error ("case %u says “%s”", i, error->message);
      g_clear_error (&error);
    }
  g_assert_null (sig_filter_apply (timeless, &specs[0], NULL, NULL, &error));
  g_assert_error (error, SIG_ERROR, SIG_ERROR_MISMATCH);
}

static gboolean
always (gpointer user_data)
{
  return TRUE;
}

static void
test_off_and_stop (void)
{
  SigFilterSpec off = sig_filter_spec_default (), other = off;
  g_autoptr (SigRecording) recording = make_long (1, 100), same = NULL;
  g_autoptr (GError) error = NULL;

  same = sig_filter_apply (recording, &off, NULL, NULL, NULL);
  g_assert_true (same == recording);
  other.order = 8;
  g_assert_true (sig_filter_spec_equal (&off, &other));
  other.low_pass_hz = 9;
  g_assert_false (sig_filter_spec_equal (&off, &other));
  g_assert_null (sig_filter_apply (recording, &specs[0], always, NULL, &error));
  g_assert_no_error (error);
}

static void
test_text (void)
{
  const char *const texts[] = { "1–40 Hz, notch 50 Hz", "above 0.2 Hz", "below 30 Hz, mean removed" };
  SigFilterSpec off = sig_filter_spec_default ();
  g_autofree char *none = sig_filter_spec_to_text (&off);

  g_assert_cmpstr (none, ==, "no filter");
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autofree char *text = sig_filter_spec_to_text (&specs[i]);

      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_code (void)
{
  const char *const wrong[] = { "", "high_pass=1", "high_pass=x low_pass=1", "low_pass=1 high_pass=2",
                                "high_pass=nan low_pass=40 order=4 notch=50 q=30 remove_mean=0 zero_phase=1" };
  g_autoptr (GError) error = NULL;
  SigFilterSpec read;

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      g_autofree char *code = sig_filter_spec_to_code (&specs[i]);

      g_assert_true (sig_filter_spec_from_code (code, &read, NULL));
      g_assert_true (sig_filter_spec_equal (&read, &specs[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (sig_filter_spec_from_code (wrong[i], &read, &error));
      g_assert_error (error, SIG_ERROR, SIG_ERROR_FORMAT);
      g_clear_error (&error);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/scipy", test_scipy);
  g_test_add_func ("/filter/pieces", test_pieces);
  g_test_add_func ("/filter/warm-up", test_warm_up);
  g_test_add_func ("/filter/runs", test_runs);
  g_test_add_func ("/filter/mean", test_mean);
  g_test_add_func ("/filter/refused", test_refused);
  g_test_add_func ("/filter/off-and-stop", test_off_and_stop);
  g_test_add_func ("/filter/text", test_text);
  g_test_add_func ("/filter/code", test_code);
  return g_test_run ();
}
