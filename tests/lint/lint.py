# lint.py: what the checks share: the files of the project and the list of complaints
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import os
import sys

SKIPPED_FOLDERS = ('.git', '__pycache__', 'out')


def project_files(root, *folders):
    """Yields every file below the folders, or below root, as a path from root with forward slashes."""
    for start in folders or ('.',):
        for folder, below, names in os.walk(os.path.join(root, start)):
            below[:] = sorted(d for d in below if d not in SKIPPED_FOLDERS and not d.startswith('build'))
            for name in sorted(names):
                path = os.path.relpath(os.path.join(folder, name), root)
                if path != '.git':  # in a git worktree this is a file
                    yield path


def read_lines(root, path):
    with open(os.path.join(root, path), encoding='utf-8') as file:
        return file.read().split('\n')


class Report:
    """Complaints fail the check; warnings are only shown."""

    def __init__(self):
        self.complaints = []
        self.warnings = []

    def complain(self, path, line, text):
        self.complaints.append(f'{path}:{line}: {text}')

    def warn(self, path, line, text):
        self.warnings.append(f'{path}:{line}: warning: {text}')

    def finish(self):
        """Prints everything and returns the exit status."""
        for text in self.warnings + self.complaints:
            print(text)
        print(f'{len(self.complaints)} complaints, {len(self.warnings)} warnings', file=sys.stderr)
        return 1 if self.complaints else 0
