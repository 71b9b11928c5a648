/**
 * Evaluations read back from their folders, compared with each other, and what follows from their
 * stored scores.
 */
package dev.janus.cli.results;
