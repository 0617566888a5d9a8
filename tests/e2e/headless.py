# headless.py: app/run on a machine without a display trains the demo and leaves two pictures
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# headless.py SOURCE-FOLDER BUILD-FOLDER
import os
import re
import subprocess
import sys
import tempfile

import screen
import tap

PICTURES = ('overlay.png', 'loss.png')
FEWEST_COLORS = 24      # a picture with text, traces and curves has many more; a blank one has one


def headless():
    source, build = sys.argv[1:]
    if os.path.realpath(build) != os.path.realpath(os.path.join(source, 'build')):
        print('1..0 # SKIP app/run builds in build/, and this build is not there')
        return
    with tempfile.TemporaryDirectory(prefix='lamina-e2e.') as folder:
        environment = {k: v for k, v in os.environ.items() if k not in ('DISPLAY', 'WAYLAND_DISPLAY')}
        done = None
        with tap.case('app/run ends well without a display, from another folder'):
            done = subprocess.run([os.path.join(source, 'app/run')], cwd=folder, env=dict(environment, LAMINA_OUT=folder),
                                  capture_output=True, text=True, check=False)
            assert done.returncode == 0, f'app/run ended with {done.returncode}:\n{done.stdout}\n{done.stderr}'
        with tap.case('its epochs are printed and their loss falls'):
            losses = [float(loss) for loss in re.findall(r'\bloss[ =:]+([\d.]+)', done.stdout + done.stderr)]
            tap.comment(f'{len(losses)} losses, {losses[:1]} to {losses[-1:]}')
            assert len(losses) >= 3 and losses[-1] < 0.8 * losses[0], f'the losses printed are {losses}'
        for name in PICTURES:
            with tap.case(f'it leaves {name} and says where'):
                path = os.path.join(folder, name)
                assert name in done.stdout + done.stderr, f'{name} is not named in what app/run printed:\n{done.stdout}'
                width, height, pixels = screen.read_png(path)
                tap.comment(f'{width} × {height}, {len(pixels)} colours')
                assert width >= 600 and height >= 300 and len(pixels) >= FEWEST_COLORS


tap.run(headless)
