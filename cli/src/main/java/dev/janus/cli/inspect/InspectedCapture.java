package dev.janus.cli.inspect;

import dev.janus.contract.capture.CaptureFormat;
import dev.janus.contract.capture.CaptureStatistics;
import java.nio.file.Path;

/**
 * One capture.
 *
 * @param file the capture
 * @param format what its magic said
 * @param statistics its counters
 * @param flows flows whose first packet it held
 */
public record InspectedCapture(
    Path file, CaptureFormat format, CaptureStatistics statistics, long flows) {}
