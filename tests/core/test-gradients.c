/* test-gradients.c: every block's output and gradients against double precision, over stride, padding, dilation and tails
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#include "support/t-design.h"
#include "support/t-gradient.h"
#include "support/t-oracle.h"

#include "nn-model-private.h"

#include <math.h>

#define STEPS     12
#define CHANNELS  3
#define N_WINDOWS 11  /* a whole shard and a rest */
#define MOST      150 /* weights of one tensor that are tried; of more, every so many-th */
#define STEP      1e-5

/* What is in front gives the block a slope by its input to answer for; what is behind reads it against the labels. */
#define BINARY(block)  "Dense units=5 activation=tanh; " block "; Flatten; Dense units=12 activation=sigmoid"
#define PER_STEP(block) "Dense units=5 activation=tanh; " block "; Dense units=1 activation=sigmoid"
#define CLASSES(block) "Dense units=5 activation=tanh; " block "; Dense units=3 activation=softmax"
#define WIDE           "Dense units=6 activation=tanh; Reshape target_shape=(12,3,2); "
#define DEEP(block)    WIDE block "; Flatten; Dense units=12 activation=sigmoid"

typedef struct
{
  const char *name, *text;
  int         n_classes;
} Case;

static const Case cases[] = {
  { "dense", PER_STEP ("Dense units=7 activation=relu"), 2 },
  { "dense-no-bias", PER_STEP ("Dense units=17 activation=sigmoid use_bias=no"), 2 },
  { "dense-softmax-inside", PER_STEP ("Dense units=4 activation=softmax"), 2 },
  { "dense-classes", CLASSES ("Dense units=33 activation=linear"), 3 },
  { "conv1d-same", CLASSES ("Conv1D filters=4 kernel_size=4 padding=same activation=relu"), 3 },
  { "conv1d-same-wide", PER_STEP ("Conv1D filters=19 kernel_size=5 padding=same activation=tanh"), 2 },
  { "conv1d-valid", BINARY ("Conv1D filters=3 kernel_size=5 padding=valid activation=linear"), 2 },
  { "conv1d-causal", CLASSES ("Conv1D filters=4 kernel_size=3 padding=causal dilation_rate=2 activation=tanh"), 3 },
  { "conv1d-stride", BINARY ("Conv1D filters=4 kernel_size=3 padding=same strides=2 activation=relu use_bias=no"), 2 },
  { "conv1d-stride-valid", BINARY ("Conv1D filters=4 kernel_size=4 padding=valid strides=3 activation=sigmoid"), 2 },
  { "conv1d-stride-over", BINARY ("Conv1D filters=2 kernel_size=2 padding=valid strides=4 activation=linear"), 2 },
  { "conv1d-dilation", PER_STEP ("Conv1D filters=4 kernel_size=3 padding=same dilation_rate=3 activation=relu"), 2 },
  { "conv1d-longer-than-window", PER_STEP ("Conv1D filters=2 kernel_size=15 padding=same activation=linear"), 2 },
  { "conv1d-softmax", PER_STEP ("Conv1D filters=3 kernel_size=2 padding=same activation=softmax"), 2 },
  { "conv1d-one-tap", PER_STEP ("Conv1D filters=3 kernel_size=1 padding=valid activation=linear"), 2 },
  { "conv1d-groups", PER_STEP ("Dense units=6 activation=linear; Conv1D filters=9 kernel_size=3 groups=3 activation=tanh"), 2 },
  { "conv1d-groups-wide",
    BINARY ("Dense units=4 activation=linear; Conv1D filters=34 kernel_size=2 groups=2 strides=2 padding=valid "
            "activation=tanh"), 2 },
  { "conv1d-groups-all",
    PER_STEP ("Conv1D filters=15 kernel_size=3 groups=5 padding=causal dilation_rate=2 activation=gelu"), 2 },
  { "conv1d-groups-stride", BINARY ("Conv1D filters=5 kernel_size=4 groups=5 strides=3 activation=linear"), 2 },
  { "conv1d-groups-of-one-filter", PER_STEP ("Dense units=6 activation=linear; Conv1D filters=3 kernel_size=3 groups=3"), 2 },
  { "conv1d-groups-of-one-filter-stride",
    BINARY ("Dense units=15 activation=linear; Conv1D filters=5 kernel_size=3 groups=5 strides=2 activation=elu"), 2 },
  { "conv2d-groups-of-one-filter", DEEP ("Dense units=4 activation=linear; Conv2D filters=2 kernel_size=3,2 groups=2"), 2 },
  { "conv2d-groups", DEEP ("Dense units=4 activation=linear; Conv2D filters=6 kernel_size=3,2 groups=2 padding=same"), 2 },
  { "conv2d-groups-stride", DEEP ("Dense units=4 activation=linear; Conv2D filters=4 kernel_size=3,2 groups=2 strides=2,1"), 2 },
  { "conv2d-groups-all", DEEP ("Conv2D filters=4 kernel_size=3,2 groups=2 strides=2,2 padding=same activation=tanh"), 2 },
  { "depthwise", PER_STEP ("DepthwiseConv1D kernel_size=4 padding=same activation=tanh"), 2 },
  { "depthwise-several", BINARY ("DepthwiseConv1D kernel_size=3 depth_multiplier=3 dilation_rate=2"), 2 },
  { "depthwise-stride", BINARY ("DepthwiseConv1D kernel_size=5 strides=2 padding=same depth_multiplier=2 activation=silu"), 2 },
  { "depthwise-wide", PER_STEP ("Dense units=19 activation=tanh; DepthwiseConv1D kernel_size=7 padding=same use_bias=no"), 2 },
  { "depthwise-first", "DepthwiseConv1D kernel_size=15 padding=same; Dense units=1 activation=sigmoid", 2 },
  { "depthwise-one",
    PER_STEP ("Dense units=1 activation=linear; DepthwiseConv1D kernel_size=3 padding=same depth_multiplier=2"), 2 },
  { "separable", PER_STEP ("SeparableConv1D filters=4 kernel_size=3 padding=same activation=tanh"), 2 },
  { "separable-several", BINARY ("SeparableConv1D filters=17 kernel_size=4 depth_multiplier=2 strides=2 activation=gelu"), 2 },
  { "separable-first",
    "SeparableConv1D filters=4 kernel_size=2 padding=same use_bias=no activation=tanh; Dense units=1 activation=sigmoid", 2 },
  { "transpose", BINARY ("Conv1DTranspose filters=3 kernel_size=4 strides=2 activation=tanh"), 2 },
  { "transpose-same", BINARY ("Conv1DTranspose filters=3 kernel_size=5 strides=3 padding=same activation=gelu"), 2 },
  { "transpose-one", PER_STEP ("Conv1DTranspose filters=18 kernel_size=3 padding=same activation=tanh use_bias=no"), 2 },
  { "transpose-hole", BINARY ("Conv1DTranspose filters=2 kernel_size=3 dilation_rate=3"), 2 },
  { "transpose-apart", BINARY ("Conv1DTranspose filters=2 kernel_size=2 strides=4"), 2 },
  { "transpose-more", BINARY ("Conv1DTranspose filters=2 kernel_size=3 strides=3 padding=valid output_padding=1"), 2 },
  { "transpose-first", "Conv1DTranspose filters=2 kernel_size=3 padding=same; Dense units=1 activation=sigmoid", 2 },
  { "up-and-down", PER_STEP ("MaxPooling1D pool_size=2; Conv1DTranspose filters=4 kernel_size=4 strides=2 padding=same"), 2 },
  { "each-depthwise", DEEP ("TimeDistributed: DepthwiseConv1D kernel_size=2 depth_multiplier=2 activation=silu"), 2 },
  { "conv2d-across", DEEP ("Conv2D filters=4 kernel_size=1,2 padding=valid activation=relu"), 2 },
  { "conv2d-same", DEEP ("Conv2D filters=3 kernel_size=3,2 padding=same activation=tanh"), 2 },
  { "conv2d-stride", DEEP ("Conv2D filters=3 kernel_size=3,3 strides=2,2 padding=same activation=relu"), 2 },
  { "conv2d-stride-along-one", DEEP ("Conv2D filters=2 kernel_size=2,1 strides=2,1 padding=valid activation=linear"), 2 },
  { "conv2d-dilation", DEEP ("Conv2D filters=3 kernel_size=2,2 dilation_rate=3,2 padding=same activation=relu"), 2 },
  { "conv2d-time-only", DEEP ("Conv2D filters=3 kernel_size=4,1 padding=same activation=linear use_bias=no"), 2 },
  { "max1d", BINARY ("MaxPooling1D pool_size=3"), 2 },
  { "max1d-overlap", BINARY ("MaxPooling1D pool_size=3 strides=2 padding=same"), 2 },
  { "max1d-tail", BINARY ("MaxPooling1D pool_size=5 padding=same"), 2 },
  { "average1d", BINARY ("AveragePooling1D pool_size=3"), 2 },
  { "average1d-same", BINARY ("AveragePooling1D pool_size=5 strides=2 padding=same"), 2 },
  { "max2d", DEEP ("MaxPooling2D pool_size=2,2"), 2 },
  { "max2d-same", DEEP ("MaxPooling2D pool_size=3,2 strides=2,1 padding=same"), 2 },
  { "average2d", DEEP ("AveragePooling2D pool_size=2,2"), 2 },
  { "average2d-same", DEEP ("AveragePooling2D pool_size=3,2 strides=2,1 padding=same"), 2 },
  { "global-average1d", "Dense units=5 activation=tanh; GlobalAveragePooling1D; Dense units=12 activation=sigmoid", 2 },
  { "global-average1d-kept", BINARY ("GlobalAveragePooling1D keepdims=yes; Dense units=3 activation=tanh"), 2 },
  { "global-average2d", DEEP ("GlobalAveragePooling2D"), 2 },
  { "global-max1d", BINARY ("GlobalMaxPooling1D"), 2 },
  { "global-max1d-kept", BINARY ("GlobalMaxPooling1D keepdims=yes"), 2 },
  { "global-max2d", DEEP ("GlobalMaxPooling2D keepdims=yes"), 2 },
  { "up2d", DEEP ("MaxPooling2D pool_size=3,3; UpSampling2D size=2,3; Dense units=2 activation=tanh"), 2 },
  { "up2d-bilinear", DEEP ("UpSampling2D size=2,3 interpolation=bilinear; Dense units=2 activation=tanh"), 2 },
  { "up2d-bilinear-down", DEEP ("MaxPooling2D pool_size=4,1; UpSampling2D size=5,1 interpolation=bilinear"), 2 },
  { "pad1d", BINARY ("ZeroPadding1D padding=2,3; Dense units=3 activation=tanh"), 2 },
  { "pad2d", DEEP ("ZeroPadding2D padding=(1,2,0,3); Dense units=2 activation=tanh"), 2 },
  { "pad2d-one", DEEP ("ZeroPadding2D padding=2; Dense units=2 activation=tanh"), 2 },
  { "pad2d-two", DEEP ("ZeroPadding2D padding=(2,0); Dense units=2 activation=tanh"), 2 },
  { "crop1d", BINARY ("Cropping1D cropping=3,1"), 2 },
  { "crop2d", DEEP ("Cropping2D cropping=(3,1,1,0)"), 2 },
  { "crop2d-two", DEEP ("Cropping2D cropping=(2,1)"), 2 },
  { "permute", BINARY ("Permute dims=(2,1); Dense units=3 activation=tanh"), 2 },
  { "permute-deep", DEEP ("Permute dims=(3,1,2); Dense units=3 activation=tanh"), 2 },
  { "permute-time-stays", DEEP ("Permute dims=(1,3,2); Dense units=3 activation=tanh"), 2 },
  { "permute-back", PER_STEP ("Permute dims=(2,1); Dense units=12 activation=tanh; Permute dims=(2,1)"), 2 },
  { "permute-each", DEEP ("TimeDistributed: Permute dims=(2,1); Dense units=4 activation=tanh"), 2 },
  { "repeat", "GlobalAveragePooling1D; Dense units=4 activation=tanh; RepeatVector n=12; Dense units=1 activation=sigmoid", 2 },
  { "expand", BINARY ("ExpandDims; Conv2D filters=2 kernel_size=2,2 activation=tanh"), 2 },
  { "expand-first", BINARY ("ExpandDims axis=1; Conv2D filters=2 kernel_size=1,3 activation=tanh"), 2 },
  { "expand-between", BINARY ("ExpandDims axis=2; ExpandDims axis=-2; Dense units=2 activation=tanh"), 2 },
  { "noise", PER_STEP ("GaussianNoise stddev=0; SpatialDropout1D rate=0; Dense units=3 activation=tanh"), 2 },
  { "up", PER_STEP ("MaxPooling1D pool_size=3; UpSampling1D size=3"), 2 },
  { "lstm", CLASSES ("LSTM units=4 return_sequences=yes"), 3 },
  { "lstm-wide", PER_STEP ("LSTM units=19 return_sequences=yes"), 2 },
  { "lstm-last", "Dense units=5 activation=tanh; LSTM units=6; Dense units=12 activation=sigmoid", 2 },
  { "lstm-first", "LSTM units=5 return_sequences=yes use_bias=no; Dense units=1 activation=sigmoid", 2 },
  { "lstm-two", PER_STEP ("LSTM units=3 return_sequences=yes; LSTM units=16 return_sequences=yes"), 2 },
  { "lstm-bent-otherwise", PER_STEP ("LSTM units=3 return_sequences=yes activation=sigmoid recurrent_activation=tanh"), 2 },
  { "lstm-is-output", "LSTM units=1 return_sequences=yes activation=sigmoid; Activation activation=sigmoid", 2 },
  { "lstm-backwards", PER_STEP ("LSTM units=5 return_sequences=yes go_backwards=yes"), 2 },
  { "lstm-backwards-last", "Dense units=5 activation=tanh; LSTM units=6 go_backwards=yes; Dense units=12 activation=sigmoid", 2 },
  { "lstm-gelu", PER_STEP ("LSTM units=5 return_sequences=yes activation=gelu recurrent_activation=hard_sigmoid"), 2 },
  { "lstm-silu-gates", PER_STEP ("LSTM units=3 return_sequences=yes activation=elu recurrent_activation=silu"), 2 },
  { "gru", CLASSES ("GRU units=4 return_sequences=yes"), 3 },
  { "gru-wide", PER_STEP ("GRU units=19 return_sequences=yes"), 2 },
  { "gru-last", "Dense units=5 activation=tanh; GRU units=6; Dense units=12 activation=sigmoid", 2 },
  { "gru-first", "GRU units=5 return_sequences=yes use_bias=no; Dense units=1 activation=sigmoid", 2 },
  { "gru-two", PER_STEP ("GRU units=3 return_sequences=yes; GRU units=16 return_sequences=yes"), 2 },
  { "gru-bent-otherwise", PER_STEP ("GRU units=3 return_sequences=yes activation=softsign recurrent_activation=tanh"), 2 },
  { "gru-silu", PER_STEP ("GRU units=5 return_sequences=yes activation=silu recurrent_activation=gelu"), 2 },
  { "gru-backwards", PER_STEP ("GRU units=5 return_sequences=yes go_backwards=yes"), 2 },
  { "gru-reset-before", CLASSES ("GRU units=5 return_sequences=yes reset_after=no"), 3 },
  { "gru-reset-before-wide", PER_STEP ("GRU units=33 return_sequences=yes reset_after=no"), 2 },
  { "gru-reset-before-last",
    "Dense units=5 activation=tanh; GRU units=6 reset_after=no use_bias=no go_backwards=yes; "
    "Dense units=12 activation=sigmoid", 2 },
  { "gru-reset-before-gelu",
    PER_STEP ("GRU units=5 return_sequences=yes reset_after=no activation=gelu recurrent_activation=silu"), 2 },
  { "simple", CLASSES ("SimpleRNN units=4 return_sequences=yes"), 3 },
  { "simple-wide", PER_STEP ("SimpleRNN units=19 return_sequences=yes"), 2 },
  { "simple-last", "Dense units=5 activation=tanh; SimpleRNN units=6 use_bias=no; Dense units=12 activation=sigmoid", 2 },
  { "simple-backwards", PER_STEP ("SimpleRNN units=16 return_sequences=yes go_backwards=yes activation=sigmoid"), 2 },
  { "simple-gelu", PER_STEP ("SimpleRNN units=5 return_sequences=yes activation=gelu"), 2 },
  { "lstm-softmax", PER_STEP ("LSTM units=5 return_sequences=yes activation=softmax recurrent_activation=softmax"), 2 },
  { "lstm-softmax-states", PER_STEP ("LSTM units=19 return_sequences=yes activation=softmax"), 2 },
  { "lstm-softmax-gates", PER_STEP ("LSTM units=3 return_sequences=yes recurrent_activation=softmax go_backwards=yes"), 2 },
  { "lstm-log-softmax", CLASSES ("LSTM units=3 activation=log_softmax recurrent_activation=gelu return_sequences=yes"), 3 },
  { "gru-softmax", PER_STEP ("GRU units=5 return_sequences=yes activation=softmax recurrent_activation=softmax"), 2 },
  { "gru-softmax-candidate", PER_STEP ("GRU units=19 return_sequences=yes activation=softmax"), 2 },
  { "gru-softmax-candidate-silu", PER_STEP ("GRU units=4 return_sequences=yes activation=softmax recurrent_activation=silu"), 2 },
  { "gru-softmax-gates", PER_STEP ("GRU units=4 return_sequences=yes recurrent_activation=softmax"), 2 },
  { "gru-log-softmax", CLASSES ("GRU units=3 activation=log_softmax return_sequences=yes"), 3 },
  { "gru-reset-before-softmax",
    PER_STEP ("GRU units=5 return_sequences=yes reset_after=no activation=softmax recurrent_activation=softmax"), 2 },
  { "gru-reset-before-log-softmax",
    PER_STEP ("GRU units=5 return_sequences=yes reset_after=no activation=log_softmax"), 2 },
  { "simple-softmax", PER_STEP ("SimpleRNN units=19 return_sequences=yes activation=softmax"), 2 },
  { "simple-log-softmax",
    PER_STEP ("SimpleRNN units=4 return_sequences=yes activation=log_softmax go_backwards=yes; LayerNormalization"), 2 },
  { "both-softmax", PER_STEP ("Bidirectional: LSTM units=5 return_sequences=yes activation=softmax"), 2 },
  { "each-softmax", WIDE "TimeDistributed: GRU units=4 recurrent_activation=softmax; Dense units=1 activation=sigmoid", 2 },
  { "both-concat", PER_STEP ("Bidirectional: LSTM units=4 return_sequences=yes"), 2 },
  { "both-concat-last", "Dense units=5 activation=tanh; Bidirectional: GRU units=5; Dense units=12 activation=sigmoid", 2 },
  { "both-sum", CLASSES ("Bidirectional merge_mode=sum: GRU units=17 return_sequences=yes"), 3 },
  { "both-mul", PER_STEP ("Bidirectional merge_mode=mul: LSTM units=5 return_sequences=yes use_bias=no"), 2 },
  { "both-ave", PER_STEP ("Bidirectional merge_mode=ave: SimpleRNN units=5 return_sequences=yes"), 2 },
  { "both-mul-last", "Bidirectional merge_mode=mul: GRU units=5 reset_after=no; Dense units=12 activation=sigmoid", 2 },
  { "each-both", DEEP ("TimeDistributed: Bidirectional: LSTM units=2 return_sequences=yes"), 2 },
  { "each-each", DEEP ("TimeDistributed: TimeDistributed: Dense units=3 activation=tanh"), 2 },
  { "each-gru", WIDE "TimeDistributed: GRU units=4; Dense units=1 activation=sigmoid", 2 },
  { "each-simple-seq", DEEP ("TimeDistributed: SimpleRNN units=2 return_sequences=yes go_backwards=yes"), 2 },
  { "each-dense", PER_STEP ("TimeDistributed: Dense units=4 activation=relu"), 2 },
  { "each-lstm",
    WIDE "TimeDistributed: LSTM units=4; Dense units=1 activation=sigmoid", 2 },
  { "each-lstm-seq", DEEP ("TimeDistributed: LSTM units=2 return_sequences=yes"), 2 },
  { "each-conv", DEEP ("TimeDistributed: Conv1D filters=3 kernel_size=2 padding=same activation=tanh"), 2 },
  { "each-flatten",
    WIDE "TimeDistributed: Flatten; Dense units=1 activation=sigmoid", 2 },
  { "each-is-output", "Dense units=4 activation=tanh; TimeDistributed: Dense units=1 activation=sigmoid", 2 },
  { "reshape-moves-time", BINARY ("Reshape target_shape=(4,15)"), 2 },
  { "reshape-deep", BINARY ("Reshape target_shape=(3,5,2,2); Dense units=3 activation=relu"), 2 },
  { "add", PER_STEP ("Conv1D filters=5 kernel_size=3 activation=tanh; Add with=1"), 2 },
  { "add-input", "Conv1D filters=3 kernel_size=3 activation=tanh; Add with=0; Dense units=1 activation=sigmoid", 2 },
  { "add-to-itself", PER_STEP ("Add with=1"), 2 },
  { "add-thrice",
    CLASSES ("Conv1D filters=5 activation=relu; Add with=1; Dense units=5 activation=tanh; Add with=(1,2); Add with=(1,1)"), 3 },
  { "add-repeats-channel", PER_STEP ("Dense units=1 activation=tanh; Add with=1"), 2 },
  { "add-repeats-time", PER_STEP ("MaxPooling1D pool_size=12; Multiply with=1"), 2 },
  { "add-repeats-last-state", PER_STEP ("LSTM units=5; Add with=1"), 2 },
  { "add-repeats-deep", WIDE "Reshape target_shape=(12,6); LSTM units=3; Reshape target_shape=(3,1); Add with=2; Flatten; "
                        "Dense units=12 activation=sigmoid", 2 },
  { "add-rows", "Dense units=4 activation=tanh; Flatten; Dense units=6 activation=tanh; Dense units=1 activation=tanh; "
                "Add with=3; Dense units=12 activation=sigmoid", 2 },
  { "multiply",
    CLASSES ("Dense units=5 activation=sigmoid; Multiply with=1; Dense units=5 activation=tanh; Multiply with=(2,3)"), 3 },
  { "multiply-by-itself", PER_STEP ("Multiply with=1"), 2 },
  { "squeeze-and-excite",
    PER_STEP ("AveragePooling1D pool_size=12; Dense units=2 activation=relu; Dense units=5 activation=sigmoid; "
              "Multiply with=1"), 2 },
  { "average", PER_STEP ("Dense units=5 activation=tanh; Average with=(1,1); Dense units=3; Average with=0"), 2 },
  { "maximum", PER_STEP ("Dense units=5 activation=tanh; Dense units=5 activation=sigmoid; Maximum with=(1,2)"), 2 },
  { "maximum-repeats", PER_STEP ("Dense units=1 activation=tanh; Maximum with=1"), 2 },
  { "concatenate", CLASSES ("Conv1D filters=2 kernel_size=3 activation=tanh; Concatenate with=(0,1)"), 3 },
  { "concatenate-between", PER_STEP ("Dense units=4 activation=tanh; Concatenate with=(1,0) place=1; Conv1D filters=2; "
                                     "Concatenate with=(1,2) place=2"), 2 },
  { "concatenate-time", BINARY ("MaxPooling1D pool_size=3; Concatenate with=1 axis=1"), 2 },
  { "concatenate-rows", "LSTM units=5; Dense units=3 activation=tanh; Concatenate with=1; Dense units=12 activation=sigmoid", 2 },
  { "concatenate-deep",
    DEEP ("Conv2D filters=2 kernel_size=1,2 padding=same; Concatenate with=2 axis=2; Conv2D filters=2 kernel_size=1,2"), 2 },
  { "u-shape",
    PER_STEP ("Conv1D filters=4 kernel_size=3 activation=tanh; MaxPooling1D; Conv1D filters=6 kernel_size=3 activation=tanh; "
              "UpSampling1D; Concatenate with=2; Conv1D filters=4 kernel_size=3 activation=tanh"), 2 },
  { "merge-below-weights", "MaxPooling1D pool_size=1; Add with=0; Concatenate with=(0,1); Dense units=3 activation=tanh; "
                           "Add with=(0,1); Dense units=1 activation=sigmoid", 2 },
  { "batch-norm", CLASSES ("BatchNormalization"), 3 },
  { "batch-norm-first", "BatchNormalization; Dense units=1 activation=sigmoid", 2 },
  { "batch-norm-plain",
    PER_STEP ("BatchNormalization scale=no center=no epsilon=0.01; Dense units=5 activation=linear use_bias=no; "
              "BatchNormalization scale=no"), 2 },
  { "batch-norm-deep",
    DEEP ("BatchNormalization center=no; Conv2D filters=3 kernel_size=2,1 padding=same activation=linear use_bias=no; "
          "BatchNormalization"), 2 },
  { "batch-norm-rows", "LSTM units=5; BatchNormalization; Dense units=12 activation=sigmoid", 2 },
  { "batch-norm-residual",
    PER_STEP ("Conv1D filters=5 kernel_size=3 activation=linear use_bias=no; BatchNormalization; Activation; "
              "Conv1D filters=5 kernel_size=3 activation=linear use_bias=no; BatchNormalization; Add with=1; "
              "Activation; BatchNormalization; Add with=2"), 2 },
  { "batch-norm-last",
    "Dense units=5 activation=tanh; Dense units=1 activation=linear use_bias=no; BatchNormalization; "
    "Activation activation=sigmoid", 2 },
  { "batch-norm-steps",
    PER_STEP ("BatchNormalization axis=1; Dense units=4 activation=tanh; BatchNormalization axis=1 scale=no"), 2 },
  { "batch-norm-axes", DEEP ("BatchNormalization axis=1; Conv2D filters=3 kernel_size=2,1 padding=same; "
                             "BatchNormalization axis=2 center=no"), 2 },
  { "each-batch-norm", PER_STEP ("TimeDistributed: BatchNormalization"), 2 },
  { "each-batch-norm-deep", DEEP ("TimeDistributed: BatchNormalization scale=no; Conv2D filters=3 kernel_size=2,1 padding=same; "
                                  "TimeDistributed: BatchNormalization axis=1"), 2 },
  { "each-batch-norm-each", DEEP ("TimeDistributed: TimeDistributed: BatchNormalization"), 2 },
  { "frozen",
    PER_STEP ("Conv1D filters=4 kernel_size=3 trainable=no; BatchNormalization trainable=no; Dense units=3 trainable=no; "
                        "Dense units=3"), 2 },
  { "layer-norm-time", PER_STEP ("LayerNormalization axis=1; Dense units=4; LayerNormalization axis=(1,2) scale=no"), 2 },
  { "layer-norm-middle", DEEP ("LayerNormalization axis=2; Conv2D filters=3 kernel_size=2,1 padding=same; "
                               "LayerNormalization axis=(1,3)"), 2 },
  { "layer-norm", CLASSES ("LayerNormalization"), 3 },
  { "layer-norm-plain",
    PER_STEP ("LayerNormalization scale=no center=no; Dense units=4; LayerNormalization scale=no; "
              "LayerNormalization center=no"), 2 },
  { "layer-norm-axes", DEEP ("LayerNormalization axis=(-2,-1) epsilon=0.1; Conv2D filters=3 kernel_size=2,1 padding=same; "
                             "LayerNormalization axis=(3,2)"), 2 },
  { "layer-norm-first", "LayerNormalization; Dense units=1 activation=sigmoid", 2 },
  { "layer-norm-rows", "LSTM units=5; LayerNormalization; Dense units=12 activation=sigmoid", 2 },
  { "each-layer-norm", PER_STEP ("TimeDistributed: LayerNormalization"), 2 },
  { "activation", PER_STEP ("Activation activation=relu; Activation activation=softmax; Activation activation=tanh"), 2 },
  { "relu6", PER_STEP ("Dense units=7 activation=relu6; Conv1D filters=4 kernel_size=3 activation=relu6"), 2 },
  { "elu", PER_STEP ("Dense units=7 activation=elu; Conv1D filters=4 kernel_size=3 activation=elu"), 2 },
  { "selu", PER_STEP ("Dense units=7 activation=selu; Conv1D filters=4 kernel_size=3 activation=selu"), 2 },
  { "softplus", PER_STEP ("Dense units=7 activation=softplus; Conv1D filters=4 kernel_size=3 activation=softplus"), 2 },
  { "softsign", PER_STEP ("Dense units=7 activation=softsign; Conv1D filters=4 kernel_size=3 activation=softsign"), 2 },
  { "hard-sigmoid", PER_STEP ("Dense units=7 activation=hard_sigmoid; Activation activation=hard_sigmoid"), 2 },
  { "exponential", PER_STEP ("Dense units=7 activation=exponential; Conv1D filters=4 kernel_size=3 activation=linear"), 2 },
  { "silu",
    PER_STEP ("Dense units=7 activation=silu; Conv1D filters=4 kernel_size=3 activation=silu; Activation activation=silu"),
    2 },
  { "gelu",
    PER_STEP ("Dense units=7 activation=gelu; Conv1D filters=4 kernel_size=3 activation=gelu; Activation activation=gelu"),
    2 },
  { "gelu-2d", DEEP ("Conv2D filters=3 kernel_size=2,2 activation=gelu"), 2 },
  { "log-softmax", PER_STEP ("Dense units=7 activation=log_softmax; Activation activation=log_softmax"), 2 },
  { "each-gelu",
    DEEP ("TimeDistributed: Conv1D filters=3 kernel_size=2 activation=gelu; TimeDistributed: Dense units=2 activation=silu"),
    2 },
  { "lstm-hard", PER_STEP ("LSTM units=3 return_sequences=yes activation=softsign recurrent_activation=hard_sigmoid"), 2 },
  { "kind-relu-no-more-than-0", PER_STEP ("Dense units=7 activation=linear; ReLU max_value=0 negative_slope=0.2"), 2 },
  { "kind-relu", PER_STEP ("ReLU; Dense units=7 activation=linear; ReLU max_value=0.4 negative_slope=0.2 threshold=0.1"), 2 },
  { "kind-leaky", PER_STEP ("LeakyReLU; Dense units=17 activation=linear; LeakyReLU negative_slope=0.05"), 2 },
  { "kind-elu", PER_STEP ("ELU alpha=0.7"), 2 },
  { "kind-prelu", BINARY ("PReLU"), 2 },
  { "kind-prelu-first", "PReLU shared_axes=2; Dense units=1 activation=sigmoid", 2 },
  { "kind-prelu-time", PER_STEP ("PReLU shared_axes=1; TimeDistributed: PReLU"), 2 },
  { "kind-prelu-deep", DEEP ("PReLU shared_axes=(1,3)"), 2 },
  { "kind-prelu-flat", "Flatten; Dense units=9 activation=linear; PReLU; Dense units=12 activation=sigmoid", 2 },
  { "kind-softmax",
    CLASSES ("Softmax; Dense units=6 activation=linear use_bias=no; Softmax axis=1; Dense units=3 activation=linear"),
    3 },
  { "kind-softmax-deep", DEEP ("Softmax axis=2; Dense units=3 activation=linear use_bias=no; Softmax axis=-3"), 2 },
  { "activation-is-output", "Dense units=3 activation=linear; Activation activation=softmax", 3 },
  { "conv-is-output", "Conv1D filters=1 kernel_size=3 padding=same activation=sigmoid", 2 },
  { "clipped-output", "Dense units=5 activation=tanh; Dense units=3 activation=softmax; Dropout rate=0", 3 },
  { "clipped-binary", "Dense units=5 activation=tanh; Dense units=1 activation=sigmoid; Dropout rate=0", 2 },
};

