# count.py: counts meson's test log, TAP cases one by one, and prints "N passed, N failed, N skipped"
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
import json
import re
import sys

TAP_CASE = re.compile(r'^(not )?ok\b[^#\n]*(?:# *(skip|todo)\b)?', re.IGNORECASE | re.MULTILINE)
PASSES = {'OK', 'EXPECTEDFAIL'}


def count_test(test):
    """Returns (passed, failed, skipped) of one line of testlog.json."""
    passed = failed = skipped = 0
    for negated, directive in TAP_CASE.findall(test.get('stdout') or ''):
        if directive:
            skipped += 1
        elif negated:
            failed += 1
        else:
            passed += 1
    if test['result'] == 'SKIP':
        return 0, 0, max(skipped, 1)
    if test['result'] not in PASSES:
        # A program that crashes or runs out of time has failed, whatever its cases said before.
        return passed, max(failed, 1), skipped
    if passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped


def main(path):
    total = [0, 0, 0]
    try:
        with open(path, encoding='utf-8') as log:
            for line in log:
                for i, n in enumerate(count_test(json.loads(line))):
                    total[i] += n
    except (OSError, ValueError, KeyError) as error:
        print(f'There is no test log that can be counted: {error}', file=sys.stderr)
        total[1] += 1
    print('{} passed, {} failed, {} skipped'.format(*total))
    return 0 if total[1] == 0 and total[0] > 0 else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
