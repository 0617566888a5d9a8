/* nn-codec-scan.c: brackets and lines of a text that may not be JSON
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nn-codec-private.h"

#define OBJECT_DEPTH 3 /* { "blocks": [ { */

int
nn_codec_scan (const char *text,
               gsize       length,
               int         n,
               int        *depth)
{
  gboolean quoted = FALSE;
  int line = 1, open = 0, deepest = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        line++;
      if (quoted && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        quoted = !quoted;
      else if (!quoted && (text[i] == '{' || text[i] == '['))
        {
          open++;
          deepest = MAX (deepest, open);
          if (text[i] == '{' && open == OBJECT_DEPTH && n-- == 0)
            return line;
        }
      else if (!quoted && (text[i] == '}' || text[i] == ']'))
        open--;
    }
  if (depth != NULL)
    *depth = deepest;
  return 0;
}
