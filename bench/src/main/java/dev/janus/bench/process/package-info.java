/**
 * Whole processes: from the start of a JVM to the first verdict, and whether a training gives the
 * same bits however it is run.
 */
package dev.janus.bench.process;
