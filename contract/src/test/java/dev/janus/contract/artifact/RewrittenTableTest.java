package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.Flow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of ours that another program read and wrote again, with other labels. {@code
 * rewritten.parquet} is pyarrow's, of {@code flows.parquet} of the same random flows: it keeps the
 * metadata, the schema version and the checksum of the old bytes among it, and signs with its own
 * name.
 */
final class RewrittenTableTest {
  private static final List<Flow> FLOWS = RandomFlows.of(6, 21);

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    RandomFlows.write(folder, FLOWS, 21);
    put("rewritten.parquet");
  }

  private void put(String resource) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RewrittenTableTest.class.getResourceAsStream(resource))) {
      Files.copy(in, folder.resolve("flows.parquet"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void itsLabelsAreReadAndAllElseIsAsItWas() {
    FlowMetadata flows = FlowDataset.read(folder).metadata();
    for (int row = 0; row < FLOWS.size(); row++) {
      assertThat(flows.label(row)).isEqualTo(row == 4 ? "relabelled" : "BENIGN");
      assertThat(flows.tuple(row)).isEqualTo(FLOWS.get(row).tuple());
      assertThat(flows.part(row)).isEqualTo(FLOWS.get(row).part());
      assertThat(flows.fileOffset(row)).isEqualTo(FLOWS.get(row).origin().fileOffset());
    }
    assertThat(MetadataReader.read(folder).label(4)).isEqualTo("relabelled");
  }

  @Test
  void itKeepsTheOldChecksumWhichIsNotItsOwn() {
    try (ParquetTable table = ParquetTable.open(folder.resolve("flows.parquet"))) {
      assertThat(table.metadata())
          .containsKey(ParquetChecksum.KEY)
          .containsKey(FlowTables.VERSION_KEY);
      assertThat(table.isOwn()).isFalse();
    }
  }

  @Test
  void aMissingLabelIsBlamedOnItsWriter() throws IOException {
    put("rewritten-without-a-label.parquet");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContainingAll("row 2, column label", "write the file again");
  }
}
