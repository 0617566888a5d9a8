# labels.py: a thousand label edits by keyboard in the real window, against a model of the same edits; then all undone
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# labels.py PROGRAM [FOLDER FOR PICTURES]
import random
import re
import sys
import time

import driver
import tap

EDITS = 1000
REGION = 2500           # steps that are edited, so that edits meet
MOST_A_BATCH = 40       # edits whose keys are sent at once
OUT_OF_REACH = 6000     # steps: beyond them no edit goes
RATE = 250              # of the demo, steps a second
LEAST_VISIBLE = 8       # steps
UNLABELLED, DONT_KNOW = -1, -2

SELECTED = re.compile(r'steps (\d+)–(\d+) selected, (.+)$')
CURSOR = re.compile(r'cursor at step (\d+)\b')


class Labels:
    """The labels as one class a step, with the borders between spans of one class. Those that no edit reaches are kept aside."""

    def __init__(self, spans):
        self.n_steps = next(span[1] for span in spans if span[1] > OUT_OF_REACH)
        self.rest = [span for span in spans if span[0] >= self.n_steps]
        self.take(spans[:len(spans) - len(self.rest)])

    def take(self, spans):
        self.steps = [UNLABELLED] * self.n_steps
        self.borders = set()
        for start, end, klass in spans:
            if start > 0 and self.steps[start - 1] == klass:
                self.borders.add(start)
            self.steps[start:end] = [klass] * (end - start)

    def spans(self):
        found = []
        for step, klass in enumerate(self.steps):
            if klass == UNLABELLED:
                continue
            if found and found[-1][1] == step and found[-1][2] == klass and step not in self.borders:
                found[-1][1] = step + 1
            else:
                found.append([step, step + 1, klass])
        return [tuple(span) for span in found]

    def all_spans(self):
        return self.spans() + self.rest

    def set(self, start, end, klass):
        self.steps[start:end] = [klass] * (end - start)
        self.borders -= set(range(start, end + 1))

    def split(self, step):
        if 0 < step < self.n_steps and self.steps[step - 1] == self.steps[step] != UNLABELLED:
            self.borders.add(step)

    def merge(self, start, end):
        spans = self.spans()
        touched = [i for i, span in enumerate(spans) if span[0] < end and span[1] > start]
        if len(touched) == 1 and touched[0] + 1 < len(spans):
            touched.append(touched[0] + 1)
        if len(touched) >= 2:
            first, last = touched[0], touched[-1]
            spans[first:last + 1] = [(spans[first][0], spans[last][1], spans[first][2])]
            self.take(spans)

    def bring_edge(self, step):
        spans = self.spans()
        edges = [edge for span in spans for edge in span[:2]]
        if not edges:
            return
        edge = min(edges, key=lambda e: abs(e - step))
        ending = next((i for i, span in enumerate(spans) if span[1] == edge), None)
        beginning = next((i for i, span in enumerate(spans) if span[0] == edge), None)
        low = spans[ending][0] + 1 if ending is not None else spans[beginning - 1][1] if beginning > 0 else 0
        if beginning is not None:
            high = spans[beginning][1] - 1
        else:
            high = spans[ending + 1][0] if ending + 1 < len(spans) else self.n_steps
        to = max(low, min(high, step))
        if ending is not None:
            spans[ending] = (spans[ending][0], to, spans[ending][2])
        if beginning is not None:
            spans[beginning] = (to, *spans[beginning][1:])
        self.take(spans)


class Marker:
    """Presses keys and does the same to the model. Keys are sent in batches: nobody waits for an answer to each."""

    def __init__(self, window, traces, pixel, labels, names):
        self.window, self.traces, self.pixel, self.labels, self.names = window, traces, pixel, labels, names
        self.anchor = self.head = 0
        self.queue = []
        self.n_edits = 0

    def press(self, *keys):
        self.queue += keys

    def flush(self):
        if self.queue:
            self.window.keys(self.queue)
        self.queue = []

    @property
    def selection(self):
        return min(self.anchor, self.head), max(self.anchor, self.head)

    def move(self, pixels, extends):
        self.press(*[('shift+' if extends else 'alt+') + ('Right' if pixels > 0 else 'Left')] * abs(pixels))
        for _ in range(abs(pixels)):
            self.head = max(0, min(self.labels.n_steps, self.head + (self.pixel if pixels > 0 else -self.pixel)))
            if not extends:
                self.anchor = self.head

    def next(self):
        start, end = self.selection
        self.press('n')
        later = [span for span in self.labels.spans() if span[1] > start and span[0] >= end]
        if later:
            self.anchor, self.head = later[0][:2]

    def edit(self, key, function, *arguments):
        before = self.labels.spans()
        self.press(key)
        function(*arguments)
        self.n_edits += self.labels.spans() != before

    def mark(self, rand):
        start, end = self.selection
        key, klass = rand.choice([('1', 0), ('2', 1), ('2', 1), ('d', DONT_KNOW), ('0', UNLABELLED), ('Delete', UNLABELLED)])
        if start < end:
            self.edit(key, self.labels.set, start, end, klass)

    def anything(self, rand):
        if self.head > REGION:
            self.press('alt+Home')
            self.anchor = self.head = 0
        deed = rand.random()
        if deed < .2:
            self.next()
        else:
            self.move(rand.randint(1, 3) * rand.choice([1, 1, 1, -1]), False)
        if deed < .1:
            self.edit('m', self.labels.merge, *self.selection)
        elif .2 <= deed < .35:
            self.edit('s', self.labels.split, self.head)
        elif .35 <= deed < .5:
            self.edit('e', self.labels.bring_edge, self.head)
        else:
            if deed >= .2:
                self.move(rand.randint(1, 3), True)
            self.mark(rand)


