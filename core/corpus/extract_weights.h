/* Weights of the features of a block, in the order of `Feature`. Made by scripts/train/extract.lua; not to be edited. */
#ifndef ANNALIST_CORPUS_EXTRACT_WEIGHTS_H
#define ANNALIST_CORPUS_EXTRACT_WEIGHTS_H

static const double feature_weights[FEATURES] = {
    0.74, 0.42, -2.10, 1.60, -0.35, -0.81, 0.33, 0.32, -1.28, 1.42,
    -2.03, 0.56, 0.54, -0.48, -0.54, -1.16, 0.78, -1.25, -1.35, -0.12
};

#endif
