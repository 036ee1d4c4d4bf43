import { existsSync } from 'node:fs';
import { parseHoldLimits, type HoldLimits } from '../collector/hold.js';

/** How this process is set up: by environment or `.env`; a command's flags win. */
export interface Config {
  /** An operator's own PostgreSQL; none: the embedded one under `dataFolder`. */
  databaseUrl: string | undefined;
  dataFolder: string;
  host: string;
  port: number;
  holdLimits: HoldLimits;
}

/** A setting has a value that cannot be used. */
export class ConfigError extends Error {
  constructor(
    readonly setting: string,
    readonly value: string,
    wanted: string,
  ) {
    super(`${setting} is '${value}', but has to be ${wanted}.`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the configuration.
 * @throws ConfigError, HoldLimitsError
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const port = env.LISTORY_PORT ?? '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new ConfigError('LISTORY_PORT', port, 'a port, 0 to 65535');
  return {
    databaseUrl: env.LISTORY_DATABASE_URL || undefined,
    dataFolder: env.LISTORY_DATA || '.listory',
    host: env.LISTORY_HOST || '127.0.0.1',
    port: Number(port),
    holdLimits: parseHoldLimits(env.LISTORY_HOLD_LIMITS),
  };
}

/** Takes settings from `.env` of the current folder; what the environment already has, wins. */
export function loadDotEnv(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
