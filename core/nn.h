/* nn.h: the whole core, for app and tests; ui must not include it
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-batch.h"
#include "nn-check.h"
#include "nn-codec-settings.h"
#include "nn-codec-weights.h"
#include "nn-codec.h"
#include "nn-design.h"
#include "nn-error.h"
#include "nn-kind.h"
#include "nn-model.h"
#include "nn-moments.h"
#include "nn-pool.h"
#include "nn-predict.h"
#include "nn-settings.h"
#include "nn-shape.h"
#include "nn-template.h"
#include "nn-train.h"
#include "nn-types.h"
