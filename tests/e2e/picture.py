# picture.py: the window's own picture of itself, light and dark, small and large
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# picture.py PROGRAM FOLDER
import os
import subprocess
import sys

import screen
import tap

FRAME = 16              # at most, on both sides together: the picture ends where the window's content does
FEWEST_COLORS = 200     # sixteen coloured traces, anti-aliased text


def take(program, path, *options):
    """Returns (width, height, colours) of the picture that the program leaves."""
    if os.path.exists(path):
        os.remove(path)
    done = subprocess.run([program, '--screenshot', path, *options], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f'it ended with {done.returncode}: {done.stderr}'
    return screen.read_png(path)


def picture():
    program, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    for scheme, size in [('light', (1280, 800)), ('dark', (1280, 800)), ('light', (1000, 640))]:
        with tap.case(f'{scheme}, {size[0]} × {size[1]}'):
            path = os.path.join(folder, f'{scheme}-{size[0]}.png')
            width, height, colors = take(program, path, '--scheme', scheme, '--size', f'{size[0]}x{size[1]}')
            tap.comment(f'{width} × {height}, {len(colors)} colours')
            assert width >= size[0] - FRAME and height >= size[1] - FRAME and len(colors) >= FEWEST_COLORS
    with tap.case('a picture that cannot be written is told'):
        done = subprocess.run([program, '--screenshot', '/nowhere/picture.png'], capture_output=True, text=True, check=False)
        assert done.returncode != 0 and '/nowhere/picture.png' in done.stderr, done.stderr


tap.run(picture)
