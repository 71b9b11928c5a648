package dev.janus.bench.product;

/** Which product of a linear layer with {@code in} inputs and {@code out} outputs. */
enum Operation {
  /** {@code y [m, out] = x [m, in] W [in, out]}; W may be packed beforehand. */
  FORWARD,

  /** {@code dx [m, in] = dy [m, out] W^T}; W may be packed beforehand. */
  INPUT_GRADIENT,

  /** {@code dW [out, in] = dy^T x}; both operands are new in every call. */
  WEIGHT_GRADIENT
}
