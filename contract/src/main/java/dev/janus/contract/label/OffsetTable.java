package dev.janus.contract.label;

import java.util.Comparator;
import java.util.List;

/**
 * How many flows find a label row under each time offset.
 *
 * @param grid every 15 minutes from -26:00 to +26:00
 * @param fine where the differences between flows and rows pile up: to the minute, to the second
 *     and exactly; empty when no flow and row have the same 5-tuple
 * @param advice what follows from it
 */
public record OffsetTable(List<Hits> grid, List<Hits> fine, OffsetAdvice advice) {
  public OffsetTable {
    grid = List.copyOf(grid);
    fine = List.copyOf(fine);
  }

  /**
   * One offset.
   *
   * @param offset added to the times of the rows
   * @param hitRate share of the sampled flows with a row under it, 0..1
   */
  public record Hits(TimeOffset offset, double hitRate) {}

  /**
   * The offsets of the grid with the highest hit rates, best first, those without hits left out.
   */
  public List<Hits> best(int count) {
    return grid.stream()
        .filter(hits -> hits.hitRate() > 0)
        .sorted(
            Comparator.comparingDouble((Hits hits) -> -hits.hitRate())
                .thenComparingLong(hits -> Math.abs(hits.offset().micros())))
        .limit(count)
        .toList();
  }
}
