import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { kafkaClassPath } from './artifacts.js';
import { BrokerFailed } from './errors.js';

const START_MS = 60_000;

/** The simple compiler only: a broker of a test runs for seconds. */
const FAST_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto'];

/** One Apache Kafka on this machine (KRaft: broker and controller in one), with a folder and a port of its own. */
export class LocalBroker {
  private process: ChildProcess | null = null;
  private said = '';
  private watch: ChildProcess | null = null;

  private constructor(
    private readonly folder: string,
    private readonly classPath: string,
    private readonly port: number,
  ) {}

  /** Makes a broker and starts it. @throws {BrokerUnavailable} {BrokerFailed} */
  static async start(): Promise<LocalBroker> {
    const classPath = kafkaClassPath();
    const folder = mkdtempSync(path.join(tmpdir(), 'listory-broker-'));
    const [port, controller] = [await freePort(), await freePort()];
    writeFileSync(path.join(folder, 'server.properties'), settings(folder, port, controller));
    const format = spawnSync('java', [...FAST_START, '-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', clusterId(), '-c', path.join(folder, 'server.properties')], { encoding: 'utf8' });
    if (format.status !== 0) throw new BrokerFailed('its storage could not be made', `${format.stdout}${format.stderr}`);
    const broker = new LocalBroker(folder, classPath, port);
    await broker.start();
    return broker;
  }

  /** Where it listens: `host:port`. */
  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  /** Starts it again where it was stopped or killed. */
  async start(): Promise<void> {
    const args = ['-Xmx512m', ...FAST_START, '-cp', this.classPath, 'kafka.Kafka', path.join(this.folder, 'server.properties')];
    const child = spawn('java', args, { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.said = (this.said + String(text)).slice(-4000)));
    this.watch = endWith(process.pid, child.pid!, this.folder);
    const until = Date.now() + START_MS;
    while (!(await isListening(this.port))) {
      if (child.exitCode !== null || child.signalCode !== null) throw new BrokerFailed(`it ended with ${child.exitCode ?? child.signalCode}`, this.said);
      if (Date.now() > until) throw new BrokerFailed(`it did not listen within ${START_MS / 1000} s`, this.said);
      await sleep(50);
    }
  }

  /** SIGSTOP and SIGCONT freeze and wake it. */
  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }

  /** Ends it in order (SIGTERM) or at once (SIGKILL); what it holds stays. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = null;
    this.watch?.kill();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** Ends it and removes all that it held. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** KRaft with everything on one node; nothing waits for others, no topic comes into being by itself. */
function settings(folder: string, port: number, controller: number): string {
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${path.join(folder, 'log')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
broker.session.timeout.ms=1000
broker.heartbeat.interval.ms=250
group.initial.rebalance.delay.ms=0
`;
}

/** Ends the broker if this process is killed; it would live on for ever. */
function endWith(parent: number, broker: number, folder: string): ChildProcess {
  const script = 'while kill -0 "$1" 2>/dev/null; do sleep 1; done; kill -9 "$2" 2>/dev/null; rm -rf "$3"';
  const watcher = spawn('sh', ['-c', script, 'sh', String(parent), String(broker), folder], { detached: true, stdio: 'ignore' });
  watcher.unref();
  return watcher;
}

/** A UUID as Kafka writes it; it must not begin as an option does. */
function clusterId(): string {
  return `A${randomBytes(16).toString('base64url').slice(1, 22)}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
  });
}
