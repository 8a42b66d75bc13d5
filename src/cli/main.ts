#!/usr/bin/env node
import { processOfContainer } from '../backends/index.ts';
import { dispatch } from './dispatch.ts';

// process.exit rather than exitCode: what a backend holds open must not keep a finished command alive.
const argv = process.argv.slice(2);
void (processOfContainer(argv) ?? dispatch(argv)).then((code) => process.exit(code));
