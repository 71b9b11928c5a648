package dev.janus.autograd;

/** What follows a linear layer in the same operator. */
enum Activation {
  NONE,
  SILU
}
