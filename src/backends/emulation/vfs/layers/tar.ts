/**
 * A root file system archive (`tar`, `docker export`, an OCI layer) as a read-only layer. It is indexed once; bytes of an
 * uncompressed archive stay in the file and are read by offset, a compressed one is unpacked to memory.
 */
import * as fs from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { Extract } from 'tar-stream';
import { errno } from '../../errno.ts';
import { MACHINE_MEMORY } from '../container-memory.ts';
import { onHost } from '../host-errors.ts';
import type { Layer } from './layer.ts';
import { attributesOf, checkEntry, type Header } from './tar-header.ts';
import type { Span, TarNode } from './tar-node.ts';
import { TarTree } from './tar-tree.ts';
import { Unpacked } from './unpacked.ts';

const CHUNK = 1 << 20;

type Read = Span['read'];
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
  if (message === 'Invalid header') return 'an entry has a size that is none';
  if (message === 'Header exceeds max size') return 'a name, or what else is told of an entry, has more than 4 MiB';
  if (message === 'Unexpected end of data' || message === 'unexpected end of file') return 'the archive ends early';
  return message;
}

/** Of a compressed archive: as much as files in memory may take. */
const UNPACKED_MAX = Math.floor(MACHINE_MEMORY / 2);

/** Rejects with an Error that names the file when it is no archive, ends early, or has a link to nothing. */
export async function tarLayer(path: string, most: number = UNPACKED_MAX): Promise<TarLayer> {
  const archive = new Archive(path);
  try {
    const head = Buffer.alloc(6);
    archive.readAt(0, head);
    const compression = COMPRESSIONS.find(({ magic }) => head.toString('latin1').startsWith(magic))?.name;
    if (compression !== undefined && compression !== 'gzip') throw new Error(`compressed with ${compression}; only gzip can be read`);
    const compressed = compression === 'gzip';
    const root = compressed
      ? await indexCompressed(archive.fd, most)
      : await index(
          (position, buffer) => archive.readAt(position, buffer),
          (parser) => pipeline(chunksOf(archive.fd), parser),
        );
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

/** Indexed while it is unpacked, so that what is none is found at its beginning. */
async function indexCompressed(fd: number, most: number): Promise<TarNode> {
  const unpacked = new Unpacked(most);
  const parts = async function* (gunzipped: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of gunzipped) {
      unpacked.append(part);
      yield part;
    }
  };
  return await index(
    (position, buffer) => unpacked.read(position, buffer),
    (parser) => pipeline(chunksOf(fd), createGunzip({ chunkSize: CHUNK }), parts, parser),
  );
}

/** feed: puts the archive's bytes into the parser. */
async function index(read: Read, feed: (parser: Extract) => Promise<void>): Promise<TarNode> {
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
    // No bytes follow; the stream of a directory that has a size all the same would never end (3.2.2).
    if (header.size === 0 || header.type === 'directory') process.nextTick(next);
    else content.on('end', next).resume();
  });
  await feed(parser);
  return tree.root;
}

function add(tree: TarTree, header: Header, read: Read): void {
  checkEntry(header);
  const { name, type } = header;
  if (type === 'link') tree.link(name, header.linkname ?? '');
  else tree.add(name, attributesOf(header, read));
}
