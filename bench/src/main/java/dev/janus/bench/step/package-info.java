/**
 * Whole steps of the network on synthetic batches: what the engine is compared with libtorch and
 * ONNX Runtime on.
 */
package dev.janus.bench.step;
