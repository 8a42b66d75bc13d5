import type { Parsed } from './parsed.ts';

/**
 * The path below /proc/sys of a sysctl name. As in sysctl(8) the first separator decides: `net.ipv4.conf.eth0/1.forwarding`
 * and `net/ipv4/conf/eth0.1/forwarding` are the same. Names that could leave the intended directory (`..`, empty parts)
 * are refused (CVE-2022-0811).
 */
export function parseSysctlName(name: string): Parsed<string> {
  const dotted = /[./]/.exec(name)?.[0] === '.';
  const parts = name.split(dotted ? '.' : '/').map((part) => (dotted ? part.replaceAll('/', '.') : part));
  const good = parts.length > 1 && parts.every((part) => part !== '' && part !== '.' && part !== '..' && /^[\w:@.+-]+$/.test(part));
  return good ? { value: parts.join('/') } : { error: `${JSON.stringify(name)} is not a sysctl name` };
}
