/**
 * What the machine can do at most, measured, and how close each kernel comes to it (the roofline).
 */
package dev.janus.bench.machine;
