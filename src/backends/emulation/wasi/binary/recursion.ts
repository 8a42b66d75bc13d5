/** Which functions can call themselves, directly or through others, without a function pointer. */

/**
 * calls: for each defined function the defined functions it calls. Gives one flag a function. Tarjan's algorithm, with a stack of
 * its own: call graphs are deep.
 */
export function findRecursive(calls: readonly (readonly number[])[]): Uint8Array {
  const recursive = new Uint8Array(calls.length);
  const order = new Int32Array(calls.length);
  const low = new Int32Array(calls.length);
  const onStack = new Uint8Array(calls.length);
  const next = new Int32Array(calls.length);
  const stack: number[] = [];
  let counter = 0;
  for (let root = 0; root < calls.length; root++) {
    if (order[root] !== 0) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path.at(-1) as number;
      const edges = calls[node] as readonly number[];
      if (order[node] === 0) {
        order[node] = low[node] = ++counter;
        stack.push(node);
        onStack[node] = 1;
      }
      const edge = edges[next[node] as number];
      next[node] = (next[node] as number) + 1;
      if (edge !== undefined) {
        if (edge === node) recursive[node] = 1;
        if (order[edge] === 0) path.push(edge);
        else if (onStack[edge] === 1) low[node] = Math.min(low[node] as number, order[edge] as number);
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] === order[node]) closeComponent(node, stack, onStack, recursive);
    }
  }
  return recursive;
}

function closeComponent(node: number, stack: number[], onStack: Uint8Array, recursive: Uint8Array): void {
  const members: number[] = [];
  let member: number;
  do {
    member = stack.pop() as number;
    onStack[member] = 0;
    members.push(member);
  } while (member !== node);
  if (members.length > 1) for (const one of members) recursive[one] = 1;
}
