package dev.janus.contract.label;

import dev.janus.contract.flow.FlowTuple;
import java.util.OptionalLong;

/**
 * One row of a label file.
 *
 * @param line line in the file, from 1
 * @param tuple source and destination as the row has them; ports of ICMP are 0
 * @param startMicros earliest moment the row's time stamp can mean, epoch microseconds
 * @param resolutionMicros length of the time it stands for: 60,000,000 when it tells minutes only
 * @param durationMicros length of the flow, where the file tells
 * @param label normalised label
 */
public record LabelRow(
    long line,
    FlowTuple tuple,
    long startMicros,
    int resolutionMicros,
    OptionalLong durationMicros,
    String label) {}
