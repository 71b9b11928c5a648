package dev.janus.explain;

/**
 * A fact about a flow and how much of a distance it accounts for.
 *
 * @param part part of the distance; negative for what speaks for a benign flow
 * @param text the fact, one line
 */
public record Evidence(double part, String text) {}
