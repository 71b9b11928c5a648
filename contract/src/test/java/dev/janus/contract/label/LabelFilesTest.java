package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelFilesTest {
  @TempDir Path folder;

  @Test
  void oneFileServesEveryCapture() throws IOException {
    Path file = Files.createFile(folder.resolve("all labels.csv"));
    assertThat(LabelFiles.of(naming("{capture}.csv"), file, "monday")).containsExactly(file);
  }

  @Test
  void wildcardsFindAllFilesOfACaptureAndNoOthers() throws IOException {
    for (String name :
        List.of("fri-am.csv", "fri-pm.csv", "fri.csv", "thu.csv", "fri-am.csv.bak")) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(LabelFiles.of(naming("{capture}*.csv"), folder, "fri"))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("fri-am.csv", "fri-pm.csv", "fri.csv");
    assertThat(LabelFiles.of(naming("{capture}.csv"), folder, "fri"))
        .containsExactly(folder.resolve("fri.csv"));
    assertThat(LabelFiles.of(naming("???.csv"), folder, "whatever")).hasSize(2);
  }

  @Test
  void namesOfCapturesAreTakenLiterally() throws IOException {
    Files.createFile(folder.resolve("aXb.csv"));
    Files.createFile(folder.resolve("a.b.csv"));
    assertThat(LabelFiles.of(naming("{capture}.csv"), folder, "a.b"))
        .containsExactly(folder.resolve("a.b.csv"));
  }

  @Test
  void aMissingFileIsNamedWithWhatThereIs() throws IOException {
    Files.createFile(folder.resolve("Monday.csv"));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> LabelFiles.of(naming("{capture}.csv"), folder, "monday"))
        .withMessageContainingAll("monday.csv", "there are: Monday.csv", "label_file");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> LabelFiles.of(naming("x"), folder.resolve("none"), "monday"))
        .withMessageContaining("none");
  }

  private static DatasetDescription naming(String labelFile) {
    DatasetDescription a = Descriptions.siteA();
    return new DatasetDescription(
        a.name(),
        labelFile,
        a.charset(),
        a.columns(),
        a.timestamps(),
        a.toleranceMicros(),
        a.labels());
  }
}
