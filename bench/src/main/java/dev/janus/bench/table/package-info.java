/**
 * The comparison table: its rows and bars, the groups that measure them in JVMs of their own, and
 * the forms it is printed and stored in.
 */
package dev.janus.bench.table;
