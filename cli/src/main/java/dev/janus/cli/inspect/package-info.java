/** What {@code janus inspect} found, as text, JSON and a page. */
package dev.janus.cli.inspect;
