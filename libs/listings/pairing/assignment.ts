/** An edge between a row and a column that may be paired, and what the pair is worth (above 0). */
export interface Edge {
  row: number;
  column: number;
  worth: number;
}

/**
 * The one-to-one assignment of rows to columns with the greatest total worth; rows and columns may stay alone.
 * Solved apart for each connected component. Of several best assignments it gives one that depends only on the
 * order of rows and columns, not on that of the edges.
 */
export function bestAssignment(edges: readonly Edge[]): Edge[] {
  return components(edges).flatMap((component) => (component.length === 1 ? component : solve(component)));
}

/** The edges in groups that share no row and no column, each sorted by row and column. */
function components(edges: readonly Edge[]): Edge[][] {
  const sorted = [...edges].sort((a, b) => a.row - b.row || a.column - b.column);
  const parent = new Map<string, string>();
  const rootOf = (node: string): string => {
    let root = node;
    while ((parent.get(root) ?? root) !== root) root = parent.get(root) as string;
    for (let at = node; at !== root; ) {
      const next = parent.get(at) as string;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { row, column } of sorted) parent.set(rootOf(`column ${column}`), rootOf(`row ${row}`));
  const groups = new Map<string, Edge[]>();
  for (const edge of sorted) {
    const root = rootOf(`row ${edge.row}`);
    const group = groups.get(root);
    if (group) group.push(edge);
    else groups.set(root, [edge]);
  }
  return [...groups.values()];
}

function solve(edges: Edge[]): Edge[] {
  const rows = [...new Set(edges.map((edge) => edge.row))];
  const columns = [...new Set(edges.map((edge) => edge.column))].sort((a, b) => a - b);
  // A row that goes to a column without an edge, real or added here, stays alone at no cost.
  const width = Math.max(columns.length, rows.length);
  const cost = rows.map(() => new Float64Array(width));
  const places = { row: new Map(rows.map((row, at) => [row, at])), column: new Map(columns.map((column, at) => [column, at])) };
  const byPlace = new Map<number, Edge>();
  for (const edge of edges) {
    const [row, column] = [places.row.get(edge.row) as number, places.column.get(edge.column) as number];
    (cost[row] as Float64Array)[column] = -edge.worth;
    byPlace.set(row * width + column, edge);
  }
  return shortestAugmentingPaths(cost, width).flatMap((column, row) => byPlace.get(row * width + column) ?? []);
}

/**
 * The assignment of every row to a column of its own with the least total cost, by shortest augmenting paths:
 * R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
 * Computing 38 (1987), 325–340; here without its heuristic first phases. O(rows² · width).
 * @param cost one array of `width` costs for each row; `width` is at least the number of rows
 * @returns the column of each row
 */
export function shortestAugmentingPaths(cost: Float64Array[], width: number): number[] {
  const rowPrice = new Float64Array(cost.length);
  const columnPrice = new Float64Array(width);
  const rowOf = new Int32Array(width).fill(-1);
  for (let start = 0; start < cost.length; start++) {
    const distance = new Float64Array(width).fill(Infinity);
    const cameFrom = new Int32Array(width).fill(-1);
    const done = new Uint8Array(width);
    let row = start;
    let reached = -1;
    let least = 0;
    const path: number[] = [];
    for (;;) {
      let next = -1;
      const costs = cost[row] as Float64Array;
      for (let column = 0; column < width; column++) {
        if (done[column]) continue;
        const through = least + costs[column]! - rowPrice[row]! - columnPrice[column]!;
        if (through < distance[column]!) {
          distance[column] = through;
          cameFrom[column] = reached;
        }
        if (next < 0 || distance[column]! < distance[next]!) next = column;
      }
      least = distance[next]!;
      if (rowOf[next] === -1) {
        reached = next;
        break;
      }
      done[next] = 1;
      path.push(next);
      reached = next;
      row = rowOf[next]!;
    }
    rowPrice[start]! += least;
    for (const column of path) {
      rowPrice[rowOf[column]!]! += least - distance[column]!;
      columnPrice[column]! -= least - distance[column]!;
    }
    for (let column = reached; column >= 0; ) {
      const previous = cameFrom[column]!;
      rowOf[column] = previous < 0 ? start : rowOf[previous]!;
      column = previous;
    }
  }
  const columnOf = cost.map(() => -1);
  rowOf.forEach((row, column) => {
    if (row >= 0) columnOf[row] = column;
  });
  return columnOf;
}
