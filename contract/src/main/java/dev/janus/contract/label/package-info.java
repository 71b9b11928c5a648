/**
 * Labels for flows: what a data set's label files look like, and the join of their rows with flows
 * on 5-tuple and start time. Depends on {@code java.base} and the flow types only.
 */
package dev.janus.contract.label;
