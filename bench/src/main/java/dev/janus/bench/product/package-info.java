/**
 * The three products of a linear layer, forward and both gradients, in the engine and in the matrix
 * libraries it is compared with; each library with its own best form of the same work.
 */
package dev.janus.bench.product;
