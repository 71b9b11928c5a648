package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A piece of a report, whatever the report is written as. */
sealed interface ReportBlock {
  /**
   * A heading.
   *
   * @param level 2 or 3
   * @param id what links lead to, "" for none
   */
  record Heading(int level, String text, String id) implements ReportBlock {}

  /** A paragraph. */
  record Words(String text) implements ReportBlock {}

  /** A table. */
  record Table(TextTable table) implements ReportBlock {}

  /**
   * A table too wide for a page, whose rows are read across.
   *
   * @param name what it tells, for who cannot see it
   * @param best columns of the best figures of each row
   */
  record Matrix(String name, TextTable table, List<Set<Integer>> best) implements ReportBlock {
    public Matrix {
      best = best.stream().map(Set::copyOf).toList();
    }
  }

  /** Names with what they stand for. */
  record Entries(Map<String, String> entries) implements ReportBlock {
    public Entries {
      entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
    }
  }

  /** Links to headings, by their ids. */
  record Contents(Map<String, String> names) implements ReportBlock {
    public Contents {
      names = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(names));
    }
  }

  /**
   * Pictures that stand side by side as far as there is room.
   *
   * @param keys of all of them
   */
  record Figures(Chart.Size size, List<Key> keys, List<Figure> figures) implements ReportBlock {
    public Figures {
      keys = List.copyOf(keys);
      figures = List.copyOf(figures);
    }
  }

  /**
   * A picture with its caption.
   *
   * @param keys of this one alone
   */
  record Figure(String caption, List<Key> keys, String svg) {
    public Figure {
      keys = List.copyOf(keys);
    }

    public Figure(String caption, String svg) {
      this(caption, List.of(), svg);
    }
  }

  /**
   * What a colour stands for.
   *
   * @param style class of the colour
   */
  record Key(String style, String name) {}

  /** Flows, drawn and explained. */
  record Gallery(List<Key> keys, List<Card> cards) implements ReportBlock {
    public Gallery {
      keys = List.copyOf(keys);
      cards = List.copyOf(cards);
    }
  }

  /**
   * A flow.
   *
   * @param svg its packets; "" when they are not there
   * @param evidence why it is where it is, a sentence each
   */
  record Card(String title, List<String> facts, String svg, List<String> evidence) {
    public Card {
      facts = List.copyOf(facts);
      evidence = List.copyOf(evidence);
    }
  }
}
