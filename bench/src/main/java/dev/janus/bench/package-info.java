/**
 * JMH benchmarks of every hot kernel and of whole steps. Sees every module; nothing depends on it.
 */
package dev.janus.bench;
