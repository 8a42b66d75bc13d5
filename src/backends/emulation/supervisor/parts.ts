/** The parts of a descriptor, which is closed with the last of them. */

/** `all` runs once every part has been closed; each may be closed more than once. */
export function parts(count: number, all: () => void): () => () => void {
  let open = count;
  return () => {
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      if (--open === 0) all();
    };
  };
}
