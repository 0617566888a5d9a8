/* nn-problem.h: something that is wrong, in words, with repairs as data
 *
 * SPDX-FileCopyrightText: 2026 The Lamina authors
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "nn-design.h"
#include "nn-settings.h"

G_BEGIN_DECLS

typedef enum { NN_SEVERITY_NOTE, NN_SEVERITY_WARNING, NN_SEVERITY_ERROR } NnSeverity;

/* A sentence, and what takes the place of what is there, so that it can be previewed and undone: a design, the value of a
 * setting, or a class that another one takes in. Exactly one of the three. */
typedef struct
{
  char            *sentence; /* "Return the whole sequence from block 3 (LSTM)" */
  NnDesign        *design;   /* (nullable) */
  const NnSetting *setting;  /* (nullable): gets `value` */
  NnValue          value;
  int              klass, into; /* not the same: steps of class `klass` become steps of class `into` */
} NnRepair;

/* A plain value that owns what it points to. */
typedef struct
{
  char        rule[4];   /* "D1" … "D15" (designing-networks), "A" for an argument out of range,
                          * "M1" for a merge that lacks a block, "M2" for one whose shapes do not fit,
                          * "W1" where there is nothing to learn */
  NnSeverity  severity;
  NnBlockId   block;     /* the block to look at; 0 for the design as a whole */
  char       *title;     /* a few words: "Time is lost here" */
  char       *text;      /* one to three sentences that say what is wrong and why, with the numbers */
  NnRepair   *repairs;   /* best first */
  guint       n_repairs;
} NnProblem;

/* Takes title and text. */
NnProblem  nn_problem_make           (const char *rule, NnSeverity severity, NnBlockId block, char *title, char *text)
                                      G_GNUC_WARN_UNUSED_RESULT;
void       nn_problem_clear          (NnProblem *self);

NnProblem  nn_problem_copy           (const NnProblem *self) G_GNUC_WARN_UNUSED_RESULT;

/* An empty array of problems that clears them. */
GArray    *nn_problems_new           (void) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a repair at the end. The sentence is taken. */
void       nn_problem_offer_design   (NnProblem *self, char *sentence, const NnDesign *design);
void       nn_problem_offer_setting  (NnProblem *self, char *sentence, const NnSetting *setting, const NnValue *value);
void       nn_problem_offer_class    (NnProblem *self, char *sentence, int klass, int into);

NnRepair  *nn_repair_copy            (const NnRepair *self) G_GNUC_WARN_UNUSED_RESULT;
void       nn_repair_free            (NnRepair *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NnProblem, nn_problem_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NnRepair, nn_repair_free)

G_END_DECLS
