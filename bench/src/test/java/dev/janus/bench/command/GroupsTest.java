package dev.janus.bench.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.bench.table.Group;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GroupsTest {
  @Test
  void everyGroupHasANameOfItsOwnThatCanBeTyped() {
    assertThat(Groups.names())
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z]+(-[a-z]+)?"));
    for (Group group : Groups.all()) {
      assertThat(Groups.named(group.name())).isPresent();
      assertThat(group.summary()).isNotBlank().doesNotContain("\n");
    }
    assertThat(Groups.named("no-such-group")).isEmpty();
  }

  @Test
  void theReadmeExplainsEveryGroupAndNoOther() throws IOException {
    assertThat(
            Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring("### ".length()).strip()))
        .containsExactlyElementsOf(Groups.names());
  }
}
