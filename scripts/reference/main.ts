// Writes the references that are made from the code: docs/flags.md.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flagsReference } from './flags.ts';

const docs = resolve(import.meta.dirname, '../../docs');
writeFileSync(join(docs, 'flags.md'), flagsReference());
