/**
 * What a person at a terminal or a script around it sees: streams, progress, tables, exit codes.
 */
package dev.janus.cli.terminal;
