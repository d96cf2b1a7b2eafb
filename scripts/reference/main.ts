// Writes the references that are made from the code: docs/flags.md, docs/labels.md and docs/render.md.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { flagsReference } from './flags.ts';
import { labelsReference } from './labels.ts';
import { renderReference } from './render.ts';

const docs = resolve(import.meta.dirname, '../../docs');
writeFileSync(join(docs, 'flags.md'), flagsReference());
writeFileSync(join(docs, 'labels.md'), labelsReference());
writeFileSync(join(docs, 'render.md'), renderReference());
