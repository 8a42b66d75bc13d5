#!/usr/bin/env node
import { dispatch } from './dispatch.ts';

// process.exit rather than exitCode: what a backend holds open must not keep a finished command alive.
void dispatch(process.argv.slice(2)).then((code) => process.exit(code));
