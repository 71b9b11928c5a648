package dev.janus.contract.label;

import dev.janus.contract.flow.IpAddress;
import java.util.List;

/**
 * Which address and port one side of a flow must have.
 *
 * @param addresses one of these; any when empty
 * @param ports one of these; any when empty
 * @param exceptPorts none of these
 */
public record EndpointFilter(
    List<AddressBlock> addresses, List<PortRange> ports, List<PortRange> exceptPorts) {
  /** Any address, any port. */
  public static final EndpointFilter ANY = new EndpointFilter(List.of(), List.of(), List.of());

  /**
   * Ports from one to another.
   *
   * @param first 0..65535
   * @param last at least {@code first}
   */
  public record PortRange(int first, int last) {
    private static final int HIGHEST = 0xffff;

    /**
     * @throws IllegalArgumentException when these are no ports
     */
    public PortRange {
      if (first < 0 || last > HIGHEST || first > last) {
        throw new IllegalArgumentException(
            "ports go from 0 to 65535, not " + first + " to " + last);
      }
    }

    /**
     * Reads {@code 80} or {@code 1024-65535}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    public static PortRange parse(String text) {
      String trimmed = text.strip();
      if (!trimmed.matches("[0-9]{1,5}(\\s*-\\s*[0-9]{1,5})?")) {
        throw new IllegalArgumentException("\"" + text + "\" is no port and no range of ports");
      }
      String[] ends = trimmed.split("-", 2);
      int first = Integer.parseInt(ends[0].strip());
      return new PortRange(first, ends.length == 1 ? first : Integer.parseInt(ends[1].strip()));
    }

    boolean contains(int port) {
      return port >= first && port <= last;
    }
  }

  public EndpointFilter {
    addresses = List.copyOf(addresses);
    ports = List.copyOf(ports);
    exceptPorts = List.copyOf(exceptPorts);
  }

  boolean accepts(IpAddress address, int port) {
    return (ports.isEmpty() || any(ports, port))
        && !any(exceptPorts, port)
        && (addresses.isEmpty() || any(addresses, address));
  }

  private static boolean any(List<PortRange> ranges, int port) {
    for (PortRange range : ranges) {
      if (range.contains(port)) {
        return true;
      }
    }
    return false;
  }

  static boolean any(List<AddressBlock> blocks, IpAddress address) {
    for (AddressBlock block : blocks) {
      if (block.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
