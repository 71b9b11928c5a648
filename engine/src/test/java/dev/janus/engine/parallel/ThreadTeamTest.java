package dev.janus.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ThreadTeamTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyPieceRunsOnceInEveryDispatch(int size) {
    try (ThreadTeam team = ThreadTeam.ofSize(size)) {
      assertThat(team.size()).isEqualTo(size);
      for (int tasks : new int[] {0, 1, 2, 7, 100}) {
        for (int round = 0; round < 200; round++) {
          AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
          team.run(tasks, runs::incrementAndGet);
          for (int i = 0; i < tasks; i++) {
            assertThat(runs.get(i)).isEqualTo(1);
          }
        }
      }
    }
  }

  @Test
  void theResultDoesNotDependOnTheSize() {
    double[] expected = null;
    for (int size : new int[] {1, 2, 3, 5}) {
      double[] sums = new double[33];
      try (ThreadTeam team = ThreadTeam.ofSize(size)) {
        for (int step = 0; step < 20; step++) {
          int s = step;
          team.run(sums.length, piece -> sums[piece] += Math.sin(piece * 31 + s));
        }
      }
      if (expected == null) {
        expected = sums;
      }
      assertThat(sums).containsExactly(expected);
    }
  }

  @Test
  void plainWritesOfPiecesAreVisibleToTheCaller() {
    long[] cells = new long[4 * 16];
    try (ThreadTeam team = ThreadTeam.ofSize(4)) {
      for (int round = 1; round <= 20_000; round++) {
        team.run(4, piece -> cells[piece * 16]++);
        for (int piece = 0; piece < 4; piece++) {
          assertThat(cells[piece * 16]).isEqualTo(round);
        }
      }
    }
  }

  @Test
  void theOtherThreadsTakePart() {
    try (ThreadTeam team = ThreadTeam.ofSize(3)) {
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      CountDownLatch allHere = new CountDownLatch(3);
      // Each piece waits for the two others: this ends only if three threads run them.
      team.run(
          3,
          piece -> {
            threads.add(Thread.currentThread());
            allHere.countDown();
            await(allHere);
          });
      assertThat(threads).hasSize(3).contains(Thread.currentThread());
      assertThat(threads.stream().filter(t -> t != Thread.currentThread()))
          .allMatch(Thread::isDaemon)
          .allMatch(t -> t.getName().startsWith("janus-worker-"));
    }
  }

  @Test
  void aParkedTeamWakesUp() {
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      for (int round = 0; round < 5; round++) {
        Thread worker = onlyWorkerOf(team);
        while (worker.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        CountDownLatch allHere = new CountDownLatch(2);
        team.run(
            2,
            piece -> {
              allHere.countDown();
              await(allHere);
            });
      }
    }
  }

  @Test
  void theFailureOfTheLowestPieceIsThrownAfterAllHaveRun() {
    try (ThreadTeam team = ThreadTeam.ofSize(3)) {
      for (int round = 0; round < 50; round++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(20);
        assertThatThrownBy(() ->
                team.run(
                    20,
                    piece -> {
                      runs.incrementAndGet(piece);
                      if (piece % 7 == 4) {
                        throw new IllegalArgumentException("piece " + piece);
                      }
                    }))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("piece 4");
        assertThat(IntStream.range(0, 20).map(runs::get)).containsOnly(1);
      }
      int[] ran = new int[3];
      team.run(3, piece -> ran[piece] = 1);
      assertThat(ran).containsOnly(1);
    }
  }

  @Test
  void errorsOfPiecesReachTheCallerToo() {
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      assertThatThrownBy(() ->
              team.run(
                  2,
                  piece -> {
                    throw new AssertionError("piece " + piece);
                  }))
          .isInstanceOf(AssertionError.class)
          .hasMessage("piece 0");
    }
  }

  @Test
  @SuppressWarnings("try")
  void nestingIsRefused() {
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      assertThatThrownBy(() -> team.run(2, piece -> team.run(1, inner -> {})))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("already running");
      assertThatThrownBy(() -> team.run(1, piece -> team.close()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingEndsTheThreadsAndForbidsFurtherRuns() {
    ThreadTeam team = ThreadTeam.ofSize(2);
    Thread worker = onlyWorkerOf(team);
    team.close();
    team.close();
    assertThat(worker.isAlive()).isFalse();
    assertThatThrownBy(() -> team.run(1, piece -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anInterruptedCallerFinishesAndStaysInterrupted() {
    try (ThreadTeam team = ThreadTeam.ofSize(2)) {
      Thread.currentThread().interrupt();
      long[] sums = new long[8];
      team.run(8, piece -> sums[piece] = LongSum.upTo(100_000));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(sums).containsOnly(LongSum.upTo(100_000));
    }
  }

  @Test
  void sizesAndTaskCountsMustMakeSense() {
    assertThatThrownBy(() -> ThreadTeam.ofSize(0)).isInstanceOf(IllegalArgumentException.class);
    try (ThreadTeam team = ThreadTeam.ofSize(1)) {
      assertThatThrownBy(() -> team.run(-1, piece -> {}))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aTeamThatCannotStartEndsTheThreadsItHasStarted() {
    List<Thread> started = new ArrayList<>();
    OutOfMemoryError refused = new OutOfMemoryError("unable to create native thread");
    assertThatThrownBy(() ->
            new ThreadTeam(
                4,
                thread -> {
                  if (started.size() == 2) {
                    throw refused;
                  }
                  thread.start();
                  started.add(thread);
                }))
        .isSameAs(refused);
    assertThat(started).hasSize(2).noneMatch(Thread::isAlive);
  }

  private static Thread onlyWorkerOf(ThreadTeam team) {
    Thread[] worker = new Thread[2];
    CountDownLatch allHere = new CountDownLatch(2);
    team.run(
        2,
        piece -> {
          worker[piece] = Thread.currentThread();
          allHere.countDown();
          await(allHere);
        });
    return worker[0] == Thread.currentThread() ? worker[1] : worker[0];
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class LongSum {
    static long upTo(int n) {
      return IntStream.range(0, n).asLongStream().sum();
    }
  }
}
