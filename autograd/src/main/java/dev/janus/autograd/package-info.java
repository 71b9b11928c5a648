/**
 * The tape, the fused differentiable operators, parameters and optimiser. The model and the
 * baselines call it; it depends on the engine only.
 */
package dev.janus.autograd;
