/** The command {@code janus bench}: its options, the list of groups and the JVM of each. */
package dev.janus.bench.command;
