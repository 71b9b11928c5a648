package dev.janus.cli;

import dev.janus.score.ChosenVerdict;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which verdict an evaluation is of. */
final class VerdictOptions {
  @Option(
      names = "--verdict",
      paramLabel = "WHICH",
      converter = ByName.class,
      description =
          "What the figures are of: fused, d2 (the ten scores alone, also called oas10), hidden (the"
              + " hidden state alone), any other number by its name (a score, a measure of fused, an"
              + " aggregator such as l2pos4, one_sided or oas_strata), or several of them as"
              + " surprises: 'max(a,b,..)' the largest, 'fisher(a,b,..)' their sum. What is not in"
              + " the model file is fitted on its reference flows. The others stand beside it"
              + " (default: fused).")
  private ChosenVerdict verdict = ChosenVerdict.DEFAULT;

  /** Reads a name; an unknown one is told with those that there are. */
  static final class ByName implements ITypeConverter<ChosenVerdict> {
    @Override
    public ChosenVerdict convert(String name) {
      try {
        return ChosenVerdict.named(name);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  ChosenVerdict chosen() {
    return verdict;
  }
}
