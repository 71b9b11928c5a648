/**
 * The kernels and their choice at start-up. {@code ScalarKernels} is the reference and the twin for
 * JVMs without the Vector API; the Panama classes are loaded only when {@code KernelSelection}
 * finds a JVM that compiles them well. Called by autograd, model and scorer.
 */
package dev.janus.engine.kernel;
