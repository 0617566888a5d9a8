/* sig-synth.c: a deterministic recording: the built-in demo, and material for tests and benches
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-synth.h"

#include <math.h>

/* Sixteen electrodes in a row over a forearm. While the hand grasps, action potentials run along the row from the first
 * electrode to the last; whatever else happens in the arm makes potentials of the same shape and strength that
 * run the other way, at another speed, in no order or on one electrode alone. A potential is symmetric in time, so a
 * single step of all channels looks the same whichever way it runs: only several channels over tens of steps tell.
 *
 * Bits must not depend on the machine: whole-number random generator, and of floating point only + - * / sqrt, which
 * IEEE 754 defines to the last bit. Hence the sine of our own. */

#define N_CHANNELS    16
#define RATE_HZ       250
#define HALF_WIDTH    6.0  /* steps from a potential's peak to its end, on one electrode */
#define LEAST_LAG     1.6  /* steps from one electrode to the next, while grasping */
#define GREATEST_LAG  2.4
#define STRENGTH_UV   34.0
#define NOISE_UV      14.0

typedef enum
{
  EVENT_GRASP,
  EVENT_BACKWARDS, /* from the last electrode to the first */
  EVENT_AT_ONCE,   /* as good as at once on all electrodes */
  EVENT_SCRAMBLED, /* the lags of a grasp, in another order for each potential */
  EVENT_ALONE,     /* one electrode, as often as sixteen would fire: the same energy in all */
  N_EVENTS,
} Event;

/* Of 100 events, so many are of each kind. */
static const guint SHARES[N_EVENTS] = { 50, 28, 6, 10, 6 };

typedef struct
{
  guint64 state;
} Random;