#define MAX_TABLES 4

static const Case *current;

/* One tensor's gradients, as each table of kernels gave them, against differences of the loss. */
static void
check_tensor (const NnModel *model, guint which, float *const *gradients, double *params, const NnDesign *design,
              const TWindows *windows)
{
  double worst[MAX_TABLES] = { 0.0 }, most = 0.0;
  const char *name;
  NnBlockId block;
  NnShape shape;
  gint64 offset;

  nn_model_get_tensor (model, which, &block, &name, &shape, &offset);
  if (model->plan->tensors[which].tensor.frozen)
    return;
  for (gint64 i = offset; i < offset + nn_shape_size (&shape); i += 1 + nn_shape_size (&shape) / MOST)
    {
      double middle = params[i], up, down, slope;

      params[i] = middle + STEP;
      up = t_oracle_loss (design, params, windows->x, windows->y, N_WINDOWS);
      params[i] = middle - STEP;
      down = t_oracle_loss (design, params, windows->x, windows->y, N_WINDOWS);
      params[i] = middle;
      slope = (up - down) / (2.0 * STEP);
      most = fmax (most, fabs (slope));
      for (guint j = 0; gradients[j] != NULL; j++)
        worst[j] = fmax (worst[j], fabs (slope - (double) gradients[j][i]));
    }
  g_assert_cmpfloat (most, >, 0.0);
  for (guint j = 0; gradients[j] != NULL; j++)
    {
      g_test_message ("%s: %s: block %u %s: worst %.2g of %.2g", current->name, nn_k_nth (j)->name, block, name,
                      worst[j], most);
      g_assert_cmpfloat (worst[j], <=, 1e-5 * most);
    }
}

