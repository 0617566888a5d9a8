# tap.py: the steps of a scenario as TAP cases
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import contextlib
import sys

_n_cases = 0
_n_failed = 0


@contextlib.contextmanager
def case(name):
    """One step. A failure is told and ends the scenario: what comes after stands on it."""
    global _n_cases, _n_failed
    _n_cases += 1
    try:
        yield
    except BaseException:
        _n_failed += 1
        print(f'not ok {_n_cases} - {name}', flush=True)
        raise
    print(f'ok {_n_cases} - {name}', flush=True)


def comment(text):
    for line in str(text).splitlines():
        print(f'# {line}', flush=True)


def run(scenario):
    """Runs the scenario and leaves with the exit status."""
    try:
        scenario()
    except BaseException as error:
        comment(f'{type(error).__name__}: {error}')
        if _n_failed == 0:  # it went wrong between two steps
            print(f'not ok {_n_cases + 1} - {scenario.__name__}', flush=True)
            print(f'1..{_n_cases + 1}', flush=True)
            sys.exit(1)
    print(f'1..{_n_cases}', flush=True)
    sys.exit(1 if _n_failed else 0)
