# driver.py: a hand and an eye for the real window: X input events, the accessible tree, pictures
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
"""Runs a program as a user would see and use it.

    with Window(['build/app/lamina']) as window:
        window.drag(window.find('button', 'Conv1D'), window.find('list', 'Network stack'))
        window.press(window.find('button', 'Train'))
        window.until(lambda: 'Epoch 3' in window.find('*', 'Loss curve').description)
        window.close()

Must be run under tests/support/with-display. Widgets are named by role and accessible name, both shell patterns.
Everything waits for what it needs up to a deadline; LAMINA_SLOW multiplies all deadlines and pauses (sanitizers).
"""
import fnmatch
import os
import re
import signal
import subprocess
import tempfile
import threading
import time

# Fatal warnings are for the program that is tested; libatspi warns whenever a widget goes away under its hands.
G_DEBUG = os.environ.pop('G_DEBUG', '')

import gi  # noqa: E402
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

import screen  # noqa: E402
import tap  # noqa: E402

SLOW = float(os.environ.get('LAMINA_SLOW', '1'))
DEADLINE = 10           # seconds a widget or a state may take to appear
TOO_SLOW = 20           # seconds from start to a window
POLL = 0.1              # seconds between two looks
FAULT = re.compile(r'-(WARNING|CRITICAL|ERROR) \*\*|ERROR: (Address|Leak)Sanitizer|WARNING: ThreadSanitizer|runtime error:')


class Failure(AssertionError):
    """What a user would have seen go wrong."""


class Widget:
    """One accessible object. Nothing is remembered: every property is asked of the program."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        role = self.accessible.get_role_name()
        return 'button' if role == 'push button' else role  # its name before at-spi2-core 2.52

    @property
    def name(self):
        """Its own, or that of the label in it: later GTK (seen in 4.18) leaves the items of menus without one."""
        name = self.accessible.get_name() or ''
        if not name and self.role == 'menu item':
            name = next((label.name for label in self.all('label', '?*')), '')
        return name

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def text(self):
        """What is written in it: its text, else its name."""
        text = self.accessible.get_text_iface()
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)) if text else self.name

    @property
    def value(self):
        value = self.accessible.get_value_iface()
        return Atspi.Value.get_current_value(value) if value else None

    @property
    def extents(self):
        """(x, y, width, height) from the corner of the window: GTK 4 knows no screen coordinates."""
        box = self.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def has_state(self, state):
        return self.accessible.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    def children(self):
        for i in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(i)
            if child is not None:
                yield Widget(child)

    def walk(self):
        yield self
        for child in self.children():
            try:
                yield from child.walk()
            except GLib.Error:
                continue  # it went away meanwhile

    def all(self, role, name):
        for widget in self.walk():
            try:
                if fnmatch.fnmatchcase(widget.role, role) and fnmatch.fnmatchcase(widget.name, name):
                    yield widget
            except GLib.Error:
                continue

    def tree(self, depth=0):
        try:
            lines = [f'{"  " * depth}{self.role}: {self.name!r} {self.description!r}']
            for child in self.children():
                lines.append(child.tree(depth + 1))
        except GLib.Error as error:
            lines = [f'{"  " * depth}({error.message})']
        return '\n'.join(lines)


class Metronome:
    """Beats like the program's heartbeat, in a thread that does nothing else: its longest gap is what the machine alone costs."""

    BEAT = 0.02

    def __init__(self):
        self.max_gap_ms = 0
        threading.Thread(target=self._beat, daemon=True).start()

    def _beat(self):
        last = time.monotonic()
        while True:
            time.sleep(self.BEAT)
            now = time.monotonic()
            self.max_gap_ms = max(self.max_gap_ms, (now - last) * 1000)
            last = now


