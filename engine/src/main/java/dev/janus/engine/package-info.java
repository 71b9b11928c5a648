/**
 * The numeric engine: float kernels in scalar and Panama twins, ragged row ranges, scratch memory,
 * a fixed thread team and counter-based random numbers. Everything numeric calls it. It must never
 * depend on another module, on native code or, outside {@code kernel}'s Panama classes, on the
 * Vector API.
 */
package dev.janus.engine;
