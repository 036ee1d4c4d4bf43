import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '@listory/postgres';
import { ApiModule } from '../api/api.module.js';
import { CollectorModule } from '../collector/collector.module.js';

/** Everything in one process: the same modules that the services are made of. */
@Module({})
export class ListoryModule {
  static on(database: Database): DynamicModule {
    return {
      module: ListoryModule,
      imports: [DatabaseModule.of(database), CollectorModule, ApiModule],
    };
  }
}

/** Gives every module the one database of the process. */
@Module({})
export class DatabaseModule {
  static of(database: Database): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: Database, useValue: database }],
      exports: [Database],
    };
  }
}