static void
test_case (gconstpointer data)
{
  g_autoptr (NnPool) pool = nn_pool_new (2);
  g_autoptr (TWindows) windows = NULL;
  g_autoptr (NnModel) model = NULL;
  g_autofree double *params = NULL;
  float *gradients[MAX_TABLES + 1] = { NULL };
  const NnDesign *design;

  current = data;
  windows = t_windows_new (N_WINDOWS, STEPS, CHANNELS, current->n_classes, 5, 8);
  model = t_model_new (STEPS, CHANNELS, current->n_classes, current->text, 7);
  design = nn_check_get_design (nn_model_get_check (model));
  params = t_params_new (model);

  for (guint i = 0; nn_k_nth (i) != NULL; i++)
    {
      double mean;

      model->k = nn_k_nth (i);
      g_assert_cmpfloat (t_output_error (model, params, windows, pool), <=, 1e-5);
      gradients[i] = t_gradient_new (model, windows, pool, &mean);
      g_assert_cmpfloat_with_epsilon (mean, t_oracle_loss (design, params, windows->x, windows->y, N_WINDOWS), 1e-5);
    }
  for (guint i = 0; i < nn_model_get_n_tensors (model); i++)
    check_tensor (model, i, gradients, params, design, windows);
  for (guint i = 0; gradients[i] != NULL; i++)
    g_free (gradients[i]);
}

/* No kind without a case. */
static void
test_all_kinds (void)
{
  for (guint i = 0; i < nn_kind_count (); i++)
    {
      gboolean seen = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (cases) && !seen; j++)
        seen = strstr (cases[j].text, nn_kind_nth (i)->name) != NULL;
      if (!seen)
        g_error ("No case has a block of the kind %s.", nn_kind_nth (i)->name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gradients/all-kinds", test_all_kinds);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/gradients/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  return g_test_run ();
}
