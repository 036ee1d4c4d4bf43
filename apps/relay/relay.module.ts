import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '@listory/postgres';
import type { KafkaSettings } from '@listory/stream';
import { Relay } from './relay.js';

/** Publishes what is recorded to Kafka. */
@Module({})
export class RelayModule {
  static to(settings: KafkaSettings): DynamicModule {
    return {
      module: RelayModule,
      providers: [{ provide: Relay, useFactory: (database: Database) => new Relay(database, settings), inject: [Database] }],
      exports: [Relay],
    };
  }
}
