package dev.janus.contract.flow;

/**
 * Which piece of a longer conversation a flow is. Without an active time-out every flow is whole:
 * its own parent, number 0.
 *
 * @param parentId flow id of the first piece
 * @param number 0 for the first piece
 */
public record FlowPart(long parentId, int number) {}
