/**
 * Flows: the 5-tuple, the flow table that cuts a packet stream into flows, and the twenty flow
 * features. Files and live capture use the same code. Depends on {@code java.base} and the packet
 * and capture packages only.
 */
package dev.janus.contract.flow;
