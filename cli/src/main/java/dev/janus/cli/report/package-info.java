/** The result files of an evaluation, and the pieces that pages of any report are made of. */
package dev.janus.cli.report;
