/* Weights of the features of a block, in the order of `Feature`. Made by scripts/train/extract.lua; not to be edited. */
#ifndef ANNALIST_CORPUS_EXTRACT_WEIGHTS_H
#define ANNALIST_CORPUS_EXTRACT_WEIGHTS_H

static const double feature_weights[FEATURES] = {
    0.46, 0.42, -2.09, 1.69, -0.36, -0.83, 0.40, 0.42, -1.12, 1.33,
    -1.73, 0.73, 0.47, -1.26, -0.50, -0.82, 0.88, -1.22, -1.24, -0.09
};

#endif
