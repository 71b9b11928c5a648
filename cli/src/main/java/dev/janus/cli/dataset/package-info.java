/** Labelled data sets: how label files are read and which flows train, validate and are tested. */
package dev.janus.cli.dataset;
