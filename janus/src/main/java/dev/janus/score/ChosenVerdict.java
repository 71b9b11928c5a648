package dev.janus.score;

import dev.janus.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What an evaluation's figures are of: a verdict of the model file, or one of its numbers. */
public sealed interface ChosenVerdict {
  /** Unless another is asked for. */
  ChosenVerdict DEFAULT = new Stored(VerdictName.DEFAULT);

  /** A verdict that the model file holds. */
  record Stored(VerdictName name) implements ChosenVerdict {
    @Override
    public String label() {
      return name.label();
    }

    @Override
    public List<VerdictMember> members() {
      return List.of();
    }
  }

  /** One number alone. */
  record Single(VerdictMember member) implements ChosenVerdict {
    @Override
    public String label() {
      return member.label();
    }

    @Override
    public List<VerdictMember> members() {
      return List.of(member);
    }
  }

  /**
   * Several numbers, each as a {@link Surprise}.
   *
   * @param members at least two different ones; they are put in the order of {@link
   *     VerdictMember#all}, so that a set has one name
   */
  record Fusion(Rule rule, List<VerdictMember> members) implements ChosenVerdict {
    public Fusion {
      if (members.size() < 2 || members.stream().distinct().count() < members.size()) {
        throw new IllegalArgumentException("a fusion takes at least two different names");
      }
      members =
          members.stream().sorted(Comparator.comparing(VerdictMember.all()::indexOf)).toList();
    }

    @Override
    public String label() {
      return members.stream()
          .map(VerdictMember::label)
          .collect(Collectors.joining(",", rule.label() + "(", ")"));
    }
  }

  /** How surprises become one number. */
  enum Rule {
    /** The largest: -ln of the smallest p-value. */
    MAX("max"),
    /** Their sum, Fisher's combination. */
    FISHER("fisher");

    private final String label;

    Rule(String label) {
      this.label = label;
    }

    /** Name in files, tables and options. */
    public String label() {
      return label;
    }

    double of(double[] surprises) {
      return this == MAX
          ? Arrays.stream(surprises).reduce(0, Math::max)
          : Arrays.stream(surprises).reduce(0, Double::sum);
    }
  }

  /** Name in files and tables; {@link #named} reads it. */
  String label();

  /** The numbers that it is made of; none for a verdict of the model file. */
  List<VerdictMember> members();

  /**
   * A member whose distances of the reference flows a model file does not hold, so that it can be
   * weighed against others only where validation flows are at hand.
   */
  default Optional<VerdictMember> notInModelFile() {
    return this instanceof Fusion
        ? members().stream().filter(VerdictMember.Hidden.class::isInstance).findFirst()
        : Optional.empty();
  }

  /** A member that a model does not compute. */
  default Optional<VerdictMember> notComputedBy(ModelConfig model) {
    return members().stream()
        .filter(
            member -> member instanceof VerdictMember.Score one && !one.score().isComputedBy(model))
        .findFirst();
  }

  /**
   * Reads a name: that of a verdict, of a number, or {@code max(a,b,..)}, {@code fisher(a,b,..)}.
   */
  static ChosenVerdict named(String text) {
    String name = text.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    Matcher fusion = Pattern.compile("(max|fisher)\\((.*)\\)").matcher(name);
    if (fusion.matches()) {
      Rule rule = fusion.group(1).equals(Rule.MAX.label()) ? Rule.MAX : Rule.FISHER;
      List<VerdictMember> members = new ArrayList<>();
      for (String member : fusion.group(2).split(",", -1)) {
        members.add(member(member));
      }
      return new Fusion(rule, members);
    }
    if (name.equals("oas10")) {
      return new Stored(VerdictName.D2);
    }
    for (VerdictName stored : VerdictName.values()) {
      if (stored.label().equals(name)) {
        return new Stored(stored);
      }
    }
    VerdictMember member = byLabel().get(name);
    if (member == null) {
      throw new IllegalArgumentException(
          "there is no verdict '%s'; take fused, d2 (also oas10), %s, or max(a,b,..) or fisher(a,b,..) of these but fused and d2"
              .formatted(text, names()));
    }
    return new Single(member);
  }

  private static VerdictMember member(String name) {
    VerdictMember member = byLabel().get(name);
    if (member == null) {
      throw new IllegalArgumentException("no fusion of '%s'; take %s".formatted(name, names()));
    }
    return member;
  }

  private static Map<String, VerdictMember> byLabel() {
    return VerdictMember.all().stream()
        .collect(Collectors.toMap(VerdictMember::label, Function.identity()));
  }

  /** What may stand alone and in a fusion, with commas. */
  static String names() {
    return VerdictMember.all().stream().map(VerdictMember::label).collect(Collectors.joining(", "));
  }
}