/* SplitMix64. */
static guint64
next_bits (Random *self)
{
  guint64 z = self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* Evenly in [low, high). */
static double
draw (Random *self,
      double  low,
      double  high)
{
  return low + (high - low) * ((double) (next_bits (self) >> 11) / 9007199254740992.0);
}

static int
draw_whole (Random *self,
            int     n)
{
  return (int) (next_bits (self) % (guint64) n);
}

/* Mean 0, deviation 1: the sum of four even draws is close enough to a bell. */
static double
draw_bell (Random *self)
{
  double sum = 0;

  for (int i = 0; i < 4; i++)
    sum += draw (self, -1, 1);
  return sum * 0.8660254037844386; /* sqrt (3 / 4) */
}

/* The sine of `turns` full turns. With x = 4 (turns - whole) in quarter turns folded into [-1, 1], the odd polynomial is
 * within 5e-6 of sin (π x / 2). */
static double
sine (double turns)
{
  double x = 4 * (turns - floor (turns)), y = 0;

  x = x > 3 ? x - 4 : x > 1 ? 2 - x : x;
  y = x * x;
  return x * (1.5707949 + y * (-0.64589268 + y * (0.07943444 + y * -0.00433310)));
}

/* A potential on one electrode, `u` half-widths from its peak: three phases, mean 0, peak 1. */
static double
potential (double u)
{
  double y = u * u;

  return y < 1 ? (1 - y) * (1 - y) * (1 - 7 * y) : 0;
}

static void
add_potential (float *samples,
               gint64 n_steps,
               double peak,
               double strength)
{
  gint64 first = (gint64) MAX (peak - HALF_WIDTH, 0), last = (gint64) MIN (peak + HALF_WIDTH + 1, (double) n_steps - 1);

  for (gint64 t = first; t <= last; t++)
    samples[t] += (float) (strength * potential ((t - peak) / HALF_WIDTH));
}

/* Noise as of skin and amplifier: three first-order filters make it fall off towards high frequencies, the slowest is the
 * drift; a rhythm near 10 Hz waxes and wanes; the mains hum through. */
static void
add_background (float *samples,
                gint64 n_steps,
                Random random)
{
  double drift = 0, slow = 0, fast = 0, rhythm = 0, before = 0;
  double hum = draw (&random, 0.1, 0.5), phase = draw (&random, 0, 1), sway = draw (&random, 0, 1);

  for (gint64 t = 0; t < n_steps; t++)
    {
      double next = 0;

      drift = 0.9995 * drift + 0.022 * draw_bell (&random);
      slow = 0.97 * slow + 0.12 * draw_bell (&random);
      fast = 0.6 * fast + 0.45 * draw_bell (&random);
      next = 1.898 * rhythm - 0.962 * before + 0.03 * draw_bell (&random); /* a resonance at 10 Hz */
      before = rhythm;
      rhythm = next;

      samples[t] += (float) (NOISE_UV * (drift + slow + fast + rhythm
                                         + 0.6 * sine (sway + t * (0.11 / RATE_HZ))
                                         + hum * sine (phase + t * (50.02 / RATE_HZ))));
    }
}

static Event
draw_event (Random *random)
{
  guint ticket = (guint) draw_whole (random, 100);
  guint event = 0;

  while (ticket >= SHARES[event])
    ticket -= SHARES[event++];
  return (Event) event;
}

/* Puts one volley along the row into `samples`, the first electrode's peak at `start`; returns when its last is over. */
static double
add_volley (float  *samples,
            gint64  n_steps,
            Random *random,
            Event   event,
            double  lag,
            int     lone_channel,
            double  start)
{
  double strength = STRENGTH_UV * draw (random, 0.7, 1.3);
  int places[N_CHANNELS];

  for (int c = 0; c < N_CHANNELS; c++)
    places[c] = event == EVENT_BACKWARDS ? N_CHANNELS - 1 - c : c;
  if (event == EVENT_SCRAMBLED)
    for (int c = N_CHANNELS - 1; c > 0; c--)
      {
        int other = draw_whole (random, c + 1), place = places[c];

        places[c] = places[other];
        places[other] = place;
      }

  for (int c = 0; c < N_CHANNELS; c++)
    {
      int channel = event == EVENT_ALONE ? lone_channel : c;

      add_potential (samples + channel * n_steps, n_steps, start + lag * places[c], strength * draw (random, 0.8, 1.2));
    }
  return start + lag * (N_CHANNELS - 1) + HALF_WIDTH;
}

/* Adds an event of about `length` steps from `start` on; returns its end. */
static gint64
add_event (float  *samples,
           gint64  n_steps,
           Random *random,
           Event   event,
           gint64  start,
           gint64  length)
{
  double lag = event == EVENT_AT_ONCE ? draw (random, 0, 0.25) : draw (random, LEAST_LAG, GREATEST_LAG);
  double at = (double) start + HALF_WIDTH, end = 0;
  int lone_channel = draw_whole (random, N_CHANNELS);

  do
    {
      end = add_volley (samples, n_steps, random, event, lag, lone_channel, at);
      at += draw (random, 14, 26);
    }
  while (at < (double) (start + length));

  return (gint64) end;
}

/* Fills in the events and lists the grasps. */
static GArray *
add_events (float  *samples,
            gint64  n_steps,
            Random *random)
{
  GArray *grasps = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  const gint64 longest = 340; /* of an event, its last volley included */
  gint64 at = 60;

  while (at + longest < n_steps)
    {
      Event event = draw_event (random);
      gint64 end = add_event (samples, n_steps, random, event, at, (gint64) draw (random, 110, 280));

      if (event == EVENT_GRASP)
        g_array_append_val (grasps, ((SigSpan) { at + (gint64) HALF_WIDTH, end, 1 }));
      at = end + (gint64) draw (random, 40, 150);
    }
  return grasps;
}

/* Everything that is not a grasp is rest. */
static SigLabels *
make_labels (const GArray *grasps,
             gint64        n_steps)
{
  const char *const names[] = { "rest", "grasp" };
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (SigSpan));
  gint64 at = 0;

  for (guint i = 0; i < grasps->len; i++)
    {
      SigSpan grasp = g_array_index (grasps, SigSpan, i);
      SigSpan rest = { at, grasp.start, 0 };

      g_array_append_val (spans, rest);
      g_array_append_val (spans, grasp);
      at = grasp.end;
    }
  if (at < n_steps)
    g_array_append_val (spans, ((SigSpan) { at, n_steps, 0 }));

  return sig_labels_new (n_steps, (const SigSpan *) spans->data, spans->len, names, 2);
}

void
sig_synth_demo (gint64         n_steps,
                guint64        seed,
                SigRecording **recording,
                SigLabels    **labels)
{
  const char *units[N_CHANNELS];
  g_autoptr (GArray) grasps = NULL;
  Random random = { seed };
  float *samples = NULL;

  g_return_if_fail (n_steps > 0 && recording != NULL && labels != NULL);

  samples = g_new0 (float, N_CHANNELS * n_steps);
  grasps = add_events (samples, n_steps, &random);
  for (int c = 0; c < N_CHANNELS; c++)
    {
      add_background (samples + c * n_steps, n_steps, (Random) { next_bits (&random) });
      units[c] = "µV";
    }

  *labels = make_labels (grasps, n_steps);
  *recording = sig_recording_new_take_samples ("Demo: 16 electrodes on a forearm", N_CHANNELS, n_steps, RATE_HZ,
                                              NULL, units, samples);
}
