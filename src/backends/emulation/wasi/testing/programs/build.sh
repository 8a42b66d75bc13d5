#!/bin/sh
# Rebuilds the programs of the unit tests with Debian's clang and binaryen; the results are committed so that tests need neither.
set -e
cd "$(dirname "$0")"
# After the system headers: the guest libc has some of the same name.
include=../../../../../../wasm-guest/libc/include
cc() { clang --target=wasm32-wasi --sysroot=/usr -nostdlibinc -isystem /usr/include/wasm32-wasi -idirafter $include -mmutable-globals -O2 -Wall -Werror "$@"; }
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
suspending=$(node --import tsx -e "import('../../suspending.ts').then((m) => process.stdout.write([...m.SUSPENDING].join(',')))")
for source in *.c; do
	name=${source%.c}
	cc -c -o "$work/$name.o" "$source"
	# Linked without -O: clang would run wasm-opt by itself and fail on the exported mutable global.
	clang --target=wasm32-wasi --sysroot=/usr -o "$work/$name.wasm" "$work/$name.o" -Wl,--export=__stack_pointer -Wl,-s -Wl,-z,stack-size=65536
	if grep -q 'tsrun/syscalls.h' "$source"; then
		node --import tsx ../../binary/fuel-cli.ts "$work/$name.wasm" "$work/$name.wasm"
		wasm-opt -O2 --enable-mutable-globals --asyncify "--pass-arg=asyncify-imports@$suspending" "$work/$name.wasm" -o "$name.wasm"
	else
		wasm-opt -O2 --enable-mutable-globals "$work/$name.wasm" -o "$name.wasm"
	fi
done
