package dev.janus.contract.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FlowIndexTest {
  /**
   * Few different hashes, close together and at the ends: chains run into each other and around.
   */
  private static final int HASHES = 40;

  @Test
  void findsWhatWasAddedAndNothingElse() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    FlowIndex index = new FlowIndex();
    Map<Integer, Integer> tags = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      int flow = random.nextInt(600);
      if (tags.containsKey(flow)) {
        index.remove(tags.remove(flow), flow);
      } else {
        int tag = random.nextInt(HASHES) - HASHES / 2 | FlowIndex.OCCUPIED;
        tags.put(flow, tag);
        index.add(tag, flow);
      }
      if (step % 100 == 0) {
        for (int hash = 0; hash < HASHES; hash++) {
          int tag = hash - HASHES / 2 | FlowIndex.OCCUPIED;
          assertEquals(expected(tags, tag), found(index, tag), "seed " + seed);
        }
      }
    }
  }

  private static Set<Integer> expected(Map<Integer, Integer> tags, int tag) {
    Set<Integer> flows = new TreeSet<>();
    tags.forEach((flow, of) -> {
      if (of == tag) {
        flows.add(flow);
      }
    });
    return flows;
  }

  private static Set<Integer> found(FlowIndex index, int tag) {
    List<Integer> flows = new ArrayList<>();
    for (int place = index.first(tag); place != FlowIndex.NONE; place = index.next(tag, place)) {
      flows.add(index.flow(place));
    }
    Set<Integer> distinct = new TreeSet<>(flows);
    assertEquals(flows.size(), distinct.size());
    return distinct;
  }
}
