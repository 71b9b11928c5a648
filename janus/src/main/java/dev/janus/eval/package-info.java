/**
 * Metrics of scored, labelled flows. Called by the command line after scoring; never changes a
 * score.
 */
package dev.janus.eval;
