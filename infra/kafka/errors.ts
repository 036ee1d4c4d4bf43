/** A broker for tests cannot be had on this machine. */
export class BrokerUnavailable extends Error {
  override name = 'BrokerUnavailable';
  constructor(readonly what: string, options?: ErrorOptions) {
    super(`Apache Kafka cannot be started here: ${what}. Install Java 17 or newer and Maven (Debian: apt install openjdk-17-jre-headless maven), or set LISTORY_KAFKA_BROKERS to a broker of your own.`, options);
  }
}

/** The broker was started and did not come up; `log` holds its own last words. */
export class BrokerFailed extends Error {
  override name = 'BrokerFailed';
  constructor(readonly what: string, readonly log: string) {
    super(`Apache Kafka did not start: ${what}. Its last words:\n${log.trim() || '(none)'}`);
  }
}
