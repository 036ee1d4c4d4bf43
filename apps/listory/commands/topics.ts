import { InvalidArgumentError, type Command } from 'commander';
import { checkTopics, createTopics, Kafka, kafkaSettings, KafkaSettingError, topicNames, type Topics } from '@listory/stream';
import { print } from '../output.js';

/** `topics create`, `topics check`: where the stream of events is published. */
export function topicsCommand(program: Command): void {
  const topics = program.command('topics').summary('make and check the topics in Kafka').description('The topics in Kafka (LISTORY_KAFKA_BROKERS) to which events and listings are published.');
  topics
    .command('create')
    .summary('make the topics that are missing')
    .description('Makes the topics that are missing, with the settings that they need. What exists stays as it is, and is checked.')
    .option('--partitions <n>', 'partitions of each topic; so many consumers of one group can share the work', countArgument, 12)
    .option('--replication <n>', 'copies of each partition (default: as the cluster is set)', countArgument)
    .addHelpText('after', '\nExample:\n  LISTORY_KAFKA_BROKERS=localhost:9092 listory topics create --partitions 12 --replication 3')
    .action(async (options: { partitions: number; replication?: number }) => {
      await withKafka(async (kafka, names) => {
        const made = await createTopics(kafka, names, options);
        await checkTopics(kafka, names);
        for (const name of Object.values(names)) await print(`${name}: ${made.includes(name) ? 'made' : 'is there already'}`);
      });
    });
  topics
    .command('check')
    .summary('look whether the topics are as they have to be')
    .action(async () => {
      await withKafka(async (kafka, names) => {
        await checkTopics(kafka, names);
        for (const name of Object.values(names)) await print(`${name}: ${(await kafka.endOffsets(name)).size} partitions`);
      });
    });
}

async function withKafka(work: (kafka: Kafka, names: Topics) => Promise<void>): Promise<void> {
  const settings = kafkaSettings();
  if (!settings) throw new KafkaSettingError('LISTORY_KAFKA_BROKERS', '', 'addresses of brokers such as localhost:9092');
  const kafka = new Kafka(settings);
  try {
    await work(kafka, topicNames(settings.prefix));
  } finally {
    await kafka.close();
  }
}

function countArgument(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new InvalidArgumentError('It has to be a number from 1 on.');
  return Number(text);
}
