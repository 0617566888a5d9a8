/* test-reader-events.c: lists of labels with a header, as BIDS, MNE, MNELAB, DAS, SigViewer and Raven write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <string.h>

#include "fixture.h"
#include "sig-reader-events.h"
#include "spans.h"

/* A list, what it must give on 100 steps at 10 Hz (or a part of the error after "!"), and a part of the notes (NULL: none). */
typedef struct
{
  const char *text;
  const char *spans;
  const char *notes;
} Row;

static void
assert_rows (const Row *rows, gsize n_rows)
{
  g_autoptr (SigRecording) recording = spans_recording (100, 10.0);

  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *notes = NULL;
      g_autofree char *spans = spans_read ("l.csv", rows[i].text, strlen (rows[i].text), recording, &notes);

      g_test_message ("%s → %s (%s)", rows[i].text, spans, notes);
      if (rows[i].spans[0] == '!')
        {
          g_assert_true (spans[0] == '!');
          g_assert_nonnull (strstr (spans, rows[i].spans + 1));
          continue;
        }
      g_assert_cmpstr (spans, ==, rows[i].spans);
      if (rows[i].notes == NULL)
        g_assert_cmpstr (notes, ==, "");
      else
        g_assert_nonnull (strstr (notes, rows[i].notes));
    }
}

static void
test_names (void)
{
  static const Row rows[] = {
    /* BIDS */
    { "onset\tduration\ttrial_type\n0.0\t1.0\twalk\n2.0\t1.5\trest\n", "0-10:walk 20-35:rest", NULL },
    { "onset\tduration\ttrial_type\tsample\n1.0\tn/a\tgo\t10\n", "10-11:go", "1 label is a point" },
    /* MNE: text with its header in a comment, and CSV with dates from 1970 on */
    { "# MNE-Annotations\n# onset, duration, description\n0.5,1.0,walk\n2.0,0.5,rest, or not\n",
      "5-15:walk 20-25:rest, or not", NULL },
    { "onset,duration,description\n1970-01-01 00:00:00.500000,1.0,walk\n1970-01-01 00:00:02,0.5,rest\n",
      "5-15:walk 20-25:rest", NULL },
    { "onset,duration,description\n2002-12-03 19:01:10.720100,1.0,walk\n", "!start on a date", NULL },
    /* MNELAB */
    { "type,onset,duration\n1,0.5,1\n2,2,0.5\n", "5-15:1 20-25:2", NULL },
    /* DAS; songs that never came have no number */
    { "name,start_seconds,stop_seconds\nsine,0.5,1.5\npulse,2.0,2.0\nnever,,\n", "5-15:sine 20-21:pulse",
      "1 label was left out: line 4 has no start and end that are numbers" },
    /* SigViewer: steps, also of the duration */
    { "position,duration,channel,type,name\n10,20,-1,0x0300,Trial\n50,5,2,0x0301,Left\n", "10-30:Trial 50-55:Left",
      "1 label of a single channel was read as one of all" },
    /* German, and times by the clock */
    { "Beginn;Ende;Klasse\n0,5;1,5;Gehen\n2;2,5;Ruhe\n", "5-15:Gehen 20-25:Ruhe", NULL },
    { "start,end,label\n00:00:00.5,00:00:01.5,walk\n0:02.0,00:00:02.5,rest\n", "5-15:walk 20-25:rest", NULL },
    /* Raven */
    { "Selection\tView\tBegin Time (s)\tEnd Time (s)\tLow Freq (Hz)\tSpecies\n1\tW\t0.5\t1.5\t200\twren\n", "5-15:wren", NULL },
    /* a German spreadsheet */
    { "Start;Stop;Label\r\n0,5;1,5;walk\r\n", "5-15:walk", NULL },
    { "onset (ms),duration (ms),label\n500,1000,walk\n", "5-15:walk", NULL },
    { "label,onset\nclick,3\n", "30-31:click", "1 label is a point" },
    { "onset,duration\n1,2\n", "10-30:unnamed", NULL },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

/* Ends in steps: labels that touch tell, and a note says what was taken. */
static void
test_steps (void)
{
  static const Row rows[] = {
    { "start_sample,end_sample,label\n0,9,a\n10,19,b\n", "0-10:a 10-20:b", "as its last step, as labels that touch say" },
    { "start_sample,end_sample,label\n0,10,a\n10,20,b\n", "0-10:a 10-20:b", "as the first step after it" },
    { "start_sample,end_sample,label\n0,10,a\n30,40,b\n", "0-10:a 30-40:b", "as the first step after it" },
    { "onset,duration,label,sample,n_samples\n0.301,0.1,a,3,1\n0.4,0.6,b,4,6\n", "3-4:a 4-10:b", NULL },
    { "onset,duration,label,sample,n_samples\n0.3,0.1,a,300,100\n", "3-4:a", "the seconds were taken" },
    { "start,stop,label\n10,20,a\n30,40,b\n", "!as steps they would fit into it", NULL },
    { "start,stop,label\n5,20,a\n30,40,b\n", "50-100:a", "As steps they would fit into it" },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

/* Cells that a spreadsheet would run come back without their apostrophe; numbers are none. */
static void
test_formulas (void)
{
  static const Row rows[] = {
    { "onset,duration,label\n0,1,'=1+1\n1,1,'-1\n2,1,-1\n3,1,'tis\n", "0-10:=1+1 10-20:'-1 20-30:-1 30-40:'tis", NULL },
    { "onset,duration,label\n0,1,\"a, \"\"b\"\"\"\n", "0-10:a, \"b\"", NULL },
  };

  assert_rows (rows, G_N_ELEMENTS (rows));
}

/* A list is told from a recording, and neither is taken for the other. */
static void
test_told_apart (void)
{
  g_auto (FixtureResult) list = fixture_open_text ("l.csv", "onset,duration,label\n0,1,a\n2,1,b\n");
  g_auto (FixtureResult) recording = fixture_open_text ("r.csv", "sample,a,b,label\n0,1.5,2,x\n1,2.5,3,y\n2,1,3,y\n");
  g_auto (FixtureResult) channels = fixture_open_text ("r.csv", "start,length\n0.5,1\n2.5,1\n2,4\n");

  fixture_assert_refused (&list, "l.csv", "is a list of labels; open its recording first");
  fixture_assert_loaded (&recording, "sample (a counter)");
  g_assert_cmpuint (sig_recording_get_n_channels (recording.content.recording), ==, 2);
  g_assert_no_error (channels.error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reader-events/names", test_names);
  g_test_add_func ("/reader-events/steps", test_steps);
  g_test_add_func ("/reader-events/formulas", test_formulas);
  g_test_add_func ("/reader-events/told-apart", test_told_apart);
  return g_test_run ();
}
