package dev.janus.contract.capture;

/** Capture file formats that can be read, each plain or gzip'ed. */
public enum CaptureFormat {
  /** Classic pcap with microseconds. */
  PCAP_MICROS("pcap"),
  /** Classic pcap with nanoseconds. */
  PCAP_NANOS("pcap, nanoseconds"),
  /** Classic pcap with the 24-byte record headers of an old Linux patch, microseconds. */
  PCAP_MODIFIED("pcap, modified"),
  /** pcapng. */
  PCAPNG("pcapng");

  private final String label;

  CaptureFormat(String label) {
    this.label = label;
  }

  /** Name for people. */
  public String label() {
    return label;
  }
}
