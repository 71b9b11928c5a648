package dev.janus.cli;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.model.ModelConfig;
import dev.janus.score.JanusModel;
import dev.janus.score.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code janus rehearse}: scores a capture with an untrained network, as a rehearsal of {@code
 * score} while the launcher records which classes a start needs.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description =
        "Score a capture with an untrained network of the usual size. The numbers say nothing; the"
            + " launcher records from it what a start needs.",
    footer = {"  janus rehearse --pcap testdata/captures/tiny.pcap"})
final class RehearseCommand extends JanusCommand {
  private static final int FLOWS_FITTED = 100;

  @Option(names = "--pcap", required = true, paramLabel = "FILE", description = "A small capture.")
  private Path capture = Path.of("");

  RehearseCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    try {
      Path model = Files.createTempFile("janus-rehearsal-", ".safetensors");
      try {
        ModelFile.write(model, JanusModel.untrained(ModelConfig.defaults(), FLOWS_FITTED));
        String[] score = {"score", "--model", model.toString(), "--pcap", capture.toString()};
        int code = RootCommand.commandLine(context(), score).execute(score);
        return code == ExitCode.OK.code() ? ExitCode.OK : ExitCode.INTERNAL;
      } finally {
        Files.deleteIfExists(model);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
