import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BrokerUnavailable } from './errors.js';

export const KAFKA_VERSION = '4.1.0';

/** Kept between runs, outside of the tree. */
const FOLDER = path.join(tmpdir(), `listory-kafka-${KAFKA_VERSION}`);

/** What of the machine is missing to start a broker; null: nothing. */
export function missingForBroker(): string | null {
  if (!runs('java', ['-version'])) return 'there is no java';
  return existsSync(FOLDER) || runs('mvn', ['-version']) ? null : 'there is no Maven (mvn), which fetches Kafka';
}

/**
 * The class path of Apache Kafka, fetched from Maven Central at the first time (some 45 files, 43 MB).
 * @throws {BrokerUnavailable}
 */
export function kafkaClassPath(): string {
  const missing = missingForBroker();
  if (missing) throw new BrokerUnavailable(missing);
  if (!existsSync(FOLDER)) fetchArtifacts();
  return path.join(FOLDER, '*');
}

/** Into a folder beside, renamed when complete: two may do it at once, and one may be killed. */
function fetchArtifacts(): void {
  mkdirSync(path.dirname(FOLDER), { recursive: true });
  const draft = mkdtempSync(`${FOLDER}-`);
  try {
    writeFileSync(path.join(draft, 'pom.xml'), POM);
    const args = ['-q', '-B', '-f', path.join(draft, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${path.join(draft, 'lib')}`];
    const { status, stdout, stderr } = spawnSync('mvn', args, { encoding: 'utf8' });
    if (status !== 0) throw new BrokerUnavailable(`Maven could not fetch it: ${`${stdout}${stderr}`.trim().slice(-1000)}`);
    renameSync(path.join(draft, 'lib'), FOLDER);
  } catch (error) {
    // ENOTEMPTY, EEXIST: somebody else's came first.
    if (!existsSync(FOLDER) || readdirSync(FOLDER).length === 0) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function runs(program: string, args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.listory</groupId>
  <artifactId>kafka-for-tests</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`;
