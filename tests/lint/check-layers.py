# check-layers.py: no #include and no called function crosses the layers the wrong way
#
# SPDX-FileCopyrightText: 2026 The Lamina authors
# SPDX-License-Identifier: Apache-2.0
#
# check-layers.py includes ROOT          reads the #include lines of core, data, ui and app against RULES
# check-layers.py symbols LIBRARY...     reads what the static libraries call (nm) against BANNED
# check-layers.py no-gtk PROGRAM         reads what a program is linked with
import fnmatch
import os
import re
import subprocess
import sys

import lint

LIBC = '''assert.h complex.h ctype.h errno.h float.h inttypes.h limits.h math.h signal.h stdalign.h stdarg.h stdatomic.h stdbool.h
stddef.h stdint.h stdio.h stdlib.h string.h time.h'''.split()
POSIX = LIBC + '''fcntl.h locale.h pthread.h sched.h sys/mman.h sys/resource.h sys/stat.h sys/types.h unistd.h'''.split()
KERNEL_LIBC = 'assert.h float.h limits.h math.h stdalign.h stdbool.h stddef.h stdint.h string.h'.split()
GLIB = ['glib.h']
FILES = ['glib/gstdio.h']
UNIX = ['glib-unix.h', 'sys/file.h']
GTK = ['glib-object.h', 'gio/gio.h', 'gtk/gtk.h', 'gdk/*.h', 'gsk/*.h', 'graphene.h', 'pango/*.h', 'cairo.h']

VALUES = [f'nn-{name}.h' for name in 'types error shape kind design check problem settings template'.split()]
KERNELS = ['nn-k.h', 'nn-k-*.h']
MODELS = [f'sig-{name}.h' for name in
          'class-table filter label-edit label-set labels pyramid recording snap spectrum split track'.split()]
OURS = ['nn*.h', 'sig*.h', 'wb-*.h', 'app-*.h']

# What the window and lamina-cli share; see app/meson.build.
SHARED_RUN = ['app/app-run*', 'app/app-memory*', 'app/app-text*', 'app/app-design-file*', 'app/app-picture*',
              'app/app-arrays*', 'app/app-import.*', 'app/app-keras-file*', 'app/app-label-export.*', 'app/app-project*',
              'app/app-safe-file*', 'app/app-set*', 'app/app-source*']

