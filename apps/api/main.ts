import 'reflect-metadata';
import { runService } from '../listory/run-service.js';
import { createApi } from './create-api.js';

/** The API as a process of its own; the views are kept by projectors in others. */
await runService({ name: 'api', create: (database) => createApi(database) });
