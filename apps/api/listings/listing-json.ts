import type { Basis, LifeStretch } from '@listory/views';
import { JsonText, toJson } from '../asking/json-text.js';

/** What an answer says of a listing besides its stored content. */
type Standing = Pick<LifeStretch, 'listedFrom' | 'listedUntil' | 'declaredFrom' | 'inForceUntil'>;

/**
 * A listing as answers show it: the stored text, and at its end all that depends on the question.
 * @param extra further members, such as `matched`
 */
export function listingJson(body: string, standing: Standing, asOf: string, basis: Basis, extra: Record<string, unknown> = {}): JsonText {
  const { listedFrom, listedUntil, declaredFrom, inForceUntil } = standing;
  const ending = {
    listedFrom: listedFrom.slice(0, 10),
    declaredFrom,
    listedUntil: listedUntil?.slice(0, 10) ?? null,
    inForce: inForceUntil === null || inForceUntil >= asOf,
    basis,
    ...extra,
  };
  return new JsonText(`${body.slice(0, -1)},${toJson(ending).slice(1)}`);
}