# The first row whose pattern fits a file says what it may include; a header of ours counts with all it includes in turn.
RULES = [
    ('core/nn-k-dispatch.c', KERNEL_LIBC + ['stdlib.h', 'pthread.h'] + KERNELS),
    ('core/nn-k-vec.h', KERNEL_LIBC + KERNELS + ['immintrin.h']),
    ('core/nn-k-*', KERNEL_LIBC + KERNELS),
    ('core/nn-k.h', KERNEL_LIBC + KERNELS),
    ('core/nn-pool*.c', LIBC + ['pthread.h', 'sched.h', 'unistd.h'] + GLIB + ['nn*.h']),
    ('core/exchange/nn-archive.c', LIBC + GLIB + ['zip.h', 'nn*.h']),
    ('core/exchange/nn-h5-writer.c', LIBC + GLIB + ['hdf5.h', 'nn*.h']),
    ('core/exchange/nn-h5-*', LIBC + GLIB + ['nn*.h']),
    ('core/exchange/*', LIBC + GLIB + ['jansson.h', 'nn*.h']),
    ('core/nn-codec*', LIBC + GLIB + ['jansson.h', 'nn*.h']),
    ('core/*', LIBC + GLIB + ['nn*.h']),
    ('data/sig-decoder.c', POSIX + GLIB + FILES + ['sndfile.h', 'nn-types.h', 'nn-batch.h', 'sig*.h']),
    ('data/sig-file.c', POSIX + GLIB + FILES + ['linux/magic.h', 'sys/vfs.h', 'sig*.h']),
    ('data/sig-scratch.c', POSIX + GLIB + FILES + ['sys/statvfs.h', 'sig*.h']),
    ('data/sig-zip.c', LIBC + GLIB + ['zip.h', 'sig*.h']),
    ('data/sig-extremes.c', LIBC + GLIB + ['xmmintrin.h', 'sig*.h']),
    ('data/sig-spectrum.c', LIBC + GLIB + ['kiss_fftr.h', 'sig*.h']),
    ('data/*', POSIX + GLIB + FILES + ['nn-types.h', 'nn-batch.h', 'sig*.h']),
    ('ui/*-layout.*', LIBC + GLIB + VALUES + MODELS + ['wb-*.h']),
    ('ui/wb-lane-r*.c', LIBC + GLIB + ['cairo.h', 'immintrin.h'] + VALUES + MODELS + ['wb-*.h']),
    ('ui/wb-gl-pages.c', LIBC + ['epoxy/gl.h', 'wb-*.h']),
    ('ui/wb-text-shape.*', LIBC + GLIB + ['cairo.h', 'pango/pangocairo.h', 'wb-*.h']),
    ('ui/wb-axis*', LIBC + GLIB + ['wb-axis*.h', 'wb-text.h']),
    ('ui/*-paint*', LIBC + GLIB + ['cairo.h'] + VALUES + MODELS + ['wb-*.h']),
    ('ui/wb-scene*', LIBC + GLIB + ['cairo.h'] + VALUES + MODELS + ['wb-*.h']),
    ('ui/wb-init.c', LIBC + GLIB + GTK + ['malloc.h', 'wb-*.h']),
    ('ui/*', LIBC + GLIB + GTK + VALUES + MODELS + ['wb-*.h']),
    ('app/cli/*', POSIX + GLIB + FILES + UNIX + ['gio/gio.h', 'cairo.h', 'jansson.h'] + OURS + ['cli-*.h']),
    *((pattern, POSIX + GLIB + FILES + ['gio/gio.h', 'cairo.h', 'cairo-pdf.h', 'cairo-svg.h', 'jansson.h'] + OURS)
      for pattern in SHARED_RUN),
    ('app/*', POSIX + GLIB + FILES + GTK + UNIX + OURS),
]

# Headers of ours that pull GTK in may not be reached from these.
WITHOUT_GTK = ('core/*', 'data/*', 'ui/*-layout.*', 'ui/wb-axis*', 'ui/*-paint*', 'ui/wb-scene*', 'app/cli/*', *SHARED_RUN)

# Nothing below app speaks; g_return_if_reached () and its like do call g_log, so this is read from the source.
SILENT = ('core/*', 'data/*', 'ui/*')
SPEAKS = re.compile(r'\bg_(message|warning|critical|error|info|debug|log) \(')

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')

# What the layers below app may never call, by static library: names and families, as patterns.
EVERYWHERE = '''g_main_* g_idle_* g_timeout_* g_task_* g_thread_* g_print* g_log_* g_file_new_* g_spawn_*
printf vprintf fprintf vfprintf __printf_chk __fprintf_chk __vfprintf_chk puts putchar fputs perror
exit _exit quick_exit rand srand random srandom drand48 system popen fork'''.split()
NO_LOCKS = 'g_mutex_* g_cond_* g_rec_mutex_* g_rw_lock_* g_async_queue_* g_private_* g_once_impl'.split()
NO_OBJECTS = 'g_object_* g_type_* g_signal_* g_source_* g_cancellable_*'.split()
NO_FILES = 'open open64 openat openat64 fopen fopen64 fdopen g_fopen g_open g_file_get_contents g_file_set_contents*'.split()
NO_MACHINE = 'nn_train* nn_model_* nn_pool_* nn_predict* nn_codec_* sig_reader_* sig_batch_* pthread_create'.split()
BANNED = {
    'libnn*.a': EVERYWHERE + NO_LOCKS + NO_OBJECTS + NO_FILES + ['pthread_create'],
    'libsig.a': EVERYWHERE + NO_LOCKS + NO_OBJECTS + ['pthread_create'],
    'libwb-paint.a': EVERYWHERE + NO_LOCKS + NO_OBJECTS + NO_FILES + NO_MACHINE + ['gtk_*', 'gdk_*'],
    'libwb.a': [name for name in EVERYWHERE if name not in ('g_idle_*', 'g_timeout_*')] + NO_LOCKS + NO_FILES + NO_MACHINE,
}
# The places that may: (object file, symbol). Pango's layouts are objects.
ALLOWED_CALLS = {('nn-pool', 'pthread_create'), ('wb-text-shape', 'g_object_unref')}


