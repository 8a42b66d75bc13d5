/** Random shell scripts whose output is the same at every run: pipes, subshells, jobs, traps, here-documents, redirections, names. */

/** A generator of numbers below a bound (mulberry32). */
type Random = (bound: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Sizes at which buffers end: pages, pipes, and their neighbours. */
const SIZES = [0, 1, 2, 511, 512, 513, 4095, 4096, 4097, 65535, 65536, 65537, 131072, 131073, 300001, 1048577];
/** Not INT and QUIT: background jobs ignore them, once they have begun. */
const SIGNALS = ['TERM', 'HUP', 'USR1', 'USR2', 'ALRM'];

export class ScriptWriter {
  private readonly random: Random;
  private names = 0;

  constructor(random: Random) {
    this.random = random;
  }

  /** A script of some commands; each says its status. */
  script(): string {
    const lines = ['exec 2>/dev/null'];
    for (let count = 1 + this.random(4); count > 0; count--) lines.push(this.command(3), 'echo "status $?"');
    return `${lines.join('\n')}\n`;
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.random(choices.length)] as T;
  }

  private size(): number {
    return this.random(3) === 0 ? this.random(200000) : this.pick(SIZES);
  }

  private source(depth: number): string {
    const count = this.random(4) === 0 ? this.random(60000) : this.random(300);
    return this.pick([
      () => `seq ${count}`,
      () => `seq ${this.random(50)} ${1 + this.random(9)} ${count}`,
      () => `head -c ${this.size()} /dev/zero`,
      () => `head -c ${this.size()} /dev/zero | tr '\\0' ${this.pick(['x', 'y', "'\\n'", "' '"])}`,
      () => `yes ${this.pick(['a', 'word', '12345'])} | head -n ${count}`,
      () => `yes | head -c ${this.size()}`,
      () =>
        `printf '%s\\n' ${Array.from({ length: 1 + this.random(8) }, () => this.pick(['b', 'a', '10', '9', 'Zed', "''", 'a b'].map((word) => `'${word}'`))).join(' ')}`,
      () => `cat <<E\n${this.hereDocument()}E`,
      () => `{ ${this.list(depth)}; }`,
      () => `(${this.list(depth)})`,
      () => `echo ${this.word()}`,
      () => `cat f${this.random(3)}`,
    ])();
  }

  private hereDocument(): string {
    let text = '';
    for (let count = this.random(5); count > 0; count--)
      text += `line ${this.random(100)} $((1+${this.random(9)})) $(echo ${this.random(9)})\n`;
    return text;
  }

  private word(): string {
    return this.pick([
      () => `${this.random(1000)}`,
      () => `$((${this.random(100)} ${this.pick(['+', '-', '*', '%', '<', '&'])} ${1 + this.random(20)}))`,
      () => '"$v"',
      () => '"$?"',
      () => `\${v:-d${this.random(9)}}`,
      () => `"\${v#*${this.random(9)}}"`,
      () => `"\${v%${this.random(9)}*}"`,
      () => `\${#v}`,
      () => `"$(${this.pipeline(1)})"`,
      () => `$(seq ${this.random(2000)} | wc -l)`,
    ])();
  }

  private filter(): string {
    const n = this.random(200);
    return this.pick([
      'cat',
      'cat -',
      'sort',
      'sort -n',
      'sort -r',
      'sort -u',
      'uniq',
      'uniq -c',
      'wc',
      'wc -l',
      'wc -c',
      'tac',
      'nl',
      'cat -n',
      'md5sum',
      'sha1sum',
      'cksum',
      'od -c',
      'od -An -tx1',
      'base64',
      'cut -c2-5',
      "cut -d' ' -f1",
      'paste - -',
      'paste -sd,',
      'fold -w 17',
      'expand',
      'tr a-y b-z',
      "tr -d '\\n'",
      'tr -s x',
      "tr '\\0' '\\n'",
      'grep 1',
      'grep -c 2',
      'grep -v 3',
      'grep -q 5',
      "sed 's/1/one/g'",
      'sed -n 2,5p',
      `sed ${1 + n}q`,
      "sed '$!d'",
      "awk '{s+=$1} END {print s, NR}'",
      "awk 'NR%7==1'",
      "awk '{print length($0)}'",
      `head -n ${n}`,
      `head -c ${this.size()}`,
      `tail -n ${n}`,
      `tail -c ${this.size()}`,
      `tail -n +${1 + n}`,
      `dd bs=${1 + this.random(9000)} 2>/dev/null`,
      `dd bs=1000 count=${this.random(9)} iflag=fullblock 2>/dev/null`,
      'xargs',
      'xargs -n 3',
      'xargs -n 50 echo',
      "xargs sh -c 'echo $#' a",
      'tee /dev/null',
      'tee /dev/null | wc -c',
      'while read -r a b; do echo "$b|$a"; done | head -n 40',
      'while read -r a; do case $a in *1*) echo one;; [a-m]*) echo low;; *) echo no;; esac; done | uniq -c',
      '{ read -r a; echo "$a"; cat; }',
      '{ head -n 1 >/dev/null; wc -l >/dev/null; echo done; }',
      '(exec cat)',
      'cat >/dev/null',
      'true',
      'false',
      ':',
      'sh -c "exec cat"',
      'sh -c "read x; echo got \\$x"',
    ]);
  }

  private pipeline(depth: number): string {
    const stages = [this.source(depth - 1)];
    for (let count = this.random(6); count > 0; count--) stages.push(this.filter());
    // A here-document begins after the line that it is named in.
    const [first = '', ...rest] = stages;
    const cut = first.indexOf('\n');
    if (!first.startsWith('cat <<E') || cut < 0) return stages.join(' | ');
    return `{ ${first}\n}${rest.map((stage) => ` | ${stage}`).join('')}`;
  }

  private list(depth: number): string {
    return Array.from({ length: 1 + this.random(2) }, () => this.command(depth)).join('\n');
  }

  /** A counter of its own: loops nest. */
  private loop(depth: number): string {
    const i = `i${this.names++}`;
    const end = this.pick(['', 'continue', `[ $${i} = 5 ] && break`]);
    return `${i}=0; while [ $${i} -lt ${this.random(12)} ]; do ${i}=$((${i}+1)); ${this.command(depth)}\n${end}\ndone`;
  }

  /** One that computes for ever and says when its trap is set. */
  private spinning(signal: string): string {
    const ready = `r${this.names++}`;
    const program = `trap "echo t; exit 3" ${signal}; echo >${ready}; while :; do :; done`;
    return `sh -c '${program}' & p=$!; until [ -s ${ready} ]; do sleep 0.01; done; kill -${this.pick([signal, 'KILL'])} $p; wait $p`;
  }

  private fifo(depth: number): string {
    const p = `p${this.names++}`;
    return `mkfifo ${p}; { ${this.pipeline(depth)}\n} >${p} & cat ${p} | ${this.filter()}; wait; rm ${p}`;
  }

  /** Two at a time, which write to files that nothing else uses. */
  private jobs(depth: number): string {
    const f = `j${this.names++}`;
    return `{ ${this.pipeline(depth)}\n} >${f}a & { ${this.pipeline(depth)}\n} >${f}b & wait; cat ${f}a ${f}b | cksum`;
  }

  private command(depth: number): string {
    if (depth <= 0) return `echo ${this.random(100)}`;
    const inner = depth - 1;
    const signal = this.pick(SIGNALS);
    const code = this.random(256);
    return this.pick([
      () => this.pipeline(depth),
      () => this.pipeline(depth),
      () => this.pipeline(depth),
      () => `v=$(${this.pipeline(inner)}); echo "\${#v}"`,
      () => `v=${this.word()}; echo "$v"`,
      () => `(${this.list(inner)}) >f${this.random(3)}; wc -c <f${this.random(3)}`,
      () => `{ ${this.pipeline(inner)}\n} >>f${this.random(3)}`,
      () => `${this.pipeline(inner)} & wait $!`,
      () => this.jobs(inner),
      () => `sh -c 'trap "echo caught" ${signal}; kill -${signal} $$; echo after'`,
      () => `sh -c 'trap "echo bye" EXIT; ${this.pick(['exit', 'kill -TERM $$; exit', 'false; exit', 'echo x; exec true'])}'`,
      () => `sh -c 'kill -${signal} $$'`,
      () => `sleep 20 & kill -${signal} $!; wait $!`,
      () => `sleep 20 & p=$!; kill -STOP $p; kill -CONT $p; kill -${this.pick(['KILL', 'TERM'])} $p; wait $p`,
      () => this.spinning(signal),
      () =>
        `for i in ${Array.from({ length: this.random(6) }, () => this.random(40)).join(' ')}; do ${this.command(inner)}\ndone | ${this.filter()}`,
      () => this.loop(Math.min(inner, 1)),
      () => `if ${this.pipeline(inner)} >/dev/null; then ${this.command(inner)}\nelse ${this.command(inner)}\nfi`,
      () => `${this.pipeline(inner)} >/dev/null && echo yes || echo no`,
      () => `! ${this.pipeline(inner)}`,
      () => `f() { ${this.command(inner)}\nreturn ${code}; }; f a b | ${this.filter()}; f`,
      () => `yes | { read -r a; echo "$a"; exec 0<&-; }`,
      () => `exec 3>f1; ${this.pipeline(inner)} >&3; exec 3>&-; cksum <f1`,
      () => `{ ${this.pipeline(inner)}\n} 3>&1 >f2 | cat; cat f2 | head -c 100`,
      () => this.fifo(inner),
      () => `(set -e; ${this.pipeline(inner)} | false; echo not; ${this.pick(['false', 'true', '(exit 4)'])}; echo here)`,
      () => `timeout 0.2 ${this.pick(['sleep 20', 'yes >/dev/null', 'sh -c "trap : TERM; sleep 20; echo x"'])}`,
      () => `timeout 20 ${this.pick(['true', 'sh -c "exit 9"', 'sh -c "kill -USR1 \\$\\$"'])}`,
      () => `(exit ${code})`,
      () => `sh -c '${this.pick(['exit 300', 'exit -1', 'nosuch', '/dev', './f0', 'cat nosuch', 'cd nosuch', 'exit 0'])}'`,
      () => `n=0; for i in 1 2 3 4 5 6 7 8; do (exit $i) & done; for j in 1 2 3; do wait $!; n=$((n+$?)); done; wait; echo $n`,
      () => `seq ${this.random(3000)} | while read -r a; do [ "$a" = ${this.random(3000)} ] && break; done; echo $?`,
      () => `echo ${this.word()} | ${this.filter()} | { cat; echo "$?"; }`,
      () => `set -- ${this.word()} ${this.word()} 'x y'; echo $# "$1"; shift; echo "$*" | ${this.filter()}`,
    ])();
  }
}
