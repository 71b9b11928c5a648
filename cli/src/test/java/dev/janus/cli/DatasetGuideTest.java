package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide to a new data set, followed to the letter: its files, its commands. */
final class DatasetGuideTest {
  private static final Path GUIDE = CliRun.HOME.resolve("configs/datasets/README.md");
  private static final List<String> LABELS = List.of("BENIGN", "PortScan", "DNS tunnel");

  @TempDir private Path folder = Path.of("");

  @Test
  void whoFollowsTheGuideGetsEveryFlowLabelled() throws IOException {
    String guide = Files.readString(GUIDE);
    Files.createDirectories(folder.resolve("captures"));
    Files.createDirectories(folder.resolve("labels"));
    Files.copy(
        CliRun.HOME.resolve("testdata/captures/tiny.pcap"), folder.resolve("captures/tiny.pcap"));
    Files.writeString(folder.resolve("labels/tiny-verdicts.txt"), block(guide, "csv"));
    Files.writeString(folder.resolve("office.yaml"), block(guide, "yaml"));

    List<String> commands = block(guide, "sh").lines().toList();
    assertThat(commands).hasSize(3).allMatch(line -> line.startsWith("bin/janus "));
    for (String command : commands) {
      CliRun run = CliRun.of(arguments(command));
      assertThat(run.ended(ExitCode.OK)).as(command + "\n" + run.err()).isTrue();
      assertThat(run.out()).contains("7 of 7 flows found a row (100.00 %)");
    }

    JsonTree audit =
        JsonTree.parse(Files.readString(folder.resolve("data/audit/labels-audit.json")));
    assertThat(audit.at("labels").at("BENIGN").number()).isEqualTo(4);
    for (String label : LABELS) {
      assertThat(audit.at("rows_by_label").at(label).at("never_matched").number()).isZero();
    }
    assertThat(audit.at("labels").at("PortScan").number()).isEqualTo(1);
    assertThat(audit.at("labels").at("DNS tunnel").number()).isEqualTo(1);
    assertThat(audit.at("labels").at("UNLABELLED").number()).as("the attempt").isEqualTo(1);
    assertThat(Files.readString(folder.resolve("data/audit/labels-audit.txt")))
        .contains("tiny-verdicts.txt");
    assertThat(Files.readString(folder.resolve("data/office/extract.json")))
        .contains("\"policy\" : \"join\"", "\"attempted\" : \"drop\"");
  }

  @Test
  void theGuideListsEveryDescription() throws IOException {
    String guide = Files.readString(GUIDE);
    try (var files = Files.list(GUIDE.resolveSibling("."))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".yaml"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    }
    assertThat(Files.readString(CliRun.HOME.resolve("README.md")))
        .contains("configs/datasets/README.md");
  }

  /** The arguments of a command line of the guide, with its paths below the test's folder. */
  private Object[] arguments(String command) {
    List<String> words = List.of(command.split(" ")).subList(1, command.split(" ").length);
    return words.stream()
        .map(word ->
            word.matches("captures/|labels/|data/.+|office\\.yaml")
                ? folder.resolve(word).toString()
                : word)
        .toArray();
  }

  private static String block(String guide, String language) {
    Matcher block =
        Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(guide);
    assertThat(block.find()).as(language).isTrue();
    return block.group(1);
  }
}
