import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestAssignment, type Edge } from './assignment.js';

const total = (edges: Edge[]): number => edges.reduce((sum, edge) => sum + edge.worth, 0);

/** Every assignment tried. */
function greatestTotal(edges: Edge[]): number {
  const [first, ...rest] = edges;
  if (!first) return 0;
  const without = greatestTotal(rest);
  const compatible = rest.filter((edge) => edge.row !== first.row && edge.column !== first.column);
  return Math.max(without, first.worth + greatestTotal(compatible));
}

const anyEdges = fc
  .uniqueArray(fc.record({ row: fc.nat(5), column: fc.nat(5), worth: fc.integer({ min: 1, max: 20 }) }), {
    selector: ({ row, column }) => `${row} ${column}`,
    maxLength: 16,
  });

describe('the best assignment', () => {
  it('gives every row and column at most once, and no other total is greater', () => {
    fc.assert(
      fc.property(anyEdges, (edges) => {
        const found = bestAssignment(edges);
        expect(new Set(found.map((edge) => edge.row)).size).toBe(found.length);
        expect(new Set(found.map((edge) => edge.column)).size).toBe(found.length);
        expect(found.every((edge) => edges.includes(edge))).toBe(true);
        expect(total(found)).toBe(greatestTotal(edges));
      }),
      { numRuns: 500 },
    );
  });

  it('does not depend on the order of the edges, even among equals', () => {
    fc.assert(
      fc.property(anyEdges.chain((edges) => fc.tuple(fc.constant(edges.map((edge) => ({ ...edge, worth: 1 }))), fc.shuffledSubarray(edges.map((_, at) => at), { minLength: edges.length }))), ([edges, order]) => {
        const pairs = (found: Edge[]) => found.map((edge) => `${edge.row} ${edge.column}`).sort();
        expect(pairs(bestAssignment(order.map((at) => edges[at]!)))).toEqual(pairs(bestAssignment(edges)));
      }),
    );
  });

  it('prefers one certain pair to two doubtful ones only where it is worth more', () => {
    const edges = [{ row: 0, column: 0, worth: 5 }, { row: 0, column: 1, worth: 2 }, { row: 1, column: 0, worth: 2 }];
    expect(bestAssignment(edges)).toEqual([edges[0]]);
    expect(bestAssignment([{ ...edges[0]!, worth: 3 }, edges[1]!, edges[2]!])).toEqual([edges[1], edges[2]]);
  });

  it('is found for a thousand that could all be one another', () => {
    const edges = Array.from({ length: 1_000 }, (_, row) =>
      Array.from({ length: 40 }, (_, step) => ({ row, column: (row * 7 + step * 31) % 1_000, worth: 1 + ((row * 13 + step * 17) % 97) / 100 })),
    ).flat();
    expect(bestAssignment(edges)).toHaveLength(1_000);
  });
});
