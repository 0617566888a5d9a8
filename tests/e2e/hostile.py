# hostile.py: files that cannot be read end in one worded banner, and what was open stays as it was
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# hostile.py PROGRAM [FOLDER FOR PICTURES]
import os
import struct
import sys
import tempfile

import driver
import tap

ANSWER_S = 5    # from the choice of a file to its banner, a walk of the tree included


def lying_wav():
    """A list chunk that says it is 4 GB long, over sub-chunks that never end."""
    head = struct.pack('<4sI4s4sIHHIIHH', b'RIFF', 0xFFFFFFF0, b'WAVE', b'fmt ', 16, 1, 2, 250, 1000, 4, 16)
    return head + struct.pack('<4sI4s', b'LIST', 0xFFFFFFF0, b'INFO') + struct.pack('<4sI', b'IART', 0xFFFFFFFF) * 20


def boastful_npy():
    """Eighty bytes that declare thirty-two gigabytes."""
    header = "{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536), }".ljust(117) + '\n'
    return b'\x93NUMPY\x01\x00' + struct.pack('<H', len(header)) + header.encode('ascii')


NOISE = bytes(range(256)) * 16
FILES = {
    'lying.wav': lying_wav(),
    'boastful.npy': boastful_npy(),
    'ragged.csv': b'a,b,label\n1,2,rest\n3,4\n5,6,rest\n',
    'empty.flac': b'',
    'noise.wav': NOISE,
}


class Hostile:
    def __init__(self, window):
        self.window = window

    def state(self):
        """What must not change: the recording, its facts and the design."""
        return (self.window.find('image', 'Traces').description,
                [label.name for label in self.window.all('label', '* channels × * steps*')],
                [item.name for item in self.window.find('list', 'Network stack').all('list item', '*')])

    def banner(self, name):
        """The sentences on the screen that begin with the file's name."""
        return [label.name for label in self.window.all('label', f'{name}: ?*')]

    def answered(self):
        """Return is pressed again where the dialog took it for the folder's."""
        self.window.key('Return')
        self.window.pause(.5)
        return not self.window.has_top_level('Open Recording')

    def open(self, path):
        """As a user does: Ctrl+O, the path, Return."""
        self.window.key('ctrl+o')
        self.window.until(lambda: self.window.has_top_level('Open Recording'), what='no dialog came')
        self.window.pause(.5)
        self.window.type(path)
        self.window.pause(.5)
        self.window.key('shift+End', 'Delete')  # what the dialog completed behind it
        self.window.until(self.answered, what='the dialog stayed')

    def take_channel(self):
        """Asks for labels from the last channel of the demo, which holds microvolts and no classes."""
        before = self.state()
        self.window.press(self.window.find('*button', 'Open', nth=-1))
        self.window.key('c')
        self.window.press(self.window.find('button', '*Take as Labels'))
        self.window.until(lambda: not self.window.has_top_level('Labels from Channel'), what='the dialog stayed')
        self.window.until(lambda: self.window.count('label', '*Ch 16*whole number*'), ANSWER_S, 'no banner names the channel')
        if self.state() != before:
            raise driver.Failure(f'the channel changed the document: {before} became {self.state()}')

    def refuse(self, path):
        before = self.state()
        self.open(path)
        name = os.path.basename(path)
        self.window.until(lambda: self.banner(name), ANSWER_S, f'no banner names {name}')
        tap.comment(self.banner(name)[0])
        if self.state() != before:
            raise driver.Failure(f'{name} changed the document: {before} became {self.state()}')

    def ask(self, path):
        """The import sheet comes, and goes with Escape without leaving a trace."""
        before = self.state()
        self.open(path)
        sheet = f'Import {os.path.basename(path)}'
        self.window.until(lambda: self.window.has_top_level(sheet), ANSWER_S, 'no import sheet came')
        self.window.until(lambda: self.window.count('label', '*channel* of *steps*'), ANSWER_S, 'it shows nothing')
        self.window.key('Escape')
        self.window.until(lambda: not self.window.has_top_level(sheet), what='the sheet stayed')
        if self.state() != before:
            raise driver.Failure(f'the sheet changed the document: {before} became {self.state()}')


def hostile():
    program, *pictures = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix='lamina-e2e.') as folder, driver.Window([program], *pictures) as window:
        test = Hostile(window)
        with tap.case('the demo is open'):
            window.until(lambda: '16 channels' in window.find('image', 'Traces').description)
        for name, content in FILES.items():
            path = os.path.join(folder, name)
            with open(path, 'wb') as file:
                file.write(content)
            with tap.case(f'{name} is refused in words'):
                test.refuse(path)
        with tap.case('what may be bare numbers is asked about'):
            path = os.path.join(folder, 'noise.bin')
            with open(path, 'wb') as file:
                file.write(NOISE)
            test.ask(path)
        with tap.case('a channel that holds no classes is refused in words'):
            test.take_channel()
    with tap.case('a missing file on the command line is refused in words'):
        with driver.Window([program, '/nowhere/missing.wav'], *pictures) as window:
            window.until(lambda: Hostile(window).banner('missing.wav'), ANSWER_S, 'no banner names missing.wav')
            tap.comment(Hostile(window).banner('missing.wav')[0])


tap.run(hostile)
