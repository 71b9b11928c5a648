package dev.janus.contract.artifact;

import dev.janus.contract.flow.Flow;

/**
 * A flow on its way to files.
 *
 * @param capture name of the capture it comes from
 */
record LabelledFlow(Flow flow, String label, String capture) {}
