/** Inputs and output folders of a command, checked before any work starts. */
package dev.janus.cli.files;
