# journey.py: the whole job in the real window: stack, set, train, see labels, close while training
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# journey.py PROGRAM [FOLDER FOR PICTURES]
import re
import sys

import driver
import tap

FREEZE_MS = 250     # the longest gap between two beats of the main loop, beyond what the machine itself costs
CLOSE_S = 2         # from Close to the end of the process
EPOCHS = 8          # of the training that is waited for

EPOCH = re.compile(r'Epoch (\d+): loss ([\d.]+)')


class Journey:
    def __init__(self, window):
        self.window = window
        self.metronome = driver.Metronome()
        self.stack = window.find('list', 'Network stack')
        self.traces = window.find('image', 'Traces')
        self.curve = window.find('*', 'Loss curve')

    def block(self, pattern):
        return self.window.find('list item', pattern)

    def blocks(self):
        """What the stack holds between Input and Labels, from top to bottom."""
        names = [item.name for item in self.stack.all('list item', '*')]
        return [name.split()[0].rstrip(',') for name in names if not name.startswith(('Input', 'Labels'))]

    def epoch(self):
        """(number, loss) of the last finished epoch, as the loss curve tells it."""
        match = EPOCH.search(self.curve.description)
        return (int(match.group(1)), float(match.group(2))) if match else (0, None)

    def until_epoch(self, number, seconds=120):
        self.window.until(lambda: self.epoch()[0] >= number, seconds, f'epoch {number} never came')
        return self.epoch()[1]

    def drop(self, kind, expected):
        self.window.drag(self.window.find('*button', kind), self.stack, at=(.5, .6))
        self.window.until(lambda: self.blocks() == expected, what=f'the stack is {self.blocks()}, not {expected}')
        self.window.picture(f'2-{kind}.png')

    def select(self, pattern):
        self.window.click(self.block(pattern), at=(.3, .5))

    # The steps of the job

    def open(self):
        self.window.until(lambda: '16 channels' in self.traces.description)
        self.window.picture('1-open.png')

    def empty(self):
        self.window.until(lambda: len(self.blocks()) > 0, what='the demo has no design')
        self.window.key('ctrl+n')
        self.window.until(lambda: not self.blocks(), what='Ctrl+N did not empty the stack')

    def set_padding(self):
        self.select('Conv1D*')
        self.window.choose(self.window.find('combo box', 'Padding'), 'same')
        self.block('Conv1D*same*output 400 ×*')

    def set_sequences(self):
        self.select('LSTM*')
        self.window.click(self.window.find('check box', 'Return sequences'))
        self.block('LSTM*return sequences*output 400 ×*')

    def set_dense(self):
        self.select('Dense*')
        self.window.enter(self.window.find('spin button', 'Units'), '1')
        self.window.choose(self.window.find('combo box', 'Activation'), 'sigmoid')
        self.block('Dense 1, sigmoid, output 400 × 1*')
        self.block('Labels*Met*')
        self.window.picture('3-designed.png')

    def train(self):
        self.window.click(self.window.find('page tab', 'Training'))
        self.window.enter(self.window.find('spin button', 'Epochs'), str(EPOCHS))
        self.before = self.window.pixels(self.traces)
        self.window.click(self.window.find('button', 'Train'))
        self.first_loss = self.until_epoch(1)
        self.window.picture('4-training.png')

    def see_curve_fall(self):
        loss = self.until_epoch(EPOCHS)
        tap.comment(f'loss {self.first_loss:g} after epoch 1, {loss:g} after epoch {EPOCHS}')
        if not loss < 0.8 * self.first_loss:
            raise driver.Failure(f'the loss went from {self.first_loss} to {loss}')

    def see_labels(self):
        score = self.window.find('label', 'Held-back part: * of steps right*', 30).name
        tap.comment(score)
        right, always = (float(number) for number in re.findall(r'([\d.]+) %', score))
        if not right > always:
            raise driver.Failure(f'the network is no better than the commonest class: {score}')
        after = self.window.pixels(self.traces)
        if self.before.count_different(after) < 1000:
            raise driver.Failure('no prediction was drawn over the traces')
        self.window.picture('5-trained.png')

    def close_while_training(self):
        self.window.click(self.window.find('button', 'Train'))
        self.window.until(lambda: 1 <= self.epoch()[0] < EPOCHS, 60, 'the second training did not begin')
        seconds = self.window.close(CLOSE_S)
        tap.comment(f'closed in {seconds:.2f} s')

    def see_no_freeze(self):
        log = self.window.read_log()
        gap = re.search(r'heartbeat: max gap ([\d.]+) ms over (\d+) beats', log)
        if gap is None:
            raise driver.Failure(f'no heartbeat in the log:\n{log}')
        tap.comment(f'{gap.group(0)}; the machine alone cost {self.metronome.max_gap_ms:.1f} ms')
        if float(gap.group(1)) - self.metronome.max_gap_ms > FREEZE_MS * driver.SLOW:
            raise driver.Failure(f'the main loop stood still: {gap.group(0)}')


def journey():
    program, *pictures = sys.argv[1:]
    with driver.Window([program, '--heartbeat', '--size', '1500x820'], *pictures) as window:
        job = Journey(window)
        for name, step in [
            ('the demo opens with its traces', job.open),
            ('Ctrl+N empties the stack', job.empty),
            ('Conv1D drops', lambda: job.drop('Conv1D', ['Conv1D'])),
            ('LSTM drops', lambda: job.drop('LSTM', ['Conv1D', 'LSTM'])),
            ('Dense drops', lambda: job.drop('Dense', ['Conv1D', 'LSTM', 'Dense'])),
            ('padding is set', job.set_padding),
            ('return sequences is set', job.set_sequences),
            ('units and activation are set', job.set_dense),
            ('training runs', job.train),
            ('the loss curve falls', job.see_curve_fall),
            ('labels are seen over the traces', job.see_labels),
            ('the window closes while training', job.close_while_training),
            ('the main loop never stood still', job.see_no_freeze),
        ]:
            with tap.case(name):
                step()


tap.run(journey)
