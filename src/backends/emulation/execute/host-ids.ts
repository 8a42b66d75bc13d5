import { callerIsRoot, type HostIds, SAME_IDS } from '../vfs/index.ts';

/** Root sees the host's files as they are; for anybody else his own are root's in the container. */
export function idsOfCaller(): HostIds {
  const [uid, gid] = [process.geteuid?.() ?? 0, process.getegid?.() ?? 0];
  return uid === 0 ? SAME_IDS : callerIsRoot(uid, gid);
}
