/** Descriptors that the host hands in beside 0-2: files, connected sockets, sockets that listen. */
import { describe, expect, it } from 'vitest';
import { O_NONBLOCK } from '../vfs/types.ts';
import { call } from './testing/programs.ts';
import { World } from './testing/world.ts';
import { type OpenFile, POLLIN, POLLOUT } from './types.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function socket(world: World): {
  readonly file: OpenFile;
  readonly closed: string[];
  readonly push: (text: string) => void;
  readonly end: () => void;
} {
  const closed: string[] = [];
  const input = world.kernel.createInput({ onClose: () => closed.push('input') });
  const output = world.kernel.createOutput(
    () => true,
    () => closed.push('output'),
  );
  const file = world.kernel.join(input.file, output.file, true);
  return { file, closed, push: (text) => void input.push(bytes(text)), end: () => input.end() };
}

describe('a connected socket', () => {
  it('can be written while nothing is there to read, and when its peer has ended', async () => {
    const world = new World();
    const { file, closed, push, end } = socket(world);
    await world.run(
      (self, sys) => {
        const ready = (): number => {
          const request = { fd: 3, events: POLLIN | POLLOUT, revents: 0 };
          sys.poll(self, [request], 0);
          return request.revents;
        };
        expect(ready()).toBe(POLLOUT);
        push('x');
        expect(ready()).toBe(POLLIN | POLLOUT);
        expect(sys.read(self, 3, new Uint8Array(9))).toBe(1);
        sys.setFlags(self, 3, O_NONBLOCK);
        expect(() => sys.read(self, 3, new Uint8Array(9))).toThrow('EAGAIN');
        end();
        expect(ready()).toBe(POLLIN | POLLOUT);
        expect(sys.read(self, 3, new Uint8Array(9))).toBe(0);
        expect(sys.write(self, 3, new Uint8Array(9))).toBe(9);
        expect(() => sys.accept(self, 3, 0)).toThrow('EINVAL');
      },
      { files: [undefined, undefined, undefined, file] },
    );
    expect(closed).toEqual([]); // we have it still
    file.release();
    expect(closed).toEqual(['input', 'output']);
  });
});

describe('a socket that listens', () => {
  const listener = (world: World) => {
    const seen: string[] = [];
    const made = world.kernel.createListener({ onWanted: () => seen.push('wanted'), onClose: () => seen.push('closed') });
    return { seen, file: made.file, push: (connection: OpenFile) => made.push(connection), broken: () => made.broken('EINVAL') };
  };

  it('asks for connections when somebody waits for one, and gives them in order', async () => {
    const world = new World();
    const { file, push, broken, seen } = listener(world);
    const [one, two] = [socket(world), socket(world)];
    one.push('1');
    two.push('2');
    const status = world.run(
      function* (self, sys) {
        const buffer = new Uint8Array(1);
        for (const text of ['1', '2']) {
          const fd = yield* call(sys.accept(self, 3, O_NONBLOCK));
          expect(sys.getFlags(self, fd) & O_NONBLOCK).toBe(O_NONBLOCK);
          sys.read(self, fd, buffer);
          expect(buffer).toEqual(bytes(text));
          sys.close(self, fd);
        }
        sys.setFlags(self, 3, O_NONBLOCK);
        expect(() => sys.accept(self, 3, 0)).toThrow('EAGAIN');
        expect(() => sys.read(self, 3, buffer)).toThrow('ENOTCONN');
        expect(() => sys.accept(self, 3, 1)).toThrow('EINVAL');
        broken();
        sys.setFlags(self, 3, 0);
        expect(() => sys.accept(self, 3, 0)).toThrow('EINVAL');
      },
      { files: [undefined, undefined, undefined, file] },
    );
    setTimeout(() => {
      expect(seen).toContain('wanted');
      push(one.file);
      push(two.file);
    }, 5);
    expect(await status).toBe(0);
    expect(one.closed).toEqual(['input', 'output']);
  });

  it('keeps a connection for which no descriptor is free, and closes with itself those that nobody took', async () => {
    const world = new World();
    const { file, push, seen } = listener(world);
    const waiting = socket(world);
    push(waiting.file);
    await world.run(
      (self, sys) => {
        sys.setrlimit(self, 7, 4n, 4n);
        for (const fd of [0, 1, 2]) sys.dup3(self, 3, fd, false);
        expect(() => sys.accept(self, 3, 0)).toThrow('EMFILE');
      },
      { files: [undefined, undefined, undefined, file] },
    );
    expect(waiting.closed).toEqual([]);
    file.release();
    expect(waiting.closed).toEqual(['input', 'output']);
    expect(seen.at(-1)).toBe('closed');
    const late = socket(world);
    push(late.file);
    expect(late.closed).toEqual(['input', 'output']);
  });
});

it('of a file no more is asked for than a read takes, and its end need not be the last', async () => {
  const world = new World();
  const asked: number[] = [];
  const file = [bytes('abc')];
  const input = world.kernel.createInput({
    ofFile: true,
    onRoom(most) {
      asked.push(most);
      const next = file.shift();
      if (next === undefined) input.end();
      else input.push(next);
    },
  });
  await world.run(
    (self, sys) => {
      const request = { fd: 0, events: POLLIN, revents: 0 };
      expect(sys.poll(self, [request], 0)).toBe(1);
      expect(asked).toEqual([]);
      expect(sys.read(self, 0, new Uint8Array(3))).toBe(3);
      expect(sys.read(self, 0, new Uint8Array(100_000))).toBe(0);
      file.push(bytes('more'));
      expect(sys.read(self, 0, new Uint8Array(7))).toBe(4);
    },
    { files: [input.file] },
  );
  expect(asked).toEqual([3, 65536, 7]);
});