class Window:
    def __init__(self, command, pictures=None):
        self.command = command
        self.pictures = pictures
        self.log = tempfile.TemporaryFile(mode='w+', encoding='utf-8', errors='replace')
        self.process = self.manager = self.root = self.frame = None

    def __enter__(self):
        environment = dict(os.environ, GTK_A11Y='atspi', G_DEBUG=G_DEBUG)
        self.manager = subprocess.Popen(['openbox', '--sm-disable'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log, env=environment)
        try:
            self.root = self.until(self._find_root, TOO_SLOW, 'no window came')
            self.frame = self.find('frame', '*')
            self.x_window = self.until(self._find_x_window, what='the window is not on the screen')
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind, error, trace):
        try:
            if error is not None:
                tap.comment(f'The program wrote:\n{self.read_log()}')
                if self.process.poll() is None:
                    tap.comment(self.frame.tree() if self.frame else 'There is no accessible tree.')
                    self.picture('failure.png')
            elif self.process.poll() is None:
                self.close()
            if error is None:
                self.expect_clean_log()
        finally:
            self._end()

    def _end(self):
        for process in (self.process, self.manager):
            if process and process.poll() is None:
                process.kill()
                process.wait()

    # Waiting

    def until(self, condition, seconds=DEADLINE, what=None):
        """Returns the first true value of condition (); fails when the time is over or the program has ended."""
        deadline = time.monotonic() + seconds * SLOW
        while True:
            try:
                value = condition()
                if value:
                    return value
            except GLib.Error:
                pass  # the tree changed under the walk
            if self.process.poll() is not None:
                raise Failure(f'the program ended with {self.process.returncode}; {what or "something was awaited"}')
            if time.monotonic() > deadline:
                raise Failure(what or f'not within {seconds:g} s: {condition.__doc__ or condition}')
            time.sleep(POLL)

    def pause(self, seconds):
        time.sleep(seconds * SLOW)

    # Seeing

    def _find_root(self):
        desktop = Widget(Atspi.get_desktop(0))
        for application in desktop.children():
            if application.accessible.get_process_id() == self.process.pid:
                # The cache is kept up to date by events, which need a main loop that this program has not.
                application.accessible.set_cache_mask(Atspi.Cache.NONE)
                if any(child.role == 'frame' for child in application.children()):
                    return application
        return None

    def _find_x_window(self):
        result = self._xdo('search', '--onlyvisible', '--pid', str(self.process.pid), check=False)
        return result.split()[0] if result.split() else None

    def find(self, role, name, seconds=DEADLINE, nth=0):
        """The nth widget of that role and name, counted from the end where it is negative, once it is there."""
        def look():
            found = self.all(role, name)
            return found[nth] if len(found) > max(nth, 0) else None
        return self.until(look, seconds, f'there is no {role} named {name!r}')

    def count(self, role, name):
        return len(self.all(role, name))

    def all(self, role, name):
        """Every such widget of every window but file dialogs: GTK 4.8 dies when it is asked what is inside one."""
        frames = [child for child in self.root.children() if child.role == 'frame']
        return [widget for frame in frames for widget in frame.all(role, name)]

    def has_top_level(self, name):
        """Whether there is a window of that name, a file dialog too."""
        return any(child.name == name for child in self.root.children())

    def read_log(self):
        self.log.flush()
        self.log.seek(0)
        return self.log.read()

    def expect_clean_log(self):
        faults = [line for line in self.read_log().splitlines() if FAULT.search(line)]
        if faults:
            raise Failure('the program complained:\n' + '\n'.join(faults))

    def pixels(self, widget=None):
        """The screen, or what it shows of one widget."""
        image = screen.read()
        if widget is not None:
            x, y = self._on_screen(widget, 0, 0)
            image = image.crop(x, y, *widget.extents[2:])
        return image

    def picture(self, name):
        if self.pictures and screen.is_readable():
            os.makedirs(self.pictures, exist_ok=True)
            screen.read().save(os.path.join(self.pictures, name))

    # Doing

    def _xdo(self, *words, check=True):
        done = subprocess.run(['xdotool', *map(str, words)], capture_output=True, text=True, check=False)
        if check and done.returncode != 0:
            raise Failure(f'xdotool {" ".join(map(str, words))}: {done.stderr}')
        return done.stdout

    def _on_screen(self, widget, fx, fy):
        """A point of the widget, given as fractions, on the screen. GTK draws the frame itself, the same on every side."""
        geometry = dict(re.findall(r'^(\w+)=(\d+)', self._xdo('getwindowgeometry', '--shell', self.x_window), re.MULTILINE))
        frame_x, frame_y, width, height = self.frame.extents
        left = int(geometry['X']) + (int(geometry['WIDTH']) - width) // 2
        top = int(geometry['Y']) + (int(geometry['HEIGHT']) - height) // 2
        if frame_x < 0:
            # Later GTK (seen in 4.18) leaves the paddings around a widget out: 5 to 23 pixels across and 5 to 15 down.
            left += 14 - frame_x
            top += 8 - frame_y
        x, y, width, height = widget.extents
        return round(left + x + fx * width), round(top + y + fy * height)

    def click(self, widget, at=(.5, .5), button=1):
        x, y = self._on_screen(widget, *at)
        self._xdo('mousemove', x, y, 'sleep', .1 * SLOW, 'click', button, 'sleep', .3 * SLOW)

    def drag(self, widget, target, at=(.5, .5)):
        """Presses, moves in small steps, rests, releases: GTK loses a drop that comes before the target has answered."""
        x, y = self._on_screen(widget, .5, .5)
        to_x, to_y = self._on_screen(target, *at)
        words = ['mousemove', x, y, 'sleep', .1 * SLOW, 'mousedown', 1, 'sleep', .1 * SLOW]
        for i in range(1, 6):
            words += ['mousemove', x + 3 * i, y + i, 'sleep', .015 * SLOW]
        words += ['sleep', .15 * SLOW]
        for i in range(1, 15):
            on_x, on_y = x + 15 + (to_x - x - 15) * i / 14, y + 5 + (to_y - y - 5) * i / 14
            words += ['mousemove', round(on_x), round(on_y), 'sleep', .015 * SLOW]
        for i in (1, 0, 1, 0):
            words += ['mousemove', to_x + i, to_y, 'sleep', .02 * SLOW]
        self._xdo(*words, 'sleep', .25 * SLOW, 'mouseup', 1, 'sleep', .3 * SLOW)

    def key(self, *keys):
        for key in keys:
            self._xdo('key', key, 'sleep', .05 * SLOW)

    def keys(self, keys, pause=.004):
        """Many keys, fast: what they do is waited for by whoever sent them."""
        for i in range(0, len(keys), 200):
            self._xdo('key', '--delay', round(pause * 1000 * SLOW), *keys[i:i + 200])

    def type(self, text):
        self._xdo('type', '--delay', '20', text)

    def enter(self, widget, text):
        """Puts a text into an entry or a spin button, over what is there."""
        self.click(widget, at=(.2, .5))
        self.key('ctrl+a')
        self.type(text)
        self.key('Return')

    def choose(self, widget, text):
        """Chooses an item of a drop-down by its keys, one further each time until it shows the text."""
        def shown():
            return any(label.text == text for label in widget.all('label', '*'))
        for _ in range(12):
            if shown():
                return
            self.click(widget)
            self.key('Down', 'Return')
            self.pause(.2)
        raise Failure(f'{widget.name!r} never showed {text!r}')

    def press(self, widget):
        """The widget's own action, as a screen reader would do it; GTK answers a button after a quarter of a second."""
        widget.accessible.get_action_iface().do_action(0)
        self.pause(.35)

    def close(self, within=10):
        """Closes by the header bar, discards what is not saved, and returns the seconds until the program had ended."""
        button = self.find('*button', 'Close')
        start = time.monotonic()
        button.accessible.get_action_iface().do_action(0)
        while self.process.poll() is None:
            try:
                discard = self.all('*button', '*Discard Changes')
                if discard:
                    start = time.monotonic()
                    discard[0].accessible.get_action_iface().do_action(0)
            except GLib.Error:  # it has gone meanwhile
                pass
            try:
                self.process.wait(.5)
            except subprocess.TimeoutExpired:
                pass
            if time.monotonic() > start + within * SLOW:
                self.process.send_signal(signal.SIGKILL)
                raise Failure(f'the program was still there {within} s after Close')
        if self.process.returncode != 0:
            raise Failure(f'the program ended with {self.process.returncode}')
        return time.monotonic() - start
