/** Who owns a file of the host, in the container's numbers. */
export interface HostIds {
  uid(host: number): number;
  gid(host: number): number;
  hostUid(container: number): number;
  hostGid(container: number): number;
}

export const SAME_IDS: HostIds = { uid: same, gid: same, hostUid: same, hostGid: same };

function same(id: number): number {
  return id;
}

/**
 * A user of the host is root in the container, as in a user namespace that maps his own id alone: what is his belongs to root
 * inside, and root makes files that are his. Other ids stay what they are, since no kernel is in the way.
 */
export function callerIsRoot(uid: number, gid: number): HostIds {
  const inside = (own: number) => (host: number) => (host === own ? 0 : host);
  const outside = (own: number) => (container: number) => (container === 0 ? own : container);
  return { uid: inside(uid), gid: inside(gid), hostUid: outside(uid), hostGid: outside(gid) };
}
