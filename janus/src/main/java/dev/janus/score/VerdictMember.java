package dev.janus.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number of a flow that a verdict may be of, alone or with others; the larger, the stranger the
 * flow.
 */
public sealed interface VerdictMember {
  /** One of the ten scores. */
  record Score(ScoreName score) implements VerdictMember {
    @Override
    public String label() {
      return score.label();
    }
  }

  /** What the fused verdict weighs. */
  record Measure(FusedMeasure measure) implements VerdictMember {
    @Override
    public String label() {
      return measure.label();
    }
  }

  /** One number of the ten scores. */
  record Aggregated(Aggregator aggregator) implements VerdictMember {
    @Override
    public String label() {
      return aggregator.label();
    }
  }

  /** The distance of the {@link HiddenState}. */
  record Hidden() implements VerdictMember {
    @Override
    public String label() {
      return VerdictName.HIDDEN.label();
    }
  }

  /** Name in files, tables and options. */
  String label();

  /** All there are; of two of one name, which are one number, the measure. */
  static List<VerdictMember> all() {
    List<VerdictMember> members = new ArrayList<>();
    Arrays.stream(ScoreName.values()).map(Score::new).forEach(members::add);
    Arrays.stream(FusedMeasure.values()).map(Measure::new).forEach(members::add);
    Stream.of(Aggregator.values())
        .filter(aggregator -> !FusedMeasure.labels().contains(aggregator.label()))
        .map(Aggregated::new)
        .forEach(members::add);
    members.add(new Hidden());
    return List.copyOf(members);
  }
}
