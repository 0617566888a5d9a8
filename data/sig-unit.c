/* sig-unit.c: units of measurement as headers of tables write them
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sig-unit.h"

#include <string.h>

static const char *const known[] = {
  "%", "A", "Bar", "C", "F", "G", "GPa", "Gauss", "Hz", "K", "L/min", "MPa", "N", "Nm", "Ohm", "Pa", "T", "V", "V/V",
  "W", "W/m2", "W/m^2", "W/m²", "a.u.", "au", "bar", "bit", "bpm", "cm", "cmH2O", "counts", "dB", "dBm", "deg", "deg C",
  "deg/s", "degC", "degrees", "degrees C", "dps", "g", "gauss", "h", "hPa", "hh:mm:ss", "hh:mm:ss.mmm", "hours", "kHz",
  "kN", "kOhm", "kPa", "kV", "kW", "kg", "kohm", "kΩ", "l/min", "lux", "m", "m/s", "m/s/s", "m/s2", "m/s^2", "m/sec^2",
  "m/s²", "mA", "mG", "mL", "mT", "mV", "mW", "mbar", "mg", "min", "minutes", "ml", "mm", "mmHg", "ms", "msec", "nA",
  "nT", "nV", "ns", "ohm", "pT", "ppm", "rad", "rad/s", "rad/s^2", "rpm", "s", "sec", "sec.", "seconds", "uA", "uS",
  "uT", "uV", "uW", "us", "°", "°/s", "°C", "°F", "µA", "µS", "µT", "µV", "µs", "Ω", "μA", "μS", "μT", "μV", "μs",
};

gboolean
sig_unit_is_known (const char *text)
{
  g_autofree char *bare = g_strdup (text);
  gsize n;

  g_strstrip (g_strdelimit (bare, "'\"[]()", ' '));
  n = strlen (bare);
  for (gsize i = 0; n > 0 && i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i], bare))
      return TRUE;
  return FALSE;
}

char *
sig_unit_split (char *name)
{
  gsize n = strlen (name);
  char close = n > 0 ? name[n - 1] : '\0';
  char *open = close == ']' ? strrchr (name, '[') : close == ')' ? strrchr (name, '(') : NULL;
  g_autofree char *unit = NULL;

  if (open == NULL || strspn (name, " ") == (gsize) (open - name))
    return NULL;
  unit = g_strndup (open + 1, (gsize) (name + n - 1 - (open + 1)));
  if (!sig_unit_is_known (unit))
    return NULL;
  *open = '\0';
  g_strchomp (name);
  return g_strdup (g_strstrip (unit));
}
