package dev.janus.contract.artifact;

/**
 * A column of a flat table.
 *
 * @param name as it stands in the file
 * @param type type of its values
 */
public record Column(String name, ColumnType type) {}
