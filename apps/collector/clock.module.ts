import { Module, type DynamicModule } from '@nestjs/common';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Database } from '@listory/postgres';
import { Clock } from './clock.js';
import { CollectorModule } from './collector.module.js';
import type { FetchingConfig } from './fetching-config.js';

/** The collector by the clock. */
@Module({})
export class ClockModule {
  static with(config: FetchingConfig): DynamicModule {
    return {
      module: ClockModule,
      imports: [CqrsModule, CollectorModule],
      providers: [{ provide: Clock, useFactory: (database: Database, commands: CommandBus) => new Clock(database, commands, config), inject: [Database, CommandBus] }],
    };
  }
}
