/* test-memory.c: the memory limit, against made-up /proc and /sys trees
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-memory.h"

#include <glib/gstdio.h>

#define MEMINFO "MemTotal:  16000000 kB\nMemFree:  1 kB\nMemAvailable:    8000000 kB\n"

static void
put (const char *root,
     const char *path,
     const char *text)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

typedef struct
{
  char *root;
} Tree;

static void
set_up (Tree         *self,
        gconstpointer unused)
{
  self->root = g_dir_make_tmp ("lamina-memory-XXXXXX", NULL);
  g_assert_nonnull (self->root);
}

static void
tear_down (Tree         *self,
           gconstpointer unused)
{
  remove_tree (self->root);
  g_free (self->root);
}

static void
test_meminfo (Tree         *self,
              gconstpointer unused)
{
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, G_MAXINT64);
  put (self->root, "proc/meminfo", MEMINFO);
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, G_GINT64_CONSTANT (8000000) * 1024);
}

static void
test_version_2 (Tree         *self,
                gconstpointer unused)
{
  put (self->root, "proc/meminfo", MEMINFO);
  put (self->root, "proc/self/cgroup", "0::/user.slice/lamina.scope\n");
  put (self->root, "sys/fs/cgroup/user.slice/lamina.scope/memory.max", "max\n");
  put (self->root, "sys/fs/cgroup/user.slice/lamina.scope/memory.current", "1000\n");
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, G_GINT64_CONSTANT (8000000) * 1024);

  /* A group further out sets the limit; pages of files count as free. */
  put (self->root, "sys/fs/cgroup/user.slice/memory.max", "1000000\n");
  put (self->root, "sys/fs/cgroup/user.slice/memory.current", "600000\n");
  put (self->root, "sys/fs/cgroup/user.slice/memory.stat", "anon 7\nfile 9\nactive_file 5\ninactive_file 100000\n");
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, 500000);

  put (self->root, "sys/fs/cgroup/user.slice/lamina.scope/memory.max", "300000\n");
  put (self->root, "sys/fs/cgroup/user.slice/lamina.scope/memory.current", "400000\n");
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, 0);
}

static void
test_version_1 (Tree         *self,
                gconstpointer unused)
{
  put (self->root, "proc/meminfo", MEMINFO);
  put (self->root, "proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n");

  /* As seen inside the container: the path is not there, the folder is the container's own. */
  put (self->root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "2000000\n");
  put (self->root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "500000\n");
  put (self->root, "sys/fs/cgroup/memory/memory.stat", "inactive_file 3\ntotal_inactive_file 200000\n");
  g_assert_cmpint (app_memory_get_free_in (self->root), ==, 1700000);
}

static void
test_here (void)
{
  gint64 available = app_memory_get_free ();

  g_assert_cmpint (available, >, 0);
  g_assert_cmpint (available, <, G_MAXINT64);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/memory/meminfo", Tree, NULL, set_up, test_meminfo, tear_down);
  g_test_add ("/memory/version-2", Tree, NULL, set_up, test_version_2, tear_down);
  g_test_add ("/memory/version-1", Tree, NULL, set_up, test_version_1, tear_down);
  g_test_add_func ("/memory/here", test_here);
  return g_test_run ();
}
