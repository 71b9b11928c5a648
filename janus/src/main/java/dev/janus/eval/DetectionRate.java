package dev.janus.eval;

/**
 * Share of attack flows that are found at a false-positive rate.
 *
 * @param tpr largest share over all thresholds whose false-positive rate is not above, 0..1
 * @param interval where the share of all attacks of the kind lies; the threshold counts as given
 */
public record DetectionRate(double tpr, BinomialInterval interval) {}
