/** The result files of an evaluation: metrics, scores and the HTML report. */
package dev.janus.cli.report;
