package dev.janus.contract.artifact;

/** Who wrote a file: what may be expected of it, and what helps when it is damaged. */
enum Origin {
  /** This project, which states a schema version. What is there must be as it writes it. */
  EXTRACTION(TableColumns.FIX),
  /**
   * Another program, which states none or has written anew what states one: the flow ids, labels
   * and packets must be there, all else is taken as far as it goes.
   */
  FOREIGN("; write the file again with a value that fits");

  private final String fix;

  Origin(String fix) {
    this.fix = fix;
  }

  /** The way out, as the end of a message. */
  String fix() {
    return fix;
  }
}
