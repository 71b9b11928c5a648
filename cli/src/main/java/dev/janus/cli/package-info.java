/**
 * The commands of {@code bin/janus}: configuration, progress, reports and files. Sees every module
 * but bench.
 */
package dev.janus.cli;
