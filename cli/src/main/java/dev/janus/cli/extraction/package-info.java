/**
 * From captures to flows on disk, several captures at a time, so that an extraction that was killed
 * goes on where it was. Called by the commands; knows nothing of labels and data sets.
 */
package dev.janus.cli.extraction;
