/* sig.h: the whole signal layer, for app and tests; ui includes only the models it shows
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "sig-array.h"
#include "sig-batch.h"
#include "sig-class-table.h"
#include "sig-error.h"
#include "sig-export.h"
#include "sig-filter.h"
#include "sig-import.h"
#include "sig-label-edit.h"
#include "sig-label-patch.h"
#include "sig-label-set.h"
#include "sig-labels.h"
#include "sig-missing.h"
#include "sig-norm.h"
#include "sig-preview.h"
#include "sig-pyramid.h"
#include "sig-rates.h"
#include "sig-reader.h"
#include "sig-recording.h"
#include "sig-set.h"
#include "sig-snap.h"
#include "sig-spectrum.h"
#include "sig-split.h"
#include "sig-synth.h"
#include "sig-track-writer.h"
#include "sig-track.h"
#include "sig-window.h"
