/* wb-init.c: makes the widgets' types, style and icons known
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-init.h"

#include "wb-resources.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define RESOURCE_PATH "/org/lamina/Lamina/ui/"

#define PORTAL_NAME      "org.freedesktop.portal.Desktop"
#define PORTAL_PATH      "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Settings"
#define PORTAL_NAMESPACE "org.freedesktop.appearance"
#define PORTAL_KEY       "color-scheme"

/* The portal's answers to color-scheme. */
enum { PORTAL_NO_PREFERENCE, PORTAL_DARK, PORTAL_LIGHT };

static struct
{
  GtkCssProvider *colors;       /* the named colours of the scheme in force */
  gboolean        prefers_dark; /* GtkSettings as the user left them */
  gboolean        follows;      /* the portal's word counts: "system" */
  gboolean        subscribed;
} state;

gboolean
wb_is_dark (void)
{
  g_autofree char *theme = NULL;
  gboolean dark = FALSE;

  g_object_get (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", &dark, "gtk-theme-name", &theme, NULL);
  return dark || (theme != NULL && g_str_has_suffix (theme, "-dark"));
}

static void
load_colors_cb (void)
{
  gtk_css_provider_load_from_resource (state.colors, wb_is_dark () ? RESOURCE_PATH "colors-dark.css"
                                                                   : RESOURCE_PATH "colors-light.css");
}

static void
set_dark (gboolean dark)
{
  g_object_set (gtk_settings_get_default (), "gtk-application-prefer-dark-theme", dark, NULL);
}

static void
apply_portal_value (GVariant *value)
{
  g_autoptr(GVariant) inner = g_variant_ref (value);

  /* Read() wraps its answer twice, SettingChanged once. */
  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT))
    {
      GVariant *next = g_variant_get_variant (inner);
      g_variant_unref (inner);
      inner = next;
    }
  if (!state.follows || !g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    return;

  switch (g_variant_get_uint32 (inner))
    {
    case PORTAL_DARK:
      set_dark (TRUE);
      break;
    case PORTAL_LIGHT:
      set_dark (FALSE);
      break;
    case PORTAL_NO_PREFERENCE:
    default:
      set_dark (state.prefers_dark);
      break;
    }
}

static void
portal_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  /* No portal is the ordinary case on small desktops: GtkSettings keep their word. */
  if (reply != NULL)
    {
      g_autoptr(GVariant) value = g_variant_get_child_value (reply, 0);
      apply_portal_value (value);
    }
}

static void
portal_changed_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface,
                   const char *signal, GVariant *parameters, gpointer user_data)
{
  const char *space, *key;
  g_autoptr(GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &space, &key, &value);
  if (g_str_equal (space, PORTAL_NAMESPACE) && g_str_equal (key, PORTAL_KEY))
    apply_portal_value (value);
}

/* The application's own connection, so that no session bus is started only to be asked. */
static void
ask_portal (void)
{
  GApplication *app = g_application_get_default ();
  GDBusConnection *bus = app != NULL ? g_application_get_dbus_connection (app) : NULL;

  if (bus == NULL)
    return;
  if (!state.subscribed)
    {
      state.subscribed = TRUE;
      g_dbus_connection_signal_subscribe (bus, PORTAL_NAME, PORTAL_INTERFACE, "SettingChanged", PORTAL_PATH,
                                          PORTAL_NAMESPACE, G_DBUS_SIGNAL_FLAGS_NONE, portal_changed_cb, NULL, NULL);
    }
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE, "Read",
                          g_variant_new ("(ss)", PORTAL_NAMESPACE, PORTAL_KEY), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NONE, 2000, NULL, portal_read_cb, NULL);
}

void
wb_init_scheme (const char *scheme)
{
  g_return_if_fail (scheme != NULL);
  g_return_if_fail (state.colors != NULL);

  state.follows = g_str_equal (scheme, "system");
  if (state.follows)
    {
      set_dark (state.prefers_dark);
      ask_portal ();
    }
  else
    {
      set_dark (g_str_equal (scheme, "dark"));
    }
}

/* GTK's cairo renderer makes buffers as large as the window for every frame and frees them again. By itself malloc gives them
 * back to the system each time, and the page faults of the next frame take longer than our drawing. */
static void
keep_frame_buffers (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 32 << 20);
  mallopt (M_TRIM_THRESHOLD, 128 << 20);
#endif
}

void
wb_init (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  GtkSettings *settings = gtk_settings_get_default ();
  g_autoptr(GtkCssProvider) style = NULL;

  g_return_if_fail (display != NULL);
  if (state.colors != NULL)
    return;

  keep_frame_buffers ();
  g_resources_register (wb_get_resource ());
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), RESOURCE_PATH "icons");

  g_object_get (settings, "gtk-application-prefer-dark-theme", &state.prefers_dark, NULL);
  state.colors = gtk_css_provider_new ();
  load_colors_cb ();
  g_signal_connect (settings, "notify::gtk-application-prefer-dark-theme", G_CALLBACK (load_colors_cb), NULL);
  g_signal_connect (settings, "notify::gtk-theme-name", G_CALLBACK (load_colors_cb), NULL);

  style = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (style, RESOURCE_PATH "style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (state.colors),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
