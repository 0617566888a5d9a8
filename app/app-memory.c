/* app-memory.c: how much memory may be taken now
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "app-memory.h"

#include <string.h>
#include <sys/resource.h>

/* What a version of control groups calls its files, and where they are. */
typedef struct
{
  const char *folder;
  const char *limit;
  const char *usage;
  const char *cache_key; /* of memory.stat: file pages that are given back when asked for */
} GroupNames;

static const GroupNames V1 = { "sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file" };
static const GroupNames V2 = { "sys/fs/cgroup", "memory.max", "memory.current", "inactive_file" };

/* (nullable). */
static char *
read_text (const char *folder,
           const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/* The number after `key` at the beginning of a line; `fallback` where there is none. */
static gint64
find_number (const char *text,
             const char *key,
             gint64      fallback)
{
  gsize length = strlen (key);

  for (const char *line = text; line != NULL && *line != '\0'; line = strchr (line, '\n'))
    {
      if (*line == '\n')
        line++;
      if (g_str_has_prefix (line, key) && g_ascii_isspace (line[length]))
        return g_ascii_strtoll (line + length, NULL, 10);
    }
  return fallback;
}

/* What one group leaves; G_MAXINT64 where it sets no limit. */
static gint64
get_group_free (const char       *folder,
                const GroupNames *names)
{
  g_autofree char *limit_text = read_text (folder, names->limit);
  g_autofree char *usage_text = read_text (folder, names->usage);
  g_autofree char *stat = read_text (folder, "memory.stat");
  gint64 limit = 0, usage = 0;

  if (limit_text == NULL || usage_text == NULL || !g_ascii_isdigit (*limit_text))
    return G_MAXINT64;

  limit = g_ascii_strtoll (limit_text, NULL, 10);
  usage = g_ascii_strtoll (usage_text, NULL, 10);
  if (stat != NULL)
    usage -= find_number (stat, names->cache_key, 0);
  return MAX (limit - MAX (usage, 0), 0);
}

/* The least that a group or one of those around it leaves. Inside a container `path` may not be there, while the
 * folder itself then is the container's own group. */
static gint64
get_groups_free (const char       *root,
                 const char       *path,
                 const GroupNames *names)
{
  g_autofree char *rest = g_strdup (path);
  gint64 least = G_MAXINT64;

  for (;;)
    {
      g_autofree char *folder = g_build_filename (root, names->folder, rest, NULL);
      char *slash = strrchr (rest, '/');

      least = MIN (least, get_group_free (folder, names));
      if (*rest == '\0' || slash == NULL)
        return least;
      *slash = '\0';
    }
}

/* The lines of /proc/self/cgroup are "0::/path" (version 2) or "4:cpu,memory:/path" (version 1). */
static gint64
get_cgroup_free (const char *root)
{
  g_autofree char *text = read_text (root, "proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  gint64 least = G_MAXINT64;

  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ":", 3);
      g_auto (GStrv) controllers = NULL;

      if (g_strv_length (fields) < 3)
        continue;
      controllers = g_strsplit (fields[1], ",", -1);
      if (*fields[1] == '\0')
        least = MIN (least, get_groups_free (root, fields[2], &V2));
      else if (g_strv_contains ((const char *const *) controllers, "memory"))
        least = MIN (least, get_groups_free (root, fields[2], &V1));
    }
  return least;
}

gint64
app_memory_get_free_in (const char *root)
{
  g_autofree char *text = NULL;
  gint64 least = 0;

  g_return_val_if_fail (root != NULL, 0);

  least = get_cgroup_free (root);
  text = read_text (root, "proc/meminfo");
  if (text != NULL)
    {
      gint64 kibibytes = find_number (text, "MemAvailable:", -1);

      if (kibibytes >= 0)
        least = MIN (least, kibibytes * 1024);
    }
  return least;
}

/* What RLIMIT_AS leaves beyond the address space that is in use. */
static gint64
get_rlimit_free (void)
{
  g_autofree char *text = NULL;
  struct rlimit limit;
  gint64 used = 0;

  if (getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur > G_MAXINT64)
    return G_MAXINT64;

  text = read_text ("/", "proc/self/status");
  used = text != NULL ? find_number (text, "VmSize:", 0) * 1024 : 0;
  return MAX ((gint64) limit.rlim_cur - used, 0);
}

gint64
app_memory_get_free (void)
{
  return MIN (app_memory_get_free_in ("/"), get_rlimit_free ());
}
