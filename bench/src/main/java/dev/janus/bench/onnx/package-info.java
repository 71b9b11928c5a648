/**
 * The network in ONNX Runtime, as a peer for the forward pass: a small writer of the ONNX format,
 * the network's graph in it, and the runtime.
 */
package dev.janus.bench.onnx;
