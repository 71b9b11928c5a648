package dev.janus.contract.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void packedFilesStandForPlainOnes() throws IOException {
    Path packed = Files.createFile(folder.resolve("mon.csv.gz"));
    assertThat(LabelFiles.of(naming("{capture}.csv"), folder, "mon")).containsExactly(packed);
    assertThat(LabelFiles.of(naming("{capture}.csv.gz"), folder, "mon")).containsExactly(packed);
    Path plain = Files.createFile(folder.resolve("mon.csv"));
    assertThat(LabelFiles.of(naming("{capture}.csv"), folder, "mon")).containsExactly(plain);
    assertThat(LabelFiles.of(naming("{capture}.*"), folder, "mon")).containsExactly(plain);
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

  @Test
  void theFolderBesideIsNamedToo() throws IOException {
    Files.createFile(folder.resolve("Monday.csv"));
    Files.createFile(Files.createDirectory(folder.resolve("tor")).resolve("other.csv"));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> LabelFiles.of(naming("{capture}.csv"), folder, "tor/monday"))
        .withMessageContainingAll(
            "there are: Monday.csv", "in " + folder.resolve("tor") + ": other.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../day", "../../day", "/day", "a\0b/day"})
  void aNameThatLeadsElsewhereFindsOnlyFilesOfTheFolder(String capture) throws IOException {
    Path labels = Files.createDirectories(folder.resolve("in/labels"));
    Files.createFile(folder.resolve("day.csv"));
    Files.createFile(folder.resolve("in/day.csv"));
    Path own = Files.createFile(labels.resolve("day.csv"));
    assertThat(LabelFiles.of(naming("{capture}.csv"), labels, capture)).containsExactly(own);
  }

  @Test
  void filesMayBeListedByCapture() throws IOException {
    Path day = Files.createDirectory(folder.resolve("01-12"));
    Files.createFile(folder.resolve("Friday-PortScan.csv"));
    Files.createFile(folder.resolve("Friday-DDos.csv"));
    Files.createFile(folder.resolve("Monday.csv"));
    Files.createFile(day.resolve("Syn.csv"));
    Map<String, List<String>> listed = new LinkedHashMap<>();
    listed.put("Friday", List.of("Friday-PortScan.csv", "Friday-*.csv"));
    listed.put("SAT-01-12-2018_*", List.of("01-12/*.csv"));
    listed.put("Sunday", List.of("Sunday.csv"));
    DatasetDescription description = listing(listed);
    assertThat(LabelFiles.of(description, folder, "Friday"))
        .containsExactly(folder.resolve("Friday-PortScan.csv"), folder.resolve("Friday-DDos.csv"));
    assertThat(LabelFiles.of(description, folder, "SAT-01-12-2018_0249"))
        .containsExactly(day.resolve("Syn.csv"));
    assertThat(LabelFiles.of(description, folder, "Monday"))
        .containsExactly(folder.resolve("Monday.csv"));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> LabelFiles.of(description, folder, "Sunday"))
        .withMessageContainingAll("Sunday.csv", "Change label_files");
  }

  @Test
  void filesOfCapturesInFoldersLieInTheSameFoldersOrAbove() throws IOException {
    Path day = Files.createDirectories(folder.resolve("days/01-12"));
    Path inner = Files.createFile(day.resolve("Syn.csv"));
    Path outer = Files.createFile(folder.resolve("Syn.csv"));
    Path friday = Files.createFile(folder.resolve("Friday-DDos.csv"));
    DatasetDescription plain = naming("{capture}.csv");
    assertThat(LabelFiles.of(plain, folder, "days/01-12/Syn")).containsExactly(inner);
    assertThat(LabelFiles.of(plain, folder, "days/02-12/Syn")).containsExactly(outer);
    Map<String, List<String>> listed = new LinkedHashMap<>();
    listed.put("01-12/S*", List.of("days/01-12/*.csv"));
    listed.put("Friday", List.of("Friday-*.csv"));
    assertThat(LabelFiles.of(listing(listed), folder, "days/01-12/SAT")).containsExactly(inner);
    assertThat(LabelFiles.of(listing(listed), folder, "a/Friday")).containsExactly(friday);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> LabelFiles.of(plain, folder, "days/Mon"))
        .withMessageContainingAll("no label file Mon.csv for capture days/Mon", "Syn.csv");
  }

  private static DatasetDescription listing(Map<String, List<String>> files) {
    CsvLabels a = Descriptions.siteA().csv();
    return Descriptions.of(
        new CsvLabels(
            new CsvLabels.FileNames("{capture}.csv", files),
            a.layout(),
            a.columns(),
            a.timestamps(),
            0),
        Descriptions.rules());
  }

  private static DatasetDescription naming(String labelFile) {
    CsvLabels a = Descriptions.siteA().csv();
    return Descriptions.of(
        Descriptions.csv(labelFile, a.layout().charset(), a.timestamps(), a.toleranceMicros()),
        Descriptions.rules());
  }
}