class Job:
    def __init__(self, window):
        self.window = window
        self.traces = window.find('image', 'Traces')
        self.names = {'rest': 0, 'grasp': 1, 'don’t know': DONT_KNOW, 'unlabelled': UNLABELLED}

    def marked(self):
        """(start, end, class) of the selection; an empty one is the cursor."""
        description = self.traces.description
        match = SELECTED.search(description)
        if match:
            return int(match.group(1)), int(match.group(2)), self.names.get(match.group(3))
        match = CURSOR.search(description)
        return (int(match.group(1)),) * 2 + (None,) if match else None

    def until_marked(self, start, end):
        self.window.until(lambda: (self.marked() or ())[:2] == (start, end), 30,
                          f'{self.traces.description!r} is not steps {start}–{end}')

    def read_labels(self):
        """All labels, one after the other, as a screen reader would tell them."""
        labels = []
        self.window.key('alt+Home')
        self.until_marked(0, 0)
        while True:
            before = self.marked()
            if not labels:
                self.window.keys(['greater', 'less'])  # the first label may begin at step 0
            self.window.keys(['n'])
            deadline = time.monotonic() + (2 if labels else 10) * driver.SLOW
            found = before
            while found in (before, None) and time.monotonic() < deadline:
                found = self.marked()  # nothing, while the description is written anew
            if found in (before, None):
                return labels
            labels.append(found)

    # The steps of the job

    def open(self):
        self.window.until(lambda: '16 channels' in self.traces.description)
        self.window.click(self.traces, at=(.5, .3))
        self.first = self.read_labels()
        tap.comment(f'{len(self.first)} labels')
        if len(self.first) < 50 or any(a[1] != b[0] for a, b in zip(self.first, self.first[1:])):
            raise driver.Failure(f'the demo has other labels than expected: {self.first}')

    def measure_pixel(self):
        self.window.key('alt+Home')
        self.until_marked(0, 0)
        self.window.key('alt+Right')
        self.window.until(lambda: self.marked()[0] > 0)
        self.pixel = self.marked()[0]
        self.window.key('alt+Home')
        tap.comment(f'a pixel is {self.pixel} steps')

    def edit(self):
        rand = random.Random(2026)
        marker = Marker(self.window, self.traces, self.pixel, Labels(self.first), self.names)
        start = time.monotonic()
        while marker.n_edits < EDITS:
            for _ in range(MOST_A_BATCH):
                if marker.n_edits < EDITS:
                    marker.anything(rand)
            marker.flush()
            self.until_marked(*marker.selection)
        tap.comment(f'{marker.n_edits} edits in {time.monotonic() - start:.1f} s')
        self.marker = marker
        self.window.picture('1-edited.png')

    def compare(self):
        labels, expected = self.read_labels(), self.marker.labels.all_spans()
        tap.comment(f'{len(labels)} labels now')
        if labels != expected:
            wrong = next((pair for pair in zip(labels, expected) if pair[0] != pair[1]), (len(labels), len(expected)))
            raise driver.Failure(f'the window says {wrong[0]}, the model {wrong[1]}')

    def undo(self):
        undo = self.window.find('button', 'Undo')
        start = time.monotonic()
        self.window.keys(['ctrl+z'] * EDITS)
        self.window.until(lambda: not undo.has_state('sensitive'), 60, 'something is left to undo')
        tap.comment(f'{EDITS} undone in {time.monotonic() - start:.1f} s')
        if self.read_labels() != self.first:
            raise driver.Failure('undo did not bring back the first labels')

    def redo(self):
        redo = self.window.find('button', 'Redo')
        self.window.keys(['ctrl+shift+z'] * EDITS)
        self.window.until(lambda: not redo.has_state('sensitive'), 60, 'something is left to redo')
        self.compare()

    def refuse(self):
        """What cannot be done is said, and gone with the next thing that is done."""
        self.window.key('alt+Home', 'n', 'Escape', '1')
        self.window.find('label', 'Select a span first*')
        self.window.key('n', '1', '2')
        self.window.until(lambda: not self.window.count('label', 'Select a span first*'))
        self.window.key('ctrl+z')

    def zoom(self):
        """The selected label fills the view."""
        self.window.key('alt+Home', 'n', 'alt+z')
        start, end, _ = self.marked()
        end = max(end, start + LEAST_VISIBLE)
        self.window.until(lambda: self.traces.description.startswith(f'{start / RATE:.1f}–{end / RATE:.1f} s '))
        self.window.key('alt+0')

    def fill_gaps(self):
        """The dialog that asks for a length."""
        self.window.key('Escape', 'f')
        spin = self.window.find('spin button', 'Fill Gaps')
        self.window.picture('2-dialog.png')
        self.window.enter(spin, '100000')
        self.window.until(lambda: not self.window.count('spin button', 'Fill Gaps'))
        labels = self.read_labels()
        if any(a[1] != b[0] for a, b in zip(labels, labels[1:])):
            raise driver.Failure('a gap is left')


def labels():
    program, *pictures = sys.argv[1:]
    with driver.Window([program, '--size', '1500x820'], *pictures) as window:
        job = Job(window)
        for name, step in [
            ('the demo has labels, read one by one', job.open),
            ('a pixel is a number of steps', job.measure_pixel),
            ('a thousand edits by keyboard', job.edit),
            ('the labels are those of the model', job.compare),
            ('all is undone', job.undo),
            ('all is redone', job.redo),
            ('what cannot be done is said', job.refuse),
            ('the view is zoomed to the selection', job.zoom),
            ('gaps are filled by a dialog', job.fill_gaps),
        ]:
            with tap.case(name):
                step()


tap.run(labels)