def allowed_includes(path):
    for pattern, allowed in RULES:
        if fnmatch.fnmatchcase(path, pattern):
            return allowed
    return None


def includes_of(root, path):
    """Yields (line number, header) for each #include line."""
    for number, line in enumerate(lint.read_lines(root, path), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(2)


def reaches_gtk(root, headers, path, seen):
    """Returns the chain of headers of ours by which path comes to GTK, or None."""
    for _, name in includes_of(root, path):
        if name.startswith(('gtk/', 'gdk/', 'gsk/')):
            return [name]
        if name in headers and name not in seen:
            seen.add(name)
            chain = reaches_gtk(root, headers, headers[name], seen)
            if chain:
                return [name] + chain
    return None


def check_includes(root, report):
    paths = [p for p in lint.project_files(root, 'core', 'data', 'ui', 'app') if p.endswith(('.c', '.h'))]
    headers = {os.path.basename(p): p for p in paths if p.endswith('.h')}
    for path in paths:
        allowed = allowed_includes(path)
        if allowed is None:
            report.complain(path, 1, 'no rule says what this file may include')
            continue
        for number, name in includes_of(root, path):
            if not any(fnmatch.fnmatchcase(name, pattern) for pattern in allowed):
                report.complain(path, number, f'may not include {name}')
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in SILENT):
            for number, line in enumerate(lint.read_lines(root, path), 1):
                if SPEAKS.search(line):
                    report.complain(path, number, 'speaks to the log: return a GError instead')
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in WITHOUT_GTK):
            chain = reaches_gtk(root, headers, path, set())
            if chain:
                report.complain(path, 1, 'comes to GTK by ' + ' > '.join(chain))


def undefined_symbols(library):
    """Yields (object file's stem, symbol) for all that the library's members call."""
    text = subprocess.run(['nm', '-u', '-A', library], check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        place, _, symbol = line.rpartition(' ')
        member = re.split(r'[:/\[\]_]', place.split('.c.o')[0])[-1]
        yield member, symbol.split('@')[0]


def check_symbols(libraries, report):
    for library in libraries:
        name = os.path.basename(library)
        banned = next((list for pattern, list in BANNED.items() if fnmatch.fnmatchcase(name, pattern)), None)
        if banned is None:
            report.complain(name, 0, 'no rule says what this library may call')
            continue
        for member, symbol in undefined_symbols(library):
            if (member, symbol) in ALLOWED_CALLS:
                continue
            if any(fnmatch.fnmatchcase(symbol, pattern) for pattern in banned):
                report.complain(name, member, f'may not call {symbol}')


def check_no_gtk(program, report):
    text = subprocess.run(['readelf', '-d', program], check=True, capture_output=True, text=True).stdout
    needed = re.findall(r'\(NEEDED\).*\[([^]]+)\]', text)
    if not needed:
        report.complain(program, 0, 'readelf names no library at all')
    for library in needed:
        if library.startswith(('libgtk', 'libgdk-', 'libadwaita')):
            report.complain(program, 0, f'is linked with {library}')


def main(argv):
    report = lint.Report()
    if argv[1:2] == ['includes'] and len(argv) == 3:
        check_includes(argv[2], report)
    elif argv[1:2] == ['symbols'] and len(argv) > 2:
        check_symbols(argv[2:], report)
    elif argv[1:2] == ['no-gtk'] and len(argv) == 3:
        check_no_gtk(argv[2], report)
    else:
        print('Usage: check-layers.py includes ROOT | symbols LIBRARY... | no-gtk PROGRAM', file=sys.stderr)
        return 2
    return report.finish()


if __name__ == '__main__':
    sys.exit(main(sys.argv))
