package dev.janus.model;

/** The masked source (method, section 12.3). */
class MaskedSourceGoldenTest extends TinyModelChecks {
  MaskedSourceGoldenTest() {
    super(DiscreteSource.MASKED);
  }
}
