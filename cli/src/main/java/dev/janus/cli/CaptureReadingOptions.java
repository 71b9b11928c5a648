package dev.janus.cli;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.capture.DuplicatePolicy;
import dev.janus.contract.packet.FragmentPolicy;
import dev.janus.contract.packet.TunnelPolicy;
import picocli.CommandLine.Option;

/** Options of every command that reads packets. */
final class CaptureReadingOptions {
  private static final String WINDOW = "" + CaptureOptions.USUAL_REORDER_WINDOW;

  @Option(
      names = "--tunnels",
      paramLabel = "POLICY",
      description =
          "outer (default): a tunnelled packet belongs to the tunnel's own flow, GRE and IP in IP"
              + " are dropped; innermost: it belongs to the flow inside.")
  private TunnelPolicy tunnels = CaptureOptions.defaults().tunnels();

  @Option(
      names = "--fragments",
      paramLabel = "POLICY",
      description =
          "assign (default): later IP fragments take the ports of their first; drop: they are"
              + " dropped.")
  private FragmentPolicy fragments = CaptureOptions.defaults().fragments();

  @Option(
      names = "--dedup",
      description =
          "Remove frames equal to one of the 32 before them and at most 10 ms away, byte by byte.")
  private boolean dedup;

  @Option(
      names = "--reorder",
      paramLabel = "PACKETS",
      description =
          "Bring packets into the order of their time stamps within a window of PACKETS, as "
              + WINDOW
              + " (default 0: as they come).")
  private int reorder;

  /** How captures are to be read. */
  CaptureOptions options() {
    try {
      return CaptureOptions.defaults()
          .with(tunnels)
          .with(fragments)
          .with(dedup ? DuplicatePolicy.REMOVE : DuplicatePolicy.KEEP)
          .withReorderWindow(reorder);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.USAGE, "--reorder: " + e.getMessage(), e);
    }
  }
}
