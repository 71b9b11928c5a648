/**
 * The network in libtorch, through its Java bindings, as a peer: padded batches, PyTorch's fastest
 * operators for each step, no Python. The groups that compare whole steps live here too.
 */
package dev.janus.bench.torch;
