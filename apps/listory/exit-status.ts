import { CommanderError } from 'commander';
import { KafkaSettingError } from '@listory/stream';
import { UnknownViewError } from '@listory/views';
import { Problem } from '../api/problems.js';
import {
  AmbiguousEditionError,
  CorrectionError,
  EditionDateError,
  IdentityError,
  NotHeldError,
  UnknownListError,
  UnknownListingError,
} from '../collector/errors.js';
import { HoldLimitsError } from '../collector/hold.js';
import { ConfigError } from './config.js';
import { Interrupted } from './interruption.js';
import { EXIT } from './output.js';

/** Errors that say: what was typed or set names something that there is not, or asks for what cannot be. */
const OF_USE = [
  AmbiguousEditionError,
  ConfigError,
  CorrectionError,
  EditionDateError,
  HoldLimitsError,
  IdentityError,
  KafkaSettingError,
  NotHeldError,
  UnknownListError,
  UnknownListingError,
  UnknownViewError,
];

/** The exit status for what ended a command: 2 where another command line would help, 1 where it failed, 128 and more for a signal. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  if (error instanceof Problem) return error.status < 500 ? EXIT.wrongUse : EXIT.failed;
  if (error instanceof Interrupted) return error.status;
  return OF_USE.some((kind) => error instanceof kind) ? EXIT.wrongUse : EXIT.failed;
}
