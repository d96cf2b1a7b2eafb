import { beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { ReadNotes } from '../../../src/rendering/contracts.ts';
import { createReadNotes } from '../../../src/rendering/read-notes.ts';

const AWAY = new PortolanError('CONSUL_UNREACHABLE', 'connection refused');
const REFUSED = new PortolanError('CONSUL_REFUSED', 'No path to datacenter');

let said: unknown[];
let notes: ReadNotes;

beforeEach(() => {
  said = [];
  const say = (level: string) => (message: string, facts?: object) => said.push([level, message, facts ?? {}]);
  notes = createReadNotes({ info: say('info'), warn: say('warn') });
});

describe('createReadNotes', () => {
  it('says once that Consul is away, whatever fails for it, and once that it is back', () => {
    for (const what of ['the catalog', 'kv.block(a)', 'the catalog']) notes.failed(what, AWAY);
    for (const what of ['kv.block(a)', 'the catalog']) notes.answered(what);
    expect(said).toEqual([
      [
        'warn',
        'Consul cannot be reached; files stay as they are',
        { code: 'CONSUL_UNREACHABLE', error: 'connection refused' },
      ],
      ['info', 'Consul answers again', {}],
    ]);
  });

  it('says of each read once that Consul refuses it, and once that it does no more', () => {
    for (let i = 0; i < 3; i++) notes.failed('kv.block(a@dc2)', REFUSED);
    notes.answered('the catalog');
    notes.answered('kv.block(a@dc2)');
    notes.failed('kv.block(a@dc2)', REFUSED);
    const refused = { what: 'kv.block(a@dc2)', code: 'CONSUL_REFUSED', error: 'No path to datacenter' };
    expect(said).toEqual([
      ['warn', 'cannot be read; trying again', refused],
      ['info', 'can be read again', { what: 'kv.block(a@dc2)' }],
      ['warn', 'cannot be read; trying again', refused],
    ]);
  });

  it('says nothing as long as all goes well', () => {
    notes.answered('the catalog');
    expect(said).toEqual([]);
  });
});
