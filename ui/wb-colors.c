/* wb-colors.c: the two palettes, light and dark
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "wb-colors.h"

#define ALPHA(hex, alpha) { ((hex) >> 16 & 0xff) / 255.f, ((hex) >> 8 & 0xff) / 255.f, ((hex) & 0xff) / 255.f, alpha }
#define RGB(hex)          ALPHA (hex, 1.f)

/* Lanes walk once round the hue circle of OKLCH in equal steps at one lightness, so that no lane shouts and
 * neighbours still differ. Classes jump between hues and lightnesses instead, with class 0 grey and the first ones
 * far from the blue, orange and red that tell the split and errors; their lightnesses were searched for, so that no two of them
 * look alike to those who see two colours only (tested). */
static const WbColors light = {
  .background = RGB (0xffffff),
  .lane_alternate = RGB (0xf6f7f9),
  .grid = RGB (0xe1e4e9),
  .text = RGB (0x1c1d21),
  .dim_text = RGB (0x5d6068),
  .lanes = {
    RGB (0x276fb1), RGB (0x5465b3), RGB (0x725bac), RGB (0x89529b), RGB (0x9a4b82), RGB (0xa44865), RGB (0xa84a46),
    RGB (0xa45121), RGB (0x955e05), RGB (0x81690b), RGB (0x6a7309), RGB (0x457c2e), RGB (0x0b8054), RGB (0x087d70),
    RGB (0x087a84), RGB (0x087699),
  },
  .classes = {
    RGB (0x7d8490), RGB (0x654abb), RGB (0x0e5929), RGB (0x913695), RGB (0x06757e), RGB (0x585504), RGB (0x213967),
    RGB (0x976a34), RGB (0x1671e2), RGB (0xc37a07), RGB (0x6e2e4e), RGB (0xab4244),
  },
  .error = RGB (0xd01d21),
  .train = RGB (0x1c65c8),
  .validation = RGB (0xc75e08),
  .cursor = RGB (0x1c1d21),
  .selection = ALPHA (0x1c65c8, .18f),
};

static const WbColors dark = {
  .background = RGB (0x1e1f24),
  .lane_alternate = RGB (0x25272d),
  .grid = RGB (0x383b43),
  .text = RGB (0xeceef2),
  .dim_text = RGB (0xa4a8b2),
  .lanes = {
    RGB (0x76b6f7), RGB (0x98acfa), RGB (0xb6a2f3), RGB (0xcf9ae1), RGB (0xe294c8), RGB (0xee91ab), RGB (0xf1938c),
    RGB (0xed9a6f), RGB (0xe0a45a), RGB (0xcbaf54), RGB (0xafba60), RGB (0x8dc279), RGB (0x69c898), RGB (0x47c9b7),
    RGB (0x3dc6d4), RGB (0x54bfea),
  },
  .classes = {
    RGB (0x7b818d), RGB (0x9b8aee), RGB (0x79b486), RGB (0xe47bd3), RGB (0x87dcde), RGB (0xb5c64e), RGB (0x438fb2),
    RGB (0xbb765f), RGB (0x9bbcff), RGB (0xffc58e), RGB (0xc698b1), RGB (0xee6344),
  },
  .error = RGB (0xfd7468),
  .train = RGB (0x609cf3),
  .validation = RGB (0xf99960),
  .cursor = RGB (0xeceef2),
  .selection = ALPHA (0x609cf3, .24f),
};

const WbColors *
wb_colors_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

const char *
wb_colors_get_lane_name (guint i)
{
  static const char *const names[WB_N_LANE_COLORS] = { "Blue",   "Indigo", "Violet", "Purple",  "Magenta", "Pink",
                                                       "Red",    "Rust",   "Amber",  "Ochre",   "Olive",   "Green",
                                                       "Emerald", "Teal",  "Cyan",   "Azure" };

  g_return_val_if_fail (i < WB_N_LANE_COLORS, NULL);
  return names[i];
}

const char *
wb_colors_get_tone_name (guint i)
{
  static const char *const names[WB_N_CLASS_TONES] = { "Grey", "Violet", "Green", "Magenta", "Teal", "Olive",
                                                        "Slate", "Brown", "Blue", "Orange", "Plum", "Red" };

  g_return_val_if_fail (i < WB_N_CLASS_TONES, NULL);
  return names[i];
}
