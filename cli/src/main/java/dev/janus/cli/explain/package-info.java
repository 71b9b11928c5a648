/** What {@code janus explain} tells of a flow, as text and JSON. */
package dev.janus.cli.explain;
