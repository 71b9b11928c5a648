/**
 * The tape and its fused differentiable operators, the flat parameter array, layers ({@code nn})
 * and the optimiser ({@code optim}). The model and the baselines call it. It depends on the engine
 * only and knows nothing of packets, flows or files.
 */
package dev.janus.autograd;
