/**
 * A root file system archive (`tar`, `docker export`, an OCI layer) as a read-only layer. It is indexed once; bytes of an
 * uncompressed archive stay in the file and are read by offset, a compressed one is unpacked to memory.
 */
import * as fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { Header as DeclaredHeader } from 'tar-stream';
import { errno } from '../../errno.ts';
import { onHost } from '../host-errors.ts';
import { makedev, S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG, type Nanoseconds } from '../types.ts';
import type { Layer } from './layer.ts';
import type { Span, TarAttributes, TarNode } from './tar-node.ts';
import { TarTree } from './tar-tree.ts';

const CHUNK = 1 << 20;

type Read = Span['read'];
/** Its types leave out where an entry's bytes begin (3.2.2, extract.js). */
type Header = DeclaredHeader & { readonly byteOffset: number };

export interface TarLayer extends Layer {
  /** Closes the archive's descriptor. Files can then no longer be read. */
  close(): void;
}

const COMPRESSIONS = [
  { name: 'gzip', magic: '\x1f\x8b' },
  { name: 'xz', magic: '\xfd7zXZ' },
  { name: 'zstd', magic: '\x28\xb5\x2f\xfd' },
  { name: 'bzip2', magic: 'BZh' },
] as const;

/** In words of ours where those of tar-stream (3.2.2) and zlib guess, or leave the file out. */
function reason({ message }: Error): string {
  if (message.startsWith('Invalid tar header')) return 'it is no tar archive, or damaged';
  if (message === 'Unexpected end of data' || message === 'unexpected end of file') return 'the archive ends early';
  return message;
}

/** Rejects with an Error that names the file when it is no archive, ends early, or has a link to nothing. */
export async function tarLayer(path: string): Promise<TarLayer> {
  const archive = new Archive(path);
  try {
    const head = Buffer.alloc(6);
    archive.readAt(0, head);
    const compression = COMPRESSIONS.find(({ magic }) => head.toString('latin1').startsWith(magic))?.name;
    if (compression !== undefined && compression !== 'gzip') throw new Error(`compressed with ${compression}; only gzip can be read`);
    const compressed = compression === 'gzip';
    const root = compressed
      ? await indexCompressed(archive.fd)
      : await index(chunksOf(archive.fd), (position, buffer) => archive.readAt(position, buffer));
    if (compressed) archive.close();
    return { root, source: path, close: () => archive.close() };
  } catch (error) {
    archive.close();
    throw new Error(`${path}: ${reason(error as Error)}`, { cause: error });
  }
}

/** Descriptors of archives that nobody can read any more. */
const abandoned = new FinalizationRegistry<number>((fd) => fs.closeSync(fd));

/** The open file of an uncompressed archive; it is closed when no node refers to it any more, or earlier by `close`. */
class Archive {
  readonly fd: number;
  #open = true;

  constructor(path: string) {
    this.fd = fs.openSync(path, 'r');
    abandoned.register(this, this.fd, this);
  }

  /** EBADF once closed: the number may be another file's by then. */
  readAt(position: number, buffer: Uint8Array): number {
    if (!this.#open) throw errno('EBADF');
    return onHost(() => fs.readSync(this.fd, buffer, 0, buffer.length, position));
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    abandoned.unregister(this);
    fs.closeSync(this.fd);
  }
}

/** Not a read stream: that closes its descriptor when the pipeline fails, `autoClose: false` or not (Node 20). */
async function* chunksOf(fd: number): AsyncGenerator<Buffer> {
  const read = promisify(fs.read);
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await read(fd, Buffer.allocUnsafeSlow(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

async function indexCompressed(fd: number): Promise<TarNode> {
  const chunks: Buffer[] = [];
  await pipeline(chunksOf(fd), createGunzip(), async (parts: AsyncIterable<Buffer>) => {
    for await (const part of parts) chunks.push(part);
  });
  const bytes = Buffer.concat(chunks);
  const read: Read = (position, buffer) => bytes.copy(buffer, 0, position, position + buffer.length);
  return await index([bytes], read);
}

async function index(archive: Iterable<Buffer> | AsyncIterable<Buffer>, read: Read): Promise<TarNode> {
  // Half of the start of a run that needs none. In a bundle a CommonJS module that is loaded late has a default export alone (esbuild 0.28).
  const { default: tar } = (await import('tar-stream')) as unknown as { readonly default: typeof import('tar-stream') };
  const tree = new TarTree();
  const parser = tar.extract();
  parser.on('entry', (header, content, next) => {
    // A failure of the archive is thrown by the pipeline; the entry's stream repeats it.
    content.on('error', () => undefined);
    try {
      add(tree, header as Header, read);
    } catch (error) {
      next(error as Error);
      return;
    }
    content.on('end', next);
    content.resume();
  });
  await pipeline(archive, parser);
  return tree.root;
}

function add(tree: TarTree, header: Header, read: Read): void {
  const { name, type } = header;
  if (type === 'link') tree.link(name, header.linkname ?? '');
  else tree.add(name, attributesOf(header, read));
}

function attributesOf(header: Header, read: Read): TarAttributes {
  const { name, type, devmajor, devminor, linkname } = header;
  const pax = (header.pax ?? {}) as Readonly<Record<string, string>>;
  const bits = (header.mode ?? 0) & 0o7777;
  const common = {
    uid: idOf(pax['uid'], header.uid),
    gid: idOf(pax['gid'], header.gid),
    mtime: timeOf(pax['mtime'], header.mtime),
    rdev: 0,
    size: 0,
  };
  switch (type) {
    case 'directory':
      return { ...common, mode: S_IFDIR | bits, size: 4096 };
    case 'symlink':
      return { ...common, mode: S_IFLNK | 0o777, target: linkname ?? '', size: Buffer.byteLength(linkname ?? '') };
    case 'character-device':
      return { ...common, mode: S_IFCHR | bits, rdev: makedev(devmajor ?? 0, devminor ?? 0) };
    case 'block-device':
      return { ...common, mode: S_IFBLK | bits, rdev: makedev(devmajor ?? 0, devminor ?? 0) };
    case 'fifo':
      return { ...common, mode: S_IFIFO | bits };
    case 'file':
    case 'contiguous-file':
      if (Object.keys(pax).some((key) => key.startsWith('GNU.sparse.')))
        throw new Error(`entry ${name}: sparse files of GNU tar are not supported`);
      return { ...common, mode: S_IFREG | bits, size: header.size ?? 0, span: { offset: header.byteOffset, read } };
    default:
      throw new Error(`entry ${name}: unknown type`);
  }
}

const idOf = (pax: string | undefined, id: number | undefined): number => (pax === undefined ? (id ?? 0) : Number(pax));

/** PAX times are decimal seconds with any number of digits. */
function timeOf(pax: string | undefined, mtime: Date | undefined): Nanoseconds {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(pax ?? '');
  if (match === null) return BigInt(mtime?.getTime() ?? 0) * 1_000_000n;
  const value = BigInt(match[2]!) * 1_000_000_000n + BigInt((match[3] ?? '').slice(0, 9).padEnd(9, '0'));
  return match[1] === '-' ? -value : value;
}
