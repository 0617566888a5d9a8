/* nn-rng.h: random numbers with explicit state: one stream per purpose, no globals
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a stream is for. Streams of different purposes or indices are independent, so
 * that, say, drawing dropout masks does not change the order of the windows. */
typedef enum
{
  NN_RNG_INIT,    /* index: the tensor */
  NN_RNG_SHUFFLE, /* index: the epoch */
  NN_RNG_DROPOUT, /* index: mini-batch, block and shard, mixed by nn_rng_mix() */
} NnRngPurpose;

/* xoshiro256**. A plain value: copying it copies the stream's position. */
typedef struct
{
  guint64 state[4];
} NnRng;

void    nn_rng_init    (NnRng *self, guint64 seed, NnRngPurpose purpose, guint64 index);

/* Joins two numbers to one index; mixing (a, b) and (b, a) gives different ones. */
guint64 nn_rng_mix     (guint64 a, guint64 b);

guint64 nn_rng_next    (NnRng *self);

/* A real number in [0, 1), of 53 random bits. */
double  nn_rng_uniform (NnRng *self);

/* A standard normal number. */
double  nn_rng_normal  (NnRng *self);

/* A whole number in 0 .. n - 1, each equally likely; n > 0. */
guint64 nn_rng_below   (NnRng *self, guint64 n);

/* Fills a mask for dropout: 0 with the probability `rate` (0 .. below 1), else 1 / (1 - rate), so that the mean stays. */
void    nn_rng_fill_mask (NnRng *self, double rate, float *mask, gint64 n);

/* Puts `n` numbers into a random order, each order equally likely. */
void    nn_rng_shuffle (NnRng *self, gint64 *items, gsize n);

G_END_DECLS
