package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.janus.contract.flow.Flow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** NumPy and Python's zip module must agree with the writer, where they are installed. */
class NpzInteroperabilityTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir Path folder;

  @BeforeAll
  static void numpyIsInstalled() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    Process check = new ProcessBuilder(PYTHON.toString(), "-c", "import numpy").start();
    assumeTrue(check.waitFor() == 0, "numpy cannot be imported");
  }

  @Test
  void numpyLoadsThePacketsOfAnExtraction() throws IOException, InterruptedException {
    List<Flow> flows = RandomFlows.of(300, 5);
    RandomFlows.write(folder, flows, 5);
    double sum = 0;
    for (Flow flow : flows) {
      for (float value : flow.tokens()) {
        sum += value;
      }
    }
    assertThat(
            python(
                """
                import numpy, sys, zipfile
                path = sys.argv[1] + "/packets.npz"
                with zipfile.ZipFile(path) as z:
                    print(z.testzip(), {i.compress_type for i in z.infolist()})
                with numpy.load(path, allow_pickle=False) as a:
                    for name in ("packet_tokens", "packet_lengths", "flow_id", "schema_version"):
                        print(name, a[name].dtype.str, a[name].shape)
                    t, n = a["packet_tokens"], a["packet_lengths"]
                    print(int(t.sum(dtype="f8")), int(n.sum()), (a["flow_id"] == range(len(n))).all())
                    print(all((t[i, n[i]:] == 0).all() for i in range(len(n))), int(a["schema_version"]))
                """))
        .isEqualTo(
            """
            None {0}
            packet_tokens <f4 (300, 64, 9)
            packet_lengths <i4 (300,)
            flow_id <i8 (300,)
            schema_version <i4 ()
            %d %d True
            True 1
            """
                .formatted((long) sum, flows.stream().mapToInt(Flow::length).sum()));
  }

  @Test
  void numpyReadsEveryElementTypeAndWritesItBack() throws IOException, InterruptedException {
    Path ours = folder.resolve("ours.npz");
    NpyArray text = NpyArray.of(new String[] {"BENIGN", "", "Web – 🦜"}, 3);
    try (NpzWriter npz = NpzWriter.create(ours)) {
      npz.put("f4", NpyArray.of(new float[] {1.5f, -0f, Float.NaN, 3, 4, 5}, 2, 3));
      npz.put("f8", NpyArray.of(new double[] {Math.PI, Double.NEGATIVE_INFINITY}));
      npz.put("i4", NpyArray.of(new int[] {1, -1, Integer.MIN_VALUE}, 3, 1, 1));
      npz.put("i8", NpyArray.of(new long[0], 0, 7));
      npz.put("b1", NpyArray.of(new boolean[] {true, false}));
      npz.put("text", text);
      npz.put("scalar", NpyArray.scalar(42));
      npz.commit();
    }
    assertThat(
            python(
                """
                import numpy, sys, zipfile
                out = {}
                with numpy.load(sys.argv[1] + "/ours.npz", allow_pickle=False) as a:
                    for k in a.files:
                        print(k, a[k].dtype.str, a[k].shape)
                        out[k] = a[k]
                print(zipfile.ZipFile(sys.argv[1] + "/ours.npz").testzip(), list(out["text"]))
                numpy.savez(sys.argv[1] + "/stored.npz", **out)
                swapped = {k: v.astype(v.dtype.newbyteorder(">")) for k, v in out.items()}
                numpy.savez_compressed(sys.argv[1] + "/swapped.npz", **swapped)
                """))
        .isEqualTo(
            """
            f4 <f4 (2, 3)
            f8 <f8 (2,)
            i4 <i4 (3, 1, 1)
            i8 <i8 (0, 7)
            b1 |b1 (2,)
            text <U7 (3,)
            scalar <i4 ()
            None ['BENIGN', '', 'Web – 🦜']
            """);
    assertThat(NpzReader.read(ours, "text").strings()).isEqualTo(text.strings());
    assertSameArrays(folder.resolve("stored.npz"), ours);
    assertSameArrays(folder.resolve("swapped.npz"), ours);
  }

  private static void assertSameArrays(Path file, Path expected) {
    Set<String> names = NpzReader.readAll(expected).keySet();
    assertThat(NpzReader.readAll(file).keySet()).isEqualTo(names);
    for (String name : names) {
      NpyArray array = NpzReader.read(file, name);
      NpyArray wanted = NpzReader.read(expected, name);
      assertThat(array.shape()).as(name).isEqualTo(wanted.shape());
      assertThat(array.values()).as(name).isEqualTo(wanted.values());
    }
  }

  private String python(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON.toString(), "-X", "utf8", "-c", script, folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
