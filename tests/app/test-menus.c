/* test-menus.c: the letters that choose the items of an open menu
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include <gtk/gtk.h>

#include <string.h>

static char
find_mnemonic (const char *label)
{
  const char *underscore = strchr (label, '_');

  return underscore != NULL ? g_ascii_tolower (underscore[1]) : '\0';
}

/* Sections share the letters of their menu; a submenu is a page of its own. */
static void
check (GMenuModel *menu,
       GHashTable *taken)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *label = NULL;
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      char letter = '\0';

      if (section == NULL && g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label))
        letter = find_mnemonic (label);
      if (letter != '\0' && g_hash_table_contains (taken, GINT_TO_POINTER (letter)))
        g_error ("Two items of a menu have the letter “%c”; the second is “%s”.", letter, label);
      if (letter != '\0')
        g_hash_table_add (taken, GINT_TO_POINTER (letter));
      if (section != NULL)
        check (section, taken);
      if (submenu != NULL)
        {
          g_autoptr (GHashTable) its_own = g_hash_table_new (NULL, NULL);

          check (submenu, its_own);
        }
    }
}

/* A letter that two items have chooses neither: it only goes from one to the other. */
static void
test_letters (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/lamina/Lamina/app-menus.ui");
  GSList *menus = gtk_builder_get_objects (builder);
  guint n = 0;

  for (GSList *l = menus; l != NULL; l = l->next)
    {
      g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

      if (!G_IS_MENU_MODEL (l->data))
        continue;
      check (l->data, taken);
      n += g_hash_table_size (taken);
    }
  g_slist_free (menus);
  g_assert_cmpuint (n, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  g_test_add_func ("/menus/letters", test_letters);
  return g_test_run ();
}
