package dev.janus.contract.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdleOrderTest {
  private static final int FLOWS = 3_000;

  @Test
  void keepsTheOrderOfLastPackets() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    IdleOrder order = new IdleOrder();
    Set<Integer> model = new LinkedHashSet<>();
    for (int step = 0; step < 200_000; step++) {
      int flow = random.nextInt(FLOWS);
      model.remove(flow);
      if (random.nextInt(10) == 0) {
        order.remove(flow);
      } else {
        order.touch(flow);
        model.add(flow);
      }
      if (step % 1_000 == 0) {
        assertEquals(List.copyOf(model), flows(order, random.nextInt(100)), "seed " + seed);
        assertEquals(List.copyOf(model), flows(order, 0), "seed " + seed);
      }
    }
  }

  /** All flows, the gaps before the one with this number closed on the way. */
  private static List<Integer> flows(IdleOrder order, int closed) {
    List<Integer> flows = new ArrayList<>();
    for (int place = order.first(); place < order.end(); place = order.next(place)) {
      if (flows.size() == closed) {
        order.closeGaps(place);
      }
      flows.add(order.at(place));
    }
    return flows;
  }

  @Test
  void deadEntriesAreWalkedPastOnce() {
    IdleOrder order = new IdleOrder();
    order.touch(0);
    for (int i = 0; i < 3_000; i++) {
      order.touch(1);
    }
    int second = order.next(order.first());
    assertEquals(1, order.at(second));
    assertTrue(second > 2_000);
    order.closeGaps(second);
    assertEquals(second - 1, order.first());
    assertEquals(0, order.at(order.first()));
    assertEquals(second, order.next(order.first()));
  }
}
